"""Who speaks: from the phrase at a cue ("he", "the minister", "Van den Berg") to the full name in the article."""

from __future__ import annotations

from collections.abc import Sequence

from aligner.records import Span
from aligner.segment import names
from aligner.segment.cast import Cast, Mention, Person
from aligner.segment.names import Phrase
from aligner.segment.people_words import FEMALE_ROLES, HONORIFICS, MALE_ROLES
from aligner.segment.tokens import Tok

#: Determiners that stay, in lower case, before a speaker without a name: "the judge", "de politie".
_MAN_WOMAN = {"man": "m", "woman": "f", "vrouw": "f", "boy": "m", "girl": "f", "jongen": "m", "meisje": "f"}


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
            return self.pronoun(found.pronoun, at, plural=plural)
        if found.name is not None:
            start, end = found.name
            words = [_plain(t.text) for t in tokens[start:end]]
            titles = [t.low for t in tokens[found.start : start]]
            gender = next((HONORIFICS[t] for t in titles if HONORIFICS.get(t)), "")
            who = self.cast.named([w.lower() for w in words], at, gender)
            name = " ".join(words)
            if who is not None and (who.person or len(who.words) > len(words)):
                return who.name
            if names.is_body(words[-1]) or (who is not None and not who.person):
                return self._group(at, _lowered(self.cast.text[tokens[found.start].start : tokens[found.end - 1].end]))
            return name
        return self._role(tokens, found, at)

    def _role(self, tokens: Sequence[Tok], found: Phrase, at: int) -> str:
        """The full name for a phrase without one: "de minister", "the agency", "police"."""
        head = found.head
        phrase = _lowered(self.cast.text[tokens[found.start].start : tokens[found.end - 1].end])
        if phrase.endswith(" zelf"):
            phrase = phrase[:-5]
        definite = tokens[found.start].low in ("the", "de", "het", "that", "die", "this", "deze")
        short = found.end - found.start <= 3
        if definite and head:
            who = self.cast.with_role(head, at)
            if who is not None:
                return who.name
            if head in _MAN_WOMAN and short:
                return self.pronoun(_MAN_WOMAN[head], at) or phrase
            if names.is_body(head) or short:
                longer = self._longer_group(head, phrase, at)
                if longer:
                    return longer
        return self._group(at, phrase)

    def _group(self, at: int, phrase: str) -> str:
        self._groups.append((at, phrase))
        return phrase

    def _longer_group(self, head: str, phrase: str, at: int) -> str:
        """The body named before that "the agency" or "de bond" means."""
        for _, name in reversed(self._groups[-30:]):
            last = name.lower().split()[-1]
            if name != phrase and (last == head or (len(head) > 3 and last.endswith(head))):
                return name
        for mention in self.cast.before(at, 80):
            words = mention.who.words
            if not mention.who.person and words[-1] == head and len(words) > 1:
                return self._as_named(mention)
        return ""

    def _as_named(self, mention: Mention) -> str:
        """A body with the determiner that it has in the text."""
        before = self.cast.text[max(0, mention.at - 5) : mention.at].split()
        word = before[-1].lower() if before else ""
        return f"{word} {mention.who.name}" if word in ("the", "de", "het") else mention.who.name

    def pronoun(self, kind: str, at: int, *, plural: bool = False) -> str:
        """Whom "he", "she" or "they" at `at` means.

        The score is recency in sentences; a subject, and who spoke just before, count as nearer. Gender
        excludes when known on both sides.
        """
        if kind == "1":
            return ""
        if kind == "p" or plural:
            return self._groups[-1][1] if self._groups and self._groups[-1][0] < at else self._last_speaker(at)
        here = self.cast.sentence_of(at)
        best: Person | None = None
        best_score = -1e9
        spoken = [name for where, name in self._spoken[-3:] if where < at]
        for rank, mention in enumerate(self.cast.before(at)):
            who = mention.who
            if not who.person or (kind in "mf" and who.gender and who.gender != kind):
                continue
            score = -1.0 * min(here - mention.sentence, 12) - 0.05 * rank
            score += 1.4 * mention.subject + (0.8 if who.gender == kind else 0.0)
            score += (1.6 if spoken and spoken[-1] == who.name else 0.6 if who.name in spoken else 0.0)
            score += min(who.evidence, 6) * 0.1
            if score > best_score:
                best, best_score = who, score
        if best is not None:
            return best.name
        for mention in self.cast.after(at):
            if mention.who.person and mention.who.evidence >= 2 and mention.who.gender in ("", kind):
                return mention.who.name
        return self._last_speaker(at)

    def _last_speaker(self, at: int) -> str:
        return next((name for where, name in reversed(self._spoken) if where < at), "")

    def last_speakers(self, at: int, most: int = 2) -> list[str]:
        """The last different speakers before `at`, latest first."""
        return list(dict.fromkeys(name for where, name in reversed(self._spoken[-12:]) if where < at))[:most]

    def subject_of(self, span: Span) -> str:
        """Who a stretch of narrative is about: its first subject, or the only or last person in it."""
        mentions = [m for m in self.cast.within(span) if m.who.person]
        if not mentions:
            return ""
        first = next((m for m in mentions if m.subject), None)
        return (first or mentions[-1]).who.name


def _plain(word: str) -> str:
    for tail in ("'s", "’s"):
        if word.endswith(tail) and len(word) > 3:
            return word[:-2]
    return word


def _lowered(phrase: str) -> str:
    """`phrase` with white space folded and a capital that only the sentence gave it taken back."""
    phrase = " ".join(phrase.split())
    first, _, rest = phrase.partition(" ")
    low = first.lower()
    if low in names.DETERMINERS or names.is_role(low) or names.is_body(low) or low in MALE_ROLES | FEMALE_ROLES:
        return f"{low} {rest}".rstrip() if not (first.isupper() and len(first) > 1) else phrase
    return phrase
