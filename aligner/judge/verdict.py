"""The judge: readers and coverage gather signals, the learned combination makes one probability of them.

Score and decision stay apart: `Verdict.scores` keeps every signal, the status follows from two thresholds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.embed.encoder import Encoded
from aligner.judge import notes
from aligner.judge.combine import Combined, calibrated, combine, thresholds
from aligner.judge.decision import decided
from aligner.judge.findings import only_shorter, told
from aligner.judge.readings import KeptReader
from aligner.judge.reference import only_referred
from aligner.judge.signals import read_cells, signals, sure
from aligner.judge.speaker import CERTAIN
from aligner.records import Finding, Kind, Pair, Verdict

if TYPE_CHECKING:
    from aligner.judge.joint import Reading

#: What a sure finding of a reader is worth at a prior of 20 %: the combination, linear as it is, undervalues signals
#: that are rare. On the held-out natural pairs this lifts recall at 4 % false alarms from .258 to .298.
#: A condition or exception that one side makes alone (`judge.condition`) stands in 70 diverging natural training pairs
#: and in 4 faithful ones. Of the natural training pairs with a surely lone negation 91 % diverge; of the true news
#: pairs 0.2 % have one.
#: Of those with opposites in the same place 85 % diverge, of those at or above .7 in certainty 90 %; of the true news
#: pairs 0.1 % have them (`scripts/bench_opposites.py`).
READ = {
    Kind.NUMBER: 0.8,
    Kind.ENTITY: 0.8,
    Kind.NEGATION: 0.8,
    Kind.MEANING: 0.8,
    Kind.OMISSION: 0.87,
    Kind.ADDITION: 0.87,
}


class Judge:
    """Judges pairs. Thresholds may be given; `signature` tells which rules and weights decided.

    `joint` says whether the pairs come encoded by the bundled encoder, whose token states the joint reader knows;
    its weights are loaded at the first pair whose reading is not kept in the file `kept`, and it reads `threads`
    pairs at once (None: one a processor).
    """

    def __init__(
        self,
        review: float | None = None,
        divergent: float | None = None,
        *,
        joint: bool = True,
        kept: Path | None = None,
        threads: int | None = None,
    ) -> None:
        self._joint = joint and joint_weights().is_file()
        self._reader = KeptReader(joint_weights(), kept, threads=threads) if self._joint else None
        usual = thresholds()
        self.review = usual[0] if review is None else review
        self.divergent = usual[1] if divergent is None else divergent
        self.signature = judge_signature(joint=self._joint)

    def __call__(self, pair: Pair, nl: Encoded, en: Encoded) -> Verdict:
        """The verdict on one pair; `nl` and `en` are its cells encoded."""
        return self.judge([(pair, nl, en)])[0]

    def read(self, pairs: Sequence[tuple[Encoded, Encoded]]) -> Sequence[Reading | None]:
        """What the joint reader says of (Dutch, English) pairs, in order; None for each where it knows not the encoder.

        All the model's part of judging, so that a run can do it for many articles at once.
        """
        return [None] * len(pairs) if self._reader is None else self._reader(pairs)

    def judge(
        self, pairs: Sequence[tuple[Pair, Encoded, Encoded]], readings: Sequence[Reading | None] | None = None
    ) -> list[Verdict]:
        """One verdict a pair, in order, whatever the other pairs are. `readings` are those of `read`."""
        if readings is None:
            readings = self.read([(nl, en) for _, nl, en in pairs])
        return [self._verdict(pair, nl, en, reading) for (pair, nl, en), reading in zip(pairs, readings, strict=True)]

    def _verdict(self, pair: Pair, nl: Encoded, en: Encoded, reading: Reading | None) -> Verdict:
        read = read_cells(pair, nl, en)
        scores = signals(pair, nl, en, read, reading)
        joint = reading is not None
        combined = combine(scores, joint=joint)
        divergence = calibrated(max(combined.divergence, raised(read)), joint=joint)
        # Raised by a reader alone: the combination's kinds hold for pairs that it takes to diverge itself.
        usual = thresholds()[0]
        alone = calibrated(combined.divergence, joint=joint) < usual <= divergence
        differences = told(pair, nl, en, read, reading, _silent(combined) if alone else combined)
        if only_shorter(pair, differences) or only_referred(pair, differences):
            divergence, differences = usual * divergence, ()
        scores |= {f"kind.{kind}": share for kind, share in combined.kinds.items()}
        verdict = Verdict(divergence, "equivalent", scores=scores, differences=differences, note=notes.of(pair))
        return decided(verdict, self.review, self.divergent)


def raised(read: Sequence[Finding]) -> float:
    """The probability that readers' findings give by themselves, whatever the combination makes of the pair."""
    least = 0.0
    for finding in read:
        if finding.kind is Kind.SPEAKER and finding.probability >= CERTAIN:
            least = max(least, CERTAIN)
        elif finding.kind in READ and sure(finding):
            least = max(least, READ[finding.kind] * finding.probability)
    return least


def _silent(combined: Combined) -> Combined:
    return Combined(combined.divergence, dict.fromkeys(combined.kinds, 0.0))


def joint_weights() -> Path:
    """Where the joint reader's weights lie in the package."""
    return Path(str(files("aligner.judge") / "data" / "joint.safetensors"))


def judge_signature(*, joint: bool = True) -> str:
    """A hash over the code and data that judge: another rule is another judge.

    `segment` and the token alignment are among them: who speaks, what is a name and what a word without counterpart
    follow from there.
    """
    total = hashlib.sha256(str(joint).encode())
    package = Path(str(files("aligner")))
    parts = [path for name in ("judge", "segment") for path in (package / name, package / name / "data")]
    for path in sorted([package / "embed" / "tokens.py", *(path for folder in parts for path in folder.iterdir())]):
        if path.is_file():
            total.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"judge-{total.hexdigest()[:12]}"


__all__ = ["Combined", "Judge", "joint_weights"]
