"""The main job with the real encoder, as a user runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
from articles import FERRY, MARKET

import aligner

pytestmark = pytest.mark.model

RUN = [sys.executable, "-m", "aligner"]


def can_cut_network():
    tried = ["unshare", "-rn", "true"]
    return shutil.which("unshare") and subprocess.run(tried, capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("news")
    (folder / "ferry.txt").write_text(FERRY, encoding="utf-8")
    (folder / "market.txt").write_text(MARKET, encoding="utf-8")
    cut = ["unshare", "-rn"] if can_cut_network() else []
    done = subprocess.run(
        [*cut, *RUN, "align", str(folder), "--out", str(folder / "out"), "--translate", "none"],
        capture_output=True,
        text=True,
        env=os.environ | {"HF_HUB_OFFLINE": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1] == "3 aligned, 0 flagged, 0 unaligned, 0 failed"
    return aligner.read_tsv(folder / "out" / "corpus.tsv")


def test_each_caption_sentence_finds_its_counterpart(corpus):
    pairs = dict(zip(corpus["nl"], corpus["en"], strict=True))
    assert pairs == {
        "We hebben gekregen waar we om vroegen.": "We got what we asked for.",
        "Niemand van ons wilde de eilanden langer afsluiten": "None of us wanted to cut the islands off any longer",
        "Na drie jaar werkzaamheden staan de kramen weer op het plein.": (
            "The stalls returned to the square after three years of building work."
        ),
    }


def test_speakers_are_resolved_on_both_sides(corpus):
    ferry = corpus[corpus["document"] == "ferry.txt"]
    assert set(ferry["nl_speaker"]) == set(ferry["en_speaker"]) == {"Marijke Dekker"}
    assert set(ferry["quote"]) == {"both"}


def test_faithful_captions_are_not_flagged(corpus):
    assert "divergent" not in set(corpus["status"])


def test_roles_and_direction(corpus):
    market = corpus[corpus["document"] == "market.txt"].iloc[0]
    assert (market["original"], market["en_role"], market["nl_role"]) == ("nl", "caption", "paragraph")
    ferry = corpus[corpus["document"] == "ferry.txt"].iloc[0]
    assert (ferry["original"], ferry["nl_role"], ferry["en_role"]) == ("en", "caption", "paragraph")
