"""Machine translation as evidence: where it contradicts the judge, a person should look.

It never decides: a translation that goes against the verdict moves the pair into `review`, from either side. Only
strong contradictions count (the wording all but equal, or figures that clash in both directions), and only those of an
installed package: the bundled translator garbles too much to be heard.
"""

from __future__ import annotations

from dataclasses import replace

from aligner.judge.cues import cues
from aligner.judge.number_matching import unmatched
from aligner.judge.number_reading import values
from aligner.records import Finding, Kind, Pair, Verdict

#: Likeness of letters, words in any order, from which a translation says what the other cell says.
SAME_WORDING = 85.0
#: A pair raised to `review` is told with this certainty: the translator may have erred.
RAISED = 0.5


def weigh(pair: Pair, verdict: Verdict, nl_in_en: str, en_in_nl: str) -> Verdict:
    """The verdict, or one for review where the translations of the two cells contradict it (empty: no translation)."""
    compared = [(mt, cell, lang) for mt, cell, lang in ((nl_in_en, pair.en, "en"), (en_in_nl, pair.nl, "nl")) if mt]
    low, high = verdict.scores.get("threshold.review", 0.0), verdict.scores.get("threshold.divergent", 1.0)
    speaker = any(finding.kind is Kind.SPEAKER for finding in verdict.findings)
    if verdict.status == "divergent" and not speaker and any(_same(*one) for one in compared):
        return replace(verdict, status="review", divergence=min(verdict.divergence, max(low, high - 0.001)))
    clashes = [clash for one in compared if (clash := _clash(*one))]
    if verdict.status == "equivalent" and len(clashes) == 2:
        told, there = clashes[0]
        evidence = f"The machine translation of the Dutch has {told} where the English has {there}."
        finding = Finding(Kind.NUMBER, RAISED, None, None, evidence, "minor")
        return replace(
            verdict, status="review", severity="minor", findings=(finding,), divergence=max(verdict.divergence, low)
        )
    return verdict


def _same(translation: str, cell: str, lang: str) -> bool:
    """Whether a translation has the cell's words, its figures and as many negations."""
    from rapidfuzz.fuzz import token_sort_ratio

    if token_sort_ratio(translation.casefold(), cell.casefold()) < SAME_WORDING:
        return False
    mine, theirs = values(translation, lang), values(cell, lang)
    return (
        not unmatched(mine, theirs)
        and not unmatched(theirs, mine)
        and len(cues(translation, lang).strong) == len(cues(cell, lang).strong)
    )


def _clash(translation: str, cell: str, lang: str) -> tuple[str, str] | None:
    """A figure of the translation and one of the cell that have no counterpart, or nothing."""
    mine, theirs = values(translation, lang), values(cell, lang)
    told, there = unmatched(mine, theirs), unmatched(theirs, mine)
    return (told[0].span.of(translation), there[0].span.of(cell)) if told and there else None
