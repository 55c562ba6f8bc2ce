"""A segment in, its code behind marks out; and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.article import parse
from translate_pipeline.conversation.veil import lift, veil

CASES = {
    "Run `make` and `make` again.": "Run <x1/> and <x2/> again.",
    "Give $a+b$ to [the `x` docs](https://example.org).": "Give <x1/> to [the <x2/> docs](u1).",
    "Press <b>Q</b>, <br> then `q`.": "Press <b1>Q</b1>, <x1/> then <x2/>.",
}


def test_code_and_formulae_become_marks_with_numbers_of_their_own() -> None:
    for source, text in CASES.items():
        (segment,) = parse(source + "\n").segments
        hidden, behind = veil(segment)
        assert hidden.text == text
        assert lift(hidden.text, behind) == segment.text
        assert [token.mark in hidden.text for token in hidden.tokens] == [True] * len(hidden.tokens)


def test_what_holds_no_code_is_left_as_it_is() -> None:
    (segment,) = parse("See [the docs](https://example.org).\n").segments
    assert veil(segment) == (segment, {})


def test_a_sloppy_mark_is_lifted_and_a_foreign_one_is_left() -> None:
    assert lift("＜x1 /＞ und <X2/>, <x9/>", {"1": "`a`", "2": "`b`"}) == "`a` und `b`, <x9/>"


@given(st.lists(st.from_regex(r"[a-z<>/0-9 ]{1,8}", fullmatch=True), min_size=1, max_size=5))
def test_law_lift_undoes_veil(codes: list[str]) -> None:
    for segment in parse(" and ".join(f"`{code}`" for code in codes) + " x\n").segments:
        hidden, behind = veil(segment)
        assert lift(hidden.text, behind) == segment.text
