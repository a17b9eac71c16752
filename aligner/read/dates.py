"""Lines that are no text of the article: when, who, and where to read on; of Dutch, English and neighbouring news."""

from __future__ import annotations

import re

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january januari jan januar janvier enero gennaio",
            "february februari feb februar février febrero febbraio",
            "march maart mar mrt märz mars marzo", "april apr avril abril aprile", "may mei mai mayo maggio",
            "june juni jun juin junio giugno", "july juli jul juillet julio luglio",
            "august augustus aug août agosto", "september sep sept septembre septiembre settembre",
            "october oktober oct okt octobre octubre ottobre", "november nov novembre noviembre",
            "december dec dezember dez décembre diciembre dicembre",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun|"
    r"(?:maan|dins|woens|donder|vrij|zater|zon)dag|ma|di|wo|do|vr|za|zo|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\.?"
)
_DATE = (
    rf"(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th|e|er|\.)?\s+(?:of\s+|de\s+)?(?P<m1>{_MONTH})(?:,?\s+(?:de\s+)?(?P<y1>\d{{4}}))?"
    rf"|(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y2>\d{{4}}))?"
    r"|(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2})"
    r"|(?P<d4>\d{1,2})[-/.](?P<m4>\d{1,2})[-/.](?P<y4>\d{4}|\d{2}))"
)
_CLOCK = r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*(?:uur|u\b\.?|h|[ap]\.?m\.?))?|\d{1,2}\s*(?:uur|[ap]\.?m\.?)"
_TIME = rf"(?:{_CLOCK})(?:\s*(?:CES?T|GMT|UTC|BST|E[SD]?T|[+-]\d{{2}}:?\d{{2}}))?"
_SAID = (
    r"(?:laatst\s+|last\s+)?(?:gepubliceerd|geplaatst|bijgewerkt|gewijzigd|aangepast|update[dt]?|geüpdatet|published|posted|modified|"
    r"first published|veröffentlicht|publié|datum|date)(?:\s+(?:op|on|at|le|am|om))?\s*:?"
)
_READING = r"(?:leestijd:?\s*)?\d+\s*(?:min(?:uten|utes|uut|ute)?\.?)(?:\s*(?:read|leestijd|lezen))?"
# Possessive, and blanks alone between the words: a hyphen that may end a word or part two is tried both ways.
_PLACE = r"[A-ZÀ-Þ][\w'’.-]++(?: (?:[a-z]{2,3}[ -])?[A-ZÀ-Þ][\w'’.-]++){0,3}"
_PART = (
    rf"(?:(?i:{_SAID})\s*)?(?:(?i:{_DAY}),?\s+)?(?i:{_DATE})(?:\s*[,|·•–—@-]?\s*(?i:(?:om|at|um|à|,)\s+)?(?i:{_TIME}))?"
)
_UNNAMED = re.sub(r"[?]P<[a-z0-9]+>", "?:", _PART)
_DATE_LINE = re.compile(
    rf"(?:{_PLACE}\s*(?:,|–|—|-|\|)\s*)?{_PART}"
    rf"(?:\s*[,|·•–—(-]?\s*(?:{_UNNAMED}|(?i:{_READING}))\)?){{0,3}}\s*\.?"
)
_RECENT = r"(?:vandaag|today|gisteren|yesterday)\b.{0,20}"
_SHORT_DATE = re.compile(rf"(?i:{_SAID})\s*(?:(?i:{_DAY}),?\s*)?(?i:{_RECENT}|{_TIME})")

_STAFF = re.compile(
    r"(?:(?:van|door|from|by)\s+)?(?:onze|our)\s+(?:eigen\s+)?(?:\w+\s+)?(?:(?:economie|sport|buitenland|binnenland|web)?redactie|"
    r"verslaggever|verslaggeefster|correspondente?|redacteur|reporter|staff|medewerker|newsroom)s?\b(?P<more>.{0,60})",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:door|by|von|par|tekst|text|auteur|author|words)\s*:?\s+(?P<who>\S.{1,100})", re.IGNORECASE)
