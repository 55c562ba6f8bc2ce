"""From text to segments: order, kinds, ids, and what is no article at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from translate_pipeline.article import DEFAULT_KEYS, ArticleOptions, parse
from translate_pipeline.article.shadow import Shadow
from translate_pipeline.errors import ArticleError, ConfigError, FrontMatterError
from translate_pipeline.model import Kind


def test_front_matter_first_then_document_order() -> None:
    article = parse(
        "---\ndescription: One\ntitle: Two\nx: no\n---\n# Three\n\n<p>Four</p>\n\n- Five\n"
    )
    assert [(s.id, s.kind, s.text) for s in article.segments] == [
        (1, Kind.FRONT_MATTER, "One"),
        (2, Kind.TITLE, "Two"),
        (3, Kind.HEADING, "Three"),
        (4, Kind.HTML, "Four"),
        (5, Kind.LIST_ITEM, "Five"),
    ]
    assert [s.key for s in article.segments[:2]] == ["description", "title"]


def test_spans_are_bytes_of_the_source() -> None:
    article = parse("\ufeff---\ntitle: Ä\n---\n\nÖ *ü*\n")
    assert [article.source[s.start : s.end].decode() for s in article.segments] == ["Ä", "Ö *ü*"]


@pytest.mark.parametrize(
    ("options", "texts"),
    [
        (ArticleOptions(), ["T", "D", "S", "E", "U"]),
        (ArticleOptions(front_matter_keys=("x", "hero.text")), ["X", "H"]),
        (ArticleOptions(front_matter_keys=()), []),
    ],
)
def test_chosen_keys(options: ArticleOptions, texts: list[str]) -> None:
    article = parse(
        "---\ntitle: T\ndescription: D\nsummary: S\nexcerpt: E\nsubtitle: U\nx: X\n"
        "hero:\n  text: H\nmodel: M\n---\n",
        options=options,
    )
    assert [s.text for s in article.segments] == texts
    assert DEFAULT_KEYS == ("title", "description", "summary", "excerpt", "subtitle")


def test_front_matter_without_prose_is_none() -> None:
    assert parse("---\ntitle: 2024\ndescription: ''\n---\n").segments == ()


@pytest.mark.parametrize(
    "text", ["", "\n", "\ufeff", "---\na: b\n---\n", "---\n---\n", "***\n", "---\n"]
)
def test_nothing_to_translate(text: str) -> None:
    assert parse(text).segments == ()


def test_levels() -> None:
    article = parse("# A\n\n### B\n\nC\n---\n\nd\n")
    assert [s.level for s in article.segments] == [1, 3, 2, 0]


def test_parents() -> None:
    article = parse('[a](b "C") d\n\n![](e "F")\n')
    assert [(s.id, s.kind, s.parent) for s in article.segments] == [
        (1, Kind.PARAGRAPH, 0),
        (2, Kind.LINK_TITLE, 1),
        (3, Kind.LINK_TITLE, 0),
    ]


def test_pins_only_where_a_link_relies_on_them() -> None:
    article = parse("[a](#b-c) [d](#none)\n\n# B c\n\n# E\n")
    assert article.pins == {2: "b-c"}
    assert article.anchors == {"b-c"}


def test_tags_of_the_source_are_made_once_and_compared_with_nothing() -> None:
    article = parse("# A *b*\n")
    tags = article.tags()
    assert tags == ["<h1>", "<em>", "</em>", "</h1>"]
    assert article.tags() is tags
    assert article == parse("# A *b*\n")
    assert replace(article, shadow=Shadow("c\n", ())).tags() == ["<p>", "</p>"]


def test_line() -> None:
    article = parse("a\n\nb\n")
    assert [article.line(s.start) for s in article.segments] == [1, 3]


def test_lone_surrogate_is_named_with_its_line() -> None:
    with pytest.raises(ArticleError, match="character 4 is a lone surrogate") as caught:
        parse("ab\nc\udc80d\n")
    assert caught.value.line == 2


def test_unknown_dialect_lists_the_known() -> None:
    with pytest.raises(
        ConfigError, match=r"unknown dialect 'x'; use one of: .*commonmark, .*jekyll"
    ):
        parse("a", "x")


def test_broken_front_matter_is_refused() -> None:
    with pytest.raises(FrontMatterError):
        parse("---\ntitle: [a\n---\nb\n")
