"""The joint reader: two blocks of the encoder, run over both sentences at once.

A sentence vector cannot see a dropped "niet", because each side is read alone. Here the token states of both
sides, which alignment has computed already (layer 8 of 12), stand in one sequence. Each token comes with its soft
counterpart on the other side, and the difference from it (as in ESIM, Chen et al. 2017), so that what has to be
learned is which differences matter; blocks 9 and 10 of the bundled encoder are the starting point and are fine-tuned
by `scripts/train_judge.py`. Three heads: does the pair diverge, of which kinds, and which words are at fault.
Costs a sixth of encoding the two sentences. Weights and data: `data/JOINT_MODEL_CARD.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.records import Kind

if TYPE_CHECKING:
    import numpy.typing as npt

    from aligner.embed.encoder import Encoded

KINDS: tuple[Kind, ...] = (
    Kind.NUMBER,
    Kind.ENTITY,
    Kind.NEGATION,
    Kind.SPEAKER,
    Kind.OMISSION,
    Kind.ADDITION,
    Kind.MEANING,
    Kind.UNRELATED,
)
WIDTH, HEADS, INNER = 384, 12, 1536
#: Sharpness of the soft counterpart: cosines of token states lie within 0.3 of each other.
SHARPNESS = 20.0
#: Tokens of one side that are read; a cell beyond them is judged by its beginning.
MOST_TOKENS = 160


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the joint reader says of one pair.

    `divergence` 0..1; `kinds` float32 (8,) in the order of `KINDS`, each 0..1; `nl` and `en` float32
    (n_tokens,), the probability that a token is part of a difference.
    """

    divergence: float
    kinds: npt.NDArray[np.float32]
    nl: npt.NDArray[np.float32]
    en: npt.NDArray[np.float32]


def build(blocks: int) -> Any:
    """The untrained network of so many blocks as a torch module (torch is imported here).

    `forward(states, sides, mask)`: float (batch, length, 384), int64 (batch, length) with 0 for a border, 1 for
    Dutch and 2 for English, bool mask of real places. Returns logits: pair (batch,), kinds (batch, 8),
    tokens (batch, length).
    """
    import torch
    from torch import nn

    class Block(nn.Module):
        """A BERT block (post-norm), its parameters named as in the encoder's file."""

        def __init__(self) -> None:
            super().__init__()
            self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
            self.out = nn.Linear(WIDTH, WIDTH)
            self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
            self.up = nn.Linear(WIDTH, INNER)
            self.down = nn.Linear(INNER, WIDTH)
            self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
            self.drop = nn.Dropout(0.2)

        def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            batch, length, _ = x.shape
            q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
            attended = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :])
            x = self.norm1(x + self.drop(self.out(attended.transpose(1, 2).reshape(batch, length, WIDTH))))
            inner: torch.Tensor = self.norm2(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))
            return inner

    def compared(states: torch.Tensor, sides: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Each token's soft counterpart, and its best cosine: raw, less the text's mean, less the second best."""
        centred = states
        for side in (1, 2):
            here = (sides == side).unsqueeze(-1)
            mean = (states * here).sum(1, keepdim=True) / here.sum(1, keepdim=True).clamp(min=1)
            centred = centred - 0.5 * mean * here
        centred = nn.functional.normalize(centred, dim=-1)
        across = sides[:, :, None] * sides[:, None, :] == 2
        cosines = (centred @ centred.transpose(1, 2)).masked_fill(~across, -1.0)
        soft = torch.softmax(SHARPNESS * cosines, -1).masked_fill(~across, 0.0)
        best = cosines.amax(-1).clamp(min=0.0)
        real = (sides > 0).float()
        typical = (best * real).sum(1, keepdim=True) / real.sum(1, keepdim=True).clamp(min=1)
        second = torch.topk(cosines, min(2, cosines.shape[-1]), dim=-1).values[..., -1].clamp(min=0.0)
        return soft @ states, torch.stack([best, best - typical, best - second], -1) * real[..., None]

    class Joint(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.side = nn.Embedding(3, WIDTH)
            self.scale = nn.Parameter(torch.ones(()))
            self.counterpart = nn.Linear(WIDTH, WIDTH)
            self.difference = nn.Linear(WIDTH, WIDTH)
            self.closeness = nn.Linear(3, WIDTH)
            self.blocks = nn.ModuleList(Block() for _ in range(blocks))
            self.pair = nn.Sequential(nn.Linear(2 * WIDTH, WIDTH), nn.Tanh(), nn.Dropout(0.3), nn.Linear(WIDTH, 1))
            self.kinds = nn.Linear(2 * WIDTH, len(KINDS))
            self.token = nn.Linear(WIDTH, 1)

        def forward(
            self, states: torch.Tensor, sides: torch.Tensor, mask: torch.Tensor
        ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
            x = self.scale * states + self.side(sides)
            counterpart, closeness = compared(states, sides)
            x = x + self.counterpart(self.scale * counterpart)
            x = x + self.difference(self.scale * (states - counterpart)) + self.closeness(closeness)
            for block in self.blocks:
                x = block(x, mask)
            tokens = self.token(x).squeeze(-1)
            filled = x * mask[..., None]
            mean = filled.sum(1) / mask.sum(1, keepdim=True)
            most = x.masked_fill(~mask[..., None], -1e4).amax(1)
            pooled = torch.cat([mean, most], -1)
            return self.pair(pooled).squeeze(-1), self.kinds(pooled), tokens

    return Joint()


def sequence(nl: Encoded, en: Encoded) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """One pair as states (length, 384) and sides (length,): border, Dutch, border, English."""
    first, second = nl.states[:MOST_TOKENS], en.states[:MOST_TOKENS]
    border = np.zeros((1, WIDTH), np.float32)
    states = np.concatenate([border, first.astype(np.float32), border, second.astype(np.float32)])
    sides = np.concatenate([[0], np.full(len(first), 1), [0], np.full(len(second), 2)])
    return states, sides.astype(np.int64)


def blocks_of(names: Iterable[str]) -> int:
    """How many blocks the network has to which the parameters of these names belong."""
    return len({name.split(".")[1] for name in names if name.startswith("blocks.")})


class JointReader:
    """Loaded weights. Raises `ModelError` through safetensors' errors if the file is damaged."""

    def __init__(self, path: Path) -> None:
        import torch
        from safetensors.torch import load_file

        self._torch = torch
        weights = {name: value.float() for name, value in load_file(path).items()}
        self._net = build(blocks_of(weights)).eval()
        self._net.load_state_dict(weights)

    def __call__(self, pairs: Sequence[tuple[Encoded, Encoded]], threads: int | None = None) -> list[Reading]:
        """One reading a pair, in order, a pair a thread (None: one a processor).

        Each is computed alone, unpadded: no neighbours.
        """
        from aligner.embed.threads import each

        return each(self._read, pairs, threads)

    def _read(self, pair: tuple[Encoded, Encoded]) -> Reading:
        torch = self._torch
        states, sides = sequence(*pair)
        with torch.inference_mode():  # holds for one thread
            diverges, kinds, tokens = self._net(
                torch.from_numpy(states)[None],
                torch.from_numpy(sides)[None],
                torch.ones((1, len(sides)), dtype=torch.bool),
            )
        marks = tokens.sigmoid()[0].numpy()
        n = min(len(pair[0].states), MOST_TOKENS)
        return Reading(float(diverges.sigmoid()), kinds.sigmoid()[0].numpy(), marks[1 : n + 1], marks[n + 2 :])
