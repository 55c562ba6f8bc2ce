"""VitePress: each construct before and after, and the laws over real sites."""

from __future__ import annotations

import pytest

from tests.article.dialects.laws import corpus, covered, loud
from translate_pipeline.article import merge, parse

#: why → (before, after in capitals)
CASES = {
    "a container with a title": (
        "::: tip The *title*\nText.\n:::\n",
        "::: tip THE *TITLE*\nTEXT.\n:::\n",
    ),
    "without a space, without a title": (
        ":::warning\n- a\n\n  b\n:::\n",
        ":::warning\n- A\n\n  B\n:::\n",
    ),
    "one in another": (
        ":::: info\n::: details A title {open}\nText.\n:::\n::::\n",
        ":::: info\n::: details A TITLE {open}\nTEXT.\n:::\n::::\n",
    ),
    "a group of code has no title": (
        "::: code-group\n\n```js [a.js]\nb\n```\n\n<<< @/c.ts\n\n:::\n",
        "::: code-group\n\n```js [a.js]\nb\n```\n\n<<< @/c.ts\n\n:::\n",
    ),
    "raw": ("::: raw\nText.\n:::\n", "::: raw\nTEXT.\n:::\n"),
    "a container behind a list's sign": (
        "- ::: raw\n  text\n  :::\n\n1. ::: tip Title\n   text\n   :::\n",
        "- ::: raw\n  TEXT\n  :::\n\n1. ::: tip TITLE\n   TEXT\n   :::\n",
    ),
    "interpolation": (
        "Text {{ a.b > '}' }} end, `{{ c }}` shown.\n",
        "TEXT {{ a.b > '}' }} END, `{{ c }}` SHOWN.\n",
    ),
    "script and style": (
        "<script setup>\nconst a = `{{ b }}`\n\n::: tip c\n</script>\n\nText.\n",
        "<script setup>\nconst a = `{{ b }}`\n\n::: tip c\n</script>\n\nTEXT.\n",
    ),
    "a component in a line": (
        'Text <Badge type="tip" text="A text" /> end.\n',
        'TEXT <Badge type="tip" text="A TEXT" /> END.\n',
    ),
    "one on its own line below a paragraph is a block": (
        '- Text\n<Badge text="A text" />\n\nText\n<a-b />\ntext <A />\nend.\n',
        '- TEXT\n<Badge text="A TEXT" />\n\nTEXT\n<a-b />\nTEXT <A /> END.\n',
    ),
    "in a heading with an id": (
        '## Text <Badge text="beta" /> {#id}\n',
        '## TEXT <Badge text="BETA" /> {#id}\n',
    ),
    "a bound attribute is code": (
        '<A :title="b" @click="c > d" title="A title"/> text\n',
        '<A :title="b" @click="c > d" title="A TITLE"/> TEXT\n',
    ),
    "a component with children": (
        "<MyBox>\n\nText.\n\n</MyBox>\n",
        "<MyBox>\n\nTEXT.\n\n</MyBox>\n",
    ),
    "a snippet": ("<<< @/a/b.ts#c{1,2 js}\n\nText.\n", "<<< @/a/b.ts#c{1,2 js}\n\nTEXT.\n"),
    "the table of contents": ("[[toc]]\n\nText.\n", "[[toc]]\n\nTEXT.\n"),
    "attributes": (
        '[Text](b){target="_self" .c} and *it*{.d}.\n',
        '[TEXT](b){target="_self" .c} AND *IT*{.d}.\n',
    ),
    "an alert of GitHub": ("> [!NOTE]\n> Text.\n", "> [!NOTE]\n> TEXT.\n"),
    "an included file": (
        "<!--@include: ./a.md-->\n\nText.\n",
        "<!--@include: ./a.md-->\n\nTEXT.\n",
    ),
    "lines of a fence": ("```js{1,3}:line-numbers\na\n```\n", "```js{1,3}:line-numbers\na\n```\n"),
    "containers shown in code": (
        "```md\n::: tip Title\n:::\n```\n\nText.\n",
        "```md\n::: tip Title\n:::\n```\n\nTEXT.\n",
    ),
    "in a list": (
        "- a\n\n  ::: tip b\n  c\n  :::\n",
        "- A\n\n  ::: tip B\n  C\n  :::\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES.keys())
def test_constructs(before: str, after: str) -> None:
    assert loud(before, "vitepress") == after


def test_a_quotation_mark_becomes_an_entity() -> None:
    article = parse('<Badge text="b" />\n', "vitepress")
    assert merge(article, {1: 'a "b"'}, {}) == '<Badge text="a &quot;b&quot;" />\n'


def test_the_old_id_of_a_heading() -> None:
    article = parse("[a](#one)\n\n## One\n", "vitepress")
    assert merge(article, {2: "Eins"}, {}) == "[a](#one)\n\n## Eins {#one}\n"


def test_sample() -> None:
    covered(corpus("vitepress", sample=40), "vitepress")


@pytest.mark.slow
def test_everything() -> None:
    covered(corpus("vitepress"), "vitepress")
