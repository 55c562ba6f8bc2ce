"""Takes stamps, keeps them in an SQLite file, gives them back: the store behind `stamps.py`.

The law: it is a cache. Where the file is missing, locked, damaged, read-only, of another
version or something else altogether, nothing is given or kept, and nothing is raised.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

__all__ = ["Stamp", "load", "save"]

# Raised when the table, or what callers keep as notes in it, changes its shape.
_VERSION = 1
_PATIENCE = 0.5  # seconds to wait for a writer; reading the files again costs about as much
_IGNORED = "memory.sqlite*\nstamps.sqlite*\nlock\n"  # as `ledger_files` does it
_CREATE = """
CREATE TABLE stamps (
    path TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, ctime INTEGER, inode INTEGER,
    digest TEXT, note BLOB
) WITHOUT ROWID"""


class Stamp(NamedTuple):
    """A file at rest: what the system says of it (bytes, nanoseconds) and what was in it.

    `note` is packed by zlib: a row of more than 1,000 bytes would take a page of its own.
    """

    path: str
    size: int
    mtime: int
    ctime: int
    inode: int
    digest: str
    note: bytes | None


def load(file: str) -> dict[str, Stamp]:
    """All stamps by path, in one query."""
    if not _is_file(file):
        return {}
    uri = f"{Path(file).as_uri()}?mode=ro"
    with (
        suppress(sqlite3.Error, OSError),
        closing(sqlite3.connect(uri, uri=True, timeout=_PATIENCE)) as store,
    ):
        if store.execute("PRAGMA user_version").fetchone() == (_VERSION,):
            rows = store.execute("SELECT * FROM stamps")
            return {row[0]: Stamp._make(row) for row in rows}
    return {}


def save(file: str, gone: Iterable[str], kept: Iterable[Stamp]) -> None:
    """Forget and remember in one transaction. A damaged file is begun anew."""
    forgotten = [(path,) for path in gone if _storable(path)]
    rows = sorted(stamp for stamp in kept if _storable(stamp.path))
    if os.path.lexists(file) and not _is_file(file):
        return
    _ignore(os.path.dirname(file))
    try:
        _write(file, forgotten, rows)
    except sqlite3.OperationalError:
        pass  # locked, full, read-only: the next run reads these files again
    except sqlite3.DatabaseError:
        with suppress(OSError, sqlite3.Error):
            os.unlink(file)
            _write(file, [], rows)


def _write(file: str, gone: list[tuple[str]], kept: list[Stamp]) -> None:
    with closing(sqlite3.connect(file, timeout=_PATIENCE)) as store, store:
        store.execute("BEGIN IMMEDIATE")
        if store.execute("PRAGMA user_version").fetchone() != (_VERSION,):
            store.execute("DROP TABLE IF EXISTS stamps")
            store.execute(_CREATE)
            store.execute(f"PRAGMA user_version = {_VERSION}")
        store.executemany("DELETE FROM stamps WHERE path = ?", gone)
        store.executemany("INSERT OR REPLACE INTO stamps VALUES (?, ?, ?, ?, ?, ?, ?)", kept)


def _is_file(file: str) -> bool:
    """False for a link too: a cloned repository may hold one that leads anywhere."""
    try:
        return stat.S_ISREG(os.lstat(file).st_mode)
    except OSError:
        return False


def _ignore(folder: str) -> None:
    """Keep the caches out of git, unless somebody has said what is."""
    with suppress(OSError):
        ignore = os.path.join(folder, ".gitignore")
        descriptor = os.open(ignore, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with open(descriptor, "w", encoding="utf-8") as text:
            text.write(_IGNORED)


def _storable(path: str) -> bool:
    """False for a file name that is no text; SQLite cannot hold it."""
    return path.isascii() or path.encode("utf-8", "replace").decode("utf-8") == path
