"""Law: after an edit exactly the changed prose is sent, and nothing else of the target changes.

Over real articles and a seeded editor; once with a memory, once with the published files and
the ledger alone (a fresh clone without a database), once with a person who edits each target
before its source changes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.laws.histories import History, Tally
from tests.shared import require_shared
from translate_pipeline.article import parse
from translate_pipeline.errors import ArticleError
from translate_pipeline.memory import open_memory

MODES = ("memory", "clone", "person")


def _articles(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Articles with enough prose for every kind of edit: dialect, text."""
    root = require_shared("corpus")
    found = 0
    flavours = {"jekyll": "jekyll", "readme": "commonmark", "misc": "commonmark"}
    files = [(d, p) for f, d in flavours.items() for p in sorted((root / f).rglob("*.md"))]
    random.Random(seed).shuffle(files)
    for dialect, path in files:
        try:
            text = path.read_bytes().decode()
            segments = parse(text, dialect).segments
        except (UnicodeDecodeError, ArticleError):
            continue
        if 15 <= len(segments) <= 150 and "\r" not in text:
            found += 1
            yield dialect, text
            if found == count:
                return
    pytest.fail(f"only {found} articles of {count} are long enough")


def _histories(tmp_path: Path, mode: str, *, count: int, rounds: int, seed: int) -> Tally:
    tally = Tally()
    rng = random.Random(seed)
    for number, (dialect, text) in enumerate(_articles(count, seed)):
        folder = tmp_path / f"{mode}-{number}"
        folder.mkdir()
        memory = open_memory(folder / "memory.sqlite") if mode == "memory" else None
        history = History(folder, text, dialect=dialect, memory=memory, tally=tally)
        first = history.run()
        assert first.status.good or first.problems, first
        for _ in range(rounds if first.status.good else 0):
            history.edits(rng, person=mode == "person")
        if memory is not None:
            memory.close()
    return tally


def _judge(tally: Tally) -> None:
    print(
        f"{tally.edits.total()} edits {dict(tally.edits)}: {tally.sent} segments sent,"
        f" {100 * tally.sent_tokens / tally.article_tokens:.1f} % of the articles' tokens"
        f" ({100 * tally.prompt_tokens / tally.article_tokens:.1f} % as whole prompts),"
        f" {tally.people} by people; faults: {len(tally.faults)}"
    )
    assert not tally.faults, "\n".join(tally.faults[:20])
    assert tally.sent_tokens <= 0.1 * tally.article_tokens


@pytest.mark.parametrize("mode", MODES)
def test_an_edit_costs_what_it_changed(tmp_path: Path, mode: str) -> None:
    tally = _histories(tmp_path, mode, count=4, rounds=1, seed=7)
    _judge(tally)
    assert tally.edits.total() >= 20


@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
def test_a_thousand_edits(tmp_path: Path, mode: str) -> None:
    tally = _histories(tmp_path, mode, count=95, rounds=2, seed=11)
    _judge(tally)
    assert tally.edits.total() >= 1000
    assert len(tally.edits) == 9
