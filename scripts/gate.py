"""The gate: runs the tool on the gate-only half of `corpora/examples` and compares with pinned floors.

python scripts/gate.py                 fails if a figure fell below its floor or the corpus changed unnoticed
python scripts/gate.py --split dev --errors     what goes wrong on the half that one may look at
python scripts/gate.py --repin         raises floors to today's figures; refuses to lower one
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from score_examples import EXAMPLES, Score, digest, gold, score

import aligner

FLOORS = Path(__file__).with_name("gate_floors.json")
#: Below a pinned figure by less than this is rounding, not a loss (one unit of some 50 is 0.02).
SLACK = 0.001


def measured(split: str) -> Score:
    """Run `aligner.align` on the examples of a split, without translation, and score it."""
    articles = gold(split)
    paths = [EXAMPLES / article["document"] for article in articles]
    done = aligner.align([EXAMPLES], translate="none")
    credits = {
        article["document"]: aligner.inspect(path)["credits"] for article, path in zip(articles, paths, strict=True)
    }
    return score(articles, done.corpus.to_dict("records"), done.unaligned.to_dict("records"), credits)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=("dev", "gate", "all"), default="gate")
    parser.add_argument("--errors", action="store_true", help="print what went wrong (dev only)")
    parser.add_argument("--repin", action="store_true", help="raise the floors to today's figures")
    parser.add_argument("--allow-regression", action="store_true", help="with --repin: floors may also go down")
    options = parser.parse_args()
    if options.errors and options.split != "dev":
        parser.error("--errors is for --split dev: nobody looks at the gate's errors")
    result = measured(options.split)
    table = {name: round(value, 4) for name, value in result.table().items()}
    pinned = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {"digest": "", "floors": {}}
    floors: dict[str, float] = pinned["floors"]
    fallen = []
    for name, value in table.items():
        floor = floors.get(name) if options.split == "gate" else None
        below = floor is not None and value < floor - SLACK
        if below:
            fallen.append(name)
        shown = "" if floor is None else f"  floor {floor:.3f}{'  BELOW' if below else ''}"
        print(f"{name:<34} {value:6.3f}{shown}")
    print(
        "counts: "
        + ", ".join(f"{name} {count}" for name, count in sorted(result.counts.items()) if name.endswith("gold"))
    )
    for error in result.errors if options.errors else ():
        print(error)
    if options.split != "gate":
        return 0
    if options.repin:
        return repin(table, fallen, options.allow_regression)
    if pinned["digest"] != digest():
        print(
            "the examples changed since the floors were pinned: look at the figures, then run with --repin",
            file=sys.stderr,
        )
        return 1
    if fallen:
        print(f"below the floor: {', '.join(fallen)}", file=sys.stderr)
    return 1 if fallen else 0


def repin(table: dict[str, float], fallen: list[str], allow: bool) -> int:
    if fallen and not allow:
        print(
            f"not repinned, these fell: {', '.join(fallen)} (--allow-regression pins them all the same)",
            file=sys.stderr,
        )
        return 1
    temporary = FLOORS.with_suffix(".tmp")
    temporary.write_text(json.dumps({"digest": digest(), "floors": table}, indent=1) + "\n", encoding="utf-8")
    temporary.replace(FLOORS)
    print(f"pinned {len(table)} floors")
    return 0


if __name__ == "__main__":
    sys.exit(main())
