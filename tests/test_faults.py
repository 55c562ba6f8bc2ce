"""Faulty models in, whole articles or none out: the small edition of `benchmarks/faults.py`.

Every kind of fault at 20 %, with fixed seeds, through the real client and the command line.
A target is the fault-free one, byte for byte, or the old file is still there.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks._articles import article, write_articles
from benchmarks.faults import ISSUE, OLD, Report, Row, judge, measure

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "blog"
# The kinds that strike whole answers need more answers to strike at all.
WHOLE = {"chatter", "fence", "truncated_length", "truncated_silent", "refusal", "empty"}


@pytest.mark.parametrize("kind", [*ISSUE, "content_filter"])
def test_nothing_is_damaged(kind: str, tmp_path: Path) -> None:
    whole = kind in WHOLE | {"content_filter"}
    count, sections = (12, 0) if whole else (2, 2)
    sources = write_articles(tmp_path, count, seed=3, sections=sections)
    sources += sorted(EXAMPLES.glob("*/*-en.md"))

    (row,) = measure([kind], 0.2, sources, ["de", "ja"], seed=3, dialect="jekyll")

    assert row.injected > 0, "no fault struck, so this shows nothing: choose another seed"
    assert not row.damaged, row.damaged[:3]
    assert row.honest, "exit code 1 exactly where something was refused"
    assert row.articles == 2 * len(sources) == row.complete + row.refused
    assert row.complete > row.refused, "the ladder recovers most articles"


def test_a_model_that_always_fails_leaves_every_old_file(tmp_path: Path) -> None:
    sources = write_articles(tmp_path, 2, sections=1)

    (row,) = measure(["segment_missing"], 1.0, sources, ["de"])

    assert (row.refused, row.complete, len(row.damaged)) == (2, 0, 0)
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


def test_articles_are_reproducible_and_share_no_sentence() -> None:
    assert article(1, 2) == article(1, 2) != article(2, 2)
    lines = [set(article(0, n).splitlines()) for n in (1, 2, 3)]
    shared = {line for line in lines[0] & lines[1] & lines[2] if len(line) > 30}
    assert not shared
