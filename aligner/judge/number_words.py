"""Number words of both languages: `tweeëntwintig`, `honderdtwintigduizend`, `thirty-five`, `a hundred and ten`."""

from __future__ import annotations

from functools import lru_cache

_NL_UNITS = {"een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9}
_NL_TEENS = {
    "tien": 10, "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16,
    "zeventien": 17, "achttien": 18, "negentien": 19,
}  # fmt: skip
_NL_TENS = {
    "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80,
    "negentig": 90,
}  # fmt: skip
_LONGEST_FIRST = sorted({**_NL_TEENS, **_NL_TENS}.items(), key=lambda item: -len(item[0]))

EN_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "nil": 0,
}  # fmt: skip
EN_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
EN_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
    "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90,
    "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_NL_ODD_ORDINALS = {"eerste": 1, "derde": 3}

#: Words that multiply the number before them. Dutch `biljoen` is 10^12, English `billion` 10^9.
NL_SCALES = {
    "honderd": 1e2,
    "duizend": 1e3,
    "miljoen": 1e6,
    "mln": 1e6,
    "miljard": 1e9,
    "mld": 1e9,
    "biljoen": 1e12,
    "dozijn": 12.0,
}
EN_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "mln": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12,
    "tn": 1e12, "dozen": 12.0,
}  # fmt: skip

#: Endings a Dutch number word may carry, and what they make of it. Anything else is another word
#: (`achteraf`, `eenheid`, `elftal`, `viering`).
_NL_SUFFIXES = {
    "": "cardinal", "de": "ordinal", "ste": "ordinal", "den": "ordinal", "sten": "ordinal",
    "jarig": "year", "jarige": "year", "jarigen": "year", "jaars": "year",
    "daags": "day", "daagse": "day", "weeks": "week", "weekse": "week", "maands": "month", "maandse": "month",
    "uurs": "hour", "urig": "hour", "urige": "hour",
    "tal": "about", "maal": "times", "voud": "times", "voudig": "times", "voudige": "times", "dubbel": "times",
    "dubbele": "times", "koppig": "cardinal", "koppige": "cardinal", "persoons": "cardinal",
    "procents": "percent", "delig": "cardinal", "delige": "cardinal", "tallen": "",
    "kamer": "cardinal", "hoofdig": "cardinal", "hoofdige": "cardinal", "baans": "cardinal", "deurs": "cardinal",
    "sterren": "cardinal", "euro": "cardinal", "plus": "cardinal", "plusser": "cardinal", "plussers": "cardinal",
    "en": "cardinal", "eeuws": "century", "eeuwse": "century", "ers": "", "er": "",
}  # fmt: skip


def plain(word: str) -> str:
    """Lower-case letters without the accents that Dutch number words carry (`één`, `tweeëntwintig`)."""
    return word.replace("ë", "e").replace("é", "e").replace("è", "e")


@lru_cache(maxsize=4096)
def dutch(word: str) -> tuple[float, str] | None:
    """Value and use (`cardinal`, `ordinal`, `year`, `times`, …) of one lower-case Dutch word, None if no number.

    `een` counts only with its accents: as an article it is no number.
    """
    text = plain(word)
    if len(text) < 3 or len(text) > 60 or text in {"een", "achter", "achten", "eens", "elftal", "vieren", "zessen"}:
        return (1.0, "cardinal") if word in {"één", "éen", "eén"} else None
    if text in _NL_ODD_ORDINALS:
        return float(_NL_ODD_ORDINALS[text]), "ordinal"
    for scale, size in (("miljoen", 1e6), ("miljard", 1e9), ("biljoen", 1e12)):
        if text == scale + "ste":
            return size, "ordinal"
    value, end = _thousands(text)
    if value is None:
        return None
    rest = text[end:]
    if value == 3 and rest == "de":
        return 3.0, "ordinal"
    if rest in {"uizend"}:
        return None
    use = _NL_SUFFIXES.get(rest)
    if use is None and rest.startswith("en") and rest[2:] in _NL_ODD_ORDINALS:  # honderdeneerste
        return value + _NL_ODD_ORDINALS[rest[2:]], "ordinal"
    if not use or (text.startswith("een") and value == 1):
        return None
    if rest == "en" and value > 12:
        return None
    return float(value), use


def _thousands(text: str) -> tuple[int | None, int]:
    head, at = _hundreds(text, 0)
    if text.startswith("duizend", at):
        at += len("duizend")
        tail, end = _hundreds(text, at + 2 if text.startswith("en", at) else at)
        base = (head or 1) * 1000
        return (base, at) if tail is None else (base + tail, end)
    return head, at


def _hundreds(text: str, start: int) -> tuple[int | None, int]:
    head, at = _tens(text, start)
    if text.startswith("honderd", at):
        at += len("honderd")
        tail, end = _tens(text, at + 2 if text.startswith("en", at) else at)
        base = (head or 1) * 100
        return (base, at) if tail is None else (base + tail, end)
    return head, at


def _tens(text: str, start: int) -> tuple[int | None, int]:
    for word, value in _LONGEST_FIRST:
        if text.startswith(word, start):
            return value, start + len(word)
    for word, value in _NL_UNITS.items():
        if text.startswith(word, start):
            at = start + len(word)
            if text.startswith("en", at):
                for tens, more in _NL_TENS.items():
                    if text.startswith(tens, at + 2):
                        return value + more, at + 2 + len(tens)
            return value, at
    return None, start


@lru_cache(maxsize=4096)
def english(words: tuple[str, ...]) -> tuple[float, int, str] | None:
    """Value, words used and use of the number that opens `words` (lower case, hyphens split), None if none.

    `twenty two`, `a hundred and five`, `two and a half million`, `twenty first` (an ordinal), `half a million`.
    """
    total, current, at, seen, use = 0.0, 0.0, 0, False, "cardinal"
    last = 0.0
    while at < len(words) and at < 12:
        word = words[at]
        if word in {"a", "an"} and not seen and at + 1 < len(words) and words[at + 1] in EN_SCALES:
            current, seen, last = 1.0, True, 1.0
        elif word in EN_UNITS or word in EN_TENS:
            value = float(EN_UNITS.get(word, EN_TENS.get(word, 0)))
            if seen and not (last >= 100 or (last in EN_TENS.values() and 0 < value < 10)):
                break
            current, seen, last = current + value, True, value
        elif word in EN_SCALES and (seen or word in {"hundred", "thousand"}):
            scale = EN_SCALES[word]
            if not current and total:  # a thousand million
                current, total = total, 0.0
            current = (current or 1.0) * scale
            if scale > 100 or word == "dozen":
                total, current = total + current, 0.0
            seen, last = True, scale
        elif word in EN_ORDINALS and seen and EN_ORDINALS[word] < 100 and last in {*EN_TENS.values(), 100.0, 1000.0}:
            return total + current + EN_ORDINALS[word], at + 1, "ordinal"
        elif word == "and" and seen and words[at + 1 : at + 3] == ("a", "half"):
            current, last = current + 0.5, 0.5
            at += 3
            if at < len(words) and words[at] in EN_SCALES:
                continue
            return total + current, at, use
        elif word == "and" and last >= 100 and at + 1 < len(words) and words[at + 1] in {**EN_UNITS, **EN_TENS}:
            pass
        else:
            break
        at += 1
    if not seen:
        if words and words[0] in EN_ORDINALS:
            return float(EN_ORDINALS[words[0]]), 1, "ordinal"
        return None
    return total + current, at, use
