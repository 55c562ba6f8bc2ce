"""Takes what was made of a job, puts its ledger section and its target on disk, in this order.

The law: whenever the process dies, the ledger tells what the target is. The section names the
file it replaces (`was`), so a run that finds the old target under a new section knows that
nobody edited it. One lock for a site makes two runs write in turn, and a target that somebody
changed since it was read is not replaced.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from translate_pipeline.errors import ArticleError, ConfigError, TargetError
from translate_pipeline.files import inside, read_text, write_text
from translate_pipeline.memory.ledger import (
    Ledger,
    Section,
    digest,
    path_of,
    read,
    with_sections,
    write,
)

__all__ = ["FOLDER", "Changed", "Entry", "LedgerFiles", "Move"]

#: Where a site keeps its ledgers (committed) and caches (not committed).
FOLDER = ".translate-pipeline"
_IGNORE = "memory.sqlite*\nstamps.sqlite*\nlock\n"


class Changed(Exception):
    """The target was changed by somebody else while it was being translated."""


class Entry(NamedTuple):
    """A target as it was found: its text (None: no file), and what the ledger says of it."""

    text: str | None
    section: Section | None


class Move(NamedTuple):
    """Where a renamed article and its target stood before; POSIX, relative to the root."""

    source: str
    target: str


class LedgerFiles:
    """The ledgers of the site at `root`. All paths are POSIX, relative to it."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def ledger(self, source: str) -> Ledger:
        """The ledger of an article, an empty one if there is none. Raises TargetError."""
        path = self._root / path_of(source)
        if not path.exists():
            return Ledger(source=source, sections={})
        try:
            text = read_text(path)
        except ArticleError as error:
            raise TargetError(
                f"{error}; or delete it: the next run restores it from the published targets"
            ) from None
        try:
            return read(text, path_of(source))
        except ConfigError as error:
            raise TargetError(str(error)) from None

    def find(self, source: str, locale: str, target: str) -> Entry:
        """The target on disk and its section, if that was written for this path.

        Raises TargetError for a target or a ledger that cannot be read.
        """
        path = self._root / target
        if not path.exists():
            return Entry(None, None)
        try:
            text = read_text(path)
        except ArticleError as error:
            raise TargetError(str(error)) from None
        section = self.ledger(source).sections.get(locale)
        if section is not None and section.target != target:
            section = None
        return Entry(text, section)

    def commit(
        self,
        source: str,
        section: Section,
        text: str | None,
        found: Entry,
        *,
        move: Move = Move("", ""),  # noqa: B008 - frozen
    ) -> None:
        """Write `section`, then `text` (None leaves the target as it is).

        `move` is where source and target stood before: what is there goes. Raises Changed,
        ConfigError and OSError; the old target is then still there.
        """
        target = self._root / section.target
        if not inside(self._root, target):
            raise TargetError(f"{section.target} is outside of {self._root}; check the config")
        with self._locked():
            there = _text(target)
            # Found at its old place, or made by another run in the meantime: both are fine.
            if there not in (text, None if move.target else found.text):
                raise Changed(section.target)
            if text is not None and text == there:
                text = None
            was = there if text is not None else None
            section = replace(section, was=digest(was.encode()) if was is not None else "")
            self._set(source, {section.locale: section})
            if text is not None:
                write_text(target, text)
            if move.target and move.target != section.target:
                self._drop(move.target)
            if move.source and move.source != source:
                self._set(move.source, {section.locale: None})

    def forget(self, source: str, locales: Mapping[str, str]) -> None:
        """Delete the targets (`locales`: name → path) of a source and their sections."""
        with self._locked():
            for target in locales.values():
                self._drop(target)
            self._set(source, dict.fromkeys(locales))

    def _set(self, source: str, sections: Mapping[str, Section | None]) -> None:
        """Replace sections; None takes one away, and the file goes with the last."""
        path = self._root / path_of(source)
        old = _text(path)
        try:
            # As git for Windows checks it out.
            text = (old or write(Ledger(source, {}))).replace("\r\n", "\n")
            new = with_sections(text, path_of(source), sections)
        except ConfigError as error:
            raise TargetError(str(error)) from None
        if "\n[" not in new:
            with suppress(FileNotFoundError):
                path.unlink()
        elif new != old:
            write_text(path, new)

    def _drop(self, target: str) -> None:
        path = self._root / target
        if inside(self._root, path):
            with suppress(FileNotFoundError):
                path.unlink()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the site's lock; it is the process's, and goes with it."""
        folder = self._root / FOLDER
        ignore = folder / ".gitignore"  # the memory may have made the folder
        if not ignore.exists():
            folder.mkdir(parents=True, exist_ok=True)
            ignore.write_text(_IGNORE, encoding="utf-8")
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _lock(descriptor)
            yield
        finally:
            os.close(descriptor)


def _lock(descriptor: int) -> None:
    try:
        import fcntl  # noqa: PLC0415 - not on Windows
    except ImportError:
        import msvcrt  # noqa: PLC0415

        locking = getattr(msvcrt, "locking")  # noqa: B009 - typed on Windows only
        locking(descriptor, getattr(msvcrt, "LK_LOCK"), 1)  # noqa: B009
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return None
