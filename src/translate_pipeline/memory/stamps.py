"""Takes paths below a root, gives the digest of each file's bytes, and reads no file twice.

The law: what is told is the digest of the file as it is now. A file is trusted unread only
while size, times and inode are those it was hashed with, and only if it was already at rest
then: one that changed a moment before (racy, as git calls it) could change again without a
new time. What is remembered is a cache: lost, locked, damaged or read-only, it costs time.
"""

from __future__ import annotations

import errno
import os
import stat
import time
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from translate_pipeline.memory._stamp_store import Stamp, load, save

__all__ = ["FOLDER", "Stamps"]

#: The folder of the tool below the root; `Stamps` never makes it.
FOLDER: Final = ".translate-pipeline"
# No clock of a file system in use is coarser than the 2 s of FAT.
_REST = 2_000_000_000
# A disk that has to be read answers several at once: 21 µs a file with 8 threads, 68 with
# one (ext4 on a virtual disk, nothing cached). From memory they cost as much as they bring.
_THREADS, _WORTH_THREADS = 8, 512
_PIECE = 1 << 20
_MOST_NOTED = 1 << 26  # bytes of a file that is held whole; no ledger comes near
_BINARY = getattr(os, "O_BINARY", 0)
_CAREFUL = os.O_RDONLY | _BINARY | getattr(os, "O_NONBLOCK", 0)  # a FIFO would wait forever
_SIGNED = 0x7FFFFFFFFFFFFFFF  # SQLite's integers; some systems count inodes beyond
_OUTSIDE = "it leads out of the root"
_MISSING = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL})

_Unknown = tuple[str, str, bool]  # path, where its bytes are, a link to them


class Stamps:
    """The digests of the files below `root`; paths are POSIX, relative to it.

    An answer is 11 characters as `ledger.digest` gives them; None where nothing stands;
    empty where something stands that is not to be read: a folder, a pipe, a file without
    the right to, or a link that leads out of the root. `faults` then says why, by path.
    Not for several threads. Use as a context manager, or call `save`.
    """

    def __init__(self, root: Path | str) -> None:
        self._root = os.path.realpath(root)
        self._folders: dict[str, str | None] = {}
        home = self._folder(FOLDER)  # elsewhere, it is not ours to write to
        self._file = os.path.join(home, "stamps.sqlite") if home else ""
        self._known = load(self._file)
        self._changed: dict[str, Stamp | None] = {}
        self.faults: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.save()

    def digest(self, path: str) -> str | None:
        """The digest of one file."""
        return self.digests((path,))[path]

    def digests(self, paths: Iterable[str]) -> dict[str, str | None]:
        """The digest of each file, in the order of `paths`."""
        return self._answers(paths, None)

    def notes(self, paths: Iterable[str], make: Callable[[bytes], str]) -> dict[str, str | None]:
        """`make(bytes)` of each file, remembered as its digest is; None and empty as there.

        `make` depends on the bytes alone, does not raise, and is the same in every call.
        """
        return self._answers(paths, make)

    def save(self) -> None:
        """Remember what was read for the next time, if there is a place for it."""
        changed, self._changed = self._changed, {}
        # Made by whoever writes a ledger: to look at a site must not put a folder into it.
        if changed and self._file and os.path.isdir(os.path.dirname(self._file)):
            gone = [path for path, stamp in changed.items() if stamp is None]
            save(self._file, gone, [stamp for stamp in changed.values() if stamp])

    # --- one file ------------------------------------------------------------------------

    def _answers(
        self, paths: Iterable[str], make: Callable[[bytes], str] | None
    ) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        unknown: list[_Unknown] = []
        known, folders, lstat, noted = self._known, self._folders, os.lstat, make is not None
        for path in paths:
            folder, _, name = path.rpartition("/")
            try:
                place = folders[folder]
            except KeyError:
                place = folders[folder] = self._folder(folder)
            if place is None:
                found[path] = self._fault(path, _OUTSIDE)
                continue
            place = f"{place}/{name}"
            try:
                status = lstat(place)
            except (OSError, ValueError) as error:
                found[path] = self._no_answer(path, error)
                continue
            stamp = known.get(path)
            if (
                stamp is not None
                and stamp.mtime == status.st_mtime_ns
                and stamp.size == status.st_size
                and stamp.ctime == status.st_ctime_ns
                and stamp.inode == status.st_ino & _SIGNED
                and not (noted and stamp.note is None)
            ):
                found[path] = _note(stamp) if noted else stamp.digest
                continue
            link = stat.S_ISLNK(status.st_mode)
            if link and not self._within(place := os.path.realpath(place)):
                found[path] = self._fault(path, _OUTSIDE)
                continue
            found[path] = None  # keeps its place in the order
            unknown.append((path, place, link))
        for (path, _, link), result in zip(unknown, _read(unknown, make), strict=True):
            if isinstance(result, Exception):
                found[path] = self._no_answer(path, result)
                continue
            stamp, at_rest = result
            found[path] = _note(stamp) if noted else stamp.digest
            if at_rest and not link:  # what a link leads to may change without it
                known[path] = self._changed[path] = stamp
            else:
                self._drop(path)
        return found

    def _no_answer(self, path: str, error: Exception) -> str | None:
        """None where nothing stands; else the fault is noted."""
        self._drop(path)
        if isinstance(error, OSError) and error.errno not in _MISSING:
            return self._fault(path, (error.strerror or str(error)).lower())
        return None

    def _fault(self, path: str, reason: str) -> str:
        self.faults[path] = reason
        return ""

    def _drop(self, path: str) -> None:
        if self._known.pop(path, None) is not None:
            self._changed[path] = None

    def _folder(self, folder: str) -> str | None:
        """The real place of a folder; None if that is outside of the root."""
        try:
            place = os.path.realpath(os.path.join(self._root, f"./{folder}"))
        except (OSError, ValueError):  # a loop of links, a NUL in the name
            return None
        return place if self._within(place) else None

    def _within(self, place: str) -> bool:
        return f"{place}{os.sep}".startswith(f"{self._root.rstrip(os.sep)}{os.sep}")


