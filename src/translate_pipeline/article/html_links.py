"""HTML bytes in, the spans of the URLs in its tags out: `href`, `src`, `srcset`, `poster`.

The law: one pass, forward only, so hostile markup costs no more than its length. Comments and
what stands inside `script`, `style`, `svg` and their like hold no link of the page; a tag that
is never closed is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["HtmlLink", "html_links"]

_OPEN = re.compile(rb"<!--|<!\[CDATA\[|<\?|<![A-Za-z]|<([A-Za-z][\w:.-]*+)")
_CLOSERS = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
# After a quotation mark without partner no other of its kind follows: at most two vain scans.
_ATTRIBUTE = re.compile(
    rb"[\s/]*+([^\s\"'<>/=]++)(?:\s*+=\s*+(?:(\"|')(.*?)\2|([^\s\"'=<>`]++)))?", re.DOTALL
)
_END = re.compile(rb"[\s/]*+>")
_NAMES = frozenset((b"href", b"src", b"srcset", b"poster"))
_OPAQUE = frozenset(b"script style textarea template svg math title noscript".split())
_URL = re.compile(rb"\S++")
_COMMA = re.compile(rb"[^,]*+,?")


class HtmlLink(NamedTuple):
    """One URL: the attribute's name, the bytes of the URL as written, its quotation mark."""

    name: str
    start: int
    end: int
    quote: str


def html_links(block: bytes) -> Iterator[HtmlLink]:
    """The URLs in the tags of `block`, in order; those in a `srcset` one by one."""
    position = 0
    while opening := _OPEN.search(block, position):
        position = opening.end()
        closer = _CLOSERS.get(opening[0])
        if closer:
            end = block.find(closer, position)
            if end < 0:
                return
            position = end + len(closer)
        if opening[1] is None:
            continue
        found: list[HtmlLink] = []
        while attribute := _ATTRIBUTE.match(block, position):
            position = attribute.end()
            name = attribute[1].lower()
            if name in _NAMES:
                group = 3 if attribute[2] else 4
                if attribute[group]:
                    found += _urls(
                        block,
                        name.decode(),
                        *attribute.span(group),
                        (attribute[2] or b"").decode(),
                    )
        closing = _END.match(block, position)
        if closing is None:
            continue
        position = closing.end()
        yield from found
        name = opening[1].lower()
        if name in _OPAQUE and block[position - 2 : position] != b"/>":
            position = _behind(block, position, name)
            if position < 0:
                return


def _behind(block: bytes, position: int, name: bytes) -> int:
    """Where the element `name` that was opened before `position` is closed, or -1."""
    closing = re.compile(rb"</" + name + rb"\b", re.IGNORECASE).search(block, position)
    return closing.end() if closing else -1


def _urls(block: bytes, name: str, start: int, end: int, quote: str) -> Iterator[HtmlLink]:
    """The URL between `start` and `end`; of a `srcset` each (HTML 4.8.4.2.2, simplified)."""
    if name != "srcset":
        value = block[start:end]
        first = start + len(value) - len(value.lstrip())
        last = start + len(value.rstrip())
        if first < last:
            yield HtmlLink(name, first, last, quote)
        return
    while start < end:
        url = _URL.search(block, start, end)
        if url is None:
            return
        text = url[0].lstrip(b",")
        first = url.end() - len(text)
        last = first + len(text.rstrip(b","))
        if first < last:
            yield HtmlLink(name, first, last, quote)
        start = url.end()
        if last == url.end():  # no comma yet: a descriptor (`2x`) stands before it
            comma = _COMMA.match(block, start, end)
            start = comma.end() if comma else end
