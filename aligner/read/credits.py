"""Photo credits: found at the end or the beginning of a caption and told from its words.

A credit is made of names and sources (`ANP / Lotte Vermeer`), after a label, a mark or a separator. What
holds a word in lower case that credits do not use is a sentence: "Foto: de minister komt aan" is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from aligner.read.credit_words import AGENCIES, AGENCY_PHRASES, BETWEEN, LABELS, SOURCES
from aligner.records import Span

_LONGEST = 140  # characters of a credit; longer ones seen in the wild are captions in disguise
_LABEL = "(?:" + "|".join(sorted(set(LABELS), key=len, reverse=True)) + ")"
_BY = r"(?:by|of|door|von|par|de|di|por|av|af|van|courtesy of)"
_LABEL_COLON = re.compile(rf"\b{_LABEL}(?:\s+{_BY})?\s*:\s*", re.IGNORECASE)
_UPPER = r"(?-i:[^\W\d_a-zß-ÿ])"  # a capital: a class that leaves out a-z leaves out A-Z too where case is ignored
_LABEL_BY = re.compile(
    rf"\b{_LABEL}\s+{_BY}\s+(?:(?=(?:the|de|het|la|le|der|die)\s+{_UPPER})|(?={_UPPER}|@|©))"
    rf"|\b{_LABEL}\s+(?=©|\(c\))",
    re.IGNORECASE,
)
_LABEL_BARE = re.compile(rf"\b{_LABEL}\s+(?=[^\W\d_]|@)", re.IGNORECASE)
_MARK = re.compile(r"©|\([cC]\)|\bcopyright\b:?|\bCopyright\b", re.IGNORECASE)
_SEPARATOR = re.compile(
    r"\s*(?:[|•·]|(?<!\w)//?(?!/)|(?<=[\w.!?…\"'”’»)])\s/\s|(?<=[.!?…\"'”’»)])\s?/\s?|\s[–—-]{1,2}\s)\s*"
)
_END = re.compile(r"(?:[.!?…][\"'”’»“)\]]*|[\"”’»])\s*$")
_TOKEN = re.compile(r"[^\s/|,;&+()\[\]•·]+")
_SENTENCE_INSIDE = re.compile(r"[a-zß-ÿ]{3}[.!?…][\"'”’»)]*\s+(?:[|/–—-]\s*)?[^\W\d_a-zß-ÿ]|[.!?…][\"'”’»)]*\n")
_HANDLE = re.compile(
    r"@\w+|[\w-]+(?:\.[\w-]+)*\.(?:nl|be|com|org|net|eu|uk|de|fr|news|photo|photos|pictures|images)\b", re.IGNORECASE
)
_INNER_CAPITAL = re.compile(r"[dl]['’][A-ZÀ-Þ]|[a-z]{1,3}[A-ZÀ-Þ]")  # d'Hondt, iStock
_TRIMMED = " \t\n\u00a0–—-|/•·;,"
_PARENTHESIS = re.compile(r"[(\[]([^()\[\]]{2,140}(?:\([^()]{1,60}\)[^()\[\]]{0,60})?)[)\]]\s*\.?\s*$")


@dataclass(frozen=True, slots=True)
class Credit:
    """Where a caption's own words stand and where its credit (None if it has none)."""

    content: Span
    credit: Span | None


def split_credit(text: str) -> tuple[Span, str]:
    """The span of a caption's own words, and its credit as on the page ("" if there is none)."""
    found = find_credit(text)
    return found.content, "" if found.credit is None else found.credit.of(text)


def find_credit(text: str) -> Credit:
    """The credit at the end of `text`, else at its beginning; the content may be empty (a credit alone)."""
    whole = _trim(text, 0, len(text))
    if whole.start == whole.end:
        return Credit(whole, None)
    starts = [start for rule in _RULES for start in rule(text, whole)]
    for start, credit in sorted(starts, key=lambda found: (found[0], found[1])):
        content = _trim_content(text, whole.start, start)
        if credit.start < credit.end:
            return Credit(content, credit)
    return _at_the_start(text, whole) or Credit(whole, None)


def is_credit(text: str) -> bool:
    """Whether `text` is nothing but a photo credit."""
    found = find_credit(text)
    return found.credit is not None and found.content.start == found.content.end


def names_only(text: str) -> bool:
    """Whether `text` holds names and sources only: no word in lower case that a credit would not use."""
    if len(text) > _LONGEST or _SENTENCE_INSIDE.search(text):
        return False
    tokens = _TOKEN.findall(_LABEL_COLON.sub(" ", _MARK.sub(" ", text)))
    names = 0
    for token in tokens:
        bare = token.strip("\"'“”‘’.:")
        lower = bare.lower()
        if not bare or lower in BETWEEN or bare.isdigit():
            continue
        known = lower in SOURCES or lower in AGENCIES or _HANDLE.fullmatch(bare) or _INNER_CAPITAL.match(bare)
        if not (bare[0].isupper() or bare[0].isdigit() or known):
            return False
        names += 1
    return 0 < names <= 16


