"""Packages of the real Argos format for tests: a CTranslate2 Transformer made by hand, with a SentencePiece model.

The toy copies its input word by word: one decoder layer whose attention to the source looks at the same place, by
position encodings that are one-hot. So tests know what comes out, and need no training and no network.
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import numpy as np

WORDS = ["▁de", "▁kat", "▁zit", "▁op", "▁mat", "▁Test", ".", "▁een", "▁man", "▁loopt", "▁weg"]
LETTERS = ["▁", *"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,!?'\"-:;()"]
_PLACES = 128  # longest input the toy copies faithfully


def sentencepiece_model(pieces: list[str]) -> bytes:
    """A unigram model of these pieces, the longer the likelier."""
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2 as pb2

    made = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["a b c d e f g h"] * 10),
        model_writer=made,
        vocab_size=14,
        model_type="unigram",
        hard_vocab_limit=False,
        minloglevel=2,
    )
    proto = pb2.ModelProto()
    proto.ParseFromString(made.getvalue())
    del proto.pieces[3:]
    for piece in pieces:
        proto.pieces.add(piece=piece, score=-10.0 + len(piece))
    return proto.SerializeToString()


def _layer(spec, size: int, inner: int) -> None:
    """All weights zero: the layer passes its input on (residual)."""
    spec.self_attention.layer_norm.gamma = np.ones(size, np.float32)
    spec.self_attention.layer_norm.beta = np.zeros(size, np.float32)
    spec.self_attention.linear[0].weight = np.zeros((3 * size, size), np.float32)
    spec.self_attention.linear[0].bias = np.zeros(3 * size, np.float32)
    spec.self_attention.linear[1].weight = np.zeros((size, size), np.float32)
    spec.self_attention.linear[1].bias = np.zeros(size, np.float32)
    spec.ffn.layer_norm.gamma = np.ones(size, np.float32)
    spec.ffn.layer_norm.beta = np.zeros(size, np.float32)
    spec.ffn.linear_0.weight = np.zeros((inner, size), np.float32)
    spec.ffn.linear_0.bias = np.zeros(inner, np.float32)
    spec.ffn.linear_1.weight = np.zeros((size, inner), np.float32)
    spec.ffn.linear_1.bias = np.zeros(size, np.float32)


def _norm(spec, size: int) -> None:
    spec.gamma, spec.beta = np.ones(size, np.float32), np.zeros(size, np.float32)


def write_model(folder: Path, pieces: list[str]) -> None:
    """A CTranslate2 model that copies: piece part and place part of every state lie side by side."""
    from ctranslate2.specs import transformer_spec

    target = ["<unk>", "<s>", "</s>", *pieces]
    count = len(target)
    size = (count + _PLACES + 7) // 8 * 8
    words = np.zeros((count, size), np.float32)
    words[:, :count] = np.eye(count) * 4
    enc = transformer_spec.TransformerEncoderSpec(1, 1, pre_norm=True)
    dec = transformer_spec.TransformerDecoderSpec(1, 1, pre_norm=True)
    places = np.zeros((512, size), np.float32)
    places[np.arange(512), count + np.arange(512) % _PLACES] = 4
    spec = transformer_spec.TransformerSpec(enc, dec)
    enc.embeddings[0].weight = words
    enc.scale_embeddings = False
    enc.position_encodings.encodings = places
    _layer(enc.layer[0], size, 8)
    _norm(enc.layer_norm, size)
    dec.embeddings.weight = np.zeros((count, size), np.float32)  # what was written does not matter, only where we are
    dec.scale_embeddings = False
    dec.position_encodings.encodings = places
    _layer(dec.layer[0], size, 8)
    cross = dec.layer[0].attention
    _norm(cross.layer_norm, size)
    place_part = np.zeros((size, size), np.float32)
    piece_part = np.zeros((size, size), np.float32)
    place_part[range(count, count + _PLACES), range(count, count + _PLACES)] = 6
    piece_part[range(count), range(count)] = 6
    cross.linear[0].weight, cross.linear[0].bias = place_part, np.zeros(size, np.float32)
    cross.linear[1].weight = np.concatenate([place_part, piece_part])
    cross.linear[1].bias = np.zeros(2 * size, np.float32)
    cross.linear[2].weight, cross.linear[2].bias = np.eye(size, dtype=np.float32), np.zeros(size, np.float32)
    _norm(dec.layer_norm, size)
    dec.projection.weight = words * 3
    spec.register_source_vocabulary(target)
    spec.register_target_vocabulary(target)
    spec.config.add_source_eos = True
    spec.config.decoder_start_token = "<s>"
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True)
    spec.save(str(folder))


def write_package(folder: Path, source: str = "nl", target: str = "en", version: str = "1.0") -> Path:
    """An installed package in `folder`; returns its path."""
    path = folder / f"translate-{source}_{target}-{version.replace('.', '_')}"
    pieces = [*WORDS, *LETTERS]
    write_model(path / "model", pieces)
    (path / "sentencepiece.model").write_bytes(sentencepiece_model(pieces))
    names = {"nl": "Dutch", "en": "English", "de": "German"}
    metadata = {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": source,
        "from_name": names[source],
        "to_code": target,
        "to_name": names[target],
    }
    (path / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    return path


def zip_package(package: Path, into: Path) -> Path:
    """The package as an `.argosmodel` file in `into`."""
    made = into / f"{package.name}.argosmodel"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(package.rglob("*")):
            archive.write(path, path.relative_to(package.parent).as_posix())
    return made
