"""Names and the phrases they stand in: "hoofd van dienst Jan Prins", "his uncle Bob", "the agency".

Rules, no model: runs of capitalised words bound by the small words of surnames, titles and roles before them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aligner.segment.first_names import FIRST_NAMES
from aligner.segment.frames import ADVERBS, BASES, LINKS, PRONOUNS, STOPS, VERBS, WEEKDAYS
from aligner.segment.language_words import LANGUAGES_OF
from aligner.segment.nouns import DETERMINERS, FINITE, is_agent, is_body, is_role
from aligner.segment.people_words import BODIES, HONORIFICS, KINDS, PARTICLES, ROLES, SURNAME_PREPOSITIONS
from aligner.segment.tokens import Tok
from aligner.segment.wordlist import words

_POSSESSIVE = words("his her their its our my zijn haar hun onze ons mijn d'r z'n m'n")
_NO_NOUN = frozenset({"niets", "niemand", "alles", "iets", "iedereen"})  # "volgens haar niets"
#: Words of the role lexicon that only modify the next one: "the former mayor".
_MODIFIERS = words("former acting deputy vice senior junior plaatsvervangend head chief lead")
_ADJECTIVE = re.compile(r"[A-ZÀ-Þ]\w+(?:se|sche|ish|ian|ean|ese|ench|utch|erman|reek|wiss|aanse|oman|ican)$")
#: What may stand before a role, with a hyphen and a capital of its own.
_BEFORE_ROLES = words("oud ex vice co adjunct waarnemend secretary attorney governor director")
_LONGEST = 16  # tokens in a speaker's phrase


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase `tokens[start:end]`; `name` is the range of a name in it (or None), `head` its noun."""

    start: int
    end: int
    name: tuple[int, int] | None = None
    head: str = ""
    pronoun: str = ""  # "m", "f", "p" (plural), "1" (first person), "?" (other), "" if it is none


def name_run(tokens: Sequence[Tok], i: int) -> int:
    """The end of the run of name words that begins at `i` (== i if there is none)."""
    n = len(tokens)
    j = i
    last = i
    if i < n and tokens[i].capital and surname_opens(tokens, i):
        j = i + 2
    while j < n and j - i < _LONGEST:
        token = tokens[j]
        if token.capital and not _calendar(token):
            j += 1
            last = j
            if token.text.endswith(("'s", "’s", "'", "’")) and token.text[-3:-2] != "":
                break  # a genitive ends the run: "Norway's foreign minister"
        elif j > i and surname_opens(tokens, j):
            j += 2
        elif token.text == "&" and j > i and j + 1 < n and tokens[j + 1].capital:
            j += 1  # "Marks & Spencer"
        elif token.low in PARTICLES and token.word and _binds(tokens, j, j > i) and not _surnamed(tokens, i, j):
            j += 1
        else:
            break
    return last


def surname_opens(tokens: Sequence[Tok], j: int) -> bool:
    """Whether a preposition at `j` opens a surname: "in 't Veld", "uit den Bogaard"; with a capital "Aan de Stegge".

    In small letters "aan de" is too often a place behind a first name.
    """
    if j + 2 >= len(tokens) or tokens[j].low not in SURNAME_PREPOSITIONS or not tokens[j + 2].capital:
        return False
    article = tokens[j + 1]
    if article.capital or article.low not in ("'t", "den", "der", "de", "het"):
        return False
    begins = j == 0 or not tokens[j - 1].word
    return not begins if tokens[j].capital else article.low in ("'t", "den", "der") and not begins


def _binds(tokens: Sequence[Tok], j: int, inside: bool) -> bool:
    """Whether the small word at `j` leads to a capitalised word, over other small words."""
    k = j
    while k < len(tokens) and k - j < 3 and tokens[k].low in PARTICLES and not tokens[k].capital:
        k += 1
    if k >= len(tokens) or not tokens[k].capital or _calendar(tokens[k]):
        return False
    word = tokens[j].low
    if word in ("de", "het", "la", "le", "die"):
        return inside
    if word in ("van", "op", "te", "al", "y", "e", "a", "ter", "ten", "af", "do", "da", "los", "el"):
        return inside or word in ("al", "el", "ter", "ten")
    # "’t Was mooi": before a common word the clipped article begins a sentence, not a surname.
    return inside or (word in ("'t", "von", "bin", "d'") and tokens[k].low not in LANGUAGES_OF)


