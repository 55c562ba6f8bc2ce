"""Numbers are compared as values: digits, separators, units of another script are no loss."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.samples import verdict
from translate_pipeline.checks import _numbers
from translate_pipeline.checks._numbers import numbers


def test_the_doctest_holds() -> None:
    result = doctest.testmod(_numbers)
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize(
    ("source", "target", "to"),
    [
        ("In 1999 and 2001", "1999年と2001年", "ja"),
        ("1,000,000 users", "100万人", "ja"),
        ("1.5 million", "1,5 Millionen", "de"),
        ("12,345.67", "12.345,67", "de"),
        ("12,345", "12 345", "fr"),
        ("12,345", "12\u202f345", "fr"),
        ("1,00,000", "१,००,०००", "hi"),
        ("25 %", "٪٢٥", "ar"),
        ("２５ files", "25 Dateien", "de"),
        ("the 21st", "der 21.", "de"),
        ("the 1990s", "die 1990er", "de"),
        ("10–20 pages", "10 bis 20 Seiten", "de"),
        ("11,12,13", "11、12、13", "ja"),
        ("at 11:30 PM", "23:30", "ja"),
        ("May 30, 2026", "2026年5月30日", "zh-Hans"),
        ("five of 7", "fünf von sieben", "de"),
        ("[it](u12), <x13/> and `14`", "[es](u12), <x13/> und `14`", "de"),
        ("ES2015 and x86", "ES2015 und x86", "de"),
    ],
)
def test_leaves_alone(source: str, target: str, to: str) -> None:
    assert verdict("numbers", source, target, to) == []
    assert verdict("additions", source, target, to) == []


@pytest.mark.parametrize(
    ("source", "target", "lost"),
    [
        ("In 1999", "Damals", "1999"),
        ("In 1999", "1998", "1999"),
        ("In 1999", "Mit `1999`", "1999"),
        ("12 of 34", "12 von 43", "34"),
        ("It is 1,250 km", "1.520 km", "1,250"),
        ("11 and 12 and 13", "elf, zwölf, dreizehn", "11, 12, 13"),
    ],
)
def test_asks_again(source: str, target: str, lost: str) -> None:
    message = f"without the number {lost} of the source"
    assert verdict("numbers", source, target) == [("retry", message)]


@given(st.integers(10, 10**9), st.sampled_from([".", ",", "’", "\u00a0", "\u202f", " ", "٬"]))
def test_a_separator_of_thousands_changes_nothing(value: int, separator: str) -> None:
    written = f"{value:,}".replace(",", separator)
    ours, theirs = next(numbers(f"{value}")), next(numbers(f"a {written} b"))
    assert ours.key == theirs.key
    assert ours.value == theirs.value == value
