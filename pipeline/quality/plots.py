"""Small plots as values in the units of their own viewBox; the template draws them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipeline import check
from pipeline.document import Pair

WIDTH, HEIGHT = 300, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 30, 8, 16, 28
"""Room for the axes."""
_BIN = 0.1
"""Log-probability a piece, for each bar of the histogram."""
_FEWEST_BINS, _MOST_BINS = 12, 24
_TICKS = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    """Its class in the style sheet."""
    title: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A point; where it is doubtful it is filled."""

    x: float
    y: float
    doubtful: bool
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis, or a line across the plot."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two points, with a name."""

    x1: float
    y1: float
    x2: float
    y2: float
    label: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """How the model's scores are spread."""

    bars: tuple[Bar, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    limit: Tick
    """Below it, to the left, sentences are doubtful."""
    scores: int
    middle: float


@dataclass(frozen=True, slots=True)
class Scatter:
    """Length of the English against that of the Chinese."""

    dots: tuple[Dot, ...]
    rays: tuple[Line, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    middle: float
    """Median of English characters for each Chinese one."""


def stacked(parts: Sequence[tuple[str, int]], width: float = 100.0) -> tuple[Bar, ...]:
    """One bar of `width` by 8, divided as the counts are; parts without any are left out."""
    whole, at, bars = sum(count for _, count in parts), 0.0, []
    for name, count in parts:
        if count:
            bars.append(Bar(round(at, 2), 0, round(width * count / whole, 2), 8, name, f"{name}: {count} of {whole}"))
            at += width * count / whole
    return tuple(bars)


def histogram(pairs: Sequence[Pair], limit: float) -> Histogram | None:
    """Scores in steps of 0.1, all below the last step in it; None where the model was never asked."""
    scores = [pair.score for pair in pairs if pair.score is not None]
    if not scores:
        return None
    bins = min(max(int(-min(scores) / _BIN) + 1, _FEWEST_BINS), _MOST_BINS)
    counts = [0] * bins
    for score in scores:
        counts[min(int(-score / _BIN), bins - 1)] += 1
    step, most = (WIDTH - _LEFT - _RIGHT) / bins, _round_up(max(counts))
    bars = []
    for index, count in enumerate(counts):
        height = count / most * (HEIGHT - _TOP - _BOTTOM)
        x = WIDTH - _RIGHT - (index + 1) * step
        kind = "doubtful" if round(-index * _BIN, 2) <= limit else "plain"
        lower = f"−{(index + 1) * _BIN:.1f} to " if index < _MOST_BINS - 1 else "below "
        title = f"{lower}−{index * _BIN:.1f}: {count}"
        bars.append(
            Bar(round(x + 1, 2), round(HEIGHT - _BOTTOM - height, 2), round(step - 2, 2), round(height, 2), kind, title)
        )
    every = max(1, round(bins / 2 / _TICKS)) * 2
    across = tuple(
        Tick(round(WIDTH - _RIGHT - index * step, 2), f"−{index * _BIN:.1f}" if index else "0")
        for index in range(0, bins + 1, every)
    )
    at = Tick(round(WIDTH - _RIGHT + limit / _BIN * step, 2), f"−{-limit:.2g}")
    return Histogram(tuple(bars), across, _up(most), at, len(scores), median(scores))


def scatter(pairs: Sequence[Pair], doubtful: frozenset[str]) -> Scatter | None:
    """A dot for each sentence with Chinese in it; None where there is none."""
    found = [(pair, ratio) for pair in pairs if (ratio := check.ratio(pair)) is not None]
    if not found:
        return None
    sizes = [(check.characters(pair.sentence.text), len(pair.target)) for pair, _ in found]
    wide, high = _round_up(max(size for size, _ in sizes)), _round_up(max(size for _, size in sizes))
    dots = tuple(
        Dot(_x(size, wide), _y(length, high), pair.sentence.id in doubtful, f"{pair.sentence.id}: {ratio:.1f}")
        for (pair, ratio), (size, length) in zip(found, sizes, strict=True)
    )
    middle = median(ratio for _, ratio in found)
    rays = tuple(
        _ray(ratio, name, wide, high)
        for ratio, name in ((check.SHORT, "short"), (middle, "median"), (check.LONG, "long"))
    )
    across = tuple(Tick(_x(wide * n / _TICKS, wide), f"{wide * n / _TICKS:g}") for n in range(_TICKS + 1))
    return Scatter(dots, rays, across, _up(high), middle)


def _ray(ratio: float, name: str, wide: float, high: float) -> Line:
    """All points of one length ratio, as far as the plot goes."""
    end = min(wide, high / ratio) if ratio else wide
    return Line(_x(0, wide), _y(0, high), _x(end, wide), _y(end * ratio, high), f"{name} {ratio:.1f}")


def _x(value: float, most: float) -> float:
    return round(_LEFT + value / most * (WIDTH - _LEFT - _RIGHT), 2)


def _y(value: float, most: float) -> float:
    return round(HEIGHT - _BOTTOM - value / most * (HEIGHT - _TOP - _BOTTOM), 2)


def _up(most: float) -> tuple[Tick, ...]:
    return tuple(Tick(_y(most * n / 2, most), f"{most * n / 2:g}") for n in range(3))


def _round_up(value: float) -> float:
    """The next of 2, 4, 6, 8, 10, 20, 40 …: the halves and quarters are short to write."""
    power = 1
    while value > 10 * power:
        power *= 10
    return next(float(factor * power) for factor in (2, 4, 6, 8, 10) if value <= factor * power)
