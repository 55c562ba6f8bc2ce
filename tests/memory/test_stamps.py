"""Stamps tell the digest of a file as it is now, and read no file that is at rest twice."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate_pipeline.memory import stamps as module
from translate_pipeline.memory.ledger import digest
from translate_pipeline.memory.stamps import FOLDER, Stamps

AN_HOUR = 3600


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / FOLDER).mkdir()
    return tmp_path


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are opened below, by name; the store is opened by SQLite itself."""
    opened: list[str] = []
    real = os.open

    def spying(path: str, flags: int, mode: int = 0o777) -> int:
        opened.append(Path(path).name)
        return real(path, flags, mode)

    monkeypatch.setattr(module.os, "open", spying)
    return opened


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock is an hour ahead: every file has been at rest for long."""
    real = time.time_ns
    monkeypatch.setattr(module.time, "time_ns", lambda: real() + AN_HOUR * 10**9)


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def store(root: Path) -> Path:
    return root / FOLDER / "stamps.sqlite"


@given(st.binary())
@settings(max_examples=20, deadline=None)
def test_the_digest_is_the_ledgers(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    root = tmp_path_factory.mktemp("site")
    (root / "x.md").write_bytes(data)
    assert Stamps(root).digest("x.md") == digest(data)


def test_a_file_of_many_pieces(root: Path, later: None) -> None:
    data = os.urandom((1 << 20) * 2 + 7)
    (root / "x.md").write_bytes(data)
    stamps = Stamps(root)
    assert stamps.digest("x.md") == digest(data)
    notes = stamps.notes(["x.md"], digest)
    assert notes == {"x.md": digest(data)}


def test_many_files_are_read_in_threads_and_keep_their_order(root: Path, later: None) -> None:
    names = [f"{n:04}.md" for n in range(module._WORTH_THREADS + 100)]
    for name in names:
        put(root / name, name)
    found = Stamps(root).digests(reversed(names))
    assert list(found.items()) == [(name, digest(name.encode())) for name in reversed(names)]


def test_what_is_at_rest_is_read_once(root: Path, later: None, reads: list[str]) -> None:
    put(root / "a.md", "a")
    put(root / "b/c.md", "c")
    with Stamps(root) as stamps:
        assert stamps.digest("a.md") == stamps.digest("a.md") == digest(b"a")
        assert stamps.digest("b/c.md") == digest(b"c")
        assert stamps.digest("b/none.md") is None
    assert [name for name in reads if name.endswith(".md")] == ["a.md", "c.md"]
    reads.clear()
    with Stamps(root) as stamps:
        found = stamps.digests(["b/c.md", "b/none.md", "a.md"])
    assert found == {"b/c.md": digest(b"c"), "b/none.md": None, "a.md": digest(b"a")}
    assert reads == []
    assert stamps.faults == {}


@pytest.mark.parametrize("how", ["longer", "same size", "same time", "replaced", "touched"])
def test_a_change_is_seen(root: Path, later: None, how: str) -> None:
    path = put(root / "a.md", "one")
    with Stamps(root) as stamps:
        assert stamps.digest("a.md") == digest(b"one")
    before, text = path.stat(), {"longer": "three", "touched": "one"}.get(how, "two")
    if how == "replaced":
        path.unlink()
        put(root / "other", "")  # takes the inode, if the system would give it out again
    path.write_text(text)
    if how in ("same time", "replaced"):  # as `cp -p`, tar and rsync do
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert Stamps(root).digest("a.md") == digest(text.encode())


@pytest.mark.parametrize("field", ["", "size", "mtime", "ctime", "inode"])
def test_each_thing_the_system_says_counts(root: Path, later: None, field: str) -> None:
    """On one system `ctime` tells of all changes; on another it is the time of creation."""
    put(root / "a.md", "one")
    with Stamps(root) as stamps:
        stamps.digest("a.md")
    with closing(sqlite3.connect(store(root))) as rows, rows:
        rows.execute("UPDATE stamps SET digest = 'remembered'")
        if field:
            rows.execute(f"UPDATE stamps SET {field} = {field} + 1")
    assert Stamps(root).digest("a.md") == (digest(b"one") if field else "remembered")


def test_what_is_gone_is_forgotten_and_may_come_back(root: Path, later: None) -> None:
    path = put(root / "a.md", "one")
    with Stamps(root) as stamps:
        stamps.digest("a.md")
    path.unlink()
    with Stamps(root) as stamps:
        assert stamps.digest("a.md") is None
    with closing(sqlite3.connect(store(root))) as rows:
        assert rows.execute("SELECT count(*) FROM stamps").fetchone() == (0,)
    put(path, "two")
    assert Stamps(root).digest("a.md") == digest(b"two")


def test_a_racy_file_is_not_trusted(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written and hashed in one tick of the clock, then changed in the same tick."""
    path = put(root / "a.md", "one")
    status = path.stat()
    tick = max(status.st_mtime_ns, status.st_ctime_ns)
    monkeypatch.setattr(module.time, "time_ns", lambda: tick)
    with Stamps(root) as stamps:
        assert stamps.digest("a.md") == digest(b"one")
        path.write_text("two")
        same = path.stat()

        def then(place: str) -> os.stat_result:  # as a file system of coarse times tells it
            fields = {n: getattr(status, n) for n in ("st_mtime_ns", "st_ctime_ns")}
            return os.stat_result(tuple(same), fields)

        monkeypatch.setattr(module.os, "lstat", then)
        assert stamps.digest("a.md") == digest(b"two")
    assert not store(root).exists()


