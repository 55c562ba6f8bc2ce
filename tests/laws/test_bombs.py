"""Law: time grows no faster than the input, whatever is left open in it.

100 KB of each unclosed opener, in an article and in a target. The target is less than a
second of CPU each; the test asserts only what a loaded machine cannot break: a cap of
several seconds, and that the double size does not take four times as long.
"""

from __future__ import annotations

import re
import time
from contextlib import suppress

import pytest

from tests.laws import accent
from tests.laws.dialect_snippets import SNIPPETS
from translate_pipeline.article import merge, parse, prove, splice
from translate_pipeline.errors import ArticleError, SegmentError, StructureError

SIZE = 100_000
CAP = 10.0  # seconds of CPU; measured: all below 0.9
SLOW = 3.0  # below this, growth is not looked at: a busy machine makes noise

# fmt: off
OPENERS = (
    "[", "![", "*", "**a ", "_a ", "~~", "`", "``", "`` ` ", "{{ ", "{% ", "{: ", "{::comment}",
    "{% raw %}",
    "{% endraw ", "{{}}", "{", "}", "<!--", "<!-- translate:note ", "<!-- translate:skip -->",
    "<?", "<!A",
    "<![CDATA[", "](", "][", ")](", "[](", "[x][", "![a](b)", "[a](b \"", "[a](b '", "[a](b (",
    "[a]: ", "[^",
    "[^1]: ", "$", "$$", "|", "| a ", "|-", "<", "<a ", "<a \"", "<a href='", "<b>", "</b>",
    "<b title=\"",
    "<div>\n", "<div>\n<a ", "<div>\n`", "<div>\n<!-- ", "<pre>", "<script>", "<http:", "<x1/>",
    "](u1)", "> ",
    "- ", "> - ", "1. ", "  - a\n", "# ", "===\n", "---\n", "a\n---\n", "+++\n", "a\n: ", ":x",
    "x:", "~~~\n",
    "```", "\\", "\\\\(", "\\\\[", "\\\n", "  \n", "\n", "\n\n", "\t", "&", "&#", "&amp", "\"",
    "'", "(", "www.",
    "http://", "a@", "a@b.", "{#", "#a{#", "id=\"", "alt=\"", "重", "**「", "_a_b", "\ufeff",
    "\u2028",
)
# fmt: on


