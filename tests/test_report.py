"""The report's page as text: nothing from elsewhere, nothing of the articles as mark-up, colours that can be read."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from html import unescape

import pytest
from lxml import html
from runs import FLAGGED, HOSTILE, hostile_rows, make_run, row

from aligner.errors import UsageError
from aligner.reviews import Review, Reviews, keep
from aligner.write.report import write_report
from aligner.write.report_data import browser_span


@pytest.fixture
def run(tmp_path):
    return make_run(tmp_path / "run", hostile_rows())


@pytest.fixture
def text(run):
    return write_report(run).path.read_text("utf-8")


def page_data(text, name="data"):
    return json.loads(re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', text, re.S)[1])


def records(text):
    data, more = page_data(text), page_data(text, "more")
    return [
        dict(zip([*data["columns"], *data["more"]], [*one, *rest], strict=True))
        for one, rest in zip(data["rows"], more, strict=True)
    ]


def test_texts_come_through_unchanged_and_are_no_markup(text):
    found = {one["nl"]: one["en"] for one in records(text)}
    assert found.items() >= dict(HOSTILE).items()
    tree = html.document_fromstring(text)
    assert len(tree.findall(".//script")) == 3
    assert not tree.findall(".//img")
    assert "onerror" not in re.sub(r"<script.*?</script>", "", text, flags=re.S)
    assert "\u2028" not in text
    assert "\u2029" not in text


def test_hostile_names_of_documents_and_runs(tmp_path):
    run = make_run(tmp_path / "<b>&run", [row(0, document="<img src=x>.txt", kinds="number", status='"><script>')])
    text = write_report(run).path.read_text("utf-8")
    assert "<b>&run" not in text
    assert "<img src=x>" not in text
    assert '"><script>' not in text


def test_nothing_is_loaded_from_elsewhere(text):
    assert not re.search(r"https?:", re.sub(r'id="(data|more)">.*?</script>', "", text, flags=re.S))
    assert not re.search(r"@import|url\(|\bimport\s*\(|fetch\(|XMLHttpRequest|innerHTML|document\.write|eval\(", text)
    assert set(
        re.findall(r'(?:src|href)="([^"]*)"', re.sub(r'id="(data|more)">.*?</script>', "", text, flags=re.S))
    ) == {
        "#detail",
        "data:,",
    }


def test_the_policy_names_the_hashes_of_this_page(text):
    policy = unescape(re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1])
    script = re.search(r"<script>(.*?)</script>", text, re.S)[1]
    style = re.search(r"<style>(.*?)</style>", text, re.S)[1]
    for name, part in (("script-src", script), ("style-src", style)):
        assert f"{name} 'sha256-{b64encode(sha256(part.encode()).digest()).decode()}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"\sstyle=|\son[a-z]+=", re.sub(r"<script.*?</script>", "", text, flags=re.S))


def test_flagged_pairs_come_first(tmp_path):
    rows = [
        row(0),
        row(1, status="review", severity="minor", divergence="0.600"),
        row(2, **FLAGGED),
        row(3, **FLAGGED | {"severity": "critical", "divergence": "0.910"}),
    ]
    text = write_report(make_run(tmp_path / "r", rows)).path.read_text("utf-8")
    assert [one["place"] for one in records(text)] == [3, 2, 1, 0]


def test_spans_are_counted_as_browsers_count():
    text = "👨‍👩‍👧 telde 12 gasten"
    start = text.index("12")
    first, last = browser_span(text, (start, start + 2))
    assert text.encode("utf-16-le")[2 * first : 2 * last].decode("utf-16-le") == "12"
    assert browser_span(text, None) == 0


def test_context_comes_from_the_ledger_where_it_still_fits(tmp_path):
    nl, en = "De brug kostte 12 miljoen euro.", "The bridge cost 15 million euros."
    article = f"Kop\n\n{en} / ANP\n\nEerste zin. {nl} Laatste zin."
    at = {"nl": article.index(nl), "en": article.index(en)}
    places = {
        f"{lang}_{edge}": str(at[lang] + (len(cell) if edge == "end" else 0))
        for lang, cell in (("nl", nl), ("en", en))
        for edge in ("start", "end")
    }
    fits, moved = row(0, nl, en, **places), row(1, nl, en, document="doc0.txt")
    run = make_run(tmp_path / "r", [fits, moved], ledger={"doc0.txt": article})
    first, second = records(write_report(run).path.read_text("utf-8"))
    assert first["nl_near"] == ["Kop The bridge cost 15 million euros. / ANP Eerste zin.", "Laatste zin."]
    assert first["en_near"][0] == "Kop"
    assert second["nl_near"] == 0


def test_verdicts_of_the_run_stand_in_the_page(tmp_path):
    one = row(0, **FLAGGED)
    run = make_run(tmp_path / "r", [one])
    (run / ".aligner").mkdir()
    reviews = Reviews()
    reviews.put(one, Review("reject", comment="12, niet 15"))
    keep(run, reviews)
    assert records(write_report(run).path.read_text("utf-8"))[0]["review"] == ["reject", "", "", "12, niet 15"]


def test_only_our_own_page_is_replaced(run, tmp_path):
    write_report(run)
    write_report(run)
    (run / "report.html").write_text("mine")
    with pytest.raises(UsageError, match="exists"):
        write_report(run)
    write_report(run, force=True)
    other = tmp_path / "page.html"
    write_report(run, other)
    with pytest.raises(UsageError, match="exists"):
        write_report(run, other)
    assert not [path for path in run.iterdir() if path.suffix == ".tmp"]


def test_an_empty_run_has_a_page(tmp_path):
    assert write_report(make_run(tmp_path / "r", [], unaligned=[])).pairs == 0


def test_the_command(run, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "aligner", "report", "run"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"HOME": str(tmp_path)},
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "run/report.html: 11 pairs, 1 flagged\n"


# Which colour stands on which ground in report.css.
_PAIRS = [
    *((name, ground) for ground in ("ground", "panel") for name in ("text", "soft", "link")),
    *((name, ground) for ground in ("ground", "chosen") for name in ("bad", "warn", "good", "soft", "text")),
    ("mark-text", "mark"),
    ("button-text", "button"),
]


def _luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1, 2], ids=["light", "dark", "print"])
def test_colours_have_the_contrast_of_wcag_aa(text, scheme):
    blocks = re.findall(r":root \{(.*?)\}", text, re.S)
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", blocks[0])) | dict(
        re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", blocks[scheme])
    )
    for front, back in _PAIRS:
        if scheme == 2 and "button" in front:
            continue  # not printed
        high, low = sorted((_luminance(colours[front]), _luminance(colours[back])), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 4.5, (front, back)
    high, low = sorted((_luminance(colours["line"]), _luminance(colours["ground"])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 3.0
