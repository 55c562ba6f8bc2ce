"""Takes the remarks of a check, gives GitHub annotations: one workflow command for each.

The law: each remark is exactly one line that begins with its command; nothing in a path, a
message or the name of a check can end that line, add a property or begin a second command.

The form is that of "Workflow commands for GitHub Actions" in GitHub's documentation; what is
escaped, and how, is that of GitHub's own toolkit (`@actions/core`, `command.ts`). GitHub shows
10 errors and 10 warnings for each step; the log has them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from translate_pipeline.model import Severity
from translate_pipeline.report.text import printable

__all__ = ["Remark", "annotation_lines"]

_COMMANDS = {Severity.ERROR: "error", Severity.RETRY: "warning", Severity.WARNING: "warning"}
# `%` first: it begins the escapes of the others.
_IN_MESSAGE = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
_IN_PROPERTY = (*_IN_MESSAGE, (":", "%3A"), (",", "%2C"))


class Remark(NamedTuple):
    """One thing to say of a file. `path` is POSIX and relative to the site's root.

    `line` is 1-based, 0 if it is the whole file's.
    """

    path: str
    line: int
    severity: Severity
    check: str
    message: str


def annotation_lines(remarks: Iterable[Remark], *, prefix: str = "") -> Iterator[str]:
    """A line for each remark; `prefix` is the site's root as seen from the repository's.

    >>> remark = Remark("de/x.md", 3, Severity.ERROR, "code", "`a` is lost, 100%")
    >>> list(annotation_lines([remark], prefix="docs"))
    ['::error file=docs/de/x.md,line=3,title=translate-pipeline%3A code::`a` is lost, 100%25']
    """
    for remark in remarks:
        path = f"{prefix.rstrip('/')}/{remark.path}" if prefix else remark.path
        title = f"translate-pipeline: {remark.check}" if remark.check else "translate-pipeline"
        properties = [("file", path), ("line", str(remark.line)), ("title", title)]
        if remark.line < 1:
            del properties[1]
        told = ",".join(f"{k}={_escaped(printable(v), _IN_PROPERTY)}" for k, v in properties)
        # A message may have lines of its own; what else steers a terminal is made visible.
        message = "\n".join(printable(line) for line in remark.message.splitlines())
        yield f"::{_COMMANDS[remark.severity]} {told}::{_escaped(message, _IN_MESSAGE)}"


def _escaped(text: str, escapes: tuple[tuple[str, str], ...]) -> str:
    for character, escape in escapes:
        text = text.replace(character, escape)
    return text
