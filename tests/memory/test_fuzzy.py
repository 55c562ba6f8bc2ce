"""Likeness is a known number, symmetric and bounded in time; likes share a sketch."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.memory.fuzzy import Likeness, sketch, words

LIKE = [
    ("the tide is low now", "the tide is low now", 100),
    ("the tide is low  now ", "the tide is low now", 100),
    ("The tide is low now.", "the tide is low now", 99),  # case, a full stop
    ("the tide is low now", "the tide is high now", 80),
    ("one two three four", "one two three five", 75),
    ("one two three four", "four three two one", 25),  # order counts
    ("one two three four", "one two three four five six seven eight", 66),
    ("one two three", "one two three", 100),  # equal, though too short to compare
    ("one two three", "one two three!", 0),
    ("one two three four", "", 0),
    ("潮が引くと港は静かになる", "潮が引くと港は静かだった", 75),
    ("潮が引いた", "潮が引いて", 0),  # five characters are too few
    ("Press `F5` to reload <x1/> now", "Press `F6` to reload <x1/> now", 83),
    ("cafe\u0301 noir et cher", "café noir et cher", 99),  # one Unicode form
]


@pytest.mark.parametrize(("one", "other", "score"), LIKE)
def test_likeness(one: str, other: str, score: int) -> None:
    assert Likeness(one).to(other) == Likeness(other).to(one) == score


def test_a_score_below_the_least_is_none() -> None:
    like = Likeness("one two three four")
    assert like.to("one two three five", 75) == 75
    assert like.to("one two three five", 76) == 0
    assert like.to("one two three four five six seven eight", 67) == 0


def naive(one: list[str], other: list[str]) -> int:
    """The longest common subsequence by the textbook."""
    row = [0] * (len(other) + 1)
    for a in one:
        above = row[:]
        for j, b in enumerate(other):
            row[j + 1] = above[j] + 1 if a == b else max(row[j], above[j + 1])
    return row[-1]


WORDS = st.sampled_from(["ab", "cd", "ef", "gh", "潮", "Ж"])
TEXTS = st.lists(WORDS, min_size=8, max_size=40).map(" ".join)


@given(TEXTS, TEXTS)
def test_likeness_is_that_of_the_longest_common_subsequence(one: str, other: str) -> None:
    a, b = words(one), words(other)
    expected = 100 if one == other else min(99, 200 * naive(a, b) // (len(a) + len(b)))
    assert Likeness(one).to(other) == Likeness(other).to(one) == expected


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    assert 0 <= Likeness(one).to(other) <= 100
    assert len(sketch("en", one)) <= 4
    assert all(-(2**31) <= number < 2**31 for number in sketch("en", one))


@pytest.mark.parametrize(
    "text", ["a " * 100_000, "潮" * 100_000, "a" * 1_000_000, "a " * 4000, "\u0301" * 50_000]
)
def test_hostile_texts_are_done_soon(text: str) -> None:
    """No time is asserted; difflib would not come back within the suite's limit."""
    like = Likeness(text)
    for _ in range(10):
        assert like.to(f"b {text}") in (0, 99)


def test_words_are_those_of_the_script() -> None:
    assert words("Don't stop: <x1/>, (now)! 10,5 % für Grüße") == [
        *("don", "t", "stop", "x1", "now", "10", "5", "für", "grüsse")
    ]
    assert words("潮の香り、ABC。ไทย") == [*"潮の香り", "abc", *"ไทย"]
    assert words("हिन्दी में") == ["हिन्दी", "में"], "vowel signs stay in their word"
    assert words("क्या? हाँ। نعم، لا") == ["क्या", "हाँ", "نعم", "لا"]
    assert words("조용한 항구") == ["조용한", "항구"]


def test_a_sketch_is_the_same_everywhere_and_forever() -> None:
    """It is stored: other numbers would make every stored one useless."""
    assert sketch("en", "The tide is low now.") == (-2001440868, -881376373, 822528242, -1010740701)
    assert sketch("en", "the  TIDE is low now") == sketch("en", "The tide is low now.")
    assert sketch("de", "The tide is low now.") != sketch("en", "The tide is low now.")
    assert sketch("en", "The tide is low") != ()
    assert sketch("en", "The low tide") == ()


def test_likes_share_a_number() -> None:
    """Of 500 texts with up to a quarter of their words changed, at least 95 % are found."""
    draw = random.Random(5)
    vocabulary = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("", "n", "ster")]
    found = likes = 0
    for _ in range(500):
        before = draw.choices(vocabulary, k=draw.randint(5, 60))
        after = list(before)
        for place in draw.sample(range(len(after)), max(1, len(after) // 4)):
            after[place] = draw.choice(vocabulary)
        one, other = " ".join(before), " ".join(after)
        if Likeness(one).to(other) >= 75:
            likes += 1
            found += not set(sketch("en", one)).isdisjoint(sketch("en", other))
    assert likes > 300
    assert found >= 0.95 * likes
