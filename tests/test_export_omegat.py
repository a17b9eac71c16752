"""The real OmegaT takes our memory: it translates a text with it, line by line what the pairs say."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest
from runs import make_run, row

from aligner.exporting import export

_PROJECT = """<?xml version="1.0" encoding="UTF-8"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>{source}</source_lang><target_lang>{target}</target_lang>
<sentence_seg>false</sentence_seg><support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags>
</project></omegat>
"""
TEXTS = [
    ("De brug kostte 12 miljoen euro.", "The bridge cost 12 million euros."),
    ("“Wij willen de eilanden niet afsluiten,” zei Dekker.", "“We don't want to cut the islands off,” Dekker said."),
    ("Tom & Jerry < 3 €, zegt café Ö.", "Tom & Jerry < 3 €, says café Ö."),
    ("Een familie 👪 op het plein.", "A family 👪 on the square."),
    ("Een regel met een stuur\x01teken.", "A line with a control\x02 character."),
]


@pytest.mark.parametrize("direction", ["nl", "en", "all"])
def test_omegat_translates_with_our_memory(tmp_path, direction):
    omegat = shutil.which("omegat")
    if not omegat:
        pytest.skip("OmegaT is not installed (apt-get install omegat)")
    run = make_run(tmp_path / "run", [row(at, nl, en) for at, (nl, en) in enumerate(TEXTS)])
    project = tmp_path / "project"
    for name in ("source", "target", "tm/auto", "glossary", "dictionary", "omegat"):
        (project / name).mkdir(parents=True)
    source, target = ("EN", "NL") if direction == "en" else ("NL", "EN")
    (project / "omegat.project").write_text(_PROJECT.format(source=source, target=target))
    export([run], "tmx", project / "tm" / "auto" / "ours.tmx", source=direction)
    pairs = [tuple(text.replace("\x01", "").replace("\x02", "") for text in pair) for pair in TEXTS]
    at = 1 if direction == "en" else 0
    # Empty lines between them: OmegaT's reader of plain text takes a paragraph for a segment.
    (project / "source" / "text.txt").write_text("\n\n".join(pair[at] for pair in pairs) + "\n", encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    done = subprocess.run(
        [omegat, str(project), "--mode=console-translate", f"--config-dir={home}", "--no-team"],
        capture_output=True,
        text=True,
        env=os.environ | {"HOME": str(home), "JAVA_TOOL_OPTIONS": f"-Dfile.encoding=UTF-8 -Duser.home={home}"},
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    lines = (project / "target" / "text.txt").read_text("utf-8").split("\n")
    assert [line for line in lines if line] == [pair[1 - at] for pair in pairs]
