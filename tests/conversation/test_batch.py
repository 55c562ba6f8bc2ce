"""Batches: one for an ordinary article, balanced, cut where it hurts least, nothing lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.conversation.batch import Budget, batches
from translate_pipeline.conversation.tokens import estimate
from translate_pipeline.errors import ConfigError
from translate_pipeline.model import Kind, Segment

KINDS = {
    "h": Kind.HEADING,
    "p": Kind.PARAGRAPH,
    "l": Kind.LIST_ITEM,
    "t": Kind.TABLE_CELL,
    "k": Kind.REFERENCE,
}


def article(shape: str, words: int = 4) -> list[Segment]:
    """One segment a letter: heading, paragraph, list item, table cell, kept reference."""
    text = " ".join(["word"] * words)
    return [
        Segment(i, KINDS[letter], text, 0, 0, keep=letter == "k")
        for i, letter in enumerate(shape, 1)
    ]


def shapes(segments: list[Segment], budget: Budget) -> list[str]:
    letters = {kind: letter for letter, kind in KINDS.items()}
    return ["".join(letters[s.kind] for s in batch) for batch in batches(segments, budget)]


# Of equal segments the number is the only limit that matters.
WIDE = 10_000


@pytest.mark.parametrize(
    ("shape", "most", "expected"),
    [
        ("", 5, []),
        ("p", 5, ["p"]),
        ("kkk", 5, []),
        ("pkp", 5, ["pp"]),
        # Balanced, not 5 + 1.
        ("pppppp", 5, ["ppp", "ppp"]),
        # Before a heading rather than in the very middle.
        ("pppphppp", 5, ["pppp", "hppp"]),
        # Never between a heading and its text if another cut will do.
        ("ppphppp", 4, ["ppp", "hppp"]),
        # A list or a table stays whole, even for one request more.
        ("pplllp", 3, ["pp", "lll", "p"]),
        ("ppttttpp", 4, ["pp", "tttt", "pp"]),
        # One that cannot fit is cut all the same.
        ("lllllll", 4, ["llll", "lll"]),
    ],
)
def test_where_it_is_cut(shape: str, most: int, expected: list[str]) -> None:
    result = shapes(article(shape), Budget(tokens=WIDE, segments=most, output=WIDE * 2))
    assert [len(batch) for batch in result] in (
        [len(batch) for batch in expected],
        [len(batch) for batch in expected][::-1],
    )
    if len({len(batch) for batch in expected}) > 1 and shape != "lllllll":
        assert result == expected


def test_an_ordinary_article_is_one_batch() -> None:
    # 1,400 tokens of file hold about 0.58 of prose; even all prose is still one request.
    segments = article("hpppp" * 10, words=30)
    assert 1300 < sum(estimate(s.text) for s in segments) < 1500
    assert len(batches(segments)) == 1


def test_a_long_segment_stands_alone() -> None:
    segments = [*article("pp"), Segment(3, Kind.PARAGRAPH, "long " * 9000, 0, 0), *article("p")]
    assert [len(batch) for batch in batches(segments)] == [2, 1, 1]


def test_the_output_limit_counts_too() -> None:
    segments = article("p" * 20, words=20)
    assert len(batches(segments, Budget(tokens=WIDE, segments=100, output=2 * WIDE))) == 1
    assert len(batches(segments, Budget(tokens=WIDE, segments=100, output=400))) > 1


@pytest.mark.parametrize("limits", [(0, 1, 1), (1, 0, 1), (1, 1, -5)])
def test_a_budget_is_positive(limits: tuple[int, int, int]) -> None:
    with pytest.raises(ConfigError, match="positive"):
        Budget(*limits)


@given(
    st.lists(st.tuples(st.sampled_from("hpltk"), st.integers(1, 400)), max_size=60),
    st.integers(1, 600),
    st.integers(1, 20),
)
def test_law_nothing_lost_order_kept_limits_held(
    parts: list[tuple[str, int]], tokens: int, most: int
) -> None:
    segments = [
        Segment(i, KINDS[letter], "word " * size, 0, 0, keep=letter == "k")
        for i, (letter, size) in enumerate(parts)
    ]
    budget = Budget(tokens=tokens, segments=most, output=2 * tokens)
    result = batches(segments, budget)
    assert [s for batch in result for s in batch] == [s for s in segments if not s.keep]
    for batch in result:
        assert 1 <= len(batch) <= most
        assert len(batch) == 1 or sum(estimate(s.text) for s in batch) <= budget.limit


def test_a_book_is_cut_in_seconds() -> None:
    segments = article("hppplllpp" * 4000, words=30)
    start = time.process_time()
    result = batches(segments)
    assert len(result) > 100
    assert time.process_time() - start < 10
