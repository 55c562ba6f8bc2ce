"""Pseudo-localisation: reversible, visible in every word, about 30 % longer, marks untouched."""

from __future__ import annotations

import asyncio
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.shared import require_shared
from translate_pipeline.article.marks import split
from translate_pipeline.backends import BackendSettings, open_backend
from translate_pipeline.backends.pseudo import PseudoBackend, pseudo, unpseudo
from translate_pipeline.model import Batch, Kind, Locale, LocalePair, Segment, Token

ENGLISH = Locale(tag="en", name="en", english="English", script="Latn")
JAPANESE = Locale(tag="ja", name="ja", english="Japanese", script="Jpan")

# Prose of the kind the project is for, written for this test.
PROSE = """\
A release is more than a tag. Someone reads the notes, decides whether the change matters, and \
plans an evening around the upgrade. We keep the promise small: every minor version installs \
over the previous one, every removal is announced two versions ahead, and every breaking change \
names the line you have to edit. In March 2025 the team moved 48 services in one week, without \
downtime; the logs of that week are public (and, frankly, a little boring). "Boring is good," \
says the person on call. The rest of this article explains how the rollout works, what we \
measure while it runs, and which of the numbers made us stop twice.
"""

FIXED = [
    # source, expected
    ("Run", "Ȓȗːṋ"),
    ("by HTML", "ƀŷ ĤṰṂḼ"),
    ("été", "éːṱéː"),
    ("мир", "мирː"),
    ("Привет", "Приːветː"),
    ("日本語の文章", "日本語ːの文章ː"),
    ("हिन्दी", "हिन्दीː"),
    ("e\u0301a", "ȇː\u0301ȃː"),
    ("ȇ", "ˑȇ"),
    ("ː", "ˑː"),
    ("12.5 % — 3,000", "12.5 % — 3,000"),
    ("", ""),
]


@pytest.mark.parametrize(("source", "expected"), FIXED)
def test_fixed(source: str, expected: str) -> None:
    assert pseudo(source) == expected
    assert unpseudo(expected) == source


@given(st.text())
@example("ˑ")
@example("ˑˑːaˑ")
@example("ȇȇːe")
@example("\x00\ud800")
@example("`r` `ȓ` <x1/> &amp; \\* [a](b)")
def test_law_reversible(text: str) -> None:
    assert unpseudo(pseudo(text)) == text


WORD = st.text(st.characters(categories=("L", "M", "N", "P", "Zs")), max_size=12)
MARKS = st.sampled_from(
    ["<x1/>", "<b1>", "</b1>", "](u1)", "`make ː ȓ`", "$a_i$", "[^1]", ":smile:", "**", "[", "\\*"]
)


@given(st.lists(st.one_of(WORD, MARKS), max_size=12))
def test_law_marks_stay_and_words_come_back(parts: list[str]) -> None:
    text = "".join(parts)
    tokens = [Token(p, p) for p in parts if len(p) > 2 and p[0] in "<]`$[:"]
    target = pseudo(text, tokens)
    assert unpseudo(target, tokens) == text
    assert [p for m, p in split(target, tokens) if m] == [p for m, p in split(text, tokens) if m]


@given(st.text(st.characters(categories=("Ll", "Lu", "Lt", "Lm", "Lo")), min_size=1))
def test_law_every_word_changes_and_stays_a_word(word: str) -> None:
    target = pseudo(word)
    assert target != word
    assert target.isalpha()
    assert not re.search("[A-Za-z]", target)


@given(st.text(st.characters(codec="utf-8")))
def test_law_nothing_but_letters_changes(text: str) -> None:
    """Spaces, digits, punctuation, combining marks: the same ones in the same order."""

    def rest(value: str) -> list[str]:
        return [c for c in value if not c.isalpha()]

    assert rest(pseudo(text)) == rest(text)


def test_the_alphabet_survives_normalisation() -> None:
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    target = pseudo(letters)
    assert unicodedata.normalize("NFC", target) == target
    assert pseudo(letters.lower()).upper() == pseudo(letters.upper())


EXPANSION = (1.2, 1.4)


def test_expansion_own_prose() -> None:
    ratio = len(pseudo(PROSE)) / len(PROSE)
    assert EXPANSION[0] <= ratio <= EXPANSION[1]


@pytest.mark.parametrize("name", ["source-en", "target-de", "target-fr", "target-ja", "target-ar"])
def test_expansion_real_articles(name: str) -> None:
    text = require_shared("seed", f"{name}.md").read_text(encoding="utf-8")
    prose = "".join(line for line in text.splitlines(True) if "](" not in line)
    ratio = len(pseudo(prose)) / len(prose)
    assert EXPANSION[0] <= ratio <= EXPANSION[1]


INLINE = [
    "**Bold** and *em* and ~~gone~~, re*write*d, __strong__ _em_.",
    "**Note:** a *nested **strong** word* here",
    "**「重要」**です and *слово*.",
    "A [link *text*](u1) and ![alt text](u2), `code span`.",
    "snake_case_name and 2 * 3 * 4 and a \\* b",
    "AT&T &amp; &copy; 5 < 6 > 4 | x",
    "1. not a list - nor this + # no heading",
]


def shape(text: str) -> list[tuple[str, str]]:
    """What a CommonMark parser sees of `text`, words and their number aside."""
    (root,) = MarkdownIt().enable("strikethrough").parseInline(text)
    return [(t.type, t.markup) for t in root.children or () if t.type != "text"]


@pytest.mark.parametrize("text", INLINE)
def test_inline_structure_is_the_same(text: str) -> None:
    marks = ("](u1)", "](u2)", "`code span`")
    tokens = sorted((Token(m, m) for m in marks if m in text), key=lambda t: text.find(t.mark))
    target = pseudo(text, tokens)
    assert shape(target) == shape(text)
    # Safe as a table cell, YAML value or quoted HTML attribute wherever the source was.
    assert [c for c in target if c in "\"'|<>:#&\\"] == [c for c in text if c in "\"'|<>:#&\\"]


def test_backend_answers_every_segment() -> None:
    marks = (Token("`make`", "`make`"), Token("](u1)", "](https://a.example)"))
    tokens = (*marks, Token("<x1/>", "<br>"))
    segments = (
        Segment(1, Kind.TITLE, "Getting started", 0, 15),
        Segment(2, Kind.PARAGRAPH, "Run `make` [now](u1)<x1/>", 20, 60, tokens=tokens),
    )
    backend = open_backend("pseudo", BackendSettings())
    assert isinstance(backend, PseudoBackend)
    assert (backend.name, backend.signature) == ("pseudo", "pseudo/1")
    batch = Batch(pair=LocalePair(ENGLISH, JAPANESE), segments=segments)
    reply = asyncio.run(backend.translate(batch))
    asyncio.run(backend.aclose())
    assert reply.faults == ()
    assert reply.targets == {
        1: "Ĝȇːṱṱȋːṋĝ ŝṱȃːȓṱȇːḓ",
        2: "Ȓȗːṋ `make` [ṋȏːŵ](u1)<x1/>",
    }
    assert reply == asyncio.run(backend.translate(batch))


def test_time_grows_with_size_only() -> None:
    """A megabyte of anything is a matter of a second: no pattern here can backtrack."""
    for unit in ("a", "ˑ", "日", "`", "<", "&", "\\", "[", "*", "é\u0301", " "):
        text = unit * (200_000 // len(unit))
        assert unpseudo(pseudo(text)) == text
