"""Review files out and back: ids kept, stale and conflicting rows named, verdicts that survive a re-run."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys

import pytest
from runs import FLAGGED, HOSTILE, hostile_rows, make_run, row

from aligner.errors import InputError, RunError, UsageError
from aligner.exporting import Choice, export
from aligner.reviewing import COLUMNS, export_review, import_review
from aligner.reviews import stored as stored_of
from aligner.write.corpus import open_runs

ROWS = [
    row(0, **FLAGGED),
    row(1, "Negen gewonden.", "Nine injured."),
    row(2, "Nul doden.", "No deaths."),
    row(3, **FLAGGED | {"kinds": "speaker", "nl_span": "", "en_span": ""}),
]


@pytest.fixture
def run(tmp_path):
    return make_run(tmp_path / "run", ROWS)


def stored(run):
    return stored_of(open_runs([run])[0])


def exported(run, **options):
    stream = io.BytesIO()
    export_review(run, stream, **options)
    header, *lines = stream.getvalue().decode().split("\n")[:-1]
    return [dict(zip(header.split("\t"), line.split("\t"), strict=True)) for line in lines]


def write(path, records, columns=COLUMNS):
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write("\t".join(columns) + "\n")
        stream.writelines("\t".join(record.get(name, "") for name in columns) + "\n" for record in records)
    return path


def fill(records, **by_place):
    for place, changes in by_place.items():
        records[int(place[1:])] |= changes
    return records


def test_there_and_back_with_all_that_a_person_can_say(run, tmp_path):
    records = fill(
        exported(run),
        r0={"verdict": "reject", "comment": "12 is geen 15"},
        r1={"verdict": "OK"},
        r3={"corrected_en": "The bridge cost 12 million euros.", "verdict": "reject"},
    )
    told = import_review(run, write(tmp_path / "r.tsv", records))
    assert told.line() == "3 verdicts taken, 0 known already, 1 rows without one, 0 stale, 0 in conflict"
    verdicts = {key: (one.verdict, one.corrected_en, one.comment) for key, one in stored(run).by_id.items()}
    assert verdicts == {
        ROWS[0]["id"]: ("reject", "", "12 is geen 15"),
        ROWS[1]["id"]: ("accept", "", ""),
        ROWS[3]["id"]: ("correct", "The bridge cost 12 million euros.", ""),
    }
    assert [(line.kind, line.flagged, line.right, line.wrong) for line in told.table] == [
        ("number", 1, 1, 0),
        ("entity", 1, 1, 0),
        ("speaker", 1, 1, 0),
        ("any flag", 2, 2, 0),
        ("not flagged", 2, 1, 0),
    ]
    again = exported(run)
    assert [one["verdict"] for one in again] == ["reject", "accept", "", "correct"]
    assert import_review(run, write(tmp_path / "again.tsv", again)).same == 3


@pytest.mark.parametrize("suffix", ["tsv", "csv", "xlsx"])
@pytest.mark.parametrize("safe", [False, True])
def test_hostile_texts_survive_the_round_trip(tmp_path, suffix, safe):
    run = make_run(tmp_path / "run", hostile_rows())
    path = tmp_path / f"r.{suffix}"
    export_review(run, path, excel_safe=safe)
    if suffix == "xlsx":
        import openpyxl

        book = openpyxl.load_workbook(path)
        at = COLUMNS.index("verdict") + 1
        for number in range(2, 13):
            book.active.cell(number, at).value = "reject"
        assert book.active.data_validations.dataValidation[0].formula1 == '"accept,reject,correct"'
        book.save(path)
    else:
        dialect = {"delimiter": "\t", "quoting": csv.QUOTE_NONE} if suffix == "tsv" else {}
        text = path.read_text("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text, newline=""), **dialect))
        at = COLUMNS.index("verdict")
        for line in lines[1:]:
            line[at] = "reject"
        with path.open("w", encoding="utf-8", newline="") as stream:
            if suffix == "csv":
                csv.writer(stream).writerows(lines)
            else:
                stream.writelines("\t".join(line) + "\n" for line in lines)
    told = import_review(run, path)
    # A workbook cannot hold the control characters of one row: its text is not what it was, and that is told.
    lost = 1 if suffix == "xlsx" else 0
    assert (told.taken, len(told.conflicts), told.stale) == (len(HOSTILE) + 1 - lost, lost, [])


def test_a_part_of_the_rows_is_enough(run, tmp_path):
    records = [{"id": ROWS[2]["id"], "verdict": "accept", "nl": "Nul doden.", "en": "No deaths."}]
    told = import_review(run, write(tmp_path / "r.tsv", records, ["id", "verdict", "nl", "en"]))
    assert (told.taken, told.stale, told.conflicts) == (1, [], [])


def test_stale_rows_are_named(run, tmp_path):
    records = [{"id": "0" * 16, "document": "gone.txt", "nl": "Weg.", "en": "Gone.", "verdict": "reject"}]
    told = import_review(run, write(tmp_path / "r.tsv", records))
    assert told.taken == 0
    assert told.stale == ["row 2 (0000000000000000): the run has no such row: Weg."]


def test_an_id_that_a_spreadsheet_broke_is_found_by_the_texts(run, tmp_path):
    records = fill(exported(run), r1={"verdict": "accept", "id": "1,23E+15"})
    told = import_review(run, write(tmp_path / "r.tsv", records))
    assert (told.taken, told.moved) == (1, 1)
    assert list(stored(run).by_id) == [ROWS[1]["id"]]


def test_conflicts_are_named_and_not_taken(run, tmp_path):
    import_review(run, write(tmp_path / "a.tsv", fill(exported(run), r0={"verdict": "accept"})))
    records = exported(run)
    records[0]["verdict"] = "reject"  # the run says accept
    records[1] |= {"verdict": "perhaps"}
    records[2] |= {"verdict": "accept", "en": "Zero deaths."}  # edited in the wrong column
    records[3]["verdict"] = "accept"
    records.append(records[3] | {"verdict": "reject"})
    path = write(tmp_path / "b.tsv", records)
    told = import_review(run, path)
    assert told.taken == 0
    assert [line.split(" (")[0] for line in told.conflicts] == ["row 3", "row 4", "row 6", "row 2"]
    assert "unknown verdict 'perhaps'" in told.conflicts[0]
    assert "corrected_en" in told.conflicts[1]
    assert "neither taken" in told.conflicts[2]
    assert "--force" in told.conflicts[3]
    assert stored(run).by_id[ROWS[0]["id"]].verdict == "accept"
    import_review(run, path, force=True)
    assert stored(run).by_id[ROWS[0]["id"]].verdict == "reject"


def test_a_comment_added_later_is_no_conflict(run, tmp_path):
    import_review(run, write(tmp_path / "a.tsv", fill(exported(run), r0={"verdict": "reject"})))
    told = import_review(run, write(tmp_path / "b.tsv", fill(exported(run), r0={"comment": "zie bron"})))
    assert (told.taken, told.conflicts) == (1, [])
    review = stored(run).by_id[ROWS[0]["id"]]
    assert (review.verdict, review.comment) == ("reject", "zie bron")


def test_verdicts_survive_a_new_run_in_which_ids_moved(run, tmp_path):
    import_review(
        run, write(tmp_path / "a.tsv", fill(exported(run), r0={"verdict": "reject"}, r1={"verdict": "accept"}))
    )
    moved = row(0, **FLAGGED | {"nl_start": "7", "nl_end": "38"})
    assert moved["id"] != ROWS[0]["id"]
    make_run(run, [moved, ROWS[2]])
    assert [one["verdict"] for one in exported(run)] == ["reject", ""]
    told = import_review(run, write(tmp_path / "b.tsv", fill(exported(run), r1={"verdict": "accept"})))
    assert (told.taken, told.same) == (1, 1)
    assert told.notices == [f"1 verdicts are on pairs that the run no longer has, and are kept: {ROWS[1]['id']}"]


def test_of_two_rows_with_the_same_texts_each_keeps_its_verdict(tmp_path):
    first, second, third = row(0, **FLAGGED), row(1), row(2)
    run = make_run(tmp_path / "run", [first, second, third])
    import_review(
        run, write(tmp_path / "a.tsv", fill(exported(run), r0={"verdict": "reject"}, r1={"verdict": "accept"}))
    )
    assert [one["verdict"] for one in exported(run)] == ["reject", "accept", ""]
    # Both rows gone: which of the two decisions the third row inherits cannot be told.
    make_run(run, [third])
    assert [one["verdict"] for one in exported(run)] == [""]
    assert len(stored(run).stale([third])) == 2


def test_reviewed_exports(run, tmp_path):
    import_review(
        run,
        write(
            tmp_path / "a.tsv",
            fill(
                exported(run),
                r0={"verdict": "accept", "comment": "afgerond"},
                r1={"verdict": "reject"},
                r3={"corrected_nl": "De brug kostte 15 miljoen euro."},
            ),
        ),
    )
    outcome = export([run], "csv", tmp_path / "o.csv", Choice(reviewed=True, status=frozenset({"equivalent"})))
    found = list(csv.DictReader((tmp_path / "o.csv").read_text("utf-8-sig").splitlines()))
    assert [(one["nl"], one["verdict"], one["kinds"]) for one in found] == [
        (ROWS[0]["nl"], "accept", ""),
        ("Nul doden.", "", ""),
        ("De brug kostte 15 miljoen euro.", "correct", ""),
    ]
    assert outcome.line() == "3 rows exported; 1 rejected in review"


def test_files_that_are_no_review_files(run, tmp_path):
    (tmp_path / "a.tsv").write_text("id\tnl\ten\nx\ty\tz\n")
    with pytest.raises(InputError, match="no column verdict"):
        import_review(run, tmp_path / "a.tsv")
    (tmp_path / "a.xlsx").write_text("no workbook")
    with pytest.raises(InputError, match="no workbook"):
        import_review(run, tmp_path / "a.xlsx")
    with pytest.raises(UsageError, match="no such file"):
        import_review(run, tmp_path / "b.tsv")
    (tmp_path / "c.csv").write_bytes("id;nl;en;verdict\nx;caf\xe9;b;accept\n".encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8"):
        import_review(run, tmp_path / "c.csv")


def test_damaged_verdicts_are_told_and_never_lost(run, tmp_path):
    path = write(tmp_path / "a.tsv", fill(exported(run), r0={"verdict": "reject"}))
    (run / ".aligner").mkdir(exist_ok=True)
    kept = run / ".aligner" / "reviews.json"
    for text in ("{", "[]", '{"schema": 1, "reviews": {"a": {"verdict": "maybe"}}}', '{"schema": 9, "reviews": {}}'):
        kept.write_text(text)
        with pytest.raises(RunError):
            import_review(run, path)
        assert kept.read_text() == text


def test_the_commands(run, tmp_path):
    def aligner(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "aligner", "review", *map(str, arguments)],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=os.environ | {"HOME": str(tmp_path)},
            check=False,
        )

    done = aligner("export", "run", "r.tsv", "--status", "divergent")
    assert (done.returncode, done.stderr) == (0, "2 rows written, 0 with a verdict\n")
    assert aligner("export", "run", "r.tsv").returncode == 2  # exists
    text = (tmp_path / "r.tsv").read_text()
    assert aligner("export", "run", "--status", "divergent").stdout == text
    records = exported(run, status=frozenset({"divergent"}))
    write(tmp_path / "r.tsv", fill(records, r0={"verdict": "nee"}))
    done = aligner("import", "run", "r.tsv")
    assert done.returncode == 0
    assert done.stdout.split("\n")[1].split() == ["number", "1", "1", "1", "0", "100%"]
    write(tmp_path / "r.tsv", fill(records, r0={"verdict": "ja"}))
    done = aligner("import", "run", "r.tsv")
    assert done.returncode == 1
    assert "the run has reject" in done.stderr
