"""Two sequences in, the pairs of equal items out: what belongs together, in linear time.

Law: no item is paired twice and only equal ones are; `in_order` keeps the order of both.
Unlike a shortest edit script it never takes quadratic time, and it prefers what is certain:
items that occur once on either side hold the rest in place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise

__all__ = ["certain", "gaps", "in_order", "moved"]

# How often a gap is looked at again for items that are unique in it. Each time costs one pass;
# real articles need two.
_ROUNDS = 8


def in_order(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pairs `(i, j)` with `a[i] == b[j]`, both increasing.

    Equal beginnings and ends first, then what is unique in both (the longest run that is in
    order), again between those, and at last equal items one after the other.

    >>> in_order("abcxd", "abyxcd")
    [(0, 0), (1, 1), (3, 3), (4, 5)]
    """
    pairs: list[tuple[int, int]] = []
    work = [(0, len(a), 0, len(b), _ROUNDS)]
    while work:
        low_a, high_a, low_b, high_b, rounds = work.pop()
        while low_a < high_a and low_b < high_b and a[low_a] == b[low_b]:
            pairs.append((low_a, low_b))
            low_a += 1
            low_b += 1
        while low_a < high_a and low_b < high_b and a[high_a - 1] == b[high_b - 1]:
            high_a -= 1
            high_b -= 1
            pairs.append((high_a, high_b))
        if low_a == high_a or low_b == high_b:
            continue
        anchors = _anchors(a, b, (low_a, high_a, low_b, high_b)) if rounds else []
        if not anchors:
            pairs.extend(_greedy(a, b, (low_a, high_a, low_b, high_b)))
            continue
        pairs.extend(anchors)
        fences = [(low_a - 1, low_b - 1), *anchors, (high_a, high_b)]
        for (i, j), (k, m) in pairwise(fences):
            work.append((i + 1, k, j + 1, m, rounds - 1))
    pairs.sort()
    return pairs


def certain(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[tuple[int, int]]:
    """As `in_order`, but only items that are unique on both sides; None is no item."""
    found = _anchors(a, b, (0, len(a), 0, len(b)))
    return [(i, j) for i, j in found if a[i] is not None]


def _anchors(
    a: Sequence[Hashable], b: Sequence[Hashable], window: tuple[int, int, int, int]
) -> list[tuple[int, int]]:
    """The longest increasing run of items that are unique in both windows."""
    low_a, high_a, low_b, high_b = window
    ours, theirs = _unique(a, low_a, high_a), _unique(b, low_b, high_b)
    both = [(i, theirs[item]) for item, i in ours.items() if item in theirs]
    both.sort()
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(both):
        place = bisect_left(tails, j)
        before.append(last[place - 1] if place else -1)
        if place == len(tails):
            tails.append(j)
            last.append(index)
        else:
            tails[place] = j
            last[place] = index
    run: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        run.append(both[index])
        index = before[index]
    return run[::-1]


def _unique(items: Sequence[Hashable], low: int, high: int) -> dict[Hashable, int]:
    found: dict[Hashable, int] = {}
    for index in range(low, high):
        item = items[index]
        found[item] = -1 if item in found else index
    return {item: index for item, index in found.items() if index >= 0}


def _greedy(
    a: Sequence[Hashable], b: Sequence[Hashable], window: tuple[int, int, int, int]
) -> Iterator[tuple[int, int]]:
    """Each item of `a` with the next equal one of `b`, as long as that goes forward."""
    low_a, high_a, low_b, high_b = window
    places: dict[Hashable, list[int]] = {}
    for j in range(low_b, high_b):
        places.setdefault(b[j], []).append(j)
    at = low_b
    for i in range(low_a, high_a):
        found = places.get(a[i])
        if found is None:
            continue
        place = bisect_left(found, at)
        if place < len(found):
            yield i, found[place]
            at = found[place] + 1


def moved(
    a: Sequence[Hashable], b: Sequence[Hashable], pairs: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Pairs of equal items that `pairs` leaves out, wherever they stand; equal ones by order."""
    free: dict[Hashable, list[int]] = {}
    taken = {j for _, j in pairs}
    for j in range(len(b) - 1, -1, -1):
        if j not in taken:
            free.setdefault(b[j], []).append(j)
    done = {i for i, _ in pairs}
    found = []
    for i, item in enumerate(a):
        if i not in done and free.get(item):
            found.append((i, free[item].pop()))
    return found


def gaps(
    pairs: Sequence[tuple[int, int]], length_a: int, length_b: int
) -> Iterator[tuple[range, range]]:
    """The runs between pairs that are in order: `(range in a, range in b)`, empty ones left out."""
    for (i, j), (k, m) in pairwise([(-1, -1), *pairs, (length_a, length_b)]):
        if k > i + 1 or m > j + 1:
            yield range(i + 1, k), range(j + 1, m)
