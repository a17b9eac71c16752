"""Encoder names: which folder a name means (never through the network), and which prefix its family wants."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from aligner.embed.folders import cache_dir
from aligner.errors import ModelError

#: Names of the bundled encoder that `--encoder` takes.
BUNDLED_NAMES = frozenset({"", "bundled", "e5-small", "multilingual-e5-small"})

#: (pattern over name and `_name_or_path`, prefix), first hit counts: for models whose folder carries no prompts.
#: The same prefix on both sides, since both sides of a pair are sentences (symmetric similarity).
_FAMILIES = (
    (re.compile(r"e5[-_].*instruct"), "Instruct: Retrieve semantically similar text.\nQuery: "),
    (re.compile(r"(^|[/_-])e5[-_]"), "query: "),
    (re.compile(r"nomic-embed"), "clustering: "),
)
#: Prompts of sentence-transformers folders that mean symmetric similarity, best first.
_PROMPTS = ("STS", "sts", "sentence-similarity", "Sentence Similarity", "similarity", "query")


def installed_dir(name: str) -> Path:
    """Where `aligner models install NAME` keeps an encoder."""
    return cache_dir() / "models" / name.replace("/", "--")


def resolve(name: str) -> Path:
    """The local folder of an encoder: a path, one installed by us, or one in the Hugging Face cache.

    Raises `ModelError` with the command to type when there is none; nothing is downloaded.
    """
    for folder in (Path(name).expanduser(), installed_dir(name)):
        if (folder / "modules.json").is_file() or (folder / "config.json").is_file():
            return folder
    if Path(name).expanduser().exists() or name.startswith((".", "/", "~")):
        raise ModelError(f"{name} is no folder of a sentence-transformers model", "Name a folder with modules.json.")
    for full in [name] if "/" in name else [f"sentence-transformers/{name}", name]:
        found = _hub_snapshot(full)
        if found is not None:
            return found
    raise ModelError(f"the encoder {name} is not on this machine", f"Type `aligner models install {name}`.")


def _hub_snapshot(name: str) -> Path | None:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (HFValidationError, LocalEntryNotFoundError):
        return None


def prefix_of(name: str, folder: Path) -> str:
    """What to put before every text: the folder's own prompt, else the family's prefix, else nothing."""
    settings = _json(folder / "config_sentence_transformers.json")
    prompts = settings.get("prompts") or {}
    for wanted in (settings.get("default_prompt_name"), *_PROMPTS):
        if wanted and isinstance(prompts.get(wanted), str) and prompts[wanted]:
            return str(prompts[wanted])
    told = f"{name} {folder.name} {_json(folder / 'config.json').get('_name_or_path', '')}".lower().split()
    for pattern, prefix in _FAMILIES:
        if any(pattern.search(word) for word in told):
            return prefix
    return ""


def files_hash(folder: Path) -> str:
    """One hash over names and contents of the folder's files (1.5 GB/s), for the signature."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")):
        digest.update(path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape") + b"\0")
        with path.open("rb") as handle:
            digest.update(hashlib.file_digest(handle, "sha256").digest())
    return digest.hexdigest()


def _json(path: Path) -> dict[str, Any]:
    """The object in a JSON file, empty if there is no such file; raises `ModelError` when it cannot be parsed."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read: {error}") from error
    return value if isinstance(value, dict) else {}
