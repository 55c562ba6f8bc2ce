"""A path in, a translation memory in one SQLite file out: the default, without a server.

The laws: what was committed survives `kill -9`; no process ever fails because another one
writes (it waits, up to 30 s); a file that this program did not make is left alone.
"""

from __future__ import annotations

import errno
import os
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from translate_pipeline.errors import ConfigError
from translate_pipeline.memory import schema
from translate_pipeline.memory.process import Process, gone, this_process
from translate_pipeline.memory.session import Row, Session
from translate_pipeline.memory.sql import SqlMemory

__all__ = ["SqliteMemory"]

T = TypeVar("T")

_WAIT = 30.0  # seconds for another writer; its transactions take milliseconds
_COPYING_WAIT = 1.0  # seconds for others before the log is copied; the next write will do it
# The write-ahead log is copied into the file when it has grown to this. Larger is faster (a
# page that changed ten times is copied once) and costs look-ups little.
_LOG = 32 * 2**20
_REBUILT = (
    "Delete it (and the files -wal and -shm beside it) and run again: that costs no money,"
    " because the ledger and the published files restore it"
)


class SqliteMemory(SqlMemory):
    """The memory at `path`, made with its folder if it is not there.

    Raises ConfigError for what is no memory, is damaged, is of a newer version or cannot be
    opened for writing.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._lock = threading.RLock()
        self._log = Path(f"{path}-wal")
        self._log_limit = _LOG
        self._holder = f"{secrets.token_hex(4)} {this_process()}"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Articles may be unpublished: the file is the user's alone, and so are -wal and
            # -shm, which SQLite gives the same mode.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise ConfigError(
                f"{path}: cannot be opened for writing ({(reason or str(error)).lower()}); set"
                ' `memory` to another path, or to "none"'
            ) from None
        with self._explained():
            self._connection = sqlite3.connect(
                path, timeout=_WAIT, isolation_level=None, check_same_thread=False
            )
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    @property
    def where(self) -> str:
        return str(self._path)

    @property
    def holder(self) -> str:
        return self._holder

    def read(self, work: Callable[[Session], T]) -> T:
        with self._lock, self._explained():
            return work(_SqliteSession(self._connection))

    def write(self, work: Callable[[Session], T]) -> T:
        with self._lock, self._explained():
            result = self._transaction(work)
            self._empty_log()
            return result

    def size(self) -> int | None:
        files = (Path(f"{self._path}{end}") for end in ("", "-wal", "-shm"))
        return sum(file.stat().st_size for file in files if file.exists())

    def disconnect(self) -> None:
        with self._lock:
            self._connection.close()

    def _prepare(self) -> None:
        connection = self._connection
        connection.execute("PRAGMA synchronous = NORMAL")  # FULL: a tenth of the speed
        connection.execute("PRAGMA cache_size = -32768")  # KiB
        connection.execute("PRAGMA wal_autocheckpoint = 0")  # see `_empty_log`
        # Tables first, version second: both are committed together, so that a memory that
        # another process is just making is not taken for something else.
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        version = self._version()
        if tables and ("tm_entry" not in tables or not version):
            raise ConfigError(
                f"{self._path}: this is a database of another program; set `memory` to another path"
            )
        if not version:
            self._write_ahead()
            self._transaction(self._create)
        if self._version() != schema.VERSION:
            raise ConfigError(
                f"{self._path}: this memory was made by a newer version of translate-pipeline;"
                " upgrade this one, or set `memory` to another path"
            )

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def _write_ahead(self) -> None:
        """Readers and a writer at once. While others open the file too, SQLite does not wait."""
        end = time.monotonic() + _WAIT
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                    raise
                time.sleep(0.01)

    def _create(self, session: Session) -> None:
        if self._version():
            return  # another process was faster
        for statement in schema.statements(
            number="INTEGER PRIMARY KEY", blob="BLOB", clustered="WITHOUT ROWID", bytewise=""
        ):
            session.count(statement)
        session.count(f"PRAGMA user_version = {schema.VERSION}")

    def _transaction(self, work: Callable[[Session], T]) -> T:
        # IMMEDIATE: one that began with reading would fail at once, without waiting, if it
        # came to write when another has written since.
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(_SqliteSession(self._connection))
            self._connection.execute("COMMIT")
        except BaseException:
            self._names.clear()
            with suppress(sqlite3.Error):
                self._connection.rollback()
            raise
        return result

    def _empty_log(self) -> None:
        """Copy the write-ahead log into the file once it is large, with the write lock held.

        SQLite 3.7.0 to 3.51.2 may damage a file when a log starts anew while it is being
        copied (the "WAL-reset bug"). TRUNCATE takes the lock that a new start needs, so that
        the two cannot meet; SQLite's own copying, which does not, is off.
        """
        try:
            large = self._log.stat().st_size > self._log_limit
        except OSError:
            return
        if large:
            self._connection.execute(f"PRAGMA busy_timeout = {int(_COPYING_WAIT * 1000)}")
            try:
                busy, *_ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except sqlite3.OperationalError:
                busy = 1  # what was committed is safe in the log
            finally:
                self._connection.execute(f"PRAGMA busy_timeout = {int(_WAIT * 1000)}")
            # A reader that stays (a shell, say) must not cost a second at each write.
            self._log_limit = 2 * self._log_limit if busy else _LOG

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """What SQLite says, in words that tell what to do."""
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            fault = {
                sqlite3.SQLITE_FULL: errno.ENOSPC,
                sqlite3.SQLITE_IOERR: errno.EIO,
                sqlite3.SQLITE_READONLY: errno.EROFS,
            }.get(code)
            if fault is not None:
                raise OSError(fault, os.strerror(fault), str(self._path)) from None
            if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise ConfigError(f"{self._path}: damaged ({error}). {_REBUILT}") from None
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise ConfigError(
                    f"{self._path}: locked by another process for {_WAIT:.0f} s; end that one, or"
                    " set `memory` to another path (not on a network disk)"
                ) from None
            raise ConfigError(f"{self._path}: {error}. If this stays: {_REBUILT}") from None


class _SqliteSession(Session):
    __slots__ = ("_connection",)

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        return self._connection.execute(sql, values).fetchall()

    def count(self, sql: str, values: Sequence[object] = ()) -> int:
        return self._connection.execute(sql, values).rowcount

    def many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        self._connection.executemany(sql, rows)

    def among(self, values: Collection[object]) -> tuple[str, Sequence[object]]:
        return f"IN ({','.join('?' * len(values))})", list(values)

    def now(self) -> int:
        return int(time.time())

    def dead(self, holders: Collection[str]) -> frozenset[str]:
        processes = {name: Process.read(name.partition(" ")[2]) for name in holders}
        return frozenset(name for name, it in processes.items() if it is not None and gone(it))
