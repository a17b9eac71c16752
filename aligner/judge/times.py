"""Clock times, dates, weekdays, months and decades of both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from aligner.judge.number_values import Reading, Value
from aligner.judge.number_words import EN_ORDINALS, EN_TENS, EN_UNITS, dutch
from aligner.records import Span

_DATA = Path(__file__).parent / "data"
_NAMES = (
    "januari februari maart april mei juni juli augustus september oktober november december",
    "january february march april may june july august september october november december",
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "monday tuesday wednesday thursday friday saturday sunday",
)
_NL_MONTHS, _EN_MONTHS, _NL_DAYS, _EN_DAYS = (names.split() for names in _NAMES)
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


@cache
def _compiled(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns of `data/times.tsv`, in the order in which they claim text; `<PART!>` is a required daypart."""
    nl = lang == "nl"
    part = _PART_NL if nl else _PART_EN
    hours = _HOURS_NL if nl else _HOURS_EN
    parts = {
        "<PART>": part,
        "<PART!>": part[:-1],
        "<HOUR>": rf"(?P<h>{hours}|[01]?\d|2[0-4])",
        "<HOURS>": hours,
        "<MONTHS>": "|".join(_NL_MONTHS if nl else _EN_MONTHS),
        "<DAYS>": "|".join(_NL_DAYS if nl else _EN_DAYS),
        "<DECADES>": "|".join(_NL_DECADES if nl else _EN_DECADES),
    }
    feasts = "|".join(sorted(_FEASTS[lang], key=len, reverse=True))
    found = [("feast", re.compile(rf"\b(?P<feast>{feasts})\b"))]
    for line in (_DATA / "times.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        language, name, pattern = line.split("\t")
        if language == lang:
            for mark, text in parts.items():
                pattern = pattern.replace(mark, text)
            found.append((name, re.compile(pattern)))
    return tuple(found)


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
        month = _month(groups["mon"], lang)
        if lang == "en" and month in {3, 5} and not _is_month(match, text):
            return None
        return Value(Span(match.start("mon"), match.end("mon")), (("month", float(month)),))
    if name in {"date", "date2"}:
        return _date(match, text, lang)
    if name == "decade":
        return _decade(match, lang)
    if name == "minutes":  # of a match, a race, or a clock time that cannot be: never equal to one that can
        minutes = float(groups["h"] or 0) * 60 + float(groups["m"] or groups["m2"] or 0)
        return Value(span, (("clock", 1440 + minutes),), digits=True)
    if name == "lap":
        seconds = float(groups["h"] or 0) * 60 + float(f"{groups['m']}.{groups['hundredths']}")
        return Value(span, (("lap", seconds),), digits=True)
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


def _month(name: str, lang: str) -> int:
    names = _NL_MONTHS if lang == "nl" else _EN_MONTHS
    return names.index(name) + 1 if name in names else [full[:3] for full in names].index(name[:3]) + 1


def _date(match: re.Match[str], text: str, lang: str) -> Value | None:
    month = _month(match["mon"], lang)
    if not text[match.start("mon")].isupper() and lang == "en":
        return None
    day = _day(match["d"], lang)
    if not day or not month:
        return None
    day = min(day, 99)  # a day that cannot be, as a slip of the keys makes it, equals no other
    return Value(Span(match.start(), match.end()), (("date", float(month * 100 + day)),), digits=match["d"].isdecimal())


def _day(text: str, lang: str) -> int:
    if text.isdecimal():
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
    if word.isdecimal():
        return float(word)
    if lang == "nl":
        return 1.0 if word == "een" else (dutch(word) or (None,))[0]
    if word.startswith("twenty-"):
        return 20.0 + EN_UNITS.get(word[7:], 0)
    value = EN_UNITS.get(word, EN_TENS.get(word))
    return None if value is None else float(value)


def bare_clock(text: str) -> list[Reading]:
    """The clock times that `4.30` may stand for."""
    hour, minutes = map(float, text.split("."))
    return [("clock", moment % 1440) for moment in _moments(hour * 60 + minutes, "", hour)]


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
