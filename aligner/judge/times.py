"""Clock times, dates, weekdays, months and decades of both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from aligner.judge.number_values import Reading, Value
from aligner.judge.number_words import EN_ORDINALS, EN_TENS, EN_UNITS, dutch
from aligner.records import Span

_NL_MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
_EN_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_NL_DAYS = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
_EN_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_HOURS_NL = "een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|twintig"
_HOURS_EN = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty-five|twenty"
_NL_DECADES = {"twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70,
               "tachtig": 80, "negentig": 90}  # fmt: skip
_EN_DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
               "eighties": 80, "nineties": 90}  # fmt: skip
_FEASTS = {
    "nl": {"kerstavond": 1224, "eerste kerstdag": 1225, "tweede kerstdag": 1226, "oudejaarsavond": 1231,
           "oudjaar": 1231, "nieuwjaarsdag": 101, "valentijnsdag": 214, "oudejaarsdag": 1231},
    "en": {"christmas eve": 1224, "christmas day": 1225, "boxing day": 1226, "new year's eve": 1231,
           "new year’s eve": 1231, "new year's day": 101, "new year’s day": 101, "valentine's day": 214},
}  # fmt: skip

_PART_NL = (
    r"(?P<part> (?:'|’)s (?:nachts|ochtends|morgens|middags|avonds)| in de (?:nacht|ochtend|middag|namiddag|avond))?"
)
_PART_EN = r"(?P<part> (?:in the (?:morning|afternoon|evening|early hours|small hours)|at night| ?[ap]\.?m\b\.?))?"


def _patterns_nl() -> dict[str, str]:
    hour = rf"(?P<h>{_HOURS_NL}|[01]?\d|2[0-4])"
    return {
        "clock": rf"(?<![.,:\d])\b(?:(?P<q>kwart|(?:{_HOURS_NL}|\d\d?)(?: minuten)?) (?P<dir>voor|over) )(?P<half>half )?"
        rf"{hour}(?! (?:procent|miljoen|euro|maanden|weken|dagen|mensen)|[.,:]\d)\b(?: uur)?{_PART_NL}",
        "half": rf"\b(?P<half>half) {hour}\b(?: uur)?{_PART_NL}",
        "digital": rf"\b(?P<h>[01]?\d|2[0-4])(?:[.:](?P<m>[0-5]\d)(?: ?uur\b| ?u\b|(?= (?:en|tot|à) [012]?\d[.:][0-5]\d ?u))|:(?P<m2>[0-5]\d)\b(?![:.]\d)|"
        rf" ?u(?:ur )?(?P<m3>[0-5]\d)\b){_PART_NL}",
        "at": rf"\b(?:om|rond|vanaf|sinds) (?P<h>[01]?\d|2[0-4])\.(?P<m>[0-5]\d)\b(?! ?(?:uur|procent|%|euro|miljoen|meter|kilo))"
        rf"{_PART_NL}",
        "whole": rf"\b(?:(?P<at>om|op|omstreeks|rond|vanaf|tegen|sinds|op slag van|klokslag|even na|kort na|kort voor) )"
        rf"{hour} uur(?P<m> dertig| vijftien| \d\d(?!\d))?\b{_PART_NL}",
        "part": rf"\b{hour} uur{_PART_NL[:-1]}",
        "named": r"\b(?P<noon>middernacht|het middaguur)\b",
        "date": rf"\b(?P<d>[0-3]?\d|[a-zë]{{3,20}}(?:de|ste))(?:e|ste|de)? (?P<mon>{'|'.join(_NL_MONTHS)})\b",
        "decade": rf"\bjaren ['‘’]?(?:1[0-9]|20)?(?:(?P<tens>[0-9]0)\b|(?P<word>{'|'.join(_NL_DECADES)})\b)",
        "weekday": rf"\b(?P<day>{'|'.join(_NL_DAYS)})(?:en|s|se|(?:vroeg|na)?(?:ochtend|middag|avond|nacht|morgen)"
        r"(?:en|s)?)?\b",
        "month": rf"\b(?:half|medio|begin|eind)?(?P<mon>{'|'.join(_NL_MONTHS)})(?:s|maand)?\b",
    }


def _patterns_en() -> dict[str, str]:
    hour = rf"(?P<h>{_HOURS_EN}|[01]?\d|2[0-4])"
    months = "|".join(_EN_MONTHS)
    short = r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
    return {
        "meridiem": r"\b(?P<h>1[0-2]|0?\d)(?:[.:](?P<m>[0-5]\d))?(?P<part> ?[ap]\.?m\b\.?|(?= (?:and|to|until) [01]?\d[.:][0-5]\d ?[ap]\.?m\b))",
        "clock": rf"(?<![.,:\d])\b(?P<q>(?:a )?quarter|half|(?:{_HOURS_EN}|\d\d?)(?:[- ]minutes)?)[ -](?P<dir>past|to|after)[ -]"
        rf"{hour}(?! (?:per ?cent|million|days|weeks|years|months|people|%|goals|dollars|euros|pounds|of)|[.,:]\d)\b(?!%){_PART_EN}",
        "digital": rf"\b(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)\b(?![:.]\d)(?: hours)?{_PART_EN}",
        "at": r"\b(?:at|until|till) (?P<h>[01]?\d|2[0-4])\.(?P<m>[0-5]\d)\b"
        rf"(?! ?(?:per|%|euro|dollar|metre|m\b|million|billion|seconds)){_PART_EN}",
        "oclock": rf"\b{hour}(?: |-)?o['’]clock\b{_PART_EN}",
        "part": rf"\b{hour}(?P<part> (?:in the (?:morning|afternoon|evening|early hours|small hours)|at night))\b",
        "named": r"\b(?P<noon>midnight|noon|midday)\b",
        "date": rf"\b(?P<d>[0-3]?\d|[a-z]{{5,12}}(?:st|nd|rd|th))(?:st|nd|rd|th)?(?: of)? (?P<mon>{months}|(?:{short})\b)\b",
        "date2": rf"\b(?P<mon>{months}|(?:{short})\b)\.? (?:the )?(?P<d>[0-3]?\d)(?:st|nd|rd|th)?\b(?!\d|[.,:]\d|%| per)",
        "decade": rf"(?:\b(?:the|early|late|mid|his|her|their)[- ])?(?:['‘’]|\b(?P<c>1[0-9]|20))?(?P<tens>[0-9]0)['’]?s\b|"
        rf"\b(?P<word>{'|'.join(_EN_DECADES)})\b",
        "weekday": rf"\b(?P<day>{'|'.join(_EN_DAYS)})s?\b",
        "month": rf"\b(?P<mon>{months})\b",
    }


@cache
def _compiled(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    patterns = _patterns_nl() if lang == "nl" else _patterns_en()
    feasts = "|".join(sorted(_FEASTS[lang], key=len, reverse=True))
    return (("feast", re.compile(rf"\b(?P<feast>{feasts})\b")), *((k, re.compile(v)) for k, v in patterns.items()))


def find(low: str, text: str, lang: str) -> tuple[list[Value], str]:
    """Values of time in `low` (lower case, same length as `text`), and `low` with them blanked out."""
    found: list[Value] = []
    night = "nacht" in low or "night" in low or "early" in low or "hours" in low
    for name, pattern in _compiled(lang):
        spans: list[Span] = []
        for match in pattern.finditer(low):
            value = _value(name, match, text, lang, night)
            if value is not None:
                found.append(value)
                spans.append(value.span)
        low = blank(low, spans)
    return found, low


def blank(low: str, spans: list[Span]) -> str:
    """`low` with the given stretches (in order, apart) replaced by as many bars, which no pattern reads."""
    pieces, at = [], 0
    for span in spans:
        pieces += [low[at : span.start], "|" * (span.end - span.start)]
        at = span.end
    return "".join(pieces) + low[at:]


def _value(name: str, match: re.Match[str], text: str, lang: str, night: bool) -> Value | None:
    span = Span(match.start(), match.end())
    groups = match.groupdict()
    if name == "feast":
        return Value(span, (("date", float(_FEASTS[lang][groups["feast"]])),), weight=0.5)
    if name == "weekday":
        day = (_NL_DAYS if lang == "nl" else _EN_DAYS).index(groups["day"])
        # Night belongs to two days: `zaterdagnacht` is early on Sunday.
        return Value(span, (("weekday", float(day)),), weight=0.6 if night else 1.0)
    if name == "month":
        month = (_NL_MONTHS if lang == "nl" else _EN_MONTHS).index(groups["mon"]) + 1
        if lang == "en" and month in {3, 5} and not _is_month(match, text):
            return None
        return Value(Span(match.start("mon"), match.end("mon")), (("month", float(month)),))
    if name in {"date", "date2"}:
        return _date(match, text, lang)
    if name == "decade":
        return _decade(match, lang)
    readings = _clock(groups, lang)
    if name == "part" and not groups.get("part"):
        return None
    return Value(span, readings, weight=1.0) if readings else None


def _is_month(match: re.Match[str], text: str) -> bool:
    """`May` and `March` are months with a capital, unless they open a sentence or follow a first name."""
    if not text[match.start()].isupper():
        return False
    before = text[max(0, match.start() - 30) : match.start()].split()
    return bool(before) and before[-1][-1] not in '.!?:"“”‘’' and not before[-1][:1].isupper()


def _date(match: re.Match[str], text: str, lang: str) -> Value | None:
    name = match["mon"]
    months = _NL_MONTHS if lang == "nl" else _EN_MONTHS
    month = next((at + 1 for at, full in enumerate(months) if full.startswith(name[:3])), 0)
    if lang == "nl" and name == "maart":
        month = 3
    if not text[match.start("mon")].isupper() and lang == "en":
        return None
    day = _day(match["d"], lang)
    if not 1 <= day <= 31 or not month:
        return None
    return Value(Span(match.start(), match.end()), (("date", float(month * 100 + day)),), digits=match["d"].isdigit())


def _day(text: str, lang: str) -> int:
    if text.isdigit():
        return int(text)
    if lang == "nl":
        parsed = dutch(text)
        return int(parsed[0]) if parsed and parsed[1] == "ordinal" else 0
    return EN_ORDINALS.get(text, 0)


def _decade(match: re.Match[str], lang: str) -> Value:
    span = Span(match.start(), match.end())
    tens = match["tens"]
    word = match["word"]
    amount = float(tens) if tens else float((_NL_DECADES if lang == "nl" else _EN_DECADES)[word])
    readings: list[Reading] = [("decade", amount)]
    if lang == "en" and tens == "00" and match["c"]:
        readings.append(("century", float(match["c"]) + 1))
    return Value(span, tuple(readings), weight=0.9)


def _number(text: str, lang: str) -> float | None:
    word = text.replace("minuten", "").replace("minutes", "").strip(" -")
    if word.isdigit():
        return float(word)
    if lang == "nl":
        return 1.0 if word == "een" else (dutch(word) or (None,))[0]
    if word.startswith("twenty-"):
        return 20.0 + EN_UNITS.get(word[7:], 0)
    value = EN_UNITS.get(word, EN_TENS.get(word))
    return None if value is None else float(value)


def _clock(groups: dict[str, str | None], lang: str) -> tuple[Reading, ...]:
    noon = groups.get("noon")
    if noon:
        return (("clock", 720.0 if "mid" not in noon or noon in {"het middaguur", "midday"} else 0.0),)
    hour = _number(groups.get("h") or "", lang)
    if hour is None:
        return ()
    spoken = (groups.get("m") or groups.get("m2") or groups.get("m3") or "0").strip()
    minutes = float(spoken) if spoken.isdecimal() else 30.0 if spoken == "dertig" else 15.0
    at = hour * 60 + minutes
    if groups.get("half"):
        at -= 30
    quarter = groups.get("q")
    if quarter:
        shift = 15.0 if "quarter" in quarter or quarter == "kwart" else 30.0 if quarter == "half" else None
        shift = _number(quarter, lang) if shift is None else shift
        if shift is None:
            return ()
        at += -shift if groups.get("dir") in {"voor", "to"} else shift
    return tuple(("clock", moment % 1440) for moment in _moments(at % 1440, groups.get("part") or "", hour))


def _moments(at: float, part: str, hour: float) -> Iterator[float]:
    morning = at % 720
    if hour > 12:
        yield at
    elif not part:
        yield morning
        yield morning + 720
    elif "middag" in part or "afternoon" in part or "avond" in part:
        yield morning + 720
    elif any(word in part for word in ("nacht", "night", "early", "small")):
        yield morning if morning < 360 else morning + 720
    elif any(word in part for word in ("ochtend", "morgen", "morning", "a.m", "am")):
        yield morning
    else:
        yield morning + 720
