"""Who appears in an article: persons with full name, gender and roles, bodies, and where they are mentioned.

Built once for a document, over all its blocks in both languages, so that "Rutte" in a Dutch caption finds
"Mark Rutte" in the English body. `discourse` asks it who a phrase at a cue means.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from aligner.records import Block, Role, Sentence, Span
from aligner.segment import names, nouns
from aligner.segment.context import (
    HAD,
    apposed_to,
    apposition,
    common_word,
    first_gender,
    gender_behind,
    gender_of_words,
    plain,
    roles_before,
    tie_before,
    traits,
)
from aligner.segment.descriptions import INDEFINITE, LEADS, Noun, noun_at
from aligner.segment.first_names import FIRST_NAMES
from aligner.segment.frames import NEEDS, STOPS, VERBS
from aligner.segment.language_words import LANGUAGES_OF
from aligner.segment.marks import find_marked
from aligner.segment.people import Mention, Referent, Run, absorb, with_surname
from aligner.segment.people_words import BODIES, HONORIFICS, NOT_PEOPLE, PARTICLES
from aligner.segment.relations import nickname, shared_surname
from aligner.segment.tokens import Tok, tokenize
from aligner.segment.wordlist import words

#: Blocks whose names are no actors of the article.
_SKIPPED = frozenset({Role.CREDIT, Role.BYLINE, Role.DATELINE})
_PLACE_BEFORE = words("in at near from te nabij naar uit to across outside inside bij langs through via over richting")
#: Titles that a surname alone is never without.
_NOBLE = words("lord lady baroness justice dame sister father mother king queen prince princess pope sheikh")
_CONTRACTED = re.compile(r"(?:i|he|she|it|we|they|you|that|there|what|who)['’]", re.IGNORECASE)
INITIALS = re.compile(r"(\b\w\.) (?=\w\.)")
_SUFFIXES = words("jr sr ii iii iv kc qc mp msp cbe obe mbe")
_ARTICLES = frozenset({"the", "de", "het"})


class Cast:
    """The persons and bodies of one document."""

    def __init__(self, text: str, blocks: Sequence[Block], sentences: Sequence[Sentence]) -> None:
        self.text = text
        self._starts = [s.span.start for s in sentences]
        self.people: list[Referent] = []
        self.mentions: list[Mention] = []
        self.nouns: list[Noun] = []  # "the minister", "the bank": phrases without a name, in text order
        self.short: dict[str, str] = {}  # abbreviation → the body's name: "de Algemene Rekenkamer (AR)"
        self._by_last: dict[str, list[Referent]] = {}
        self._by_first: dict[str, list[Referent]] = {}
        self._by_half: dict[str, list[Referent]] = {}  # either half of a double surname: "mevrouw Vermeij"
        self._nicknames: list[tuple[str, tuple[str, ...]]] = []  # nickname, the words of the name around it
        runs = [run for block in blocks if block.role not in _SKIPPED for run in self._runs(block.span)]
        self._gather(runs)
        self._at = [m.at for m in self.mentions]

    def sentence_of(self, at: int) -> int:
        """The number of the sentence in which `at` lies."""
        return bisect_right(self._starts, at)

    def before(self, at: int, most: int = 40) -> list[Mention]:
        """The last mentions before `at`, latest first."""
        index = bisect_right(self._at, at - 1)
        return self.mentions[max(0, index - most) : index][::-1]

    def after(self, at: int, most: int = 40) -> list[Mention]:
        """The first mentions from `at` on."""
        index = bisect_right(self._at, at - 1)
        return self.mentions[index : index + most]

    def mentioned(self, at: int) -> Referent | None:
        """The one whose name begins at `at`, if it is a surname or first name that the whole article has longer."""
        found = self.after(at, 1)
        return found[0].who if found and found[0].at == at and len(found[0].who.words) > 1 else None

    def within(self, span: Span) -> list[Mention]:
        """The mentions inside `span`, in order."""
        return self.mentions[bisect_right(self._at, span.start - 1) : bisect_right(self._at, span.end - 1)]

    # ---------------------------------------------------------------- building

    def _runs(self, block: Span) -> list[Run]:
        """The capitalised runs of one block."""
        tokens = tokenize(self.text, block)
        found: list[Run] = []
        i = 0
        starting = True
        marked = [stretch.outer for stretch in find_marked(self.text, block)]
        inside = 0
        while i < len(tokens):
            token = tokens[i]
            while inside < len(marked) and marked[inside].end <= token.start:
                inside += 1
            quoted = inside < len(marked) and marked[inside].start <= token.start
            end = names.name_run(tokens, i) if token.word else i
            if not quoted and i + 1 < len(tokens):
                owned = starting and token.capital and token.text.endswith(("'s", "’s"))
                if owned or (
                    token.low in LEADS and not (i > 1 and tokens[i - 1].text == "," and tokens[i - 2].capital)
                ):
                    self._noun(tokens, i, starting)
                elif (starting and nouns.is_role(token.low) and nouns.is_plural(token.low)) or (
                    starting and token.low in ("he", "she", "hij", "zij", "ze") and not tokens[i + 1].low.endswith("en")
                ):
                    self.nouns.append(Noun(token.start, token.low, token.low, "", True))
            if end == i:
                starting = token.text in ".!?:" or (starting and not token.word)
                i += 1
                continue
            surname_at = nickname(tokens, end)
            if surname_at:
                stop = name_run_end = names.name_run(tokens, surname_at)
                joined = [*tokens[:end], *tokens[surname_at:]]
                run = self._run(joined, i, end + stop - surname_at, starting, False)
                if run is not None:
                    self._nicknames.append((tokens[surname_at - 2].low, run.words))
                end = name_run_end
            else:
                run = self._run(tokens, i, end, starting and not quoted, quoted)
            if run is not None:
                found.append(run)
            starting = False
            i = end
        return found

    def _noun(self, tokens: Sequence[Tok], i: int, starting: bool) -> None:
        """Notes "the minister" and "the ministry of health", and the abbreviation behind a body."""
        noun = noun_at(self.text, tokens, i, starting)
        if noun is None:
            return
        before = self.nouns[-1] if self.nouns else None
        if before is not None and noun.lead in INDEFINITE and self.text[: noun.at].endswith(f"{before.phrase[1:]}, "):
            noun = replace(noun, starting=before.starting)  # "A customer, a retired teacher from Leeds, …"
            self.nouns.pop()
        self.nouns.append(noun)
        end = noun.at + len(noun.phrase)
        behind = [t.text for t in tokens[i : i + 20] if t.start >= end][:3]
        if noun.body and len(behind) == 3 and behind[0] == "(" and behind[2] == ")" and behind[1].isupper():
            self.short[behind[1].lower()] = noun.phrase

    def _run(self, tokens: Sequence[Tok], i: int, end: int, starting: bool, quoted: bool) -> Run | None:
        begin = i
        sentence_start = i == 0 or tokens[i - 1].text in ".!?:“\"‘„«–—-”’'»"
        while begin < end and sentence_start and begin == i and common_word(tokens, begin, end):
            begin += 1
        trimmed = names.trim_titles(tokens, begin, end) if begin < end else None
        if trimmed is None:
            return None
        start, stop = trimmed
        words = [plain(t.text) for t in tokens[start:stop]]
        while len(words) > 1 and (words[-1].isdigit() or words[-1].lower().rstrip(".") in _SUFFIXES):
            words.pop()
        if len(words) == 1 and (words[0].isdigit() or len(words[0]) < 2 or _CONTRACTED.match(words[0])):
            return None
        titles = [t.low for t in tokens[i:start]]
        before, hint_gender = roles_before(tokens, i)
        roles = [w.rstrip(".") for w in [*titles, *before] if nouns.is_agent(w) or w in HONORIFICS]
        if "minister" in titles and "prime" in titles:
            roles.append("prime-minister")
        starting = starting or _leads(tokens, i) or _before_verb(tokens, i, end)
        explained = apposed_to(tokens, i)
        evidence = self._evidence(tokens, i, start, end, words, roles) + 4 * any(map(nouns.is_role, explained))
        hints = apposition(tokens, end) + explained
        gender = hint_gender or gender_of_words(roles) or first_gender(words[0]) or gender_of_words(hints)
        lowered = tuple(INITIALS.sub(r"\1", " ".join(words).lower()).split())  # "J. K." is "J.K."
        noble = len(words) == 1 and titles and titles[-1] in _NOBLE and tokens[start - 1].capital
        # A run that is one common word at the start of a sentence says nothing.
        if starting and len(words) == 1 and evidence <= 0.5 and words[0].lower() in LANGUAGES_OF:
            return None
        return Run(
            lowered,
            f"{tokens[start - 1].text} {words[0]}" if noble else " ".join(words),
            tokens[start].start,
            self.sentence_of(tokens[start].start),
            evidence,
            gender,
            tuple(roles),
            tuple(hints),
            (starting or bool(explained)) and not quoted,
            quoted,
            tuple(shared_surname(tokens, i, end)) if len(words) == 1 else (),
            traits(tokens, i, start, end),
            tie_before(tokens, i),
            "" if gender else gender_behind(tokens, end),
        )

    def _evidence(
        self, tokens: Sequence[Tok], i: int, start: int, end: int, words: list[str], roles: list[str]
    ) -> float:
        """How much speaks for a person rather than a place, work or body."""
        score = 0.0
        if words[0] in FIRST_NAMES:
            score += 3 if len(words) > 1 else 2
        if roles:
            score += 3
        before = tokens[i - 1].low if i else ""
        if start > i and tokens[start - 1].low in _ARTICLES:
            score -= 2.5  # "De Nationale Loterij", at the beginning of a sentence
        after = tokens[end] if end < len(tokens) else None
        behind = tokens[end + 1].low if end + 1 < len(tokens) else ""
        if after is not None:
            if after.text == "," and behind == "which":
                score -= 4
            if after.text == "," and (behind in ("who", "die", "whose", "wie") or behind[:2].isdigit()):
                score += 2
            if (after.low in VERBS["nl"] or after.low in VERBS["en"]) and after.low not in NEEDS:
                score += 1.5
        if before in VERBS["nl"] or before in VERBS["en"] or before in ("aldus", "volgens"):
            score += 1.5
        if start == i and (before in _PLACE_BEFORE or (len(words) == 1 and before in ("van", "of", "for", "voor"))):
            score -= 1.5
        if start == i and before in ("the", "de", "het", "a", "an", "een"):
            score -= 2.5
        last = words[-1]
        if last in NOT_PEOPLE or nouns.is_body(last):
            score -= 1.5 if roles or words[0] in FIRST_NAMES else 4  # Wijkagent Bos, Anna Kerk
        if len(words) > 1 and words[0].lower() in BODIES and words[0] not in FIRST_NAMES:
            score -= 4  # "Bank Ten Have"
        if any(w.isupper() and len(w) > 1 and "." not in w for w in words):
            score -= 3
        if len(words) in (2, 3, 4) and last[0].isupper():
            score += 0.6
        if any(w.lower() in PARTICLES for w in words[1:]):
            score += 1
        return score

    def _gather(self, runs: list[Run]) -> None:
        """Merges the runs into persons: long names first, then the short ones that point to them."""
        by_words: dict[tuple[str, ...], Referent] = {}
        firsts = {run.words[0] for run in runs if len(run.words) > 1}
        lasts = {run.words[-1] for run in runs if len(run.words) > 1}
        acting = {run.words[0] for run in runs if len(run.words) == 1 and run.evidence > 0}
        for k, run in enumerate(runs):
            known = run.text in FIRST_NAMES or (run.words[0] in acting and run.words[0] not in lasts)
            if run.surname and run.words[0] not in firsts and known:
                runs[k] = with_surname(run)
        surnames = {run.words[-1] for run in runs if len(run.words) > 1 and run.evidence >= 3}
        for k, run in enumerate(runs):
            rank = run.text.split()[0]
            if (
                len(run.words) == 2
                and rank.isupper()
                and len(rank) < 5
                and "." not in rank
                and run.words[1] in surnames
            ):
                runs[k] = replace(run, words=run.words[1:], text=run.text.split()[1])  # "DCI Menon"
        for run in runs:
            if len(run.words) > 1:
                person = by_words.get(run.words)
                if person is None:
                    person = by_words[run.words] = Referent(run.text, run.words, first=run.at)
                    self._index(person)
                absorb(person, run)
        for nick, full in self._nicknames:
            if full in by_words:
                self._by_first.setdefault(nick, []).append(by_words[full])
        placed: list[tuple[Run, Referent]] = []
        elsewhere = {word for run in runs if not run.subject or len(run.words) > 1 for word in run.words}
        for run in runs:
            lone = run.subject and len(run.words) == 1 and run.evidence <= 0 and not run.text.isupper()
            behind_title = self.text[max(0, run.at - 2) : run.at].rstrip()[-1:].isalnum()
            if lone and run.words[0] not in elsewhere and not behind_title:
                continue  # a capital that the sentence gave: "Flights at the airport …"
            person = by_words.get(run.words)
            longer = self.named(run.words, run.at, run.gender)
            if run.shown and longer is not None and longer.gender not in ("", run.shown):
                other = self.named(run.words, run.at, run.shown)  # "Bell, reached at her home", of two Bells
                longer = other if other is not None and len(other.words) > len(run.words) else longer
            if longer is not None and longer is not person and (person is None or len(longer.words) > len(run.words)):
                absorb(longer, run)
                person = longer
            if person is None:
                person = by_words[run.words] = Referent(run.text, run.words, first=run.at)
                self._index(person)
                absorb(person, run)
            elif person.words == run.words and len(run.words) == 1:
                absorb(person, run)
            placed.append((run, person))
        self.people = list(dict.fromkeys(person for _, person in placed))
        placed.sort(key=lambda pair: pair[0].at)
        self.mentions = [Mention(run.at, run.sentence, who, run.subject, run.quoted, run.tie) for run, who in placed]

    def _index(self, person: Referent) -> None:
        self._by_last.setdefault(person.words[-1], []).append(person)
        self._by_first.setdefault(person.words[0], []).append(person)
        parts = person.words[1:]
        if len(parts) > 2 and "-" in " ".join(parts[1:-1]):  # "van der Lans-de Wit" is also "van der Lans"
            first = next(word for word in parts if "-" in word).split("-")[0]
            self._by_half.setdefault(first, []).append(person)
        for half in person.words[-1].split("-") if len(person.words) > 1 and "-" in person.words[-1] else ():
            self._by_half.setdefault(half, []).append(person)

    # ---------------------------------------------------------------- asking

    def named(self, words: Sequence[str], at: int, gender: str = "") -> Referent | None:
        """Whom the (lower-case) name words mean: the longest name that ends, or begins, with them."""
        words = tuple(INITIALS.sub(r"\1", " ".join(words)).split())
        if not words:
            return None
        best: Referent | None = None
        best_key: tuple[int, int, int, int] | None = None
        pool = [p for p in self._by_last.get(words[-1], ()) if p.words[-len(words) :] == words]
        if not pool:
            pool = [p for p in self._by_half.get(words[-1], ()) if set(words) <= {*p.words, words[-1]}]
        if len(words) == 1:
            pool += [p for p in self._by_first.get(words[0], ()) if len(p.words) > 1 and p.person and p not in pool]
        for person in pool:
            if len(words) == 1 and len(person.words) > 1 and person.evidence <= 0 and person.words[-1] != words[0]:
                continue
            fits = int(not gender or not person.gender or person.gender == gender)
            key = (
                fits,
                int(person.evidence > 0),
                len(person.words),
                -abs(person.first - at) if person.first <= at else -(10**9),
            )
            if best_key is None or key > best_key:
                best, best_key = person, key
        return best


def _before_verb(tokens: Sequence[Tok], i: int, end: int) -> bool:
    """Whether the name `i:end` behind a comma is the subject: "Speaking on the radio, Ann Bell said …"."""
    behind = tokens[end].low if end < len(tokens) else ""
    return i > 0 and tokens[i - 1].text == "," and (behind in VERBS["en"] or behind in nouns.FINITE or behind in HAD)


def _leads(tokens: Sequence[Tok], i: int) -> bool:
    """Whether what stands before the name at `i` is part of a phrase that begins the sentence: "His mate Ann Bell"."""
    k = i - 1
    while k >= 0 and tokens[k].word and i - k <= 5:
        k -= 1
    begins = k < 0 or tokens[k].text in ".!?"
    lead = tokens[k + 1 : i]
    verbs = any(
        t.low in nouns.FINITE or t.low in VERBS["nl"] or t.low in VERBS["en"] or t.low in STOPS for t in lead[1:]
    )
    return begins and bool(lead) and not verbs and (nouns.is_agent(lead[0].low) or lead[0].low in LEADS)
