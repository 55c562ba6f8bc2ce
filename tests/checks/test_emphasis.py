"""Lost and added emphasis is reported; what cannot be counted is left alone."""

from __future__ import annotations

import pytest

from tests.checks.samples import verdict
from translate_pipeline.article import parse, restore
from translate_pipeline.errors import SegmentError


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


@pytest.mark.parametrize(
    ("source", "target", "written"),
    [
        # CommonMark 6.2 would print these asterisks (quality.md finding 8): repaired.
        ("The **key point,** and more.", "**重点，**后文。", "**重点**，后文。"),
        ("Use **“it”** here.", "ここで**「それ」**を使う。", "ここで「**それ**」を使う。"),
        (
            "Use **it (new)** now.",
            "여기서 **그것(새로운)**를 씁니다.",
            "여기서 **그것(새로운**)를 씁니다.",
        ),
    ],
)
def test_emphasis_that_would_not_render_is_moved(source: str, target: str, written: str) -> None:
    article = parse(source, "commonmark")
    assert restore(article, article.segments[0], target) == written


@pytest.mark.parametrize("target", ["Hier * dieses * Wort.", "Hier _dieses_Wort."])
def test_emphasis_that_cannot_be_moved_is_refused(target: str) -> None:
    article = parse("Use *this* word.", "commonmark")
    with pytest.raises(SegmentError, match="readers would see the asterisks"):
        restore(article, article.segments[0], target)
