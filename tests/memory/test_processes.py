"""Many processes, one memory: nothing is lost, nothing is paid for twice, nobody waits forever."""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from subprocess import Popen

import pytest

from tests.memory.entries import EN_DE, key
from tests.memory.workers import batch, start
from translate_pipeline.memory import open_memory


@contextmanager
def workers(*commands: tuple[object, ...]) -> Iterator[list[Popen[str]]]:
    """Processes that are gone afterwards, whatever happened."""
    started = [start(*map(str, command)) for command in commands]
    try:
        yield started
    finally:
        for process in started:
            process.kill()
            process.communicate()


def finished(process: Popen[str]) -> list[str]:
    """The lines of a worker that ends by itself, without a fault."""
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return out.splitlines()


def test_eight_workers_pay_each_text_once(place: str) -> None:
    """Each wants 120 of 200 texts, so that most are wanted by several at the same time."""
    crew = [("pay", place, f"owner-{n}", n, 200, 120) for n in range(8)]
    with workers(*crew) as started:
        paid = Counter(line for process in started for line in finished(process))
    wanted = {
        text
        for n in range(8)
        for text in random.Random(n).sample([f"Sentence {i}" for i in range(200)], 120)
    }
    assert set(paid) == wanted
    assert set(paid.values()) == {1}
    with closing(open_memory(place)) as memory:
        assert {e.source for e in memory.entries()} == wanted
        assert memory.stats().entries == len(wanted)
        assert memory.claim(EN_DE, [key(text) for text in wanted], "later") == {
            key(text) for text in wanted
        }, "no claim is left over"


def test_processes_open_a_new_memory_at_once(place: str) -> None:
    with workers(*[("count", place)] * 5) as started:
        assert [finished(process) for process in started] == [["0"]] * 5


def test_a_killed_owners_claims_are_void_at_once(place: str) -> None:
    keys = [key(f"Sentence {n}") for n in range(3)]
    with workers(("claim", place, "first", 2)) as (process,), closing(open_memory(place)) as memory:
        assert process.stdout
        assert process.stdout.readline() == "2\n"
        assert memory.claim(EN_DE, keys, "second") == {keys[2]}
        process.kill()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # dead, and a zombie still
        # A server hears of the end of a connection in its own time.
        end = time.monotonic() + 10
        while memory.claim(EN_DE, keys, "second") != set(keys) and time.monotonic() < end:
            assert place.startswith("postgresql"), "on one machine it is known at once"
            time.sleep(0.01)
        assert memory.claim(EN_DE, keys, "second") == set(keys)


@pytest.mark.parametrize("round_", range(12))
def test_what_was_stored_survives_kill_9(tmp_path: Path, round_: int) -> None:
    path = tmp_path / "memory.sqlite"
    check_killed(str(path), round_)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize("round_", range(3))
def test_what_was_stored_on_a_server_survives_too(postgres_url: str, round_: int) -> None:
    check_killed(postgres_url, round_)


def check_killed(place: str, round_: int) -> None:
    """Kill a writer at a moment drawn by lot; what it said it had stored is there, whole."""
    with workers(("write", place, round_)) as (process,):
        assert process.stdout
        said = [process.stdout.readline()]
        time.sleep(random.Random(round_).uniform(0, 0.2))
        process.kill()
        said += process.stdout.read().splitlines()
    numbers = [int(line) for line in said]
    assert numbers == list(range(len(numbers)))
    with closing(open_memory(place)) as memory:
        for number in numbers:
            keys = [key(text) for text in batch(str(round_), number)]
            assert memory.find(EN_DE, keys).keys() == set(keys), f"batch {number} was stored"
        after = [key(text) for text in batch(str(round_), len(numbers))]
        assert len(memory.find(EN_DE, after)) in (0, len(after)), "an add is whole or not at all"
        stored = sum(len(batch(str(round_), number)) for number in numbers)
        assert memory.stats().entries - stored in (0, len(after))
