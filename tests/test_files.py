"""Files: read byte for byte or refused by place; written whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.disks import tiny_disk
from translate_pipeline.errors import ArticleError
from translate_pipeline.files import disk_fault, inside, read_text, unwritable, write_text

OLD = "the old translation\n"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("f") / "x.md"
    write_text(path, text)
    assert path.read_bytes() == text.encode()
    assert read_text(path) == text


@pytest.mark.parametrize("text", ["", "\ufeffa\r\nb", "no newline", "a\x00b\n", "\r\r\n\n"])
def test_bom_newlines_and_nul_are_kept(tmp_path: Path, text: str) -> None:
    write_text(tmp_path / "x.md", text)
    assert read_text(tmp_path / "x.md") == text


@pytest.mark.parametrize(
    ("data", "offset", "line"),
    [
        (b"\xff", 0, 1),
        (b"one\ntwo \xe9t\xe9", 8, 2),
        (b"\xc3\xa9\n\n\xed\xa0\x80", 4, 3),  # half a surrogate pair
        (b"abc\xe2\x82", 3, 1),  # cut inside a character
        (b"\xc0\xaf", 0, 1),  # overlong
    ],
)
def test_invalid_utf8_is_refused_by_name_and_offset(
    tmp_path: Path, data: bytes, offset: int, line: int
) -> None:
    path = tmp_path / "bad.md"
    path.write_bytes(data)
    with pytest.raises(ArticleError) as caught:
        read_text(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: byte 0x{data[offset]:02x} at offset {offset} ")
    assert f"(line {line})" in message
    assert caught.value.line == line


def test_utf16_is_called_so(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("words", encoding="utf-16")
    with pytest.raises(ArticleError, match="UTF-16; save the file as UTF-8"):
        read_text(tmp_path / "x.md")


def test_what_is_no_file_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    for name, reason in [
        ("pipe.md", "no regular file"),
        ("none.md", "no such file"),
        (".", "is a directory|no regular file"),
    ]:
        with pytest.raises(ArticleError, match=reason):
            read_text(tmp_path / name)


def test_mode_is_kept_and_a_new_file_follows_the_umask(tmp_path: Path) -> None:
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text(OLD)
    old.chmod(0o604)
    before = os.umask(0o027)
    try:
        write_text(old, "new")
        write_text(new, "new")
    finally:
        os.umask(before)
    assert old.stat().st_mode & 0o777 == 0o604
    assert new.stat().st_mode & 0o777 == 0o640


def test_folders_are_made_and_the_longest_name_fits(tmp_path: Path) -> None:
    path = tmp_path / "de" / "posts" / ("é" * 126 + ".md")  # 255 bytes
    write_text(path, "new")
    assert path.read_text() == "new"


def test_a_link_is_written_through(tmp_path: Path) -> None:
    real = tmp_path / "real.md"
    real.write_text(OLD)
    (tmp_path / "link.md").symlink_to("real.md")
    write_text(tmp_path / "link.md", "new")
    assert (tmp_path / "link.md").is_symlink()
    assert real.read_text() == "new"


def survives(folder: Path) -> None:
    """The old target is whole and nothing else is left in the folder."""
    assert (folder / "x.md").read_text() == OLD
    assert [entry.name for entry in folder.iterdir()] == ["x.md"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.md").write_text(OLD)
    return tmp_path / "in"


def test_text_that_no_file_can_hold_changes_nothing(folder: Path) -> None:
    with pytest.raises(OSError, match="lone surrogate"):
        write_text(folder / "x.md", "half \ud83d")
    survives(folder)


def test_a_folder_in_the_targets_place_changes_nothing(folder: Path) -> None:
    (folder / "x.md").rename(folder / "y")
    (folder / "x.md").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_text(folder / "x.md", "new")
    assert sorted(entry.name for entry in folder.iterdir()) == ["x.md", "y"]


WRITE = "import sys; from pathlib import Path; from translate_pipeline.files import write_text;"


def python(code: str, *arguments: str | Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", WRITE + code, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stderr


def test_the_old_target_survives_a_full_quota(folder: Path) -> None:
    code, stderr = python(
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536));"
        "write_text(Path(sys.argv[1]), 'new ' * 100_000)",
        folder / "x.md",
    )
    assert code == 1
    assert "File too large" in stderr
    survives(folder)


def test_the_old_target_survives_a_full_disk(tmp_path: Path) -> None:
    with tiny_disk(tmp_path) as disk:
        (disk / "x.md").write_text(OLD)
        with pytest.raises(OSError, match="No space left") as caught:
            write_text(disk / "x.md", "new " * 100_000)
        assert disk_fault(caught.value)
        survives(disk)


def test_the_old_target_survives_a_read_only_folder() -> None:
    with tempfile.TemporaryDirectory() as top:  # tmp_path is closed to other users
        folder = Path(top) / "in"
        folder.mkdir()
        (folder / "x.md").write_text(OLD)
        Path(top).chmod(0o755)
        folder.chmod(0o555)
        try:
            code, stderr = python(
                "import os; from translate_pipeline.files import unwritable;"
                "os.geteuid() or os.setuid(65534);"  # root may write everywhere: be nobody
                "path = Path(sys.argv[1]);"
                "print(unwritable(path), file=sys.stderr); write_text(path, 'new')",
                folder / "x.md",
            )
            survives(folder)
        finally:
            folder.chmod(0o755)
    assert code == 1
    assert f"the folder {folder} is not writable" in stderr
    assert "PermissionError" in stderr


def test_a_killed_writer_leaves_one_whole_version(folder: Path) -> None:
    versions = {letter: letter * 2_000_000 for letter in "ab"}
    path = folder / "x.md"
    for delay in (0.02, 0.05, 0.11, 0.17):
        writer = subprocess.Popen(
            [
                sys.executable,
                "-c",
                WRITE
                + "\nwhile True:\n for c in 'ab': write_text(Path(sys.argv[1]), c * 2_000_000)",
                str(path),
            ]
        )
        try:
            deadline = time.monotonic() + 30
            while path.stat().st_size < 2_000_000 and time.monotonic() < deadline:
                time.sleep(0.005)
            time.sleep(delay)
            for _ in range(5):  # a reader beside the writer
                assert path.read_text() in versions.values()
        finally:
            writer.send_signal(signal.SIGKILL)
            writer.wait()
        assert path.read_text() in versions.values()
    # What a killed process may leave is hidden from site builders, and from us.
    assert all(e.name == "x.md" or e.name.startswith(".") for e in folder.iterdir())


@pytest.mark.parametrize(
    ("path", "reason"),
    [("x.md", ""), ("new/deep/x.md", ""), ("x.md/y.md", "is no folder"), (".", "is a folder")],
)
def test_what_speaks_against_writing_is_known_before(folder: Path, path: str, reason: str) -> None:
    said = unwritable(folder / path)
    assert reason in said
    assert bool(said) == bool(reason)


def test_inside_follows_links(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "sub").mkdir(parents=True)
    (root / "out").symlink_to(tmp_path)
    (root / "loop").symlink_to("loop")
    assert inside(root, root)
    assert inside(root, root / "sub" / "new" / "x.md")
    assert not inside(root, root / "out" / "x.md")
    assert not inside(root, root / "sub" / ".." / ".." / "x.md")
    assert not inside(root, tmp_path / "rooted")
    assert not inside(root, root / "nul\0")
