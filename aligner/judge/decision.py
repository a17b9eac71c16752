"""The decision, apart from the score: two thresholds make a status, and a flagged pair tells its differences."""

from __future__ import annotations

from dataclasses import replace

from aligner.records import Verdict
from aligner.rows import worst


def decided(verdict: Verdict, review: float, divergent: float) -> Verdict:
    """The verdict as these thresholds have it: status, severity, findings and suggestion follow anew.

    Needs `divergence`, `differences` and `scores` only, so that a run can be flagged anew without its models.
    """
    status = "equivalent"
    if verdict.differences and verdict.divergence >= min(review, divergent):
        status = "divergent" if verdict.divergence >= divergent else "review"
    findings = verdict.differences if status != "equivalent" else ()
    return replace(
        verdict,
        status=status,
        severity=worst(findings),
        findings=findings,
        suggestion="; ".join(finding.suggestion for finding in findings if finding.suggestion),
        scores=verdict.scores | {"threshold.review": review, "threshold.divergent": divergent},
    )
