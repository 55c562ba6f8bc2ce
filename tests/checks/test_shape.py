"""A target is one line of the kind its segment is; ordinals and dashes of prose are fine."""

from __future__ import annotations

import pytest

from tests.checks.samples import severity, verdict
from translate_pipeline.model import Kind


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("On May 3 we ship.", "3. Mai: Auslieferung."),  # an ordinal of the language
        ("Hashes", "#Rauten"),  # no space: no heading
        ("Emphasis", "*Betonung*"),
        ("Stars", "**Sterne** und mehr"),
        ("A minus", "-1"),
        ("Dialogue", "—Hola —dijo."),
        ("`a` first", "`a` zuerst"),
        ("- dash first", "- Strich zuerst"),  # the source has it too
        ("1. one", "1. eins"),
        ("Word", "  Wort  \n"),  # white space around it is stripped
        ("2024 was good", "2024 war gut"),
        ("[x] done", "[x] erledigt"),
    ],
)
def test_leaves_alone(source: str, target: str) -> None:
    assert verdict("shape", source, target) == []


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("# Wort", "error"),
        ("###### Wort", "error"),
        ("* Wort", "error"),
        ("+ Wort", "error"),
        ("12) Wort", "error"),
        ("> Wort", "error"),
        (">Wort", "error"),
        ("~~~", "error"),
        ("---", "error"),
        ("[ ] Wort", "error"),
        ("| Wort | Wort |", "error"),
        ("Wort\n\nWort", "error"),
        ("Wort\r\n \r\nWort", "error"),
        ("Wort\n- Wort", "error"),
        ("Wort\n---", "error"),
        ("Wort\nWort", "retry"),
        ("Wort\rWort", "retry"),
        ("Wort\u2028Wort", "retry"),
        ("Wort\x0bWort", "retry"),
    ],
)
def test_finds(target: str, wanted: str) -> None:
    assert severity("shape", "Word", target) == wanted


@pytest.mark.parametrize(
    ("source", "target", "count"),
    [
        ("a", "a | b", 1),
        ("a", "a \\| b", 0),
        ("a", "a `|` b", 0),  # code is another check's
        ("a \\| b", "a | b", 1),
        ("a", "| a |", 1),
    ],
)
def test_a_pipe_would_begin_a_new_cell(source: str, target: str, count: int) -> None:
    assert len(verdict("shape", source, target, kind=Kind.TABLE_CELL)) == count


def test_a_pipe_in_a_paragraph_is_text() -> None:
    assert verdict("shape", "cat a into b", "cat a | b") == []
