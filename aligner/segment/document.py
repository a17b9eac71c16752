"""A page becomes a document: languages of blocks and sentences, sentences, quotes. Pure, linear in the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from aligner.records import BODY_ROLES, UNKNOWN, Block, Document, Page, Role, Sentence
from aligner.segment.language import LangGuess, detect
from aligner.segment.quotes import find_quotes
from aligner.segment.sentences import split

_SURE = 0.9  # a sentence differs from its block only when it is this sure; else it takes the block's language
_LEAST_WORDS = 4  # shorter sentences inherit: two-word sentences are where every detector guesses
_SAMPLE = 4_000  # characters of body read for the majority
_NO_LANGUAGE = frozenset({Role.CREDIT, Role.BYLINE})


def segment(page: Page) -> Document:
    """`page` with the language of every block and sentence, its sentences, and who says what."""
    majority = _majority(page)
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    for number, block in enumerate(page.blocks):
        text = block.span.of(page.text)
        guess = _block_language(text, block.role, majority)
        blocks.append(replace(block, lang=guess.code, lang_confidence=round(guess.confidence, 3)))
        sentences += _sentences(text, block, number, guess, majority)
    lang = _document_language(page, blocks, sentences)
    quotes = find_quotes(page.text, blocks, sentences)
    return Document(
        page.document, page.text, tuple(blocks), tuple(sentences), quotes, page.title, page.date, lang, page.credits
    )


def _majority(page: Page) -> str:
    """The language of most body text, or what the page declares: the prior of its blocks."""
    seen: Counter[str] = Counter()
    for block in page.blocks:
        if block.role in BODY_ROLES and sum(seen.values()) < _SAMPLE:
            text = block.span.of(page.text)
            seen[detect(text).code] += len(text)
    seen.pop(UNKNOWN, None)
    if seen:
        return max(seen, key=lambda code: (seen[code], code))
    return page.lang.split("-")[0].lower()


def _block_language(text: str, role: Role, majority: str) -> LangGuess:
    """The language of one block. Captions get no prior: theirs is the very thing that differs."""
    return detect(text, None if role in (Role.CAPTION, Role.CREDIT) else majority or None)


def _sentences(text: str, block: Block, number: int, guess: LangGuess, majority: str) -> list[Sentence]:
    """The sentences of a block, each with its language."""
    lang = (
        guess.code
        if guess.code != UNKNOWN
        else (majority if block.role not in (Role.CAPTION, Role.CREDIT) else UNKNOWN)
    )
    found: list[Sentence] = []
    spans = split(text, lang or UNKNOWN)
    for span in spans:
        code = guess.code
        if block.role not in _NO_LANGUAGE and len(spans) > 1:
            own = detect(span.of(text), guess.code if guess.code != UNKNOWN else None)
            if own.code != UNKNOWN and own.confidence >= _SURE and len(span.of(text).split()) >= _LEAST_WORDS:
                code = own.code
        shifted = type(span)(span.start + block.span.start, span.end + block.span.start)
        found.append(Sentence(shifted, number, code))
    return found


def _document_language(page: Page, blocks: Sequence[Block], sentences: Sequence[Sentence]) -> str:
    """The language of most characters in the body; of everything else if there is no body."""
    for roles in (BODY_ROLES, frozenset(Role) - BODY_ROLES):
        seen: Counter[str] = Counter()
        for sentence in sentences:
            if blocks[sentence.block].role in roles and sentence.lang != UNKNOWN:
                seen[sentence.lang] += sentence.span.end - sentence.span.start
        if seen:
            return max(seen, key=lambda code: (seen[code], code))
    return page.lang.split("-")[0].lower() or UNKNOWN
