"""One pass over the events: which spans hold prose, of what kind, and what is beside them."""

from __future__ import annotations

import pytest

from translate_pipeline.article import parser
from translate_pipeline.article.leaves import Leaves, collect
from translate_pipeline.article.parser import BASE, MATH


def _collect(text: str) -> Leaves:
    return collect(parser.events(text, BASE | MATH), text.encode())


TABLE = {
    "kinds": (
        "# A\n\nb\n\n- c\n\n> d\n\ne\n: f\n\n|g|\n|-|\n\n[^1]: h\n",
        ["heading A", "paragraph b", "list-item c", "quote d", "definition e", "definition f",
         "table-cell g", "footnote h"],
    ),
    "innermost container": ("> - a\n>\n> b\n\nc\n", ["list-item a", "quote b", "paragraph c"]),
    "list in a quote in a list": ("- a\n  > b\n\n  c\n", ["list-item a", "quote b", "list-item c"]),
    "nested list": ("- a\n  - b\n  - c\n- d\n", ["list-item a", "list-item b", "list-item c",
    "list-item d"]),
    "escape first": ("\\*a\\*\n", ["paragraph \\*a\\*"]),
    "escaped backslash first": ("\\\\a\n", ["paragraph \\\\a"]),
    "escape behind a break": ("a  \n\\*b\n", ["paragraph a  \n\\*b"]),
    "collapsed reference last": ("x [a][]\n\n[a]: b\n", ["paragraph x [a][]"]),
    "emphasis last": ("x *a*\n", ["paragraph x *a*"]),
    "emphasis first": ("***a** b*\n", ["paragraph ***a** b*"]),
    "entity first and last": ("&amp; a &lt;\n", ["paragraph &amp; a &lt;"]),
    "code is none": ("    a\n\n```\nb\n```\n\nc\n", ["paragraph c"]),
    "rule ends an item's text": ("- a\n  ***\n  b\n", ["list-item a", "list-item b"]),
    "block ends an item's text": ("- a\n  # b\n  c\n", ["list-item a", "heading b", "list-item c"]),
    "HTML block ends an item's text": ("- a\n  <div>\n\n  b\n", ["list-item a", "list-item b"]),
    "HTML block after a partly used tab": (
        "- q\n  : a\n  > b\n   <!-- n -->\n  and c\n",
        ["definition q", "definition a", "quote b", "list-item and c"],
    ),
    "task marker is outside": ("- [ ] a\n", ["list-item a"]),
    "empty cells": ("|a||\n|-|-|\n", ["table-cell a"]),
    "hard break at the end is none": ("a  \n", ["paragraph a"]),
    "bytes": ("é ü\n\nñ\n", ["paragraph é ü", "paragraph ñ"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "leaves"), TABLE.values(), ids=TABLE.keys())
def test_leaves(text: str, leaves: list[str]) -> None:
    raw = text.encode()
    found = [f"{leaf.kind} {raw[leaf.start : leaf.end].decode()}" for leaf in _collect(text).leaves]
    assert found == leaves


@pytest.mark.parametrize("text", [row[0] for row in TABLE.values()], ids=TABLE.keys())
def test_parts_lie_inside_in_order(text: str) -> None:
    for leaf in _collect(text).leaves:
        assert leaf.start <= leaf.end
        for part in leaf.parts:
            assert leaf.start <= part[1] <= part[2] <= leaf.end


def test_lists() -> None:
    found = _collect("- a\n- b\n  - c\n\ntext\n\n1. d\n")
    assert [tuple(listing) for listing in found.lists] == [
        (2, 3, 1, False),
        (0, 3, 2, True),
        (4, 5, 1, True),
    ]


def test_headings_and_fragments() -> None:
    found = _collect("# A {#x}\n\n#\n\n## B\n\n[c](#b) [d](y#z) ![e](#f) <#g>\n")
    assert found.headings == [(0, "x"), (-1, None), (1, None)]
    assert found.fragments == {"b"}
    assert [leaf.level for leaf in found.leaves] == [1, 2, 0]


def test_html_lines_without_their_prefix() -> None:
    text = "a\n\n> <div>\n> b\n> </div>\n"
    ((before, lines),) = _collect(text).html
    assert before == 1
    assert [text[start:end] for start, end in lines] == ["<div>\n", "b\n", "</div>\n"]


NESTED = {
    "title of a link": ('a [b](c "d")\n', {0}),
    "title of an image": ("a\n\nb ![c](d 'e')\n", {1}),
    "inline tag": ("a\n\n- b <i>c</i>\n", {1}),
    "link without a title": ("a [b](c) [d][e] <http://f.g>\n\n[e]: h 'i'\n", set()),
}


@pytest.mark.parametrize(("text", "indices"), NESTED.values(), ids=NESTED.keys())
def test_leaves_whose_parts_may_hold_prose(text: str, indices: set[int]) -> None:
    assert _collect(text).nested == indices
