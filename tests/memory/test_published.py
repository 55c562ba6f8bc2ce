"""Reading back what was published: the same targets in effect, whatever the translator did.

Law: for any targets that `merge` accepts, merging what is read back gives the published text
again, byte for byte.
"""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import accent, documents, mistranslations
from tests.laws.examples import examples
from tests.laws.trials import trials
from tests.memory.editors import VALUES, dialect_of, reordered
from translate_pipeline.article import Article, merge, parse, restore
from translate_pipeline.article.marks import split
from translate_pipeline.errors import SegmentError, StructureError
from translate_pipeline.memory.published import published
from translate_pipeline.model import Segment

SEEDS = st.integers(0, 2**32 - 1)
_LETTER = re.compile(r"[^\W\d_]")
# `restore` moves the colon of an emoji code out of emphasis, and the code is none any more.
_EMOJI = re.compile(r"\*\*?:\w+:|:\w+:\*")


def letterless(segment: Segment) -> str:
    """Every letter of prose a digit: no segment any more when the target is parsed."""
    pieces = split(segment.text, segment.tokens)
    return "".join(piece if is_mark else _LETTER.sub("7", piece) for is_mark, piece in pieces)


def check(article: Article, targets: dict[int, str], values: dict[str, object]) -> bool:
    """The law for one set of targets; False where these are refused."""
    try:
        output = merge(article, targets, values)
    except (SegmentError, StructureError):
        return False
    back = published(article, output)
    assert merge(article, back, values) == output
    return True


@pytest.mark.parametrize("dialect", ["commonmark", "jekyll"])
@pytest.mark.parametrize("translate", [accent.accented, reordered, letterless])
def test_specification(dialect: str, translate) -> None:  # type: ignore[no-untyped-def]
    accepted = 0
    for text in examples():
        article = parse(text, dialect)
        accepted += check(article, {s.id: translate(s) for s in article.segments}, {})
    assert accepted > 550


@pytest.mark.parametrize("flavour", documents.FLAVOURS)
@trials(60)
@given(seed=SEEDS)
def test_translations(flavour: str, seed: int) -> None:
    rng = random.Random(seed)
    article = parse(documents.article(rng, flavour), dialect_of(flavour))
    for translate in (
        accent.accented,
        reordered,
        lambda s: letterless(s) if rng.random() < 0.4 else accent.accented(s),
        lambda s: mistranslations.rotated(s.text, s.tokens),
    ):
        targets = {s.id: translate(s) for s in article.segments}
        if not any(_EMOJI.search(target) for target in targets.values()):
            check(article, targets, VALUES)


@pytest.mark.parametrize("flavour", documents.FLAVOURS)
@trials(60)
@given(seed=SEEDS)
def test_hostile_translations(flavour: str, seed: int) -> None:
    rng = random.Random(seed)
    article = parse(documents.article(rng, flavour), dialect_of(flavour))
    targets = {s.id: accent.accented(s) for s in article.segments}
    for segment in article.segments:
        target = mistranslations.hostile(rng, segment)
        try:
            restore(article, segment, target)
        except SegmentError:
            continue
        if not _EMOJI.search(target):
            targets[segment.id] = target
            check(article, {segment.id: target}, VALUES)
    check(article, targets, VALUES)


@pytest.mark.parametrize(
    ("source", "output", "targets"),
    [
        # The other order of links, by what they point to.
        ("[a](u) and [b](v)", "[B](v) und [A](u)", ["[B](u2) und [A](u1)"]),
        # Two of one address, one of them an image.
        ("[a](u) ![b](u) c", "![B](u) C [A](u)", ["![B](u2) C [A](u1)"]),
        ("<b>a</b> and <i>b</i>", "<i>B</i> und <b>A</b>", ["<b2>B</b2> und <b1>A</b1>"]),
        ("x https://a.example/b y", "https://a.example/b の x y", ["<x1/> の x y"]),
        # The address runs into the word behind it.
        ("see https://a.example/b now", "https://a.example/bを見る", ["<x1/>を見る"]),
        ("Year 2024\n\n- one\n- two", "2024\n\n- 1\n- zwei", ["2024", "1", "zwei"]),
        ('[a](u "Title") b', '[A](u "Titel") B', ["[A](u1) B", "Titel"]),
        ('[a](u "Title") b', '[A](u "7") B', ["[A](u1) B", "7"]),
        # The comment opens no run of an HTML block when it stands first.
        ("<p>a <!-- c --> b</p>", "<p><!-- c --> A B</p>", ["<x1/> A B"]),
        ("| a | b |\n|---|---|\n| c | 1 |", "| 2 | B |\n|---|---|\n| 3 | 1 |", ["2", "B", "3"]),
        # Words that were left stand in the source's own bytes.
        ("one\ntwo\n\nthree", "one\ntwo\n\ndrei", ["one two", "drei"]),
        ("# A\n\n[x](#a)", '# <a id="a"></a>Ä\n\n[y](#a)', ["Ä", "[y](u1)"]),
    ],
)
def test_literally(source: str, output: str, targets: list[str]) -> None:
    article = parse(source)
    assert list(published(article, output).values()) == targets


def test_pins_in_the_way_of_jekyll() -> None:
    article = parse("## A b\n\n[x](#a-b)\n", "jekyll")
    output = merge(article, {1: "Ä B", 2: "[y](u1)"}, {})
    assert output == "## Ä B {#a-b}\n\n[y](#a-b)\n"
    assert published(article, output) == {1: "Ä B", 2: "[y](u1)"}


def test_front_matter_by_key() -> None:
    article = parse('---\ntitle: "A: b"\nsummary: One two\ntags: [x]\n---\nText\n')
    targets = {1: "Ä: 'b'", 2: "Eins zwei", 3: "Wörter"}
    output = merge(article, targets, {"lang": "de"})
    assert published(article, output) == targets


@pytest.mark.parametrize(
    "output",
    ["A\n\nB\n\nC\n", "A\n", "- A\n- B\n", "A\n\n---\n\nB\n", "", "A [x](y)\n\n`code`\n\nB\n"],
)
def test_another_structure_is_nobody_s_translation(output: str) -> None:
    assert published(parse("one\n\n`x` two\n\n---\n"), output) == {}
