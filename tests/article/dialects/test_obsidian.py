"""Obsidian: each construct before and after, and the laws over real files of any flavour."""

from __future__ import annotations

import pytest

from tests.article.dialects.laws import corpus, loud, proven
from translate_pipeline.article import merge, parse
from translate_pipeline.errors import SegmentError

#: why → (before, after in capitals)
CASES = {
    "a link without an alias names a file": ("See [[A page]] now.\n", "SEE [[A page]] NOW.\n"),
    "only the alias is prose": (
        "See [[a/Page#Part|the *page*]] now.\n",
        "SEE [[a/Page#Part|THE *PAGE*]] NOW.\n",
    ),
    "the bar is escaped in a table": (
        "| A | B |\n|---|---|\n| [[a\\|text]] | c |\n",
        "| A | B |\n|---|---|\n| [[a\\|TEXT]] | C |\n",
    ),
    "a heading, a block": ("[[#Head]] and [[a#^b]]\n", "[[#Head]] AND [[a#^b]]\n"),
    "an embedded note, an image's size and its words": (
        "![[Note#Part]]\n\n![[a.png|300x200]]\n\nText ![[b.png|A picture]] end.\n",
        "![[Note#Part]]\n\n![[a.png|300x200]]\n\nTEXT ![[b.png|A PICTURE]] END.\n",
    ),
    "a callout with a title": (
        "> [!tip] The *title*\n> Text\n> more.\n",
        "> [!tip] THE *TITLE*\n> TEXT\n> MORE.\n",
    ),
    "one that folds, without a title, in another": (
        "> [!faq]- One\n> > [!todo]+\n> > Text.\n",
        "> [!faq]- ONE\n> > [!todo]+\n> > TEXT.\n",
    ),
    "of a kind with options": (
        "> [!info|wide] One\n> Two.\n",
        "> [!info|wide] ONE\n> TWO.\n",
    ),
    "a line break shows, so lines stay": (
        "one two\nthree [[a\\|b]]\n- c\n  d\n",
        "ONE TWO\nTHREE [[a\\|B]]\n- C\n  D\n",
    ),
    "a quotation is no callout": ("> [a] text\n", "> [A] TEXT\n"),
    "block ids": (
        "Text. ^id-1\n\n- a ^b\n- c\n\n> d\n\n^quote-e\n\nH^2 and x ^2 y.\n",
        "TEXT. ^id-1\n\n- A ^b\n- C\n\n> D\n\n^quote-e\n\nH^2 AND X ^2 Y.\n",
    ),
    "a highlight": (
        "An ==old *thing*== here, a == b.\n",
        "AN ==OLD *THING*== HERE, A == B.\n",
    ),
    "comments": (
        "Text %%a note%% end.\n\n%%\nTwo\n\nparagraphs\n%%\n\nEnd.\n",
        "TEXT %%a note%% END.\n\n%%\nTwo\n\nparagraphs\n%%\n\nEND.\n",
    ),
    "tags": (
        "#one text #two/three-4, C#5 and #6.\n\n# Head\n",
        "#one TEXT #two/three-4, C#5 AND #6.\n\n# HEAD\n",
    ),
    "a tag that begins the note": ("#one/two text\n", "#one/two TEXT\n"),
    "a formula": ("Text $a_b$ end.\n", "TEXT $a_b$ END.\n"),
    "a note in the line": ("Text^[More words.] end.\n", "TEXT^[MORE WORDS.] END.\n"),
    "shown in code": (
        "```\n[[a|b]] ==c== #d\n```\n\nUse `[[a|b]]` and `#c`.\n",
        "```\n[[a|b]] ==c== #d\n```\n\nUSE `[[a|b]]` AND `#c`.\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES.keys())
def test_constructs(before: str, after: str) -> None:
    assert loud(before, "obsidian") == after


def test_an_alias_cannot_end_its_link() -> None:
    article = parse("[[a|b]] c\n", "obsidian")
    alias = next(s for s in article.segments if s.text == "b")
    with pytest.raises(SegmentError, match="brackets"):
        merge(article, {alias.id: "d]] e"}, {})


@pytest.mark.parametrize(
    "opener", ["%%a ", "![[a", "[[a|", "[[", "> [!a", " ^a", "==a", "#a/", " #1", "#/_"]
)
def test_an_opener_without_its_end(opener: str) -> None:
    """100 KB of it is an article like any other (each takes well under a second)."""
    text = opener * (100_000 // len(opener))
    assert parse(text, "obsidian").source.decode() == text


def _proven(sample: int) -> None:
    """There is no vault in the data, so other flavours show that nothing is lost."""
    for path in corpus("readme", "eleventy", sample=sample):
        proven(path.read_bytes().decode(errors="replace"), "obsidian")


def test_sample() -> None:
    _proven(40)


@pytest.mark.slow
def test_everything() -> None:
    _proven(0)
