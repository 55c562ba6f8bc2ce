"""Prose inside an inline part: which span it has, and where there is none."""

from __future__ import annotations

import pytest

from translate_pipeline.article.leaves import CLOSE, CODE, HTML, IMAGE
from translate_pipeline.article.nested import hidden, nested_prose
from translate_pipeline.article.shadow import Mask
from translate_pipeline.model import Kind

ROWS = {
    "title": (CLOSE, '](x "A b")', [(Kind.LINK_TITLE, "title", "A b")]),
    "title in apostrophes": (IMAGE, "](x 'A \"b\"')", [(Kind.LINK_TITLE, "title", 'A "b"')]),
    "escaped mark in a title": (CLOSE, '](x "A \\" b" )', [(Kind.LINK_TITLE, "title", 'A \\" b')]),
    "no title": (CLOSE, "](x)", []),
    "quoted target": (CLOSE, '](x"y")', []),
    "attributes": (
        HTML,
        '<img src="x" alt="A b" title=\'C\'>',
        [(Kind.ATTRIBUTE, "alt", "A b"), (Kind.ATTRIBUTE, "title", "C")],
    ),
    "closing tag": (HTML, "</i>", []),
    "code": (CODE, '`alt="a"`', []),
}


@pytest.mark.parametrize(("part", "text", "found"), ROWS.values(), ids=ROWS.keys())
def test_nested_prose(part: int, text: str, found: list[tuple[Kind, str, str]]) -> None:
    body = f"é {text} z".encode()
    at = 3
    spans = nested_prose((part, at, at + len(text)), body)
    assert [(kind, key, body[a:b].decode()) for kind, key, a, b in spans] == found


def test_hidden_where_a_template_tag_stands_in_it() -> None:
    masks = (Mask(10, 20, b"x", False),)
    spans = [(0, 10), (0, 11), (12, 15), (19, 30), (20, 30)]
    assert [hidden(start, end, masks) for start, end in spans] == [False, True, True, True, False]
