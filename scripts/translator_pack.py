"""Packs what `train_translator.py` learned: one int8 CTranslate2 model in a package that argostranslate loads.

    python scripts/translator_pack.py --weights translator-work/best.pt --work translator-work --out FOLDER

The source vocabulary is pruned to pieces of Latin script that Dutch or English text uses (of 250,000), and one
`sentencepiece.model`, rebuilt from the pieces and scores that are left, cuts the source and joins the target.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
import translator_data as data
from ctranslate2.specs import common_spec, transformer_spec
from torch import nn
from translator_model import (
    BOS,
    CACHED_LAYERS,
    DECODER_HEADS,
    DECODER_LAYERS,
    HEADS,
    PAD,
    TOP_LAYERS,
    UNK,
    EncoderLayer,
    FrozenEncoder,
    Model,
    bundled_weights,
    sinusoids,
)

from aligner.embed.bundled import ensure_bundled

SOURCE_PIECES = 88_000
VERSION = "1.0"
POSITIONS = 512


def linear(spec: Any, layer: nn.Linear) -> None:
    spec.weight, spec.bias = layer.weight.detach().float().numpy(), layer.bias.detach().float().numpy()


def norm(spec: Any, layer: nn.LayerNorm) -> None:
    spec.gamma, spec.beta = layer.weight.detach().float().numpy(), layer.bias.detach().float().numpy()


def encoder_layer(spec: Any, layer: EncoderLayer) -> None:
    linear(spec.self_attention.linear[0], layer.qkv)
    linear(spec.self_attention.linear[1], layer.out)
    norm(spec.self_attention.layer_norm, layer.norm1)
    linear(spec.ffn.linear_0, layer.up)
    linear(spec.ffn.linear_1, layer.down)
    norm(spec.ffn.layer_norm, layer.norm2)


def decoder_layer(spec: Any, layer: Any) -> None:
    linear(spec.self_attention.linear[0], layer.qkv)
    linear(spec.self_attention.linear[1], layer.out)
    norm(spec.self_attention.layer_norm, layer.norm1)
    for number, part in enumerate((layer.cross_q, layer.cross_kv, layer.cross_out)):
        linear(spec.attention.linear[number], part)
    norm(spec.attention.layer_norm, layer.norm2)
    linear(spec.ffn.linear_0, layer.up)
    linear(spec.ffn.linear_1, layer.down)
    norm(spec.ffn.layer_norm, layer.norm3)


def source_pieces(folder: Path, parallel: Path, target: list[str]) -> list[tuple[str, float, int]]:
    """Pieces of the source side with score and row in the encoder's table.

    Those of the target come first, then all that the texts here use, then Latin ones in the encoder's own order.
    """
    tokenizer = data.full_tokenizer(folder)
    known = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    counts = np.zeros(len(known), np.int64)
    for path in sorted(parallel.glob("**/*.tsv.gz")):
        if path.name == "news-x-en.tsv.gz":
            texts = [row[1] for row in data.read_rows(path) if row[0] in ("de", "fr", "es", "it")]
            least = 3
        else:
            texts, least = [text for row in data.read_rows(path) for text in row[:2]], 1
        found = tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        seen = np.bincount(np.concatenate([np.array(e.ids, np.int64) for e in found]), minlength=len(known))
        counts += np.where(seen >= least, seen, 0)
    wanted = set(target)
    order = sorted(range(len(known)), key=lambda i: (known[i][0] not in wanted, -min(int(counts[i]), 1), i))
    special = set(data.SPECIAL) | {"<mask>"}
    usable = [i for i in order if known[i][0] in wanted or counts[i] or latin(known[i][0])]
    return [(known[i][0], float(known[i][1]), i) for i in usable if known[i][0] not in special][:SOURCE_PIECES]


def latin(piece: str) -> bool:
    """Whether a piece has only Latin letters, digits and signs."""
    return all(ord(c) < 0x250 or (not c.isalpha() and ord(c) < 0x2200) or c == "▁" for c in piece)


def sentencepiece_model(pieces: list[tuple[str, float]]) -> bytes:
    """A unigram model of these pieces, with the normalisation (nmt_nfkc) of the encoder's own."""
    import io

    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2 as pb2

    made = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["a b c d e f g h i j"] * 10),
        model_writer=made,
        vocab_size=16,
        model_type="unigram",
        normalization_rule_name="nmt_nfkc",
        hard_vocab_limit=False,
        minloglevel=2,
    )
    proto: Any = pb2.ModelProto()  # type: ignore[attr-defined]
    proto.ParseFromString(made.getvalue())
    del proto.pieces[3:]
    for piece, score in pieces:
        proto.pieces.add(piece=piece, score=score)
    proto.trainer_spec.vocab_size = len(proto.pieces)
    return bytes(proto.SerializeToString())


