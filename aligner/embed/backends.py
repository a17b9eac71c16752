"""The two ways to run a model: `LightBackend` for the bundled one, `FullBackend` through sentence-transformers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from aligner.embed.buckets import batches, rows_of
from aligner.embed.packs import packs
from aligner.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    #: A text's vector and states.
    Numbers = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Tokens:
    """One text's tokens: ids, character ranges, which are special."""

    ids: list[int]
    offsets: list[tuple[int, int]]
    special: list[int]


class Backend(Protocol):
    """Tokenises texts (prefix included) and runs them in batches of fixed shapes."""

    def __init__(self, folder: Path, layer: int | None, prefix: int) -> None: ...

    def tokenise(self, texts: Sequence[str]) -> list[Tokens]:
        """Tokens of each text, cut at the model's limit, special tokens included."""

    def plan(self, lengths: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
        """Batches for texts of so many tokens: their shape, told by one number, and the texts' indices."""

    def forward(self, rows: Sequence[Tokens], shape: int) -> list[Numbers]:
        """Vector (dim,) and states of the chosen layer (tokens, width) of each text of a batch."""


def chosen_layer(layer: int | None, depth: int) -> int:
    """`layer`, or two thirds of `depth`; raises `ModelError` outside 1..depth."""
    chosen = max(1, round(depth * 2 / 3)) if layer is None else layer
    if not 1 <= chosen <= depth:
        raise ModelError(f"the encoder has no layer {chosen}", f"Choose one of 1 to {depth}.")
    return chosen


class LightBackend:
    """The bundled encoder through `light.LightBert`."""

    def __init__(self, folder: Path, layer: int | None, prefix: int) -> None:
        from aligner.embed.light import LightBert

        self._model = LightBert(folder)
        self._layer = chosen_layer(layer, self._model.layers)
        self._model.tokenizer.enable_truncation(self._model.max_length)

    def tokenise(self, texts: Sequence[str]) -> list[Tokens]:
        """See `Backend`."""
        found = self._model.tokenizer.encode_batch(list(texts))
        return [Tokens(e.ids, e.offsets, e.special_tokens_mask) for e in found]

    def plan(self, lengths: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
        """See `Backend`: packs of so many tokens."""
        return packs(lengths)

    def forward(self, rows: Sequence[Tokens], shape: int) -> list[Numbers]:
        """See `Backend`."""
        import torch

        with torch.inference_mode():
            found = self._model.forward([tokens.ids for tokens in rows], shape, self._layer)
        return [(vector.numpy(), states.numpy()) for vector, states in found]


class FullBackend:
    """Any sentence-transformers model with a transformer and a fast tokenizer, in float32 on the CPU.

    Raises `ModelError` when the folder does not load or has no token offsets (static embeddings, images).
    """

    def __init__(self, folder: Path, layer: int | None, prefix: int) -> None:
        self._model = _load(folder)
        self._prefix = prefix
        first = self._model[0]
        tokenizer: Any = getattr(first, "tokenizer", None)
        inner: Any = getattr(first, "auto_model", None)
        if inner is None or not getattr(tokenizer, "is_fast", False):
            raise ModelError(
                f"the encoder {folder.name} gives no token states with offsets",
                "Name an encoder that is a transformer with a fast tokenizer.",
            )
        inner.config.output_hidden_states = True  # makes the module hand on all layers of its one pass
        self._layer = chosen_layer(layer, int(inner.config.num_hidden_layers))
        self._lower = bool(getattr(first, "do_lower_case", False))
        self._limit = min(int(self._model.max_seq_length or 512), int(tokenizer.model_max_length))
        if tokenizer.pad_token is None:
            tokenizer.pad_token = tokenizer.eos_token
        self._tokenizer: Any = tokenizer

    def tokenise(self, texts: Sequence[str]) -> list[Tokens]:
        """See `Backend`."""
        # Lowering may lengthen a text (İ); then its offsets would lie, so such a text keeps its case.
        lowered = [t.lower() if self._lower and len(t.lower()) == len(t) else t for t in texts]
        found = self._tokenizer(
            lowered,
            truncation=True,
            max_length=self._limit,
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )
        columns = (found["input_ids"], found["offset_mapping"], found["special_tokens_mask"])
        return [Tokens(ids, offsets, special) for ids, offsets, special in zip(*columns, strict=True)]

    def plan(self, lengths: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
        """See `Backend`: rows padded to so many tokens."""
        return batches(lengths)

    def forward(self, rows: Sequence[Tokens], shape: int) -> list[Numbers]:
        """See `Backend`."""
        import torch

        filled = [*rows, *[rows[0]] * (rows_of(shape) - len(rows))]
        features: dict[str, Any] = dict(
            self._tokenizer.pad(
                {"input_ids": [tokens.ids for tokens in filled]},
                padding="max_length",
                max_length=shape,
                return_tensors="pt",
            )
        )
        if "token_type_ids" in self._tokenizer.model_input_names:
            features["token_type_ids"] = torch.zeros_like(features["input_ids"])
        if self._prefix:  # read by poolings that leave the prompt out
            features["prompt_length"] = sum(end <= self._prefix for _, end in rows[0].offsets[:-1])
        with torch.inference_mode():
            for module in self._model:
                features = module(features)
        layers = features.get("all_layer_embeddings")
        states = features["token_embeddings"] if layers is None else layers[self._layer]
        left = self._tokenizer.padding_side == "left"
        sizes = [len(tokens.ids) for tokens in rows]
        return [
            (vector, own[-size:] if left else own[:size])
            for size, vector, own in zip(
                sizes, features["sentence_embedding"].float().numpy(), states.float().numpy(), strict=False
            )
        ]


def _load(folder: Path) -> Any:
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    quiet: Any = transformers_logging  # untyped
    quiet.disable_progress_bar()
    try:
        model = SentenceTransformer(
            str(folder),
            device="cpu",
            local_files_only=True,
            trust_remote_code=False,
            # transformers 5 keeps the file's type: fp16 files would run in fp16, slowly on a CPU.
            model_kwargs={"dtype" if _new_transformers() else "torch_dtype": torch.float32},
        )
    except (OSError, ValueError, ImportError, RuntimeError, LookupError, TypeError, AttributeError) as error:
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ModelError(
            f"the encoder in {folder} cannot be loaded: {first}",
            "Name another with --encoder, or install it again with `aligner models install NAME`.",
        ) from error
    return model.eval()


def _new_transformers() -> bool:
    from importlib.metadata import version

    return int(version("transformers").split(".", 1)[0]) >= 5
