"""Which files a command means, and what each is called in the output.

Folders are walked in sorted order and never twice, so the same folder gives the same list on every
machine. Nothing is opened here: a file that cannot be read fails alone, later.
"""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from aligner.errors import UsageError

#: Suffixes that are articles when a folder is given.
SUFFIXES = (".txt", ".html", ".htm")

STDIN = "-"
#: What marks a run folder, whose report would be read as an article (`write.ledger` makes it).
RUN_STATE = ".aligner"

_URL = re.compile(r"[a-z][a-z0-9+.-]*://|www\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """One input: where it is and its name in the output; `problem` is set if it cannot be read at all."""

    path: str
    document: str
    problem: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The items sorted by document, and what was passed over in folders, as `path: reason`."""

    items: tuple[Item, ...]
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A file before it has a name: its path, the folder it was found from, a problem if there is one."""

    path: str
    root: str
    problem: str = ""
    hint: str = ""


def find_inputs(inputs: Sequence[str], include: Sequence[str] = ()) -> Inputs:
    """Files, folders, globs and `-` as items; `UsageError` for a URL or if nothing is left.

    `include` are extra name patterns (`*.md`, `2024/*.jsonl.gz`) that count as articles in folders.
    A file that does not exist becomes an item with a problem, unless nothing else was given.
    """
    if not inputs:
        raise UsageError(
            "no input given", "name a file, a folder, a pattern such as 'news/*.txt', or - (standard input)"
        )
    skipped: list[str] = []
    found: dict[str, _Found] = {}
    for name in inputs:
        _refuse_url(name)
        for one in _expand(os.fspath(name), tuple(include), skipped):
            found.setdefault(one.path, one)
    items = [one for one in found.values() if not one.problem]
    if not items:
        _nothing(list(found.values()), skipped, inputs)
    return Inputs(_named(list(found.values())), tuple(sorted(skipped)))


def _refuse_url(name: str) -> None:
    if not _URL.match(name) or os.path.lexists(name):
        return
    if name.lower().startswith("file://"):
        raise UsageError(f"this is a URL, not a path: {name}", "leave out file:// and pass the path")
    raise UsageError(
        f"this is a URL, and nothing is fetched from the network: {name}",
        "save the page (in a browser: Save page as, HTML), then pass the file",
    )


def _nothing(found: list[_Found], skipped: list[str], inputs: Sequence[str]) -> None:
    if found:
        raise UsageError(f"{found[0].problem}: {safe_name(found[0].path)}", found[0].hint)
    passed = f" ({len(skipped)} other files skipped)" if skipped else ""
    raise UsageError(
        f"no article in {', '.join(safe_name(os.fspath(name)) for name in inputs)}{passed}",
        "in a folder only .txt, .html and .htm are read; add others with --include '*.md', or name the file itself",
    )


def _expand(name: str, include: tuple[str, ...], skipped: list[str]) -> Iterator[_Found]:
    """The files that one argument means."""
    if name == STDIN:
        yield _Found(STDIN, "")
    elif Path(name).is_dir():
        yield from _walk(name, include, skipped)
    elif os.path.lexists(name):
        yield _file(_absolute(name))
    elif glob.has_magic(name):
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
        for match in matches:
            if Path(match).is_dir():
                # `**` yields every folder on the way; their files come as matches of their own
                if "**" not in name:
                    yield from _walk(match, include, skipped)
            else:
                yield _file(_absolute(match))
        if not matches:
            yield _missing(name, "no file matches this pattern")
    else:
        yield _missing(name, "no such file or folder")


def _absolute(name: str) -> str:
    """`name` from the root, without `..`, links left alone (a document keeps the name it was given by)."""
    return os.path.normpath(Path(name).absolute())


def _missing(name: str, problem: str) -> _Found:
    path = _absolute(name) if name else name
    return _Found(path, str(Path(path).parent), problem, "check the spelling and the folder you are in")


def _file(path: str) -> _Found:
    """A file named by the user: kept whatever its suffix, but never a device or a pipe."""
    root = str(Path(path).parent)
    try:
        mode = Path(path).stat().st_mode
    except OSError as error:
        return _Found(path, root, f"cannot be opened ({error.strerror})", "check the link or the permissions")
    if not stat.S_ISREG(mode):
        return _Found(path, root, "a device, pipe or socket, not a file", "copy it to a file, or pipe it in with -")
    return _Found(path, root)


def _walk(folder: str, include: tuple[str, ...], skipped: list[str]) -> Iterator[_Found]:
    """The articles below `folder`, sorted; links to folders are followed, but no folder is entered twice."""
    root = _absolute(folder)
    waiting = [root]
    entered: set[str] = set()
    while waiting:
        current = waiting.pop()
        real = os.path.realpath(current)
        if real in entered:
            skipped.append(f"{safe_name(current)}: folder already read (a link)")
            continue
        entered.add(real)
        try:
            with os.scandir(current) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            yield _Found(current, root, f"folder cannot be opened ({error.strerror})", "check the permissions")
            continue
        folders: list[str] = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                if entry.name.endswith("_files"):
                    skipped.append(f"{safe_name(entry.path)}: folder of a saved page")
                elif (Path(entry.path) / RUN_STATE).is_dir():
                    skipped.append(f"{safe_name(entry.path)}: a run folder of aligner")
                else:
                    folders.append(entry.path)
            elif not _is_article(os.path.relpath(entry.path, root), include):
                skipped.append(f"{safe_name(entry.path)}: not .txt, .html or .htm")
            else:
                one = _file(entry.path)
                if one.problem and not entry.is_symlink():
                    skipped.append(f"{safe_name(entry.path)}: device, pipe or socket")
                elif one.problem:
                    skipped.append(f"{safe_name(entry.path)}: broken link")
                else:
                    yield _Found(one.path, root)
        waiting.extend(reversed(folders))


def _is_article(relative: str, include: tuple[str, ...]) -> bool:
    name = Path(relative).name
    if name.lower().endswith(SUFFIXES):
        return True
    place = relative.replace(os.sep, "/")
    return any(fnmatch(name, pattern) or fnmatch(place, pattern) for pattern in include)


def _named(found: list[_Found]) -> tuple[Item, ...]:
    """Items with their document names: the path from the common root of all inputs, each name once."""
    roots = [one.root for one in found if one.path != STDIN]
    try:
        common = os.path.commonpath(roots) if roots else ""
    except ValueError:  # two drives on Windows: no common root
        common = ""
    items: list[Item] = []
    taken: set[str] = set()
    for one in sorted(found, key=lambda each: each.path):
        if one.path == STDIN:
            name = STDIN
        elif common:
            name = safe_name(os.path.relpath(one.path, common))
        else:
            name = safe_name(Path(one.path).name)
        unique, count = name, 2
        while unique in taken:  # two names that differ only in what had to be made safe
            unique, count = f"{count}~{name}", count + 1
        taken.add(unique)
        items.append(Item(one.path, unique, one.problem, one.hint))
    return tuple(sorted(items, key=lambda item: item.document))


def safe_name(path: str) -> str:
    """`path` with `/`, and with bytes that are no UTF-8 and characters that break a line as `%0A`."""
    out: list[str] = []
    for char in path.replace(os.sep, "/"):
        code = ord(char)
        if 0xDC80 <= code <= 0xDCFF:  # os.fsdecode's form of a stray byte
            out.append(f"%{code - 0xDC00:02X}")
        elif 0xD800 <= code <= 0xDFFF:
            out.append("%3F")
        elif code < 32 or 127 <= code < 160 or code in (0x2028, 0x2029):
            out.append("".join(f"%{byte:02X}" for byte in char.encode("utf-8")))
        else:
            out.append(char)
    return "".join(out)
