"""Parser events in, the article's leaves out: every block that holds inline content, as spans.

A leaf is a paragraph, heading, table cell, tight item text, definition term or a run of
text in an HTML block. Its `parts` are the inline things that are not plain text, in source
order. This is the hot loop of the library: one pass, no objects but tuples.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from translate_pipeline.model import Kind

__all__ = [
    "ATOM",
    "CLOSE",
    "CODE",
    "HARD",
    "HTML",
    "IMAGE",
    "MATH",
    "NOTE",
    "SOFT",
    "Leaf",
    "Leaves",
    "Listing",
    "collect",
]


# What an inline part is: `(SOFT, start, end)`. Plain numbers: they are compared in the loops
# that every byte passes through, and an enum member costs three times as much.
SOFT = 0  # newline and continuation prefix
HARD = 1  # the same, with a break that shows
CODE = 2
MATH = 3
NOTE = 4  # footnote mark
HTML = 5  # a tag or a comment
ATOM = 6  # autolink, template output, or anything else nobody may touch
CLOSE = 7  # `](target "title")`, with the label of a reference link and the link's start
IMAGE = 8  # the same of an image


class Leaf(NamedTuple):
    """`start` and `end` are byte offsets into the shadow (and so the source)."""

    kind: Kind
    start: int
    end: int
    parts: tuple[tuple[Any, ...], ...]
    level: int = 0
    key: str = ""


class Listing(NamedTuple):
    """One list: the leaves `first` to `last` (exclusive) stand in it, in `items` items."""

    first: int
    last: int
    items: int
    outermost: bool


class Leaves(NamedTuple):
    """Everything one pass over the events yields.

    `html` are the HTML blocks as `(index of the next leaf, ((start, end) of each line))`;
    `fragments` the in-page link targets (`#x`), `nested` the indices of the leaves whose parts
    may hold prose of their own (the title of a link, an attribute of an inline tag).
    """

    leaves: list[Leaf]
    lists: list[Listing]
    html: list[tuple[int, tuple[tuple[int, int], ...]]]
    fragments: set[str]
    headings: list[tuple[int, str | None]]  # (index of its leaf or -1, explicit id)
    nested: set[int]


def collect(events: Iterator[tuple[Any, Any]], raw: bytes, *, keeps_lines: bool = False) -> Leaves:
    """Gather the leaves of `raw` (the shadow's bytes) from its parser events.

    With `keeps_lines` every line break shows, as only hard ones do else.
    """
    leaves: list[Leaf] = []
    lists: list[Listing] = []
    html: list[tuple[int, tuple[tuple[int, int], ...]]] = []
    fragments: set[str] = set()
    headings: list[tuple[int, str | None]] = []
    nested: set[int] = set()
    containers: list[Kind] = [Kind.PARAGRAPH]
    open_lists: list[list[int]] = []
    links: list[tuple[int, str, str, int]] = []
    parts: list[tuple[Any, ...]] = []
    lines: list[tuple[int, int]] = []
    first = last = -1  # span of the leaf being read, -1: none
    inside = 0  # depth of code and metadata blocks: their text is not prose
    quotes = 0
    level = 0
    heading_id: str | None = None
    table_cell, heading = Kind.TABLE_CELL, Kind.HEADING
    soft = HARD if keeps_lines else SOFT

    # Every byte passes here: the frequent events come first, and each test is one look-up.
    for event, span in events:
        if "Text" in event:
            if not inside:
                last = span["end"]
                if first < 0:
                    first = span["start"]
                    if raw[first - 1] == _BACKSLASH and first and _escaped(raw, first):
                        first -= 1  # the backslash of an escape belongs to no event
        elif "Start" in event:
            value = event["Start"]
            if value.__class__ is str:
                if value in _EMPHASIS:
                    last = span["start"]
                    if first < 0:
                        first = last
                    continue
                if first >= 0:
                    _add(leaves, containers[-1], first, last, parts)
                    first = -1
                if value == "Item":
                    open_lists[-1][1] += 1
                    containers.append(Kind.LIST_ITEM)
                elif value == "DefinitionListDefinition":
                    containers.append(Kind.DEFINITION)
                elif value == "HtmlBlock":
                    inside += 1  # a tab that was only partly indentation gives a `Text` here
                continue
            ((inner, data),) = value.items()
            if inner == "Link" or inner == "Image":
                start = span["start"]
                if first < 0:
                    first = start
                links.append((start, data["link_type"], data["id"], len(parts)))
                last = start + 1
                if data["dest_url"][:1] == "#" and inner == "Link":
                    fragments.add(data["dest_url"][1:])
                continue
            if first >= 0:
                _add(leaves, containers[-1], first, last, parts)
                first = -1
            if inner == "Heading":
                level = int(data["level"][1])
                heading_id = data["id"]
            elif inner == "CodeBlock" or inner == "MetadataBlock":
                inside += 1
            elif inner == "List":
                open_lists.append([len(leaves), 0])
            elif inner == "BlockQuote":
                quotes += 1
                containers.append(Kind.QUOTE)
            elif inner == "FootnoteDefinition":
                containers.append(Kind.FOOTNOTE)
        elif "End" in event:
            value = event["End"]
            if value == "Paragraph":
                if first >= 0:
                    _add(leaves, containers[-1], first, last, parts)
                    first = -1
            elif value.__class__ is dict:
                if "Heading" in value:
                    headings.append((len(leaves) if first >= 0 else -1, heading_id))
                    if first >= 0:
                        _add(leaves, heading, first, last, parts, level)
                        first = -1
                elif "List" in value:
                    start, items = open_lists.pop()
                    lists.append(Listing(start, len(leaves), items, not open_lists))
                elif "BlockQuote" in value:
                    quotes -= 1
                    containers.pop()
                elif "MetadataBlock" in value:
                    inside -= 1
            elif value in _CONTAINERS:
                kind = containers.pop()
                if first >= 0:
                    _add(leaves, kind, first, last, parts)
                    first = -1
            elif value == "Link" or value == "Image":
                start, what, label, mark = links.pop()
                end = span["end"]
                if what == "Autolink" or what == "Email":
                    del parts[mark:]
                    parts.append((ATOM, start, end))
                else:
                    close = raw.find(b"]", max(last, start + 1), end)
                    if close < 0:
                        close = end - 1
                    if raw[end - 2] in _QUOTES:
                        nested.add(len(leaves))
                    if what == "Collapsed" and raw[end : end + 2] == b"[]":
                        end += 2
                    part = CLOSE if value == "Link" else IMAGE
                    parts.append((part, close, end, label if what in _REFERENCES else None, start))
                last = end
            elif value == "TableCell":
                if first >= 0:
                    _add(leaves, table_cell, first, last, parts)
                    first = -1
            elif value in _EMPHASIS:
                last = span["end"]
            elif value == "CodeBlock":
                inside -= 1
            elif value == "HtmlBlock":
                inside -= 1
                html.append((len(leaves), tuple(lines)))
                lines.clear()
            elif value == "DefinitionListTitle" and first >= 0:
                _add(leaves, Kind.DEFINITION, first, last, parts)
                first = -1
        elif "Code" in event:
            start, last = span["start"], span["end"]
            parts.append((CODE, start, last))
            if first < 0:
                first = start
        elif event == "SoftBreak" or event == "HardBreak":
            start = span["start"]
            last = span["end"]
            if raw[last : last + 1] in b" \t>":
                last = _behind_prefix(raw, last, quotes)
            parts.append((soft if event == "SoftBreak" else HARD, start, last))
        elif "Html" in event:
            lines.append((span["start"], span["end"]))
        elif event == "Rule":
            if first >= 0:
                _add(leaves, containers[-1], first, last, parts)
                first = -1
        elif "TaskListMarker" not in event:
            (inline,) = event
            start, last = span["start"], span["end"]
            if inline == "InlineHtml":
                nested.add(len(leaves))
            parts.append((_INLINE[inline], start, last))
            if first < 0:
                first = start
    return Leaves(leaves, lists, html, fragments, headings, nested)


def _add(
    leaves: list[Leaf], kind: Kind, first: int, last: int, parts: list[Any], level: int = 0
) -> None:
    """Append the leaf that has been read, and begin anew."""
    leaves.append(_new(Leaf, (kind, first, last, tuple(parts), level, "")))
    if parts:
        parts.clear()


_new = tuple.__new__  # a named tuple without its keyword handling: a third of the time
_BACKSLASH = 92
_QUOTES = b"\"'"  # what a link's title ends with
_EMPHASIS = frozenset(("Emphasis", "Strong", "Strikethrough"))
_CONTAINERS = frozenset(("Item", "DefinitionListDefinition", "FootnoteDefinition"))
_REFERENCES = frozenset(
    ("Reference", "Collapsed", "Shortcut", "ReferenceUnknown", "CollapsedUnknown")
)
_INLINE = {
    "InlineMath": MATH,
    "DisplayMath": MATH,
    "InlineHtml": HTML,
    "FootnoteReference": NOTE,
}


def _behind_prefix(raw: bytes, position: int, quotes: int) -> int:
    """The offset where the next line's own text starts: behind indentation and `>`."""
    size = len(raw)
    while position < size:
        byte = raw[position]
        if byte == 32 or byte == 9:
            position += 1
        elif byte == 62 and quotes > 0:
            quotes -= 1
            position += 1
        else:
            break
    return position


def _escaped(raw: bytes, position: int) -> bool:
    """True when the backslash before `position` is not itself escaped."""
    count = 0
    while position > count and raw[position - 1 - count] == 92:
        count += 1
    return count % 2 == 1
