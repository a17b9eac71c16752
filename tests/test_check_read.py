"""Pairs out of TSV, CSV and TMX: quoting, line ends, broken and hostile files."""

from __future__ import annotations

import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import InputError, UsageError
from aligner.read.pairs import open_pairs, quoted_records, table_of


def read(tmp_path, data, name="pairs.tsv", quoting="auto"):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    with open_pairs(path, quoting) as table:
        rows = list(table.rows())
        assert table.count == len(rows)
        assert [row.cells for row in table.rows()] == [row.cells for row in rows]
        return table, rows


def cells(tmp_path, data, name="pairs.tsv", quoting="auto"):
    return [row.cells for row in read(tmp_path, data, name, quoting)[1]]


def test_columns_stand_in_any_order_among_others(tmp_path):
    table, rows = read(tmp_path, "id\ten\tnote\tNL \n7\tYes\t\tJa\n")
    assert (table.nl, table.en) == (3, 1)
    assert rows[0].cells == ["7", "Yes", "", "Ja"]


def test_a_quote_mark_that_opens_a_cell_is_text_unless_all_are_closed(tmp_path):
    assert cells(tmp_path, 'nl\ten\n"Nee", zei hij\t"No," he said\n') == [['"Nee", zei hij', '"No," he said']]
    assert cells(tmp_path, 'nl\ten\n"Hij zei ""nee"""\tNo\n') == [['Hij zei "nee"', "No"]]
    assert cells(tmp_path, 'nl\ten\n"Hij zei ""nee"""\tNo\n', quoting="none") == [['"Hij zei ""nee"""', "No"]]


def test_a_quote_over_two_rows_does_not_swallow_them(tmp_path):
    data = 'nl\ten\n"Nee, nooit.\tNo, never.\nJa, altijd."\tYes, always.\n'
    assert len(cells(tmp_path, data)) == 2


def test_a_quoted_cell_may_hold_tab_and_line_break(tmp_path):
    data = 'nl\ten\n"Een\ndrie"\tOne\n"Twee\tvier"\tTwo\nJa\tYes\n'
    assert cells(tmp_path, data) == [["Een\ndrie", "One"], ["Twee\tvier", "Two"], ["Ja", "Yes"]]


def test_quoting_that_is_asked_for_and_broken_is_an_error(tmp_path):
    for body in ('"Nee\tNo\n', '"Nee" dus\tNo\n'):
        with pytest.raises(InputError, match="line 2") as raised:
            cells(tmp_path, "nl\ten\n" + body, quoting="minimal")
        assert "--quoting none" in raised.value.hint


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark(tmp_path, end, mark):
    assert cells(tmp_path, f"{mark}nl\ten{end}Ja\tYes{end}Nee\tNo") == [["Ja", "Yes"], ["Nee", "No"]]
    assert cells(tmp_path, f'{mark}nl,en{end}"Ja, ja",Yes{end}', "p.csv") == [["Ja, ja", "Yes"]]


def test_csv_with_commas_or_semicolons(tmp_path):
    assert cells(tmp_path, 'nl,en\n"Ja, en ""nee""",Yes\n', "p.csv") == [['Ja, en "nee"', "Yes"]]
    assert cells(tmp_path, "nl;en\nJa, hoor;Yes\n", "p.csv") == [["Ja, hoor", "Yes"]]
    assert cells(tmp_path, 'nl,en\n"Nee" zei hij,No\n', "p.csv") == [['"Nee" zei hij', "No"]]


def test_rows_of_another_width_keep_their_place(tmp_path):
    _, rows = read(tmp_path, "nl\ten\tnote\nJa\tYes\nNee\tNo\tx\ty\n\t\t\n")
    assert [len(row.cells) for row in rows] == [3, 3, 3]
    assert rows[0].cells == ["Ja", "Yes", ""]
    assert "4 cells" in rows[1].trouble
    assert rows[2].cells == ["", "", ""]


