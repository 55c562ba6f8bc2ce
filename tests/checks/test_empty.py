"""What counts as empty, and what does not though it has no letters."""

from __future__ import annotations

import pytest

from tests.checks.samples import severity


@pytest.mark.parametrize("target", ["", " ", "\n\t", "\u200b\ufeff", "\u200e", "\x00", "\u00a0"])
def test_nothing_visible_is_empty(target: str) -> None:
    assert severity("empty", "Yes", target) == "error"


@pytest.mark.parametrize(
    ("source", "target", "wanted"),
    [
        ("Run `make` in [the folder](u1).", "`make` [](u1)", "error"),
        ("Open it and save it.", "…", "error"),
        ("Open it and save it.", "***", "error"),
        ("`a` or `b`", "`a`/`b`", ""),  # one word, which a sign can say
        ("one hundred and twenty", "120", ""),  # digits are content
        ("Yes", "✓", ""),
        ("N/A", "—", ""),
        ("Open the file", "打开", ""),
        ("Open the file", "افتح", ""),
    ],
)
def test_marks_without_words(source: str, target: str, wanted: str) -> None:
    assert severity("empty", source, target) == wanted
