"""Lost and added emphasis is reported; what cannot be counted is left alone."""

from __future__ import annotations

import pytest

from tests.checks.samples import verdict


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("**a** and **b**", "**b** und **a**"),
        ("**a** b", "__a__ b"),
        ("***a*** b", "***a*** b"),
        ("*a* b", "a b"),  # italics are not counted
        ("2 ** 3", "2 ** 3"),
        ("`**a**` b", "`**a**` b"),
        ("a \\*\\* b", "a b"),
        ("snake__case__name", "snake__case__name"),
        ("~~a~~ b", "~~a~~ b"),
        ("**「a」**", "「**a**」"),
    ],
)
def test_leaves_alone(source: str, target: str) -> None:
    assert verdict("emphasis", source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("**a** b", "a b", "0 places are bold, 1 in the source"),
        ("a b", "**a** **b**", "2 places are bold, 0 in the source"),
        ("**a** b", "`**a**` b", "0 places are bold, 1 in the source"),
        ("~~a~~ b", "a b", "0 places are struck out, 1 in the source"),
    ],
)
def test_warns(source: str, target: str, message: str) -> None:
    assert verdict("emphasis", source, target) == [("warning", message)]
