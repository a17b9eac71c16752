"""Bytes to text: size limit, binary files told apart, encodings, and one form of line ends.

`Page.text` is what every offset refers to, so whatever changes characters happens here, once:
CRLF and CR (also U+0085, U+2028, U+2029, form feed) become LF, control characters other than LF and
tab go, and so do soft hyphens, byte-order marks, zero-width spaces and direction marks.
"""

from __future__ import annotations

import codecs
import re

from aligner.errors import InputError

#: An article is never this big; a bigger file is an archive or a mistake.
MAX_BYTES = 20_000_000

_BOMS = (  # UTF-32 first: its little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_MAGIC = (
    (b"%PDF-", "a PDF file", "save its text first, e.g. with pdftotext"),
    (b"PK\x03\x04", "a zip archive (docx, odt and epub are such)", "unpack it, or save the text as .txt or .html"),
    (b"\x89PNG", "a PNG image", ""),
    (b"\xff\xd8\xff", "a JPEG image", ""),
    (b"GIF8", "a GIF image", ""),
    (b"II*\x00", "a TIFF image", ""),
    (b"MM\x00*", "a TIFF image", ""),
    (b"\x1f\x8b", "a gzip file", "unpack it first (gunzip)"),
    (b"BZh", "a bzip2 file", "unpack it first (bunzip2)"),
    (b"\xfd7zXZ\x00", "an xz file", "unpack it first (unxz)"),
    (b"\x28\xb5\x2f\xfd", "a zstd file", "unpack it first (unzstd)"),
    (b"7z\xbc\xaf", "a 7-zip archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file", "save it as .txt or .html"),
    (b"{\\rtf", "an RTF file", "save it as .txt or .html"),
    (b"SQLite format 3\x00", "an SQLite database", ""),
    (b"PAR1", "a Parquet file", ""),
    (b"\x7fELF", "a program", ""),
    (b"MZ\x90", "a program", ""),
    (b"ID3", "an MP3 file", ""),
    (b"OggS", "an Ogg file", ""),
)

