"""A URL in, a translation memory that a team and its CI share in PostgreSQL out.

The laws: the password stands in no message and no repr; a connection that was lost is made
once more without anybody noticing; writers take one lock, so that they cannot wait for each
other in a circle. Needs a session of its own: no pooler that gives each transaction another.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from typing import Any, TypeVar
from urllib.parse import quote

import psycopg
from psycopg import conninfo
from psycopg.rows import tuple_row

from translate_pipeline.errors import ConfigError
from translate_pipeline.memory import schema
from translate_pipeline.memory.session import Row, Session
from translate_pipeline.memory.sql import SqlMemory

__all__ = ["PostgresMemory"]

T = TypeVar("T")

# Advisory locks of this program, by two numbers: a space and, in it, the writers' lock (0) or
# the session of a holder of claims. Other programs in the database have other spaces.
_SPACE = 0x74_70_6D_31
_WRITERS = 0
_WAIT = "30s"  # for the lock, as in SQLite
_FORM = (
    "write it as postgresql://user:password@host:5432/database, and @ : / # % in the password"
    " as %40 %3A %2F %23 %25"
)


class PostgresMemory(SqlMemory):
    """The memory in the database at `url`; its tables (`tm_…`) are made if they are not there.

    Raises ConfigError where the URL is malformed, the server does not let us in, or the
    tables are of a newer version.
    """

    def __init__(self, url: str) -> None:
        super().__init__()
        self._lock = threading.RLock()
        self._settings, self._where = _read_url(url)
        self._holder = 0
        self._connection = self._connect()

    @property
    def where(self) -> str:
        return self._where

    @property
    def holder(self) -> str:
        return str(self._holder)

    def read(self, work: Callable[[Session], T]) -> T:
        return self._run(work)

    def write(self, work: Callable[[Session], T]) -> T:
        return self._run(lambda session: self._alone(self._connection, work))

    def size(self) -> int | None:
        tables = ", ".join(f"('{name}')" for name in schema.TABLES)
        sql = f"SELECT sum(pg_total_relation_size(name::regclass)) FROM (VALUES {tables}) t (name)"  # noqa: S608
        return self.read(lambda session: int(session.rows(sql)[0][0]))

    def disconnect(self) -> None:
        with self._lock:
            self._holder = 0  # not to be connected again
            self._connection.close()

    def _run(self, work: Callable[[Session], T]) -> T:
        with self._lock:
            try:
                return work(_PostgresSession(self._connection))
            except (psycopg.OperationalError, psycopg.InterfaceError) as error:
                self._names.clear()
                if not (self._connection.closed and self._holder):
                    raise self._explained(error) from None
            except psycopg.Error as error:
                self._names.clear()
                raise self._explained(error) from None
            except BaseException:
                self._names.clear()
                raise
            # The connection is lost (the server was started anew, a network slept). Whatever
            # was under way may be done again: all that is asked here can be repeated.
            self._connection = self._connect()
            try:
                return work(_PostgresSession(self._connection))
            except psycopg.Error as error:
                self._names.clear()
                raise self._explained(error) from None

    def _alone(self, connection: psycopg.Connection[Row], work: Callable[[Session], T]) -> T:
        with connection.transaction():
            session = _PostgresSession(connection)
            session.rows("SELECT pg_advisory_xact_lock(?, ?)", (_SPACE, _WRITERS))
            return work(session)

    def _connect(self) -> psycopg.Connection[Row]:
        try:
            connection = psycopg.connect(**self._settings, autocommit=True, row_factory=tuple_row)
            try:
                self._prepare(connection)
            except BaseException:
                connection.close()
                raise
        except psycopg.Error as error:
            raise self._explained(error) from None
        return connection

    def _prepare(self, connection: psycopg.Connection[Row]) -> None:
        session = _PostgresSession(connection)
        session.rows("SELECT set_config('lock_timeout', ?, false)", (_WAIT,))
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            raise ConfigError(
                f"{self._where}: the database is encoded in {encoding}; make one with"
                " `createdb -E UTF8 -T template0 name`"
            )
        if self._version(session) == 0:
            self._alone(connection, self._create)
        if self._version(session) != schema.VERSION:
            raise ConfigError(
                f"{self._where}: this memory was made by a newer version of translate-pipeline;"
                " upgrade this one, or set `memory` to another database"
            )
        self._take_seat(connection)

    def _version(self, session: Session) -> int:
        # Not to_regclass: after waiting for a lock it may answer from before (its cache is told
        # of new tables when a table is locked, and ours is no table).
        sql = "SELECT 1 FROM pg_class WHERE relname = 'tm_schema' AND pg_table_is_visible(oid)"
        if not session.rows(sql):
            return 0
        return int(session.rows("SELECT max(version) FROM tm_schema")[0][0])

    def _create(self, session: Session) -> None:
        if self._version(session):
            return  # another process was faster
        for statement in schema.statements(
            number="INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY", blob="BYTEA",
            clustered="", bytewise='COLLATE "C"',
        ):  # fmt: skip
            session.count(statement)
        session.count("CREATE TABLE tm_schema (version INTEGER NOT NULL)")
        session.count("INSERT INTO tm_schema VALUES (?)", (schema.VERSION,))

    def _take_seat(self, connection: psycopg.Connection[Row]) -> None:
        """Hold a lock that ends with this connection: claims are void once it is free.

        After a lost connection the server may still hold the old lock for a while, so that a
        new one is taken and what was claimed (and not been taken by others) goes over to it.
        """
        former, session = self._holder, _PostgresSession(connection)
        while True:
            seat = secrets.randbelow(2**31 - 1) + 1
            if session.rows("SELECT pg_try_advisory_lock(?, ?)", (_SPACE, seat))[0][0]:
                break
        self._holder = seat
        if former:
            sql = "UPDATE tm_claim SET holder = ? WHERE holder = ?"
            self._alone(connection, lambda s: s.count(sql, (str(seat), str(former))))

    def _explained(self, error: psycopg.Error) -> ConfigError:
        """What the server says, without the password, and what to do about it."""
        text = " ".join(str(error).split())
        password = str(self._settings.get("password") or "")
        for secret in {password, quote(password, safe="")} - {""}:
            text = text.replace(secret, "***")
        if isinstance(error, psycopg.errors.LockNotAvailable):
            text = f"locked by another process for {_WAIT[:-1]} s"
        elif isinstance(error, psycopg.errors.InsufficientPrivilege):
            text += "; the user needs the right to create tables and to write them"
        return ConfigError(
            f"{self._where}: {text}. Check the server and `memory`, and run again: what was"
            " accepted so far is stored"
        )


class _PostgresSession(Session):
    __slots__ = ("_connection",)

    def __init__(self, connection: psycopg.Connection[Row]) -> None:
        self._connection = connection

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        return self._execute(sql, values).fetchall()

    def count(self, sql: str, values: Sequence[object] = ()) -> int:
        return self._execute(sql, values).rowcount

    def many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        if rows:
            with self._connection.cursor() as cursor:
                cursor.executemany(_bytes(sql), rows)

    def among(self, values: Collection[object]) -> tuple[str, Sequence[object]]:
        return "= ANY (?)", [list(values)]

    def now(self) -> int:
        return int(self.rows("SELECT extract(epoch FROM clock_timestamp())::bigint")[0][0])

    def dead(self, holders: Collection[str]) -> frozenset[str]:
        if not holders:
            return frozenset()
        # Two-number locks show the space as classid, the number as objid, and objsubid 2.
        seated = self.rows(
            "SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND granted"
            " AND objsubid = 2 AND classid = ?::bigint::oid"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            (_SPACE,),
        )
        return frozenset(holders) - {str(seat) for (seat,) in seated}

    def _execute(self, sql: str, values: Sequence[object]) -> psycopg.Cursor[Row]:
        return self._connection.execute(_bytes(sql), values, binary=True)


def _bytes(sql: str) -> bytes:
    # The statements of this room hold neither % nor a ? that is no place for a value.
    return sql.replace("?", "%s").encode()


def _read_url(url: str) -> tuple[dict[str, Any], str]:
    """The settings of a connection, and the database in words.

    Nothing of a malformed URL is repeated: which part of it is the password, nobody knows.
    """
    authority, _, database = url.partition("://")[2].partition("?")[0].partition("/")
    settings: dict[str, Any] = {}
    with suppress(psycopg.Error):
        settings = dict(conninfo.conninfo_to_dict(url))
    port = str(settings.get("port", ""))
    strange = authority.count("@") > 1 or "@" in database or port.strip(",0123456789")
    if not settings or strange:
        raise ConfigError(f"the URL of the memory is malformed; {_FORM}")
    settings = {"connect_timeout": 10, "application_name": "translate-pipeline", **settings}
    settings["client_encoding"] = "utf8"
    host = settings.get("host") or settings.get("hostaddr") or "localhost"
    return settings, f"postgresql://{host}{port and f':{port}'}/{settings.get('dbname', '')}"
