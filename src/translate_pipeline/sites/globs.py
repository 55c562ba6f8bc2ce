"""Globs in, a test for paths out: which files and folders are no part of the site.

`name` means a file or folder of that name anywhere, `/name` only at the root, `a/b` that path
from the root; `*` and `?` stay within a name, `**/` is any folders; `!name` takes a default
back. The law: testing takes time linear in the path, whatever the glob.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from translate_pipeline.errors import ConfigError

__all__ = ["excluder"]

# Each `**` multiplies the ways to read a path; nobody needs more.
_MOST_FOLDERS = 2


def excluder(globs: Iterable[str]) -> Callable[[str, str], bool]:
    """A test of (path, its last name): True if the entry, and all below it, is left out.

    Raises ConfigError for a glob that is empty, leaves the root or has too many `**`.

    >>> left_out = excluder(["drafts", "/build", "*.tmp.md"])
    >>> left_out("a/drafts", "drafts"), left_out("a/build", "build"), left_out("x.tmp.md", "")
    (True, False, True)
    """
    wanted: dict[str, None] = {}
    for glob in globs:
        if glob.startswith("!"):
            wanted.pop(glob[1:], None)
        else:
            wanted[glob] = None
    names: set[str] = set()
    paths: set[str] = set()
    expressions: list[str] = []
    for glob in wanted:
        body = _body(glob)
        anchored = glob.startswith("/") or "/" in body
        if any(mark in body for mark in "*?"):
            prefix = "" if anchored else "(?:[^/]+/)*+"
            expressions.append(prefix + _expression(body, glob))
        elif anchored:
            paths.add(body)
        else:
            names.add(body)
    search = re.compile("|".join(expressions)).fullmatch if expressions else None

    def left_out(path: str, name: str) -> bool:
        return name in names or path in paths or (search is not None and search(path) is not None)

    return left_out


def _body(glob: str) -> str:
    """The glob without the slashes around it; `drafts/**` is the folder `drafts`."""
    body = glob.strip("/")
    while body.endswith("/**"):
        body = body.removesuffix("/**").rstrip("/")
    parts = body.split("/")
    if not body or any(part in {"", ".", ".."} for part in parts):
        raise ConfigError(
            f"exclude: {glob!r} is no path below the root; write it as in `drafts` or `docs/old/*`"
        )
    return body


def _expression(body: str, glob: str) -> str:
    parts: list[str] = []
    for part in body.split("/"):
        if part != "**" or parts[-1:] != ["**"]:
            parts.append(part)
    if parts.count("**") > _MOST_FOLDERS:
        raise ConfigError(f"exclude: {glob!r} has too many `**`; write two globs instead")
    out = []
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        if part == "**":
            out.append("[^/]+(?:/[^/]+)*" if last else "(?:[^/]+/)*")
        else:
            out.append(_name(part) + ("" if last else "/"))
    return "".join(out)


def _name(part: str) -> str:
    """One name with `*` and `?`: each piece between stars is taken at its first place, for good.

    That is enough (a later place leaves less for the rest), and cannot backtrack.
    """
    pieces = [
        "".join("[^/]" if char == "?" else re.escape(char) for char in piece)
        for piece in re.split(r"\*+", part)
    ]
    if len(pieces) == 1:
        return pieces[0]
    middle = "".join(f"(?>[^/]*?{piece})" for piece in pieces[1:-1] if piece)
    return f"{pieces[0]}{middle}[^/]*{pieces[-1]}"
