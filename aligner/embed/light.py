"""The bundled encoder's forward pass in plain torch: the same numbers as BertModel, without importing transformers.

Importing sentence-transformers and loading takes 14 s on two cold cores, BertModel alone 5 s, this 2 to 3 s. The
vectors equal those of sentence-transformers up to rounding (a test holds 1 − cosine below 1e-6).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner.errors import ModelError

if TYPE_CHECKING:
    import torch


class LightBert:
    """A BERT encoder with mean pooling, float32, for inference on a CPU.

    `folder` holds `config.json`, `model.safetensors` and `tokenizer.json` as `ensure_bundled` writes them.
    Raises `ModelError` if a file is missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        import torch
        from safetensors import SafetensorError
        from safetensors.torch import load_file
        from tokenizers import Tokenizer

        try:
            config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            tensors = load_file(folder / "model.safetensors")
            self.tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._heads = int(config["num_attention_heads"])
            self._epsilon = float(config["layer_norm_eps"])
            self.layers = int(config["num_hidden_layers"])
            self.dim = int(config["hidden_size"])
            self.pad_id = int(config["pad_token_id"])
            self.max_length = int(config["max_position_embeddings"])
            self._prepare(tensors, torch)
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            raise ModelError(f"the encoder in {folder} cannot be loaded: {error}", "Type `aligner doctor`.") from error

    def _prepare(self, tensors: dict[str, torch.Tensor], torch: Any) -> None:
        # The word table stays float16 (192 MB less, 0.5 s less): its rows are widened when looked up.
        self._words = tensors["embeddings.word_embeddings.weight"]
        rest = {name: value.float() for name, value in tensors.items() if value is not self._words}
        self._places = (
            rest["embeddings.position_embeddings.weight"] + rest["embeddings.token_type_embeddings.weight"][0]
        )
        self._norm = (rest["embeddings.LayerNorm.weight"], rest["embeddings.LayerNorm.bias"])
        self._blocks = []
        for layer in range(self.layers):
            stem = f"encoder.layer.{layer}."
            block = {}
            for part in ("weight", "bias"):  # one product for query, key and value
                block[f"qkv.{part}"] = torch.cat(
                    [rest[f"{stem}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                )
            for name in ("attention.output.dense", "attention.output.LayerNorm", "intermediate.dense"):
                block |= {f"{name}.{part}": rest[f"{stem}{name}.{part}"] for part in ("weight", "bias")}
            for name in ("output.dense", "output.LayerNorm"):
                block |= {f"{name}.{part}": rest[f"{stem}{name}.{part}"] for part in ("weight", "bias")}
            self._blocks.append(block)

    def forward(self, texts: Sequence[Sequence[int]], size: int, layer: int) -> list[tuple[torch.Tensor, torch.Tensor]]:
        """Texts as token ids, at most `size` in all → for each its mean-pooled (dim,) and the states of `layer`.

        States are (tokens, dim), the output of block `layer` counted from 1. The texts lie end to end in one matrix of
        `size` rows; each attends to itself alone (see `packs`).
        """
        import torch
        from torch.nn import functional as f

        lengths = [len(ids) for ids in texts]
        starts = list(accumulate(lengths, initial=0))
        ids = torch.full((size,), self.pad_id)
        places = torch.zeros(size, dtype=torch.int64)
        for text, start, length in zip(texts, starts, lengths, strict=False):
            ids[start : start + length] = torch.tensor(text)
            places[start : start + length] = torch.arange(length)
        x = self._words[ids].float() + self._places[places]
        x = f.layer_norm(x, (self.dim,), *self._norm, eps=self._epsilon)
        states = x
        for number, block in enumerate(self._blocks, start=1):
            qkv = f.linear(x, block["qkv.weight"], block["qkv.bias"]).view(size, 3, self._heads, -1)
            seen = torch.zeros(size, self.dim)
            for start, length in zip(starts, lengths, strict=False):
                q, k, v = qkv[start : start + length].permute(1, 2, 0, 3)[:, None]
                own = f.scaled_dot_product_attention(q, k, v)
                seen[start : start + length] = own[0].transpose(0, 1).reshape(length, self.dim)
            x = self._add(x, seen, block, "attention.output")
            inner = f.gelu(f.linear(x, block["intermediate.dense.weight"], block["intermediate.dense.bias"]))
            x = self._add(x, inner, block, "output")
            if number == layer:
                states = x
        spans = [slice(start, start + length) for start, length in zip(starts, lengths, strict=False)]
        return [(x[span].mean(0), states[span]) for span in spans]

    def _add(self, x: torch.Tensor, y: torch.Tensor, block: dict[str, torch.Tensor], name: str) -> torch.Tensor:
        from torch.nn import functional as f

        y = x + f.linear(y, block[f"{name}.dense.weight"], block[f"{name}.dense.bias"])
        norm = block[f"{name}.LayerNorm.weight"], block[f"{name}.LayerNorm.bias"]
        return f.layer_norm(y, (self.dim,), *norm, eps=self._epsilon)
