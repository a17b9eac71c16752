"""Inputs that hold many articles: each with its own name, in a stream; what is broken is told of, the rest read."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import zlib
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

import aligner
from aligner.errors import InputError, UsageError
from aligner.read.archives import lines
from aligner.read.archives.columns import fields_of, parse_columns
from aligner.read.archives.opening import Stream
from aligner.read.archives.stream import articles, one_article
from aligner.read.inputs import find_inputs
from aligner.read.reader import read_article, read_page
from aligner.records import Role

CAPTION = "De burgemeester opent de nieuwe brug."
BODY = "The mayor opened the new bridge on Monday.\n\nShe called it a present for the whole town."
RECORD = {"headline": "Bridge opens", "photo_caption": f"{CAPTION} Foto: ANP / Mies de Wit", "text": BODY}


def read_all(path: Path, columns: str = "", passed=lambda reason: None):
    return list(articles(find_inputs([str(path)]).items, parse_columns(columns), passed))


def texts(page, role: Role) -> list[str]:
    return [block.span.of(page.text) for block in page.blocks if block.role is role]


def assert_the_record(article) -> None:
    page = read_article(article)
    assert page.title == "Bridge opens"
    assert texts(page, Role.CAPTION) == [CAPTION]
    assert page.credits == ("Foto: ANP / Mies de Wit",)
    assert texts(page, Role.PARAGRAPH) == BODY.split("\n\n")


def test_jsonl_and_a_broken_line(tmp_path: Path):
    path = tmp_path / "dump.jsonl"
    path.write_text("\n".join([json.dumps(RECORD), "{broken", "", "[1]", json.dumps(RECORD)]) + "\n")
    found = read_all(path)
    assert [article.document for article in found] == [f"dump.jsonl/{n:06d}" for n in range(1, 5)]
    assert [bool(article.problem) for article in found] == [False, True, True, False]
    for article in (found[0], found[3]):
        assert_the_record(article)


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress), (".zst", zstandard.compress)],
)
def test_compressed(tmp_path: Path, suffix: str, pack):
    data = json.dumps(RECORD).encode() + b"\n"
    path = tmp_path / f"dump.jsonl{suffix}"
    path.write_bytes(pack(data) + pack(data))  # two members or frames, as `cat` makes them
    found = read_all(path)
    assert [article.document for article in found] == [f"dump.jsonl{suffix}/000001", f"dump.jsonl{suffix}/000002"]
    assert_the_record(found[1])
    page = tmp_path / f"page.html{suffix}"
    page.write_bytes(pack(b"<p>x</p>"))
    assert [(article.document, article.data) for article in read_all(page)] == [(f"page.html{suffix}", b"<p>x</p>")]


def test_a_cut_archive_gives_what_it_has_and_a_failure(tmp_path: Path):
    path = tmp_path / "dump.jsonl.gz"
    whole = b"".join(json.dumps(RECORD | {"number": n, "text": f"{n} {BODY}"}).encode() + b"\n" for n in range(9))
    path.write_bytes(gzip.compress(whole, 0)[:-600])
    found = read_all(path)
    assert len(found) > 4
    assert found[0].problem == ""
    assert found[-1].document == "dump.jsonl.gz"
    assert "broken" in found[-1].problem


def test_own_ids_are_names_and_stay_when_a_dump_grows(tmp_path: Path):
    path = tmp_path / "dump.jsonl"
    rows = [RECORD | {"url": f"https://news.example/a/{n}/"} for n in (3, 2, 2)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert [article.document for article in read_all(path)] == [
        "dump.jsonl/news.example/a/3",
        "dump.jsonl/news.example/a/2",
        "dump.jsonl/news.example/a/2~2",
    ]


@pytest.mark.parametrize("own", ["../../etc/passwd", "a\nb\tc", "x" * 999, "", "///", "https://"])
def test_ids_make_safe_names(tmp_path: Path, own: str):
    path = tmp_path / "d.jsonl"
    path.write_text(json.dumps(RECORD | {"id": own}) + "\n")
    name = read_all(path)[0].document
    assert name.startswith("d.jsonl/")
    assert ".." not in name
    assert len(name) < 200
    assert name.isprintable()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_with_line_breaks_in_cells(tmp_path: Path, separator: str):
    head = separator.join(RECORD)
    row = separator.join('"' + value.replace('"', '""') + '"' for value in RECORD.values())
    path = tmp_path / "dump.csv"
    path.write_text(f"\ufeff{head}\r\n{row}\r\n{row}{separator}one too many\r\n{row}\r\n")
    found = read_all(path)
    assert [bool(article.problem) for article in found] == [False, True, False]
    assert_the_record(found[2])


def test_tsv_has_no_quoting(tmp_path: Path):
    path = tmp_path / "dump.tsv"
    path.write_text(f'caption\tbody\n"Ja", zei zij.\tShe said yes.\n{CAPTION}\tThe mayor "opened" it.\n')
    first, second = (read_article(article) for article in read_all(path))
    assert texts(first, Role.CAPTION) == ['"Ja", zei zij.']
    assert texts(second, Role.PARAGRAPH) == ['The mayor "opened" it.']


def test_lines_of_several_encodings(tmp_path: Path):
    path = tmp_path / "dump.csv"
    cells = "caption,body\nDe café is dicht.,The café is closed.\n"
    path.write_bytes(cells.encode() + "Ook dit café is dicht.,The other café too.\n".encode("cp1252"))
    assert [texts(read_article(article), Role.PARAGRAPH) for article in read_all(path)] == [
        ["The café is closed."],
        ["The other café too."],
    ]
    path.write_bytes(cells.encode("utf-16"))
    assert texts(read_article(read_all(path)[0]), Role.CAPTION) == ["De café is dicht."]


def test_parquet_with_pictures_in_lists(tmp_path: Path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [{"id": n, "title": "Bridge opens", "text": BODY, "junk": b"\0", "images": [
        {"src": "a.jpg", "caption": CAPTION, "credit": "Foto: ANP / Mies de Wit"}]} for n in range(40)]  # fmt: skip
    path = tmp_path / "dump.parquet"
    pq.write_table(pa.Table.from_pylist(rows), path)
    found = read_all(path)
    assert len(found) == 40
    assert found[7].document == "dump.parquet/7"
    assert_the_record(found[7])
    path.write_bytes(path.read_bytes()[:-100])
    assert "Parquet" in read_all(path)[-1].problem


def test_named_columns(tmp_path: Path):
    path = tmp_path / "dump.jsonl"
    path.write_text(json.dumps({"a": {"b": [{"c": CAPTION}]}, "t": BODY, "caption": "no"}) + "\n")
    page = read_article(read_all(path, "caption=a.b.c, body=t")[0])
    assert texts(page, Role.CAPTION) == [CAPTION]
    assert texts(page, Role.PARAGRAPH) == BODY.split("\n\n")
    with pytest.raises(UsageError):
        parse_columns("kop=title")


def test_a_file_without_any_text_fails_once(tmp_path: Path):
    path = tmp_path / "dump.jsonl"
    path.write_text('{"x": 1}\n' * 1000)
    found = read_all(path)
    assert len(found) == 20
    assert all(article.problem for article in found)
    assert "--columns" in found[-1].hint


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>News</title>
<item><title>Bridge opens</title><guid>https://news.example/1</guid><pubDate>Fri, 03 May 2024 08:00:00 GMT</pubDate>
 <media:content url="a.jpg"><media:description>{CAPTION}</media:description>
 <media:credit>Foto: ANP / Mies de Wit</media:credit></media:content>
 <content:encoded><![CDATA[<p>The mayor opened the new bridge on Monday.</p><script>x()</script>
 <p>She called it a present for the whole town.</p>]]></content:encoded></item>
<item><title>Empty</title></item>
<item><title>Another</title><description>Short text of the second entry.</description></item>"""


