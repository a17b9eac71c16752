"""`aligner inspect`: one input as the tool sees it."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer

from aligner.cli.show import complain, plain


def inspect(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A text, page or archive, one article of an archive, or -.")
    ],
    columns: Annotated[str, typer.Option(help="Columns of tables, such as caption=bijschrift,body=tekst.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="All of it as JSON, with character offsets.")] = False,
) -> None:
    """Show blocks, languages, sentences, quotes and speakers of one input.

    Examples:

      aligner inspect article.html

      aligner inspect dump.jsonl.gz/000123

      aligner inspect article.txt --json | jq '.quotes[].speaker_full'
    """
    from aligner.api import inspect as inspect_input
    from aligner.errors import InputError

    try:
        seen = inspect_input(file, columns=columns)
    except InputError as error:
        complain(f"{file}: {error}", error.hint)
        raise typer.Exit(1) from error
    if as_json:
        text = json.dumps(seen, ensure_ascii=False, indent=1)
        sys.stdout.write(text.encode("utf-8", "replace").decode("utf-8") + "\n")
    else:
        sys.stdout.write("\n".join(_lines(seen)) + "\n")


def _lines(seen: dict[str, Any]) -> list[str]:
    lines = [f"{plain(seen['document'])}  language {seen['lang']}  date {plain(seen['date']) or '–'}"]
    for number, block in enumerate(seen["blocks"]):
        confidence = f"{block['lang_confidence']:.2f}"
        lines.append(f"\n[{number}] {block['role']}  {block['lang']} {confidence}  {block['start']}-{block['end']}")
        for sentence in block["sentences"]:
            lines.append(f"    {sentence['lang']}  {plain(' '.join(sentence['text'].split()))}")
        for quote in seen["quotes"]:
            if quote["block"] == number:
                who = quote["speaker_full"] or quote["speaker"] or "?"
                if quote["speaker"] and quote["speaker"].casefold() != who.casefold():
                    who += f" (“{' '.join(quote['speaker'].split())}”)"  # "Ann Bell (“she”)"
                cue = f", {quote['cue']}" if quote["cue"] else ""
                lines.append(
                    f"    » {quote['kind']} quote by {plain(who)}{plain(cue)}: {plain(' '.join(quote['text'].split()))}"
                )
    if seen["credits"]:
        lines.append("\ncredits: " + "; ".join(plain(credit) for credit in seen["credits"]))
    return lines
