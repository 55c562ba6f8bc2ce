"""Front matter's text and keys in, the text without those top-level keys out.

The law: every other byte stays. What goes is the key, its value with all its lines, a comment
on these lines, and the comments above that belong to it (`line_above`). The proof reads the
result again: it loads as the source does minus the key, or it is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import yaml

from translate_pipeline.article import front_matter_toml
from translate_pipeline.article.front_matter_edit import Edit, line_above, line_of, same, splice
from translate_pipeline.article.front_matter_json import _TOKEN as _JSON_TOKEN
from translate_pipeline.article.front_matter_toml import _TOKEN, _name
from translate_pipeline.article.front_matter_yaml_style import LOADER
from translate_pipeline.article.front_matter_yaml_walk import Node, walk
from translate_pipeline.errors import FrontMatterError

__all__ = ["remove"]

_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\n|\r|\Z)")
_COMMENT = re.compile(r"([ \t]*+)#[^\r\n]*+(?:\r\n|\n|\r|\Z)")
_BLANK = re.compile(r"(?:[ \t]*+(?:\r\n|\n|\r))*+")
_NOTHING = [Node("{"), Node("}")]


class _Member(NamedTuple):
    """A top-level key and its value; offsets are code points of the text."""

    name: str | None  # None: a key that is no text
    key_at: int
    column: int
    floor: int  # where the value before this key ends
    end: int  # of the value
    first: int = 0  # the nodes of key and value, as `walk` counts them
    last: int = 0


def remove(form: str, text: str, keys: Sequence[str]) -> str:
    """`text` in the format `form` (yaml, toml, json) without the top-level `keys`.

    A key that is not there changes nothing.

    Raises:
        FrontMatterError: invalid text; a value that an alias stands for elsewhere; a key that
            cannot be cut out without changing others. `line` counts from 1 in `text`.
    """
    cut = _FORMATS[form]
    for key in dict.fromkeys(keys):
        text = cut(text, key)
    return text


def _refused(key: str) -> FrontMatterError:
    return FrontMatterError(
        f"`{key}` cannot be dropped from this front matter without changing other keys; "
        "write it on lines of its own"
    )


def _behind_line(text: str, end: int) -> int:
    """Where the line ends on which `end` stands, its line end included."""
    line = _LINE.match(text, end)
    return line.end() if line else len(text)


def _flow(text: str, members: Sequence[_Member], index: int) -> list[Edit]:
    """Cut one member and its comma out of `{a: 1, b: 2}`."""
    member = members[index]
    if index + 1 < len(members):
        return [Edit(member.key_at, members[index + 1].key_at, "")]
    if not index:  # with the comma that may follow
        comma = re.compile(r"\s*+,").match(text, member.end)
        return [Edit(member.key_at, comma.end() if comma else member.end, "")]
    before = members[index - 1].end
    comma_at = text.index(",", before)
    if text[comma_at + 1 : member.key_at].isspace() or comma_at + 1 == member.key_at:
        return [Edit(before, member.end, "")]
    return [Edit(comma_at, comma_at + 1, ""), Edit(member.key_at, member.end, "")]  # a comment


# --- YAML ----------------------------------------------------------------------


def _yaml(text: str, key: str) -> str:
    document = walk(text)
    if document is None or key not in document.keys:
        return text
    members = _yaml_members(text)
    index = [member.name for member in members].index(key)
    member = members[index]
    gone = document.nodes[member.first : member.last]
    rest = document.nodes[: member.first] + document.nodes[member.last :]
    anchors = {node.anchor for node in gone if node.anchor}
    shared = sorted(anchors.intersection(node.value for node in rest if node.kind == "*"))
    if shared:
        raise FrontMatterError(
            f"`{key}` cannot be dropped: its value `&{shared[0]}` is used elsewhere as "
            f"`*{shared[0]}`; write the value out there, or keep the key",
            line=line_of(text, member.key_at) + 1,
        )
    if document.flow:
        results = [splice(text, _flow(text, members, index))]
    else:
        start = line_above(text, member.key_at, member.floor)
        end = _behind_comments(text, member)
        # Blank lines below stay, unless they would become part of a `|+` above.
        blank = _BLANK.match(text, end)
        results = [text[:start] + text[end:]]
        if blank and blank[0]:
            results.append(text[:start] + text[blank.end() :])
    for result in results:
        try:
            again = walk(result)
        except FrontMatterError:
            again = None
        if again is not None and (again.nodes or _NOTHING) == rest:
            return result
    raise _refused(key)


def _yaml_members(text: str) -> list[_Member]:
    """The pairs of the root mapping, in YAML that `walk` has accepted."""
    members: list[_Member] = []
    flows: list[bool] = []  # of the open collections: written with brackets?
    nodes = last = 0
    key: _Member | None = None  # whose value is being read
    name, begin = None, (0, 0, 0, 0)
    event: Any  # PyYAML's stubs know only the base class
    for event in yaml.parse(text, Loader=LOADER):
        kind = type(event)
        opens = kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent
        closes = kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent
        if not (opens or closes or kind is yaml.ScalarEvent or kind is yaml.AliasEvent):
            continue
        if not closes and len(flows) == 1 and key is None:
            name = event.value if kind is yaml.ScalarEvent else None
            begin = (event.start_mark.index, event.start_mark.column, last, nodes)
        nodes += 1
        if opens:
            flows.append(bool(event.flow_style))
            continue
        if (
            not closes or flows.pop()
        ):  # a collection without brackets ends where its last value does
            last = event.end_mark.index
        if len(flows) != 1:
            continue
        if key is None:
            key = _Member(name, *begin[:3], end=0, first=begin[3])
        else:
            members.append(key._replace(end=last, last=nodes))
            key = None
    return members


def _behind_comments(text: str, member: _Member) -> int:
    """Behind the last line of a value, and behind the deeper comments that follow it."""
    end = member.end
    if text[end - 1 : end] not in ("\n", "\r"):  # a block scalar ends behind its last line end
        end = _behind_line(text, end)
    while (comment := _COMMENT.match(text, end)) and len(comment[1]) > member.column:
        end = comment.end()
    return end


# --- TOML ----------------------------------------------------------------------


class _Statement(NamedTuple):
    """A pair or a table header of TOML, by the first part of its key."""

    name: str
    header: bool
    start: int
    floor: int  # where the statement before it ends
    end: int


def _toml(text: str, key: str) -> str:
    loaded = front_matter_toml.load(text)
    if key not in loaded:
        return text
    edits: list[Edit] = []
    header = gone = False  # of the table that the pairs stand in
    for statement in _toml_statements(text):
        inside = header and gone and not statement.header
        if statement.header:
            header, gone = True, statement.name == key
        if inside:  # with all that stands between this pair and the one before it
            edits[-1] = edits[-1]._replace(end=_behind_line(text, statement.end))
        elif statement.name == key and (statement.header or not header):
            start = line_above(text, statement.start, statement.floor)
            edits.append(Edit(start, _behind_line(text, statement.end), ""))
    result = splice(text, edits)
    wanted = {name: value for name, value in loaded.items() if name != key}
    try:
        proven = same(front_matter_toml.load(result), wanted)
    except FrontMatterError:
        proven = False
    if not proven:
        raise _refused(key)
    return result


def _toml_statements(text: str) -> Iterator[_Statement]:
    """The statements of TOML that `tomllib` has accepted, in order."""
    name: str | None = None
    header = False
    start = depth = last = floor = 0
    for token in _TOKEN.finditer(text):
        if token["space"]:
            continue
        if token["end"]:
            if name is not None and not depth:
                yield _Statement(name, header, start, floor, last)
                name, header, floor = None, False, last
            continue
        if name is None:
            if token["sign"]:
                header, start = True, token.start() if not header else start
                continue
            start = start if header else token.start()
            name = _name(token[0])
        elif token["sign"] and not header:
            depth += (token[0] in "[{") - (token[0] in "]}")
        last = token.end()
    if name is not None:
        yield _Statement(name, header, start, floor, last)


# --- JSON ----------------------------------------------------------------------


def _json(text: str, key: str) -> str:
    loaded = json.loads(text)
    if key not in loaded:
        return text
    members = _json_members(text)
    index = [member.name for member in members].index(key)
    result = splice(text, _flow(text, members, index))
    del loaded[key]
    try:
        proven = same(json.loads(result), loaded)
    except ValueError:
        proven = False
    if not proven:
        raise _refused(key)
    return result


def _json_members(text: str) -> list[_Member]:
    """The pairs of the root of JSON whose nesting is known to be harmless."""
    members: list[_Member] = []
    depth = last = floor = 0
    key: re.Match[str] | None = None
    for token in _JSON_TOKEN.finditer(text):
        sign = token[2]
        if sign and sign in "}]":
            depth -= 1
        if key is None and depth == 1 and token[1]:
            key = token
        elif key is not None and ((sign == "," and depth == 1) or not depth):
            members.append(_Member(json.loads(key[0]), key.start(), 0, floor, last))
            key, floor = None, last
        if sign and sign in "{[":
            depth += 1
        last = token.end()
    return members


_FORMATS: Mapping[str, Callable[[str, str], str]] = {"yaml": _yaml, "toml": _toml, "json": _json}
