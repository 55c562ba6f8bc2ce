"""Marks of a target that was parsed alone, called as the source calls them."""

from __future__ import annotations

import pytest

from translate_pipeline.article import parse
from translate_pipeline.memory.renumber import (
    BY_BYTES,
    by_order,
    by_source,
    by_what_is_left,
    order,
    unpinned,
)
from translate_pipeline.model import Segment


def segment(text: str) -> Segment:
    return parse(text).segments[0]


@pytest.mark.parametrize(
    ("source", "target", "wanted", "text"),
    [
        ("[a](x) [b](y)", "[B](y) [A](x)", "u21", "[B](u2) [A](u1)"),
        ("[a](x) b <br> c", "<br> B C [A](x)", "", "<x1/> B C [A](u1)"),
        ("<b>a</b> <i>c</i> d", "D <i>C</i> <b>A</b>", "b21", "D <b2>C</b2> <b1>A</b1>"),
        ("a <br> b <wbr> [c](x)", "<wbr> A <br> B [C](x)", "x21", "<x2/> A <x1/> B [C](u1)"),
        ("[a](x) ![b](x) c", "![B](x) [A](x) C", "u21", "![B](u2) [A](u1) C"),
        ("`a` b", "B `a`", "", "B `a`"),
        # an address that is none of the source's marks stands as it is
        ("a b", "A http://x.example/", BY_BYTES, "A http://x.example/"),
    ],
)
def test_by_what_they_stand_for(source: str, target: str, wanted: str, text: str) -> None:
    ours, theirs = segment(source), segment(target)
    assert by_source(theirs, ours) == text
    assert order(theirs, ours, text) == wanted
    assert by_order(theirs, ours, wanted) == (text if wanted != BY_BYTES else None)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("[a](x) b", "A B"),
        ("a b", "[A](x) B"),
        ("a <br> b", "A <hr> B"),
        ("<b>a</b> c", "<i>A</i> C"),
        ("[a](x) [b](x) c", "[A](x) B C"),
    ],
)
def test_nothing_is_guessed(source: str, target: str) -> None:
    assert by_source(segment(target), segment(source)) is None


@pytest.mark.parametrize(
    ("source", "target", "text"),
    [
        ("[a](/new) [b](y)", "[B](y) [A](/old)", "[B](u2) [A](u1)"),
        ("[a](/1) [b](/2)", "[A](/3) [B](/4)", "[A](u1) [B](u2)"),
        ("![a](/1) [b](/2)", "[B](/4) ![A](/3)", "[B](u2) ![A](u1)"),  # an image stays an image
        ('<b id="x">a</b> c', '<b id="y">A</b> C', "<b1>A</b1> C"),
        ("[a](/1) b", "A B", None),
        ("a <br> b", "A {{ x }} B", None),
        ("see https://a.example/n now", "今 https://a.example/oを見る", None),  # it swallowed words
    ],
)
def test_what_is_left_goes_by_order(source: str, target: str, text: str | None) -> None:
    assert by_what_is_left(segment(target), segment(source)) == text


@pytest.mark.parametrize("wanted", ["u12", "u31", "u2", "u221", "x21", "b12", "u1,2"])
def test_an_order_that_does_not_fit_is_refused(wanted: str) -> None:
    ours = segment("[a](x) [b](y) [c](z)")
    assert by_order(ours, ours, wanted) is None


def test_pins_are_taken_off() -> None:
    unit = segment('# <a id="old"></a>Neu <b>x</b>')
    assert unpinned(unit, segment("# New <b>x</b>")).text == "Neu <b1>x</b1>"
    assert unpinned(unit, segment('# <a id="own"></a>New <b>x</b>')) is unit  # the author's own
    assert unpinned(segment("Neu"), segment("New")).text == "Neu"
