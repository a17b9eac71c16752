"""Who speaks: from the words at a cue ("he", "the minister", "Van der Prins") to the full name in the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from aligner.records import Span
from aligner.segment import nouns
from aligner.segment.cast import Cast
from aligner.segment.context import lowered, plain
from aligner.segment.descriptions import Noun, described, is_police
from aligner.segment.discourse import Discourse
from aligner.segment.names import Phrase
from aligner.segment.names import phrase as phrase_at
from aligner.segment.people_words import HONORIFICS, PARTICLES
from aligner.segment.tokens import Tok
from aligner.segment.wordlist import words

#: Nouns for what somebody said, whose owner is the speaker.
_UTTERANCES = words("""
reactie statement verklaring persbericht mededeling comment tweet post message bericht email e-mail mail
""")
_FORCE = re.compile(r"\b(?:police|(?:de )?politie)\b", re.IGNORECASE)
_TALK = re.compile(
    r"\b(?:talk(?:s|ed)?|spoke|speaks) (?:to|with)\b|\binterview(?:s|ed|t|de)?\b|\bin gesprek met\b"
    r"|\b(?:sprak|spreekt|praat|praatte|ging langs bij)\b"
)


class Speakers:
    """Resolves the phrases at cues, asked in text order."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.discourse = Discourse(cast)

    def resolve(
        self, tokens: Sequence[Tok], found: Phrase, *, plural: bool = False, said: int | None = None
    ) -> tuple[str, str]:
        """(the words at the cue, the full name) of the speaker.

        `said` is where the reported words begin if they stand before the cue: who is mentioned in them does not
        speak them ("Zijn chauffeur, benadrukt hij, treft geen schuld").
        """
        at = tokens[found.start].start
        self.discourse.read(at)
        return self.cast.text[at : tokens[found.end - 1].end], self._full(tokens, found, at, plural, said)

    def spoke(self, at: int, full: str) -> None:
        """Notes that `full` was the speaker at `at`."""
        self.discourse.spoke(at, full)

    def last_speakers(self, at: int, most: int = 2) -> list[str]:
        """The last different speakers before `at`, latest first."""
        spoken = self.discourse.spoken[-12:]
        return list(dict.fromkeys(name for where, name in reversed(spoken) if where < at))[:most]

    def main_person(self, at: int) -> str:
        """Who has been named most before `at` (or, in the beginning, after it)."""
        mentions = [m for m in self.cast.before(at, 80) if m.who.person] or [
            m for m in self.cast.after(at) if m.who.person
        ]
        counts = Counter(m.who.name for m in reversed(mentions))
        return counts.most_common(1)[0][0] if counts else ""

    def subject_of(self, span: Span) -> str:
        """Who a stretch of narrative is about: its first subject, or the only or last person in it."""
        self.discourse.read(span.end)
        opening = self.cast.text[span.start : span.end].split(None, 1)[0].lower()
        if opening in ("he", "she", "hij", "zij"):
            named = self.discourse.pronoun("m" if opening in ("he", "hij") else "f", span.start, ahead=False)
            if named:
                return named
        everybody = self.discourse.within(span)
        mentions = [m for m in everybody if m.who.person and not m.quoted]
        if not mentions:
            return ""
        mentions = [m for m in mentions if m.who.words[0] not in ("de", "het", "the") or not m.who.named] or mentions
        if len(mentions) > 1 and _TALK.search(self.cast.text[mentions[0].at : mentions[1].at]):
            return mentions[1].who.name  # "Ann Bell talks to Tom Ray"
        first = next((m for m in mentions if m.subject), None)
        named_last = [m for m in mentions if m.who.named] or mentions
        return (first or named_last[-1]).who.name

    def _full(self, tokens: Sequence[Tok], found: Phrase, at: int, plural: bool, said: int | None = None) -> str:
        if found.pronoun:
            away = tokens[found.start].low in ("haar", "hem", "her", "him")
            return self.discourse.pronoun(found.pronoun, at, plural=plural, away=away, said=said)
        if found.name is not None:
            return self._named(tokens, found, found.name, at)
        if found.end - found.start == 1 or (found.end - found.start == 2 and tokens[found.end - 1].capital):
            who = self.cast.named([found.head], at)  # "Visser hield vol": a surname that is also a trade
            if who is not None and who.person:
                return who.name
        if found.head in _UTTERANCES and (owner := _whose(tokens, found)) is not None:
            return self._full(tokens, owner, at, plural=False)
        if is_police(found.head) and found.end - found.start <= 2 and (force := _FORCE.search(self.cast.text, 0, at)):
            return force.group().lower()
        noun = described(self.cast.text, tokens, found, self._starting(at))
        if noun.head in self.cast.short and len(noun.phrase.split()) <= 2:
            return self.cast.short[noun.head]
        return self.discourse.told(self.discourse.mean(noun, speaking=True))

    def _starting(self, at: int) -> bool:
        """Whether a sentence begins at `at`."""
        before = self.cast.text[max(0, at - 3) : at]
        return "\n" in before or not before.strip() or before.rstrip()[-1] in ".!?"

    def _named(self, tokens: Sequence[Tok], found: Phrase, name: tuple[int, int], at: int) -> str:
        """The full name for a phrase with a name in it."""
        start, end = name
        spelt = [plain(t.text) for t in tokens[start:end]]
        low = [word.lower() for word in spelt]
        # In small letters mr. is the Dutch lawyer's title, of no gender.
        titles = [t.low for t in tokens[found.start : start] if t.text not in ("mr.", "mr")]
        gender = next((HONORIFICS[t] for t in titles if HONORIFICS.get(t)), "")
        who = self.cast.mentioned(tokens[start].start) or self.cast.named(low, at, gender)
        told = lowered(self.cast.text[at : tokens[found.end - 1].end])
        if who is not None and gender and who.gender not in ("", gender):
            return told  # Mrs Hill is not Bob Hill; without a first name she stays what she is called
        lead = tokens[found.start].low
        if start == found.start + 1 and lead in PARTICLES:
            surname = self.cast.named([lead, *low], at, gender)  # "De Prins", "'t Veld"
            if surname is not None and surname.person:
                return surname.name
        if len(spelt) == 1 and not titles and nouns.is_agent(low[0]) and (who is None or not who.person):
            return low[0]  # "Handelaren wezen erop dat …"
        article = lead in ("the", "de", "het") and start == found.start + 1
        if article and len(spelt) == 1 and nouns.origin(spelt[0]) and (who is None or len(who.words) == 1):
            return self.discourse.told(self.discourse.mean(Noun(at, f"{lead} {spelt[0]}", low[0], lead), speaking=True))
        if who is not None and article and not who.person and len(who.words) > len(spelt):
            return self.discourse.told(who)  # "De Loterij" or "de Nationale Loterij"
        if who is not None and (who.person or len(who.words) > len(spelt)) and not article:
            return who.name
        if short := self.cast.short.get(low[-1]):
            return short
        joined = " ".join(spelt)
        if start > found.start and lead not in nouns.DETERMINERS and titles:
            return joined  # "brancheorganisatie Koninklijke Horeca"
        if nouns.is_body(low[-1]) or article or (who is not None and not who.person):
            return told
        return joined


def _whose(tokens: Sequence[Tok], found: Phrase) -> Phrase | None:
    """Whose utterance a phrase names: "een reactie van de bond", "a statement from Bell"."""
    for j in range(found.start + 1, len(tokens) - 1):
        if not tokens[j].word:
            return None
        if tokens[j].low in ("van", "of", "from", "by"):
            return phrase_at(tokens, j + 1, bare=True)
    return None
