"""A memory on a server: what it says of its password, and what becomes of a lost connection."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from tests.memory.entries import EN_DE, entry, key
from tests.memory.postgres_server import in_database
from translate_pipeline.errors import ConfigError
from translate_pipeline.memory import Memory, open_memory

KEYS = [key("Tide"), key("Sand")]


@pytest.fixture
def memory(postgres_url: str) -> Iterator[Memory]:
    with closing(open_memory(postgres_url)) as opened:
        yield opened


def run(url: str, sql: str, *values: object) -> list[tuple[object, ...]]:
    """What the statement gives on a connection of its own."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(sql.encode(), values)
        return cursor.fetchall() if cursor.description else []


def cut(url: str) -> int:
    """End all connections to this database but the asking one; how many these were."""
    sql = (
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    return len(run(url, sql))


# --- what is said ------------------------------------------------------------


def test_without_psycopg_the_way_to_get_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "translate_pipeline.memory.postgres", raising=False)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ConfigError, match=r"pip install 'translate-pipeline\[postgres\]'"):
        open_memory("postgresql://user:s3cret@host/database")


MALFORMED = [
    "postgresql://user:s3@cret@127.0.0.1:1/db",  # @ in the password
    "postgresql://user:s3cret%@127.0.0.1:1/db",
    "postgresql://user:s3/cret@127.0.0.1:1/db",
    "postgresql://user:s3:cret@127.0.0.1:nine/db",
    "postgresql://127.0.0.1:1/db?password=s3cret&nonsense=1",
]
WELL_FORMED = [
    "postgresql://user:s3cret#x@127.0.0.1:1/db",
    "postgresql://user:s3cret@127.0.0.1:1/db",
    "postgres://user:s3%40cret@127.0.0.1:1/db",
    "postgresql://127.0.0.1:1/db?user=u&password=s3cret",
]


@pytest.mark.parametrize("url", MALFORMED + WELL_FORMED)
def test_the_password_is_never_told(url: str) -> None:
    """Port 1 answers nobody."""
    with pytest.raises(ConfigError) as caught:
        open_memory(url)
    said = f"{caught.value!r} {caught.value}"
    assert "s3" not in said
    assert "cret" not in said
    if url in WELL_FORMED:
        assert said.count("postgresql://127.0.0.1:1/db: ") == 2
        assert "Check the server" in said
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@pytest.mark.parametrize("url", MALFORMED[:4])
def test_a_malformed_url_is_told_how_to_write_it(url: str) -> None:
    with pytest.raises(ConfigError, match=r"postgresql://.*%40") as caught:
        open_memory(url)
    assert "127.0.0.1" not in str(caught.value)


def test_a_url_with_a_password_is_shown_without(postgres_url: str) -> None:
    url = postgres_url.replace("postgres:@", "postgres:s3cret@", 1)
    if url == postgres_url:
        pytest.skip("the given server has a password of its own")
    with closing(open_memory(url)) as opened:
        assert "s3cret" not in f"{opened!r} {opened.stats()}"
        assert opened.stats().where.startswith("postgresql://")


def test_a_database_that_is_not_there(postgres_server: str) -> None:
    with pytest.raises(ConfigError, match=r'"not_there" does not exist.*Check the server'):
        open_memory(in_database(postgres_server, "not_there"))


def test_a_database_of_another_encoding(postgres_server: str) -> None:
    run(
        postgres_server,
        "CREATE DATABASE tp_ascii ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0",
    )
    try:
        with pytest.raises(ConfigError, match=r"SQL_ASCII.*createdb -E UTF8"):
            open_memory(in_database(postgres_server, "tp_ascii"))
    finally:
        run(postgres_server, "DROP DATABASE tp_ascii WITH (FORCE)")


def test_a_newer_version_is_left_alone(postgres_url: str) -> None:
    open_memory(postgres_url).close()
    run(postgres_url, "UPDATE tm_schema SET version = 2")
    with pytest.raises(ConfigError, match=r"newer version.*upgrade this one"):
        open_memory(postgres_url)


