"""Zola: each construct before and after. The shared corpus has no Zola site.

So the law over real files runs over those of Hexo's site, whose tags are Zola's in form.
"""

from __future__ import annotations

import pytest

from tests.article.dialects.laws import corpus, loud, proven
from translate_pipeline.article import merge, parse
from translate_pipeline.errors import SegmentError

#: why → (before, after in capitals)
CASES = {
    "front matter in TOML": (
        '+++\ntitle = "A b"\n[extra]\nc = "d"\n+++\n\ne\n',
        '+++\ntitle = "A B"\n[extra]\nc = "d"\n+++\n\nE\n',
    ),
    "a shortcode among words": ('a {{ b(c="d", e=true) }} f\n', 'A {{ b(c="d", e=true) }} F\n'),
    "alone on its line": ('{{ b(c="d") }}\n\na\n', '{{ b(c="d") }}\n\nA\n'),
    "over several lines": (
        '{{ b(\n  c="d",\n\n  title="e"\n) }}\n\na\n',
        '{{ b(\n  c="d",\n\n  title="E"\n) }}\n\nA\n',
    ),
    "a closer in a string": (
        '{{ b(caption="C }} %} d") }}\n\ne\n',
        '{{ b(caption="C }} %} D") }}\n\nE\n',
    ),
    "all three kinds of strings": (
        "{{ b(title=\"a\", alt='b', caption=`c`) }}\n",
        "{{ b(title=\"A\", alt='B', caption=`C`) }}\n",
    ),
    "with a body, which is Markdown": (
        '{% quote(author="A") %}\nb *c* [d](@/e.md#f)\n{% end %}\n',
        '{% quote(author="A") %}\nB *C* [D](@/e.md#f)\n{% end %}\n',
    ),
    "with a body that is code": (
        "{% mermaid() %}\ngraph TD\n\n- a\n{% end %}\n\nb\n",
        "{% mermaid() %}\ngraph TD\n\n- a\n{% end %}\n\nB\n",
    ),
    "one in the other": (
        '{% a() %}\n\n{{ b(alt="c") }}\n\nd\n\n{% end %}\n',
        '{% a() %}\n\n{{ b(alt="C") }}\n\nD\n\n{% end %}\n',
    ),
    "white space control": ("a {%- b() -%}c{%- end -%} d\n", "A {%- b() -%}C{%- end -%} D\n"),
    "shown, not run": (
        '{{/* a(alt="b") */}}\n\n{%/* c() */%}d{%/* end */%}\n',
        '{{/* a(alt="b") */}}\n\n{%/* c() */%}D{%/* end */%}\n',
    ),
    "inside code": ('```\n{{ a(alt="b") }}\n```\n`{{ c() }}` d\n',
                    '```\n{{ a(alt="b") }}\n```\n`{{ c() }}` D\n'),
    "link to a page": ("[a](@/b/c.md#d)\n", "[A](@/b/c.md#d)\n"),
    "in a link target": ("[a]({{ b() }})\n", "[A]({{ b() }})\n"),
    "where the summary ends": ("a\n\n<!-- more -->\n\nb\n", "A\n\n<!-- more -->\n\nB\n"),
    "id and classes of a heading": ("# a {#b .c}\n", "# A {#b .c}\n"),
    "formula in lines that look like a list": ("$$\n+ a\n- b\n$$\n\nc\n",
                                               "$$\n+ a\n- b\n$$\n\nC\n"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES.keys())
def test_constructs(before: str, after: str) -> None:
    assert loud(before, "zola") == after


def test_a_string_cannot_end_early() -> None:
    article = parse('{{ a(alt="B") }}\n', "zola")
    with pytest.raises(SegmentError, match="typographic"):
        merge(article, {1: 'say "x"'}, {})


def test_sample_of_real_articles() -> None:
    for path in corpus("hexo", sample=20):
        proven(path.read_bytes().decode(), "zola")
