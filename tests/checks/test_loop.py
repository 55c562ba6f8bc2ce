"""A model that is stuck is found; refrains of the source are not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.samples import severity, verdict
from translate_pipeline.checks import loop


@pytest.mark.parametrize(
    "target",
    [
        "Die Datei öffnen. " * 4,
        "Zuerst lesen wir. " + "und dann noch einmal " * 6,
        "ファイルを開きます。" * 4,
        "ja " * 40,
        "ab" * 30,
        "Der Anfang. " + "Ein langer Satz mit vielen Wörtern, der kein Ende nimmt. " * 5,
        "".join(f"Satz {n} sagt das Gleiche wie der vorige Satz. " for n in range(60)),  # zlib
    ],
)
def test_finds(target: str) -> None:
    assert severity("loop", "Open the file, and then read it.", target) == "error"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Ha ha ha!", "Ha ha ha ha!"),
        ("Very, very, very good", "Sehr, sehr, sehr gut"),
        ("Fill in", "Name: " + "_" * 80),
        ("Fill in", "=" * 200),
        ("Fill in", "1234567890" * 20),
        (
            "Row, row, row, row, row, row your boat",
            "Ruder, ruder, ruder, ruder, ruder, ruder dein Boot",
        ),
        ("a", "Der Hund, die Katze, der Vogel, die Maus, der Fisch, die Kuh, der Esel"),
        ("a", ""),
        ("a", "Hin und her und hin und her und hin"),
    ],
)
def test_leaves_alone(source: str, target: str) -> None:
    assert verdict("loop", source, target) == []


def test_a_refrain_of_the_source_may_come_back() -> None:
    assert verdict("loop", "We will rock you. " * 6, "Wir rocken euch alle. " * 6) == []
    assert severity("loop", "We will rock you. " * 2, "Wir rocken euch alle. " * 6) == "error"


def test_a_loop_at_the_end_of_a_long_text_is_found() -> None:
    chance = random.Random(1)
    words = " ".join("".join(chance.choices("abdegilmnorstu", k=6)) for _ in range(9000))
    assert verdict("loop", words, words) == []
    assert severity("loop", words, words + " und so weiter und so fort" * 10) == "error"


@given(
    before=st.text("ab c", max_size=12),
    unit=st.text("abc ", min_size=1, max_size=14),
    after=st.text("ab c", max_size=12),
)
def test_the_quick_look_overlooks_no_loop(before: str, unit: str, after: str) -> None:
    text = before + unit * (-(-8 // len(unit)) * 4) + after
    assert loop._may_repeat(text)
