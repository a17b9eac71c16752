"""The same quote in many articles: grouped by speaker, compared with the most trustworthy rendering."""

from __future__ import annotations

import io

import pytest
from runs import make_run, row

from aligner.config import Settings
from aligner.errors import RunError, UsageError
from aligner.quote_memory import quote_memory, write_memory
from aligner.toolbox import open_tools

BRIDGE_NL = "De brug wordt in 2027 voor 35 miljoen euro hersteld."
BRIDGE_EN = "The bridge will be repaired in 2027 for 35 million euros."


def said(document, nl, en, speaker="Anna Visser", at=0, **changes):
    told = {"document": document, "quote": "both", "nl_speaker": speaker, "en_speaker": speaker}
    return row(at, nl, en, **told | changes)


@pytest.fixture(scope="module")
def tools():
    return open_tools(Settings(encoder="hash", translate="none"))


@pytest.fixture
def runs(tmp_path):
    may = make_run(
        tmp_path / "may",
        [
            said("a.txt", BRIDGE_NL, BRIDGE_EN),
            said("b.txt", "We zijn geen partij voor gokkers.", "We are no party for gamblers.", at=3),
            said("b.txt", BRIDGE_NL, BRIDGE_EN, "Piet de Boer", at=9),
            row(5, "Dit is geen citaat.", "This is no quote."),
        ],
        ledger={"a.txt": "x", "b.txt": "y"},
        dates={"a.txt": "2026-05-02", "b.txt": "2026-05-03"},
    )
    june = make_run(
        tmp_path / "june",
        [said("c.txt", "De brug wordt in 2027 voor 53 miljoen euro hersteld.", BRIDGE_EN, "Visser")],
        ledger={"c.txt": "z"},
        dates={"c.txt": "2026-06-01"},
    )
    return [may, june]


def test_renderings_of_a_speaker_are_put_together_and_drift_is_named(runs, tools):
    memory = quote_memory(runs, tools)
    bridge = [one for one in memory.rows if "2027" in one["nl"] and "Visser" in one["nl_speaker"]]
    assert [(one["document"], one["run"], one["date"], one["rendering"]) for one in bridge] == [
        ("a.txt", "may", "2026-05-02", "1"),
        ("c.txt", "june", "2026-06-01", "2"),
    ]
    assert len({one["quote_id"] for one in bridge}) == 1
    assert (bridge[0]["drift"], bridge[0]["drift_status"]) == ("", "")
    assert bridge[1]["drift_kinds"].split(";")[0] == "number"
    assert "53" in bridge[1]["drift_evidence"]
    assert memory.line().startswith("4 renderings of 3 quotes, 1 quoted more than once")


def test_other_speakers_and_other_words_are_quotes_of_their_own(runs, tools):
    memory = quote_memory(runs, tools)
    assert len({one["quote_id"] for one in memory.rows}) == 3
    assert [one["speaker"] for one in quote_memory(runs, tools, speaker="De Boer").rows] == ["Piet de Boer"]
    assert quote_memory(runs, tools, speaker="Jansen").rows == []


def test_a_rendering_in_order_is_the_reference_though_a_flagged_one_is_older(tmp_path, tools):
    folder = make_run(
        tmp_path / "run",
        [
            said("a.txt", "De brug kost 53 miljoen euro.", "The bridge costs 35 million euros.", status="divergent"),
            said("b.txt", "De brug kost 35 miljoen euro.", "The bridge costs 35 million euros.", at=3),
        ],
        ledger={"a.txt": "x", "b.txt": "y"},
        dates={"a.txt": "2026-01-01", "b.txt": "2026-02-01"},
    )
    first, second = quote_memory([folder], tools).rows
    assert (first["document"], second["document"]) == ("b.txt", "a.txt")
    assert "number" in second["drift_kinds"]


def test_a_memory_takes_each_sound_wording_once(runs, tools, tmp_path):
    memory = quote_memory(runs, tools)
    memory.rows.append(dict(memory.rows[0]))
    memory.rows = [one | {"drift_status": "divergent"} if "53" in one["nl"] else one for one in memory.rows]
    write_memory(memory, runs, "tmx", tmp_path / "quotes.tmx")
    text = (tmp_path / "quotes.tmx").read_text(encoding="utf-8")
    assert text.count("<tu ") == 2  # the bridge once for both speakers, the gamblers
    assert "53 miljoen" not in text
    assert '<prop type="x-quote_id">' in text
    assert '<prop type="x-date">2026-05-02</prop>' in text


def test_a_table_on_standard_output_has_a_row_a_rendering(runs, tools):
    stream = io.BytesIO()
    write_memory(quote_memory(runs, tools), runs, "tsv", stream)
    lines = stream.getvalue().decode().splitlines()
    assert lines[0].split("\t")[:4] == ["quote_id", "rendering", "speaker", "date"]
    assert len(lines) == 5


def test_wrong_use_says_what_to_do(runs, tools, tmp_path):
    memory = quote_memory(runs, tools)
    with pytest.raises(UsageError, match="parquet"):
        write_memory(memory, runs, "parquet", tmp_path / "q")
    with pytest.raises(UsageError, match="standard output"):
        write_memory(memory, runs, "xlsx", io.BytesIO())
    with pytest.raises(RunError):
        quote_memory([tmp_path / "nowhere"], tools)
