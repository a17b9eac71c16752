"""What `inspect --json` gives for two articles, as files small enough to read.

python tests/test_golden.py     writes them anew: look at every difference before you accept it
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from articles import FERRY, MARKET

GOLDEN = Path(__file__).parent / "golden"
ARTICLES = {"ferry": FERRY, "market": MARKET}


def inspected(name):
    from aligner.api import described
    from aligner.read.reader import read_text
    from aligner.segment.document import segment

    seen = described(segment(read_text(f"{name}.txt", ARTICLES[name])))
    for block in seen["blocks"]:
        del block["lang_confidence"]  # a detector's figure, not ours
    return json.dumps(seen, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("name", ARTICLES)
def test_inspect_gives_the_golden_file(name):
    assert inspected(name) == (GOLDEN / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ARTICLES)
def test_every_offset_gives_its_text(name):
    seen = json.loads(inspected(name))
    for item in [*seen["blocks"], *seen["quotes"], *(s for b in seen["blocks"] for s in b["sentences"])]:
        assert seen["text"][item["start"] : item["end"]] == item["text"]


if __name__ == "__main__":
    for name in ARTICLES:
        (GOLDEN / f"{name}.json").write_text(inspected(name), encoding="utf-8")
