"""What stands around a name: role words before it, the apposition behind it, and the gender they show."""

from __future__ import annotations

from collections.abc import Sequence

from aligner.segment import nouns
from aligner.segment.first_names import FIRST_NAMES
from aligner.segment.frames import ADVERBS, FIRST_IN_SENTENCE, LINKS, PRONOUNS, STOPS, VERBS
from aligner.segment.language_words import LANGUAGES_OF
from aligner.segment.names import surname_opens
from aligner.segment.people import NO_STER
from aligner.segment.people_words import FEMALE_ROLES, HONORIFICS, MALE_ROLES
from aligner.segment.relations import KIN, PEERS, POSSESSIVES
from aligner.segment.tokens import Tok

_AFTER_WILL = frozenset("there the he she it they we you this that this i de het hij zij ze er is we".split())
HAD = frozenset("had has have is was were will would can could may might must should did does".split())
_DETERMINED = frozenset("the a an his her its their de het een zijn haar hun".split())
_APPOSITION = 14  # tokens after a name in which its role is looked for


def plain(word: str) -> str:
    """A name word without genitive."""
    for tail in ("'s", "’s", "'", "’"):
        if word.endswith(tail) and len(word) > len(tail) + 1:
            return word[: -len(tail)]
    return word


def common_word(tokens: Sequence[Tok], i: int, end: int) -> bool:
    """Whether the first word of a sentence is no part of the name behind it: "But Cole", "Buurvrouw Saskia"."""
    word = tokens[i]
    following = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if word.low in ("will", "may", "mark", "dan", "jan") and following in _AFTER_WILL and word.low in LANGUAGES_OF:
        return True  # "Will there be …", not the man
    if word.text in FIRST_NAMES or (word.text.isupper() and len(word.text) > 1):
        return False
    low = word.low
    if low in ("van", "den", "der", "ter", "ten", "von", "el", "al") and i + 1 < end:
        return False  # "Van der Prins"; "De Prins" is found by its last word
    if surname_opens(tokens, i):
        return False
    return (
        low in LANGUAGES_OF
        or low in FIRST_IN_SENTENCE
        or (low.endswith("ly") and len(low) > 5)
        or low in PRONOUNS["nl"]
        or low in PRONOUNS["en"]
        or (i + 1 == end and (low in VERBS["nl"] or low in VERBS["en"]))
    )


def roles_before(tokens: Sequence[Tok], i: int) -> tuple[list[str], str]:
    """The lower-case words right before a name that say who it is, and the gender they show."""
    words: list[str] = []
    gender = ""
    j = i - 1
    while j >= 0 and i - j <= 6 and tokens[j].word and not tokens[j].capital:
        low = tokens[j].low
        if low in ("van", "of", "for", "bij", "voor"):
            words.append(low)
        elif low in ("her", "his", "haar", "zijn", "the", "de", "het", "a", "an", "een", "hun", "their"):
            break
        elif _title(low) or j < i - 1 or tokens[j - 1].low in ("van", "of"):
            words.append(low)
        else:
            break
        j -= 1
    # In small letters mr. is a Dutch lawyer's title, of no gender, like drs.
    words = ["drs." if w in ("mr", "mr.") else w for w in words]
    direct = [w for w in words if _title(w)]
    # The role must touch the name, or be tied to it by van/of ("hoofd van dienst Jan Prins").
    if i and direct and not _title(tokens[i - 1].low):
        linked = i >= 3 and tokens[i - 2].low in ("van", "of") and nouns.is_role(tokens[i - 3].low)
        direct = [tokens[i - 3].low] if linked else []
    gender = gender_of_words(direct)
    return direct, gender


def _title(low: str) -> bool:
    """Whether a lower-case word right before a name says who it is."""
    return low in HONORIFICS or nouns.is_role(low) or (nouns.is_agent(low) and low not in STOPS | ADVERBS | LINKS)


def apposition(tokens: Sequence[Tok], end: int) -> list[str]:
    """Words of the apposition behind a name: ", who runs the shop,", ", voorzitter van de raad,"."""
    if end + 1 >= len(tokens) or tokens[end].text not in (",", "("):
        return []
    found: list[str] = []
    for token in tokens[end + 1 : end + 1 + _APPOSITION]:
        if token.text in ",.;:!?)" or token.text in '"“„':
            break
        if token.word and not token.capital and len(token.low) > 2:
            if not found and (
                token.low in nouns.FINITE or token.low in HAD or token.low in VERBS["en"] or token.low in VERBS["nl"]
            ):
                break
            found.append(token.low)
    return [w for w in found if w not in LANGUAGES_OF or nouns.is_role(w)]


