"""Who is meant: names, descriptions and pronouns of an article, read in order, as the full names of its cast.

Every phrase for somebody is a mention, whether it stands at a cue or not. A description goes to the candidate for
whom fit (`reference`) and salience add up highest, if that is enough, and else makes somebody new; a pronoun goes
to the most salient one of its gender and number. Salience is recency in sentences, with more for subjects, for the
same paragraph and for who spoke last (the factors of Lappin and Leass 1994).
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from aligner.records import Span
from aligner.segment import nouns
from aligner.segment.attribution import pronoun_kind
from aligner.segment.cast import Cast
from aligner.segment.descriptions import MAN_WOMAN, Noun
from aligner.segment.frames import VERBS
from aligner.segment.people import Mention, Referent
from aligner.segment.reference import STRONG, fit, occupied
from aligner.segment.relations import KIN, PEERS, POSSESSIVES, PUPILS, same_tie

_NEEDED = 0.3  # fit and salience of a description that means somebody known
_NEEDED_AGAIN = -1.0  # the same of one that says so itself: "the veteran", "de 43-jarige"
_WINDOW = 60  # mentions looked back on

_OBLIQUE = re.compile(r"\b(?:with|met|by|door|for|voor|against|tegen|from) $")


class Discourse:
    """The mentions of an article up to a place, and who spoke there; asked in text order."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._nouns = 0  # how many noun phrases of the cast have been read
        self._ties = 0
        self._tied = [mention for mention in cast.mentions if mention.tie]
        self._common: list[Mention] = []  # mentions without a name, in text order
        self._meant: dict[int, Referent] = {}  # offset of a description → whom it means
        self.spoken: list[tuple[int, str]] = []  # offset and full name of the speakers, in text order

    @cached_property
    def _firm(self) -> Referent | None:
        """The body with a name that the article is most about, whom "the company" means by itself."""
        acting = [m.who for m in self.cast.mentions if m.who.evidence < 1 and not m.quoted]
        subjects = {id(m.who) for m in self.cast.mentions if m.subject}
        counts = Counter(id(who) for who in acting if id(who) in subjects)
        most = counts.most_common(1)[0][0] if counts else 0
        return next((who for who in acting if id(who) == most and counts[most] > 1), None)

    # ---------------------------------------------------------------- asking

    def spoke(self, at: int, full: str) -> None:
        """Notes that `full` was the speaker at `at`."""
        if full:
            self.spoken.append((at, full))

    def pronoun(
        self,
        kind: str,
        at: int,
        *,
        plural: bool = False,
        ahead: bool = True,
        away: bool = False,
        said: int | None = None,
    ) -> str:
        """Whom "he" (m), "she" (f), "they" (p), "it" or "die" (?) at `at` means; "" for "I" (1).

        `away` says that the subject of its own sentence is not meant ("De dader heeft volgens haar …").
        """
        if kind == "1":
            return ""
        self.read(at)
        if kind in ("p", "it") or plural:
            return self._body(at, many=kind != "it") or self._last_speaker(at)
        if kind == "?" and (who := self._latest(at)) is not None:
            return self.told(who)
        who = self._salient(kind, at, away=away, said=said)
        if who is not None:
            return self.told(who)
        for mention in self.cast.after(at) if ahead else ():
            if mention.who.person and mention.who.evidence >= 2 and mention.who.gender in ("", kind):
                return mention.who.name
        return self._last_speaker(at) if ahead else ""

    def within(self, span: Span) -> list[Mention]:
        """The mentions inside `span`, in order."""
        self.read(span.end)
        first, end = (bisect_left(self._common, at, key=_at) for at in (span.start, span.end))
        return sorted([*self.cast.within(span), *self._common[first:end]], key=_at)

    # ---------------------------------------------------------------- reading

    def read(self, at: int) -> None:
        """Reads the ties and descriptions before `at` that have not been read yet."""
        while self._nouns < len(self.cast.nouns) and self.cast.nouns[self._nouns].at < at:
            noun = self.cast.nouns[self._nouns]
            self._nouns += 1
            self._tie(noun.at)
            if not pronoun_kind(noun.head):
                self.mean(noun, speaking=False)
            elif (who := self._salient(pronoun_kind(noun.head), noun.at)) is not None:
                who.gender = who.gender or pronoun_kind(noun.head)
                self._note(Mention(noun.at, self.cast.sentence_of(noun.at), who, True))
        self._tie(at)

    def _tie(self, at: int) -> None:
        """Notes whose wife or brother the people named before `at` are."""
        while self._ties < len(self._tied) and self._tied[self._ties].at < at:
            mention = self._tied[self._ties]
            self._ties += 1
            possessive, kin = mention.tie or ("", "")
            owner = self._salient(POSSESSIVES[possessive] or "?", mention.at, but=mention.who)
            if owner is not None:
                owner.ties.append((kin, mention.who))

    def mean(self, noun: Noun, *, speaking: bool) -> Referent:
        """Whom a description means; makes it a mention of theirs."""
        if noun.at not in self._meant:
            who = self._meant[noun.at] = self._refer(noun, speaking)
            self._note(Mention(noun.at, self.cast.sentence_of(noun.at), who, noun.starting))
        return self._meant[noun.at]

    def _note(self, mention: Mention) -> None:
        insort(self._common, mention, key=_at)

    def _before(self, at: int, most: int = _WINDOW) -> list[Mention]:
        """The last mentions before `at`, latest first."""
        index = bisect_left(self._common, at, key=_at)
        return sorted([*self.cast.before(at, most), *self._common[max(0, index - most) : index]], key=_at)[
            : -most - 1 : -1
        ]

    # ---------------------------------------------------------------- descriptions

    def _refer(self, noun: Noun, speaking: bool) -> Referent:
        """The one who fits best, or somebody new."""
        owner = self._salient(POSSESSIVES[noun.lead] or "?", noun.at) if noun.possessive else None
        if owner is not None and (who := self._related(owner, noun)) is not None:
            return who
        best: Referent | None = None
        best_score = _NEEDED_AGAIN if noun.again else _NEEDED
        for who, score in self._candidates(noun, speaking):
            if score > best_score and who is not owner:
                best, best_score = who, score
        if best is None:
            best = self._named_next(noun, speaking)
        if best is not None:
            if best.person and not noun.again and nouns.is_agent(noun.head):
                best.hints.add(noun.head)
            elif noun.body and best.named:
                best.evidence = min(best.evidence, 0.0)  # "the firm": no person
            return best
        new = Referent(
            noun.phrase, tuple(noun.phrase.split()), noun.gender, {noun.head}, evidence=1.5, first=noun.at,
            head=noun.head, body=noun.body, plural=noun.plural,
        )  # fmt: skip
        if owner is not None:
            owner.ties.append((noun.head, new))
        return new

    def _candidates(self, noun: Noun, speaking: bool) -> Iterator[tuple[Referent, float]]:
        """Who may be meant, with their scores: those mentioned before, and by a strong fit those named further on."""
        seen: set[int] = set()
        told = {name for _, name in self.spoken}
        before = self._before(noun.at)
        alone = len({id(m.who) for m in before if m.who.person and len(m.who.words) > 1 and m.who.named}) == 1
        for mention in before:
            who = mention.who
            if id(who) in seen:
                continue
            seen.add(id(who))
            match = fit(noun, who)
            if match is None or (match < _SAME_ONLY and not (noun.definite or noun.possessive)):
                continue
            if match < STRONG and not self._may_be(mention, noun, speaking):
                continue
            if who.name.startswith(("a ", "an ", "een ")) and not mention.subject and who.name not in told:
                match -= 2.5  # "weer een bakker" is hardly he who speaks as "de bakker"
            near = alone and who.named and match > 0
            yield who, match + self._salience(mention, noun.at, 2 if near else 6 if match >= STRONG else 12)
        for rank, mention in enumerate(self.cast.after(noun.at, _WINDOW) if noun.definite or noun.possessive else ()):
            match = fit(noun, mention.who) if id(mention.who) not in seen else None
            if match is not None and match >= STRONG:
                yield mention.who, match + 0.5 - 0.02 * rank

    def _may_be(self, mention: Mention, noun: Noun, speaking: bool) -> bool:
        """Whether a noun that does not say so itself may mean the one of `mention`."""
        if mention.quoted or not (speaking or noun.starting or noun.again):
            return False
        if mention.sentence == self.cast.sentence_of(noun.at) and not speaking:
            return False  # "Ann Bell called the coach": the coach is somebody else
        last = self.spoken[-1][1] if self.spoken else ""
        sure = mention.who.person and mention.who.evidence >= 1  # two capitals alone may be a firm or a place
        return sure or mention.subject or mention.who.name == last or mention.who is self._firm

    def _salience(self, mention: Mention, at: int, farthest: int) -> float:
        """How present somebody is at `at` who was last mentioned in `mention`."""
        away = min(self.cast.sentence_of(at) - mention.sentence, farthest)
        score = 1.5 - 0.35 * away + 0.3 * mention.subject
        last = self.spoken[-1][1] if self.spoken else ""
        near = "\n" not in self.cast.text[mention.at : at]
        if last == mention.who.name:
            score += 1.5 if near and away <= 1 else 0.6
        return score + 0.5 * near

    def _related(self, owner: Referent, noun: Noun) -> Referent | None:
        """The owner's husband, brother or colleague, by what has been told, by surname, or as the only other one."""
        for tie, who in owner.ties:
            if same_tie(tie, noun.head):
                return who
        called = next((m.who for m in reversed(self._tied) if m.at < noun.at and m.tie and m.tie[1] == noun.head), None)
        if called is not None and called is not owner:
            return called  # "haar neef Abel … volgens haar neef"
        before = self._before(noun.at)
        others = {id(m.who): m.who for m in before if m.who is not owner and m.who.person and not m.quoted}
        for who in others.values():
            if any(
                other is owner and same_tie(tie, noun.head, back=True) for tie, other in who.ties
            ) and who.gender in ("", noun.gender or who.gender):
                return who
        ahead = [m.who for m in self.cast.after(noun.at, 12) if m.who is not owner and m.who.person and not m.quoted]
        fits = [who for who in [*others.values(), *ahead] if who.named and {noun.gender, who.gender} != {"m", "f"}]
        if noun.head in KIN and len(owner.words) > 1:
            kin = next((who for who in fits if len(who.words) > 1 and who.words[-1] == owner.words[-1]), None)
            if kin is not None or noun.head not in PEERS:
                return kin
        if noun.head in PEERS:
            return self._named_next(noun, True) or next((who for who in fits if len(who.words) > 1), None)
        known = {id(who): who for who in fits if len(who.words) > 1}
        return next(iter(known.values())) if noun.head in PUPILS and len(known) == 1 else None

    def _named_next(self, noun: Noun, speaking: bool) -> Referent | None:
        """The name that follows: "…," says a vet. Ann Bell was at home · De directeur stapt op. … legt Ann Bell uit."""
        if noun.plural or noun.body or noun.again or not (speaking or noun.starting):
            return None
        if not (nouns.is_agent(noun.head) or noun.head in MAN_WOMAN) or (noun.tied and not noun.definite):
            return None
        if noun.possessive and noun.head in KIN:
            return None
        here = self.cast.sentence_of(noun.at)
        for mention in self.cast.after(noun.at, 6):
            who = mention.who
            if mention.sentence - here > 2 or (not noun.starting and "\n" in self.cast.text[noun.at : mention.at]):
                return None
            oblique = not mention.subject and _OBLIQUE.search(self.cast.text, max(0, mention.at - 9), mention.at)
            if mention.sentence == here or not who.person or mention.quoted or oblique:
                continue
            acts = mention.subject or not speaking or self._told_by(mention)
            new = who.first == mention.at and len(who.words) > 1 and acts
            other = occupied(who) or {noun.gender, who.gender} == {"m", "f"}
            untold = noun.definite and noun.tied and mention.subject  # "the host of the talks": as good as a name
            return who if new and (untold or not other) else None
        return None

    def _told_by(self, mention: Mention) -> bool:
        """Whether a reporting verb stands right before the name: "said Ann Bell"."""
        before = self.cast.text[max(0, mention.at - 16) : mention.at].split()
        return bool(before) and (before[-1] in VERBS["en"] or before[-1] in VERBS["nl"])

    # ---------------------------------------------------------------- pronouns

    def _salient(
        self, kind: str, at: int, *, away: bool = False, but: Referent | None = None, said: int | None = None
    ) -> Referent | None:
        """Who is most present among those whom a pronoun can mean."""
        here = self.cast.sentence_of(at)
        paragraph = self.cast.text.rfind("\n", 0, at)
        best: Referent | None = None
        best_score = -1e9
        spoken = {name: where for where, name in self.spoken[-3:] if where < at}
        last = self.spoken[-1][1] if spoken else ""
        for rank, mention in enumerate(self._before(at, 40)):
            who = mention.who
            if who is but or (kind in "mf" and who.gender and who.gender != kind):
                continue
            if not who.person and not (who.body and mention.subject and who.name.startswith("de ") and kind in "mf"):
                continue
            if (away and mention.sentence == here and mention.subject) or (said is not None and mention.at >= said):
                continue
            told = spoken.get(who.name, -1)
            spoke_in = self.cast.sentence_of(told) - 1 if told >= 0 else 0  # a mention counts for more than words
            distance = min(here - max(mention.sentence, spoke_in), 12)
            score = -1.0 * distance - 0.05 * rank
            score += 1.4 * mention.subject + (0.6 if who.gender == kind else 0.0)
            score += 0.9 if last == who.name else 0.4 if who.name in spoken else 0.0
            score -= 3.0 * mention.quoted
            if who.named and len(who.words) == 1 and not who.gender and not who.roles:
                score -= 2.0  # "Voters", "Monday": a capital is no person yet
            if not who.named and not mention.subject and who.name not in spoken:
                score -= 0.8
            score += min(who.evidence, 6) * 0.1
            score += 0.8 * (last == who.name and told >= paragraph)
            score += (2.0 if distance <= 1 else 1.0) * (mention.subject and mention.at >= paragraph)
            if who.body:
                score = 1.6 - distance if distance <= 2 else -1e9
            if score > best_score:
                best, best_score = who, score
        return best

    def _latest(self, at: int) -> Referent | None:
        """Whom "die" means: who was mentioned last, if that was in the sentence before and not as its subject."""
        here = self.cast.sentence_of(at)
        for mention in self._before(at, 8):
            if mention.who.person and not mention.quoted and 1 <= here - mention.sentence <= 2:
                return None if mention.subject and mention.who.named else mention.who
        return None

    def _body(self, at: int, *, many: bool) -> str:
        """The body that "they" or "it" means: the last one that spoke, or was mentioned since in the paragraph."""
        paragraph = self.cast.text.rfind("\n", 0, at)
        persons = {m.who.name for m in self._before(at) if m.who.person}
        where, spoken = next(
            ((where, name) for where, name in reversed(self.spoken) if where < at and name not in persons), (-1, "")
        )
        mention = next((m for m in self._before(at) if m.who.body or (many and m.who.plural and m.subject)), None)
        if mention is not None and (where < paragraph < mention.at or not spoken):
            return self.told(mention.who)
        return spoken

    def _last_speaker(self, at: int) -> str:
        return next((name for where, name in reversed(self.spoken) if where < at), "")

    def told(self, who: Referent) -> str:
        """The name of a referent; a named body's with the article that it has at its first mention."""
        if who.person or not who.named:
            return who.name
        before = self.cast.text[max(0, who.first - 5) : who.first].split()
        word = before[-1].lower() if before else ""
        return f"{word} {who.name}" if word in ("the", "de", "het") else who.name


_SAME_ONLY = 4.5


def _at(mention: Mention) -> int:
    return mention.at
