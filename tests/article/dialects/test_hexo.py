"""Hexo: each construct before and after; real articles."""

from __future__ import annotations

import pytest

from tests.article.dialects.laws import corpus, covered, loud
from translate_pipeline.article import merge, parse
from translate_pipeline.errors import SegmentError, StructureError

#: why → (before, after in capitals)
CASES = {
    "a tag on its own line": ("{% youtube abc %}\n\na\n", "{% youtube abc %}\n\nA\n"),
    "a tag and an output among words": ("a {% b c %} d {{ e }}\n", "A {% b c %} D {{ e }}\n"),
    "in a link target": ("[a]({% post_path b %})\n", "[A]({% post_path b %})\n"),
    "inside code": ("`{{ a }}` b\n", "`{{ a }}` B\n"),
    "title of a link to a post": (
        "a {% post_link my-post 'B c' false %} d\n",
        "A {% post_link my-post 'B C' false %} D\n",
    ),
    "a link to a post without a title": (
        "a {% post_link my-post %}\n",
        "A {% post_link my-post %}\n",
    ),
    "title of an asset": (
        '{% asset_link a.zip "B c" %}\n\n{% asset_img a.jpg 500 400 "D e" %}\n',
        '{% asset_link a.zip "B C" %}\n\n{% asset_img a.jpg 500 400 "D E" %}\n',
    ),
    "an asset with a space in its name": (
        '{% asset_img "a b.jpg" "c d" %}\n',
        '{% asset_img "a b.jpg" "C D" %}\n',
    ),
    "a note with a title": (
        '{% note info "A b" %}\nc *d*\n{% endnote %}\n',
        '{% note info "A B" %}\nC *D*\n{% endnote %}\n',
    ),
    "a quotation is prose": (
        "{% blockquote David Levithan, Wide Awake %}\na\n{% endblockquote %}\n",
        "{% blockquote David Levithan, Wide Awake %}\nA\n{% endblockquote %}\n",
    ),
    "a code block is code": (
        "{% codeblock lang:js %}\na\n\n# b\n{% endcodeblock %}\n\nc\n",
        "{% codeblock lang:js %}\na\n\n# b\n{% endcodeblock %}\n\nC\n",
    ),
    "raw": (
        "{% raw %}\n<b>{{ a }}</b> c\n{% endraw %}\n\nd\n",
        "{% raw %}\n<b>{{ a }}</b> c\n{% endraw %}\n\nD\n",
    ),
    "raw among words": (
        "a {% raw %}{{ b }} c{% endraw %} d\n",
        "A {% raw %}{{ b }} c{% endraw %} D\n",
    ),
    "a tag shown as code": ('```\n{% note "A" %}\n```\n',) * 2,
    "comment": ("a {# b #} c\n", "A {# b #} C\n"),
    "where the excerpt ends": ("a\n<!-- more -->\nb\n", "A\n<!-- more -->\nB\n"),
    "a line break shows, so lines stay": (
        "one two\nthree\n\n- a\n  b\n\n> c\n> *d\n> e*\nf\n\ng  \nh\n",
        "ONE TWO\nTHREE\n\n- A\n  B\n\n> C\n> *D\n> E*\nF\n\nG  \nH\n",
    ),
    "in a link, a footnote, an underlined heading": (
        "[a\nb](c) d[^1]\n\n[^1]: e z\n    f\n\ng\nh\n---\n",
        "[A\nB](c) D[^1]\n\n[^1]: E Z\n    F\n\nG\nH\n---\n",
    ),
    "front matter": ("---\ntitle: A b\n---\nc\n", "---\ntitle: A B\n---\nC\n"),
    "front matter in JSON": (
        ';;;\n"title": "A",\n"b": 1\n;;;\n\nc\n',
        ';;;\n"title": "A",\n"b": 1\n;;;\n\nC\n',
    ),
    "front matter without its first line": (
        "title: A\ntags:\n- b\ndate: 2012-12-12\n---\n\nc\n\n---\n\nd\n",
        "title: A\ntags:\n- b\ndate: 2012-12-12\n---\n\nC\n\n---\n\nD\n",
    ),
    "which stands at the start only": ("a\n\ntitle: b\n\n---\n", "A\n\nTITLE: B\n\n---\n"),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES.keys())
def test_constructs(before: str, after: str) -> None:
    assert loud(before, "hexo") == after


def test_no_line_break_may_be_lost() -> None:
    article = parse("One\ntwo.\n", "hexo")
    assert article.segments[0].text == "One<x1/>two."
    assert merge(article, {1: "Eins <x1/>zwei."}, {}) == "Eins \nzwei.\n"
    with pytest.raises(SegmentError, match="<x1/> is missing"):
        merge(article, {1: "Eins zwei."}, {})


def test_a_line_cannot_become_a_list() -> None:
    article = parse("One\ntwo.\n", "hexo")
    with pytest.raises(StructureError):
        merge(article, {1: "Eins<x1/>- zwei."}, {})


def test_a_title_cannot_end_early() -> None:
    article = parse('{% asset_img a.jpg "B" %}\n', "hexo")
    with pytest.raises(SegmentError, match="typographic"):
        merge(article, {1: 'say "x"'}, {})


def test_sample_of_real_articles() -> None:
    covered(corpus("hexo", sample=30), "hexo")


@pytest.mark.slow
def test_all_real_articles() -> None:
    covered(corpus("hexo"), "hexo")