@pytest.mark.parametrize(("age", "trusted"), [(0, False), (1.9, False), (2.1, True)])
def test_how_long_a_file_must_be_at_rest(
    root: Path, monkeypatch: pytest.MonkeyPatch, reads: list[str], age: float, trusted: bool
) -> None:
    status = put(root / "a.md", "one").stat()
    changed = max(status.st_mtime_ns, status.st_ctime_ns)
    monkeypatch.setattr(module.time, "time_ns", lambda: changed + int(age * 10**9))
    with Stamps(root) as stamps:
        stamps.digest("a.md")
    reads.clear()
    assert Stamps(root).digest("a.md") == digest(b"one")
    assert reads == ([] if trusted else ["a.md"])


def test_a_time_in_the_future_is_never_trusted(root: Path, reads: list[str]) -> None:
    path = put(root / "a.md", "one")
    os.utime(path, (time.time() + AN_HOUR, time.time() + AN_HOUR))
    for _ in range(2):
        with Stamps(root) as stamps:
            assert stamps.digest("a.md") == digest(b"one")
    assert reads == ["a.md", "a.md"]


def test_notes_are_made_once(root: Path, later: None) -> None:
    path = put(root / "a.md", "one two")
    made: list[bytes] = []

    def words(data: bytes) -> str:
        made.append(data)
        return str(len(data.split()))

    with Stamps(root) as stamps:
        stamps.digest("a.md")  # does not know of notes
        assert stamps.notes(["a.md", "none.md"], words) == {"a.md": "2", "none.md": None}
        assert stamps.digest("a.md") == digest(b"one two")
    assert Stamps(root).notes(["a.md"], words) == {"a.md": "2"}
    assert made == [b"one two"]
    path.write_text("one two three")
    assert Stamps(root).notes(["a.md"], words) == {"a.md": "3"}


