"""The network that `train_translator.py` learns: the encoder's first layers, frozen, and a small decoder of our own.

The threads that learn compute in the kind of number that this processor multiplies fastest (`fastest_kind`): with
AVX512-BF16 a 900x384x1536 product reaches 390 GFLOPS on two cores in bfloat16 against 170 in float32; with AVX2 alone it
is 1.3 against 94. The parts are shaped so that `translator_pack.py` can write them as one CTranslate2
model: post-norm GELU encoder layers, pre-norm ReLU decoder layers, scaled embeddings, sinusoidal positions.
"""

from __future__ import annotations

import math
import time
from functools import cache
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

WIDTH, HEADS, INNER = 384, 12, 1536
CACHED_LAYERS = 7  # states after this many frozen layers are kept on disk
TOP_LAYERS = 1  # layers above them, fine-tuned with the decoder
DECODER_LAYERS, DECODER_HEADS = 3, 6
PAD, BOS, EOS, UNK = 0, 1, 2, 3


class EncoderLayer(nn.Module):
    """One layer of the bundled encoder (BERT's: norm after each half, GELU)."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        q, k, v = split_heads(self.qkv(x), 3, HEADS)
        x = self.norm1(x + self.out(join_heads(F.scaled_dot_product_attention(q, k, v, attn_mask=mask))))
        y: Tensor = self.norm2(x + self.down(F.gelu(self.up(x))))
        return y

    def load(self, weights: dict[str, Tensor], number: int) -> None:
        """Take layer `number` (from 0) of the bundled encoder."""
        stem = f"encoder.layer.{number}."
        for kind in ("weight", "bias"):
            parts = [weights[f"{stem}attention.self.{name}.{kind}"].float() for name in ("query", "key", "value")]
            getattr(self.qkv, kind).data = torch.cat(parts)
            getattr(self.out, kind).data = weights[f"{stem}attention.output.dense.{kind}"].float()
            getattr(self.norm1, kind).data = weights[f"{stem}attention.output.LayerNorm.{kind}"].float()
            getattr(self.up, kind).data = weights[f"{stem}intermediate.dense.{kind}"].float()
            getattr(self.down, kind).data = weights[f"{stem}output.dense.{kind}"].float()
            getattr(self.norm2, kind).data = weights[f"{stem}output.LayerNorm.{kind}"].float()


class FrozenEncoder(nn.Module):
    """Embeddings and the first layers of the bundled encoder; nothing here is ever learned."""

    pad = 1

    def __init__(self, weights: dict[str, Tensor], layers: int = CACHED_LAYERS) -> None:
        super().__init__()
        emb = "embeddings."
        self.words = weights[emb + "word_embeddings.weight"]
        place = weights[emb + "position_embeddings.weight"] + weights[emb + "token_type_embeddings.weight"][0]
        self.places = place.float()
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.norm.weight.data = weights[emb + "LayerNorm.weight"].float()
        self.norm.bias.data = weights[emb + "LayerNorm.bias"].float()
        made = [EncoderLayer() for _ in range(layers)]
        for number, layer in enumerate(made):
            layer.load(weights, number)
        self.layers: Any = nn.ModuleList(made)
        self.requires_grad_(False)

    def embed(self, ids: Tensor) -> Tensor:
        """What the first layer sees."""
        x: Tensor = self.norm((self.words[ids].float() + self.places[: ids.shape[1]]).to(self.norm.weight.dtype))
        return x

    @torch.no_grad()
    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        x = self.embed(ids)
        for layer in self.layers:
            x = layer(x, mask)
        return x


class DecoderLayer(nn.Module):
    """Pre-norm: self-attention, attention to the memory, feed-forward."""

    def __init__(self) -> None:
        super().__init__()
        self.norm1, self.norm2, self.norm3 = (nn.LayerNorm(WIDTH) for _ in range(3))
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.cross_q, self.cross_kv = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, 2 * WIDTH)
        self.cross_out = nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        for linear in (self.qkv, self.out, self.cross_q, self.cross_kv, self.cross_out, self.up, self.down):
            nn.init.normal_(linear.weight, std=0.04)
            nn.init.zeros_(linear.bias)

    def memory(self, memory: Tensor) -> tuple[Tensor, Tensor]:
        """Keys and values of the memory: the same for every step of decoding."""
        k, v = split_heads(self.cross_kv(memory), 2, DECODER_HEADS)
        return k, v

    def forward(
        self, x: Tensor, kv: tuple[Tensor, Tensor], mask: Tensor, past: list[Tensor] | None, drop: float
    ) -> Tensor:
        q, k, v = split_heads(self.qkv(self.norm1(x)), 3, DECODER_HEADS)
        if past is not None:  # one step of decoding: add to the keys and values seen so far
            if past:
                k, v = torch.cat([past[0], k], 2), torch.cat([past[1], v], 2)
            past[:] = [k, v]
        own = attend(q, k, v, causal(q.shape[2], q.dtype) if past is None else None)
        x = x + F.dropout(self.out(join_heads(own)), drop, self.training)
        (q,) = split_heads(self.cross_q(self.norm2(x)), 1, DECODER_HEADS)
        seen = attend(q, kv[0], kv[1], torch.zeros(mask.shape, dtype=q.dtype).masked_fill(~mask, -1e9))
        x = x + F.dropout(self.cross_out(join_heads(seen)), drop, self.training)
        y: Tensor = x + F.dropout(self.down(F.relu(self.up(self.norm3(x)))), drop, self.training)
        return y


class Model(nn.Module):
    """What is learned: the encoder's top layer and the decoder, with tied embeddings."""

    def __init__(self, vocabulary: int, drop: float = 0.0) -> None:
        super().__init__()
        self.top: Any = nn.ModuleList(EncoderLayer() for _ in range(TOP_LAYERS))
        self.words = nn.Parameter(torch.randn(vocabulary, WIDTH) / math.sqrt(WIDTH))
        self.layers: Any = nn.ModuleList(DecoderLayer() for _ in range(DECODER_LAYERS))
        self.norm = nn.LayerNorm(WIDTH)
        self.bias = nn.Parameter(torch.zeros(vocabulary))
        self.drop = drop
        self.places: Tensor
        self.register_buffer("places", sinusoids(512), persistent=False)

    def memory(self, states: Tensor, mask: Tensor) -> Tensor:
        for layer in self.top:
            states = layer(states, mask)
        return states

    def hidden(self, inputs: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        x = F.embedding(inputs, self.words) * math.sqrt(WIDTH) + self.places[: inputs.shape[1]]
        for layer in self.layers:
            x = layer(x, layer.memory(memory), mask, None, self.drop)
        y: Tensor = self.norm(x)
        return y

    def loss(self, inputs: Tensor, outputs: Tensor, memory: Tensor, mask: Tensor, smooth: float) -> Tensor:
        """Mean cross-entropy over the real pieces."""
        hidden = self.hidden(inputs, memory, mask)
        real = outputs != PAD
        logits = F.linear(hidden[real], self.words, self.bias)
        loss: Tensor = SmoothedLoss.apply(logits, outputs[real], smooth)  # type: ignore[no-untyped-call]
        return loss

    @torch.no_grad()
    def greedy(self, memory: Tensor, mask: Tensor, limit: int = 70) -> list[list[int]]:
        """The most likely piece at every step, up to the end mark or `limit` pieces."""
        count = memory.shape[0]
        kept = [layer.memory(memory) for layer in self.layers]
        past: list[list[Tensor]] = [[] for _ in self.layers]
        last = torch.full((count, 1), BOS)
        ended = torch.zeros(count, dtype=torch.bool)
        rows: list[Tensor] = []
        for step in range(limit):
            x = F.embedding(last, self.words) * math.sqrt(WIDTH) + self.places[step]
            for layer, kv, seen in zip(self.layers, kept, past, strict=True):
                x = layer(x, kv, mask, seen, 0.0)
            logits = F.linear(self.norm(x)[:, -1], self.words, self.bias).float()
            logits[:, :EOS] = -1e9
            last = logits.argmax(-1, keepdim=True)
            rows.append(last[:, 0].masked_fill(ended, EOS))
            ended |= last[:, 0] == EOS
            if bool(ended.all()):
                break
        return [
            [int(p) for p in row[: int((row == EOS).int().argmax())] if p != EOS]
            if EOS in row
            else [int(p) for p in row]
            for row in torch.stack(rows, 1)
        ]


class SmoothedLoss(torch.autograd.Function):
    """Cross-entropy with label smoothing, its gradient made with the loss: half the time of torch's own in float32."""

    @staticmethod
    def forward(ctx: Any, logits: Tensor, labels: Tensor, smooth: float) -> Tensor:
        """Mean over rows."""
        rows, size = logits.shape
        odds = logits.float()
        labels = labels[:, None]
        total = odds.logsumexp(-1, keepdim=True)
        right, even = odds.gather(1, labels), odds.mean(-1, keepdim=True)
        loss = (total - (1 - smooth) * right - smooth * even).mean()
        grad = odds.sub_(total).exp_().sub_(smooth / size)
        grad.scatter_add_(1, labels, torch.full_like(right, smooth - 1))
        ctx.save_for_backward(grad.div_(rows).to(logits.dtype))
        return loss

    @staticmethod
    def backward(ctx: Any, *grads: Any) -> Any:
        """The kept gradient (the loss is the last node, so what comes in is one)."""
        return ctx.saved_tensors[0], None, None


@cache
def fastest_kind() -> torch.dtype:
    """bfloat16 where it beats float32 on this processor, found by trying both."""
    took: dict[torch.dtype, float] = {}
    for kind in (torch.float32, torch.bfloat16):
        left, right = torch.randn(300, WIDTH).to(kind), torch.randn(WIDTH, INNER).to(kind)
        left @ right
        started = time.perf_counter()
        for _ in range(5):
            left @ right
        took[kind] = time.perf_counter() - started
    return min(took, key=took.__getitem__)


def attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None) -> Tensor:
    """Attention by two batched products: at these lengths torch's flash kernel takes five times as long backwards."""
    scores = (q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2)
    if mask is not None:
        scores = scores + mask
    out: Tensor = scores.softmax(-1) @ v
    return out


