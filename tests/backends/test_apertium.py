"""The backend against engines that are broken in every way we know, and none at all."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from tests.backends.engine import PAIR, batch, engine, gone, segment
from translate_pipeline.backends import BackendSettings, open_backend
from translate_pipeline.backends.apertium import ApertiumBackend
from translate_pipeline.errors import ConfigError, FatalBackendError, TransportError
from translate_pipeline.locale import parse_locale
from translate_pipeline.model import LocalePair, Reply

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="Apertium's processes are tested on Linux only"
)

T = TypeVar("T")


def use(
    folders: tuple[Path, ...],
    work: Callable[[ApertiumBackend], Awaitable[T]],
    *,
    timeout: float = 20.0,
) -> T:
    """Run `work` with a backend, close it, and prove that no process is left."""

    async def main() -> T:
        backend = ApertiumBackend(pair=PAIR, folders=folders, timeout=timeout)
        pids: tuple[int, ...] = ()
        try:
            result = await work(backend)
            pids = backend.pids
        finally:
            await backend.aclose()
            await backend.aclose()
        assert backend.pids == ()
        assert all(map(gone, pids))
        return result

    return asyncio.run(main())


def ask(folders: tuple[Path, ...], *texts: str, timeout: float = 20.0) -> Reply:
    return use(folders, lambda backend: backend.translate(batch(*texts)), timeout=timeout)


def test_words_are_translated_and_the_rest_stays(tmp_path: Path) -> None:
    async def work(backend: ApertiumBackend) -> Reply:
        marked = segment(2, "see [the *docs*](u1), `make` it<x1/>", "](u1)", "`make`", "<x1/>")
        return await backend.translate(batch("Hello there.", marked, "12 — 3"))

    reply = use(engine(tmp_path), work)
    assert reply.targets == {
        1: "HELLO THERE.",
        2: "SEE [THE *DOCS*](u1), `make` IT<x1/>",
        3: "12 — 3",
    }
    assert (reply.faults, reply.model) == ((), "eng-spa")


def test_a_long_segment_and_a_noisy_stage(tmp_path: Path) -> None:
    text = ("word " * 40_000).strip()
    reply = ask(engine(tmp_path, stages=4), text, "noise here", "after")
    assert reply.targets == {1: text.upper(), 2: "NOISE HERE", 3: "AFTER"}


FAULTS = [
    # text, target (None: left out), part of the fault
    ("crash", None, "Malformed input stream"),
    ("stumble", "STUMBLE", ""),
    ("utf", None, "broken UTF-8"),
    ("step", None, "out of step"),
    ("tail", None, "the end of the text"),
    ("**lost** words here", "**LOST** WORDS HERE", ""),
    ("mark this", "mark this", ""),
    ("empty", "empty", ""),
]


@pytest.mark.parametrize(("text", "target", "fault"), FAULTS)
def test_faults(tmp_path: Path, text: str, target: str | None, fault: str) -> None:
    """Each fault costs its own segment at most; the next one is answered by a new chain."""
    reply = ask(engine(tmp_path), "before", text, "after")
    assert (reply.targets[1], reply.targets[3]) == ("BEFORE", "AFTER")
    assert reply.targets.get(2) == target
    assert len(reply.faults) == (target is None)
    assert all(f.startswith("segment 2: ") and fault in f for f in reply.faults)


def test_a_hanging_stage_is_killed_at_the_deadline(tmp_path: Path) -> None:
    started = time.monotonic()
    reply = ask(engine(tmp_path), "before", "hang", "after", timeout=1.0)
    assert time.monotonic() - started < 15
    assert dict(reply.targets) == {1: "BEFORE", 3: "AFTER"}
    assert reply.faults == ("segment 2: the engine did not answer in time",)


@pytest.mark.parametrize("victim", [0, 1, 2])
def test_a_killed_stage_is_replaced(tmp_path: Path, victim: int) -> None:
    async def work(backend: ApertiumBackend) -> None:
        assert (await backend.translate(batch("one"))).targets == {1: "ONE"}
        first = backend.pids
        os.kill(first[victim], signal.SIGKILL)
        assert (await backend.translate(batch("two", "three"))).targets == {1: "TWO", 2: "THREE"}
        assert set(backend.pids).isdisjoint(first)
        assert all(map(gone, first))

    use(engine(tmp_path, stages=3), work)


def test_an_engine_that_never_works_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(FatalBackendError, match=r"no such dictionary.*apertium eng-spa"):
        ask(engine(tmp_path, fault="dead"), *["text"] * 10)


def test_an_engine_that_stops_working_fails_the_batch(tmp_path: Path) -> None:
    with pytest.raises(TransportError, match="keeps failing"):
        ask(engine(tmp_path), "fine", "crash a", "crash b", "crash c", "never asked")


def test_the_loop_is_not_blocked_and_calls_queue_up(tmp_path: Path) -> None:
    async def work(backend: ApertiumBackend) -> None:
        task = asyncio.gather(*(backend.translate(batch(f"text {i}", "hang")) for i in range(2)))
        ticks = 0
        while not task.done():
            await asyncio.sleep(0.01)
            ticks += 1
        assert ticks > 20
        assert [r.targets for r in await task] == [{1: "TEXT 0"}, {1: "TEXT 1"}]

    use(engine(tmp_path), work, timeout=1.0)


def test_closing_and_cancelling_do_not_wait_for_a_hanging_stage(tmp_path: Path) -> None:
    async def work(backend: ApertiumBackend) -> tuple[int, ...]:
        await backend.translate(batch("warm"))
        task = asyncio.ensure_future(backend.translate(batch("hang", "hang")))
        await asyncio.sleep(0.3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await backend.translate(batch("next"))).targets == {1: "NEXT"}
        hanging = asyncio.ensure_future(backend.translate(batch("hang")))
        await asyncio.sleep(0.3)
        pids = backend.pids
        await backend.aclose()
        with pytest.raises(TransportError, match="closed"):
            await hanging
        return pids

    started = time.monotonic()
    pids = use(engine(tmp_path), work, timeout=60.0)
    assert time.monotonic() - started < 20
    assert pids
    assert all(map(gone, pids))


def test_a_closed_backend_starts_again_in_another_loop(tmp_path: Path) -> None:
    backend = ApertiumBackend(folders=engine(tmp_path))
    for _ in range(2):
        assert asyncio.run(backend.translate(batch("again"))).targets == {1: "AGAIN"}
        asyncio.run(backend.aclose())


def test_a_forgotten_backend_leaves_no_process(tmp_path: Path) -> None:
    backend = ApertiumBackend(pair=PAIR, folders=engine(tmp_path))
    asyncio.run(backend.translate(batch("text")))
    pids = backend.pids
    assert len(pids) == 2
    del backend
    deadline = time.monotonic() + 10
    while not all(map(gone, pids)) and time.monotonic() < deadline:
        gc.collect()
        time.sleep(0.05)
    assert all(map(gone, pids))


def test_without_the_engine_the_message_names_the_package(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="apt install apertium apertium-eng-spa"):
        ApertiumBackend(pair=PAIR, folders=(tmp_path,))
    late = ApertiumBackend(folders=(tmp_path / "absent",))
    assert late.signature == "apertium"
    with pytest.raises(ConfigError, match="no pair is installed"):
        asyncio.run(late.translate(batch("text")))


def test_another_pair_lists_what_is_there(tmp_path: Path) -> None:
    pair = LocalePair(parse_locale("en"), parse_locale("de"))
    with pytest.raises(ConfigError, match=r"en -> de: installed pairs: eng-spa; Debian has no"):
        ApertiumBackend(pair=pair, folders=engine(tmp_path))


def test_opened_by_name() -> None:
    backend = open_backend("apertium", BackendSettings())
    assert isinstance(backend, ApertiumBackend)
    assert backend.name == "apertium"
    assert backend.pids == ()
    asyncio.run(backend.aclose())
