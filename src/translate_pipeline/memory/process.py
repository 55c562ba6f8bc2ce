"""A process in, a name for it out by which others on this machine can tell that it has died.

The law: `gone` is True only where death is certain. A process that cannot be seen from here
(another machine, another container, Windows) counts as alive; its lease ends its claims.
"""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import NamedTuple

__all__ = ["Process", "gone", "this_process"]

_PROC = Path("/proc")


class Process(NamedTuple):
    """`start` tells a process from a later one with its number: clock ticks since boot, or 0.

    `place` is where process numbers mean the same: a boot of a machine (and, on Linux, a
    process namespace: two containers each have a process 1).
    """

    pid: int
    start: int
    place: str

    def __str__(self) -> str:
        return f"{self.pid} {self.start} {self.place}"

    @classmethod
    def read(cls, text: str) -> Process | None:
        """The inverse of `str`; None for anything else."""
        pid, _, rest = text.partition(" ")
        start, _, place = rest.partition(" ")
        if pid.isascii() and pid.isdigit() and start.isascii() and start.isdigit() and place:
            return cls(int(pid), int(start), place)
        return None


def this_process() -> Process:
    """The running process."""
    pid = os.getpid()
    return Process(pid, _start(pid) or 0, _place())


def gone(process: Process) -> bool:
    """True if `process` surely runs no more."""
    if process.place != _place() or os.name != "posix":  # os.kill would end it on Windows
        return False
    try:
        os.kill(process.pid, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        pass  # it is there, and another user's
    start = _start(process.pid)
    if start is None:
        return False
    return start == 0 or bool(process.start and start != process.start)


def _start(pid: int) -> int | None:
    """When it began; 0 for a zombie; None where that cannot be told."""
    try:
        text = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()  # the name before it may hold spaces and brackets
    try:
        return 0 if fields[0] in "ZX" else int(fields[19])
    except (IndexError, ValueError):
        return None


def _place() -> str:
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {os.readlink(_PROC / 'self/ns/pid')}"
    except (OSError, ValueError):
        return f"host {platform.node()}"
