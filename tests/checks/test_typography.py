"""The checks of typography: ends, brackets, doubled words, lost letters."""

from __future__ import annotations

import pytest

from tests.checks.samples import verdict
from translate_pipeline.model import Kind


@pytest.mark.parametrize(
    ("source", "target", "to", "message"),
    [
        ("Is it?", "Ist es?", "de", ""),
        ("**Is it?**", "**Ist es?**", "de", ""),
        ("Is it?", "それは？", "ja", ""),
        ("Is it?", "それですか", "ja", ""),
        ("Is it?", "それです。", "ja", "ends with full stop, the source with question mark"),
        ("It is.", "这是。", "zh-Hans", ""),
        ("It is.", "यह है।", "hi", ""),
        ("It is", "Es ist.", "de", ""),
        ("For example:", "Zum Beispiel.", "de", ""),
        ("Wait...", "Warte…", "de", ""),
        ("See [it](u1).", "Siehe [es](u1).", "de", ""),
        ("(It is.)", "(Es ist.)", "de", ""),
        ("It is.", "Es ist,", "de", "ends with comma, the source with full stop"),
        ("It is.", "Es ist", "de", "ends with no mark, the source with full stop"),
        ("It is!", "Es ist?", "de", "ends with question mark, the source with exclamation mark"),
        ("See:", "Siehe", "de", "ends with no mark, the source with colon"),
    ],
)
def test_the_end(source: str, target: str, to: str, message: str) -> None:
    wanted = [("warning", message)] if message else []
    assert verdict("end-punctuation", source, target, to) == wanted


def test_a_title_may_drop_its_question() -> None:
    assert verdict("end-punctuation", "Why?", "Gründe", kind=Kind.HEADING) == []
    assert verdict("end-punctuation", "Why?", "Gründe") != []


@pytest.mark.parametrize(
    ("source", "target", "to", "message"),
    [
        ("a (b)", "a (b)", "de", ""),
        ("a (b)", "a（b)", "ja", ""),
        ("a (b)", "a (b", "de", "( has no partner"),
        ("a (b)", "a b)", "de", ") has no partner"),
        ("1) a", "1) a", "de", ""),
        (":)", ":)", "de", ""),
        ("“a”", "„a“", "de", ""),
        ("“a”", "„a", "de", "„ has no partner"),
        ("“a”", "«a»", "fr", ""),
        ("“a”", "»a«", "de", ""),
        ("“a”", "”a”", "he", ""),
        ('"a"', '"a', "de", '" has no partner'),
        ('5" wide', '5" breit', "de", ""),
        ("「a」", "「a", "ja", ""),  # the source has both, the target not
        ("`(` a", "`(` a", "de", ""),
        ("[a](u1)", "[a](u1)", "de", ""),
    ],
)
def test_brackets(source: str, target: str, to: str, message: str) -> None:
    if source == "「a」":
        message = "「 has no partner"
    assert verdict("brackets", source, target, to) == ([("warning", message)] if message else [])


@pytest.mark.parametrize(
    ("source", "target", "to", "doubled"),
    [
        ("the file", "die Datei Datei", "de", True),
        ("the file", "die Datei datei", "de", True),
        ("the file", "die Datei, Datei", "de", False),
        ("the file", "die, die die Datei", "de", False),
        ("the file", "`a` `a` Datei", "de", False),
        ("bye bye", "tschüss tschüss", "de", False),
        ("slowly", "धीरे धीरे", "hi", False),
        ("the file", "файл файл", "ru", True),
    ],
)
def test_doubled_words(source: str, target: str, to: str, doubled: bool) -> None:
    assert bool(verdict("doubled-word", source, target, to)) is doubled


def test_lost_letters() -> None:
    assert verdict("characters", "a", "a") == []
    assert verdict("characters", "a\ufffd", "b\ufffd") == []
    assert verdict("characters", "a", "b\ufffd") == [
        ("error", "letters are lost: the target has U+FFFD")
    ]
