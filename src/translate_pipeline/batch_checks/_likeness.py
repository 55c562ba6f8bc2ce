"""The signs of a source and of a target in, out how much speaks for one translating the other.

Law: only differences count: for one target, likeness to one source less likeness to another is
the logarithm of the odds between the two. Linear in the number of signs.

The weights were fitted (conditional logit: the right source against its neighbours, and against
two sources joined) on one half of the published pairs; `python -m benchmarks.alignment
--calibrate` does it again, and the table it prints is measured on the other half.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from translate_pipeline.batch_checks._signs import Signs

__all__ = ["FEATURES", "WEIGHTS", "features", "likeness", "rarity", "typical_ratio"]

#: What is looked at, in the order of the numbers that `features` gives.
FEATURES = (
    "length, squared", "length", "names shared", "names of others", "words shared",
    "words of others", "names lost", "last sign", "question marks", "exclamation marks",
    "colons", "brackets", "quotation marks", "code", "bold", "links", "commas",
    "symbols", "marks",
)  # fmt: skip
WEIGHTS = (
    -0.19, -0.50, 1.00, -1.02, 0.66, -0.88, -0.73, -2.75, -0.64, -0.48,
    -1.75, -1.59, -1.01, -1.37, -1.80, -0.52, -0.88, -0.52, -0.17,
)  # fmt: skip

_OF_WORDS, _OF_END, _OF_POINTS = WEIGHTS[2:7], WEIGHTS[7], WEIGHTS[8:]

# Variance of the logarithm of target/source: A / characters + B. Measured: 0.23 at 24
# characters, 0.18 at 45, 0.13 at 90, 0.09 at 180 (standard deviations).
_SPREAD, _SPREAD_LEAST = 1.55, 0.002
_LEAST = 4  # characters added to both lengths, or the shortest would say the most
_FARTHEST = 5.0  # standard deviations; beyond, nothing gets less likely
_MOST_NAMES = 12.0
_MOST_POINTS = 2
_PRIOR = 400  # characters of a batch that its language's usual ratio weighs as much as


def typical_ratio(sources: Sequence[Signs], targets: Sequence[Signs], usual: float) -> float:
    """Target/source length in this batch; `usual` is the ratio of the languages.

    A shift changes the sums hardly at all.
    """
    ours = sum(one.length for one in sources)
    theirs = sum(one.length for one in targets)
    return (theirs + _PRIOR * usual) / (ours + _PRIOR)


def rarity(sources: Sequence[Signs]) -> dict[str, float]:
    """How much a word says: the less, the more of `sources` have it."""
    counts = Counter(word for one in sources for word in one.names | one.stems)
    return {word: math.log((len(sources) + 1) / count) for word, count in counts.items()}


def features(
    source: Signs, target: Signs, ratio: float, rare: Mapping[str, float]
) -> tuple[float, ...]:
    """What likeness is made of: one number for each of `FEATURES`."""
    far = _distance(source.length, target.length / ratio)
    points = [
        min(abs(ours - theirs), _MOST_POINTS)
        for ours, theirs in zip(source.points, target.points, strict=True)
    ]
    return (far * far, far, *_words(source, target, rare), source.end != target.end, *points)


def likeness(source: Signs, target: Signs, ratio: float, rare: Mapping[str, float]) -> float:
    """How much speaks for `target` translating `source`, in natural logarithms.

    The sum of `features` times `WEIGHTS`, without the parts that are zero.
    """
    far = _distance(source.length, target.length / ratio)
    total = far * (WEIGHTS[0] * far + WEIGHTS[1])
    if target.names or target.stems or source.loud:
        words = _words(source, target, rare)
        total += sum([weight * part for weight, part in zip(_OF_WORDS, words, strict=True)])
    if source.end != target.end:
        total += _OF_END
    if source.points != target.points:
        for weight, ours, theirs in zip(_OF_POINTS, source.points, target.points, strict=True):
            if ours != theirs:
                apart = abs(ours - theirs)
                total += weight * (apart if apart < _MOST_POINTS else _MOST_POINTS)
    return total


def _distance(length: int, expected: float) -> float:
    """How many standard deviations `expected` characters are away from a source's `length`."""
    variance = _SPREAD / (length + _LEAST + 1) + _SPREAD_LEAST
    scaled = math.log((expected + _LEAST) / (length + _LEAST))
    return min(abs(scaled) / math.sqrt(variance), _FARTHEST)


def _words(source: Signs, target: Signs, rare: Mapping[str, float]) -> tuple[float, ...]:
    shared = others = alike = unlike = lost = 0.0
    for word in target.names:
        if word in rare:
            if word in source.names:
                shared += rare[word]
            else:
                others += rare[word]
    for word in target.stems:
        if word in rare:
            if word in source.stems:
                alike += rare[word]
            else:
                unlike += rare[word]
    for word in source.loud:
        if word not in target.names:
            lost += rare.get(word, 0.0)
    most = _MOST_NAMES
    return (
        min(shared, most),
        min(others, most),
        min(alike, most),
        min(unlike, most),
        min(lost, most),
    )
