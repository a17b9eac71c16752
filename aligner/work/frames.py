"""Messages between a run and its workers: a length, a JSON head, raw bytes behind it. Nothing is unpickled."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import IO, Any

from aligner.read.article import Article, Form
from aligner.records import Block, Page, Role, Span
from aligner.work.chunk import Reply, Task
from aligner.write.ledger import Entry

_SIZES = struct.Struct("<QQ")


def send(stream: IO[bytes], head: dict[str, Any], tail: bytes = b"") -> None:
    """Write one message and flush it."""
    told = json.dumps(head).encode("ascii")
    stream.write(_SIZES.pack(len(told), len(tail)) + told + tail)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """The next message; None at the end of the stream, or where it was cut."""
    sizes = stream.read(_SIZES.size)
    if len(sizes) < _SIZES.size:
        return None
    head, tail = _SIZES.unpack(sizes)
    told, rest = stream.read(head), stream.read(tail)
    if len(told) < head or len(rest) < tail:
        return None
    return json.loads(told), rest


def packed(tasks: Sequence[Task]) -> tuple[dict[str, Any], bytes]:
    """Tasks as a message: articles as their fields, with the bytes of all behind, pages whole."""
    listed: list[dict[str, Any]] = []
    data: list[bytes] = []
    for task in tasks:
        if isinstance(task.source, Page):
            listed.append({"sha256": task.sha256, "page": asdict(task.source)})
        else:
            fields = asdict(replace(task.source, data=b""))
            del fields["data"]
            listed.append({"sha256": task.sha256, "article": fields, "size": len(task.source.data)})
            data.append(task.source.data)
    return {"tasks": listed}, b"".join(data)


def unpacked(head: dict[str, Any], tail: bytes) -> list[Task]:
    """The tasks of a message."""
    tasks, at = [], 0
    for fields in head["tasks"]:
        source: Article | Page
        if "page" in fields:
            source = _page(fields["page"])
        else:
            article = fields["article"]
            source = Article(**article | {"form": Form(article["form"]), "data": tail[at : at + fields["size"]]})
            at += fields["size"]
        tasks.append(Task(source.document, fields["sha256"], source))
    return tasks


def _page(fields: dict[str, Any]) -> Page:
    blocks = [
        Block(**block | {"role": Role(block["role"]), "span": Span(*block["span"])}) for block in fields["blocks"]
    ]
    return Page(**fields | {"blocks": tuple(blocks), "credits": tuple(fields["credits"])})


def told(reply: Reply) -> dict[str, Any]:
    """A reply as the head of a message."""
    return asdict(reply)


def heard(head: dict[str, Any]) -> Reply:
    """The reply of a message."""
    return Reply(
        [Entry(**entry) for entry in head["entries"]], head["models"], list(head["notices"]), dict(head["seconds"])
    )
