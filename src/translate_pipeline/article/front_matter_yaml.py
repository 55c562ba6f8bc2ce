"""YAML between the fences in, the same YAML with some values changed out; the rest keeps its bytes.

The text is never loaded and dumped again: the parser's events give the span of every scalar, a
changed scalar is written in its own quoting style, and the proof compares the events before and
after, so a changed type (`no`, `12:30`) or a swallowed comment cannot go unseen. Events also make
the walk flat: no recursion, however deep the input. libyaml is used where PyYAML has it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import yaml

from translate_pipeline.article.front_matter_edit import (
    MAX_DEPTH,
    Edit,
    Found,
    Scalar,
    additions,
    keep_tail,
    line_of,
    same,
    splice,
)
from translate_pipeline.article.front_matter_yaml_style import (
    LOADER,
    STR,
    block,
    content_end,
    inline,
    resolve,
    typed,
)
from translate_pipeline.errors import FrontMatterError

__all__ = ["find", "rewrite"]

# What an alias bomb of 246 characters would expand to is counted, never built.
MAX_NODES = 100_000

# A line that prose has rarely: tells broken front matter from text under a thematic break.
_KEY_LINE = re.compile(r"^[ \t]*[\"']?[\w.-]+[\"']?[ \t]*:(?:\s|$)", re.MULTILINE)
# Anchor and tag stand before the scalar, inside the span that the parser reports.
_PROPERTIES = re.compile(r"(?:[&!]\S*(?:[ \t]+(?:#[^\r\n]*)?|[\r\n]+)*)+")


class _Node(NamedTuple):
    """What the parser says of a node, without its place; equal nodes load equal."""

    kind: str  # = scalar, * alias, { mapping, [ sequence, } end
    value: str = ""
    tag: str | None = None
    plain: bool = False
    anchor: str | None = None


class _Entry(NamedTuple):
    """A key and its value in a mapping that dotted keys can reach."""

    path: str
    top: bool
    key_at: int
    column: int  # of the key
    floor: int  # where the value before this key ends
    value: str
    tag: str  # "" for a collection
    style: str  # "" plain, ', ", |, >, * alias, { collection
    start: int
    end: int
    index: int  # of the value among the nodes
    flow: bool
    anchors: tuple[str, ...]  # of the value and of what holds it


@dataclass(slots=True)
class _Frame:
    """A collection that is open during the walk."""

    mapping: bool
    path: str | None  # None: no dotted key leads here
    flow: bool
    anchors: tuple[str, ...]
    name: str | None
    size: int
    key: yaml.Event | None = None
    floor: int = 0
    seen: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Document:
    """The walk's result; `keys` are the top-level keys, None for one that is no text."""

    entries: list[_Entry] = field(default_factory=list)
    nodes: list[_Node] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    aliased: set[str] = field(default_factory=set)
    flow: bool = False
    column: int = 0
    start: int = 0
    last: int = 0  # where the last value ends


def find(text: str, keys: Collection[str]) -> list[Found] | None:
    """The chosen strings in document order, or None if the text is no mapping.

    Raises:
        FrontMatterError: invalid YAML, a key twice, too deep, too many aliases, or a chosen value
            that stands for others too; `line` counts from 1 at the first line of `text`.
    """
    document = _read(text)
    if document is None:
        return None
    found: dict[str, Found] = {}
    for entry in document.entries:
        if entry.path in keys and entry.tag == STR and entry.value.strip():
            _check_own(text, document, entry)
            start, end = _span(text, entry)
            found.setdefault(entry.path, Found(entry.path, entry.value, start, end))
    return list(found.values())


def rewrite(
    text: str, fields: Mapping[str, str], settings: Mapping[str, Scalar], newline: str
) -> str:
    """The text with new strings and settings in place.

    Raises:
        FrontMatterError: a key is missing or holds no text, or the result would not load as the
            source does but for the new values.
    """
    document = _read(text) or _Document()
    edits: list[Edit] = []
    wanted: dict[int, _Node] = {}
    first = {entry.path: entry for entry in reversed(document.entries) if entry.tag == STR}
    for key, value in fields.items():
        entry = first.get(key)
        if entry is None:
            raise FrontMatterError(f"front matter has no text under `{key}` to translate")
        if entry.style in ("|", ">"):
            value = keep_tail(entry.value, value)
        if value != entry.value:
            _check_own(text, document, entry)
            edits.append(_change(text, entry, value, newline))
            wanted[entry.index] = _want(value, STR, document.nodes[entry.index])
    for entry in document.entries:
        if entry.top and entry.path in settings:
            spelling, tag = typed(settings[entry.path])
            if not _holds(entry, settings[entry.path]):
                _check_own(text, document, entry)
                edits.append(_set(text, entry, spelling, tag))
                wanted[entry.index] = _want(spelling, tag, document.nodes[entry.index])
    added = additions(document.keys, settings)
    edits += (_add(text, document, *place, newline) for place in added)
    if not edits:
        return text
    result = splice(text, edits)
    _prove(result, document, wanted, added)
    return result


