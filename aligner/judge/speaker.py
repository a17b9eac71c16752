"""Speakers: do both sides put the words into the same mouth?"""

from __future__ import annotations

import re
import unicodedata

from aligner.records import Finding, Kind, Pair

#: Two people at the cues of one quote is no matter of degree: the attribution is wrong on one side.
CERTAIN = 0.95

_PARTICLES = frozenset("van von de den der het 't te ten ter la le di da du des op in 's and en of the".split())


def compare(pair: Pair) -> list[Finding]:
    """A `speaker` finding if the resolved speakers of a pair cannot be the same; nothing if one is unknown."""
    if not pair.nl_speaker or not pair.en_speaker or same_speaker(pair.nl_speaker, pair.en_speaker):
        return []
    return [
        Finding(
            Kind.SPEAKER,
            CERTAIN,
            None,
            None,
            f"The Dutch attributes this to {pair.nl_speaker}, the English to {pair.en_speaker}.",
            "critical",
        )
    ]


def same_speaker(a: str, b: str) -> bool:
    """Whether two resolved names can be one person or body: equal, or the shorter's words all in the longer.

    A collective named in the two languages (`de politie`, `the police`) cannot be told by its letters:
    without a capital on either side the answer is yes.
    """
    names = [name_words(name) for name in (a, b)]
    if not all(names):
        return True
    if not any(char.isupper() for char in a) or not any(char.isupper() for char in b):
        return True
    short, long = sorted(names, key=len)
    return set(short) <= set(long)


def name_words(name: str) -> list[str]:
    """The words of a name that tell people apart: without accents, capitals and particles."""
    bare = unicodedata.normalize("NFKD", name.casefold().replace("’", "'"))
    letters = "".join(char for char in bare if not unicodedata.combining(char))
    return [word for word in re.findall(r"[\w'-]+", letters) if word not in _PARTICLES]