_PARTICLES = frozenset(
    [
        "van", "de", "der", "den", "het", "in", "en", "and", "von", "zu", "du", "la", "le", "te", "ter", "ten", "'t",
        "’t", "op", "at", "of", "el", "al", "bin", "da", "dos", "y", "und", "et", "onze", "our", "for", "voor", "uit",
        "from", "om",
    ]
)  # fmt: skip
_BY_NOUNS = re.compile(
    r"redacti\w*|verslag\w+|correspondent\w*|redacteur\w*|reporter\w*|staff|editor\w*|writer|desk|minuten|min|read|leestijd|uur|"
    r"economie|sport|binnenland|buitenland|politie[kf]\w*|medewerkers?|freelance\w*|journalist\w*",
    re.IGNORECASE,
)


#: The beginning of a line that points to another article. With a colon, or the whole line: "Lees ook de brief" is text.
POINTER = re.compile(
    r"(?:lees (?:ook|verder|meer)|bekijk ook|luister ook|zie ook|meer over|read (?:more|also|next)|also read|see also|"
    r"related(?: articles?| stor(?:y|ies))?|more on this(?: story)?|lire aussi|à lire(?: aussi)?|"
    r"lesen sie (?:auch|mehr)|mehr zum thema|auch interessant|leggi anche|(?:lee|lea) también|te puede interesar|"
    r"ver también|leia (?:também|mais)|"
    r"czytaj (?:także|też|również)|zobacz (?:także|też|również)|les også|læs også|läs också|lue myös|čtěte také)"
    r"(?:\s*(?:[:|–»>]|$)|\s+-\s)",
    re.IGNORECASE,
)


def is_date_line(line: str) -> bool:
    """Whether the whole line says nothing but when (and where): "Gent, 6 juni", "Updated 5 March 2024, 14:30"."""
    if len(line) > 120:
        return False
    return bool(_DATE_LINE.fullmatch(line) or _SHORT_DATE.fullmatch(line))


def iso_date(line: str) -> str:
    """The first date in `line` as YYYY-MM-DD; empty if there is none or it names no year."""
    for match in re.finditer(rf"(?<![\w-])(?i:{_DATE})(?!\w)", line[:300]):
        for year, month, day in (("y1", "m1", "d1"), ("y2", "m2", "d2"), ("y3", "m3", "d3"), ("y4", "m4", "d4")):
            if match[day] and match[year]:
                number = int(match[month]) if match[month].isdigit() else _MONTHS[match[month].lower().rstrip(".")]
                if 1 <= number <= 12 and 1 <= int(match[day]) <= 31:
                    century = "20" if len(match[year]) == 2 else ""
                    return f"{century}{match[year]}-{number:02d}-{int(match[day]):02d}"
    return ""


def is_byline(line: str) -> bool:
    """Whether the line names the author: "By Anna Pieters", "Van onze redactie economie", "Door X | 3 mei"."""
    if len(line) > 130 or line.endswith(("!", "?", "”", '"')):
        return False
    staff = _STAFF.fullmatch(line)
    if staff:
        return not staff["more"].strip() or _all_names("X " + staff["more"])
    match = _BY.fullmatch(line)
    if match:
        return _all_names(match["who"])
    return bool(re.search(r"\s[–—|-]\s", line)) and _name_and_date(line)


def _name_and_date(line: str) -> bool:
    """`Rik Janssens, Gent – 18 juni 2023`: a name of two words or more, then a date."""
    parts = [part for part in re.split(r"\s+[–—|-]\s+", line) if part]
    return len(parts) >= 2 and is_date_line(parts[-1]) and len(parts[0].split()) >= 2 and _all_names(parts[0])


def _all_names(text: str) -> bool:
    """Whether `text` holds names, dates and the words between them only."""
    text = re.sub(rf"(?i:{_DAY},?\s+)?(?i:{_DATE})|(?i:{_TIME})", " ", text)
    words = [word.strip(".,;:()") for word in text.split()]
    words = [word for word in words if word and word not in ("|", "-", "–", "—", "·", "&")]
    if not words or len(words) > 14:
        return False
    for word in words:
        if not (
            word[0].isupper()
            or word.lower() in _PARTICLES
            or word.isdigit()
            or _BY_NOUNS.fullmatch(word)
            or "@" in word
        ):
            return False
    return any(word[0].isupper() for word in words)