def test_empty_records_at_the_beginning_do_not_cost_the_file(tmp_path: Path):
    path = tmp_path / "dump.jsonl"
    empty = {"headline": "Removed", "text": None}
    path.write_text("\n".join(json.dumps(record) for record in [empty] * 30 + [RECORD]))
    found = read_all(path)
    assert [article.problem for article in found[:30]] == ["no text: its column is empty"] * 30
    assert_the_record(found[30])
    named = [record | {"own": record["text"]} for record in [empty] * 30 + [RECORD]]
    path.write_text("\n".join(json.dumps(record) for record in named))
    assert len(read_all(path, "body=own")) == 31


def test_rss(tmp_path: Path):
    path = tmp_path / "feed.xml"
    path.write_text(RSS + "</channel></rss>")
    found = read_all(path)
    assert [article.document for article in found] == ["feed.xml/news.example/1", "feed.xml/000002", "feed.xml/000003"]
    assert [bool(article.problem) for article in found] == [False, True, False]
    assert_the_record(found[0])
    assert read_article(found[0]).date == "2024-05-03"


def test_a_feed_cut_off_is_told_of(tmp_path: Path):
    path = tmp_path / "feed.rss"
    path.write_text(RSS)
    found = read_all(path)
    assert len(found) == 4
    assert found[-1].document == "feed.rss"
    assert "broken XML" in found[-1].problem


