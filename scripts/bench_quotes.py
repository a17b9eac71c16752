"""Score quotes and speakers on corpora/quotes, beside a baseline of quote marks and the nearest name.

    python scripts/bench_quotes.py [--split dev|train|train2|gate] [--show]

A found quote matches a gold quote by the characters they share over those that either covers (intersection
over union), best pairs first, one to one; the kind need not agree in the "all" rows, and the "direct" rows
look at direct quotes on both sides only. GenderGapTracker counts a match in the same way at .3 and at .8.
Speaker: share of the gold quotes matched at .3 whose full name is right (articles and case ignored); then the
same by what stands at the cue: a name, a pronoun, a role or body without a name, nothing. `--split gate` reads
gate.jsonl and gate2.jsonl (another hand's hard articles) and prints them apart.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from aligner.records import Block, Page, Role, Span
from aligner.segment.document import segment

FOLDER = Path(__file__).resolve().parent.parent / "corpora" / "quotes"


#: How the words at the cue name the speaker; a speaker resolved from each is another skill.
FORMS = ("name", "pronoun", "role", "none")
KEYS = ("gold", "found", "P@0.3", "R@0.3", "F1@0.3", "P@0.8", "R@0.8", "F1@0.8", "speaker", *FORMS)
PRONOUNS = frozenset(
    "he she they it him her them hij zij ze hem haar hen hun die deze ik i we wij who zijzelf hijzelf".split()
)


class Found(NamedTuple):
    span: Span
    kind: str
    speaker: str
    form: str = ""


def form(words: str) -> str:
    """Which of `FORMS` the words at the cue are: a capital behind the first word is a name."""
    tokens = words.split()
    if not tokens:
        return "none"
    if tokens[0].lower() in PRONOUNS and len(tokens) < 3:
        return "pronoun"
    small = tokens[0].lower() in ("the", "a", "an", "de", "het", "een", "her", "his", "haar", "zijn", "their", "hun")
    if any(t[0].isupper() for t in tokens[1:]) or (tokens[0][0].isupper() and len(tokens) == 1 and not small):
        return "name"
    return "role"


def paragraphs(text: str) -> Page:
    """A page of paragraphs, parted by blank lines."""
    blocks = [
        Block(Role.PARAGRAPH, Span(*m.span()))
        for m in re.finditer(r"\S(?:.*?\S)??(?=\s*\n\s*\n|\s*\Z)", text, re.DOTALL)
    ]
    return Page("article", text, tuple(blocks))


def ours(text: str, lang: str) -> list[Found]:
    document = segment(paragraphs(text))
    return [Found(q.span, q.kind.value, q.speaker_full) for q in document.quotes]


def baseline(text: str, lang: str) -> list[Found]:
    """Text between quote marks; the nearest run of capitalised words outside."""
    found = []
    names = list(re.finditer(r"[A-Z]\w+(?: (?:van |de |der |den )*[A-Z]\w+)+|[A-Z]\w+", text))
    for m in re.finditer(r"[\"“„«‘]([^\"”»’“]{2,}?)[\"”»’]", text):
        outside = [n for n in names if n.end() <= m.start() or n.start() >= m.end()]
        near = min(outside, key=lambda n: min(abs(n.start() - m.end()), abs(m.start() - n.end())), default=None)
        found.append(Found(Span(*m.span(1)), "direct", near.group() if near else ""))
    return found


def gold(article: dict[str, Any]) -> list[Found]:
    """The gold quotes with offsets; each is looked for behind the one before, then anywhere."""
    text, at, rows = article["text"], 0, []
    for quote in article["quotes"]:
        place = text.find(quote["text"], at)
        place = place if place >= 0 else text.find(quote["text"])
        if place < 0:
            print(f"{article['id']}: gold not in the text: {quote['text'][:50]}", file=sys.stderr)
            continue
        at = place
        rows.append(
            Found(
                Span(place, place + len(quote["text"])),
                quote["kind"],
                quote["speaker_full"],
                form(quote.get("speaker", "")),
            )
        )
    return rows


def overlap(a: Span, b: Span) -> float:
    shared = max(0, min(a.end, b.end) - max(a.start, b.start))
    return shared / (max(a.end, b.end) - min(a.start, b.start)) if shared else 0.0


def match(wanted: list[Found], got: list[Found], least: float) -> list[tuple[Found, Found]]:
    pairs = sorted(
        ((overlap(w.span, g.span), i, j) for i, w in enumerate(wanted) for j, g in enumerate(got)), reverse=True
    )
    used_w: set[int] = set()
    used_g: set[int] = set()
    result = []
    for score, i, j in pairs:
        if score >= least and i not in used_w and j not in used_g:
            used_w.add(i)
            used_g.add(j)
            result.append((wanted[i], got[j]))
    return result


def same_name(a: str, b: str) -> bool:
    def plain(name: str) -> str:
        return re.sub(r"^(?:the|de|het|een|a|an) ", "", " ".join(name.casefold().replace("’", "'").split()))

    return plain(a) == plain(b)


def score(rows: Iterable[tuple[list[Found], list[Found]]], direct: bool) -> dict[str, float]:
    n_gold = n_got = right = with_speaker = 0
    hits = {0.3: 0, 0.8: 0}
    forms: dict[str, list[bool]] = {form: [] for form in FORMS}
    for all_wanted, all_got in rows:
        wanted = [w for w in all_wanted if w.kind == "direct" or not direct]
        got = [g for g in all_got if g.kind == "direct" or not direct]
        n_gold += len(wanted)
        n_got += len(got)
        for least in hits:
            hits[least] += len(match(wanted, got, least))
        for w, g in match(wanted, got, 0.3):
            with_speaker += 1
            right += same_name(w.speaker, g.speaker)
            forms[w.form].append(same_name(w.speaker, g.speaker))
    result: dict[str, float] = {"gold": n_gold, "found": n_got}
    for least, hit in hits.items():
        p, r = hit / max(1, n_got), hit / max(1, n_gold)
        result |= {f"P@{least}": p, f"R@{least}": r, f"F1@{least}": 2 * p * r / max(1e-9, p + r)}
    by_form = {name: sum(found) / max(1, len(found)) for name, found in forms.items()}
    return result | {"speaker": right / max(1, with_speaker)} | by_form


def show(article: dict[str, Any], wanted: list[Found], got: list[Found]) -> None:
    """The mistakes of one article."""
    text = article["text"]
    pairs = match(wanted, got, 0.3)
    for w in wanted:
        g = next((g for w2, g in pairs if w2 is w), None)
        if g is None:
            print(f"{article['id']} MISSED {w.kind[0]} [{w.speaker}] {w.span.of(text)}")
        elif overlap(w.span, g.span) < 0.8:
            print(f"{article['id']} SPAN {w.kind[0]}/{g.kind[0]} {w.span.of(text)}\n{'':14}-> {g.span.of(text)}")
        elif g.kind != w.kind:
            print(f"{article['id']} KIND {w.kind} {w.span.of(text)}")
        if g is not None and not same_name(w.speaker, g.speaker):
            print(f"{article['id']} SPEAKER {w.speaker!r} got {g.speaker!r}: {w.span.of(text)[:70]}")
    for g in got:
        if all(g is not g2 for _, g2 in pairs):
            print(f"{article['id']} EXTRA {g.kind[0]} [{g.speaker}] {g.span.of(text)}")


def report(articles: list[dict[str, Any]], mistakes: bool) -> None:
    """Prints the figures of some articles, and their mistakes if asked."""
    for lang in ("en", "nl"):
        chosen = [a for a in articles if a["lang"] == lang]
        for name, finder in (("ours", ours), ("baseline", baseline)):
            rows = [(gold(a), finder(a["text"], lang)) for a in chosen]
            for direct in (False, True):
                found = score(rows, direct)
                label = f"{lang} {name} {'direct' if direct else 'all'}"
                print(
                    f"{label:22}" + "".join(f"{found[k]:8.0f}" if k in KEYS[:2] else f"{found[k]:8.3f}" for k in KEYS)
                )
            if name == "ours" and mistakes:
                for article, (wanted, got) in zip(chosen, rows, strict=True):
                    show(article, wanted, got)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=["dev", "train", "train2", "gate"], default="dev")
    parser.add_argument("--show", action="store_true", help="print the mistakes (not for gate)")
    args = parser.parse_args()
    if args.show and args.split == "gate":
        parser.error("nobody looks at the gate's mistakes; --show is for the others")
    print(f"{'':22}" + "".join(f"{key:>8}" for key in KEYS))
    for name in (args.split, "gate2") if args.split == "gate" else (args.split,):
        path = FOLDER / f"{name}.jsonl"
        if path.exists():
            print(name)
            report([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()], args.show)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
