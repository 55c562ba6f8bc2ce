"""Folders in, the paths of their articles out, as strings relative to the root.

The law: no link to a folder is followed, no name is left out but by the rules given, and the
order of the list is that of the names on every machine.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import NamedTuple

from translate_pipeline.errors import ConfigError

__all__ = ["Walked", "tops", "walk"]


class Walked(NamedTuple):
    """`files` sorted; `links` are the symbolic links met, to files and to folders."""

    files: list[str]
    links: frozenset[str]


def tops(folders: Iterable[str]) -> list[str]:
    """The folders that hold all the others, sorted; "" is the root.

    >>> tops(["docs/en", "docs", "blog"])
    ['blog', 'docs']
    """
    kept: list[str] = []
    for folder in sorted(set(folders)):
        if not any(not top or folder.startswith(f"{top}/") for top in kept):
            kept.append(folder)
    return kept


def walk(
    root: str,
    folders: Iterable[str],
    *,
    extensions: tuple[str, ...],
    left_out: Callable[[str, str], bool],
) -> Walked:
    """The files below `root/<folder>` that end with one of `extensions`.

    A folder that is not there holds nothing. Hidden entries are not entered, and of what
    `left_out(path, name)` says nothing is listed. Raises ConfigError for a folder that cannot
    be read.
    """
    files: list[str] = []
    links: set[str] = set()
    waiting = list(folders)
    scandir, join = os.scandir, "/".join
    while waiting:
        folder = waiting.pop()
        try:
            with scandir(f"{root}/{folder}" if folder else root) as listing:
                for entry in listing:
                    name = entry.name
                    if name[0] == ".":
                        continue
                    path = join((folder, name)) if folder else name
                    if entry.is_symlink():
                        links.add(path)
                        if not name.endswith(extensions) or not entry.is_file():
                            continue
                    elif entry.is_dir():
                        if not left_out(path, name):
                            waiting.append(path)
                        continue
                    elif not name.endswith(extensions) or not entry.is_file():
                        continue
                    if not left_out(path, name):
                        files.append(path)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise ConfigError(
                f"{folder or root}: {reason}; check the rights of the folder, or exclude it"
            ) from None
    files.sort()
    return Walked(files, frozenset(links))
