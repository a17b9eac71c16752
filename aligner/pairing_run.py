"""Two whole documents into a run folder, so that `export`, `report`, `review` and `explain` read them like captions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aligner.batch import write_files, write_run_json
from aligner.config import Settings
from aligner.errors import UsageError
from aligner.pairing import Paired, document_name, rows
from aligner.pipeline import Tools
from aligner.records import Pair, Verdict
from aligner.rows import row_details
from aligner.toolbox import made_by
from aligner.write.ledger import Entry, Ledger


def write_run(paired: Paired, tools: Tools, settings: Settings, folder: Path, original: str = "") -> None:
    """Add the pair to the run folder: beads into `corpus.tsv`, sentences left alone into `unaligned.tsv`.

    Pairs of documents may be added one after another. Raises `UsageError` for other languages than Dutch and English,
    whose columns these files have, and `RunError` if the folder was made with other settings.
    """
    if not paired.judged:
        raise UsageError("a run folder holds Dutch and English", "Give --out the name of a file for other languages.")
    verdicts: dict[str, Verdict] = {}
    found = list(rows(paired, tools, original, verdicts=verdicts))
    whole = [row for row in found if row["nl"] and row["en"]]
    details = {row["id"]: _details(row, verdicts[row["id"]], tools) for row in whole if row["id"] in verdicts}
    alone = [_alone(row) for row in found if bool(row["nl"]) != bool(row["en"])]
    payload = {"text": paired.a.source, "rows": whole, "unaligned": alone, "details": details}
    digest = hashlib.sha256(repr((paired.a.sentences, paired.b.sentences)).encode("utf-8", "surrogatepass")).hexdigest()
    signature = settings.signature() | made_by(settings) | {"made from": "whole documents"}
    with Ledger(folder, signature) as ledger:
        ledger.put(Entry(document_name(paired), digest, False, payload))
        write_run_json(folder, settings, write_files(folder, ledger), tools.models(), ledger)


def _details(row: Mapping[str, Any], verdict: Verdict, tools: Tools) -> dict[str, Any]:
    nl, en = tools.encoder.encode([row["nl"], row["en"]])
    return row_details(Pair(row["nl"], row["en"], row["original"]), verdict, nl, en)


def _alone(row: Mapping[str, Any]) -> dict[str, Any]:
    """A sentence without counterpart as a row of `unaligned.tsv`."""
    lang = "nl" if row["nl"] else "en"
    return {
        "document": row["document"],
        "lang": lang,
        "role": row[f"{lang}_role"],
        "start": row[f"{lang}_start"],
        "end": row[f"{lang}_end"],
        "text": row[lang],
        "reason": "none",
    }
