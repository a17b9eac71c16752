"""Which files a command means, and their names in the output."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aligner.errors import UsageError
from aligner.read.archives.stream import articles
from aligner.read.inputs import find_inputs, safe_name


def names(found):
    return [item.document for item in found.items]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("b/two.html", "a/one.txt", "a/one.pdf", "a/.hidden.txt", "page_files/ad.html", "three.HTM", "note.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")
    return tmp_path


def test_folder_is_walked_in_order_and_the_rest_counted(tree: Path):
    found = find_inputs([str(tree)])
    assert names(found) == ["a/one.txt", "b/two.html", "three.HTM"]
    assert len(found.skipped) == 3  # the pdf, the markdown, the folder of a saved page


def test_include_adds_names(tree: Path):
    assert "note.md" in names(find_inputs([str(tree)], ["*.md"]))


def test_single_file_of_any_suffix_is_called_by_its_name(tree: Path):
    assert names(find_inputs([str(tree / "a" / "one.pdf")])) == ["one.pdf"]


def test_names_from_the_common_root_and_each_file_once(tree: Path):
    found = find_inputs([str(tree / "b"), str(tree / "a" / "one.txt"), str(tree / "a")])
    assert names(found) == ["a/one.txt", "b/two.html"]


def test_order_of_arguments_does_not_matter(tree: Path):
    one, two = str(tree / "a" / "one.txt"), str(tree / "b" / "two.html")
    assert find_inputs([one, two]).items == find_inputs([two, one]).items


def test_globs(tree: Path):
    assert names(find_inputs([str(tree / "**" / "*.txt")])) == ["one.txt"]


@pytest.mark.parametrize("url", ["https://example.org/a", "HTTP://x.nl", "www.example.org/a.html", "file:///tmp/a.txt"])
def test_url_is_refused_with_advice(url: str):
    with pytest.raises(UsageError) as caught:
        find_inputs([url])
    assert "pass the" in caught.value.hint


def test_nothing_is_an_error(tmp_path: Path):
    for inputs in ([], [str(tmp_path)], [str(tmp_path / "gone.txt")], [str(tmp_path / "*.txt")]):
        with pytest.raises(UsageError):
            find_inputs(inputs)


def test_a_missing_file_among_others_fails_alone(tree: Path):
    found = find_inputs([str(tree / "a" / "one.txt"), str(tree / "gone.txt")])
    assert [bool(item.problem) for item in found.items] == [False, True]
    assert [bool(article.problem) for article in articles([found.items[1]], {})] == [True]


def test_pipes_devices_and_loops(tree: Path):
    os.mkfifo(tree / "pipe.txt")
    (tree / "a" / "loop").symlink_to(tree)
    found = find_inputs([str(tree)])
    assert names(found) == ["a/one.txt", "b/two.html", "three.HTM"]
    with pytest.raises(UsageError):
        find_inputs([str(tree / "pipe.txt")])
    with pytest.raises(UsageError):
        find_inputs(["/dev/zero"])


def test_odd_names_are_safe(tmp_path: Path):
    (tmp_path / "a\nb\t.txt").write_text("x")
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("x")
    found = find_inputs([str(tmp_path)])
    assert names(found) == ["a%0Ab%09.txt", "caf%E9.txt"]
    for item in found.items:
        assert [article.data for article in articles([item], {})] == [b"x"]
    assert safe_name("x\u2028y") == "x%E2%80%A8y"
