"""People and bodies of an article as the cast keeps them, and the runs of capitals that they are gathered from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(slots=True, eq=False)
class Person:
    """Somebody (or a body) of the article."""

    name: str
    words: tuple[str, ...]
    gender: str = ""
    roles: set[str] = field(default_factory=set)
    hints: set[str] = field(default_factory=set)
    evidence: float = 0.0
    first: int = 0

    @property
    def person(self) -> bool:
        """Whether this is somebody, rather than a place or a body."""
        return self.evidence > 0


@dataclass(frozen=True, slots=True)
class Mention:
    """Where somebody is named: position, sentence and paragraph number, whether first in its sentence."""

    at: int
    sentence: int
    who: Person
    subject: bool
    quoted: bool = False


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


def absorb(person: Person, run: Run) -> None:
    """Adds what a run says of the person that it names."""
    person.evidence += run.evidence
    person.gender = person.gender or run.gender
    person.roles.update(run.roles)
    person.hints.update(run.hints)
    person.first = min(person.first, run.at)


def masculine(role: str) -> str:
    """The form under which lists and synonyms have a feminine role: bakster, regisseuse, directrice, lerares."""
    for tail, other in (("aakster", "aker"), ("ster", "er"), ("euse", "eur"), ("trice", "teur"), ("ares", "aar")):
        if len(role) > len(tail) + 2 and role.endswith(tail) and not role.endswith(("minister", "meester", "master")):
            return role[: -len(tail)] + other
    return role