def causal(length: int, kind: torch.dtype) -> Tensor:
    """Zero up to each place, minus infinity after it."""
    return torch.full((length, length), -1e9, dtype=kind).triu(1)


def split_heads(x: Tensor, parts: int, heads: int) -> tuple[Tensor, ...]:
    """(batch, length, parts*width) to `parts` of (batch, heads, length, width/heads)."""
    batch, length, _ = x.shape
    return x.view(batch, length, parts, heads, WIDTH // heads).permute(2, 0, 3, 1, 4).unbind(0)


def join_heads(x: Tensor) -> Tensor:
    """The reverse of `split_heads` for one part."""
    return x.transpose(1, 2).reshape(x.shape[0], x.shape[2], WIDTH)


def sinusoids(length: int) -> Tensor:
    """CTranslate2's positions: sines in the first half, cosines in the second."""
    steps = torch.exp(torch.arange(WIDTH // 2) * -(math.log(10000.0) / (WIDTH // 2 - 1)))
    angles = torch.arange(length)[:, None] * steps[None]
    return torch.cat([angles.sin(), angles.cos()], 1)


def bundled_weights() -> dict[str, Tensor]:
    """The bundled encoder's tensors, unpacked if need be."""
    from safetensors.torch import load_file

    from aligner.embed.bundled import ensure_bundled

    found: dict[str, Tensor] = load_file(Path(ensure_bundled()) / "model.safetensors")
    return found