def _article(unit: str, dialect: str, size: int) -> float:
    """CPU seconds for parse, splice and proof of `size` bytes of `unit`."""
    text = "x " + unit * (size // len(unit))
    begin = time.process_time()
    try:
        article = parse(text, dialect)
        out = text.encode()
        with suppress(SegmentError):
            out = splice(article, accent.targets(article), {})
        prove(article, out)
    except ArticleError:
        pass
    return time.process_time() - begin


def _units(dialect: str) -> list[str]:
    """What a dialect's snippets begin with, cut behind each sign and each word of theirs.

    So each of its constructs is there unclosed, with its strings open, and whole.
    """
    found = set()
    for snippet in SNIPPETS[dialect]:
        filled = snippet.replace("{w}", "w")
        for match in re.finditer(r"(\W)\1*|\w+", filled):
            found.add(filled[: match.end()])
    return sorted(found)


def _linear(unit: str, dialect: str) -> bool:
    """Four times the size takes no more than eight times as long: a square takes sixteen times.

    Only what is suspect at a small size is tried at a large one, where noise does not count.
    """
    large = _article(unit, dialect, SIZE // 20)
    if large < 0.008 or large < 8 * _article(unit, dialect, SIZE // 80):
        return True
    whole = _article(unit, dialect, SIZE)
    return whole < 0.5 or whole < 8 * _article(unit, dialect, SIZE // 4)


def _target(unit: str, source: str, size: int) -> float:
    """CPU seconds for merging `size` bytes of `unit` into each segment of `source`."""
    article = parse(source, "jekyll")
    worst = 0.0
    for segment in article.segments:
        target = "x" + unit * (size // len(unit)) + segment.text
        begin = time.process_time()
        with suppress(SegmentError, StructureError):
            merge(article, {segment.id: target}, {})
        worst = max(worst, time.process_time() - begin)
    return worst


def _check(seconds: float, half: float) -> None:
    assert seconds < CAP
    assert seconds < SLOW or seconds < 3.5 * max(half, SLOW / 4)


# Jekyll reads all that CommonMark reads, and more.
@pytest.mark.parametrize("dialect", [pytest.param("commonmark", marks=pytest.mark.slow), "jekyll"])
@pytest.mark.parametrize("opener", OPENERS)
def test_articles(opener: str, dialect: str) -> None:
    for unit in (opener, opener + "w "):
        seconds = _article(unit, dialect, SIZE)
        _check(seconds, _article(unit, dialect, SIZE // 2) if seconds >= SLOW else 0)


# Units that took time like the square of their number once, and why.
SQUARES = (
    ("myst", ":"),  # a run of colons, looked through from each of them
    ("mkdocs", "/"),
    ("myst", "`"),
    ("obsidian", "[[A|w]]"),  # a paragraph of many constructs that hold a segment each
    ("hugo", '{{< tab "w" >}}'),
    ("github_docs", "[AUTOTITLE](/a)"),  # a rare opener that begins with a letter
)


@pytest.mark.parametrize(("dialect", "unit"), SQUARES)
def test_no_square(dialect: str, unit: str) -> None:
    assert _linear(unit, dialect)


@pytest.mark.slow
@pytest.mark.parametrize("dialect", SNIPPETS)
def test_every_dialect(dialect: str) -> None:
    """Each construct, unclosed and whole, again and again in one paragraph."""
    squares = [unit for unit in _units(dialect) if not _linear(unit, dialect)]
    assert not squares


@pytest.mark.parametrize(
    "source",
    [
        "A *b* [c](d) `e` <b>f</b>.\n",
        "# A\n\n|b {{ c }}|\n|-|\n",
        "<p>A <b>b</b></p>\n",
        '[a](b "C")\n',
    ],
)
@pytest.mark.parametrize("opener", OPENERS)
def test_targets(opener: str, source: str) -> None:
    seconds = _target(opener, source, SIZE)
    _check(seconds, _target(opener, source, SIZE // 2) if seconds >= SLOW else 0)


WIDE = {
    "raw crossed by a fence": "{% raw %} a\n" * (SIZE // 12) + "```\n{% endraw %}\n",
    "raw without a fence": "{% raw %} a {% endraw %}\n" * (SIZE // 25),
    "raw and the word endraw": "{% raw %} a\n" * (SIZE // 24) + "endraw \n" * (SIZE // 18),
    "white space in code": "`a" + "\t" * SIZE + "b` c\n",
    "white space in HTML": "<div>a" + " " * SIZE + "b</div>\n",
    "white space in a tag": "a <b" + " " * SIZE + "c>d\n",
    "white space in a cell": "|a" + " " * SIZE + "|b|\n|-|-|\n",
    "white space in Liquid": "{% a" + " " * SIZE + "b",
    "one word": "a " + "x" * SIZE,
    "Chinese": "重" * SIZE,
    "Chinese, wrapped": "重\n" * (SIZE // 4),
    "code spans, all different": " ".join(f"`c{n}`" for n in range(SIZE // 8)),
    "links, all different": " ".join(f"[a{n}](b{n})" for n in range(SIZE // 14)),
    "crossed tags": "a " + "<i><b>x</i>" * (SIZE // 11),
    "headings and a link": "# a\n" * (SIZE // 4) + "\n[x](#a-1)\n",
    "links and a heading": "[x](#a)\n" * (SIZE // 8) + "\n# a\n",
    "id in a heading": "# " + "[" * SIZE + "\n[x](#y)\n",
    "tags in a heading": "# a" + "<" * SIZE + "\n[x](#y)\n",
    "reference list": "- [x](https://a)\n" * (SIZE // 17),
    "under References": "# References\n\n" + "- [x](https://a) b\n\n" * (SIZE // 20),
    "table": "|a|b|\n|-|-|\n" + "|c|d|\n" * (SIZE // 6),
    "breaks": "a\\\n" * (SIZE // 3),
    "output lines": "{{a}}\n" * (SIZE // 6),
    "cells": "<td>a\n" * (SIZE // 6),
    "endraw words": "{% raw %}" + "endraw " * (SIZE // 7),
    "hard emphasis": "*[a](b)*" * (SIZE // 8),
    "Chinese emphasis": "**「a」**b" * (SIZE // 12),
}


@pytest.mark.parametrize("dialect", ["commonmark", "jekyll"])
@pytest.mark.parametrize("text", WIDE.values(), ids=WIDE.keys())
def test_wide(text: str, dialect: str) -> None:
    assert _article(text, dialect, len(text)) < CAP
