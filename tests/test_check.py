"""`aligner check` with a stand-in encoder: rows and order, what cannot be judged, offsets, terms, probe, streams."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aligner
from aligner.checking import ADDED, check_table, readable, threshold_for, why_not, write_rows
from aligner.config import Settings
from aligner.errors import UsageError
from aligner.judge.probe import PLANTED, Planter
from aligner.judge.terms import accepted_of, without_accepted
from aligner.pipeline import Tools
from aligner.probing import NOTHING, probe
from aligner.read.pairs import table_of
from aligner.records import Finding, Kind, Pair, Span, Verdict
from aligner.toolbox import open_tools

PAIR = ("De brug gaat dertig miljoen euro kosten.", "The bridge will cost thirty million euros.")
TOOLS = open_tools(Settings(encoder="hash", translate="none"))


class Stub:
    """A judge that tells of two phrases, and fails on a third: enough to see spans, sides and failures."""

    signature = "stub"

    def judge(self, items):
        return [self._one(pair) for pair, _, _ in items]

    def _one(self, pair):
        if "bom" in pair.nl:
            raise ValueError("boom")
        found = re.search(r"wide river|nobody knows", pair.en)
        if not found:
            return Verdict(0.1, "equivalent")
        kind = Kind.ADDITION if pair.original == "nl" else Kind.OMISSION
        findings = (Finding(kind, 0.9, None, Span(*found.span()), "It differs."),)
        return Verdict(0.9, "divergent", "major", findings, differences=findings)


STUB = Tools(TOOLS.encoder, Stub())


def stubbed(pairs, **arguments):
    header, rows, summary = check_table(table_of(pairs), STUB, **arguments)
    return [dict(zip(header, row, strict=True)) for row in rows], summary


def check(pairs, **arguments):
    return aligner.check(pairs, encoder="hash", **arguments)


@pytest.fixture
def run(tmp_path):
    """Call `aligner check ... --encoder hash` in a folder of its own."""
    env = os.environ | {"ALIGNER_CACHE": str(tmp_path / "cache"), "HOME": str(tmp_path), "COLUMNS": "120"}

    def call(*arguments, stdin=""):
        command = [sys.executable, "-m", "aligner", "check", *map(str, arguments), "--encoder", "hash"]
        return subprocess.run(
            command, input=stdin, capture_output=True, text=True, cwd=tmp_path, env=env, check=False, timeout=120
        )

    return call


def test_own_columns_come_first_and_the_added_ones_behind(tmp_path):
    path = tmp_path / "p.tsv"
    path.write_text(f'n\tnl\ten\tnote\n1\t{PAIR[0]}\t{PAIR[1]}\the said "so" \n', encoding="utf-8")
    frame = check(path)
    assert list(frame.columns) == ["n", "nl", "en", "note", *ADDED]
    row = frame.iloc[0]
    assert (row["n"], row["nl"], row["en"], row["note"]) == ("1", *PAIR, 'he said "so" ')
    assert row["status"] in {"equivalent", "review", "divergent"}
    assert 0 <= float(row["similarity"]) <= 1
    assert len(row["divergence"].split(".")[1]) == 3


@pytest.mark.parametrize(
    ("nl", "en", "words"),
    [
        ("", "Yes", "the Dutch cell is empty"),
        ("Ja", "  \t ", "the English cell is empty"),
        ("\x01\x02\u200b", "Yes", "the Dutch cell holds no readable characters"),
        ("Ja", "\0", "the English cell holds no readable characters"),
        ("Amsterdam", "Amsterdam", "both cells are the same text"),
        ("woord " * 2000, "word " * 10, "2,000 words"),
        (PAIR[1], PAIR[0], "columns look swapped"),
        (PAIR[0], "Le pont coûtera trente millions d'euros à la ville.", "the English cell is in French"),
        (PAIR[1], "The bridge is going to cost thirty millions in all.", "the Dutch cell is in English"),
    ],
)
def test_what_cannot_be_judged_keeps_its_place_and_says_why(nl, en, words):
    frame = check([PAIR, (nl, en), PAIR])
    assert words in frame["evidence"][1]
    assert frame["evidence"][1].startswith("Not judged: ")
    assert frame["status"][1] == frame["divergence"][1] == frame["similarity"][1] == frame["kinds"][1] == ""
    assert frame["status"][0] == frame["status"][2] != ""


def test_names_and_short_cells_are_judged():
    assert why_not("Jan de Vries, Utrecht", "Jan de Vries (Utrecht)") == ""
    assert why_not("Nee", "No") == ""


def test_a_cell_that_the_encoder_cuts_is_not_judged():
    class Short:
        name = signature = "short"

        def encode(self, texts):
            return [replace(one, states=one.states[:5], offsets=one.offsets[:5]) for one in TOOLS.encoder.encode(texts)]

    _, rows, summary = check_table(table_of([PAIR, ("Nee, nooit.", "No, never.")]), Tools(Short(), Stub()))
    assert [row[-1] for row in rows] == ["Not judged: the Dutch cell is longer than the encoder reads.", ""]
    assert summary.line() == "2 pairs, 0 divergent, 0 for review, 1 not judged"


def test_a_judge_that_fails_costs_one_row_only(caplog):
    caplog.set_level("DEBUG", "aligner")
    rows, summary = stubbed([PAIR, ("Een bom.", "A bomb."), PAIR])
    assert [row["status"] for row in rows] == ["equivalent", "", "equivalent"]
    assert rows[1]["evidence"] == "Not judged: the judge failed on this pair."
    assert (summary.unjudged, summary.failed) == (1, 1)
    assert "the judge failed on a pair" in caplog.text


cells = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=60)
@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=8))
def test_rows_and_order_are_kept_whatever_is_in_the_cells(rows):
    table = table_of([{"nl": nl, "note": note, "en": en} for nl, en, note in rows])
    for as_csv in (False, True):
        header, judged, summary = check_table(table, TOOLS, written=(lambda text: text) if as_csv else aligner_cell)
        stream = io.StringIO(newline="")
        write_rows(stream, header, judged, as_csv=as_csv)
        if as_csv:
            stream.seek(0)
            found = list(csv.reader(stream))
            expected = [[nl, note, en] for nl, en, note in rows]
        else:
            found = [line.split("\t") for line in stream.getvalue().split("\n")[:-1]]
            expected = [[aligner_cell(text) for text in (nl, note, en)] for nl, en, note in rows]
        assert found[0] == ["nl", "note", "en", *ADDED]
        assert [row[:3] for row in found[1:]] == expected
        assert all(len(row) == 3 + len(ADDED) for row in found)
        assert summary.pairs == len(rows)
        for row in found[1:]:
            _spans_fit(dict(zip(found[0], row, strict=True)))


def aligner_cell(text):
    from aligner.write.tsv import cell

    return cell(text)


def _spans_fit(row):
    kinds = row["kinds"].split(";") if row["kinds"] else []
    for lang in ("nl", "en"):
        spans = row[f"{lang}_span"].split(";") if row["kinds"] else []
        assert len(spans) == len(kinds)
        for span in filter(None, spans):
            start, end = map(int, span.split("-"))
            assert 0 <= start < end <= len(row[lang])


@given(st.text(alphabet="ab \t\n\u00ad\u200b\u00a0\0é", max_size=20))
def test_readable_text_knows_where_each_character_stood(text):
    clean, places = readable(text)
    assert clean == " ".join(clean.split())
    if places:
        assert len(places) == len(clean)
        assert all(
            text[at] == char or (char == " " and text[at].isspace()) for char, at in zip(clean, places, strict=True)
        )
    elif clean:
        assert clean == text


def test_offsets_are_those_of_the_cell_as_written():
    english = "There will be \t a \u00ad bridge across the wide \r\n river\u200b tomorrow."
    rows, _ = stubbed([("Er komt een brug.", english)])
    start, end = map(int, rows[0]["en_span"].split("-"))
    assert rows[0]["en"] == aligner_cell(english)
    assert rows[0]["en"][start:end].split() == ["wide", "river"]
    rows, _ = stubbed([("Er komt een brug.", english)], written=lambda text: text)
    start, end = map(int, rows[0]["en_span"].split("-"))
    assert english[start:end] == "wide \r\n river"


def test_source_is_an_argument_or_a_column():
    pair = {"nl": PAIR[0], "en": "The bridge will cost thirty million and nobody knows who is to pay."}
    turned = pair | {"original": "en"}
    assert [row["kinds"] for row in stubbed([pair, turned, pair])[0]] == ["addition", "omission", "addition"]
    assert [row["kinds"] for row in stubbed([pair, turned], source="en")[0]] == ["omission", "omission"]
    assert [row["kinds"] for row in stubbed([pair, turned], source="nl")[0]] == ["addition", "addition"]
    with pytest.raises(UsageError):
        check([pair], source="de")


def verdict(*findings, divergence=0.9):
    limits = {"threshold.review": 0.4, "threshold.divergent": 0.6}
    return Verdict(divergence, "divergent", "major", findings, "", limits, findings)


def test_terms_and_accepted_differences_take_findings_away():
    pair = Pair("Rijkswaterstaat sluit de A2.", "The highways agency closes the A2 today.")
    name = Finding(Kind.ENTITY, 0.9, Span(0, 15), None, "x")
    more = Finding(Kind.ADDITION, 0.5, None, Span(34, 39), "y")
    terms = list(accepted_of([["nl", "en"], ["rijkswaterstaat", "the highways agency"]], one_sided=False))
    kept = without_accepted(pair, verdict(name, more), terms)
    assert kept.findings == (more,)
    assert (kept.divergence, kept.status) == (pytest.approx(0.5), "review")
    assert without_accepted(Pair(pair.nl, "The agency closes the A2."), verdict(name), terms).findings == (name,)
    both = [*terms, *accepted_of([["", "today"]], one_sided=True)]
    assert without_accepted(pair, verdict(name, more), both).status == "equivalent"
    other = list(accepted_of([["", "today", "number"]], one_sided=True))
    assert without_accepted(pair, verdict(more), other).findings == (more,)


@pytest.mark.parametrize("row", [["een", ""], ["een", "one", "nonsense"]])
def test_a_term_list_that_is_wrong_names_the_line(row):
    with pytest.raises(UsageError, match="line 2"):
        list(accepted_of([["nl", "en"], row], one_sided=False))


def test_the_threshold_flags_at_most_the_asked_share():
    scores = [number / 200 for number in range(200)]
    for share in (0.02, 0.05, 0.5):
        threshold = threshold_for(share, scores)
        flagged = sum(score >= threshold for score in scores)
        assert flagged / 200 <= share
        assert flagged / 200 >= share - 0.011
    assert threshold_for(0.02, [0.99] * 3 + [0.1] * 7) > 0.99


NEWS = [
    Pair("x", "On Tuesday the mayor of Zwolle was not in favour of 35 new houses in the old harbour of the town."),
    Pair("x", "Minister Anna Visser has seen Deventer before, and 1,200 people waited for her in the rain that day."),
]


def test_planted_mistakes_change_one_thing_and_are_the_same_each_time():
    for pair in NEWS:
        for kind in PLANTED:
            edit = Planter(NEWS, 3).plant(pair, kind)
            assert edit is not None
            assert edit.pair.en != pair.en
            assert edit == Planter(NEWS, 3).plant(pair, kind)
            if edit.span:
                assert edit.span.end <= len(edit.pair.en)
    assert Planter(NEWS).plant(Pair("x", "Nothing here"), Kind.NUMBER) is None


def test_probe_counts_by_kind():
    pairs = [
        (f"De brug bij Aalst kost {n} miljoen euro.", f"The bridge near Aalst will cost {n} million euros.")
        for n in range(30, 40)
    ]
    found = probe(table_of([*pairs, ("", "x")]), TOOLS, most=8)
    assert [row["planted"] for row in found.rows] == [NOTHING, *PLANTED]
    assert found.rows[0]["pairs"] == 8
    assert found.unjudged == 1
    assert found.line().startswith("8 pairs probed")


def test_tsv_on_standard_output_and_one_summary_line(run):
    done = run("-", stdin="nl\ten\tstatus\nNee\tNo\told\n\t\t\n")
    assert done.returncode == 0
    assert done.stdout.split("\n")[0] == "nl\ten\t" + "\t".join(ADDED)
    assert done.stdout.count("\n") == 3
    assert "columns replaced: status" in done.stderr
    assert done.stderr.rstrip().split("\n")[-1].startswith("2 pairs, ")
    assert done.stderr.rstrip().endswith("1 not judged")


def test_csv_is_written_by_suffix_and_line_breaks_stay(run, tmp_path):
    (tmp_path / "p.csv").write_text('nl,en,note\r\n"Ja, ja","Yes","a ""b""\nc"\r\n', newline="")
    assert run("p.csv", "--out", "o.csv").returncode == 0
    with (tmp_path / "o.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert (rows[0]["nl"], rows[0]["note"]) == ("Ja, ja", 'a "b"\nc')
    assert run("p.csv", "--out", "o.tsv").returncode == 0
    assert (tmp_path / "o.tsv").read_text().split("\n")[1].startswith('Ja, ja\tYes\ta "b" c\t')
    assert run("p.csv", "--out", "p.csv").returncode == 0
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".tmp"]


def test_tmx_has_its_units_in_order(run, tmp_path):
    units = "".join(
        f'<tu tuid="u{n}"><tuv xml:lang="en"><seg>No {n}</seg></tuv><tuv xml:lang="nl-NL"><seg>Nee {n}</seg></tuv></tu>'
        for n in range(30)
    )
    (tmp_path / "m.tmx").write_text(f'<tmx version="1.4"><header/><body>{units}</body></tmx>')
    done = run("m.tmx")
    assert [line.split("\t")[0] for line in done.stdout.split("\n")[1:-1]] == [f"u{n}" for n in range(30)]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("p.tsv", b"dutch\tenglish\n", "no column named nl"),
        ("p.tsv", b"nl\ten\n\xff\t\xfe\n", "not UTF-8"),
        ("p.tsv", b"", "is empty"),
        ("p.tmx", b"<tmx><body><tu>", "broken XML"),
    ],
)
def test_a_file_that_fails_is_status_1_and_writes_nothing(run, tmp_path, name, data, words):
    (tmp_path / name).write_bytes(data)
    done = run(name, "--out", "o.tsv")
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "o.tsv").exists()


@pytest.mark.parametrize(
    "arguments",
    [["no.tsv"], ["."], ["https://example.org/p.tsv"], ["p.tsv", "--source", "de"], ["p.tsv", "--quoting", "all"],
     ["p.tsv", "--max-false-alarms", "200%"], ["p.tsv", "--terms", "no.tsv"],
     ["p.tsv", "--out", "."], ["p.tsv", "--out", "none/o.tsv"], []],
)  # fmt: skip
def test_wrong_usage_is_status_2(run, tmp_path, arguments):
    (tmp_path / "p.tsv").write_text("nl\ten\nNee\tNo\n")
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_terms_and_probe_from_the_command_line(run, tmp_path):
    (tmp_path / "p.tsv").write_text(f"nl\ten\n{PAIR[0]}\t{PAIR[1]}\n", encoding="utf-8")
    (tmp_path / "t.tsv").write_text("brug\tbridge\n")
    assert run("p.tsv", "--terms", "t.tsv", "--allow", "t.tsv").returncode == 0
    done = run("p.tsv", "--probe")
    assert done.stdout.startswith("planted\tpairs\t")
    assert "1 pairs probed" in done.stderr


@pytest.mark.model
def test_the_real_model_finds_a_changed_number():
    frame = aligner.check(
        [
            ("De brug kost 35 miljoen euro.", "The bridge will cost 35 million euros."),
            ("De brug kost 35 miljoen euro.", "The bridge will cost 53 million euros."),
        ]
    )
    assert frame["status"][0] != "divergent"
    assert float(frame["divergence"][1]) > float(frame["divergence"][0])
