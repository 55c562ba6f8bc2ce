"""The folder is the list of checks; running them is pure, ordered and survives hostile input."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks.samples import STYLES, segment
from translate_pipeline import checks
from translate_pipeline.model import Brief, Kind, Severity

EN, DE, JA, HANT = (STYLES[tag] for tag in ("en", "de", "ja", "zh-Hant"))
FOLDER = Path(checks.__file__).parent


def test_the_listing_of_the_folder_is_the_list_of_checks() -> None:
    files = sorted(p.stem.replace("_", "-") for p in FOLDER.glob("[a-z]*.py"))
    assert checks.names() == tuple(files)
    assert len(files) >= 9


@pytest.mark.parametrize("name", checks.names())
def test_a_check_is_called_like_its_file(name: str) -> None:
    module = checks.load(name)
    assert name == module.NAME
    assert isinstance(module.SEVERITY, Severity)


def test_an_unknown_check_is_refused_with_the_known_ones() -> None:
    with pytest.raises(KeyError, match=r"use one of: .*chatter, code"):
        checks.load("emoji")


def test_findings_come_in_the_order_of_the_names() -> None:
    source = segment("Run `make` and open [the file](u1) that you made, and save it to the disk.")
    found = checks.run_checks(source, "# Sure! Run make **now**", Brief(DE, EN))
    order = [finding.check for finding in found]
    assert order == sorted(order)
    assert set(order) == {
        "chatter",
        "code",
        "emphasis",
        "end-punctuation",
        "length",
        "placeholders",
        "shape",
    }


@pytest.mark.parametrize(
    ("source", "target", "tag"),
    [
        (
            "Run `make` and see [the manual](u1).",
            "Führe `make` aus, siehe [das Handbuch](u1).",
            "de",
        ),
        ("HTTP API", "API HTTP", "fr"),
        ("Docker", "Docker", "de"),
        ("version 3.5", "Version 3.5", "de"),
        ("Why a hook?", "なぜフックなのか", "ja"),
        ("It costs $5.", "它的價格是 5 美元。", "zh-Hant"),
        ("2024 in review", "Rückblick auf 2024", "de"),
        ("“No,” he said.", "„Nein“, sagte er.", "de"),
        ("The **key** point", "**重点**", "zh-Hans"),
        ("- and not", "– und nicht", "de"),
    ],
)
def test_good_translations_have_no_finding(source: str, target: str, tag: str) -> None:
    assert checks.run_checks(segment(source), target, Brief(STYLES[tag], EN)) == ()


TEXT = st.text(st.sampled_from('ab é漢кא\n`*_[]()<>!#|$&\\:./{}%"“”x1u7-~^ '), max_size=80)


@settings(max_examples=150, deadline=None)
@given(TEXT, TEXT, st.sampled_from(sorted(STYLES)), st.sampled_from(sorted(STYLES)))
def test_any_text_gives_plain_messages_and_no_exception(
    source: str, target: str, tag: str, source_tag: str
) -> None:
    found = checks.run_checks(segment(source), target, Brief(STYLES[tag], STYLES[source_tag]))
    for finding in found:
        assert finding.message.isprintable()
        assert len(finding.message) < 250


JUNK = {
    "backticks": "`",
    "growing backticks": "".join("`" * n + "a" for n in range(60)),
    "escaped backticks": "\\`",
    "openers": "<",
    "tags": "<x1",
    "comments": "<!--",
    "brackets": "[",
    "closers": "](u1)",
    "half closers": "](",
    "footnotes": "[^",
    "line breaks": "\n",
    "list": "\n- a",
    "spaces": " ",
    "stars": "*",
    "open emphasis": "**a ",
    "quotes": '"',
    "open quotes": "“a",
    "dollars": "$",
    "formulae": "$a",
    "paths": "/a",
    "dots": "a.",
    "hyphens": "a-",
    "at": "a@",
    "entities": "&a",
    "emoji": ":a",
    "liquid": "{{",
    "words": "the of and ",
    "phrases": "here is the ",
    "letters": "a",
    "han": "这",
    "digits": "1234567",
    "rules": "- ",
    "zero width": "\u200b",
    "nul": "\0",
}
_SIZE = 300_000
_SECONDS = 1.5  # measured: at most 0.6 for a megabyte; a quadratic check needs minutes


@pytest.mark.parametrize("unit", JUNK.values(), ids=JUNK)
def test_junk_costs_a_second_at_most(unit: str) -> None:
    source = segment("See [it](u1), run `make`, and $a^2$ “is” the rest of it.", Kind.TABLE_CELL)
    junk = unit * (_SIZE // len(unit)) + "x"
    for name in checks.names():
        begin = time.perf_counter()
        for _ in checks.load(name).check(source, junk, Brief(HANT, EN)):
            pass
        assert time.perf_counter() - begin < _SECONDS, name
