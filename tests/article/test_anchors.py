"""Ids of headings: made as GitHub makes them, and kept where a link relies on them."""

from __future__ import annotations

import pytest

from translate_pipeline.article import anchors, heading_ids, merge, parse
from translate_pipeline.article.dialects import Anchor


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("Hello World", "hello-world"),
        ("What's new in 2.0?", "whats-new-in-20"),
        ("a_b-c", "a_b-c"),
        ("`code` & more", "code--more"),
        ("The [*make*](https://x.y/z) target", "the-make-target"),
        ("[ref][label] end", "ref-end"),
        ("Größe 重要", "größe-重要"),
        ("<b>Bold</b> **words**", "bold-words"),
        ("_emph_ snake_case", "emph-snake_case"),
    ],
)
def test_slug(heading: str, slug: str) -> None:
    assert heading_ids.slug(anchors.plain(heading)) == slug


def test_repeated_slugs_are_numbered() -> None:
    assert heading_ids.made(["A", "B", "A", None, "A"]) == ["a", "b", "a-1", "", "a-2"]


@pytest.mark.parametrize(
    ("source", "ids"),
    [
        ('<a id="x"></a>', {"x"}),
        ("<a name='x-y'>", {"x-y"}),
        ("# H {#x}", {"x"}),
        ("{: .a #x b='c'}", {"x"}),
        ("idle = x; {a#}", set()),
    ],
)
def test_explicit_ids(source: str, ids: set[str]) -> None:
    assert anchors.explicit_ids(source.encode()) == ids


def test_with_anchor() -> None:
    assert anchors.with_anchor("Titel", "title", Anchor.ATTRIBUTE) == "Titel {#title}"
    assert anchors.with_anchor("Titel", "title", Anchor.HTML) == '<a id="title"></a>Titel'


TABLE = {
    "GitHub": (
        "commonmark",
        "[to](#the-end)\n\n## The end\n",
        '[to](#the-end)\n\n## <a id="the-end"></a>Das Ende\n',
    ),
    "Jekyll": (
        "jekyll",
        "[to](#the-end)\n\n## The end\n",
        "[to](#the-end)\n\n## Das Ende {#the-end}\n",
    ),
    "closing hashes": (
        "jekyll",
        "[to](#the-end)\n\n## The end ##\n",
        "[to](#the-end)\n\n## Das Ende {#the-end} ##\n",
    ),
    "underlined": (
        "commonmark",
        "[to](#the-end)\n\nThe end\n---\n",
        '[to](#the-end)\n\n<a id="the-end"></a>Das Ende\n---\n',
    ),
    "already explicit": (
        "jekyll",
        "[to](#e)\n\n## The end {#e}\n",
        "[to](#e)\n\n## Das Ende {#e}\n",
    ),
    "explicit elsewhere": (
        "commonmark",
        '[to](#the-end)\n\n<a id="the-end"></a>\n\n## The end\n',
        '[to](#the-end)\n\n<a id="the-end"></a>\n\n## Das Ende\n',
    ),
    "no link": (
        "commonmark",
        "[to](x#the-end)\n\n## The end\n",
        "[to](x#the-end)\n\n## Das Ende\n",
    ),
    "escaped in the link": (
        "commonmark",
        "[to](#gr%C3%B6%C3%9Fe)\n\n## Größe\n\n## The end\n",
        "[to](#gr%C3%B6%C3%9Fe)\n\n## Größe\n\n## Das Ende\n",
    ),
}


@pytest.mark.parametrize(("dialect", "source", "wanted"), TABLE.values(), ids=TABLE.keys())
def test_links_still_work(dialect: str, source: str, wanted: str) -> None:
    article = parse(source, dialect)
    targets = {s.id: "Das Ende" for s in article.segments if s.text == "The end"}
    assert merge(article, targets, {}) == wanted


def test_second_of_two_equal_headings() -> None:
    article = parse("[to](#a-1)\n\n## A\n\n## A\n")
    targets = {s.id: "Ein" for s in article.segments if s.text == "A"}
    assert merge(article, targets, {}) == '[to](#a-1)\n\n## Ein\n\n## <a id="a-1"></a>Ein\n'
