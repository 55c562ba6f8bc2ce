"""Cutting a segment into words and gaps and putting it together again: nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from translate_pipeline.backends._apertium_words import Plan, escape, plan, polish, unescape
from translate_pipeline.model import Kind, Segment, Token


def segment(text: str, *marks: str) -> Segment:
    tokens = tuple(Token(mark, mark) for mark in marks)
    return Segment(1, Kind.PARAGRAPH, text, 0, len(text), tokens=tokens)


def whole(parts: Plan) -> str:
    return parts.join(list(parts.words))


PLANS = [
    # text, marks, words, gaps
    ("house", (), ("house",), ("", "")),
    (" a  word ", (), ("a  word",), (" ", " ")),
    ("**Note:** read", (), ("Note:", "read"), ("**", "** ", "")),
    ("**[the docs](u1)**.", ("](u1)",), ("the docs",), ("**[", "](u1)**.")),
    ("Run `make` now", ("`make`",), ("Run", "now"), ("", " `make` ", "")),
    ("a <x1/> (3) <x2/> b", ("<x1/>", "<x2/>"), ("a", "b"), ("", " <x1/> (3) <x2/> ", "")),
    ("in img/house.png, v2.0.1 ok", (), ("in", "ok"), ("", " img/house.png, v2.0.1 ", "")),
    ("GitHub e.g. at 12:30 or 3.11", (), ("e.g. at 12:30 or 3.11",), ("GitHub ", "")),
    ("well-known it’s “so” – ok", (), ("well-known it’s “so” – ok",), ("", "")),
    ("don&rsquo;t a_b_c x\\_y", (), (), ("don&rsquo;t a_b_c x\\_y",)),
    ("re*write*d", (), ("re", "write", "d"), ("", "*", "*", "")),
    ("tab\there 😀 yes\x00", (), ("tab", "here", "yes"), ("", "\t", " 😀 ", "\x00")),
    ("a zero\x00byte b", (), ("a", "b"), ("", " zero\x00byte ", "")),
    ("\u00a0hard\u00a0space\u00a0", (), ("hard", "space"), ("\u00a0", "\u00a0", "\u00a0")),
    ("12 % — **3**", (), (), ("12 % — **3**",)),
    ("", (), (), ("",)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "marks", "words", "gaps"), PLANS)
def test_plan(
    text: str, marks: tuple[str, ...], words: tuple[str, ...], gaps: tuple[str, ...]
) -> None:
    parts = plan(segment(text, *marks))
    assert (parts.words, parts.gaps) == (words, gaps)


@given(st.text())
@example("a\ud800b ~ \\_ a_b_c a&b&c")
@example("x" * 9000 + " " + "word. " * 3000)
def test_law_a_plan_is_the_text(text: str) -> None:
    parts = plan(segment(text))
    assert whole(parts) == text
    assert len(parts.gaps) == len(parts.words) + 1
    assert [i for group in parts.groups() for i in group] == list(range(len(parts.words)))


PIECES = st.sampled_from(
    ["red car", "House", " ", "  ", ".", ", ", "**", "*", "[", "](u1)", "`make`", "<x1/>", "~~",
     "\\*", "&amp;", "é", "it’s", "a.b", "😀", "[^1]", "\t"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=20))
def test_law_an_engine_that_changes_nothing_changes_nothing(pieces: list[str]) -> None:
    text = "".join(pieces)
    parts = plan(segment(text, *(p for p in pieces if len(p) > 2 and p[0] in "]`<[")))
    targets: list[str] = []
    for group in parts.groups():
        message = parts.message(group)
        # Nothing but escaped words and numbered blanks goes out.
        assert not set("*`<>_|~\t&") & set(message)
        accepted = parts.accept(group, message)
        assert accepted is not None
        targets += accepted
    collapsed = [" ".join(words.split()) for words in parts.words]
    assert parts.join(targets) == parts.join(collapsed)


REFUSED = [
    "La casa y el coche",  # both blanks lost
    "La [1]casa y el coche",  # one lost
    "La [2]casa[1] y el coche",  # moved
    "La [1]casa[2] y [2]el coche",  # doubled
    "La [1] [2]casa y el coche",  # words left the marks
    "La [1]casa[2] y *el coche",  # a mark nobody sent
    "La [1]casa[2] y \\[el coche",
    "La [1]casa[2][] y el coche",  # a blank of the engine's own
    "[1]casa[2] y el coche",
    "",
]


@pytest.mark.parametrize("answer", REFUSED)
def test_an_answer_that_does_not_fit_is_not_accepted(answer: str) -> None:
    parts = plan(segment("The **house** and the car"))
    group = range(3)
    assert parts.accept(group, "La [1]casa[2] y el coche") == ["La", "casa", "y el coche"]
    assert parts.accept(group, answer) is None


def test_long_segments_are_sent_in_pieces() -> None:
    text = "One sentence of this text. " * 1000
    parts = plan(segment(text))
    groups = list(parts.groups())
    assert len(groups) > 5
    assert all(len(parts.message(group)) <= 4000 for group in groups)
    assert all(words.endswith(".") for words in parts.words)
    assert whole(parts) == text


POLISH = [
    # target, source, first, expected
    ("  Creo que  voy ", "I think I go", True, "Creo que voy"),
    ("Esto es una prueba . Otra", "This is a test. Another", True, "Esto es una prueba. Otra"),
    ("Principal", "leading", True, "principal"),
    ("obra", "Works", True, "Obra"),
    ("“obra”", "“Works”", True, "“Obra”"),
    ("iPhone vale", "The iPhone is ok", True, "iPhone vale"),
    ("HTML vale", "good HTML", True, "HTML vale"),
    ("Obra", "works", False, "Obra"),
    ("¿ qué ?", "what ?", True, "¿ qué ?"),
]


@pytest.mark.parametrize(("target", "source", "first", "expected"), POLISH)
def test_polish(target: str, source: str, first: bool, expected: str) -> None:
    assert polish(target, source, first=first) == expected


@given(st.text())
def test_law_escape(text: str) -> None:
    assert unescape(escape(text)) == text


@pytest.mark.parametrize(
    "unit", ["a", "*", "a_", "a ", "<", "a&", "\\_", " ", ". ", "::a", "[a](u1) ", "a\u00ad", "x1 "]
)
def test_time_is_linear(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    parts = plan(segment(text))
    assert whole(parts) == text
    assert sum(len(parts.message(group)) for group in parts.groups()) < 5 * len(text)