_META = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,200}?encoding)\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})""", re.IGNORECASE
)

# Declared names that browsers read as another encoding (WHATWG); a declaration that is itself readable
# as ASCII cannot be UTF-16, and ISO-8859-1 in the wild is cp1252.
_ALIASES = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254",
    "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8", "utf-32": "utf-8",
}  # fmt: skip
# What a page may declare: encodings of text that keep ASCII (never utf-7, which hides mark-up, nor rot13 and the like).
_DECLARABLE = re.compile(
    r"utf-8|cp12\d\d|cp85[0258]|cp866|iso8859-\d+|koi8-[ru]|mac-roman|gb2312|gbk|gb18030|big5|shift_jis|euc_(?:jp|kr)"
)

_NEWLINES = re.compile("\r\n|[\r\x85\u2028\u2029\x0b\x0c]")
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
    "\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]"
)

# An accented capital inside a word is what Mac or DOS text looks like when it is read as cp1252.
_ODD_CAPITAL = re.compile(r"(?<=[a-zß-ÿ])[À-ÖØ-ÞŠŽŒŸ]")

ENCODING_HINT = "save the file as UTF-8, e.g. iconv -f THE_ENCODING -t utf-8 FILE"


def clean(text: str) -> str:
    """`text` with LF line ends and without control or invisible characters (see the module's docstring)."""
    return _DROPPED.sub("", _NEWLINES.sub("\n", text))


def check_size(size: int) -> None:
    """Raise `InputError` if an input of `size` bytes is too big for an article."""
    if size > MAX_BYTES:
        raise InputError(
            f"too big: {size / 1e6:.0f} MB, the limit for one article is {MAX_BYTES / 1e6:.0f} MB",
            "split it into one file an article",
        )


def decode(data: bytes, charset: str = "") -> str:
    """The text of one article's bytes, cleaned; `InputError` says why when there is none.

    `charset` is what the article came with (an HTTP header); it is believed where the bytes are no UTF-8.
    """
    if not data:
        raise InputError("empty file", "check the download or the export that made it")
    check_size(len(data))
    _refuse_binary(data)
    text = clean(_to_text(data, charset))
    if not text.strip():
        raise InputError("no text: nothing but white space", "check the download or the export that made it")
    return text


def _refuse_binary(data: bytes) -> None:
    """Raise `InputError` if the first bytes are those of a file that is no text."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf\r\n\t ")
    for magic, name, hint in _MAGIC:
        if head.startswith(magic):
            raise InputError(f"not text: this looks like {name}", hint or "pass plain text or HTML")
    if head[:4] == b"RIFF" or data[4:8] == b"ftyp":
        raise InputError("not text: this looks like an image, sound or film", "pass plain text or HTML")


#: A NUL in this many bytes is a slip of whatever wrote the page, as browsers take it; more of them are binary data.
_STRAY = 500


def _to_text(data: bytes, charset: str) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                if encoding == "utf-8-sig":  # a mark in front of something else: look at the rest
                    data = data[len(mark) :]
                    break
                raise InputError(f"broken {encoding} text at byte {error.start}", ENCODING_HINT) from None
    if b"\x00" in data:
        if data.count(b"\x00") * _STRAY > len(data):
            return _without_mark(data)
        data = data.replace(b"\x00", b"")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for declared in (_declarable(charset), declared_encoding(data)):
        if declared and declared != "utf-8":
            try:
                return data.decode(declared)
            except UnicodeDecodeError:
                pass  # a wrong declaration: go on as if there were none
    return _mixed(data)


def declared_encoding(data: bytes) -> str:
    """Python's name of the encoding that HTML or XML bytes declare near their start, or nothing."""
    found = _META.search(data[:4096])
    return _declarable(found[1].decode("ascii")) if found else ""


def _declarable(declared: str) -> str:
    """Python's name of a declared encoding, as browsers understand it; empty if a page may not have it."""
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return ""
    name = _ALIASES.get(name, name)
    return name if _DECLARABLE.fullmatch(name) else ""


def _without_mark(data: bytes) -> str:
    """Text with NUL bytes: UTF-16 without its mark if every second byte says so, else binary."""
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(len(sample) // 2, 1)
    for here, there, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if here > 0.7 * half and there < 0.05 * half:
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                break
    raise InputError("not text: it holds NUL bytes", "pass plain text or HTML in UTF-8")


def _mixed(data: bytes) -> str:
    """Text that is not all UTF-8: what is stays, other bytes are read as cp1252 if that makes sense."""
    foreign: list[str] = []

    def as_cp1252(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        piece = error.object[error.start : error.end].decode("cp1252", "replace")
        foreign.append(piece)
        return piece, error.end

    codecs.register_error("aligner.cp1252", as_cp1252)
    text = data.decode("utf-8", "aligner.cp1252")
    bad = sum(char not in _WESTERN for piece in foreign for char in piece)
    bad += len(_ODD_CAPITAL.findall(text))
    outside = sum(ord(char) > 127 for char in text)
    # A page with a few broken bytes is still a page; text in another alphabet is mostly "broken" bytes.
    if bad <= max(2, 0.0005 * len(text), 0.1 * len(foreign)) and outside <= max(3, 0.25 * len(text)):
        return text
    return _guessed(data)


def _guessed(data: bytes) -> str:
    """Bytes in a rarer Western encoding; `InputError` if they look like nothing Western."""
    from charset_normalizer import from_bytes  # late: needed for rare files only

    # Few and Western candidates: on a short text a free choice lands on any code page at all.
    best = from_bytes(data[:100_000], cp_isolation=["cp1252", "mac_roman", "cp850", "cp1250"]).best()
    if best is not None and _plausible(data, best.encoding):
        return data.decode(best.encoding)
    guess = from_bytes(data[:20_000]).best()
    name = f"; it may be {guess.encoding}" if guess is not None else ""
    raise InputError(f"wrong encoding: neither UTF-8 nor a Western one{name}", ENCODING_HINT)


def _plausible(data: bytes, encoding: str) -> bool:
    """Whether `data` reads as Western text in `encoding`: few accents, all of them letters or punctuation."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    outside = [c for c in text if ord(c) > 127]
    common = sum(c in _WESTERN for c in outside) - len(_ODD_CAPITAL.findall(text))
    # Dutch, French and Czech have under 12 % outside ASCII; Cyrillic or Japanese over 40 %.
    return common >= 0.9 * len(outside) and len(outside) <= max(3, 0.25 * len(text))


#: Letters and marks of Western and Central European text.
_WESTERN = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœšžßðþÀÁÂÄÅÆÇÈÉÊËÍÎÏÑÓÔÖØÚÜŠŽŒ"
    "‘’‚“”„«»‹›–—…•·€£¥§©®™°±²³¼½¾×÷¡¿ªº´¨¹\xa0\xadąćęłńóśźżďěňřťůőűČŘŁŚĐđăâîșțĚŤ"
)
