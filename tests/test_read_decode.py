"""Bytes to text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import InputError
from aligner.read.decode import MAX_BYTES, clean, decode

DUTCH = "Eén café zei “ja”: de ruïne, de coëfficiënt en Zoë.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_encodings(encoding: str):
    assert decode(DUTCH.encode(encoding)) == DUTCH


def test_declared_encoding():
    page = '<meta charset="iso-8859-2"><p>Příliš žluťoučký kůň</p>'
    assert decode(page.encode("iso8859-2")) == page


def test_a_wrong_declaration_does_not_beat_valid_utf8():
    assert "één" in decode(b'<meta charset="iso-8859-1">' + "één".encode())


def test_two_encodings_in_one_file():
    assert decode("Eén café.\n".encode() + "Twee cafés “ja”.\n".encode("cp1252")) == "Eén café.\nTwee cafés “ja”.\n"


def test_one_broken_byte_does_not_cost_the_page():
    assert "gewone tekst" in decode(b"een \x81 gewone tekst " * 1 + "met één accent".encode())


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "white space"),
        (b"\n%PDF-1.7 text", "PDF"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x89PNG\r\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"RIFF....WEBP", "image"),
        (b"abc\x00def", "NUL"),
        ("Привет, это новости из Москвы".encode("koi8-r"), "encoding"),
        ("これは日本語の文章です。".encode("shift_jis"), "encoding"),
        (b"a" * (MAX_BYTES + 1), "too big"),
    ],
)
def test_what_is_no_text_says_what_it_is(data: bytes, word: str):
    with pytest.raises(InputError, match=word) as caught:
        decode(data)
    assert caught.value.hint


def test_clean():
    assert clean("a\r\nb\rc\u2028d\x0ce\x07f\u00adg\ufeffh\ti") == "a\nb\nc\nd\nefgh\ti"


@given(st.binary(max_size=400))
def test_any_bytes_are_clean_text_or_an_input_error(data: bytes):
    try:
        text = decode(data)
    except InputError:
        return
    assert not any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in text)
    assert clean(text) == text
    text.encode("utf-8")


def test_a_stray_nul_does_not_cost_the_page():
    text = "De brug is weer open voor al het verkeer. " * 30
    assert decode((text[:100] + "\0" + text[100:]).encode()) == text