def convert(model: Model, folder: Path, source: list[tuple[str, float, int]], target: list[str], out: Path) -> None:
    """Write the CTranslate2 model, int8."""
    weights = bundled_weights()
    encoder = FrozenEncoder(weights)
    enc = transformer_spec.TransformerEncoderSpec(
        CACHED_LAYERS + TOP_LAYERS,
        HEADS,
        pre_norm=False,
        activation=common_spec.Activation.GELU,
        layernorm_embedding=True,
    )
    dec = transformer_spec.TransformerDecoderSpec(DECODER_LAYERS, DECODER_HEADS, pre_norm=True)
    spec = transformer_spec.TransformerSpec(enc, dec)
    table = weights["embeddings.word_embeddings.weight"].float()
    special = [3, 0, 2]  # rows of <unk>, <s>, </s> in the encoder's table
    enc.embeddings[0].weight = table[special + [row for _, _, row in source]].numpy()
    enc.scale_embeddings = False
    enc.position_encodings.encodings = encoder.places[:POSITIONS].numpy()
    norm(enc.layernorm_embedding, encoder.norm)
    for part, layer in zip(enc.layer, [*encoder.layers, *model.top], strict=True):
        encoder_layer(part, layer)
    dec.embeddings.weight = model.words.detach().float().numpy()
    dec.position_encodings.encodings = sinusoids(POSITIONS).numpy()
    for part, layer in zip(dec.layer, model.layers, strict=True):
        decoder_layer(part, layer)
    norm(dec.layer_norm, model.norm)
    dec.projection.weight = dec.embeddings.weight
    bias = model.bias.detach().float().clone()
    bias[[PAD, BOS, UNK]] = -1e4  # never written: there are single characters to spell with
    dec.projection.bias = bias.numpy()
    spec.register_source_vocabulary(["<unk>", "<s>", "</s>", *(piece for piece, _, _ in source)])
    spec.register_target_vocabulary(target)
    spec.config.add_source_bos = spec.config.add_source_eos = True
    spec.config.decoder_start_token = "<s>"
    spec.config.layer_norm_epsilon = 1e-6
    spec.validate()
    spec.optimize(quantization="int8")
    out.mkdir()
    spec.save(str(out))


def pack(weights: Path, work: Path, parallel: Path, out: Path, card: Path | None) -> Path:
    """The package, zipped as `translate-nl_en-VERSION.argosmodel` in `out`."""
    folder = ensure_bundled()
    _, pieces = data.load(work)
    target = [piece for piece, _ in pieces]
    model = Model(len(target))
    saved = torch.load(weights, weights_only=True)
    model.load_state_dict({name: tensor.float() for name, tensor in saved["model"].items()})
    kept = work / "source.json"  # counting takes a minute
    if not kept.exists():
        kept.write_text(json.dumps(source_pieces(folder, parallel, target), ensure_ascii=False), encoding="utf-8")
    source = [(piece, score, row) for piece, score, row in json.loads(kept.read_text(encoding="utf-8"))]
    name = f"translate-nl_en-{VERSION.replace('.', '_')}"
    with tempfile.TemporaryDirectory() as scratch:
        package = Path(scratch) / name
        package.mkdir()
        convert(model, folder, source, target, package / "model")
        (package / "sentencepiece.model").write_bytes(sentencepiece_model([(p, s) for p, s, _ in source]))
        metadata = {
            "package_version": VERSION,
            "argos_version": "1.9",
            "from_code": "nl",
            "from_name": "Dutch",
            "to_code": "en",
            "to_name": "English",
        }
        (package / "metadata.json").write_text(json.dumps(metadata, indent=1) + "\n", encoding="utf-8")
        if card:
            shutil.copyfile(card, package / "README.md")
        out.mkdir(parents=True, exist_ok=True)
        made = out / f"{name}.argosmodel"
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for path in sorted(package.rglob("*")):
                info = zipfile.ZipInfo(path.relative_to(package.parent).as_posix(), (2026, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                if path.is_file():
                    archive.writestr(info, path.read_bytes())
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--parallel", type=Path, default=Path("../shared/parallel"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--card", type=Path, help="model card, goes in as README.md")
    args = parser.parse_args()
    made = pack(args.weights, args.work, args.parallel, args.out, args.card)
    print(f"{made.name}: {made.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
