"""Many articles, an endpoint in trouble: nobody is lost and nothing is left behind.

Small forms of `benchmarks.storm` (a real server) and `benchmarks.soak` (simulated time).
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from benchmarks import soak, storm

from tests.backends.asking import backend, batch
from tests.servers.storm import StormServer
from translate_pipeline.model import Reply


def test_a_server_that_refuses_most_gets_no_more_than_it_bears() -> None:
    with StormServer(rate=50, burst=10, retry_after="ms", latency=0.01) as server:
        asked = backend(server, concurrency=64, backoff=0.5)

        async def main() -> list[Reply]:
            try:
                return await asyncio.gather(*(asked.translate(batch()) for _ in range(60)))
            finally:
                await asked.aclose()

        replies = asyncio.run(main())
    assert all(len(reply.targets) == 3 for reply in replies)
    assert server.passed == 60
    assert sum(reply.usage.requests for reply in replies) == server.passed + server.refused
    assert server.refused < 100


def test_a_pause_is_kept_by_all_calls() -> None:
    """A bucket of one: after the refusals the server says when, and is not asked before."""
    with StormServer(rate=2, burst=1, retry_after="ms") as server:
        asked = backend(server, concurrency=16)

        async def main() -> None:
            try:
                await asyncio.gather(*(asked.translate(batch()) for _ in range(3)))
            finally:
                await asked.aclose()

        asyncio.run(main())
    assert server.passed == 3
    assert server.refused <= 2 + 1  # the first crowd, and one in the second round


def test_the_storm_benchmark(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    storm.main(["--rate", "200", "--articles", "40", "--latency", "0", "--retry-after", "ms"])
    head, _, row = capsys.readouterr().out.splitlines()
    told = dict(zip(*([c.strip() for c in line.split("|")] for line in (head, row)), strict=True))
    assert (told["articles"], told["lost"], told["connections left"]) == ("40", "0", "0")


def test_a_short_soak_loses_nobody_and_leaves_nothing() -> None:
    """Refusals, failures, silence, an outage: see `benchmarks.soak`."""
    rows, tally = soak.soak(300, concurrency=32, rows=4, outage_every=8.0)
    assert rows[-1].minute > 8 / 60
    assert sum(n for status, n in tally.statuses.items() if status.good) == 300
    assert rows[0].tasks == rows[-1].tasks == 1
    assert rows[0].files == rows[-1].files
    assert rows[-1].requests > 300
