"""Law: a construct of a dialect may stand anywhere, where it is live and where it is not.

Each snippet of each dialect in every place that Markdown has: far right below a paragraph, in
indented code, in a fence, in an address, a formula, a tag, a cell. The translation is proven;
what is in `REFUSED` is no Markdown that anybody means, and refused.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.laws import accent
from tests.laws.dialect_snippets import PLACES, SNIPPETS, placed
from translate_pipeline.article import dialects, parse, prove, splice
from translate_pipeline.errors import SegmentError

# Dialect, the snippet's beginning, the places where it is refused, and why that is right.
REFUSED = (
    # An unfinished tag with an unfinished expression: to MDX a mistake.
    ("docusaurus", "<A b='{", ("in an HTML block", "in an inline element", "in an attribute",
                               "in a class")),
    ("mdx", "<A b='{", ("in an HTML block", "in an inline element", "in an attribute",
                        "in a class")),
    # A caption in the middle of a paragraph.
    ("quarto", ": {w}", tuple(PLACES)),
    # A line block in the middle of a paragraph, far right: refused, for joined it would be words.
    ("quarto", "| {w}", ("below a paragraph", "between lines", "between wrapped lines")),
    # Many lines inside a line.
    ("quarto", "+---", ("as a link's target", "in emphasis")),
    ("vitepress", "<script", ("in an attribute", "in a class")),
    # Markup as the words of an attribute.
    ("hexo", "<!--", ("in an attribute",)),
    ("zola", "<!--", ("in an attribute",)),
    ("obsidian", "#a", ("in an attribute",)),
)  # fmt: skip


def _texts(dialect: str) -> Iterator[tuple[str, str, str]]:
    kin = "mdx" if dialect == "docusaurus" else dialect
    for snippet in SNIPPETS.get(kin, ()):
        filled = snippet.replace("{w}", "ab cd").rstrip("\n")
        for name, place in PLACES.items():
            for indent in ("  ", "     ", "\t") if "{i}" in place else ("",):
                yield snippet, name, placed(filled, place, indent)


@pytest.mark.parametrize("dialect", dialects.names())
def test_every_place(dialect: str) -> None:
    faults = []
    for snippet, name, text in _texts(dialect):
        if any(d == dialect and snippet.startswith(s) and name in n for d, s, n in REFUSED):
            continue
        article = parse(text, dialect)
        try:
            fault = prove(article, splice(article, accent.targets(article), {}))
        except SegmentError as error:
            fault = str(error)
        if fault:
            faults.append((name, text, fault))
    assert not faults, (len(faults), faults[:3])


def test_a_title_in_code_is_no_prose() -> None:
    """It is shown as it is written, so it stays, and the article is not refused for it."""
    for text in (
        'a\n\n    {{< figure caption="B" >}}\n',
        '- a\n\n      {{< figure caption="B" >}}\n',
        '# a\n\t{{< figure caption="B" >}}\n',
        'a [b]({{< ref "c" title="B" >}})\n',
        '[a]\n\n[a]: {{< ref "c" title="B" >}}\n',
        '<a class="{{< c title="B" >}}">a</a>\n',
        '<div class="{{< c title="B" >}}">\na\n</div>\n',
        'a ${{< c title="B" >}}$\n',
    ):
        assert "B" not in [segment.text for segment in parse(text, "hugo").segments], text


@pytest.mark.parametrize(
    ("dialect", "construct"),
    [
        ("docfx", ':::image source="x.png" alt-text="Words":::'),
        ("obsidian", "> [!note] Words"),
        ("obsidian", "[[a|Words]]"),
        ("hugo", '{{< figure caption="Words" >}}'),
        ("jekyll", '{% include a.html caption="Words" %}'),
        ("vitepress", "::: tip Words"),
    ],
)
def test_a_title_in_preformatted_html_is_no_prose(dialect: str, construct: str) -> None:
    for opaque in (
        f"<pre>\n{construct}\n</pre>\n",
        f"<div>\n<pre><code>a\n{construct}\n</code></pre>\n</div>\n",
        f"<pre class='a'>\n\n{construct}\n\n</pre>\n",
        f"a <code>{construct}</code> b\n",
        f"a <b>c</b> <kbd>d {construct} <i>e</i></kbd> b\n",
    ):
        texts = [segment.text for segment in parse(opaque, dialect).segments]
        assert "Words" not in texts, (opaque, texts)
    for live in (
        f"<pre>\na\n</pre>\n\n{construct}\n",
        f"<div>\n<pre>a</pre>\n\n{construct}\n\n</div>\n",
        f"a <code>b</code>\n{construct}\n",
        f"a <code>\n\n{construct}\n",
    ):
        assert "Words" in [segment.text for segment in parse(live, dialect).segments], live


def test_a_line_of_its_own_stays_one() -> None:
    """Below a paragraph, too far right for a block: its lines may be joined, but not with it."""
    article = parse("a\nb\n    {{< c >}}\nd\ne\n", "hugo")
    assert [segment.text for segment in article.segments] == ["a b<x1/>d e"]
    output = splice(article, accent.targets(article), {})
    assert output.decode() == "á ƀ\n    {{< c >}}\nđ é\n"


def test_two_lines_share_their_break() -> None:
    article = parse("a\n    {{< b >}}\n    {{< c >}} {{< d >}}\ne\n", "hugo")
    assert [segment.text for segment in article.segments] == ["a<x1/><x2/>e"]
    output = splice(article, accent.targets(article), {})
    assert output.decode() == "á\n    {{< b >}}\n    {{< c >}} {{< d >}}\né\n"
