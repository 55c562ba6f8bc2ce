"""A server that refuses in, the share of what it allows that a run gets through out.

The loopback server answers `--rate` requests a second (a token bucket of `--burst`) and says 429
to all others. The command line translates short articles through the real openai client, which
could send a thousand a second: 64 at once, answered after 50 ms. It learns the rate from the
refusals alone, for the server tells no limits. `allowed` is rate × seconds + burst; the law is
that no article is lost, the aim 90 % of what is allowed.

    python -m benchmarks.storm [--rate 10] [--burst 10] [--articles 300] [--latency 0.05,1]
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

from tests.servers.storm import StormServer

from benchmarks._corpus import Table

__all__ = ["main"]

_AIM = 0.9


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; 1 if an article was lost or the aim was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.storm", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--rate", type=float, default=10.0, help="requests a second, default: 10")
    parser.add_argument("--burst", type=float, default=10.0, help="default: 10")
    parser.add_argument("--articles", type=int, default=300, help="default: 300")
    parser.add_argument("--concurrency", type=int, default=64, help="default: 64")
    parser.add_argument("--latency", default="0.05,1", help="seconds, default: 0.05,1")
    parser.add_argument("--retry-after", default="seconds,ms,none", help="what a refusal says")
    given = parser.parse_args(argv)
    table = Table(
        "Retry-After", "latency s", "articles", "lost", "refused", "seconds", "share of allowed",
        "connections left",
    )  # fmt: skip
    good = True
    for retry_after in given.retry_after.split(","):
        for latency in given.latency.split(","):
            with StormServer(
                rate=given.rate, burst=given.burst, retry_after=retry_after, latency=float(latency)
            ) as server:
                lost = _run(server, given.articles, given.concurrency)
                left = _left(server)
            seconds = server.until - server.since
            share = server.passed / (given.rate * seconds + given.burst)
            good &= not lost and not left and share >= _AIM
            table.add(
                retry_after, float(latency), given.articles, lost, server.refused, seconds, share,
                left,
            )  # fmt: skip
    print(table)
    return 0 if good else 1


def _run(server: StormServer, articles: int, concurrency: int) -> int:
    """Translate so many articles of one request each; how many have no translation then."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(articles):
            (folder / f"x{number:04}.md").write_text(f"The tide table number {number} is here.\n")
        from translate_pipeline.cli import main as command_line

        options = ["translate", name, "--to", "de", "--root", name]
        options += ["--base-url", server.base_url, "--model", "m", "--api-key-env", "STORM_KEY"]
        options += ["--concurrency", str(concurrency), "--memory", "none"]
        out = io.StringIO()
        key = patch.dict(os.environ, {"STORM_KEY": "any"})
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()), key:
            command_line(options)
        return articles - len(list(folder.glob("*.de.md")))


def _left(server: StormServer) -> int:
    """Connections that the command has not closed; the server hears of it a moment later."""
    deadline = time.monotonic() + 2
    while server.open_connections and time.monotonic() < deadline:
        time.sleep(0.01)
    return server.open_connections


if __name__ == "__main__":
    sys.exit(main())