def _surnamed(tokens: Sequence[Tok], i: int, j: int) -> bool:
    """Whether `i:j` is a first name with its surname, so that van at `j` leads to a place: "Karel Maes van Aalst"."""
    if tokens[j].low not in ("van", "of", "te", "uit") or j - i < 2 or tokens[j - 1].low in PARTICLES:
        return False
    last = tokens[j - 1].text
    names = [t for t in tokens[i:j] if t.capital and t.low not in HONORIFICS]
    proper = [t for k, t in enumerate(names) if not _titles(t) or (k and names[k - 1].text in FIRST_NAMES)]
    if proper and proper[0].low in LANGUAGES_OF and proper[0].text not in FIRST_NAMES:
        proper = proper[1:]  # a title that no list knows, at the beginning of the sentence
    return len(proper) >= 2 and last not in FIRST_NAMES and "." not in last


def _calendar(token: Tok) -> bool:
    return token.low in WEEKDAYS and token.low not in ("march", "may", "april", "june", "august")


def phrase(tokens: Sequence[Tok], i: int, *, bare: bool = False, source: bool = False) -> Phrase | None:
    """The speaker's phrase that begins at `i`, or None.

    `bare` admits any noun without a determiner; `source` says that a Dutch clause with its verb first follows
    ("Volgens de bond staan er …").
    """
    n = len(tokens)
    dutch = source and i > 0 and tokens[i - 1].low == "volgens"
    while i < n and tokens[i].word and tokens[i].low in ADVERBS and tokens[i].low not in DETERMINERS:
        i += 1
    if i >= n or not tokens[i].word:
        return None
    pronoun = _pronoun(tokens, i)
    if pronoun:
        end = i + 1
        if end < n and tokens[end].low in ("zelf", "himself", "herself", "themselves"):
            end += 1
        return Phrase(i, end, None, tokens[i].low, pronoun)
    j, head, determined = i, "", False
    if tokens[j].low in DETERMINERS:
        determined = True
        j += 1
        if j < n and tokens[j].low in DETERMINERS:
            j += 1
    while j < n and j - i < _LONGEST and tokens[j].word:
        token = tokens[j]
        run = name_run(tokens, j)
        if run > j and not (j == i and _common_first(tokens, j)):
            genitive = tokens[run - 1].text.endswith(("'s", "’s", "'", "’")) and run < n and tokens[run].word
            if genitive or (run < n and tokens[run].word and not tokens[run].capital and _role_follows(tokens, run)):
                j, determined, head = run, True, ""
                continue
            if run == j + 1 and determined and run < n and _ADJECTIVE.match(token.text) and _noun(tokens[run]):
                j = run  # "de Ghanese gezant"
                continue
            end = _organisation(tokens, run) if determined or is_body(tokens[run - 1].low) else run
            if determined and head and is_body(head) and not is_role(head):
                return Phrase(i, end, None, head)  # "de gemeente Waalwijk", "the charity Oxfam"
            name = trim_titles(tokens, j, run) if end == run else (j, end)
            if name is None:  # only a title: "Premier"
                j, head = run, tokens[run - 1].low
                continue
            return _apposed(tokens, Phrase(i, end, name, head or tokens[end - 1].low))
        low = token.low
        if low in HONORIFICS and j + 1 < n and tokens[j + 1].capital and name_run(tokens, j + 1) > j + 1:
            j += 1
            continue  # "rechter mr. A. de Bruin"
        if token.text[0].isdigit() and not determined and j == i and not _role_follows(tokens, j + 1):
            return None
        if low in LINKS and head:
            behind = _complement(tokens, j + 1)
            if behind is None:
                break
            end = behind
            if end < n and tokens[end].capital and _person(tokens, end):
                j = end
                continue
            return _apposed(tokens, Phrase(i, end, None, head))
        if low in STOPS or low in PRONOUNS["nl"] or (low in PRONOUNS["en"] and head) or (low in ADVERBS and head):
            break
        if head and (low in DETERMINERS or (_verb(low) and not is_role(low) and not _noun_like(tokens, j))):
            break
        if source and head and (low in FINITE or (dutch and not (head.endswith("e") or head[0].isdigit()))):
            break  # in "volgens het stadsbestuur wonen er", adjectives end in -e and the noun does not
        known = _name_behind(tokens, j) if head and is_role(head) and head not in _MODIFIERS else 0
        if known:
            j = known  # "hoogleraar financieel recht Jan Prins"
            continue
        if (
            head
            and head not in _MODIFIERS
            and (is_body(head) or is_role(head))
            and not (is_role(low) or is_body(low))
            and not (j + 1 < n and tokens[j + 1].low in VERBS["en"])
        ):
            break  # a person's or body's noun ends the phrase unless another follows: "de kappersbond staan"
        head = low
        j += 1
    if not head or j == i:
        return None
    if not determined and not (is_role(head) or is_body(head) or (bare and tokens[i].capital)):
        return None
    return _apposed(tokens, Phrase(i, _whence(tokens, i, j, head), None, head))


