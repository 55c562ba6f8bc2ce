"""An HTML comment in, the author's wish in it out; this file knows nothing of Markdown.

`<!-- translate:skip -->` … `<!-- translate:resume -->` keeps a passage as it is,
`<!-- translate:note for the translator -->` says something about the next segment.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

__all__ = ["Directive", "Wish", "find"]

_COMMENT = re.compile(
    rb"<!--[ \t]*translate:(skip|resume|note)\b[ \t]*([^>]{0,2000}?)[ \t\r\n]*-->"
)


class Wish(Enum):
    """What the author wants."""

    SKIP = "skip"
    RESUME = "resume"
    NOTE = "note"


class Directive(NamedTuple):
    """One directive, at byte offset `start`; `text` of a note."""

    start: int
    wish: Wish
    text: str


def find(source: bytes) -> list[Directive]:
    """All directives of `source` in order.

    >>> find(b"<!-- translate:note UI label -->")
    [Directive(start=0, wish=<Wish.NOTE: 'note'>, text='UI label')]
    """
    if b"translate:" not in source:
        return []
    return [
        Directive(match.start(), Wish(match[1].decode()), match[2].decode(errors="replace"))
        for match in _COMMENT.finditer(source)
    ]
