"""Who speaks: from the phrase at a cue ("he", "the minister", "Van der Prins") to the full name in the article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from aligner.records import Span
from aligner.segment import nouns
from aligner.segment.antecedents import AGAIN, MAN_WOMAN, holder, just_named, named_next, near, only, origin
from aligner.segment.cast import Cast
from aligner.segment.context import gender_of_words, lowered, plain
from aligner.segment.first_names import FIRST_NAMES
from aligner.segment.names import Phrase
from aligner.segment.names import phrase as phrase_at
from aligner.segment.people import Mention, Person
from aligner.segment.people_words import BODIES, HONORIFICS, PARTICLES
from aligner.segment.relations import KIN, PEERS
from aligner.segment.synonyms import BODY_SYNONYMS, OFFICES, POLICE
from aligner.segment.tokens import Tok
from aligner.segment.wordlist import words

#: Bodies that, with the article, mean one named before: "Delta said … the airline said".
_ANAPHORIC = words("""
airline company firm union club bank charity agency organisation organization group carrier retailer manufacturer
maker bond vakbond bedrijf onderneming organisatie maatschappij luchtvaartmaatschappij vereniging stichting concern
dienst instantie instelling overheidsdienst spoorwegen keten club partij fractie party newspaper krant broadcaster
omroep
""")

#: Nouns for what somebody said, whose owner is the speaker.
_UTTERANCES = words("""
reactie statement verklaring persbericht mededeling comment tweet post message bericht email e-mail mail
""")

_TIED = re.compile(r" (?:van|of|for|voor|bij|from|uit|in|at) ")
_TALK = re.compile(
    r"\b(?:talk(?:s|ed)?|spoke|speaks) (?:to|with)\b|\binterview(?:s|ed|t|de)?\b|\bin gesprek met\b"
    r"|\b(?:sprak|spreekt|praat|praatte|ging langs bij)\b"
)


class Speakers:
    """Resolves phrases to full names, and remembers who spoke last."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._spoken: list[tuple[int, str]] = []  # position and full name of what was resolved, in text order
        self._groups: list[tuple[int, str]] = []

    def resolve(self, tokens: Sequence[Tok], found: Phrase, *, plural: bool = False) -> tuple[str, str]:
        """(the words at the cue, the full name) of the speaker."""
        at = tokens[found.start].start
        words = self.cast.text[at : tokens[found.end - 1].end]
        full = self._full(tokens, found, at, plural)
        return words, full

    def spoke(self, at: int, full: str) -> None:
        """Notes that `full` was the speaker at `at`."""
        if full:
            self._spoken.append((at, full))

    def _full(self, tokens: Sequence[Tok], found: Phrase, at: int, plural: bool) -> str:
        if found.pronoun:
            away = tokens[found.start].low in ("haar", "hem", "her", "him")
            return self.pronoun(found.pronoun, at, plural=plural, away=away)
        if found.name is not None:
            start, end = found.name
            words = [plain(t.text) for t in tokens[start:end]]
            titles = [t.low for t in tokens[found.start : start]]
            if tokens[found.start].text in ("mr.", "mr"):
                titles = titles[1:]  # the Dutch lawyer's title is no "Mr"
            gender = next((HONORIFICS[t] for t in titles if HONORIFICS.get(t)), "")
            who = self.cast.named([w.lower() for w in words], at, gender)
            if who is not None and gender and who.gender not in ("", gender):
                # Mrs Hill is not Bob Hill; without a first name she stays what she is called.
                return lowered(self.cast.text[tokens[found.start].start : tokens[found.end - 1].end])
            name = " ".join(words)
            lead = tokens[found.start].low
            if start == found.start + 1 and lead in PARTICLES:
                surname = self.cast.named([lead, *(w.lower() for w in words)], at, gender)  # "De Prins", "'t Veld"
                if surname is not None and surname.person:
                    return surname.name
            if len(words) == 1 and not titles and nouns.is_agent(words[0]) and (who is None or not who.person):
                return self._group(at, words[0].lower())  # "Handelaren wezen erop dat …"
            article = tokens[found.start].low in ("the", "de", "het") and start == found.start + 1
            if article and len(words) == 1 and origin(words[0]) and (who is None or len(who.words) == 1):
                kind = gender_of_words([words[0].lower()]) or ("f" if words[0].endswith("se") else "?")
                again = near(self.cast, at, kind) or self.pronoun(kind, at, ahead=False)
                if again:
                    return again
            if who is not None and article and not who.person and len(who.words) > len(words):
                return self._named_body(who)  # "De Loterij" of "de Nationale Loterij"
            if who is not None and (who.person or len(who.words) > len(words)) and not article:
                return who.name
            short = self.cast.short.get(words[-1].lower())
            if short:
                return short
            if start > found.start and tokens[found.start].low not in nouns.DETERMINERS and titles:
                return self._group(at, name)  # "brancheorganisatie Koninklijke Horeca"
            if nouns.is_body(words[-1]) or article or (who is not None and not who.person):
                return self._group(at, lowered(self.cast.text[tokens[found.start].start : tokens[found.end - 1].end]))
            return name
        return self._role(tokens, found, at)

    def _role(self, tokens: Sequence[Tok], found: Phrase, at: int) -> str:
        """The full name for a phrase without one: "de minister", "the agency", "police"."""
        head = found.head
        if found.end - found.start == 1 or (found.end - found.start == 2 and tokens[found.end - 1].capital):
            who = self.cast.named([head], at)  # "Visser hield vol": a surname that is also a trade
            if who is not None and who.person:
                return who.name
        phrase = lowered(self.cast.text[tokens[found.start].start : tokens[found.end - 1].end])
        if not (phrase[:2].isupper() and len(phrase) > 1) and "'" not in tokens[found.start].low:
            phrase = phrase[:1].lower() + phrase[1:]
        if phrase.endswith(" zelf"):
            phrase = phrase[:-5]
        definite = tokens[found.start].low in ("the", "de", "het", "that", "die", "this", "deze")
        if head in _UTTERANCES and (tied := self._whose(tokens, found)) is not None:
            return self._full(tokens, tied, at, plural=False)
        short = found.end - found.start <= 3
        again = (
            head.endswith(("year-old", "jarige", "'er"))
            or head in AGAIN
            or (
                tokens[found.start + 1 :][:1]
                and (
                    tokens[found.start + 1].low.startswith(("former", "then", "oud-", "ex-", "voormalig", "toenmalig"))
                )
            )
        )
        if definite and again and self.cast.with_role(head, at) is None:
            return self.pronoun("?", at) or self._group(at, phrase)
        relative = tokens[found.start].low in ("her", "his", "their", "haar", "zijn", "hun")
        if (definite or relative) and head:
            who = None if nouns.is_plural(head) else self.cast.with_role(head, at)
            if relative and (who is None or head in KIN):
                who = self._related(tokens[found.start].low, head, at) or who
            if who is not None:
                return who.name
            if head in MAN_WOMAN and short and definite:
                named = self.pronoun(MAN_WOMAN[head], at, ahead=False)
                return named or named_next(self.cast, head, phrase, at) or phrase
            if short and definite and (spoken := self._first_called(head, phrase)):
                return spoken
            if nouns.is_body(head) or short:
                longer = self._longer_group(head, phrase, at)
                if longer:
                    return longer
            new = definite and short and not nouns.is_body(head) and head not in OFFICES and not nouns.is_plural(head)
            if new and not any(name == phrase for _, name in self._groups) and not nouns.is_document(head):
                who_next = named_next(self.cast, head, phrase, at)
                return (
                    who_next
                    or self._near_speaker(at)
                    or just_named(self.cast, at)
                    or only(self.cast, at, head)
                    or (self._group(at, phrase))
                )
            if definite and short and head in OFFICES and not nouns.is_plural(head) and head not in MAN_WOMAN:
                office = holder(self.cast, at)
                if office:
                    return office
        if head in POLICE and found.end - found.start <= 2:
            force = re.search(r"\b(?:police|(?:de )?politie)\b", self.cast.text[:at], re.IGNORECASE)
            if force:
                return self._group(at, force.group().lower())
        return named_next(self.cast, head, phrase, at) or self._group(at, phrase)

    def _whose(self, tokens: Sequence[Tok], found: Phrase) -> Phrase | None:
        """Whose utterance a phrase names: "een reactie van de bond", "a statement from Bell"."""
        for j in range(found.start + 1, len(tokens) - 1):
            if not tokens[j].word:
                return None
            if tokens[j].low in ("van", "of", "from", "by"):
                return phrase_at(tokens, j + 1, bare=True)
        return None

    def _first_called(self, head: str, phrase: str) -> str:
        """A speaker without a name as first called: "a spokesman for the airline", later "the spokesman"."""
        for _, name in reversed(self._groups):
            first = _TIED.split(name)[0].split()
            if name.startswith(("a ", "an ", "een ")) and first[-1].lower() == head and name != phrase:
                return name
        return ""

    def _related(self, possessive: str, head: str, at: int) -> Person | None:
        """Whom "her husband" or "zijn collega" means: hers who spoke last, if she did so in this paragraph."""
        if head not in KIN and head not in PEERS:
            return None
        return self.cast.related(head, possessive, at)

    def _near_speaker(self, at: int) -> str:
        """The person who spoke last in the same paragraph: "…," says Ann Bell. "…," the astronomer adds."""
        where, name = self._spoken[-1] if self._spoken else (0, "")
        if (
            not name
            or "\n" in self.cast.text[where:at]
            or not any(p.name == name and p.person for p in self.cast.people)
        ):
            return ""
        return name

    def _group(self, at: int, phrase: str) -> str:
        self._groups.append((at, phrase))
        return phrase

    def _longer_group(self, head: str, phrase: str, at: int) -> str:
        """The body named before that "the agency", "de bond" or "the airline" means."""
        if head in self.cast.short:
            return self.cast.short[head]
        index = bisect_left(self.cast.groups, (at, "", ""))
        same = BODY_SYNONYMS.get(head, frozenset()) - {head}
        for _, name, its_head in reversed(self.cast.groups[max(0, index - 60) : index]):
            if (its_head in same or any(len(w) > 3 and its_head.endswith(w) for w in same)) and name != phrase:
                return self._first_words(name)
            longer = name != phrase and len(name) > len(phrase)
            if longer and (its_head == head or (len(head) > 3 and its_head.endswith(head))):
                return name
        if "politie" in same:
            force = re.search(r"\b(?:police|(?:de )?politie)\b", self.cast.text[:at], re.IGNORECASE)
            if force:
                return force.group().lower()
        before = self.cast.before(at, 80)
        for mention in before:
            words = mention.who.words
            if not mention.who.person and words[-1] == head and len(words) > 1:
                return self._as_named(mention)
            last = words[-1]
            if not mention.who.person and (last in same or any(len(w) > 4 and last.endswith(w) for w in same | {head})):
                return self._as_named(mention)
        if head in _ANAPHORIC or head.endswith(("maatschappij", "bedrijf", "organisatie", "federatie")):
            last = self._spoken[-1][1] if self._spoken else ""
            body = self.cast.named(last.lower().split(), at)
            if last and last[0].isupper() and (body is None or not body.person or len(body.words) == 1):
                return last  # "…, meldt Rijkswaterstaat. …, schrijft de dienst"
            for mention in before[:12]:
                who = mention.who
                named = who.words[0].capitalize() in FIRST_NAMES or who.evidence >= 3
                bare = not named and not who.gender and not who.roles
                if mention.subject and bare and (not who.person or len(who.words) == 1 or head in BODIES):
                    return self._as_named(mention)
        return ""

    def _first_words(self, name: str) -> str:
        """`name`, or what that body in turn has been called first: the council → the authority → the body."""
        return next((first for _, first in self._groups if first.lower() == name.lower()), name)

    def _named_body(self, who: Person) -> str:
        """A body's name with its article, as at its first mention."""
        first = next((m for m in self.cast.after(who.first, 3) if m.who is who), None)
        return self._as_named(first) if first is not None else who.name

    def _as_named(self, mention: Mention) -> str:
        """A body with the determiner that it has in the text."""
        before = self.cast.text[max(0, mention.at - 5) : mention.at].split()
        word = before[-1].lower() if before else ""
        return f"{word} {mention.who.name}" if word in ("the", "de", "het") else mention.who.name

    def pronoun(self, kind: str, at: int, *, plural: bool = False, ahead: bool = True, away: bool = False) -> str:
        """Whom "he", "she" or "they" at `at` means.

        The score is recency in sentences; a subject, and who spoke just before, count as nearer. Gender
        excludes when known on both sides. `away` says that the subject of its own sentence is not meant
        ("De dader heeft volgens haar …").
        """
        if kind == "1":
            return ""
        if kind in ("p", "it") or plural:
            return self._body_before(at) or self._last_speaker(at)
        here = self.cast.sentence_of(at)
        paragraph = self.cast.text.rfind("\n", 0, at)
        best: Person | None = None
        best_score = -1e9
        spoken = [name for where, name in self._spoken[-3:] if where < at]
        for rank, mention in enumerate(self.cast.before(at)):
            who = mention.who
            if not who.person or (kind in "mf" and who.gender and who.gender != kind):
                continue
            if away and mention.sentence == here and mention.subject:
                continue
            score = -1.0 * min(here - mention.sentence, 12) - 0.05 * rank
            score += 1.4 * mention.subject + (0.8 if who.gender == kind else 0.0)
            score += 0.9 if spoken and spoken[-1] == who.name else 0.4 if who.name in spoken else 0.0
            score -= 3.0 * mention.quoted
            if len(who.words) == 1 and not who.gender and not who.roles:
                score -= 2.0  # "Voters", "Monday": a capital is no person yet
            score += min(who.evidence, 6) * 0.1
            score += 0.8 * (bool(spoken) and spoken[-1] == who.name and self._spoken[-1][0] >= paragraph)
            score += 1.0 * (mention.subject and mention.at >= paragraph)
            if score > best_score:
                best, best_score = who, score
        other = self._unnamed(kind, at, here, best_score)
        if other or best is not None:
            return other or (best.name if best is not None else "")
        for mention in self.cast.after(at) if ahead else ():
            if mention.who.person and mention.who.evidence >= 2 and mention.who.gender in ("", kind):
                return mention.who.name
        return self._last_speaker(at) if ahead else ""

    def _unnamed(self, kind: str, at: int, here: int, least: float) -> str:
        """A speaker without a name, or a Dutch body ("de bond … zegt ze"), that is nearer than the best person."""
        for where, phrase in reversed(self._groups[-3:]):
            head = _TIED.split(phrase)[0].split()[-1].lower()  # "a spokeswoman for the company"
            gender = gender_of_words([head])
            if where < at and nouns.is_agent(head) and not nouns.is_plural(head) and gender in ("", kind):
                score = 2.3 - (here - self.cast.sentence_of(where)) + (0.8 if gender == kind else 0.0)
                return phrase if score > least else ""
        if kind not in ("f", "m"):
            return ""
        index = bisect_left(self.cast.groups, (at, "", ""))
        for where, phrase, _ in reversed(self.cast.groups[max(0, index - 3) : index]):
            begins = self.cast.sentence_of(where) != self.cast.sentence_of(max(0, where - 1))
            if phrase.startswith("de ") and begins and here - self.cast.sentence_of(where) <= 2:
                return phrase if 1.6 - (here - self.cast.sentence_of(where)) > least else ""
        return ""

    def _body_before(self, at: int) -> str:
        """The last body that spoke, else the last one named."""
        last, spoken = next(((where, name) for where, name in reversed(self._groups) if where < at), (-1, ""))
        index = bisect_left(self.cast.groups, (at, "", ""))
        paragraph = self.cast.text.rfind("\n", 0, at)
        if index and last < paragraph < self.cast.groups[index - 1][0]:
            return self.cast.groups[index - 1][1]
        return spoken or (self.cast.groups[index - 1][1] if index else "")

    def main_person(self, at: int) -> str:
        """Who has been named most before `at` (or, in the beginning, after it)."""
        mentions = [m for m in self.cast.before(at, 80) if m.who.person] or [
            m for m in self.cast.after(at) if m.who.person
        ]
        counts = Counter(m.who.name for m in reversed(mentions))
        return counts.most_common(1)[0][0] if counts else ""

    def _last_speaker(self, at: int) -> str:
        return next((name for where, name in reversed(self._spoken) if where < at), "")

    def last_speakers(self, at: int, most: int = 2) -> list[str]:
        """The last different speakers before `at`, latest first."""
        return list(dict.fromkeys(name for where, name in reversed(self._spoken[-12:]) if where < at))[:most]

    def subject_of(self, span: Span) -> str:
        """Who a stretch of narrative is about: its first subject, or the only or last person in it."""
        mentions = [m for m in self.cast.within(span) if m.who.person and not m.quoted]
        opening = self.cast.text[span.start : span.end].split(None, 1)[0].lower()
        if opening in ("he", "she", "hij", "zij"):
            named = self.pronoun("m" if opening in ("he", "hij") else "f", span.start, ahead=False)
            if named:
                return named
        if not mentions:
            return ""
        if len(mentions) > 1 and _TALK.search(self.cast.text[mentions[0].at : mentions[1].at]):
            return mentions[1].who.name  # "Ann Bell talks to Tom Ray"
        proper = [m for m in mentions if m.who.words[0] not in ("de", "het", "the")]  # "van winkel De Uil"
        mentions = proper or mentions
        first = next((m for m in mentions if m.subject), None)
        return (first or mentions[-1]).who.name
