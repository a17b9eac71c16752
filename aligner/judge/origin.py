"""Where a wrong figure or name came from: the sentence of the article that it belongs to.

A caption that says Zutphen where its source says Deventer mostly took the name from the next sentence. Telling which
one saves the translator the search, and shows that the name is no slip of the pen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aligner.judge import names
from aligner.judge.number_reading import values
from aligner.judge.number_values import same
from aligner.records import Finding, Kind, Pair, Verdict

#: From this certainty on a finding is worth the search.
_WORTH = 0.5
#: Characters of the other sentence that are shown.
_SHOWN = 80


def with_origins(pair: Pair, verdict: Verdict, others: Sequence[tuple[str, str]]) -> Verdict:
    """The verdict, its suggestions saying where a wrong value stands; `others` are (language, sentence) of the article
    outside the pair."""
    if not any(_is_sought(finding) for finding in verdict.differences):
        return verdict
    told = {id(finding): _with_origin(pair, finding, others) for finding in verdict.differences}
    findings = tuple(told[id(finding)] for finding in verdict.findings)
    return replace(
        verdict,
        differences=tuple(told.values()),
        findings=findings,
        suggestion="; ".join(finding.suggestion for finding in findings if finding.suggestion),
    )


def _is_sought(finding: Finding) -> bool:
    return (
        finding.kind in (Kind.NUMBER, Kind.ENTITY)
        and finding.probability >= _WORTH
        and finding.nl is not None
        and finding.en is not None
    )


def _with_origin(pair: Pair, finding: Finding, others: Sequence[tuple[str, str]]) -> Finding:
    if not _is_sought(finding) or finding.nl is None or finding.en is None:
        return finding
    rendering = "en" if pair.original == "nl" else "nl"
    words = {"nl": finding.nl.of(pair.nl), "en": finding.en.of(pair.en)}
    right, wrong = words[pair.original], words[rendering]
    for lang, sentence in others:
        if lang == pair.original and _stands_in(finding.kind, wrong, rendering, sentence, lang):
            shown = sentence if len(sentence) <= _SHOWN else sentence[:_SHOWN].rsplit(" ", 1)[0] + " …"
            told = f"{right} stands in the body; {wrong} belongs to another sentence: “{shown}”"
            return replace(finding, suggestion=f"{finding.suggestion} ({told})" if finding.suggestion else told)
    return finding


def _stands_in(kind: Kind, wrong: str, rendering: str, sentence: str, lang: str) -> bool:
    if kind is Kind.NUMBER:
        sought = values(wrong, rendering)
        return bool(sought) and all(
            any(same(value, other) for other in values(sentence, lang) if other.weight >= value.weight)
            for value in sought
        )
    cells = {rendering: wrong, lang: sentence}
    found = names.match(Pair(cells["nl"], cells["en"]))
    mine, left = (found.nl, found.nl_left) if rendering == "nl" else (found.en, found.en_left)
    return bool(mine.names) and not left