def test_atom_with_xhtml(tmp_path: Path):
    path = tmp_path / "feed.atom"
    path.write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Bridge opens</title><id>tag:x,2024:1</id>'
        '<link rel="self" href="/no"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
        f"<figure><img/><figcaption>{CAPTION} Foto: ANP / Mies de Wit</figcaption></figure><p>"
        f"{BODY.replace(chr(10) * 2, '</p><p>')}</p></div></content></entry></feed>"
    )
    (article,) = read_all(path)
    assert article.document == "feed.atom/tag:x,2024:1"
    assert_the_record(article)


def test_billion_laughs_is_refused(tmp_path: Path):
    path = tmp_path / "feed.xml"
    path.write_text('<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><item><title>&b;</title></item></rss>')
    (article,) = read_all(path)
    assert "entities" in article.problem


def warc_record(kind: str, address: str, http: bytes) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nContent-Length: {len(http)}\r\n"
    return (head + "Content-Type: application/http;msgtype=response\r\n\r\n").encode() + http + b"\r\n\r\n"


def response(
    body: bytes, kind: str = "text/html; charset=iso-8859-1", status: str = "200 OK", extra: str = ""
) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{extra}\r\n".encode() + body


PAGE = (
    f"<html><body><article><h1>Bridge opens</h1><figure><img><figcaption>{CAPTION} Foto: ANP / Mies de Wit</figcaption>"
    f"</figure><p>{BODY.replace(chr(10) * 2, '</p><p>')}</p></article></body></html>"
)


