"""What a person reads: place, fault, what to do; and nothing that steers the terminal."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.discovery import Skipped
from translate_pipeline.estimate import Estimate
from translate_pipeline.locale import parse_locale
from translate_pipeline.model import LocalePair, Severity, State, Usage
from translate_pipeline.outcome import Outcome, Problem, Status, Stop
from translate_pipeline.report.text import estimate_lines, outcome_lines, printable, shown, summary
from translate_pipeline.run import Tally
from translate_pipeline.target_path import Job

HERE = Path("/site")
JOB = Job(
    HERE / "posts/x-en.md",
    HERE / "posts/x-de.md",
    LocalePair(parse_locale("en"), parse_locale("de")),
)


def lines(status: Status, *problems: Problem, left: int = 0) -> list[str]:
    segments = Counter({State.SOURCE: left})
    outcome = Outcome(job=JOB, status=status, problems=problems, segments=segments, signature="x")
    return list(outcome_lines(outcome, HERE))


ERROR = Problem("<x1/> is missing", Severity.ERROR, 12, 7, "placeholders", "Run <x1/> first")
WARNING = Problem("rather long", Severity.WARNING, 3, 2, "length", "Words")


def test_what_went_well_is_not_told() -> None:
    assert lines(Status.WRITTEN) == lines(Status.WRITTEN, WARNING) == []


def test_a_refusal() -> None:
    assert lines(Status.REFUSED, WARNING, ERROR) == [
        "posts/x-en.md:12: de: <x1/> is missing [placeholders]: «Run <x1/> first»",
        "posts/x-en.md: de: posts/x-de.md was not written, what was there stays;"
        " run again, try another --model, or use --on-failure keep-source",
    ]


def test_a_partial_translation() -> None:
    assert lines(Status.PARTIAL, ERROR, left=2)[1] == (
        "posts/x-en.md: de: posts/x-de.md has 2 segments untranslated;"
        " run again to have the rest translated"
    )


def test_a_failure() -> None:
    assert lines(Status.FAILED, Problem("no answer in 120 s")) == [
        "posts/x-en.md: de: no answer in 120 s",
        "posts/x-en.md: de: posts/x-de.md was not written, what was there stays;"
        " run again when the cause is gone",
    ]


def test_an_unreadable_source_is_the_same_in_every_language() -> None:
    assert lines(Status.UNREADABLE, Problem("byte 0xff at offset 3", line=2)) == [
        "posts/x-en.md:2: byte 0xff at offset 3"
    ]


@pytest.mark.parametrize(
    "text", ["\x1b[31mred", "a\nb", "\r", "\x9b", "\u202e", "\udcff", "\x00", "\u2028"]
)
def test_nothing_steers_the_terminal(text: str) -> None:
    assert printable(text).isprintable()
    evil = Problem(text, Severity.ERROR, 1, 1, text, text)
    assert all(line.isprintable() for line in lines(Status.REFUSED, evil))
    assert shown(HERE / f"x{text}.md", HERE).isprintable()
    (last,) = [*summary(Tally(), Stop(text), (), planned=0, seconds=0)][1:]
    assert last.isprintable()


@given(st.text())
def test_what_can_be_printed_stays(text: str) -> None:
    assert printable(text).isprintable()
    assert text.isprintable() <= (printable(text) == text)


def test_paths_are_shown_from_where_the_user_stands() -> None:
    assert shown(Path("/site/a/b.md"), HERE) == "a/b.md"
    assert shown(Path("/other/b.md"), HERE) == "/other/b.md"


def test_the_summary() -> None:
    tally = Tally()
    for status in (Status.WRITTEN, Status.WRITTEN, Status.REFUSED):
        usage = Usage(requests=2, prompt_tokens=1000, completion_tokens=500, cost=0.01)
        tally.add(Outcome(job=JOB, status=status, usage=usage, problems=(WARNING,)))
    said = summary(tally, None, [Skipped(HERE / "y.md", "")], planned=3, seconds=1.26)
    assert list(said) == [
        "2 translations written, 1 refused in 1.3 s",
        "6 requests, 3,000 prompt tokens, 1,500 completion tokens, $0.0300",
        "3 warnings (3 length); --json lists them",
        "skipped 1 file as translations, or links out of the root"
        " (--json says why; a file named by its path is never skipped)",
    ]


def test_the_summary_of_a_run_that_stopped() -> None:
    tally = Tally()
    usage = Usage(requests=1, prompt_tokens=9, completion_tokens=1, cached_tokens=5)
    tally.add(Outcome(job=JOB, status=Status.FAILED, usage=usage, unanswered=True))
    assert list(summary(tally, Stop("no credit"), [], planned=90, seconds=0)) == [
        "0 translations written, 1 failed, 89 not begun in 0.0 s",
        "1 request, 9 prompt tokens (5 cached), 1 completion tokens",
        "stopped: no credit",
    ]


def test_the_dry_run() -> None:
    estimate = Estimate(1234, 5, 1000, 18, 20000, 15000)
    assert list(estimate_lines(estimate, [], articles=2, locales=9)) == [
        "2 articles into 9 locales: 1,234 segments, 1,000 to be sent, 5 kept by rule",
        "about 18 requests, 20,000 prompt tokens, 15,000 output tokens; nothing was sent",
    ]
