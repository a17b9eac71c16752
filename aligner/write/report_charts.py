"""The report's pictures as inline SVG: shares of statuses, counts of kinds, spread of the scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from aligner.write.corpus import KINDS, STATUSES, number

_WIDTH, _BAR, _GAP, _LABEL = 300, 15, 3, 92
_BINS = 20


def charts(rows: Sequence[Mapping[str, str]]) -> str:
    """All pictures, each a figure with its caption and its numbers in words for those who do not see it."""
    statuses = Counter(row["status"] for row in rows)
    kinds = Counter(kind for row in rows for kind in dict.fromkeys(row["kinds"].split(";")) if kind in KINDS)
    parts = [_bars("Pairs by status", [(name, statuses[name], name) for name in reversed(STATUSES)])]
    if kinds:
        parts.append(
            _bars("Pairs by kind of difference", [(name, count, "plain") for name, count in kinds.most_common()])
        )
    for name in ("similarity", "divergence"):
        parts.append(_histogram(name, (number(row[name]) for row in rows)))
    return "".join(part for part in parts if part)


def _bars(title: str, bars: Sequence[tuple[str, int, str]]) -> str:
    most = max((count for _, count, _ in bars), default=0) or 1
    drawn = []
    for at, (name, count, style) in enumerate(bars):
        y, width = at * (_BAR + _GAP), round((_WIDTH - _LABEL - 60) * count / most, 1)
        drawn.append(
            f'<text x="0" y="{y + 12}">{escape(name)}</text>'
            f'<rect class="fill-{style}" x="{_LABEL}" y="{y}" width="{max(width, float(count > 0))}" height="{_BAR}"/>'
            f'<text x="{_LABEL + width + 6:.1f}" y="{y + 12}">{count:,}</text>'
        )
    told = ", ".join(f"{name} {count:,}" for name, count, _ in bars)
    return _figure(title, told, "".join(drawn), len(bars) * (_BAR + _GAP))


def _histogram(name: str, values: Iterable[float | None]) -> str:
    scores = [value for value in values if value is not None]
    if not scores:
        return ""
    bins = Counter(min(int(score * _BINS), _BINS - 1) for score in scores)
    most, wide, height = max(bins.values()), _WIDTH / _BINS, 60
    drawn = []
    for at in range(_BINS):
        tall = round(height * bins[at] / most, 1)
        if bins[at]:
            tall = max(tall, 1.0)
            drawn.append(
                f'<rect class="fill-plain" x="{at * wide:.1f}" y="{height - tall:.1f}" width="{wide - 1:.1f}" '
                f'height="{tall}"><title>{at / _BINS:.2f} to {(at + 1) / _BINS:.2f}: {bins[at]:,}</title></rect>'
            )
    drawn.append(f'<line class="axis" x1="0" x2="{_WIDTH}" y1="{height}" y2="{height}"/>')
    drawn += [
        f'<text x="{x}" y="{height + 14}" text-anchor="{anchor}">{text}</text>'
        for x, anchor, text in ((0, "start", "0"), (_WIDTH / 2, "middle", "0.5"), (_WIDTH, "end", "1"))
    ]
    ordered = sorted(scores)
    told = f"{len(scores):,} scores, half of them below {ordered[len(ordered) // 2]:.2f}"
    return _figure(name.capitalize(), told, "".join(drawn), height + 18)


def _figure(title: str, told: str, drawn: str, height: int) -> str:
    return (
        f"<figure><figcaption>{escape(title)}</figcaption>"
        f'<svg role="img" aria-label="{escape(title)}: {escape(told)}" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}">{drawn}</svg></figure>'
    )
