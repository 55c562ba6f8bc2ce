"""The fixtures of the memory's tests: a place for a memory in each database there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.memory.postgres_server import _database, postgres_server, postgres_url
from translate_pipeline.memory import Memory, open_memory

__all__ = ["_database", "memory", "opened", "place", "postgres_server", "postgres_url"]


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty memory is, for `open_memory`: once for each kind of database."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return str(tmp_path / "new" / "memory.sqlite")


@pytest.fixture
def opened(place: str) -> Iterator[Callable[[], Memory]]:
    """Opens the memory at `place`, as often as it is called; all are closed after the test."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(closing(open_memory(place)))


@pytest.fixture
def memory(opened: Callable[[], Memory]) -> Memory:
    """An empty memory."""
    return opened()