def test_a_user_without_rights(postgres_url: str) -> None:
    run(postgres_url, "CREATE ROLE tp_reader LOGIN")
    try:
        url = postgres_url.replace("postgres:@", "tp_reader:@", 1)
        if url == postgres_url:
            pytest.skip("the given server asks users for passwords")
        with pytest.raises(ConfigError, match="right to create tables"):
            open_memory(url)
    finally:
        run(postgres_url, "DROP ROLE tp_reader")


# --- lost connections --------------------------------------------------------


def test_a_lost_connection_is_made_again(memory: Memory, postgres_url: str) -> None:
    memory.add([entry("Tide", "Ebbe")])
    assert cut(postgres_url) == 1
    assert [e.target for e in memory.find(EN_DE, KEYS)[KEYS[0]]] == ["Ebbe"]
    assert cut(postgres_url) == 1
    memory.add([entry("Sand", "Sand", signature="new")])
    cut(postgres_url)
    assert memory.stats().entries == 2
    cut(postgres_url)
    assert len(list(memory.entries())) == 2


def test_claims_outlive_a_lost_connection(memory: Memory, postgres_url: str) -> None:
    memory.claim(EN_DE, KEYS, "a")
    cut(postgres_url)
    memory.find(EN_DE, KEYS)
    with closing(open_memory(postgres_url)) as other:
        assert other.claim(EN_DE, KEYS, "b") == set()
        memory.add([entry("Tide", "Ebbe")])
        assert other.claim(EN_DE, KEYS, "b") == {KEYS[0]}


def test_unless_another_took_them_meanwhile(memory: Memory, postgres_url: str) -> None:
    memory.claim(EN_DE, KEYS, "a")
    cut(postgres_url)
    with closing(open_memory(postgres_url)) as other:
        assert other.claim(EN_DE, KEYS[:1], "b") == {KEYS[0]}
        assert memory.claim(EN_DE, KEYS, "a") == {KEYS[1]}


def test_lost_for_good_is_an_error_that_says_so(postgres_server: str) -> None:
    run(postgres_server, "CREATE DATABASE tp_gone ENCODING 'UTF8' TEMPLATE template0")
    with closing(open_memory(in_database(postgres_server, "tp_gone"))) as opened:
        run(postgres_server, "DROP DATABASE tp_gone WITH (FORCE)")
        with pytest.raises(ConfigError, match=r"tp_gone.*does not exist.*run again"):
            opened.add([entry("Tide", "Ebbe")])


def test_a_closed_memory_is_not_opened_again(postgres_url: str) -> None:
    memory = open_memory(postgres_url)
    memory.close()
    with pytest.raises(ConfigError):
        memory.find(EN_DE, KEYS)


# --- others at the same time -------------------------------------------------


@contextmanager
def writers_lock(url: str) -> Iterator[None]:
    """Another session writes, and does not end."""
    import psycopg

    from translate_pipeline.memory.postgres import _SPACE, _WRITERS

    with psycopg.connect(url) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s, %s)", (_SPACE, _WRITERS))
        yield


def test_a_writer_waits_but_not_forever(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from translate_pipeline.memory import postgres

    open_memory(postgres_url).close()
    monkeypatch.setattr(postgres, "_WAIT", "100ms")
    with closing(open_memory(postgres_url)) as opened:
        with writers_lock(postgres_url):
            with pytest.raises(ConfigError, match="locked by another process"):
                opened.add([entry("Tide", "Ebbe")])
            assert opened.find(EN_DE, KEYS) == {}, "reading needs no lock"
        opened.add([entry("Tide", "Ebbe")])
        assert opened.stats().entries == 1


def test_eight_threads_make_the_tables_once(postgres_url: str) -> None:
    opened: list[Memory] = []
    faults: list[BaseException] = []

    def work() -> None:
        try:
            opened.append(open_memory(postgres_url))
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for each in opened:
        each.close()
    assert faults == []
    assert len(opened) == 8
