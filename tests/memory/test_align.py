"""Pairing two sequences: equal items only, each once, and in linear time whatever they hold."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws.trials import trials
from translate_pipeline.memory.align import certain, gaps, in_order, moved

ITEMS = st.lists(st.sampled_from("abcdef"), max_size=25)


@pytest.mark.parametrize(
    ("a", "b", "pairs"),
    [
        ("", "abc", []),
        ("abc", "abc", [(0, 0), (1, 1), (2, 2)]),
        ("abc", "aXc", [(0, 0), (2, 2)]),
        ("abcd", "bcda", [(1, 0), (2, 1), (3, 2)]),  # one moved: the longest run stays
        ("aXa", "aYa", [(0, 0), (2, 2)]),
        ("aaa", "aa", [(0, 0), (1, 1)]),
        ("xaybz", "payqb", [(1, 1), (2, 2), (3, 4)]),
        ("ababa", "aba", [(0, 0), (1, 1), (2, 2)]),
    ],
)
def test_in_order(a: str, b: str, pairs: list[tuple[int, int]]) -> None:
    assert in_order(a, b) == pairs


@trials(250)
@given(ITEMS, ITEMS)
def test_laws(a: list[str], b: list[str]) -> None:
    pairs = in_order(a, b)
    assert all(a[i] == b[j] for i, j in pairs)
    assert pairs == sorted(pairs)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))
    rest = moved(a, b, pairs)
    assert all(a[i] == b[j] for i, j in rest)
    both = [*pairs, *rest]
    assert len({i for i, _ in both}) == len({j for _, j in both}) == len(both)
    assert len(both) == (Counter(a) & Counter(b)).total()  # nothing equal is left alone
    holes = list(gaps(pairs, len(a), len(b)))
    assert sum(len(ours) for ours, _ in holes) == len(a) - len(pairs)
    assert sum(len(theirs) for _, theirs in holes) == len(b) - len(pairs)


@trials(200)
@given(st.lists(st.integers(), unique=True, max_size=30), st.data())
def test_one_edit_leaves_the_rest_in_place(a: list[int], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(a)))
    added = [*a[:at], "new", *a[at:]]
    assert in_order(a, added) == [(i, i if i < at else i + 1) for i in range(len(a))]
    assert in_order(added, a) == [(i if i < at else i + 1, i) for i in range(len(a))]


def test_certain_takes_no_duplicates_and_no_none() -> None:
    assert certain(["a", None, "b", "b", "c"], ["a", None, "b", "c"]) == [(0, 0), (4, 3)]
    assert certain([], []) == []


@pytest.mark.parametrize("size", [20_000])
def test_large_and_monotonous(size: int) -> None:
    """Equal items everywhere, and a worst case for repeated looks: no quadratic time."""
    assert len(in_order(["x", *"a" * size], ["y", *"a" * (size - 5), "z"])) == size - 5
    a, b = [i % 7 for i in range(size)], [i % 5 for i in range(size)]
    assert in_order(a, b)