def test_what_is_no_readable_file(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = put(tmp_path_factory.mktemp("outside") / "secret.md", "secret")
    put(root / "real.md", "words")
    (root / "folder.md").mkdir()
    os.mkfifo(root / "pipe.md")
    (root / "link.md").symlink_to("real.md")
    (root / "dangling.md").symlink_to("nothing.md")
    (root / "loop.md").symlink_to("loop.md")
    (root / "out.md").symlink_to(outside)
    (root / "out").symlink_to(outside.parent)
    stamps = Stamps(root)
    assert stamps.digests(
        ["link.md", "dangling.md", "real.md/x.md", "nul\0.md", "x" * 300, "\udcff.md"]
    ) == {
        "link.md": digest(b"words"),
        "dangling.md": None,
        "real.md/x.md": None,
        "nul\0.md": None,
        "x" * 300: None,
        "\udcff.md": None,
    }
    assert stamps.faults == {}
    bad = ["folder.md", "pipe.md", "loop.md", "out.md", "out/secret.md", "../x.md", "out/../../y"]
    assert stamps.digests(bad) == dict.fromkeys(bad, "")
    assert stamps.notes(bad, lambda _: "never") == dict.fromkeys(bad, "")
    assert sorted(stamps.faults) == sorted(bad)
    assert stamps.faults["pipe.md"] == "it is no regular file"
    assert stamps.faults["out.md"] == stamps.faults["../x.md"] == "it leads out of the root"


def test_a_link_is_read_each_time(root: Path, later: None) -> None:
    real = put(root / "real.md", "one")
    (root / "link.md").symlink_to("real.md")
    with Stamps(root) as stamps:
        assert stamps.digest("link.md") == digest(b"one")
    real.write_text("two")
    assert Stamps(root).digest("link.md") == digest(b"two")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_it(root: Path) -> None:
    put(root / "a.md", "one").chmod(0)
    stamps = Stamps(root)
    assert stamps.digest("a.md") == ""
    assert stamps.faults == {"a.md": "permission denied"}


@pytest.mark.parametrize("damage", ["text", "cut", "other table", "other version", "folder"])
def test_a_damaged_store_is_begun_anew(root: Path, later: None, damage: str) -> None:
    put(root / "a.md", "one")
    with Stamps(root) as stamps:
        stamps.digest("a.md")
    path = store(root)
    if damage == "text":
        path.write_text("this is no database" * 100)
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:5000])
    elif damage == "folder":
        path.unlink()
        path.mkdir()
    else:
        with closing(sqlite3.connect(path)) as rows, rows:
            if damage == "other table":
                rows.execute("DROP TABLE stamps")
                rows.execute("CREATE TABLE stamps (path TEXT)")
            else:
                rows.execute("PRAGMA user_version = 999")
    with Stamps(root) as stamps:
        assert stamps.digest("a.md") == digest(b"one")
    with Stamps(root) as stamps:
        assert stamps.digest("a.md") == digest(b"one")
        if damage not in ("folder", "other table"):  # then it stays a folder, a strange table
            assert stamps._known, "nothing was remembered"


def test_a_locked_store_is_done_without(root: Path, later: None) -> None:
    put(root / "a.md", "one")
    with Stamps(root) as stamps:
        stamps.digest("a.md")
    with closing(sqlite3.connect(store(root))) as other:
        other.execute("BEGIN EXCLUSIVE")
        with Stamps(root) as stamps:
            assert stamps.digest("a.md") == digest(b"one")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_done_without(root: Path, later: None) -> None:
    put(root / "a.md", "one")
    (root / FOLDER).chmod(0o500)
    with Stamps(root) as stamps:
        assert stamps.digest("a.md") == digest(b"one")
    (root / FOLDER).chmod(0o700)
    assert not store(root).exists()


def test_nothing_is_written_where_there_is_no_folder_for_it(tmp_path: Path, later: None) -> None:
    put(tmp_path / "a.md", "one")
    with Stamps(tmp_path) as stamps:
        assert stamps.digest("a.md") == digest(b"one")
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_nothing_is_written_through_a_link(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, later: None
) -> None:
    """A cloned repository may hold any link."""
    outside = tmp_path_factory.mktemp("outside")
    put(tmp_path / "a.md", "one")
    (tmp_path / FOLDER).symlink_to(outside)
    with Stamps(tmp_path) as stamps:
        stamps.digest("a.md")
    (tmp_path / FOLDER).unlink()
    (tmp_path / FOLDER).mkdir()
    store(tmp_path).symlink_to(outside / "stamps.sqlite")
    with Stamps(tmp_path) as stamps:
        stamps.digest("a.md")
    assert list(outside.iterdir()) == []


def test_the_caches_are_kept_out_of_git(root: Path, later: None) -> None:
    put(root / "a.md", "one")
    with Stamps(root) as stamps:
        stamps.digest("a.md")
    ignored = root / FOLDER / ".gitignore"
    assert "stamps.sqlite*" in ignored.read_text().splitlines()
    ignored.write_text("mine")
    put(root / "b.md", "two")
    with Stamps(root) as stamps:
        stamps.digest("b.md")
    assert ignored.read_text() == "mine"


def test_a_name_that_is_no_text(root: Path, later: None) -> None:
    name = os.fsdecode(b"\xff.md")
    put(root / name, "one")
    put(root / "a.md", "two")
    for _ in range(2):
        with Stamps(root) as stamps:
            assert stamps.digest(name) == digest(b"one")
            assert stamps.digest("a.md") == digest(b"two")
    assert list(Stamps(root)._known) == ["a.md"]
