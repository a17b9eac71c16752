"""Hints of opposites, false friends and modality: words that turn a sentence round without a number or name.

A modest reader of the bare cells with no view of who does what: whether opposites stand in the same place, the token
states tell (`judge.opposites`). Its signals (poles, modals on each side) are meant for the learned combination.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from aligner.judge.cues import cues, lower
from aligner.judge.opposites import opposing
from aligner.judge.patterns import Words
from aligner.records import Finding, Kind, Pair, Span

_DATA = Path(__file__).parent / "data"
#: Certainty of opposites on an axis of weight 1, wherever they stand. A false friend whose right word is missing has
#: its own: 0.75 where the like word is always wrong, 0.4 where it may be right (`controle` in 0.3 % of news pairs).
_OPPOSITES = 0.4


@cache
def _friends() -> tuple[tuple[float, Words, Words, Words], ...]:
    rows = [r.split("\t") for r in (_DATA / "false_friends.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    return tuple((float(weight), Words(nl), Words(false), Words(right)) for nl, weight, false, right in rows)


#: Words that make a statement possible only, due, or conditional; counted on each side.
_MODES = {
    "nl": {
        "may": Words(r"kan|kunnen|kon|konden|mogelijk|misschien|wellicht|mogen|mag|mocht|waarschijnlijk|vermoed\w*"),
        "must": Words(r"moet|moeten|moest\w*|verplicht\w*|hoef\w*|dien(?:t|en)|zal|zullen"),
        "if": Words(r"als|indien|mits|tenzij|zolang|wanneer|mocht|voorwaarde"),
        "but": Words(r"maar|hoewel|ondanks|al\b|echter|toch"),
        "only": Words(r"alleen|slechts|enkel|uitsluitend|pas|hooguit"),
    },
    "en": {
        "may": Words(r"can|could|may|might|possib\w*|perhaps|maybe|likely|probabl\w*|allowed|suspected|alleged\w*"),
        "must": Words(r"must|ha(?:s|ve|d) to|should|need\w*|oblig\w*|required?|will|shall|ought|mandatory"),
        "if": Words(r"if|unless|provided|as long as|when|should|condition\w*"),
        "but": Words(r"but|although|though|despite|however|yet|while"),
        "only": Words(r"only|just|merely|solely|not until|at most"),
    },
}  # fmt: skip


def compare(pair: Pair) -> list[Finding]:
    """`meaning` findings for opposites and false friends, most certain first."""
    findings = []
    for axis, (left, *_), (right, *_), _, _, alone in opposing(pair):
        # `not rejected` says `approved`: opposites mean nothing where the sides negate differently.
        if alone and len(cues(pair.nl, "nl").strong) == len(cues(pair.en, "en").strong):
            evidence = f"{left.of(pair.nl)} and {right.of(pair.en)} are opposites ({axis.name})."
            findings.append(Finding(Kind.MEANING, _OPPOSITES * axis.weight, left, right, evidence, "critical"))
    findings += _false_friends(pair)
    return sorted(findings, key=lambda finding: -finding.probability)[:2]


def _false_friends(pair: Pair) -> list[Finding]:
    nl, en = lower(pair.nl), lower(pair.en)
    findings = []
    for weight, word, false, right in _friends():
        mine, theirs = word.search(nl), false.search(en)
        if mine and theirs and not right.search(en):
            evidence = f"{mine.group()} does not mean {theirs.group()}."
            spans = Span(*mine.span()), Span(*theirs.span())
            findings.append(Finding(Kind.MEANING, weight, *spans, evidence))
    return findings


def signals(pair: Pair) -> dict[str, float]:
    """Opposites and false friends found, and for each mode (may, must, if, but, only) the surplus of a side."""
    found = compare(pair)
    out = {
        "meaning_opposites": float(len(opposing(pair))),
        "meaning_friends": float(len(_false_friends(pair))),
        "meaning_conflict": max((finding.probability for finding in found), default=0.0),
    }
    nl, en = lower(pair.nl), lower(pair.en)
    for mode in _MODES["nl"]:
        counts = [min(len(_MODES[lang][mode].spans(text)), 3) for lang, text in (("nl", nl), ("en", en))]
        out[f"mode_{mode}"] = float(counts[0] - counts[1])
    return out
