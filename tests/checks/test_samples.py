"""Every check's docstring samples are run, so each file of the folder brings its own test."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from tests.checks.samples import STYLES, Sample, heaviest, read_samples, segment
from translate_pipeline import checks
from translate_pipeline.checks import _prose
from translate_pipeline.model import Brief

SAMPLES = [
    (name, sample)
    for name in checks.names()
    for sample in read_samples(checks.load(name).__doc__ or "")
]


@pytest.mark.parametrize(("name", "sample"), SAMPLES, ids=str)
def test_the_samples_of_the_docstring_hold(name: str, sample: Sample) -> None:
    source = segment(sample.text, sample.kind)
    found = list(
        checks.load(name).check(
            source,
            sample.answer,
            Brief(STYLES[sample.target], STYLES[sample.source], sample.terms),
        )
    )
    assert heaviest(found) == sample.severity, found
    assert all(finding.check == name and finding.segment == source.id for finding in found)


@pytest.mark.parametrize("name", checks.names())
def test_a_docstring_says_what_it_must(name: str) -> None:
    text = checks.load(name).__doc__ or ""
    for heading in ("Finds ", "\nSeverity: ", "\nBound", "\nSource: ", "\nFalse alarms: "):
        assert heading in "\n" + text or text.startswith(heading), heading
    assert re.search(r"\nFalse alarms: .*\d\.\d\d %", text), "not measured"
    samples = read_samples(text)
    severities = {sample.severity for sample in samples}
    assert None in severities
    assert checks.load(name).SEVERITY in severities


@pytest.mark.parametrize("name", checks.names())
def test_the_page_of_the_checks_is_in_step(name: str) -> None:
    page = (Path(__file__).parents[2] / "docs" / "checks.md").read_text("utf-8")
    first = (checks.load(name).__doc__ or "").partition("\n")[0]
    assert f"### {name}\n\n{first}\n" in page, "python -m benchmarks.false_alarms --markdown"


def test_a_line_that_looks_like_a_sample_and_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="not a sample"):
        read_samples('passes: en>de "a" -> "b"')


def test_the_doctests_of_the_helpers_hold() -> None:
    result = doctest.testmod(_prose)
    assert result.attempted >= 4
    assert not result.failed
