"""A site, a command and a moment in, the site after `kill -9` at that moment out.

The command runs in a process of its own, forked from one that has imported everything, so that
most of its life is work. The model is the loopback server in this process: it knows what it was
asked for, and the memory on disk tells what had been accepted.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from benchmarks._articles import article

from tests.servers.loopback import MODEL, LoopbackServer

__all__ = ["CONFIG", "Site", "make_site"]

CONFIG = """\
layout = "plain"
paths = [{{ source = "docs/{{stem}}{{ext}}", target = "docs/{{locale}}/{{stem}}{{ext}}" }}]
targets = ["de", "fr", "ja"]
model = "{model}"
base_url = "{url}"
concurrency = {concurrency}
"""
# Forked from a clean process without threads; this one has the server's.
_FORKED = multiprocessing.get_context("forkserver")
_FORKED.set_forkserver_preload(["tests.crashes_child"])


class Site:
    """A site on disk, its articles 0 to n-1, and the server that translates it."""

    def __init__(self, root: Path, server: LoopbackServer) -> None:
        self.root = root
        self.server = server

    def run(self, *, kill_after: float | None = None) -> int | None:
        """`translate`, to its end or killed after so many seconds; None if it was killed."""
        from tests.crashes_child import translate

        process = _FORKED.Process(target=translate, args=(os.fspath(self.root),))
        process.start()
        process.join(kill_after)
        if process.is_alive():
            process.kill()
            process.join()
            return None
        return process.exitcode

    def remembered(self) -> set[tuple[str, str]]:
        """What was accepted so far: target language and source text, read from the database."""
        path = self.root / ".translate-pipeline" / "memory.sqlite"
        if not path.exists():
            return set()
        with closing(sqlite3.connect(path)) as database:
            try:
                rows = database.execute(
                    "SELECT target_tag, source FROM tm_entry"
                    " JOIN tm_pair ON tm_pair.id = tm_entry.pair"
                ).fetchall()
            except sqlite3.OperationalError:  # killed before the tables were made
                return set()
            return set(rows)

    def intact(self) -> bool:
        """True if the memory's file is sound."""
        path = self.root / ".translate-pipeline" / "memory.sqlite"
        with closing(sqlite3.connect(path)) as database:
            return bool(database.execute("PRAGMA integrity_check").fetchone()[0] == "ok")

    def asked(self, since: int = 0) -> Counter[tuple[str, str]]:
        """What the server was asked for, from request `since` on: language and text."""
        tags = {"German": "de", "French": "fr", "Japanese": "ja"}
        return Counter(
            (tags[chat.task.language], segment.text)
            for chat in self.server.chats[since:]
            if chat.task is not None
            for segment in chat.task.wanted
        )

    def targets(self) -> dict[str, bytes]:
        """Every translation on disk, by its path."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.glob("docs/*/*.md"))
        }

    def change(self, numbers: Sequence[int], seed: int) -> None:
        """Give articles a new sentence each."""
        for number in numbers:
            path = self.root / "docs" / f"a{number:03}.md"
            path.write_text(path.read_text() + f"\nA new sentence of seed {seed} stands here.\n")


def make_site(
    root: Path, server: LoopbackServer, *, articles: int, concurrency: int = 8, seed: int = 5
) -> Site:
    """A site of generated articles, untranslated."""
    (root / "docs").mkdir(parents=True)
    for number in range(articles):
        text = article(seed, number, sections=1)
        (root / "docs" / f"a{number:03}.md").write_text(text)
    config = CONFIG.format(model=MODEL, url=server.base_url, concurrency=concurrency)
    (root / "translate-pipeline.toml").write_text(config)
    return Site(root, server)


def moments(count: int, longest: float, seed: int) -> list[float]:
    """Random seconds to kill after."""
    rng = random.Random(seed)
    return [rng.uniform(0.02, longest) for _ in range(count)]


def warm(site: Site) -> float:
    """How long a run of the whole site takes, in seconds; it is translated then."""
    begun = time.monotonic()
    assert site.run() == 0
    return time.monotonic() - begun