def _name_behind(tokens: Sequence[Tok], j: int) -> int:
    """Where a first name follows a role and what it is of, in one to three small words; 0 if none does."""
    for k in range(j, min(j + 4, len(tokens))):
        if tokens[k].capital:
            return k if k > j and tokens[k].text in FIRST_NAMES else 0
        if not _noun(tokens[k]):
            return 0
    return 0


def _whence(tokens: Sequence[Tok], i: int, end: int, head: str) -> int:
    """The end of an unnamed person's phrase with where they are from or what they have: "een vrouw uit Assen"."""
    follows = end + 1 < len(tokens) and tokens[end].low in ("uit", "from", "with", "met")
    if not follows or not is_agent(head) or tokens[i].low not in DETERMINERS:
        return end
    behind = _complement(tokens, end + 1)
    small = tokens[end + 1].low in ("the", "de", "het", "a", "an", "een") or tokens[end + 1].capital
    return behind if behind is not None and small and behind - end < 7 else end


def _apposed(tokens: Sequence[Tok], found: Phrase) -> Phrase:
    """`found`, with the name that stands in apposition ("the head of the mission, Ann Bell,")."""
    i = found.end
    if found.name is not None or found.pronoun or i + 1 >= len(tokens) or tokens[i].text != ",":
        return found
    begin = i + 1
    while begin + 1 < len(tokens) and tokens[begin].low in (*HONORIFICS, "the", "de") and not tokens[begin].capital:
        begin += 1
    end = name_run(tokens, begin)
    closed = is_role(found.head) and end < len(tokens) and tokens[end].text == ","  # "his wife, Orla,"
    person = end > begin and (begin > i + 1 or closed or _person(tokens, begin))
    if person and (end >= len(tokens) or not tokens[end].word or tokens[end].low in LINKS):
        return Phrase(found.start, end, trim_titles(tokens, begin, end) or (begin, end), found.head)
    return found


def _pronoun(tokens: Sequence[Tok], i: int) -> str:
    """The kind of pronoun at `i`, or "" if it is none or determines a noun ("her husband")."""
    low = tokens[i].low
    kind = PRONOUNS["nl"].get(low) or PRONOUNS["en"].get(low) or ""
    if not kind or low == "both":
        return ""
    if low in _POSSESSIVE or low in ("die", "deze", "dezelfde"):
        nxt = tokens[i + 1] if i + 1 < len(tokens) else None
        if (
            nxt is None
            or not nxt.word
            or (nxt.low in FINITE | _NO_NOUN and low in ("haar", "zijn"))
            or nxt.low in STOPS
            or nxt.low in ADVERBS
        ):
            return kind
        return ""
    return kind


def _common_first(tokens: Sequence[Tok], i: int) -> bool:
    """Whether the capitalised word at `i` is a common noun or role at the beginning of a sentence."""
    word = tokens[i]
    if word.text.isupper() and len(word.text) > 1:
        return False
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if (word.low in PARTICLES and name_run(tokens, i) > i + 1) or surname_opens(tokens, i):
        return False  # "Van der Prins"
    if is_role(word.low) or word.low in HONORIFICS:
        return True
    if following is not None and following.capital:
        return False
    return word.low in BODIES or (word.low in LANGUAGES_OF and word.text not in FIRST_NAMES)


def _role_follows(tokens: Sequence[Tok], i: int) -> bool:
    """Whether one of the next words (lower case) is a role or body: "NATO chief", "EU foreign minister"."""
    for token in tokens[i : i + 3]:
        small = token.low in STOPS | ADVERBS | DETERMINERS | FINITE | LINKS
        if not token.word or small or token.capital or _verb(token.low):
            return False
        if is_agent(token.low) or is_body(token.low):
            return True
    return False


def _organisation(tokens: Sequence[Tok], end: int) -> int:
    """The end of a body's name that goes on: "Ministry of Health", "Raad van State"."""
    if end + 1 < len(tokens) and tokens[end].low in ("of", "van", "for", "voor", "and", "en"):
        k = end + 1
        while k < len(tokens) and k - end < 4 and tokens[k].low in ("the", "de", "het", "van"):
            k += 1
        run = name_run(tokens, k)
        if run > k and (tokens[end].low not in ("and", "en") or run == k + 1):
            return run
    return end


