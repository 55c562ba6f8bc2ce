"""Words and marks: the pieces joined are the text, and no syntax is left among the words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.article.marks import split
from translate_pipeline.model import Token

TABLE = {
    "words": ("plain words", [], ["plain words"]),
    "tokens": ("a <x1/> b", ["<x1/>"], ["a ", "<x1/>!", " b"]),
    "emphasis": (
        "**a** _b_ ~~c~~",
        [],
        ["**!", "a", "**!", " ", "_!", "b", "_!", " ", "~~!", "c", "~~!"],
    ),
    "link": ("[a](u1)", ["](u1)"], ["[!", "a", "](u1)!"]),
    "image": ("![a](u1)", ["](u1)"], ["![!", "a", "](u1)!"]),
    "escape": ("\\*a\\\\", [], ["\\*!", "a", "\\\\!"]),
    "entity": (
        "a &amp; &#35; &#x1F; b & c",
        [],
        ["a ", "&amp;!", " ", "&#35;!", " ", "&#x1F;!", " b & c"],
    ),
    "code": ("run `a b` now", ["`a b`"], ["run ", "`a b`!", " now"]),
    "twice the same": ("`a` b `a`", ["`a`", "`a`"], ["`a`!", " b ", "`a`!"]),
    "snake case": ("a_b", [], ["a", "_!", "b"]),
}


@pytest.mark.parametrize(("text", "marks", "pieces"), TABLE.values(), ids=TABLE.keys())
def test_split(text: str, marks: list[str], pieces: list[str]) -> None:
    found = split(text, [Token(mark, "?") for mark in marks])
    assert [piece + "!" * is_mark for is_mark, piece in found] == pieces


@given(st.text(alphabet="ab \\*_`[]!&;#<>|~(u1)x/"), st.lists(st.sampled_from(["<x1/>", "`a`"])))
def test_pieces_are_the_text(text: str, marks: list[str]) -> None:
    pieces = split(text, [Token(mark, "") for mark in marks])
    assert "".join(piece for _, piece in pieces) == text
    assert all(piece for _, piece in pieces)