def test_blank_lines_are_told(tmp_path):
    table, rows = read(tmp_path, "\nnl\ten\n\nJa\tYes\n\n")
    assert len(rows) == 1
    assert "3 blank lines left out" in table.notices


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\n\n", "empty"),
        (b"dutch\ten\nJa\tYes\n", "no column named nl"),
        (b"nl\tnl\ten\nJa\tJa\tYes\n", "2 columns named nl"),
        ("nl\ten\nCafé\tCafé\n".encode("cp1252"), r"not UTF-8 \(line 2\)"),
        ("nl\ten\nJa\tYes\n".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04" + b"\0" * 50, "zip archive"),
        (b"\0" * 5000, "no column named nl"),
        (b"\x7fELF\xff\xfe\0\0" * 40, "not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_error_with_a_hint(tmp_path, data, words):
    with pytest.raises(InputError, match=words) as raised:
        read(tmp_path, data)
    assert raised.value.hint


def test_what_is_no_file_is_wrong_usage(tmp_path):
    for path in (tmp_path / "no.tsv", tmp_path, "https://example.org/pairs.tsv"):
        with pytest.raises(UsageError), open_pairs(path):
            pass


def tmx(*units, head='<?xml version="1.0" encoding="UTF-8"?>'):
    body = "".join(units)
    return f'{head}<tmx version="1.4"><header srclang="nl"/><body>{body}</body></tmx>'


def unit(*variants, tuid=""):
    inner = "".join(f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>' for lang, text in variants)
    return f'<tu tuid="{tuid}">{inner}</tu>'


def test_tmx_in_any_order_and_case_of_languages(tmp_path):
    data = tmx(
        unit(("en-GB", "Yes"), ("NL-be", "Ja"), tuid="a"),
        unit(("nl", "Nee"), ("EN_us", "No"), ("en-GB", "Nope")),
        unit(("de", "Nein"), ("nl", "Nee")),
        '<tu><note>x</note><tuv lang="nl"><prop type="x">p</prop><seg>oud</seg></tuv>'
        '<tuv lang="en"><seg>old</seg></tuv></tu>',
    )
    assert cells(tmp_path, data, "m.tmx") == [
        ["a", "Ja", "Yes"],
        ["", "Nee", "No"],
        ["", "Nee", ""],
        ["", "oud", "old"],
    ]


def test_tmx_codes_are_left_out_and_marked_text_stays(tmp_path):
    coded = (
        'Een <bpt i="1">&lt;b&gt;</bpt>vet<ept i="1">&lt;/b&gt;</ept> <hi>woord</hi>,'
        ' dan<ph x="1">&lt;br/&gt;</ph>meer &amp; méér'
    )
    assert cells(tmp_path, tmx(unit(("nl", coded), ("en", "x"))), "m.tmx")[0][1] == "Een vet woord, dan meer & méér"


def test_tmx_in_utf_16_and_with_the_usual_doctype(tmp_path):
    data = tmx(unit(("nl", "Één"), ("en", "One")), head='<?xml version="1.0" encoding="UTF-16"?>')
    assert cells(tmp_path, data.encode("utf-16"), "m.tmx")[0][1] == "Één"
    data = tmx(unit(("nl", "Een"), ("en", "One")), head='<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">')
    assert cells(tmp_path, data, "export.xml")[0][1] == "Een"


def test_entities_are_not_expanded(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    head = f'<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY e "ha"><!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    rows = cells(tmp_path, tmx(unit(("nl", "Ja &e;"), ("en", "Yes &x;")), head=head), "m.tmx")
    assert rows == [["", "Ja &e;", "Yes &x;"]]


@pytest.mark.parametrize(("tuid", "text"), [("&e9;", "Ja"), ("", "Ja &e9;")])
def test_an_entity_bomb_is_refused_quickly(tmp_path, tuid, text):
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY e0 "{"ha" * 50}">{levels}]>'
    begin = time.perf_counter()
    with pytest.raises(InputError, match="broken XML"):
        read(tmp_path, tmx(unit(("nl", text), ("en", "Yes"), tuid=tuid), head=head), "m.tmx")
    assert time.perf_counter() - begin < 5


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (tmx(unit(("nl", "Ja"), ("en", "Yes")))[:-20], "broken XML"),
        (tmx(unit(("nl", "Ja"), ("en", "Yes & no"))), "broken XML"),
        (tmx(unit(("de", "Ja"), ("fr", "Oui"))), "de, fr"),
        (tmx(), "none"),
        ("<html><body/></html>", "no unit|no TMX"),
        ("", "empty"),
    ],
)
def test_broken_tmx_is_one_error(tmp_path, data, words):
    with pytest.raises(InputError, match=words):
        read(tmp_path, data, "m.tmx")


def test_tables_out_of_tuples_mappings_and_frames():
    import pandas as pd

    for pairs in ([("Ja", "Yes")], [{"nl": "Ja", "en": "Yes"}], pd.DataFrame({"nl": ["Ja"], "en": ["Yes"]})):
        assert [row.cells for row in table_of(pairs).rows()] == [["Ja", "Yes"]]
    frame = pd.DataFrame({"n": [1, 2], "nl": ["Ja", None], "en": ["Yes", float("nan")]})
    assert [row.cells for row in table_of(frame).rows()] == [["1", "Ja", "Yes"], ["2", "", ""]]
    with pytest.raises(UsageError, match="nl and en"):
        table_of([{"dutch": "Ja"}])


texts = st.text(alphabet=st.sampled_from('ab"\t\n\r,;é'), max_size=8)


@given(st.lists(st.lists(texts, min_size=2, max_size=2), min_size=1, max_size=6), st.sampled_from("\t,"))
def test_quoted_records_agree_with_the_csv_module(rows, separator):
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    assert list(quoted_records(iter(stream.getvalue().splitlines(keepends=True)), separator, "x")) == rows


@given(
    st.lists(st.tuples(*[st.text(alphabet=st.characters(exclude_characters="\t\n", exclude_categories=["Cs"]))] * 2))
)
def test_plain_rows_are_kept_whatever_is_in_the_cells(rows):
    from pathlib import Path
    from tempfile import TemporaryDirectory

    rows = [(a.rstrip("\r"), b.rstrip("\r")) for a, b in rows]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "p.tsv"
        path.write_bytes("".join(f"{a}\t{b}\n" for a, b in [("nl", "en"), *rows]).encode())
        with open_pairs(path, "none") as table:
            assert [tuple(row.cells) for row in table.rows()] == rows
