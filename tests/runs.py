"""Run folders made by hand, for tests of what reads them: invented pairs with every kind of awkward text."""

from __future__ import annotations

import json
from pathlib import Path

from aligner import __version__
from aligner.records import Pair, Role, Segment, Span
from aligner.rows import row_id
from aligner.write import tsv
from aligner.write.ledger import Entry, Ledger

#: Texts that break careless writers.
HOSTILE = [
    ("</script><script>alert(1)</script> zei hij", "</script><!--<script> he said"),
    ("<img src=x onerror=alert(1)> in de haven", "<img src=x onerror=alert(1)> in the harbour"),
    ("regel\u2028scheiding en alinea\u2029scheiding", "line\u2028separator and paragraph\u2029separator"),
    ("-Ja, dat is zo", "=SUM(1;2) is what it says"),
    ("'-al met een aanhalingsteken", "@home + more"),
    ('"Een citaat", zei ze; "en nog een"', '"A quote," she said; "and one more"'),
    ("stuur\x01teken en \ufffe", "control\x0bcharacter"),
    ("familie 👨‍👩‍👧 & café ]]> &amp;", "family 👨‍👩‍👧 & café ]]> &amp;"),
    ("_x0041_ blijft zo", "http://example.org/ stays text"),
    ("12,5", "007"),
]


def row(number=0, nl="De brug kostte 12 miljoen euro.", en="The bridge cost 15 million euros.", **changes):
    """A row of corpus.tsv with the id that a run would give it."""
    told = dict.fromkeys(tsv.CORPUS_COLUMNS, "") | {
        "document": f"doc{number // 3}.txt",
        "nl": nl,
        "en": en,
        "alignment": "1-1",
        "original": "nl",
        "nl_role": "paragraph",
        "en_role": "caption",
        "nl_start": str(100 + number),
        "nl_end": str(100 + number + len(nl)),
        "en_start": str(20 + number),
        "en_end": str(20 + number + len(en)),
        "quote": "none",
        "nl_speaker": "Anna Visser",
        "similarity": "0.912",
        "divergence": "0.050",
        "status": "equivalent",
        "nl_in_en": "The bridge cost 12 million euros.",
        "translator": "argos",
        "encoder": "e5",
    }
    told |= changes
    spans = [
        [Span(int(told[f"{lang}_start"]), int(told[f"{lang}_end"]))] if told[f"{lang}_start"] else []
        for lang in ("nl", "en")
    ]
    segments = [Segment(tuple(one), lang, Role.CAPTION, 0) for one, lang in zip(spans, ("nl", "en"), strict=True)]
    if "id" not in changes:
        told["id"] = row_id(told["document"], Pair(nl, en), *segments)
    return told


FLAGGED = {
    "status": "divergent",
    "severity": "major",
    "divergence": "0.930",
    "kinds": "number;entity",
    "nl_span": "15-17;",
    "en_span": "16-18;4-10",
    "evidence": "The Dutch says 12, the English 15. The English names bridge.",
    "suggestion": "12 million",
}


def hostile_rows():
    """A flagged row, and one for each hostile text."""
    return [row(0, **FLAGGED), *(row(at, nl, en) for at, (nl, en) in enumerate(HOSTILE, start=1))]


UNALIGNED = {
    "document": "doc9.txt",
    "lang": "nl",
    "role": "caption",
    "start": "3",
    "end": "30",
    "text": "Niemand zegt dit <b>elders</b>.",
    "reason": "none",
    "best_text": "Something else.",
    "best_score": "0.412",
    "translation": "Nobody says this elsewhere.",
}


def make_run(
    folder: Path, rows, *, unaligned=(UNALIGNED,), ledger=None, written="2026-05-04T03:02:01Z", dates=None
) -> Path:
    """A run folder holding `rows`; `ledger` maps documents to their texts, `dates` to their dates."""
    folder.mkdir(parents=True, exist_ok=True)
    if ledger is not None:
        with Ledger(folder, {}) as opened:
            for document, text in ledger.items():
                held = [one for one in rows if one["document"] == document]
                date = (dates or {}).get(document, "")
                payload = {"text": text, "date": date, "rows": held, "unaligned": [], "details": {}}
                opened.put(Entry(document, "0" * 64, False, payload))
    tsv.write_tsv(folder / "corpus.tsv", rows, tsv.CORPUS_COLUMNS)
    tsv.write_tsv(folder / "unaligned.tsv", unaligned, tsv.UNALIGNED_COLUMNS)
    tsv.write_tsv(folder / "failures.tsv", [], tsv.FAILURE_COLUMNS)
    (folder / "run.json").write_text(json.dumps({"version": __version__, "written": written}))
    return folder
