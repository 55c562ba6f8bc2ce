"""The folder is the list; every check says what it must; all of them meet every answer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.checks.samples import STYLES
from translate_pipeline import batch_checks
from translate_pipeline.model import Brief, Kind, Segment, Severity

FOLDER = Path(batch_checks.__file__).parent
DE = Brief(STYLES["de"], STYLES["en"])


def test_the_listing_of_the_folder_is_the_list_of_checks() -> None:
    files = sorted(path.stem.replace("_", "-") for path in FOLDER.glob("[a-z]*.py"))
    assert batch_checks.names() == tuple(files)
    assert len(files) >= 3


@pytest.mark.parametrize("name", batch_checks.names())
def test_a_check_is_called_like_its_file_and_says_what_it_must(name: str) -> None:
    module = batch_checks.load(name)
    assert name == module.NAME
    assert isinstance(module.SEVERITY, Severity)
    text = module.__doc__ or ""
    for heading in ("Finds ", "\nSeverity: ", "\nBound: ", "\nSource: ", "\nFalse alarms: "):
        assert heading in text, heading
    assert re.search(r"\nFalse alarms: .*\d\.\d\d %", text), "not measured"


@pytest.mark.parametrize("name", batch_checks.names())
def test_the_page_of_the_checks_is_in_step(name: str) -> None:
    page = (Path(__file__).parents[2] / "docs" / "checks.md").read_text("utf-8")
    first = (batch_checks.load(name).__doc__ or "").partition("\n")[0]
    assert f"### {name}\n\n{first}\n" in page, "python -m benchmarks.false_alarms --markdown"


def test_an_unknown_check_is_refused_with_the_known_ones() -> None:
    with pytest.raises(KeyError, match=r"use one of: .*alignment"):
        batch_checks.load("counting")


def test_findings_are_given_by_segment() -> None:
    asked = [
        Segment(1, Kind.PARAGRAPH, "Run `make` in the folder of the site that you made.", 0, 0),
        Segment(2, Kind.PARAGRAPH, "It took them 1910 days to find out what had gone wrong.", 0, 0),
    ]
    text = "Es dauerte 1910 Tage, bis sie herausfanden, was schiefgegangen war."
    found = batch_checks.run_batch_checks(asked, {1: text, 2: text}, {}, DE)
    assert set(found) == {1, 2}
    assert {"neighbours", "repeats"} <= {finding.check for finding in found[1]}
    assert batch_checks.run_batch_checks([], {}, {}, DE) == {}


def test_a_hostile_answer_is_read_in_linear_time() -> None:
    asked = [Segment(i, Kind.PARAGRAPH, "A word of it.", 0, 0) for i in range(1, 6)]
    for unit in ("`a", "1", "a1 ", "](u", "<x1", "(", "漢", "\U0001f3af", "**"):
        junk = dict.fromkeys(range(1, 6), unit * (200_000 // len(unit)))
        batch_checks.run_batch_checks(asked, junk, {}, DE)
