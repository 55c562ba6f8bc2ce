"""What plain text holds that must come back, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.article.plain_text import hinted, plain, visible
from translate_pipeline.model import Token

FOUND = {
    "nothing": ("a b: c 1:2", []),
    "URL without the full stop": ("See https://x.y/z.", ["https://x.y/z"]),
    "URL in brackets": ("a (http://x.y) b", ["http://x.y"]),
    "www": ("at www.x.y, b", ["www.x.y"]),
    "e-mail": ("to a.b@c.de now", ["a.b@c.de"]),
    "emoji": ("a :smile: b", [":smile:"]),
    "closer of no link": ("a](b c) d", ["](b c)"]),
    "closer of no reference": ("a][b] c", ["][b]"]),
    "mark of our own": ("a <x1/> b", ["<x1/>"]),
    "admonition": ("[!note] a", ["[!note]"]),
    "id": ("a {#b}", ["{#b}"]),
}


@pytest.mark.parametrize(("text", "sources"), FOUND.values(), ids=FOUND.keys())
def test_found(text: str, sources: list[str]) -> None:
    pieces: list[str] = []
    tokens: list[Token] = []
    plain(text, pieces, tokens, 0)
    assert [token.source for token in tokens] == sources
    assert hinted(text) >= bool(sources), "it would never be looked for"


texts = st.lists(
    st.sampled_from(
        ["a", "é", " ", ".", ":", "://", "http", "www.", "@", "b.c", "](", "][", "]", ")", "<x1/>",
         "<", "[!a]", "{#", "}", "smile:", ":"]
    ),
    max_size=10,
).map("".join)  # fmt: skip


@given(texts)
def test_sources_in_the_marks_places_are_the_text(text: str) -> None:
    pieces: list[str] = []
    tokens: list[Token] = []
    atoms = plain(text, pieces, tokens, 3)
    sources = iter(tokens)
    # Words and marks alternate, words first.
    back = [next(sources).source if index % 2 else piece for index, piece in enumerate(pieces)]
    assert "".join(back) == text
    assert atoms == 3 + sum(token.mark[:2] == "<x" for token in tokens)
    if tokens:
        assert hinted(text)


def test_visible_are_code_and_addresses_as_they_stand() -> None:
    tokens = visible("Run `a b` from https://x.y/z, then")
    assert tokens == (Token("`a b`", "`a b`"), Token("https://x.y/z", "https://x.y/z"))
    assert visible("a b") == ()
