"""The bundled encoder's forward pass in plain torch: the same numbers as BertModel, without importing transformers.

Importing sentence-transformers and loading takes 14 s on two cold cores, BertModel alone 5 s, this 2 to 3 s. The
vectors equal those of sentence-transformers up to rounding (a test holds 1 − cosine below 1e-6).
"""

from __future__ import annotations

import json
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

    def forward(self, ids: torch.Tensor, mask: torch.Tensor | None, layer: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Ids (batch, length) and mask (batch, length) of bool → (mean-pooled (batch, dim), states of `layer`).

        States are (batch, length, dim), the output of block `layer` counted from 1. Without a mask all ids count.
        """
        from torch.nn import functional as f

        batch, length = ids.shape
        x = self._words[ids].float() + self._places[:length]
        x = f.layer_norm(x, (self.dim,), *self._norm, eps=self._epsilon)
        attended = None if mask is None else mask[:, None, None, :]
        states = x
        for number, block in enumerate(self._blocks, start=1):
            qkv = f.linear(x, block["qkv.weight"], block["qkv.bias"])
            q, k, v = qkv.view(batch, length, 3, self._heads, -1).permute(2, 0, 3, 1, 4)
            seen = f.scaled_dot_product_attention(q, k, v, attn_mask=attended)
            seen = seen.transpose(1, 2).reshape(batch, length, self.dim)
            x = self._add(x, seen, block, "attention.output")
            inner = f.gelu(f.linear(x, block["intermediate.dense.weight"], block["intermediate.dense.bias"]))
            x = self._add(x, inner, block, "output")
            if number == layer:
                states = x
        if mask is None:
            return x.mean(1), states
        weight = mask[:, :, None].float()
        return (x * weight).sum(1) / weight.sum(1), states

    def _add(self, x: torch.Tensor, y: torch.Tensor, block: dict[str, torch.Tensor], name: str) -> torch.Tensor:
        from torch.nn import functional as f

        y = x + f.linear(y, block[f"{name}.dense.weight"], block[f"{name}.dense.bias"])
        norm = block[f"{name}.LayerNorm.weight"], block[f"{name}.LayerNorm.bias"]
        return f.layer_norm(y, (self.dim,), *norm, eps=self._epsilon)
