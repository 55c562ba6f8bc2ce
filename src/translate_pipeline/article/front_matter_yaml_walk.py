"""YAML text in, its nodes with their places out; flat and bounded, whatever the input.

The parser's events are walked once: spans of every value that a dotted key reaches, the nodes
themselves for the proof after an edit, and the refusals (a key twice, nesting, aliases that stand
for too much). Nothing is built from the text, and nothing recurses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

from translate_pipeline.article.front_matter_edit import MAX_DEPTH, line_of
from translate_pipeline.article.front_matter_yaml_flat import flat
from translate_pipeline.article.front_matter_yaml_nodes import MAX_NODES, Document, Entry, Node
from translate_pipeline.article.front_matter_yaml_style import LOADER, STR, resolve
from translate_pipeline.errors import FrontMatterError

__all__ = ["Document", "Entry", "Node", "refuse", "walk"]

# A line that prose has rarely: tells broken front matter from text under a thematic break.
_KEY_LINE = re.compile(r"^[ \t]*[\"']?[\w.-]+[\"']?[ \t]*:(?:\s|$)", re.MULTILINE)


@dataclass(slots=True)
class _Frame:
    """A collection that is open during the walk."""

    mapping: bool
    path: str | None  # None: no dotted key leads here
    flow: bool
    anchors: tuple[str, ...]
    anchor: str | None
    before: int  # nodes before this one
    key: Any = None  # the event of the key whose value is next
    floor: int = 0
    seen: set[str] = field(default_factory=set)


# Reading, writing and proving one article walk the same two texts twice each.
@lru_cache(maxsize=4)
def walk(text: str) -> Document | None:
    """The nodes of the text, or None if it is no mapping but text under a thematic break.

    Nobody changes the result: callers share it.

    Raises:
        FrontMatterError: invalid YAML, a key twice, nested too deep, aliases that stand for too
            much; `line` counts from 1 at the first line of `text`.
    """
    if text.startswith("\ufeff"):  # the parser would skip it, and count all places from there
        raise refuse(text, 0, "a byte order mark stands inside the front matter; remove it")
    document = flat(text)
    if document is not None:
        return document
    try:
        return _Walk(text).run()
    except yaml.YAMLError as error:
        if not _KEY_LINE.search(text):
            return None
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
        raise refuse(
            text,
            mark.index if mark else getattr(error, "position", 0),
            f"the front matter is no valid YAML ({why}); put the value in quotes or mend this "
            "line (if this is text under a thematic break, write the break as `***`)",
        ) from error


def refuse(text: str, index: int, why: str) -> FrontMatterError:
    """The error to raise for what stands at `index`."""
    return FrontMatterError(why, line=line_of(text, index) + 1)


class _Walk:
    """One pass over the events of one text."""

    __slots__ = ("document", "frames", "scalars", "sizes", "text", "total")

    def __init__(self, text: str) -> None:
        self.text = text
        self.document = Document()
        self.frames: list[_Frame] = []
        self.scalars: dict[str, tuple[str, str]] = {}  # value and tag by anchor
        self.sizes: dict[str, int] = {}  # nodes behind an anchor, aliases expanded
        self.total = 0

    def run(self) -> Document | None:
        event: Any  # PyYAML's stubs know only the base class
        for event in yaml.parse(self.text, Loader=LOADER):
            kind: type = type(event)
            if kind is yaml.ScalarEvent:
                if not self._scalar(event):
                    return None
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if not self._open(event, mapping=kind is yaml.MappingStartEvent):
                    return None
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._close(event)
            elif kind is yaml.AliasEvent:
                self._alias(event)
            elif kind is yaml.DocumentStartEvent and self.document.nodes:
                raise self._refuse(event, "a second YAML document begins here; keep only one")
        return self.document

    def _refuse(self, event: Any, why: str) -> FrontMatterError:
        return refuse(self.text, event.start_mark.index, why)

    def _scalar(self, event: Any) -> bool:
        """False: a lone scalar is no mapping."""
        if not self.frames:
            return False
        value, plain, anchor = event.value, event.implicit[0], event.anchor
        frame = self.frames[-1]
        key = frame.mapping and frame.key is None  # nobody asks for the type of a key
        tag = event.tag or (STR if key and not anchor else resolve(value, plain=plain))
        self._count(event, 1)
        self._place(event, value, tag, event.style or "")
        self.document.nodes.append(Node("=", value, event.tag, plain, anchor))
        self.document.last = event.end_mark.index
        if anchor:
            self.sizes[anchor], self.scalars[anchor] = 1, (value, tag)
        return True

    def _alias(self, event: Any) -> None:
        name = event.anchor
        if name not in self.sizes:
            raise self._refuse(event, f"the alias `*{name}` has no anchor; write the value out")
        self._count(event, self.sizes[name])
        value, tag = self.scalars.get(name, ("", ""))
        self._place(event, value, tag, "*" if tag else "{")
        self.document.aliased.add(name)
        self.document.nodes.append(Node("*", name))
        self.document.last = event.end_mark.index

    def _open(self, event: Any, *, mapping: bool) -> bool:
        """False: the root is a list."""
        if len(self.frames) == MAX_DEPTH:
            raise self._refuse(event, f"nested deeper than {MAX_DEPTH} levels; flatten this")
        path: str | None = ""
        anchors: tuple[str, ...] = ()
        if self.frames:
            path = self._place(event, "", "", "{")
            anchors = self.frames[-1].anchors
        elif mapping:
            self.document.flow = bool(event.flow_style)
            self.document.start = event.start_mark.index
            self.document.column = event.start_mark.column
        else:
            return False
        if event.anchor:
            anchors = (*anchors, event.anchor)
            self.sizes.pop(event.anchor, None)  # only known again when it is closed
            self.scalars.pop(event.anchor, None)
        reachable = path if mapping else None
        flow = bool(event.flow_style)
        self.frames.append(_Frame(mapping, reachable, flow, anchors, event.anchor, self.total))
        self.document.nodes.append(
            Node("{" if mapping else "[", tag=event.tag, anchor=event.anchor)
        )
        self._count(event, 1)
        return True

    def _close(self, event: Any) -> None:
        frame = self.frames.pop()
        self.document.nodes.append(Node("}"))
        if frame.anchor:
            self.sizes[frame.anchor] = self.total - frame.before
        if frame.flow and self.frames:
            self.document.last = event.end_mark.index

    def _count(self, event: Any, size: int) -> None:
        self.total += size
        if self.total > MAX_NODES:
            raise self._refuse(
                event,
                f"more than {MAX_NODES} values, counting what aliases stand for; "
                "move this data to a file of its own",
            )

    def _place(self, event: Any, value: str, tag: str, style: str) -> str | None:
        """Note a node as key or value of the open mapping; its dotted path, None without one."""
        frame = self.frames[-1]
        if not frame.mapping:
            return None
        if frame.key is None:
            frame.key, frame.floor = event, self.document.last
            name = value if type(event) is yaml.ScalarEvent else None
            if name is not None:
                if name in frame.seen:
                    raise self._refuse(
                        event, f"the key `{name[:40]}` stands here a second time; remove one"
                    )
                frame.seen.add(name)
            if len(self.frames) == 1:
                self.document.keys.append(name)
            return None
        key, frame.key = frame.key, None
        scalar_key = type(key) is yaml.ScalarEvent
        if frame.path is None or not scalar_key:
            return None
        top = len(self.frames) == 1
        path = key.value if top else f"{frame.path}.{key.value}"
        anchor = None if type(event) is yaml.AliasEvent else event.anchor
        self.document.entries.append(
            Entry(
                path=path,
                top=top,
                key_at=key.start_mark.index,
                column=key.start_mark.column,
                floor=frame.floor,
                value=value,
                tag=tag,
                style=style,
                start=event.start_mark.index,
                end=event.end_mark.index,
                node=len(self.document.nodes),
                flow=frame.flow,
                anchors=(*frame.anchors, anchor) if anchor else frame.anchors,
            )
        )
        return path
