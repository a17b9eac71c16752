"""Whom an article can mean: people, bodies and groups with what is known of each, and where they are mentioned."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(slots=True, eq=False)
class Referent:
    """Somebody, a body or a group of the article; `name` is the full name, or the words at the first mention."""

    name: str
    words: tuple[str, ...]
    gender: str = ""  # m, f, or "" if nothing shows it
    roles: set[str] = field(default_factory=set)  # titles and role nouns that touch the name
    hints: set[str] = field(default_factory=set)  # words of appositions
    traits: set[str] = field(default_factory=set)  # age, place of origin, party
    evidence: float = 0.0  # above zero: a person rather than a place or a body
    first: int = 0  # offset of the first mention
    head: str = ""  # the noun of somebody without a name
    body: bool = False  # a body or document without a name of its own
    plural: bool = False
    ties: list[tuple[str, Referent]] = field(default_factory=list)  # ("wife", her): his wife is she

    @property
    def person(self) -> bool:
        """Whether this is one person, rather than a place, a body or a group."""
        return self.evidence > 0 and not self.body and not self.plural

    @property
    def named(self) -> bool:
        """Whether it has a name, rather than only a noun."""
        return not self.head


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a referent is mentioned: offset, number of the sentence, whether first in it, whether inside a quote."""

    at: int
    sentence: int
    who: Referent
    subject: bool
    quoted: bool = False
    tie: tuple[str, str] | None = None  # possessive and kin before the name: "his wife Ann"


@dataclass(frozen=True, slots=True)
class Run:
    """A capitalised run as found: its words, place and signs of what it names."""

    words: tuple[str, ...]
    text: str
    at: int
    sentence: int
    evidence: float
    gender: str
    roles: tuple[str, ...]
    hints: tuple[str, ...]
    subject: bool
    quoted: bool
    surname: tuple[str, ...] = ()  # borrowed from the name behind "and"
    traits: tuple[str, ...] = ()
    tie: tuple[str, str] | None = None
    shown: str = ""  # the gender of the next pronoun in its sentence, which need not be theirs


#: Endings in -ster that make no feminine of -er (kapster, kapper).
NO_STER = ("minister", "meester", "master", "rrister", "ngster", "forester", "pollster", "mobster", "teamster")


def has_role(roles: set[str], wanted: frozenset[str]) -> bool:
    """Whether one of `roles` is wanted, or ends in a wanted word of some length (oppositieleider, leider)."""
    roles = roles | {masculine(role) for role in roles}
    if not roles.isdisjoint(wanted):
        return True
    return any(len(w) > 4 and any(r.endswith(w) or (w.endswith(r) and len(r) > 4) for r in roles) for w in wanted)


def with_surname(run: Run) -> Run:
    """The run of a first name with the surname that it borrows."""
    text = " ".join([run.text, *run.surname])
    longer = (*run.words, *(w.lower() for w in run.surname))
    return replace(run, words=longer, text=text, evidence=run.evidence + 1)


def absorb(who: Referent, run: Run) -> None:
    """Adds what a run says of the one that it names."""
    # A surname alone may look like a body ("Church"); what speaks against it says nothing of Anna Church.
    who.evidence += run.evidence if len(run.words) >= len(who.words) else max(0.0, run.evidence)
    # "Dragan" is a first name, but no man if she is Mirela Dragan.
    surname = len(run.words) == 1 and len(who.words) > 1 and run.words[0] != who.words[0] and not run.roles
    who.gender = who.gender or ("" if surname else run.gender)
    who.roles.update(run.roles)
    who.hints.update(run.hints)
    who.traits.update(run.traits)
    who.first = min(who.first, run.at)


def masculine(role: str) -> str:
    """The form under which lists and synonyms have a feminine role: bakster, regisseuse, directrice, lerares."""
    for tail, other in (("aakster", "aker"), ("ster", "er"), ("euse", "eur"), ("trice", "teur"), ("ares", "aar")):
        if len(role) > len(tail) + 2 and role.endswith(tail) and not role.endswith(NO_STER):
            return role[: -len(tail)] + other
    return role
