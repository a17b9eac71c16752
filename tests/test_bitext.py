"""Whole-document alignment: the ladder, moved passages, the command, the gold of `corpora/alignment`."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import aligner
from aligner.alignment.bitext.documents import align_documents
from aligner.alignment.bitext.moves import CONTEXT, REACH, _run
from aligner.alignment.bitext.path import around, find_path
from aligner.alignment.bitext.program import Lattice, climb, contenders
from aligner.cli.app import app
from aligner.embed.encoder import HashEncoder
from aligner.pairing import read_columns

GOLD = sorted((Path(__file__).parent.parent / "corpora" / "alignment").glob("*/*.ladder"))
WORDS = (
    "harbour engine lantern pepper violin museum glacier tractor orchard bishop saddle compass velvet anchor".split()
)


def sentence(number: int) -> str:
    """A sentence of eight words that shares few with the others."""
    rng = np.random.default_rng(number)
    return " ".join(f"{WORDS[rng.integers(len(WORDS))]}{rng.integers(1000)}" for _ in range(8))


def pairs(beads: object) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.a, bead.b) for bead in beads]  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_has_every_sentence_once(path: Path) -> None:
    ladder = [line.split(":") for line in path.read_text(encoding="utf-8").splitlines()]
    for side, suffix in enumerate((".nl", ".en")):
        count = len(path.with_suffix(suffix).read_text(encoding="utf-8").splitlines())
        assert sorted(at for line in ladder for at in json.loads(line[side])) == list(range(count))


def test_path_of_equal_documents_is_the_diagonal() -> None:
    vectors = np.eye(40, dtype=np.float32)
    assert find_path(vectors, vectors).tolist() == [[at, at] for at in range(41)]


def test_long_documents_go_from_coarse_to_fine() -> None:
    rng = np.random.default_rng(0)
    b = rng.normal(size=(1500, 32)).astype(np.float32)
    b /= np.linalg.norm(b, axis=1, keepdims=True)
    a = np.delete(b, range(700, 760), axis=0)
    path = find_path(a, b)
    assert {(100, 100), (690, 690), (710, 770), (1440, 1500)} <= set(map(tuple, path.tolist()))
    band = around(path, len(a), len(b), 3)
    assert band.low[0] == 0
    assert band.high[-1] == len(b) + 1
    assert (np.diff(band.low) >= 0).all()
    assert (np.diff(band.high) >= 0).all()


def test_merged_split_missing_and_blank_sentences() -> None:
    a = [sentence(at) for at in range(12)]
    b = [*a[:3], f"{a[3]} {a[4]}", a[5], *(a[6].rsplit(" ", 4)[0], " ".join(a[6].split()[4:])), *a[8:]]
    a.insert(9, "")
    found = pairs(align_documents(a, b, HashEncoder()))
    assert ((3, 4), (3,)) in found
    assert ((6,), (5, 6)) in found
    assert ((7,), ()) in found
    assert ((9,), ()) in found
    assert ((10,), (8,)) in found


def test_a_moved_passage_is_marked() -> None:
    a = [sentence(at) for at in range(40)]
    b = [*a[:5], *a[8:30], *a[5:8], *a[30:]]
    beads = align_documents(a, b, HashEncoder())
    assert [(bead.a, bead.b) for bead in beads if bead.moved] == [((5,), (27,)), ((6,), (28,)), ((7,), (29,))]
    assert all(bead.similarity > 0.99 for bead in beads)


@pytest.mark.parametrize(("a", "b"), [(0, 0), (0, 3), (3, 0), (1, 60), (60, 1)])
def test_every_sentence_is_in_one_bead(a: int, b: int) -> None:
    beads = align_documents([sentence(at) for at in range(a)], [sentence(100 + at) for at in range(b)], HashEncoder())
    assert sorted(at for bead in beads for at in bead.a) == list(range(a))
    assert sorted(at for bead in beads for at in bead.b) == list(range(b))


@pytest.mark.parametrize("seed", range(4))
def test_near_best_steps_hold_the_best_ladder(seed: int) -> None:
    """Against a plain programme over all cells, in a band as ragged as paths through unrelated documents make it."""
    rng = np.random.default_rng(seed)
    n, m = 14, 23
    steps = rng.permutation([(1, 0)] * n + [(0, 1)] * m)
    path = np.concatenate([[(0, 0)], np.cumsum(steps, axis=0)])
    borders = around(path, n, m, 2)
    beads = []
    for row in range(n):
        w = int(min(borders.high[row + 1] - 1, m) - borders.low[row])
        beads.append([rng.normal(-3, 4, (w, min(7 - p, w))).astype(np.float32) for p in range(1, min(6, n - row) + 1)])
    found = Lattice(borders, beads, rng.uniform(0, 4, n), rng.uniform(0, 4, m))
    best = np.full((n + 1, m + 1), -np.inf)
    best[0, 0] = 0.0
    for i, j in itertools.product(range(n + 1), range(m + 1)):
        if not borders.low[i] <= j < borders.high[i]:
            best[i, j] = -np.inf
            continue
        if i < n:
            best[i + 1, j] = max(best[i + 1, j], best[i, j] - found.skip_a[i])
        if j < m:
            best[i, j + 1] = max(best[i, j + 1], best[i, j] - found.skip_b[j])
        for p, scores in enumerate(beads[i] if i < n else (), start=1):
            at = j - int(borders.low[i])
            for q in range(1, scores.shape[1] + 1 if at < len(scores) else 0):
                if j + q <= m:
                    best[i + p, j + q] = max(best[i + p, j + q], best[i, j] + scores[at, q - 1])
    for slack in (0.0, 1000.0):
        ladder = climb(contenders(found, slack), found.sizes)
        assert sum(rung.score for rung in ladder) == pytest.approx(best[n, m], abs=1e-3)


def test_pair_from_python() -> None:
    found = aligner.pair(["Een.", "", "Twee katten."], ["Een.", "Twee katten."], encoder="hash", judge=False)
    assert [tuple(bead)[:2] for bead in found] == [((0,), (0,)), ((1,), ()), ((2,), (1,))]
    assert list(found.table["alignment"]) == ["1-1", "1-0", "1-1"]


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["pair", *words, "--encoder", "hash"])
    return done.exit_code, done.stdout, done.stderr


def test_ladder_and_summary(tmp_path: Path) -> None:
    for name, lines in {"a.de": ["eins zwei", "", "drei vier"], "a.fr": ["eins zwei", "drei vier"]}.items():
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    code, out, err = run(
        str(tmp_path / "a.de"), str(tmp_path / "a.fr"), "--langs", "de,fr", "--split-lines", "--format", "ladder"
    )
    assert code == 0
    assert out.splitlines() == ["[0]:[0]:0.000000", "[1]:[]:0.000000", "[2]:[1]:0.000000"]
    assert err.splitlines()[-1] == "2 aligned, 0 flagged, 1 unaligned, 0 failed"


def test_other_languages_have_columns_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Der Hund schläft. Die Katze wacht.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Der Hund schläft. Die Katze wacht.", encoding="utf-8")
    out = tmp_path / "out.tsv"
    code, _, err = run(str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--langs", "de,fr", "--out", str(out))
    table = aligner.read_tsv(out)
    assert code == 0
    assert list(table["de"]) == list(table["fr"]) == ["Der Hund schläft.", "Die Katze wacht."]
    assert list(table["fr_start"]) == ["0", "18"]
    assert "divergence" not in table.columns
    assert "the same in both documents" in err


def test_an_empty_side_is_warned_of_and_the_rest_written(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    (tmp_path / "b.txt").write_text("One sentence here. Another one there.", encoding="utf-8")
    code, out, err = run(str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--format", "ladder")
    assert (code, out) == (0, "[]:[0]:0.000000\n[]:[1]:0.000000\n")
    assert "a.txt: no sentences" in err


def test_a_broken_file_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.7 ...")
    (tmp_path / "b.txt").write_text("One.", encoding="utf-8")
    code, out, err = run(str(tmp_path / "a.txt"), str(tmp_path / "b.txt"))
    assert (code, out) == (1, "")
    assert re.search(r"a\.txt: .*PDF.*\n.*\n0 aligned, 0 flagged, 0 unaligned, 1 failed", err)


def test_a_run_folder_exports_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("De hond slaapt. De kat waakt. Niemand anders.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("De hond slaapt! De kat waakt!", encoding="utf-8")
    folder = tmp_path / "corpus"
    for _ in range(2):
        code, _, _ = run(str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--out", f"{folder}/")
        assert code == 0
    corpus = aligner.read_tsv(folder / "corpus.tsv")
    assert list(corpus["en"]) == ["De hond slaapt!", "De kat waakt!"]
    assert list(aligner.read_tsv(folder / "unaligned.tsv")["text"]) == ["Niemand anders."]
    tmx = tmp_path / "corpus.tmx"
    done = CliRunner().invoke(app, ["export", str(folder), "--format", "tmx", "--out", str(tmx)])
    assert done.exit_code == 0
    assert tmx.read_text(encoding="utf-8").count("<tu ") == 2


@pytest.mark.parametrize("langs", ["nl", "nl,nl", "nl,en,de", "nl,1"])
def test_bad_langs(langs: str, tmp_path: Path) -> None:
    with pytest.raises(aligner.UsageError):
        CliRunner().invoke(app, ["pair", "a", "b", "--langs", langs], catch_exceptions=False)


@pytest.mark.model
def test_own_documents_with_the_bundled_encoder() -> None:
    path = next(path for path in GOLD if path.parent.name == "dev" and path.stem == "wharf")
    nl, en = (path.with_suffix(suffix).read_text(encoding="utf-8").splitlines() for suffix in (".nl", ".en"))
    found = aligner.pair(nl, en, judge=False)
    gold = {tuple(tuple(json.loads(side)) for side in line.split(":")[:2]) for line in path.read_text().splitlines()}
    told = {(bead.a, bead.b) for bead in found}
    assert len(gold & told) >= 0.85 * len(gold)
    assert [bead.a for bead in found if bead.moved] == [(11,), (12,), (39,), (40,), (41,)]
    assert found.warnings == []
    swapped = aligner.pair(en, nl, judge=False)
    assert swapped.warnings[0].startswith("the files look swapped")


def test_two_long_appendices_are_not_compared_whole() -> None:
    free = set(range(3000))
    found = _run(1500, free, 3000)
    assert 1500 in found
    assert len(found) == 2 * (REACH + CONTEXT) + 1


def test_two_columns_of_one_table_are_two_documents(tmp_path: Path) -> None:
    table = tmp_path / "page.tsv"
    table.write_text(
        "nl\ten\n"
        "De haven sluit in mei. Niemand wil dat.\tThe port closes in May.\n"
        "\tNobody wants that. The ferry sails on.\n"
        "De pont vaart door.\t\n",
        encoding="utf-8",
    )
    nl, en = read_columns(table)
    assert nl.sentences == ("De haven sluit in mei.", "Niemand wil dat.", "De pont vaart door.")
    assert en.sentences == ("The port closes in May.", "Nobody wants that.", "The ferry sails on.")
    assert [span.of(en.source) for span in en.spans] == list(en.sentences)
    code, out, err = run(str(table))
    assert code == 0, err
    assert out.splitlines()[0].split("\t")[:2] == ["id", "document"]
    assert {"0;1", "0"} & {line.split("\t")[5] for line in out.splitlines()[1:]}
    (tmp_path / "other.tsv").write_text("a\tb\n1\t2\n", encoding="utf-8")
    assert run(str(tmp_path / "other.tsv"))[0] == 1
