"""What a walk over YAML text gives: its nodes and the places of its values; values, no code.

`front_matter_yaml_walk.py` makes them from the parser's events, `front_matter_yaml_flat.py` from
the lines of the simplest front matter. Offsets are code points of the text between the fences.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["MAX_NODES", "Document", "Entry", "Node"]

# What an alias bomb of 246 characters would expand to is counted, never built.
MAX_NODES = 100_000


class Node(NamedTuple):
    """What the parser says of a node, without its place; equal nodes load equal."""

    kind: str  # = scalar, * alias, { mapping, [ sequence, } end of either, ? see the proof
    value: str = ""
    tag: str | None = None
    plain: bool = False
    anchor: str | None = None


class Entry(NamedTuple):
    """A key and its value in a mapping that dotted keys can reach; offsets are code points."""

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
    node: int  # place of the value among the nodes
    flow: bool
    anchors: tuple[str, ...]  # of the value and of what holds it


@dataclass(slots=True)
class Document:
    """The walk's result; `keys` are the top-level keys, None for one that is no text."""

    entries: list[Entry] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    aliased: set[str] = field(default_factory=set)
    flow: bool = False
    column: int = 0
    start: int = 0
    last: int = 0  # where the last value ends
