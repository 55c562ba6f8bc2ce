"""Sentences are counted as readers count them; joined ones are no loss."""

from __future__ import annotations

import doctest

import pytest

from tests.checks.samples import verdict
from translate_pipeline.checks import sentences
from translate_pipeline.checks.sentences import count

FOUR = "Open the file first. Then change the third line. Save it. Close the program at last."


def test_the_doctest_holds() -> None:
    result = doctest.testmod(sentences)
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("One. Two! Three?", 3),
        ("Wait... what? Yes.", 2),
        ("Use v1.2, e.g. here, i.e. now.", 1),
        ("Dr. Who vs. Mr. Smith", 1),
        ("He said “Why?” and left.", 1),
        ("He left. “Why?” she said.", 2),
        ("一。二！三？", 3),
        ("एक। दो।", 2),
        ("هل هذا؟ نعم.", 2),
        ("no sign", 1),
        ("", 0),
    ],
)
def test_count(text: str, wanted: int) -> None:
    assert count(text) == wanted


@pytest.mark.parametrize(
    ("target", "to"),
    [
        ("Erst die Datei öffnen. Dann die dritte Zeile ändern. Speichern. Beenden.", "de"),
        (
            "Öffnen Sie zuerst die Datei, ändern Sie dann die dritte Zeile, speichern Sie sie und "
            "schließen Sie am Ende das Programm.",
            "de",
        ),
        ("まずファイルを開く。3行目を変える。保存して閉じる。", "ja"),
    ],
)
def test_leaves_alone(target: str, to: str) -> None:
    assert verdict("sentences", FOUR, target, to) == []


def test_asks_again() -> None:
    lost = verdict("sentences", FOUR, "Öffnen Sie zuerst die Datei.")
    assert lost == [("retry", "1 sentences for 4 of the source")]
    assert verdict("sentences", "One. Two.", "Eins.") == []