def apposed_to(tokens: Sequence[Tok], i: int) -> list[str]:
    """The noun before the comma that a name explains: "De baas van de haven, Jan Prins, …"."""
    if i < 3 or tokens[i - 1].text != ",":
        return []
    for j in range(i - 2, max(-1, i - 12), -1):
        if not tokens[j].word:
            return []
        if tokens[j].low in _DETERMINED and (j == 0 or not tokens[j - 1].word):
            return [t.low for t in tokens[j + 1 : j + 4] if not t.capital and t.low not in LANGUAGES_OF]
    return []


def traits(tokens: Sequence[Tok], i: int, start: int, end: int) -> tuple[str, ...]:
    """Age, origin and party at a name (titles `i:start`, then `start:end`): "(43)", "from Leeds", "(VVD)"."""
    found = []
    behind = tokens[end : end + 3]
    if len(behind) > 1 and behind[0].text in (",", "(") and behind[1].text.isdigit():
        found.append(behind[1].text)
    elif (len(behind) == 3 and behind[0].text == "(" and behind[2].text == ")" and behind[1].word) or (
        len(behind) > 1 and behind[0].low in ("uit", "from", "van") and behind[1].capital
    ):
        found.append(behind[1].low)
    found += [t.low for t in tokens[i:start] if nouns.origin(t.text)]
    for k in range(i - 1, max(-1, i - 5), -1):
        if not tokens[k].word or tokens[k].capital:
            break
        if tokens[k].low.endswith(("jarige", "year-old")):
            found.append(tokens[k].low.split("-")[0])
    return tuple(found)


def gender_behind(tokens: Sequence[Tok], end: int) -> str:
    """The gender of the first pronoun behind a name, before anybody else is named: "Bell, reached at his home"."""
    for token in tokens[end : end + 10]:
        if token.capital or token.text in ".;:!?" or token.text in '"“„‘':
            return ""
        kind = PRONOUNS["en"].get(token.low, "") or PRONOUNS["nl"].get(token.low, "")
        if token.low in ("his", "he", "her", "she", "hij", "zij", "haar"):
            return kind or "m"
    return ""


def tie_before(tokens: Sequence[Tok], i: int) -> tuple[str, str] | None:
    """Possessive and kin before the name at `i`: "his wife Ann", "haar broer en vennoot Jan"; also "his wife, Ann,"."""
    k = i - 1
    while k > i - 3 and k > 0 and tokens[k].low in (",", "de", "het", "the"):
        k -= 1
    for j in range(k, max(-1, k - 5), -1):
        if not tokens[j].word or tokens[j].capital:
            return None
        if tokens[j].low in POSSESSIVES:
            kin = next((t.low for t in tokens[j + 1 : i] if t.low in KIN | PEERS or nouns.is_agent(t.low)), None)
            return (tokens[j].low, kin) if kin else None
    return None


def gender_of_words(words: Sequence[str]) -> str:
    """The gender that role words show, or ""."""
    for word in words:
        last = word.rsplit("-", 1)[-1]
        if HONORIFICS.get(word):
            return HONORIFICS[word]
        ster = last.endswith("ster") and not last.endswith(NO_STER)
        if last in FEMALE_ROLES or (len(last) > 6 and (ster or last.endswith(("vrouw", "woman", "trice")))):
            return "f"
        if last in MALE_ROLES or (len(last) > 6 and last.endswith(("sman", "spokesman", "chairman"))):
            return "m"
    return ""


def first_gender(word: str) -> str:
    """The gender of a first name, from the list or, weakly, from its ending."""
    if word in FIRST_NAMES:
        return FIRST_NAMES[word]
    first = word.split("-")[0]
    return FIRST_NAMES.get(first, "")


def lowered(phrase: str) -> str:
    """`phrase` with white space folded and a capital that only the sentence gave it taken back."""
    phrase = " ".join(phrase.split())
    first, _, rest = phrase.partition(" ")
    low = first.lower()
    common = low in nouns.DETERMINERS or nouns.is_role(low) or nouns.is_body(low)
    if common and not (first.isupper() and len(first) > 1):
        return f"{low} {rest}".rstrip()
    return phrase
