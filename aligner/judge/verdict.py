"""The judge: readers and coverage gather findings and signals, the combination makes one probability of them.

Score and decision stay apart: `Verdict.scores` keeps every signal, the status follows from two thresholds.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files

from aligner.embed.encoder import Encoded
from aligner.judge import coverage, names, negation, numbers, speaker
from aligner.records import Finding, Pair, Verdict
from aligner.rows import worst

#: From these probabilities a pair is told as divergent, or for review.
DIVERGENT, REVIEW = 0.6, 0.4
#: A finding below this share of certainty is kept among the scores but not told.
TOLD = 0.3
READERS = (numbers, names, negation, speaker)


class Judge:
    """Judges pairs. Thresholds may be given; `signature` tells which rules and weights decided."""

    def __init__(self, review: float | None = None, divergent: float | None = None) -> None:
        self.review = REVIEW if review is None else review
        self.divergent = DIVERGENT if divergent is None else divergent
        self.signature = _signature()

    def __call__(self, pair: Pair, nl: Encoded, en: Encoded) -> Verdict:
        """The verdict on one pair; `nl` and `en` are its cells encoded."""
        readers = [finding for reader in READERS for finding in reader.compare(pair)]
        covered = coverage.compare(pair, nl, en)
        findings = sorted(
            (finding for finding in [*readers, *covered] if finding.probability >= TOLD),
            key=lambda finding: -finding.probability,
        )
        free = 1.0
        for finding in findings:
            free *= 1.0 - finding.probability
        scores = coverage.signals(pair, nl, en)
        for reader in (numbers, names, negation):
            scores |= reader.signals(pair)
        return self.verdict(1.0 - free, findings, scores)

    def verdict(self, divergence: float, findings: list[Finding], scores: dict[str, float]) -> Verdict:
        """The decision: status and severity of a probability and its findings."""
        status = (
            "divergent" if divergence >= self.divergent else "review" if divergence >= self.review else "equivalent"
        )
        kept = tuple(findings) if status != "equivalent" else ()
        return Verdict(
            divergence,
            status,
            worst(kept),
            kept,
            "; ".join(finding.suggestion for finding in kept if finding.suggestion),
            scores | {"threshold.review": self.review, "threshold.divergent": self.divergent},
        )


def _signature() -> str:
    """A hash over the judge's own code and data: another rule is another judge."""
    total = hashlib.sha256()
    folder = files("aligner.judge")
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.is_file():
            total.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"judge-{total.hexdigest()[:12]}"