def _refuse(text: str, index: int, why: str) -> FrontMatterError:
    return FrontMatterError(why, line=line_of(text, index) + 1)


def _read(text: str) -> _Document | None:
    """The walk, with the parser's errors in the library's words."""
    try:
        return _walk(text)
    except yaml.YAMLError as error:
        if not _KEY_LINE.search(text):
            return None
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or getattr(error, "reason", "") or "unreadable"
        index = mark.index if mark else getattr(error, "position", 0)
        raise _refuse(
            text,
            index,
            f"the front matter is no valid YAML ({why}); put the value in quotes or mend this "
            "line (if this is text under a thematic break, write the break as `***`)",
        ) from error


def _walk(text: str) -> _Document | None:
    document = _Document()
    frames: list[_Frame] = []
    scalars: dict[str, tuple[str, str]] = {}  # by anchor
    sizes: dict[str, int] = {}  # nodes behind an anchor, aliases expanded
    total = 0
    for event in yaml.parse(text, Loader=LOADER):
        kind = type(event)
        at = event.start_mark.index
        value, tag, style = "", "", "{"
        if kind is yaml.ScalarEvent:
            value, style = event.value, event.style or ""
            tag = event.tag or resolve(value, plain=event.implicit[0])
            node = _Node("=", value, event.tag, event.implicit[0], event.anchor)
        elif kind is yaml.AliasEvent:
            if event.anchor not in sizes:
                raise _refuse(text, at, "an alias without its anchor; write the value out")
            document.aliased.add(event.anchor)
            value, tag = scalars.get(event.anchor, ("", ""))
            style = "*" if tag else "{"
            node = _Node("*", event.anchor)
            total += sizes[event.anchor]
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            sign = "{" if kind is yaml.MappingStartEvent else "["
            node = _Node(sign, tag=event.tag, anchor=event.anchor)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            closed = frames.pop()
            document.nodes.append(_Node("}"))
            if closed.name:
                sizes[closed.name] = total - closed.size
            if closed.flow:
                document.last = event.end_mark.index
            continue
        elif kind is yaml.DocumentStartEvent and document.nodes:
            raise _refuse(text, at, "a second YAML document; front matter has one, remove this")
        else:
            continue

        total += 1
        if total > MAX_NODES:
            raise _refuse(text, at, "the aliases stand for too many values; write them out")
        parent = frames[-1] if frames else None
        path: str | None = None
        name = None if kind is yaml.AliasEvent else event.anchor
        if name:
            sizes.pop(name, None)
            scalars.pop(name, None)
        anchors = parent.anchors if parent else ()
        if name:
            anchors = (*anchors, name)
        if parent is None:
            if kind is not yaml.MappingStartEvent:
                return None
            path = ""
            document.flow = bool(event.flow_style)
            document.column, document.start = event.start_mark.column, at
        elif parent.mapping and parent.key is None:
            if kind is yaml.ScalarEvent:
                if value in parent.seen:
                    raise _refuse(text, at, f"the key `{value[:40]}` stands here a second time; "
                                  "remove one of the two")
                parent.seen.add(value)
            parent.key, parent.floor = event, document.last
            if len(frames) == 1:
                document.keys.append(value if kind is yaml.ScalarEvent else None)
        elif parent.mapping:
            key, parent.key = parent.key, None
            if parent.path is not None and isinstance(key, yaml.ScalarEvent):
                path = key.value if len(frames) == 1 else f"{parent.path}.{key.value}"
                document.entries.append(
                    _Entry(
                        path,
                        len(frames) == 1,
                        key.start_mark.index,
                        key.start_mark.column,
                        parent.floor,
                        value,
                        tag,
                        style,
                        at,
                        event.end_mark.index,
                        len(document.nodes),
                        parent.flow,
                        anchors,
                    )
                )
        document.nodes.append(node)
        if style == "{" and kind is not yaml.AliasEvent:
            if len(frames) == MAX_DEPTH:
                raise _refuse(text, at, f"nested deeper than {MAX_DEPTH} levels; flatten this")
            mapping = kind is yaml.MappingStartEvent
            frames.append(
                _Frame(mapping, path if mapping else None, bool(event.flow_style), anchors, name,
                       total - 1)
            )
        else:
            document.last = event.end_mark.index
            if name:
                sizes[name], scalars[name] = 1, (value, tag)
    return document