def has_agency(text: str) -> bool:
    """Whether a known agency or picture desk is named in `text`."""
    lower = text.lower()
    return any(phrase in lower for phrase in AGENCY_PHRASES) or any(
        (token.strip(".:\"'“”‘’").lower() in AGENCIES and not token[:1].islower())
        or token in ("dpa", "anp", "afp", "epa")
        for token in re.findall(r"[^\s/|,;&+()\[\]]+", text)
    )


_Found = tuple[int, Span]  # where the content ends, and the credit


def _tail(text: str, whole: Span, start: int, cut: int) -> list[_Found]:
    """The credit from `start` to the end of the text, with the content ending at `cut`."""
    span = _trim(text, start, whole.end, ends=" \t\n\u00a0/|–—-")
    return [(cut, span)] if span.start < span.end else []


def _after_sentence(text: str, at: int) -> bool:
    """Whether a sentence (or line) ends just before `at`, or the text begins there."""
    before = text[:at]
    return not before.strip() or bool(_END.search(before)) or before.rstrip(" \t").endswith("\n")


def _in_parentheses(text: str, whole: Span) -> list[_Found]:
    match = _PARENTHESIS.search(text, whole.start, whole.end)
    if not match:
        return []
    inner = match[1]
    desk = re.match(rf"((?:{_UPPER}[\w'’.-]*\s+){{1,3}})(?={_LABEL}\s+{_BY}\s)", inner, re.IGNORECASE)
    if desk and names_only(desk[1]):
        inner = inner[desk.end() :]  # "(Express photo by Vik Sen)": the desk's name stands before the label
    labelled = any(pattern.match(inner) for pattern in (_LABEL_COLON, _LABEL_BY, _LABEL_BARE, _MARK))
    named = has_agency(inner)
    # `A sentence. (Name Name/Paper)`: behind a sentence's end names in brackets are a credit, without label or agency
    signed = _after_sentence(text, match.start()) and match.start() > whole.start and _is_signature(inner)
    if not names_only(_without_label(inner)) or not (labelled or named or signed):
        return []
    # `Name Name (REUTERS)` after a sentence: the name belongs to the credit
    before = re.search(r"(?:^|[.!?…][\"'”’»)]*\s+|\n)([^\n.!?…]{3,50}?)\s*$", text[whole.start : match.start()])
    if before and before.start() > 0 and named and not labelled and _is_name(before[1]):
        start = whole.start + before.start(1)
        return [(start, _trim(text, start, whole.end))]
    return [(match.start(), _trim(text, match.start(1), match.end(1)))]


def _is_signature(inner: str) -> bool:
    """Whether words in brackets are a photographer and perhaps a paper: `Gail Porter/The Ledger`."""
    names = [name.split() for name in re.split(r"[/,|]", inner)]
    return 1 <= len(names) <= 3 and all(1 <= len(name) <= 5 for name in names) and len(names[0]) >= 2


def _is_name(text: str) -> bool:
    return names_only(text) and 2 <= len(text.split()) <= 5


def _labelled(text: str, whole: Span) -> list[_Found]:
    found: list[_Found] = []
    for match in _LABEL_COLON.finditer(text, whole.start, whole.end):
        rest = text[match.end() : whole.end]
        if not names_only(rest):
            continue
        # in lower case in mid-sentence ("hij deelde een foto: Rutte") only an agency makes it a credit
        inside = text[match.start()].islower() and not _after_sentence(text, match.start())
        if inside and not has_agency(rest) and not _SEPARATOR.search(text, max(match.start() - 4, 0), match.start()):
            continue
        found += _tail(text, whole, match.start(), match.start())
    for match in _LABEL_BY.finditer(text, whole.start, whole.end):
        rest = text[match.end() : whole.end]
        if names_only(rest) and _after_sentence(text, _before_separator(text, match.start())):
            found += _tail(text, whole, match.start(), match.start())
    for match in _LABEL_BARE.finditer(text, whole.start, whole.end):
        rest = text[match.end() : whole.end]
        first = rest.split()[0] if rest.split() else ""
        own = first[:1].isupper() or first.lower() in AGENCIES
        enough = has_agency(rest) or (2 <= len(rest.split()) <= 6 and match.start() > whole.start)
        placed = text[match.start()].isupper() and _after_sentence(text, _before_separator(text, match.start()))
        if own and enough and placed and names_only(rest):
            found += _tail(text, whole, match.start(), match.start())
    return found


