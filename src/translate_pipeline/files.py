"""Takes a path, gives its text; takes a path and a text, puts the text there or changes nothing.

The law: a reader of the target sees the whole old file or the whole new one, whatever fails
and whenever the process dies. Text goes through untouched: BOM, CRLF and a missing final
newline are part of it.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from translate_pipeline.errors import ArticleError

__all__ = ["disk_fault", "inside", "read_text", "unwritable", "write_text"]

_BINARY = getattr(os, "O_BINARY", 0)  # Windows would turn LF into CRLF without it
# After these no later write can succeed either.
_DISK_FAULTS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, byte for byte.

    Raises `ArticleError` that begins with the path: not there, no regular file (a pipe or a
    device would hang or never end), or not UTF-8 (with the byte's offset, counted from 0).
    """
    try:
        # O_NONBLOCK: opening a FIFO without a writer would wait forever.
        descriptor = os.open(path, os.O_RDONLY | _BINARY | getattr(os, "O_NONBLOCK", 0))
        with open(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise ArticleError(f"{path}: this is no regular file; name a Markdown file")
            data = file.read()
    except OSError as error:
        raise ArticleError(f"{path}: {_reason(error)}; check the path and its rights") from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        looks = "it looks like UTF-16; " if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ""
        raise ArticleError(
            f"{path}: byte 0x{data[error.start]:02x} at offset {error.start} (line {line}) is not"
            f" UTF-8; {looks}save the file as UTF-8",
            line=line,
        ) from None


def write_text(path: Path, text: str) -> None:
    """Put `text` at `path` as UTF-8: temporary file in the same folder, fsync, rename.

    The mode of an existing file is kept, missing folders are made, a symlink is written
    through. Raises `OSError`; the old file is then as it was and no temporary file is left.
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        reason = f"character {error.start} is a lone surrogate, which no file can hold"
        raise OSError(errno.EILSEQ, reason, str(path)) from None
    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    # A name of fixed length: an article's name may already be as long as the system allows.
    # Hidden, so that no site builder takes it for an article if the machine dies.
    temporary = target.parent / f".translate-pipeline-{secrets.token_hex(8)}.tmp"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
    try:
        with open(descriptor, "wb") as file:
            with suppress(FileNotFoundError):
                os.chmod(temporary, stat.S_IMODE(target.stat().st_mode))
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _fsync_folder(target.parent)


def unwritable(path: Path) -> str:
    """Why `write_text(path, ...)` cannot succeed, in words; empty if nothing speaks against it.

    Asked before a translation is paid for. The write itself is still what decides.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        return f"{path} is a folder"
    folder = target.parent
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if not folder.is_dir():
        return f"{folder} is no folder"
    if not os.access(folder, os.W_OK | os.X_OK):
        return f"the folder {folder} is not writable"
    return ""


def inside(root: Path, path: Path) -> bool:
    """True if `path`, symlinks followed, is `root` or below it.

    >>> inside(Path("/site"), Path("/site/posts/../../etc/passwd"))
    False
    """
    try:
        return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))
    except (OSError, ValueError):  # a loop of links, a NUL in the name
        return False


def disk_fault(error: OSError) -> bool:
    """True if the disk is full, read-only or broken: no later write will succeed either."""
    return error.errno in _DISK_FAULTS


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _fsync_folder(folder: Path) -> None:
    """Make the rename last through a power cut; where folders cannot be opened, it cannot."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
