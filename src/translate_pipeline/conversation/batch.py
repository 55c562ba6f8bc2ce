"""The segments to translate in, batches within a budget out; order kept, none lost.

The default, 200 segments or 3,000 tokens, is larger than the 25 or 1,200 of `quality.md` 6.3,
on purpose: an ordinary article (1,000 words, 1,400 tokens) becomes one request, which costs
its prefix once (shape H of 2.5: 1.25 prompt tokens per source token against 5.8), and one of
8,000 becomes two or three, without which a shape that shows no article would be cheaper. What
made large batches dangerous there, one bad item failing them all, cannot happen here: targets
are found by number only, and just the failing segments are asked again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil

from translate_pipeline.conversation.tokens import estimate
from translate_pipeline.errors import ConfigError
from translate_pipeline.model import Kind, Segment

__all__ = ["Budget", "batches"]

# A tag such as `<17 h2>` and its line break.
_TAG = 5
# Output per source token in the dearest language measured (Thai 1.80, quality.md 2.1).
_EXPANSION = 1.8

# What a cut costs, beside the 1 of every batch: nothing before a heading, more than a further
# request inside a list or table that would fit, nearly one between a heading and its text.
_PLAIN_CUT, _AFTER_HEADING, _INSIDE_GROUP = 0.1, 0.9, 1.5
_GROUPS = {Kind.TABLE_CELL: "table", Kind.LIST_ITEM: "list"}


@dataclass(frozen=True, slots=True)
class Budget:
    """The limits of one request: source tokens, segments, and expected output tokens.

    Raises ConfigError if a limit is not positive.
    """

    tokens: int = 3000
    segments: int = 200
    output: int = 5400

    def __post_init__(self) -> None:
        if min(self.tokens, self.segments, self.output) < 1:
            raise ConfigError("A batch budget must be positive: tokens, segments and output.")

    @property
    def limit(self) -> int:
        """Source tokens that keep both the source and the output limit."""
        return min(self.tokens, int(self.output / _EXPANSION))


def batches(segments: Sequence[Segment], budget: Budget = Budget()) -> list[tuple[Segment, ...]]:
    """Cut `segments` into batches of about equal size; kept segments are left out.

    As few batches as the budget allows, except where one more saves a list or table that fits
    from being cut. A segment above the limit stands alone.
    """
    wanted = [segment for segment in segments if not segment.keep]
    weights = [estimate(segment.text) + _TAG for segment in wanted]
    result: list[tuple[Segment, ...]] = []
    start = 0
    limit = budget.limit
    for index, weight in enumerate([*weights, limit + 1]):
        if weight <= limit:
            continue
        result += _cut(wanted[start:index], weights[start:index], budget)
        if index < len(wanted):
            result.append((wanted[index],))
        start = index + 1
    return result


def _cut(
    segments: Sequence[Segment], weights: Sequence[int], budget: Budget
) -> Iterator[tuple[Segment, ...]]:
    """The cheapest cuts of a run whose segments all fit, by dynamic programming."""
    count, limit = len(segments), budget.limit
    sums = [0, *accumulate(weights)]
    if sums[-1] <= limit and count <= budget.segments:  # an ordinary article
        if segments:
            yield tuple(segments)
        return
    pieces = max(ceil(sums[-1] / limit), ceil(count / budget.segments), 1)
    ideal = sums[-1] / pieces
    penalties = _penalties(segments, weights, budget)
    cost, before = [0.0] + [float("inf")] * count, [0] * (count + 1)
    for end in range(1, count + 1):
        for start in range(end - 1, max(end - budget.segments, 0) - 1, -1):
            size = sums[end] - sums[start]
            if size > limit:
                break
            total = cost[start] + penalties[start] + 1 + (size / ideal - 1) ** 2 / 2
            if total < cost[end]:
                cost[end], before[end] = total, start
    cuts = [count]
    while cuts[-1] > 0:
        cuts.append(before[cuts[-1]])
    cuts.reverse()
    for start, end in pairwise(cuts):
        yield tuple(segments[start:end])


def _penalties(
    segments: Sequence[Segment], weights: Sequence[int], budget: Budget
) -> Sequence[float]:
    """What a cut before each segment costs; 0 at the start of the run."""
    fits = _fitting_groups(segments, weights, budget)
    penalties = [0.0]
    for index in range(1, len(segments)):
        if segments[index - 1].kind is Kind.HEADING:
            penalties.append(_AFTER_HEADING)
        elif segments[index].kind is Kind.HEADING:
            penalties.append(0.0)
        elif fits[index] and fits[index] == fits[index - 1]:
            penalties.append(_INSIDE_GROUP)
        else:
            penalties.append(_PLAIN_CUT)
    return penalties


def _fitting_groups(
    segments: Sequence[Segment], weights: Sequence[int], budget: Budget
) -> Sequence[int]:
    """For each segment the number of its list or table if that fits one batch, else 0."""
    groups = [0] * len(segments)
    start = 0
    for index in range(1, len(segments) + 1):
        kind = _GROUPS.get(segments[start].kind)
        if index < len(segments) and kind and _GROUPS.get(segments[index].kind) == kind:
            continue
        size = sum(weights[start:index])
        if kind and size <= budget.limit and index - start <= budget.segments:
            groups[start:index] = [start + 1] * (index - start)
        start = index
    return groups
