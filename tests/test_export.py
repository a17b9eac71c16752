"""Exports read back by readers that are not ours: the same count and the same texts, hostile ones included."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runs import FLAGGED, UNALIGNED, hostile_rows, make_run, row

from aligner.errors import UsageError
from aligner.exporting import Choice, export
from aligner.write import tsv
from aligner.write.delimited import defused, restored

_ILLEGAL = re.compile("[\x01\x0b\ufffe]")


@pytest.fixture
def run(tmp_path):
    return make_run(tmp_path / "run", hostile_rows())


@pytest.fixture
def rows(run):
    return tsv.read_tsv(run / "corpus.tsv").to_dict("records")


def xml_text(text):
    return _ILLEGAL.sub("", text).strip()


def test_tsv_is_the_corpus_itself(run, tmp_path):
    outcome = export([run], "tsv", tmp_path / "o.tsv")
    assert (tmp_path / "o.tsv").read_bytes() == (run / "corpus.tsv").read_bytes()
    assert outcome.line() == "11 rows exported"
    assert not outcome.problems


def test_csv_with_pandas_and_the_csv_module(run, rows, tmp_path):
    import pandas as pd

    export([run], "csv", tmp_path / "o.csv")
    data = (tmp_path / "o.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid,")
    frame = pd.read_csv(tmp_path / "o.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    assert frame.to_dict("records") == rows
    with (tmp_path / "o.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.DictReader(stream)) == rows
    export([run], "csv", tmp_path / "plain.csv", bom=False)
    assert (tmp_path / "plain.csv").read_bytes().startswith(b"id,")


def test_dutch_csv_has_semicolons_and_decimal_commas(run, tmp_path):
    export([run], "csv", tmp_path / "o.csv", locale="nl")
    first = next(csv.DictReader((tmp_path / "o.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert (first["similarity"], first["divergence"]) == ("0,912", "0,930")
    assert first["nl"].endswith("euro.")


def test_excel_safe_is_reversible(run, rows, tmp_path):
    export([run], "csv", tmp_path / "o.csv", excel_safe=True)
    with (tmp_path / "o.csv").open(encoding="utf-8-sig", newline="") as stream:
        found = list(csv.DictReader(stream))
    assert not [cell for one in found for cell in one.values() if cell.startswith(("=", "+", "-", "@"))]
    assert [{name: restored(cell) for name, cell in one.items()} for one in found] == rows


@given(st.text(alphabet="'=+-@\t\rab＝ "))
def test_any_text_comes_back_from_excel_safe(text):
    assert restored(defused(text)) == text


def test_xlsx_with_openpyxl_and_pandas(run, rows, tmp_path):
    import openpyxl
    import pandas as pd
    from openpyxl.utils.escape import unescape  # `_x0041_` is written as `_x005F_x0041_`, as the standard has it

    outcome = export([run], "xlsx", tmp_path / "o.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "o.xlsx").active
    header, *found = sheet.iter_rows()
    assert [cell.value for cell in header] == tsv.CORPUS_COLUMNS
    assert not [cell for line in found for cell in line if cell.data_type == "f" or cell.hyperlink]
    at = {name: number for number, name in enumerate(tsv.CORPUS_COLUMNS)}
    for name in ("id", "nl", "en", "evidence"):
        assert [unescape(line[at[name]].value or "") for line in found] == [xml_text(one[name]) for one in rows]
    assert [line[at["similarity"]].value for line in found] == [0.912] * 11
    frame = pd.read_excel(tmp_path / "o.xlsx", dtype=str, keep_default_na=False)
    assert [unescape(text) for text in frame["nl"]] == [xml_text(one["nl"]) for one in rows]
    assert any("XML forbids" in notice for notice in outcome.notices)


def test_jsonl_has_types_and_one_object_a_line(run, rows, tmp_path):
    export([run], "jsonl", tmp_path / "o.jsonl")
    # str.splitlines breaks at U+2028 too: a reader that does so must find the same lines.
    found = [json.loads(line) for line in (tmp_path / "o.jsonl").read_text("utf-8").splitlines()]
    assert [one["nl"] for one in found] == [one["nl"] for one in rows]
    assert found[0]["kinds"] == ["number", "entity"]
    assert found[0]["nl_span"] == [{"start": 15, "end": 17}, None]
    assert (found[0]["similarity"], found[0]["nl_start"]) == (0.912, [100])


def test_parquet_with_pyarrow_and_pandas(run, rows, tmp_path):
    import pandas as pd
    import pyarrow.parquet as pq

    export([run], "parquet", tmp_path / "o.parquet", Choice(min_similarity=0.5))
    table = pq.read_table(tmp_path / "o.parquet")
    assert table.column_names == tsv.CORPUS_COLUMNS
    assert table["en"].to_pylist() == [one["en"] for one in rows]
    assert table["en_span"].to_pylist()[0] == [{"start": 16, "end": 18}, {"start": 4, "end": 10}]
    assert str(table.schema.field("similarity").type) == "double"
    about = {name.decode(): value.decode() for name, value in table.schema.metadata.items()}
    assert about["aligner.runs"] == "run 2026-05-04T03:02:01Z"
    assert about["aligner.chosen"] == "similarity at least 0.5"
    assert list(pd.read_parquet(tmp_path / "o.parquet")["nl"]) == [one["nl"] for one in rows]


def test_moses_has_as_many_lines_on_both_sides(run, tmp_path):
    outcome = export([run], "moses", tmp_path / "o")
    nl, en = ((tmp_path / f"o.{lang}").read_text("utf-8") for lang in ("nl", "en"))
    assert len(nl.splitlines()) == len(en.splitlines()) == 11
    assert nl.splitlines()[3] == "regel scheiding en alinea scheiding"
    assert outcome.files == [tmp_path / "o.nl", tmp_path / "o.en"]


def test_tmx_is_valid_and_read_by_translate_toolkit(run, rows, tmp_path):
    from lxml import etree

    tmx = pytest.importorskip("translate.storage.tmx")
    outcome = export([run], "tmx", tmp_path / "o.tmx")
    tree = etree.parse(tmp_path / "o.tmx")
    dtd = etree.DTD(str(Path(__file__).with_name("tmx14.dtd")))
    assert dtd.validate(tree), dtd.error_log
    header = tree.find("header")
    assert header.get("srclang") == "nl"
    assert header.get("creationdate") == "20260504T030201Z"
    units = tree.findall("body/tu")
    assert [unit.get("tuid") for unit in units] == [one["id"] for one in rows]
    assert {len(unit.findall("tuv")) for unit in units} == {2}
    props = {prop.get("type"): prop.text for prop in units[0].findall("prop")}
    assert props["x-document"] == "doc0.txt"
    assert props["x-kinds"] == "number;entity"
    assert props["x-nl-offsets"] == "100-131"
    assert props["x-nl-speaker"] == "Anna Visser"
    with (tmp_path / "o.tmx").open("rb") as stream:
        store = tmx.tmxfile(stream, sourcelanguage="nl", targetlanguage="en")
    assert [(unit.source, unit.target) for unit in store.units] == [
        (xml_text(one["nl"]), xml_text(one["en"])) for one in rows
    ]
    bad = rows[7]["id"]
    assert f"row {bad}: 3 characters that XML forbids removed" in outcome.notices


def test_tmx_is_read_by_our_own_check(run, tmp_path):
    from aligner.read.pairs import open_pairs

    export([run], "tmx", tmp_path / "o.tmx", codes=("nl-NL", "en-GB"))
    with open_pairs(tmp_path / "o.tmx") as table:
        assert table.count == 11


def test_tmx_of_both_directions_names_each_source(tmp_path):
    from lxml import etree

    long = "lang " * 500
    run = make_run(tmp_path / "r", [row(0), row(1, original="en"), row(2, long.strip())])
    outcome = export([run], "tmx", tmp_path / "o.tmx", codes=("nl-NL", "en-GB"))
    tree = etree.parse(tmp_path / "o.tmx")
    assert tree.find("header").get("srclang") == "*all*"
    assert [unit.get("srclang") for unit in tree.iter("tu")] == ["nl-NL", "en-GB", "nl-NL"]
    firsts = [unit.find("tuv").get("{http://www.w3.org/XML/1998/namespace}lang") for unit in tree.iter("tu")]
    assert firsts == ["nl-NL", "en-GB", "nl-NL"]
    assert any("2,499 characters" in notice for notice in outcome.notices)
    export([run], "tmx", tmp_path / "en.tmx", source="en")
    assert etree.parse(tmp_path / "en.tmx").find("header").get("srclang") == "en"


def test_xliff_is_read_by_translate_toolkit(run, rows, tmp_path):
    from lxml import etree

    xliff2 = pytest.importorskip("translate.storage.xliff2")
    export([run], "xliff", tmp_path / "o.xlf")
    store = xliff2.Xliff2File.parsefile(str(tmp_path / "o.xlf"))
    assert [(str(unit.source), str(unit.target)) for unit in store.units] == [
        (xml_text(one["nl"]), xml_text(one["en"])) for one in rows
    ]
    tree = etree.parse(tmp_path / "o.xlf")
    space = {"x": "urn:oasis:names:tc:xliff:document:2.0", "m": "urn:oasis:names:tc:xliff:metadata:2.0"}
    assert (tree.getroot().get("version"), tree.getroot().get("srcLang")) == ("2.1", "nl")
    segments = tree.findall(".//x:segment", space)
    assert (segments[0].get("state"), segments[0].get("subState")) == ("initial", "aligner:divergent")
    assert segments[1].get("state") == "translated"
    assert [file.get("original") for file in tree.findall("x:file", space)] == [f"doc{n}.txt" for n in range(4)]
    assert tree.find(".//x:unit/m:metadata/m:metaGroup/m:meta[@type='kinds']", space).text == "number;entity"
    assert tree.find(".//x:note[@category='suggestion']", space).text == "12 million"
    # The order the schema asks for: metadata, notes, segment.
    first = tree.find(".//x:unit", space)
    assert [etree.QName(child).localname for child in first] == ["metadata", "notes", "segment"]


def test_xliff_of_unaligned_sentences_has_sources_only(run, tmp_path):
    from lxml import etree

    outcome = export([run], "xliff", tmp_path / "o.xlf", Choice(unaligned=True))
    assert outcome.written == 1
    tree = etree.parse(tmp_path / "o.xlf")
    names = {"x": "urn:oasis:names:tc:xliff:document:2.0"}
    assert tree.find(".//x:source", names).text == UNALIGNED["text"]
    assert tree.find(".//x:target", names) is None
    export([run], "tsv", tmp_path / "o.tsv", Choice(unaligned=True))
    assert (tmp_path / "o.tsv").read_bytes() == (run / "unaligned.tsv").read_bytes()


def test_filters(tmp_path):
    rows = [row(0, **FLAGGED), row(1, status="review", kinds="negation"), row(2, similarity="0.600", en_role="quote")]
    run = make_run(tmp_path / "r", rows)

    def chosen(**filters):
        stream = io.BytesIO()
        export([run], "tsv", stream, Choice(**filters))
        return [line.split("\t")[0] for line in stream.getvalue().decode().split("\n")[1:-1]]

    ids = [one["id"] for one in rows]
    assert chosen(status=frozenset({"divergent", "review"})) == ids[:2]
    assert chosen(min_similarity=0.9) == ids[:2]
    assert chosen(kinds=frozenset({"negation"})) == ids[1:2]
    assert chosen(kinds=frozenset({"entity"})) == ids[:1]
    assert chosen(roles=frozenset({"quote"})) == ids[2:]
    with pytest.raises(UsageError, match="statuz is not known"):
        Choice(status=frozenset({"statuz"}))


def test_duplicates(tmp_path):
    base = "De gemeenteraad stemde dinsdagavond na een lang debat in met de begroting van {} miljoen euro."
    other = "The town council agreed to the budget of {} million euros on Tuesday evening after a long debate."
    rows = [
        row(0, base.format(12), other.format(12)),
        row(1, base.format(12), other.format(12)),  # the same
        row(2, base.format(12).replace("dinsdagavond", "dinsdagavonds"), other.format(12)),  # nearly
        row(3, base.format(13), other.format(13)),  # another number: never a copy
        row(4, base.format(12), "The council rejected it."),
    ]
    run = make_run(tmp_path / "r", rows)
    exact = export([run], "tsv", io.BytesIO(), Choice(dedupe="exact"))
    assert (exact.written, exact.exact, exact.near) == (4, 1, 0)
    near = export([run], "tsv", io.BytesIO(), Choice(dedupe="near"))
    assert (near.written, near.exact, near.near) == (3, 1, 1)
    assert near.line() == "3 rows exported; 1 exact duplicates, 1 near duplicates"


def test_merging_keeps_where_a_row_is_from(tmp_path):
    one = make_run(tmp_path / "may", [row(0), row(1)])
    two = make_run(tmp_path / "june", [row(1), row(2)], written="2026-06-01T00:00:00Z")
    outcome = export([one, two], "csv", tmp_path / "o.csv")
    found = list(csv.DictReader((tmp_path / "o.csv").read_text("utf-8-sig").splitlines()))
    assert [line["run"] for line in found] == ["may", "may", "june"]
    assert (outcome.written, outcome.repeated) == (3, 1)
    from lxml import etree

    export([one, two], "tmx", tmp_path / "o.tmx")
    tree = etree.parse(tmp_path / "o.tmx")
    assert tree.find("header").get("creationdate") == "20260601T000000Z"
    assert [unit.findtext("prop[@type='x-run']") for unit in tree.iter("tu")] == ["may", "may", "june"]


def test_an_empty_run_gives_valid_files(tmp_path):
    from lxml import etree

    run = make_run(tmp_path / "r", [])
    for name in ("tsv", "csv", "xlsx", "tmx", "xliff", "jsonl", "parquet", "moses"):
        assert export([run], name, tmp_path / f"o.{name}").written == 0
    dtd = etree.DTD(str(Path(__file__).with_name("tmx14.dtd")))
    assert dtd.validate(etree.parse(tmp_path / "o.tmx"))
    assert etree.parse(tmp_path / "o.xliff").getroot()[0].tag.endswith("file")


@pytest.mark.parametrize("name", ["tsv", "csv", "xlsx", "tmx", "xliff", "jsonl", "parquet"])
def test_the_same_run_gives_the_same_bytes(run, tmp_path, name):
    export([run], name, tmp_path / "a")
    export([run], name, tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_text_longer_than_a_cell_of_excel_is_cut_and_told(tmp_path):
    import openpyxl

    run = make_run(tmp_path / "r", [row(0, "é" * 40_000)])
    outcome = export([run], "xlsx", tmp_path / "o.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "o.xlsx").active
    assert sheet.cell(2, 3).value == "é" * 32_767
    assert "nl was cut to the 32,767 characters" in outcome.notices[0]
    assert (sheet.auto_filter.ref, sheet.freeze_panes) == ("A1:AB2", "B2")
