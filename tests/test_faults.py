"""Faulty models in, whole articles or none out: the small edition of `benchmarks/faults.py`.

Every kind of fault, with fixed seeds, through the real client and the command line. A target is
the fault-free one, byte for byte, or the old file is still there.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks._articles import article, write_articles
from benchmarks._fault_kinds import ENDING, GROUPS, ISSUE, LOCALES, SILENT
from benchmarks._fault_oracle import same_structure
from benchmarks._fault_page import page
from benchmarks._fault_rows import OLD, Row, Trial, judge
from benchmarks._fault_run import Report

from tests.servers.faults import KINDS

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "blog"
# `tests/backends` is about these; the whole table is printed by `python -m benchmarks.faults`.
TRANSPORT = [
    pytest.param(kind, marks=pytest.mark.slow)
    for kind in GROUPS["transport"]
    if kind not in ("hang", "drip")
]
# Kinds with few holds.
FEW = {"emphasis_unclosed", "emphasis_lost", "code_changed", "glossary_broken", "negation_lost"}
TEXTS = [kind for kind in GROUPS["text"] if kind not in LOCALES]


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    sources = write_articles(tmp_path_factory.mktemp("sources"), 2, seed=3, sections=1)
    sources += sorted(EXAMPLES.glob("*/*-en.md"))[:1]
    return Trial(tmp_path_factory.mktemp("faults"), sources, ["de"], seed=4, dialect="jekyll")


@pytest.mark.parametrize("kind", TEXTS)
def test_nothing_is_damaged(trial: Trial, kind: str) -> None:
    row = trial.row(kind, 0.6 if kind in FEW else 0.2)

    assert row.injected > 0, "no fault struck, so this shows nothing: choose another seed"
    assert not row.damaged, row.damaged[:3]
    assert row.honest, "exit code 1 exactly where something was refused"
    assert row.articles == 3 == row.complete + row.refused
    assert row.complete >= row.refused, "the ladder recovers most articles"
    assert row.within, "the run keeps within its limits"


@pytest.mark.parametrize("kind", [*LOCALES])
def test_the_other_chinese_is_not_written(trial: Trial, kind: str) -> None:
    row = trial.row(kind, 0.2)
    assert (row.sound, row.injected > 0, row.complete) == (True, True, 3)


@pytest.mark.parametrize("kind", [*GROUPS["answer"], *TRANSPORT])
def test_a_faulty_answer_damages_nothing(trial: Trial, kind: str) -> None:
    row = trial.row(kind, 0.95, "answer")
    assert row.injected > 0
    assert row.sound, row.damaged[:3]
    assert row.complete + row.refused == 3


@pytest.mark.parametrize("kind", [*GROUPS["silent"]])
def test_silent_faults_leave_the_structure_alone(trial: Trial, kind: str) -> None:
    row = trial.row(kind, 0.6 if kind in FEW else 0.2)
    assert row.injected > 0
    assert row.sound, row.damaged[:3]
    assert row.complete + row.refused + len(row.slips) == 3


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(ENDING))
def test_an_endpoint_that_ends_it_touches_nothing(trial: Trial, kind: str) -> None:
    row = trial.row(kind, 0.95, "answer")
    assert (row.sound, row.complete < 3, row.exit_code > 0) == (True, True, True)


def test_a_model_that_always_fails_leaves_every_old_file(trial: Trial) -> None:
    row = trial.row("segment_missing", 1.0)

    assert (row.refused, row.complete, len(row.damaged)) == (3, 0, 0)
    assert row.exit_code == 1


def test_the_oracle_sees_damage(tmp_path: Path) -> None:
    good, old, bad = (tmp_path / name for name in ("good-de.md", "old-de.md", "bad-de.md"))
    good.write_bytes(b"right\n")
    old.write_bytes(OLD)
    bad.write_bytes(b"same\nwrong\n")
    wanted = {good: b"right\n", old: b"right\n", bad: b"same\nright\n"}
    nothing = Report(1, {path.name: (1, 10) for path in wanted})
    row = Row("echo", 0.2)

    judge(row, wanted, nothing, nothing)

    assert (row.complete, row.refused) == (1, 1)
    assert [(d.target, d.expected, d.found) for d in row.damaged] == [(bad, "right", "wrong")]
    assert not row.sound
    silent = Row("shifted", 0.2)
    judge(silent, wanted, nothing, nothing)
    assert (len(silent.slips), len(silent.damaged)) == (1, 0)
    bad.write_bytes(b"same\n\nright\n")
    judge(silent, wanted, nothing, nothing)
    assert (len(silent.slips), len(silent.damaged)) == (1, 1), "not words alone"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("A [b](c) `d`.", "Some [w](c) `d` words.", True),
        ("**A** b", "a *b*", True),
        ("---\ntitle: A\ndate: 1\n---\nb", "---\ntitle: C\ndate: 1\n---\nd", True),
        ("---\ntitle: A\ndate: 1\n---\nb", "---\ntitle: A\ndate: 2\n---\nb", False),
        ("A [b](c)", "A [b](d)", False),
        ("A `b`", "A `c`", False),
        ("A", "# A", False),
        ("A <b>b</b>", "A b", False),
        ("A[^1]", "A", False),
        ('<p id="a">b</p>', '<p id="a">c d</p>', True),
        ('<p id="a">b</p>', '<p id="b">b</p>', False),
        ("<p>b</p>", "<p>b</p><!-- c -->", False),
        ("A {{ b }}", "A {{ c }}", False),
        ("- a\n- b", "- a b", False),
        ("| a | b |\n|---|---|\n| c | d |", "| a | b |\n|---|---|\n| c d |", True),  # empty cell
        ("```\na\n```", "```\nb\n```", False),
    ],
)
def test_structure_is_all_but_words(one: str, other: str, same: bool) -> None:
    assert same_structure(one, other) is same


def test_every_kind_is_in_one_group() -> None:
    grouped = [kind for group in GROUPS.values() for kind in group]
    assert sorted(grouped) == sorted(KINDS)
    assert set(ISSUE) <= KINDS
    assert set(GROUPS["silent"]) == SILENT
    assert set(GROUPS["ending"]) == ENDING


def test_the_page_names_what_misses_a_target() -> None:
    def row(kind: str, rate: float, complete: int, tokens: int) -> Row:
        row = Row(kind, rate, "answer", injected=5, articles=100, complete=complete)
        row.refused, row.requests, row.tokens = 100 - complete, 100, tokens
        row.usual_requests, row.usual_tokens = 100, 1000
        return row

    rows = [row("echo", 0.05, 99, 1100), row("fence", 0.05, 98, 1000), row("null", 0.05, 99, 1200)]
    told = page(rows, locales=["de"], seed=0).partition("misses a target")[2]
    assert "`echo`" not in told
    assert "`fence`, share of answers: 98 % complete at 5 %" in told
    assert "`null`, share of answers: tokens 4.0 × struck at 5 %" in told


def test_articles_are_reproducible_and_share_no_sentence() -> None:
    assert article(1, 2) == article(1, 2) != article(2, 2)
    lines = [set(article(0, n).splitlines()) for n in (1, 2, 3)]
    shared = {line for line in lines[0] & lines[1] & lines[2] if len(line) > 30}
    assert not shared
