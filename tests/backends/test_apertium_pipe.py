"""The chain of processes alone: it never blocks for ever, and it leaves nothing behind."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backends.engine import PAIR, engine, gone
from translate_pipeline.backends._apertium_modes import find_mode
from translate_pipeline.backends._apertium_pipe import Interrupted, Pipe, PipeError, PipeTimeout

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/fd").exists(), reason="Apertium's processes are tested on Linux only"
)

TAIL = ".[][\n]"


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[Pipe]:
    chain = Pipe(find_mode(PAIR, engine(tmp_path, stages=3)).commands)
    yield chain
    chain.close()


def say(pipe: Pipe, text: str, seconds: float = 30.0) -> str:
    return pipe.exchange(text + TAIL, time.monotonic() + seconds, lambda: False)


def descriptors() -> set[str]:
    return set(os.listdir("/proc/self/fd"))


def test_one_text_in_one_text_out(pipe: Pipe) -> None:
    assert pipe.pids == ()
    assert [say(pipe, text) for text in ("one", "", "dós 😀")] == [
        f"{text}{TAIL}" for text in ("ONE", "", "DÓS 😀")
    ]
    assert len(pipe.pids) == 3
    groups = {os.getpgid(pid) for pid in pipe.pids}
    assert groups == {pipe.pids[0]} != {os.getpgid(0)}


def test_a_block_larger_than_all_pipes_together(pipe: Pipe) -> None:
    """Writing 8 MB before reading would block: three stages and four pipes of 64 KB."""
    text = "word " * 1_600_000
    assert say(pipe, text) == text.upper() + TAIL


def test_nothing_is_left_open(pipe: Pipe) -> None:
    say(pipe, "warm")
    pipe.close()
    before = descriptors()
    for text in ("fine", "crash", "utf", "step", "hang", "fine"):
        try:
            say(pipe, text, 1.0 if text == "hang" else 30.0)
        except PipeError:
            assert pipe.pids == ()
    pids = pipe.pids
    assert len(pids) == 3
    pipe.close()
    pipe.close()
    assert descriptors() == before
    assert all(map(gone, pids))


def test_deadline_and_interruption(pipe: Pipe) -> None:
    say(pipe, "warm")
    pids = pipe.pids
    started = time.monotonic()
    with pytest.raises(PipeTimeout):
        say(pipe, "hang", 0.5)
    assert 0.4 < time.monotonic() - started < 10
    assert all(map(gone, pids))
    with pytest.raises(Interrupted):
        pipe.exchange("hang" + TAIL, time.monotonic() + 60, lambda: time.monotonic() > started + 1)
    assert pipe.pids == ()


def test_a_program_that_cannot_start() -> None:
    before = descriptors()
    for commands in ([["/nonexistent/lt-proc", "-z"]], [["cat"], ["/nonexistent/lt-proc"]]):
        with pytest.raises(PipeError, match="No such file"):
            say(Pipe(commands), "text")
    assert descriptors() == before


def test_complaints_are_kept_and_bounded(pipe: Pipe) -> None:
    with pytest.raises(PipeError, match="Malformed input stream") as caught:
        say(pipe, "noise crash")
    assert len(str(caught.value)) < 600