def _marked(text: str, whole: Span) -> list[_Found]:
    found: list[_Found] = []
    for match in _MARK.finditer(text, whole.start, whole.end):
        if names_only(text[match.end() : whole.end]):
            found += _tail(text, whole, match.start(), match.start())
    return found


def _separated(text: str, whole: Span) -> list[_Found]:
    """`… / AFP`, `… | Reuters`, `… — Name / Agency`: the first separator after which only names follow."""
    for match in _SEPARATOR.finditer(text, whole.start, whole.end):
        rest = text[match.end() : whole.end]
        if not rest or not names_only(rest):
            continue
        dash = any(mark in match[0] for mark in "–—-")
        signed = "/" in rest and len(rest.split()) <= 6 and _after_sentence(text, match.start())
        if has_agency(rest) or signed or (not dash and _after_sentence(text, match.start()) and len(rest.split()) <= 8):
            return _tail(text, whole, match.end(), match.start())
        if "nuotr" in rest:
            return _tail(text, whole, match.end(), match.start())
    return []


def _bare(text: str, whole: Span) -> list[_Found]:
    """An agency after the last sentence: `… zei hij. Reuters`, `….ANP / Name`, `… Name Name/AFP`."""
    found: list[_Found] = []
    for match in re.finditer(r"[.!?…][\"'”’»“)]*\s*(?=[^\W\d_])|\n\s*", text[whole.start : whole.end]):
        at = whole.start + match.end()
        rest = text[at : whole.end]
        known = has_agency(rest) and len(rest.split()) <= 12 and _agency_leads_or_ends(rest)
        # `A sentence. E. PRATS / AGENCIAS`: names parted by a slash are no sentence
        signed = re.search(r"\w\s?/\s?[^\W\d_]", rest) is not None and len(rest.split()) <= 8
        if (known or signed) and names_only(rest):
            found += _tail(text, whole, at, at)
            break
    if not found:
        match2 = re.search(
            r"(?<![\w/])(?:REUTERS|AFP|ANP|EPA|AP|BELGA|Reuters|Belga)\s?/\s?[^\W\d_a-z].{2,60}$", text[: whole.end]
        )
        if match2 and names_only(match2[0]):
            found += _tail(text, whole, match2.start(), match2.start())
    if not found and has_agency(text[whole.start : whole.end]) and names_only(text[whole.start : whole.end]):
        alone = text[whole.start : whole.end]
        if len(alone.split()) <= 8 and (_agency_leads_or_ends(alone)) and not _END.search(alone):
            found += _tail(text, whole, whole.start, whole.start)
    return found


def _agency_leads_or_ends(text: str) -> bool:
    """Whether the agency stands at an end of `text` or beside a slash, as it does in credits."""
    parts = [part.strip(" .\"'“”‘’()") for part in re.split(r"[/|,()]|\bvia\b", text)]
    parts = [part for part in parts if part]
    if not parts:
        return False
    words = text.strip(" .").split()
    return any(has_agency(part) and len(part.split()) <= 3 for part in parts) or (
        has_agency(words[-1]) or has_agency(words[0]) or has_agency(" ".join(words[-2:]))
    )


_RULES = (_in_parentheses, _labelled, _marked, _separated, _bare)


def _at_the_start(text: str, whole: Span) -> Credit | None:
    """`Foto: ANP | text`, `© AFP - text`, `Foto: ANP` on a line of its own before the text."""
    head = text[whole.start : whole.start + _LONGEST]
    for match in re.finditer(r"\n|\s[|–—-]\s|\s*\|\s*", head):
        front = head[: match.start()]
        marked = _LABEL_COLON.match(front) or _MARK.match(front)
        if (marked and names_only(_without_label(front))) or (
            match[0].strip() in ("|", "") and has_agency(front) and names_only(front) and _agency_leads_or_ends(front)
        ):
            start = whole.start + match.end()
            return Credit(_trim(text, start, whole.end), _trim(text, whole.start, whole.start + match.start()))
    return None


def _without_label(text: str) -> str:
    for pattern in (_LABEL_COLON, _LABEL_BY, _LABEL_BARE, _MARK):
        match = pattern.match(text)
        if match:
            return text[match.end() :]
    return text


def _before_separator(text: str, at: int) -> int:
    return len(text[:at].rstrip(_TRIMMED))


def _trim(text: str, start: int, end: int, ends: str = " \t\n\u00a0") -> Span:
    while start < end and text[start] in ends:
        start += 1
    while end > start and text[end - 1] in ends:
        end -= 1
    return Span(start, end)


def _trim_content(text: str, start: int, end: int) -> Span:
    """The content without the separators, and the opening bracket, that stood before its credit."""
    span = _trim(text, start, end, _TRIMMED + "(")
    return span if span.start < span.end else Span(start, start)