def test_warc(tmp_path: Path):
    packed = response(gzip.compress(PAGE.encode()), extra="Content-Encoding: gzip\r\n")
    records = [
        warc_record("request", "https://n.example/1", b"GET / HTTP/1.1\r\n\r\n"),
        warc_record("response", "https://n.example/1", response(PAGE.encode("latin-1"))),
        warc_record("response", "https://n.example/a.jpg", response(b"\xff\xd8", "image/jpeg")),
        warc_record("response", "https://n.example/gone", response(b"no", status="404 Not Found")),
        warc_record("response", "https://n.example/1", packed),
    ]
    for name, data in (("c.warc", b"".join(records)), ("c.warc.gz", b"".join(map(gzip.compress, records)))):
        path = tmp_path / name
        path.write_bytes(data)
        passed: list[str] = []
        found = read_all(path, passed=passed.append)
        assert [article.document for article in found] == [f"{name}/n.example/1", f"{name}/n.example/1~2"]
        assert passed == ["image/jpeg", "HTTP status 404"]
        for article in found:
            assert_the_record(article)
        path.write_bytes(data[: len(data) * 3 // 4])
        assert read_all(path)[0].document == f"{name}/n.example/1"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_page_cut_off_inside_its_encoding_is_told_of(tmp_path: Path, encoding: str):
    body = gzip.compress(PAGE.encode()) if encoding == "gzip" else zlib.compress(PAGE.encode())
    cut = response(body[: len(body) // 2], extra=f"Content-Encoding: {encoding}\r\n")
    whole = response(PAGE.encode("latin-1"))
    records = [warc_record("response", f"https://n.example/{n}", one) for n, one in enumerate((cut, whole))]
    (tmp_path / "c.warc").write_bytes(b"".join(records))
    bad, good = read_all(tmp_path / "c.warc")
    assert bad.problem == f"broken {encoding} data: it is cut off"
    assert not good.problem


def test_one_of_an_archive(tmp_path: Path):
    path = tmp_path / "dump.jsonl"
    path.write_text(json.dumps(RECORD) + "\n" + json.dumps(RECORD | {"headline": "Second"}) + "\n")
    assert read_page(str(path)).title == "Bridge opens"
    assert read_page(f"{path}/000002").title == "Second"
    with pytest.raises(InputError, match="called"):
        one_article(f"{path}/000003", {})


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.jsonl", b"", "no article"),
        ("a.jsonl", b"[" * 200_000, "broken JSON"),
        ("a.parquet", b"PAR1nonsense", "Parquet"),
        ("a.warc", b"not one", "WARC"),
        ("a.html.gz", b"\x1f\x8bnonsense", "broken"),
        ("a.csv", b"x,y\n1,2\n", "columns"),
        ("a.json", b"{", "broken JSON"),
        ("a.jsonl.zst", b"\x28\xb5\x2f\xfd\0\0\0", "broken"),
    ],
)
def test_broken_files_fail_with_a_reason(tmp_path: Path, name: str, data: bytes, reason: str):
    path = tmp_path / name
    path.write_bytes(data)
    found = read_all(path)
    assert found
    assert reason in found[-1].problem
    assert found[-1].hint


@pytest.mark.parametrize(("data", "reason"), [(b"%PDF-1.7 and so on", "PDF"), (b"<p>text\0</p>", "NUL")])
def test_what_is_no_page_fails_with_a_reason(tmp_path: Path, data: bytes, reason: str):
    path = tmp_path / "a.html"
    path.write_bytes(data)
    with pytest.raises(InputError, match=reason):
        read_page(str(path))


def test_a_bomb_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("aligner.read.archives.opening._FREE", 1_000_000)
    path = tmp_path / "bomb.jsonl.gz"
    path.write_bytes(gzip.compress((b" " * 999 + b"\n") * 30_000))
    (article,) = read_all(path)
    assert "compressed more than" in article.problem


def test_a_line_without_end_costs_one_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lines, "MAX_BYTES", 100_000)
    path = tmp_path / "long.jsonl"
    path.write_bytes(b'{"text": "' + b"a" * 3_000_000 + b'"}\n' + json.dumps(RECORD).encode() + b"\n")
    first, second = read_all(path)
    assert "limit for one article" in first.problem
    assert_the_record(second)


def test_a_run_over_an_archive_goes_on_article_by_article(tmp_path: Path):
    path, out = tmp_path / "dump.jsonl", tmp_path / "out"
    rows = [RECORD | {"id": name} for name in ("a", "b", "c")]
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n{broken\n")
    options = {"out": out, "encoder": "hash", "translate": "none", "none_below": 0.0}
    first = aligner.align(path, **options)
    assert list(first.corpus.document) == ["dump.jsonl/a", "dump.jsonl/b", "dump.jsonl/c"]
    assert list(first.failures.document) == ["dump.jsonl/000004"]
    rows[1]["text"] += " She was happy."
    path.write_text("\n".join(json.dumps(row) for row in rows[1:]) + "\n")
    second = aligner.align(path, **options)
    assert second.summary.resumed == 1
    assert list(second.corpus.document) == ["dump.jsonl/a", "dump.jsonl/b", "dump.jsonl/c"]
    assert second.failures.empty


class Pieces:
    """A file that gives its bytes in small pieces."""

    def __init__(self, data: bytes, size: int) -> None:
        self.data, self.size = data, size

    def read(self, size: int) -> bytes:
        piece, self.data = self.data[: self.size], self.data[self.size :]
        return piece

    def tell(self) -> int:
        return 0


@settings(max_examples=60)
@given(st.binary(max_size=80).map(lambda data: data.replace(b"a", b"\n")), st.integers(1, 9))
def test_lines_are_the_file(data: bytes, size: int):
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return
    source = Pieces(data, size)
    assert b"".join(lines.byte_lines(Stream(source, source, compressed=False))) == data


def test_a_flood_of_blank_lines_still_ends_the_line_before_it():
    size = 1 << 17
    source = Pieces(b"a" * size + b"\n" * size + b"b\n", size)
    found = [line for line in lines.byte_lines(Stream(source, source, compressed=False)) if line.strip()]
    assert found == [b"a" * size + b"\n", b"b\n"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["<p>a", "&lt;", "a\n\nb"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["body", "caption", "images"]), inner),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(["body", "caption", "images", "title", "credit", "date", "html"]), JSON))
def test_any_record_is_a_page_or_an_input_error(record):
    from aligner.read.fields import read_fields

    try:
        page = read_fields("x", json.dumps(fields_of(record, {})).encode())
    except InputError:
        return
    assert "\n\n".join(block.span.of(page.text) for block in page.blocks).replace("\n", "")


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from([*'",;\t\n\r\0', '""', "body", "caption", "x y", "é", "\xff"]), max_size=30).map("".join)
)
def test_any_table_is_read_to_its_end(tmp_path_factory, text: str):
    path = tmp_path_factory.mktemp("t") / "t.csv"
    path.write_bytes(b"body,caption\n" + text.encode("latin-1"))
    for article in read_all(path):
        assert article.document
