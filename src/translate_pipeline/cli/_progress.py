"""Takes the lines of a run as they come, shows them on stderr; on a terminal with a bar.

The law: rich is imported for a terminal alone, and only plain text goes to it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

__all__ = ["Shower", "progress"]


class Shower(Protocol):
    """Shows what is said of a finished job; `good` lines only where somebody is watching."""

    def __call__(self, lines: list[str], *, good: str = "") -> None: ...


@contextmanager
def progress(total: int, *, label: str) -> Iterator[Shower]:
    """A shower to be called once for each of `total` jobs."""
    if not sys.stderr.isatty():
        yield _plain
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining
    from rich.text import Text

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Remaining())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(label, total=total)

        def show(lines: list[str], *, good: str = "") -> None:
            for line in [good, *lines] if good else lines:
                console.print(Text(line), soft_wrap=True)
            bar.advance(task)

        yield show


def _plain(lines: list[str], *, good: str = "") -> None:
    for line in lines:
        print(line, file=sys.stderr)
