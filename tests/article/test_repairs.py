"""Each repair by itself: what the candidates for a target are, in their order."""

from __future__ import annotations

import pytest

from translate_pipeline.article import repairs
from translate_pipeline.model import Kind, Segment, Token


def _segment(
    kind: Kind = Kind.PARAGRAPH, text: str = "A", tokens: tuple[Token, ...] = ()
) -> Segment:
    return Segment(1, kind, text, 0, 1, tokens)


def _candidates(text: str, kind: Kind = Kind.PARAGRAPH) -> list[str]:
    return list(repairs.candidates(text, _segment(kind), kind))


TABLE: dict[str, tuple[str, list[str]]] = {
    "nothing to repair": ("Plain words.", ["Plain words."]),
    "block starts are escaped at once": ("1. a", ["1\\. a"]),
    "a tag": ("a <b> c", ["a \\<b> c"]),
    "marks are no tags": ("a <x1/> <b1>c</b1>", ["a <x1/> <b1>c</b1>"]),
    "code keeps its tags": ("`<b>` c", ["`<b>` c"]),
    "less than": ("a < b", ["a < b"]),
    "underscores of CJK": ("甲_乙_丙", ["甲_乙_丙", "甲*乙*丙", "甲*乙*丙"][:2]),
    "underscores of names": ("a_b_c and x__y__z", ["a_b_c and x__y__z"]),
    "brackets leave the bold": ("**「a」**b", ["**「a」**b", "「**a**」b", "**「a」** b"]),
    "punctuation leaves the bold": ("**甲，**乙", ["**甲，**乙", "**甲**，乙", "**甲，** 乙"]),
    "spaces round bold code": ("甲**`b`**乙", ["甲**`b`**乙", "甲 **`b`** 乙"]),
}


@pytest.mark.parametrize(("text", "wanted"), TABLE.values(), ids=TABLE.keys())
def test_candidates(text: str, wanted: list[str]) -> None:
    found = _candidates(text)
    assert found[0] == wanted[0]
    assert [c for c in wanted if c not in found] == []


def test_the_colons_of_an_emoji_do_not_leave_the_bold() -> None:
    assert not [c for c in _candidates("甲**:smile:**乙") if "**:smile**:" in c]


def test_the_kind_decides() -> None:
    assert _candidates("# a", Kind.HEADING)[0] == "# a"
    assert _candidates("a|b", Kind.TABLE_CELL) == ["a\\|b"]
    assert _candidates("a|b") == ["a|b"]
    assert _candidates("a #", Kind.HEADING) == ["a #", "a \\#"]


def test_the_source_may_begin_so() -> None:
    segment = _segment(text="1986. A year")
    assert next(repairs.candidates("1987. Ein Jahr", segment, Kind.PARAGRAPH)) == "1987. Ein Jahr"


def test_formulae_are_not_escaped() -> None:
    segment = _segment(text="A $a<b|c$", tokens=(Token("$a<b|c$", "$a<b|c$"),))
    assert next(repairs.candidates("B $a<b|c$", segment, Kind.TABLE_CELL)) == "B $a<b|c$"


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("1. a", True), ("1.a", False), ("12345678901. a", False), ("#", True), ("#a", False),
        ("- a", True),
        ("-a", False), ("---", True), ("===", True), ("= a", False), ("> a", True), (">a", True),
        ("```", True), ("``a``", False), ("~~~", True), ("~~a~~", False), (": a", True),
        (":a", False),
        ("::: a", True), ("!!! a", True), ("| a", True), ("[x]: a", True), ("[x] a", True),
        ("[a] b", False),
        ("{% a", True), ("{{ a", True), ("{: a", True), ("{ a", False), ("a", False), ("", False),
        ("重 - a", False), ("2024", False), ("*a* b", False), ("* a", True), ("+ a", True),
        ("+a", False),
    ],
)  # fmt: skip
def test_starts_block(text: str, starts: bool) -> None:
    assert repairs.starts_block(text) is starts


@pytest.mark.parametrize(
    ("text", "kind", "delimiter", "written"),
    [
        ('a "b" <c>', Kind.TITLE, "", 'a "b" <c>'),
        ('a "b" <c>', Kind.ATTRIBUTE, '"', "a &quot;b&quot; &lt;c&gt;"),
        ("it's", Kind.ATTRIBUTE, "'", "it&#39;s"),
        ('a "b"', Kind.LINK_TITLE, '"', 'a \\"b\\"'),
        ('a \\"b\\"', Kind.LINK_TITLE, '"', 'a \\"b\\"'),
        ('a \\\\"', Kind.LINK_TITLE, '"', 'a \\\\\\"'),
        ("it's", Kind.LINK_TITLE, '"', "it's"),
    ],
)
def test_plain(text: str, kind: Kind, delimiter: str, written: str) -> None:
    assert repairs.plain(text, kind, delimiter) == written


def test_html_text() -> None:
    assert repairs.html_text("<x1/> a <i>b</i> <b1>c</b1> 1 < 2") == (
        "<x1/> a &lt;i>b&lt;/i> <b1>c</b1> 1 < 2"
    )
