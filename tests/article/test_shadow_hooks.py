"""The shadow's two extra passes, end to end: elements that stay, and kramdown's lines."""

from __future__ import annotations

import pytest

from tests.laws import accent
from translate_pipeline.article import merge, parse

KEPT = {
    "in a line": (
        'a <b translate="no">c *d* [e](f)</b> g\n',
        'á <b translate="no">c *d* [e](f)</b> ǵ\n',
    ),
    "round blocks": (
        'a\n\n<div class="notranslate">\n\n# b\n\n- c\n\n</div>\n\nd\n',
        'á\n\n<div class="notranslate">\n\n# b\n\n- c\n\n</div>\n\nđ\n',
    ),
    "in a quotation": (
        '> <div translate="no">\n>\n> a\n>\n> </div>\n>\n> b\n',
        '> <div translate="no">\n>\n> a\n>\n> </div>\n>\n> ƀ\n',
    ),
    "in a heading": ('# a <i translate="no">b</i>\n', '# á <i translate="no">b</i>\n'),
    "in a table": (
        '|a|b|\n|-|-|\n|<i translate="no">c</i>|d|\n',
        '|á|ƀ|\n|-|-|\n|<i translate="no">c</i>|đ|\n',
    ),
    "a cell": (
        '<table><tr>\n<td translate="no">a</td><td>b</td>\n</tr></table>\n',
        '<table><tr>\n<td translate="no">a</td><td>ƀ</td>\n</tr></table>\n',
    ),
}


@pytest.mark.parametrize(
    "dialect", ["commonmark", "jekyll", "hugo", "mdx", "vitepress", "hexo", "zola"]
)
@pytest.mark.parametrize(("before", "after"), KEPT.values(), ids=KEPT.keys())
def test_elements_that_stay(before: str, after: str, dialect: str) -> None:
    article = parse(before, dialect)
    assert merge(article, accent.targets(article), {}) == after


LINES = {
    "a pipe": ("a\nb | c\nd\n", "á\nƀ | ć đ\n"),
    "a table without its rule": ("|a|b|\n|c|d|\n", "|á|ƀ|\n|ć|đ|\n"),
    "a number": ("a\n0. b\n", "á\n0. ƀ\n"),
    "terms": ("a\nb\n: c\n", "á\nƀ\n: ć\n"),
    "in an item": ("- a | b\n  c\n", "- á | ƀ\n  ć\n"),
}


@pytest.mark.parametrize(("before", "after"), LINES.values(), ids=LINES.keys())
def test_lines_that_kramdown_needs(before: str, after: str) -> None:
    article = parse(before, "jekyll")
    assert merge(article, accent.targets(article), {}) == after
