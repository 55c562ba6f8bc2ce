"""The short cut of `restore`: what it takes parses as its source does; what it leaves is None."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from translate_pipeline.article import parser, skeleton
from translate_pipeline.article.parser import BASE, MATH
from translate_pipeline.article.repairs import starts_block
from translate_pipeline.article.same_syntax import active, only_words, same_syntax
from translate_pipeline.model import Token

CODE = Token("`a`", "`a`")
LINK = Token("](u1)", "](x)")
BREAK = Token("<x1/>", "<br>")

TAKEN = {
    "words": ("A b", (), "C, d e.", "C, d e."),
    "no syntax left": ("*a* b", (), "c d", "c d"),
    "tokens put back": ("A `a` [b](u1)<x1/>c", (CODE, LINK, BREAK), "Ä `a` [ḃ](u1)<x1/>ć",
                        "Ä `a` [ḃ](x)<br>ć"),
    "emphasis with equal neighbours": ("a *b* c", (), "ä *ḃ* ć", "ä *ḃ* ć"),
    "harmless between words": ("a: b & c > #1 [e", (), "ä: ḃ & ć > #1 [ė", "ä: ḃ & ć > #1 [ė"),
    "escape of the same": ("\\*a\\* b", (), "\\*ä\\* ḃ", "\\*ä\\* ḃ"),
    "number of the source": ("2. a", (), "2. ḃ", "2. ḃ"),
    "first character of the source": ("*a* b", (), "*ä* ḃ", "*ä* ḃ"),
    "underscore in a name": ("a_b c", (), "ä_ḃ ć", "ä_ḃ ć"),
}  # fmt: skip

LEFT = {
    "empty": ("A", (), ""),
    "number first": ("A", (), "1. B"),
    "list item": ("- a", (), "- b"),
    "another number": ("2. a", (), "21. b"),
    "a number made an item": ("2.a", (), "2. b"),
    "nothing behind the number": ("2. a", (), "2."),
    "token missing": ("a `a`", (CODE,), "a"),
    "tokens in another order": ("`a` [b](u1)", (CODE, LINK), "[b](u1) `a`"),
    "more syntax": ("a", (), "b *c*"),
    "other syntax": ("a *b*", (), "a _b_"),
    "emphasis inside a word": ("a *b* c", (), "ä*ḃ*ć"),
    "emphasis beside a bracket": ("a **b** c", (), "ä(**ḃ)** ć"),
    "run taken apart": ("a **b** c", (), "a *x* *b"),
    "bracket": ("a [b] c", (), "ä [ḃ] ć"),
    "formula": ("a $b$", (), "a $b$"),
    "escape of another": ("\\*a* b", (), "\\ä** ḃ"),
    "escape of a letter": ("a\\b", (), "a\\c"),
    "hash at the end": ("a #", (), "b #"),
    "line break": ("a", (), "b\nc"),
    "control character": ("a", (), "b\x00"),
    "delete": ("a", (), "b\x7fc"),
    "lone surrogate": ("a", (), "b\ud800"),
    "lone surrogate in the source": ("a\ud800 *b*", (), "a *b*"),
}


@pytest.mark.parametrize(("text", "tokens", "target", "form"), TAKEN.values(), ids=TAKEN.keys())
def test_taken(text: str, tokens: tuple[Token, ...], target: str, form: str) -> None:
    assert same_syntax(text, tokens, target) == form


@pytest.mark.parametrize(("text", "tokens", "target"), LEFT.values(), ids=LEFT.keys())
def test_left_to_the_parser(text: str, tokens: tuple[Token, ...], target: str) -> None:
    assert same_syntax(text, tokens, target) is None


lines = st.lists(
    st.sampled_from(
        ["a", "Ä", "中", " ", " ", ".", "(", ")", "*", "**", "_", "~~", "\\", "#", "&", "&amp;",
         ":", ">", "[", "]", "`", "<", "$", "1", "-", "!"]
    ),
    min_size=1,
    max_size=12,
).map(lambda pieces: "".join(pieces).strip())  # fmt: skip


def _seen(text: str) -> tuple[list[str], int]:
    html = parser.render(f"{text}\n", BASE | MATH)
    return skeleton.tags(html), skeleton.literal_delimiters(html)


@given(lines, lines)
@example("*a* b", "*a*b")
@example("\\_a_ b_", "\\_a_ b_")
@example("a\\\\*b*", "c\\\\*d*")
def test_what_is_taken_parses_alike_and_shows_no_more_delimiters(text: str, target: str) -> None:
    assume(not starts_block(text))  # a segment's text is never the beginning of a block
    form = same_syntax(text, (), target)
    if form is not None and ("*" in form or "_" in form or "~" in form or "\\" in form):
        assert form == target
        assert _seen(form) == _seen(text)


@pytest.mark.parametrize("text", ["a", "Ä. 1 (b)", "中文。", 'it\'s "b"'])
def test_only_words(text: str) -> None:
    assert only_words(text)


@pytest.mark.parametrize("text", ["", "a *b*", "a: b", "a\nb", "a\x7f", "a\ud800", "{%b%}", "<b>"])
def test_not_only_words(text: str) -> None:
    assert not only_words(text)


@given(st.lists(st.text()))
def test_active_is_each_text_by_itself(texts: list[str]) -> None:
    found = active(texts)
    if found is None:
        joined = "".join(texts)
        assert not texts or "\n" in joined or any("\ud800" <= sign <= "\udfff" for sign in joined)
    else:
        assert [not signs for signs in found] == [only_words(text) or not text for text in texts]


def test_known_characters_change_nothing() -> None:
    for text, tokens, target, form in TAKEN.values():
        signs = active([target, text])
        assert signs is not None
        assert same_syntax(text, tokens, target, (signs[0], signs[1])) == form