def _note(stamp: Stamp) -> str:
    return "" if stamp.note is None else zlib.decompress(stamp.note).decode()


def _read(
    unknown: Sequence[_Unknown], make: Callable[[bytes], str] | None
) -> Iterator[tuple[Stamp, bool] | Exception]:
    """Each file's stamp and if it is at rest, or why it cannot be read."""
    if len(unknown) < _WORTH_THREADS:
        for item in unknown:
            yield _read_one(item, make)
        return
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - rarely needed

    pieces = [unknown[at : at + 64] for at in range(0, len(unknown), 64)]
    with ThreadPoolExecutor(_THREADS) as pool:
        for results in pool.map(lambda piece: [_read_one(item, make) for item in piece], pieces):
            yield from results


def _read_one(
    item: _Unknown, make: Callable[[bytes], str] | None
) -> tuple[Stamp, bool] | Exception:
    path, place, _ = item
    now = time.time_ns()  # before the first byte: what changes from here on has a later time
    try:
        descriptor = os.open(place, _CAREFUL)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return OSError(errno.EBADF, "it is no regular file")
            if make is not None and status.st_size > _MOST_NOTED:
                return OSError(errno.EFBIG, "it is too large")
            hasher, pieces, most = blake2b(digest_size=8), [], min(status.st_size + 1, _PIECE)
            while data := os.read(descriptor, most):
                hasher.update(data)
                if make is not None:
                    pieces.append(data)
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:
        return error
    stamp = Stamp(
        path,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
        status.st_ino & _SIGNED,
        urlsafe_b64encode(hasher.digest())[:11].decode("ascii"),
        None if make is None else zlib.compress(make(b"".join(pieces)).encode(), 1),
    )
    return stamp, max(stamp.mtime, stamp.ctime) < now - _REST
