"""Law: what nobody translates stays byte for byte; segments are disjoint spans in order."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import documents, mistranslations
from tests.laws.examples import examples
from tests.laws.trials import trials
from translate_pipeline.article import Article, merge, parse, prove, splice
from translate_pipeline.article.marks import split

SEEDS = st.integers(0, 2**32 - 1)
DIALECTS = ("commonmark", "jekyll")


def check_identity(text: str, dialect: str) -> Article:
    """Everything that must hold for any article that can be parsed at all."""
    article = parse(text, dialect)
    position = 0
    for segment in article.segments:
        assert segment.start <= segment.end <= len(article.source)
        assert segment.start < segment.end or segment.start < article.body  # `title: &a:b`
        assert "\n" not in segment.text
        assert "\r" not in segment.text
        if not segment.parent:
            assert segment.start >= position
            position = segment.end
        else:
            parent = article.segments[segment.parent - 1]
            assert parent.start <= segment.start < segment.end <= parent.end
        found = 0
        for token in segment.tokens:  # every mark stands there, in order
            found = segment.text.index(token.mark, found) + len(token.mark)
        pieces = split(segment.text, segment.tokens)
        assert "".join(piece for _, piece in pieces) == segment.text
        assert sum(mark for mark, _ in pieces) >= len(segment.tokens)
    assert [segment.id for segment in article.segments] == list(range(1, len(article.segments) + 1))
    source = text.encode()
    assert splice(article, {}, {}) == source
    assert splice(article, {s.id: s.text for s in article.segments}, {}) == source
    assert prove(article, source) == ""
    return article


@pytest.mark.parametrize("flavour", documents.FLAVOURS)
@trials(400)
@given(seed=SEEDS)
def test_random_articles(flavour: str, seed: int) -> None:
    text = documents.article(random.Random(seed), flavour)
    check_identity(text, "jekyll" if flavour == "jekyll" else "commonmark")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_specification(dialect: str) -> None:
    for text in examples():
        check_identity(text, dialect)
        for changed in (text.replace("\n", "\r\n"), text.rstrip("\n"), "\ufeff" + text):
            check_identity(changed, dialect)


@trials(300)
@given(st.text(), st.sampled_from(DIALECTS))
def test_any_text(text: str, dialect: str) -> None:
    check_identity("x" + text, dialect)  # the letter keeps a stray `---` from being front matter


@pytest.mark.parametrize("dialect", DIALECTS)
@trials(400)
@given(st.lists(st.sampled_from(mistranslations.ATOMS + mistranslations.PREFIXES), max_size=30))
def test_any_syntax(dialect: str, atoms: list[str]) -> None:
    check_identity("x" + "".join(atoms), dialect)


def test_same_text_again_and_again() -> None:
    text = documents.article(random.Random(7), "jekyll")
    assert parse(text, "jekyll").segments == parse(text, "jekyll").segments
    assert merge(parse(text, "jekyll"), {}, {}) == text
