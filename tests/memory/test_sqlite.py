"""A memory in a file: its place, its rights, its faults, and other processes at the same time."""

from __future__ import annotations

import errno
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.disks import tiny_disk
from tests.memory.entries import EN_DE, entry, key
from translate_pipeline.errors import ConfigError
from translate_pipeline.memory import Memory, open_memory, sqlite


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "memory.sqlite"


@pytest.fixture
def memory(path: Path) -> Iterator[Memory]:
    with closing(open_memory(path)) as opened:
        yield opened


def stored(place: str | Path) -> int:
    with closing(open_memory(place)) as opened:
        return opened.stats().entries


# --- opening -----------------------------------------------------------------


@pytest.mark.parametrize("form", ["{}", "sqlite:///{}"])
def test_a_place_is_a_path_or_a_url(path: Path, form: str) -> None:
    with closing(open_memory(form.format(path))) as opened:
        opened.add([entry("Tide", "Ebbe")])
    assert path.is_file()
    assert stored(path) == 1


def test_three_slashes_are_a_relative_path(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    assert stored("sqlite:///memory.sqlite") == 0
    assert path.is_file()


@pytest.mark.parametrize(
    "url", ["mysql://u:s3cret@host/db", "sqlite://memory", "sqlite:///", "", "http://host/x"]
)
def test_another_kind_of_url_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ConfigError, match=r"give a path, sqlite:///|needs the path") as caught:
        open_memory(url)
    assert "s3cret" not in str(caught.value)


def test_the_file_is_the_users_alone_and_its_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "memory.sqlite"
    with closing(open_memory(path)) as opened:
        opened.add([entry("Tide", "Ebbe")])
        files = sorted(path.parent.iterdir())
        assert [file.name for file in files] == [
            "memory.sqlite", "memory.sqlite-shm", "memory.sqlite-wal"
        ]  # fmt: skip
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert [file.name for file in path.parent.iterdir()] == ["memory.sqlite"]


def test_writes_go_ahead_of_the_file_and_reach_the_system(memory: Memory, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize("blocked", ["a file in the way", "a folder", "a NUL"])
def test_what_cannot_be_opened_is_told_with_a_way_out(tmp_path: Path, blocked: str) -> None:
    (tmp_path / "file").write_text("text")
    place = {
        "a file in the way": tmp_path / "file" / "memory.sqlite",
        "a folder": tmp_path,
        "a NUL": "a\0b",
    }[blocked]
    with pytest.raises(ConfigError, match=r'cannot be opened for writing.*set `memory`.*"none"'):
        open_memory(place)


def test_a_newer_version_is_left_alone(path: Path) -> None:
    open_memory(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 2")
    before = path.read_bytes()
    with pytest.raises(ConfigError, match=r"newer version.*upgrade this one"):
        open_memory(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", [0, 1, 75])
def test_so_is_a_database_of_another_program(path: Path, version: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
        connection.execute(f"PRAGMA user_version = {version}")
    before = path.read_bytes()
    with pytest.raises(ConfigError, match="database of another program"):
        open_memory(path)
    assert path.read_bytes() == before


def test_what_is_no_database_says_that_deleting_it_costs_nothing(path: Path) -> None:
    path.write_bytes(b"These are my notes, and no database at all.\n" * 100)
    with pytest.raises(ConfigError, match=r"damaged.*Delete it.*costs no money.*ledger"):
        open_memory(path)


def test_damage_within_is_told_and_deleting_helps(path: Path) -> None:
    with closing(open_memory(path)) as opened:
        opened.add([entry(f"Sentence {n} of the damaged memory.", "x" * 500) for n in range(400)])
    data = bytearray(path.read_bytes())
    data[8192:-4096] = b"\xa5" * (len(data) - 8192 - 4096)
    path.write_bytes(data)
    with closing(open_memory(path)) as opened:
        with pytest.raises(ConfigError, match=r"damaged.*costs no money"):
            opened.find(EN_DE, [key(f"Sentence {n} of the damaged memory.") for n in range(400)])
        with pytest.raises(ConfigError, match=r"damaged.*costs no money"):
            opened.add([entry("Tide", "Ebbe")])
    path.unlink()
    assert stored(path) == 0


# --- faults of the disk ------------------------------------------------------


def test_a_full_disk_is_an_error_of_the_disk(tmp_path: Path) -> None:
    with tiny_disk(tmp_path) as disk, pytest.raises(OSError, match=r"memory\.sqlite") as caught:
        open_memory(disk / "memory.sqlite")
    assert caught.value.errno == errno.ENOSPC


def test_what_was_stored_before_the_disk_was_full_stays(path: Path) -> None:
    with closing(sqlite.SqliteMemory(path)) as opened:
        opened.add([entry("Tide", "Ebbe")])
        # SQLite's own limit stands for the disk's: the fault it reports is the same.
        opened._connection.execute("PRAGMA max_page_count = 1").fetchall()
        with pytest.raises(OSError, match=r"memory\.sqlite") as caught:
            opened.add([entry(f"Sentence {n}", "x" * 5000) for n in range(50)])
        assert caught.value.errno == errno.ENOSPC
        assert [e.target for e in opened.entries()] == ["Ebbe"]
        opened._connection.execute("PRAGMA max_page_count = 100000").fetchall()
        opened.add([entry("Sand", "Sand", signature="new")])
    assert stored(path) == 2


# --- others at the same time -------------------------------------------------


def test_a_writer_waits_for_another(memory: Memory, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    with closing(other):
        other.execute("BEGIN IMMEDIATE")
        timer = threading.Timer(0.2, other.execute, ["COMMIT"])
        timer.start()
        memory.add([entry("Tide", "Ebbe")])
        timer.join()
        assert memory.stats().entries == 1


def test_but_not_forever(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "_WAIT", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    with closing(other), closing(open_memory(path)) as opened:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ConfigError, match="locked by another process"):
            opened.add([entry("Tide", "Ebbe")])
        assert opened.find(EN_DE, [key("Tide")]) == {}, "reading needs no lock"
        other.execute("COMMIT")
        opened.add([entry("Tide", "Ebbe")])
    assert stored(path) == 1


def test_the_log_does_not_grow_for_ever(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "_LOG", 2**16)
    log = Path(f"{path}-wal")
    with closing(open_memory(path)) as opened:
        sizes = set()
        for n in range(60):
            opened.add([entry(f"Sentence {n} of several that are written.", "x" * 2000)])
            sizes.add(log.stat().st_size)
        assert 0 in sizes
        assert max(sizes) <= 2**16 + 60_000


def test_a_reader_that_stays_holds_nobody_up(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "_LOG", 2**16)
    monkeypatch.setattr(sqlite, "_COPYING_WAIT", 0.02)
    with closing(open_memory(path)) as opened, closing(sqlite3.connect(path)) as reader:
        opened.add([entry("Tide", "Ebbe")])
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM tm_entry").fetchone() == (1,)
        for n in range(100):
            opened.add([entry(f"Sentence {n} of several that are written.", "x" * 2000)])
        assert reader.execute("SELECT count(*) FROM tm_entry").fetchone() == (1,)
        assert opened.stats().entries == 101


# --- the price of importing it -----------------------------------------------


def test_importing_the_room_loads_no_database() -> None:
    code = (
        "import sys, translate_pipeline.memory;"
        "print(sorted({'sqlite3', 'psycopg', 'langcodes', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_file_needs_no_psycopg(path: Path) -> None:
    code = (
        "import sys; from translate_pipeline.memory import open_memory;"
        "open_memory(sys.argv[1]).close(); print('psycopg' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
