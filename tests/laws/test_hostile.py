"""Law: whatever stands in the targets, the output has the source's structure or is refused.

The structure is measured by another parser (`oracle.py`), never by our own skeleton. This
is the law that matters most: nothing damaged is ever written.
"""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import documents, mistranslations, oracle
from tests.laws.trials import trials
from translate_pipeline.article import Article, merge, parse
from translate_pipeline.errors import FrontMatterError, SegmentError, StructureError

SEEDS = st.integers(0, 2**32 - 1)


def attempt(article: Article, targets: dict[int, str]) -> str | None:
    """The merged article, or None where it was refused in one of the three ways."""
    blamed: set[int] = set()
    try:
        return merge(article, targets, {})
    except SegmentError as error:
        blamed = {finding.segment for finding in error.findings}
    except StructureError as error:
        blamed = set(error.segments)
    except FrontMatterError:
        pass
    assert blamed <= set(targets)  # nobody is blamed who was not asked
    return None


def check_hostile(seed: int, flavour: str) -> tuple[int, int]:
    """Six sets of hostile targets on one article: how many were tried, how many accepted."""
    rng = random.Random(seed)
    text = documents.article(rng, flavour)
    article = parse(text, "jekyll" if flavour == "jekyll" else "commonmark")
    if not article.segments:
        return 0, 0
    judged = flavour != "commonmark" or oracle.agrees(text)
    accepted = 0
    for _ in range(6):
        count = min(len(article.segments), rng.choice((1, 1, 2, 30)))
        chosen = rng.sample(list(article.segments), count)
        out = attempt(article, {s.id: mistranslations.hostile(rng, s) for s in chosen})
        if out is None:
            continue
        accepted += 1
        if flavour == "commonmark" and judged:
            assert oracle.structure(out) == oracle.structure(text), (seed, text, out)
        if flavour == "jekyll":
            names = tuple(oracle.CONSTRUCTS)
            assert oracle.constructs(out, names) == oracle.constructs(text, names), (seed, out)
    return 6, accepted


@pytest.mark.parametrize("flavour", documents.FLAVOURS)
@trials(400)
@given(seed=SEEDS)
def test_random_articles(flavour: str, seed: int) -> None:
    check_hostile(seed, flavour)


@pytest.mark.parametrize("flavour", documents.FLAVOURS)
def test_the_law_is_put_to_the_test(flavour: str) -> None:
    """Neither refused nor accepted wholesale: both must be common, or the test says nothing."""
    tried = accepted = 0
    for seed in range(200):
        one, other = check_hostile(seed, flavour)
        tried, accepted = tried + one, accepted + other
    assert 0.2 < accepted / tried < 0.8


SMALL = (
    "A *b* c.\n",
    "# A b\n",
    "A\nb\n===\n",
    "- A\n- b\n",
    "> A\n> b\n",
    "|A|b|\n|-|-|\n|c|d|\n",
    "A `b` [c](d).\n",
    "<p>A <b>b</b></p>\n",
    "1. A\n\n   b\n",
    "![A](b)\n",
    "A[x]\n\n[x]: y\n",
    '[A](b "C") <i title="D">e</i>\n',
    "- # A\n",
    "- A\n  - b\n",
    "A  \nb\n",
    "> - A\n>\n>   b\n",
)


@trials(1000)
@given(
    source=st.sampled_from(SMALL),
    atoms=st.lists(
        st.sampled_from(mistranslations.ATOMS + mistranslations.PREFIXES), min_size=1, max_size=8
    ),
    where=st.integers(0, 20),
    segment=st.integers(0, 3),
)
def test_small_articles(source: str, atoms: list[str], where: int, segment: int) -> None:
    article = parse(source)
    chosen = article.segments[segment % len(article.segments)]
    target = chosen.text[:where] + "".join(atoms) + chosen.text[where:]
    out = attempt(article, {chosen.id: target})
    if out is not None:
        assert oracle.structure(out) == oracle.structure(source)


@trials(300)
@given(target=st.text(min_size=1), dialect=st.sampled_from(("commonmark", "jekyll")))
def test_any_text(target: str, dialect: str) -> None:
    source = "# A\n\n- b\n\n|c|\n|-|\n\n<p>d</p>\n"
    article = parse(source, dialect)
    for segment in article.segments:
        out = attempt(article, {segment.id: target})
        if out is not None:
            assert oracle.structure(out) == oracle.structure(source)