def _complement(tokens: Sequence[Tok], i: int) -> int | None:
    """The end of the noun phrase behind of/van/for that begins at `i`."""
    j = i
    nouns = 0
    while j < len(tokens) and j - i < 8 and tokens[j].word:
        token = tokens[j]
        run = name_run(tokens, j)
        first = next((k for k in range(j + 1, run - 1) if tokens[k].text in FIRST_NAMES), 0)
        if first and tokens[j].text not in FIRST_NAMES:
            return first  # "schepen van Milieu Griet Maes"
        if run > j and not (_person(tokens, j) and nouns):
            goes_on = tokens[run - 1].text.endswith(("'s", "’s", "'", "’")) or (
                run < len(tokens) and bool(_ADJECTIVE.match(tokens[run - 1].text)) and _noun(tokens[run])
            )
            j = run
            nouns += 1
            if not goes_on:
                return _organisation(tokens, j)
            continue
        if run > j or (
            token.low not in DETERMINERS and (token.low in STOPS or token.low in ADVERBS or token.low in LINKS)
        ):
            break
        if j > i and (token.low in FINITE or (nouns and _verb(token.low))):
            break
        if nouns and is_body(tokens[j - 1].low) and not is_body(token.low) and not token.capital:
            break  # "van de dienst verwijst"
        nouns += token.low not in DETERMINERS
        j += 1
    return j if nouns or j > i else None


def _noun(token: Tok) -> bool:
    """Whether a lower-case word may be a noun here: no small word, no verb that we know."""
    return (
        token.word
        and not token.capital
        and token.low not in STOPS | ADVERBS | LINKS | DETERMINERS | FINITE
        and not _verb(token.low)
    )


def _noun_like(tokens: Sequence[Tok], j: int) -> bool:
    """Whether the verb form at `j` is a noun in a row of nouns: "emergency call handler"."""
    if tokens[j].low not in BASES or j + 1 >= len(tokens):
        return False
    return _noun(tokens[j + 1]) and is_agent(tokens[j + 1].low)


def _verb(low: str) -> bool:
    return low in VERBS["nl"] or low in VERBS["en"]


def _person(tokens: Sequence[Tok], i: int) -> bool:
    """Whether a name of a person seems to begin at `i`: a first name, or two words that are no body."""
    if tokens[i].text in FIRST_NAMES or tokens[i].low in HONORIFICS:
        return True
    end = name_run(tokens, i)
    return (
        end - i >= 2
        and not is_body(tokens[end - 1].low)
        and not any(t.text.isupper() and len(t.text) > 3 for t in tokens[i:end])
    )


def _titles(token: Tok) -> bool:
    """Whether a word of a run of capitals is a role; "Ribberink-Visser" is a surname, "Oud-Minister" is none."""
    first, _, last = token.text.partition("-")
    return is_role(token.low) and not (
        last[:1].isupper() and token.low not in ROLES and first.lower() not in _BEFORE_ROLES
    )


def _compound_body(low: str) -> bool:
    """Whether a word says only what kind of body the name behind it is: "Reizigersvereniging Rover"."""
    return (low not in BODIES and len(low) > 10) or low.endswith(KINDS)


def trim_titles(tokens: Sequence[Tok], i: int, end: int) -> tuple[int, int] | None:
    """The run without titles, roles and bodies in front: "NATO Secretary-General Mark Rutte" → "Mark Rutte"."""
    start = i
    for j in range(i, end):
        low = tokens[j].low
        following = tokens[j + 1].text if j + 1 < end else ""
        if (j == end - 1 and j > i) or (j > start and tokens[j - 1].text in FIRST_NAMES):
            break  # the last word is the surname, even if it is Bakker or Bishop; so is one behind a first name
        if (
            low in HONORIFICS
            or (_titles(tokens[j]) and tokens[j].text not in FIRST_NAMES)
            or (j == i and is_body(low) and end - j == 2 and (tokens[j + 1].text.isupper() or _compound_body(low)))
            or (j == i and end - j >= 2 and len(low) > 7 and low.endswith(KINDS))
            or (j == i and end - j > 2 and len(low) > 7 and is_agent(low) and tokens[j].text not in FIRST_NAMES)
            or (
                following in FIRST_NAMES
                and tokens[j].text not in FIRST_NAMES
                and "." not in tokens[j].text
                and end - j > 2
            )
        ):
            start = j + 1
        else:
            continue
    while (
        start < end
        and tokens[start].low in PARTICLES
        and tokens[start].low in ("of", "van", "de", "het")
        and not tokens[start].capital
    ):
        start += 1
    return (start, end) if start < end else None
