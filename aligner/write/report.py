"""The report: a run as one HTML page for people, with nothing loaded from elsewhere.

Article text is untrusted. It stands in the page as JSON that cannot end its element, becomes text nodes only, and the
page's own Content-Security-Policy lets no other script, style or image in.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from importlib.resources import files
from pathlib import Path

from aligner import __version__
from aligner.errors import RunError
from aligner.reviews import stored
from aligner.write.corpus import Problem, Row, Run, open_runs
from aligner.write.files import replacing
from aligner.write.report_charts import charts
from aligner.write.report_data import as_script, ordered, page_data

NAME = "report.html"
_GENERATOR = "aligner report"
_SCRIPTS = ("model.js", "list.js", "detail.js", "main.js")


@dataclass
class Report:
    """Where the page stands, how many pairs it holds, and what was wrong with the run."""

    path: Path
    pairs: int
    flagged: int
    problems: list[Problem] = field(default_factory=list)


def write_report(folder: Path | str, out: Path | None = None, *, force: bool = False) -> Report:
    """Write the page of a run, to `report.html` in its folder unless `out` says otherwise.

    A page that this function wrote into the run folder is replaced; any other file needs `force` (`UsageError`).
    """
    run = open_runs([folder])[0]
    path = out or run.folder / NAME
    rows = list(run.rows())
    problems = list(run.problems)
    unaligned = _unaligned(run)
    text = page(run, rows, unaligned)
    own = out is None and _is_ours(path)
    with replacing([path], force=force or own) as (temporary,):
        temporary.write_text(text, encoding="utf-8", errors="replace", newline="\n")
    flagged = sum(row["status"] in {"divergent", "review"} for row in rows)
    return Report(path, len(rows), flagged, problems)


def page(run: Run, rows: Sequence[Row], unaligned: Sequence[Row]) -> str:
    """The whole page."""
    style = _part("report.css")
    script = "(() => {\n'use strict';\n" + "\n".join(map(_part, _SCRIPTS)) + "\n})();"
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(script)}",
            f"style-src {_hash(style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            # No string may become mark-up or script, not even by a mistake of ours.
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
    data, more = page_data(run, ordered(rows), stored(run), unaligned)
    documents = len(data["documents"])
    about = (
        f"{len(rows):,} pair{'' if len(rows) == 1 else 's'} from "
        f"{documents:,} document{'' if documents == 1 else 's'}, run of {run.written[:10]}, "
        f"aligner {run.version or 'of an unknown version'}"
    )
    return _filled(
        _part("report.html"),
        {
            "csp": escape(policy),
            "generator": escape(f"{_GENERATOR} {__version__}"),
            "title": escape(f"Captions and articles: {run.name}"),
            "about": escape(about),
            "charts": charts(rows) if rows else "",
            "style": style,
            "data": as_script(data),
            "more": as_script(more),
            "script": script,
        },
    )


def _unaligned(run: Run) -> list[Row]:
    """Sentences without a counterpart; a run without that file has none to show."""
    try:
        return list(run.unaligned())
    except RunError:
        return []


def _is_ours(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8", errors="replace") as stream:
            return f'name="generator" content="{_GENERATOR}' in stream.read(4000)
    except OSError:
        return False


def _part(name: str) -> str:
    text = (files("aligner.write") / "page" / name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")  # the hash in the policy is of what the browser sees


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode()}'"


def _filled(template: str, parts: Mapping[str, str]) -> str:
    """The template with its `{{names}}` replaced, once: what is put in is not looked at again."""
    return re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match[1]], template)
