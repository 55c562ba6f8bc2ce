"""Takes nothing, gives a real PostgreSQL server in a temporary folder for a test session.

The server comes from the wheel of `pgserver`, listens on a Unix socket only, and works for
root too (it makes a user for itself). Where TRANSLATE_PIPELINE_POSTGRES holds a URL, that
server is used: CI starts one. The tests have a database of their own in it.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from translate_pipeline.memory.schema import TABLES


def _started() -> tuple[str, Callable[[], None]]:
    """A server's URL, and what ends it. It does not wait for the disk: nobody cuts the power."""
    import psycopg

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses XDG_RUNTIME_DIR
        import pgserver

        # Not in pytest's folder, which only its owner may enter: the server has its own user.
        folder = tempfile.mkdtemp(prefix="tp-postgres-")
        server: Any = pgserver.get_server(folder, cleanup_mode="stop")

    def end() -> None:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)

    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        connection.execute("SELECT pg_reload_conf()")
    return server.get_uri(), end


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a server. Skips where none can be had; in CI that is an error."""
    given = os.environ.get("TRANSLATE_PIPELINE_POSTGRES")
    if given:
        yield given
        return
    try:
        url, end = _started()
    except Exception as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(
            f"no PostgreSQL server ({type(error).__name__}: {error}); run `pip install pgserver`"
            " or set TRANSLATE_PIPELINE_POSTGRES to the URL of one"
        )
    yield url
    end()


@pytest.fixture(scope="session")
def _database(postgres_server: str) -> Iterator[str]:
    """The URL of a database that is made for this session."""
    import psycopg

    name = f"tp_{secrets.token_hex(6)}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0".encode())
        yield in_database(postgres_server, name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def postgres_url(_database: str) -> str:
    """The URL of a database without a memory. Making one for each test takes ten times as long."""
    import psycopg

    with psycopg.connect(_database, autocommit=True) as connection:
        connection.execute(f"DROP TABLE IF EXISTS tm_schema, {', '.join(TABLES)}".encode())
    return _database


def in_database(url: str, name: str) -> str:
    """The URL of another database of the same server."""
    head, _, rest = url.partition("://")
    authority, _, tail = rest.partition("/")
    return f"{head}://{authority}/{name}{''.join(tail.partition('?')[1:])}"
