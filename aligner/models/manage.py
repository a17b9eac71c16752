"""`models list`, `remove` and `path`: what is on this machine."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from aligner.embed import bundled, names
from aligner.embed.folders import cache_dir
from aligner.errors import ModelError
from aligner.translation import packages, shipped

#: What can be had for the asking and has been tried with the tool.
DIRECTIONS = ("nl-en", "en-nl")
ENCODERS = ("sentence-transformers/LaBSE", "intfloat/multilingual-e5-base", "BAAI/bge-m3")


@dataclass(frozen=True, slots=True)
class Model:
    """One line of `models list`: `kind` is `encoder` or `translation`; `state` `bundled`, `installed`, `available`.

    `path` is None for what is not unpacked or not here; `bytes` is then 0.
    """

    name: str
    kind: str
    state: str
    version: str = ""
    path: Path | None = None
    bytes: int = 0


def list_models() -> list[Model]:
    """Everything bundled, installed and available; asks no network and unpacks nothing."""
    here = [*_bundled(), *_encoders(), *_packages()]
    known = {(model.kind, model.name) for model in here if model.state == "installed"}
    there = [Model(name, "translation", "available") for name in DIRECTIONS if ("translation", name) not in known]
    there += [Model(name, "encoder", "available") for name in ENCODERS if ("encoder", name) not in known]
    return [*here, *there]


def path(name: str) -> Path:
    """The folder of a model that is here; raises `ModelError` with what to type when it is not."""
    for model in sorted(_candidates(name), key=lambda model: model.state != "installed"):
        if model.path is not None:
            return model.path
        if model.state == "bundled" and model.kind == "encoder":
            return bundled.ensure_bundled()
        if model.state == "bundled" and (package := shipped.ensure_bundled(*name.split("-"))):
            return package.path
    return names.resolve(name) if "/" in name else _missing(name)


def remove(name: str) -> list[Path]:
    """Delete an installed model and return the folders that are gone; what is bundled stays.

    Raises `ModelError` when there is none of that name, or it cannot be deleted.
    """
    found = _candidates(name)
    gone = [model.path for model in found if model.state == "installed" and model.path is not None]
    if not gone:
        if any(model.state == "bundled" for model in found):
            raise ModelError(f"{name} comes with aligner and stays", "Only installed models can be removed.")
        _missing(name)
    for folder in gone:
        try:
            if folder.is_symlink():
                folder.unlink()
            else:
                shutil.rmtree(folder)
        except OSError as error:
            raise ModelError(f"{folder} cannot be deleted: {error}", "Check who owns it.") from error
    return gone


def _candidates(name: str) -> list[Model]:
    wanted = bundled.NAME if name in names.BUNDLED_NAMES else name
    return [model for model in list_models() if model.name == wanted and model.state != "available"]


def _missing(name: str) -> Path:
    raise ModelError(f"{name} is not on this machine", f"Type `aligner models install {name}`.")


def _bundled() -> list[Model]:
    folder = bundled.bundled_path()
    there = not bundled.problems(folder)
    found = [Model(bundled.NAME, "encoder", "bundled", "", folder if there else None, _size(folder) if there else 0)]
    for source, target in (direction.split("-") for direction in DIRECTIONS):
        archive = shipped.bundled_archive(source, target)
        if archive is not None:
            unpacked = shipped.bundled_folder(archive)
            ready = (unpacked / "metadata.json").is_file()
            version = archive.stem.rpartition("-")[2].replace("_", ".")
            size = _size(unpacked) if ready else archive.stat().st_size
            found.append(
                Model(f"{source}-{target}", "translation", "bundled", version, unpacked if ready else None, size)
            )
    return found


def _encoders() -> list[Model]:
    """Encoders that `models install` put here (their folders are `ORG--NAME`)."""
    root = cache_dir() / "models"
    places = sorted(root.iterdir()) if root.is_dir() else []
    return [
        Model(place.name.replace("--", "/"), "encoder", "installed", "", place, _size(place))
        for place in places
        if not place.name.startswith(".")
        and (place / "config.json").is_file()
        and not (place / bundled.MANIFEST).is_file()
    ]


def _packages() -> list[Model]:
    return [
        Model(package.direction, "translation", "installed", package.version, package.path, _size(package.path))
        for package in packages.installed()
    ]


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
