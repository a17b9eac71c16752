"""House terms and accepted differences: findings that the user has declared to be none.

A term is a Dutch and an English wording that count as equal where both stand (`Rijkswaterstaat` and `the highways
agency`). An accepted difference may also have one side only (`drs.` and nothing). Both are lines `nl TAB en`, with
an optional third cell naming the kinds that are meant; a header line `nl en` and lines that begin with `#` are
left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from aligner.errors import UsageError
from aligner.judge.decision import decided
from aligner.records import Finding, Kind, Pair, Span, Verdict, fold

#: A finding is covered if this share of its letters lies in wordings that are listed: articles may stand around.
_COVERED = 0.6


@dataclass(frozen=True)
class Accepted:
    """One listed pair of wordings; an empty side asks nothing of that side. Without `kinds` all kinds are meant."""

    nl: str
    en: str
    kinds: frozenset[Kind] = frozenset()

    @cached_property
    def patterns(self) -> dict[str, re.Pattern[str] | None]:
        """For each side what finds the wording as whole words, whatever its capitals."""
        return {
            lang: re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.IGNORECASE) if text else None
            for lang, text in (("nl", self.nl), ("en", self.en))
        }

    def places(self, pair: Pair) -> dict[str, list[Span]] | None:
        """Where the wordings stand in a pair, None unless every side that is listed holds its own."""
        found: dict[str, list[Span]] = {}
        for lang, pattern in self.patterns.items():
            found[lang] = [Span(*match.span()) for match in pattern.finditer(pair.cell(lang))] if pattern else []
            if pattern is not None and not found[lang]:
                return None
        return found


def read_accepted(path: str | Path, *, one_sided: bool) -> list[Accepted]:
    """The pairs of a `--terms` file, or with `one_sided` of an `--allow` file.

    Raises `UsageError` naming the line if a side is missing or a kind is unknown.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path} cannot be read as UTF-8 text", "Give a TSV with Dutch and English wordings."
        ) from error
    return list(accepted_of((line.split("\t") for line in text.split("\n")), str(path), one_sided=one_sided))


def accepted_of(rows: Iterable[Sequence[str]], origin: str = "terms", *, one_sided: bool) -> Iterable[Accepted]:
    """Listed pairs out of rows of two or three cells; see `read_accepted`."""
    for number, row in enumerate(rows, 1):
        cells = [*map(fold, row), "", ""]
        nl, en = cells[:2]
        if (not nl and not en) or nl.startswith("#") or (number == 1 and (nl.lower(), en.lower()) == ("nl", "en")):
            continue
        if not one_sided and not (nl and en):
            raise UsageError(
                f"{origin}: line {number} has one side only", "A term has a Dutch and an English cell, a tab between."
            )
        try:
            kinds = frozenset(Kind(kind.strip()) for kind in cells[2].split(";") if kind.strip())
        except ValueError as error:
            raise UsageError(f"{origin}: line {number}: {error}", f"Kinds are: {', '.join(Kind)}.") from error
        yield Accepted(nl, en, kinds)


def without_accepted(pair: Pair, verdict: Verdict, listed: Sequence[Accepted]) -> Verdict:
    """The verdict without the findings that listed pairs cover; probability and status follow what is left.

    The probability shrinks with the surest finding: a pair is not more divergent than what can be told of it.
    """
    if not verdict.differences or not listed:
        return verdict
    places = [(entry.kinds, found) for entry in listed if (found := entry.places(pair)) is not None]
    kept = tuple(finding for finding in verdict.differences if not _is_covered(finding, pair, places))
    if len(kept) == len(verdict.differences):
        return verdict
    before = max(finding.probability for finding in verdict.differences)
    after = max((finding.probability for finding in kept), default=0.0)
    divergence = verdict.divergence * (after / before if before else 0.0)
    review, divergent = (verdict.scores.get(f"threshold.{name}", 1.0) for name in ("review", "divergent"))
    return decided(replace(verdict, divergence=divergence, differences=kept), review, divergent)


def _is_covered(finding: Finding, pair: Pair, places: Sequence[tuple[frozenset[Kind], dict[str, list[Span]]]]) -> bool:
    spans = {lang: span for lang, span in (("nl", finding.nl), ("en", finding.en)) if span is not None}
    mine = [found for kinds, found in places if not kinds or finding.kind in kinds]
    return bool(spans) and all(
        _share(span, [place for found in mine for place in found[lang]], pair.cell(lang)) >= _COVERED
        for lang, span in spans.items()
    )


def _share(span: Span, places: Sequence[Span], text: str) -> float:
    letters = [at for at in range(span.start, span.end) if text[at].isalnum()]
    covered = sum(any(place.start <= at < place.end for place in places) for at in letters)
    return covered / len(letters) if letters else 0.0
