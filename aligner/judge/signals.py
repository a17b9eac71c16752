"""All signals of a pair by name: what the readers, the coverage of words and the joint reader say, as numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aligner.embed.encoder import Encoded
from aligner.judge import agents, condition, coverage, meaning, names, negation, numbers, opposites, speaker
from aligner.judge.combine import logit
from aligner.judge.joint import KINDS, Reading
from aligner.records import Finding, Kind, Pair

#: Readers of the cells' words: each gives findings, and signals of its own.
READERS = (numbers, names, meaning, condition)
#: Readers that look at the cells' token states too.
STATE_READERS = (negation, agents)
#: From this certainty on a reader's finding is a signal of its own: two figures or names that stand against each other
#: are told in 1 % of faithful natural pairs and in 60 % of those with a wrong one.
SURE = 0.7
#: From this one on even more so: of the natural training pairs with such a figure 96 % diverge, with such a name 98 %.
CERTAIN = 0.85
#: Of opposites that meet three in four diverge even where the order of things may have changed (`opposites.TURNED`).
LEAST = {Kind.MEANING: 0.5}


def sure(finding: Finding) -> bool:
    """Whether a reader's finding counts by itself."""
    return finding.probability >= LEAST.get(finding.kind, SURE)


def read_cells(pair: Pair, nl: Encoded, en: Encoded) -> list[Finding]:
    """What the readers of the cells find in a pair, speakers among them, with their own certainties."""
    found = [finding for reader in (*READERS, speaker) for finding in reader.compare(pair)]
    return found + [one for reader in (*STATE_READERS, opposites) for one in reader.compare(pair, nl, en)]


def signals(
    pair: Pair, nl: Encoded, en: Encoded, findings: Sequence[Finding], reading: Reading | None
) -> dict[str, float]:
    """Signals by name. `findings` are those of `read_cells`; omission and addition are told of the English here."""
    told = coverage.signals(pair, nl, en)
    for state_reader in STATE_READERS:
        told |= state_reader.signals(pair, nl, en)
    for reader in READERS:
        told |= reader.signals(pair)
    for kind in (Kind.NUMBER, Kind.ENTITY, Kind.NEGATION, Kind.MEANING):
        certain = max((finding.probability for finding in findings if finding.kind is kind), default=0.0)
        told[f"some_{kind}"] = certain
        told[f"sure_{kind}"] = float(certain >= SURE)
        told[f"certain_{kind}"] = float(certain >= CERTAIN)
    told["speaker_conflict"] = float(
        any(finding.kind == "speaker" and finding.probability >= speaker.CERTAIN for finding in findings)
    )
    told["cells_short"] = 1.0 / (1.0 + min(len(pair.nl.split()), len(pair.en.split())))
    return told if reading is None else told | joint_signals(reading)


def joint_signals(reading: Reading) -> dict[str, float]:
    """What the joint reader says: log odds of the pair and of each kind, and how much of either side it marks."""
    told = {"joint.pair": logit(reading.divergence)}
    for kind, value in zip(KINDS, reading.kinds, strict=True):
        told[f"joint.{kind}"] = logit(float(value))
    for side, marks in (("nl", reading.nl), ("en", reading.en)):
        top = np.sort(marks)[::-1][:3]
        told[f"joint.marks.{side}"] = float(top.mean()) if len(top) else 0.0
        told[f"joint.marked.{side}"] = float((marks > 0.5).mean()) if len(marks) else 0.0
    return told
