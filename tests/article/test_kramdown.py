"""Line breaks that make a block to kramdown: kept where they do, and nowhere else."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.article.dialects.kramdown import rendered, require_kramdown
from translate_pipeline.article import dialects
from translate_pipeline.article.kramdown import keep_lines
from translate_pipeline.article.scan import masks

#: why → (source, the same with ¶ for each break that is kept)
CASES = {
    "one line with a pipe, the line above has none": ("a\nb | c\nd\n", "a¶b | c\nd\n"),
    "the first line has one": ("a | b\nc\nd\n", "a | b¶c\nd\n"),
    "the first and the last have one": ("a | b\nc\nd | e\n", "a | b¶c¶d | e\n"),
    "a table without its rule": ("|a|b|\n|c|d|\n", "|a|b|¶|c|d|\n"),
    "a rule with too few cells": ("|a|b\n|-\n|c|d\n", "|a|b¶|-¶|c|d\n"),
    "a table to both": ("a | b\n-|-\nc | d\n",) * 2,
    "a pipe in code": ("a\nb `|` c\n",) * 2,
    "an escaped pipe": ("a\nb \\| c\n",) * 2,
    "one line": ("a | b\n",) * 2,
    "in an item": ("- a | b\n  c\n- d\n", "- a | b¶c\n- d\n"),
    "in a quotation": ("> a | b\n> c\n", "> a | b¶c\n"),
    "below a template tag": ("{% if a %}\nb | c\nd\n{% endif %}\n",
                             "{% if a %}\nb | c¶d\n{% endif %}\n"),
    "with carriage returns": ("a\r\nb | c\r\n", "a¶b | c\r\n"),
    "in a fence": ("```\na | b\nc\n\nd | e\nf\n```\n",) * 2,
    "behind a fence": ("```\na\n```\n\nb | c\nd\n", "```\na\n```\n\nb | c¶d\n"),
    "in HTML": ("<p>a | b\nc</p>\n",) * 2,
    "a number that begins a line": ("a\n2019. b\nc\n", "a¶2019. b\nc\n"),
    "one begins a list to both": ("a\n1. b\n2. c\n",) * 2,
    "a number without a space": ("a\n3.14 b\n",) * 2,
    "two terms of a definition": ("a\nb\n: c\n  d\n", "a¶b\n: c\n  d\n"),
    "one term": ("a\n: c\nd\n",) * 2,
    "an emoji code is no definition": ("a\nb\n:c: d\n",) * 2,
    "no pipe, no number, no definition": ("a\nb\n\n- c\n  d\n",) * 2,
}  # fmt: skip


def _shown(source: str) -> str:
    raw = source.encode()
    pieces, position = [], 0
    for mask in keep_lines(raw, []):
        pieces.append(raw[position : mask.start].decode())
        position = mask.end
    return "¶".join([*pieces, raw[position:].decode()])


@pytest.mark.parametrize(("source", "shown"), CASES.values(), ids=CASES.keys())
def test_breaks(source: str, shown: str) -> None:
    assert _shown(source) == shown


def _joined(source: str) -> str:
    """With a space for every break between two words that need not stay."""
    raw = source.encode()
    kept = {place for mask in keep_lines(raw, []) for place in range(mask.start, mask.end)}
    return "".join(
        " " if sign == "\n" and at not in kept and _between_words(source, at) else sign
        for at, sign in enumerate(source)
    )


def _between_words(source: str, at: int) -> bool:
    return source[at - 1 : at].isalnum() and source[at + 1 : at + 2].isalpha()


def test_kramdown_needs_no_other() -> None:
    """It sees the same blocks when the other lines are joined; those of code never are."""
    require_kramdown()
    sources = [row[0] for row in CASES.values() if "```" not in row[0]]
    joined = [_joined(source) for source in sources]
    assert sum(a != b for a, b in zip(sources, joined, strict=True)) >= 5
    for source, before, after in zip(sources, rendered(sources), rendered(joined), strict=True):
        assert after == before, source


def test_breaks_stand_beside_template_tags_but_never_in_them() -> None:
    raw = b"a | {{ b }}\nc {% d\ne | f %}\ng\n"
    found = masks(raw, dialects.find("jekyll"))
    assert [(m.start, m.end) for m in keep_lines(raw, found)] == [(4, 11), (11, 12), (14, 27)]


@pytest.mark.parametrize(
    "source",
    ["|`" * 50_000, "| " + "`" * 100_000, "a|\n" * 33_000, "a\n2. b\n" * 16_000, "|\n \n" * 25_000],
    ids=["ticks", "one run of ticks", "lines", "numbers", "blank lines"],
)
def test_breaks_are_in_order(source: str) -> None:
    """100 KB each: in order and disjoint, and found in one pass."""
    found = keep_lines(source.encode(), [])
    assert all(a.end <= b.start for a, b in pairwise(found))
