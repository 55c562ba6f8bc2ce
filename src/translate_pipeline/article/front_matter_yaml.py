"""YAML between the fences in, the same YAML with some values changed out; the rest keeps its bytes.

The text is never loaded and dumped again: a changed scalar is written in its own quoting style
over its own span, and the proof compares the parser's events before and after, so that a changed
type (`no`, `12:30`) or a swallowed comment cannot go unseen.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

import yaml

from translate_pipeline.article.front_matter_edit import (
    Edit,
    Found,
    Scalar,
    additions,
    keep_tail,
    line_above,
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
from translate_pipeline.article.front_matter_yaml_walk import Document, Entry, Node, refuse, walk
from translate_pipeline.errors import FrontMatterError

__all__ = ["find", "load", "rewrite"]

# Anchor and tag stand before the scalar, inside the span that the parser reports.
_PROPERTIES = re.compile(r"(?:[&!][^ \t\r\n]*+(?:[ \t\r\n]++(?:#[^\r\n]*+[ \t\r\n]*+)*+)?)++")


class _Reader(LOADER):  # type: ignore[misc]  # libyaml's or PyYAML's own, both untyped
    """A safe loader; what it cannot build (`!ENV x`, 2024-13-01) stays text."""


def _opaque(reader: yaml.SafeLoader, node: yaml.Node) -> object:
    if isinstance(node, yaml.MappingNode):
        return reader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return reader.construct_sequence(node, deep=True)
    return node.value


def _integer(reader: yaml.SafeLoader, node: yaml.ScalarNode) -> object:
    # `1:1:1…` is a number to base 60 for YAML 1.1, and a megabyte of it takes a minute
    return node.value if len(node.value) > 400 else reader.construct_yaml_int(node)


def _timestamp(reader: yaml.SafeLoader, node: yaml.ScalarNode) -> object:
    try:
        return reader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


_Reader.add_constructor(None, _opaque)
_Reader.add_constructor("tag:yaml.org,2002:int", _integer)
_Reader.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)


def load(text: str) -> dict[str, object]:
    """The whole mapping, read by python-frontmatter's handler; keys that are no text become text.

    Raises:
        FrontMatterError: the values cannot be built (a mapping as a key, `!!int x`).
    """
    from frontmatter.default_handlers import YAMLHandler  # noqa: PLC0415  # 87 ms, rarely needed

    try:
        loaded = YAMLHandler().load(text, Loader=_Reader)
    except (
        yaml.YAMLError,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        ArithmeticError,
    ) as e:
        raise FrontMatterError(f"front matter cannot be loaded ({e}); mend this value") from e
    return {str(key): value for key, value in (loaded or {}).items()}


def find(text: str, keys: Collection[str]) -> list[Found] | None:
    """The chosen strings in document order, or None if the text is no mapping.

    Raises:
        FrontMatterError: invalid YAML, a key twice, too deep, too many aliases, or a chosen value
            that stands for others too; `line` counts from 1 at the first line of `text`.
    """
    document = walk(text)
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
    document = walk(text) or Document()
    edits: list[Edit] = []
    wanted: dict[int, Node] = {}
    texts = [entry for entry in document.entries if entry.tag == STR and entry.value.strip()]
    first = {entry.path: entry for entry in reversed(texts)}
    for key, value in fields.items():
        entry = first.get(key)
        if entry is None:
            raise FrontMatterError(f"front matter has no text under `{key}` to translate")
        new = keep_tail(entry.value, value) if entry.style in ("|", ">") else value
        if new != entry.value:
            _check_own(text, document, entry)
            edits.append(_change(text, entry, new, newline))
            wanted[entry.node] = _want(new, STR, document.nodes[entry.node])
    for entry in document.entries:
        if entry.top and entry.path in settings and not _holds(entry, settings[entry.path]):
            _check_own(text, document, entry)
            edits.append(_set(text, entry, settings[entry.path]))
            wanted[entry.node] = _want(*typed(settings[entry.path]), document.nodes[entry.node])
    added = additions(document.keys, settings)
    edits += _add(text, document, added, newline)
    if not edits:
        return text
    result = splice(text, edits)
    _prove(result, document, wanted, added)
    return result


def _want(value: str, tag: str, old: Node) -> Node:
    return Node("?", value, tag, anchor=old.anchor if old.kind == "=" else None)


def _span(text: str, entry: Entry) -> tuple[int, int]:
    """The raw scalar without anchor and tag; a block scalar ends with its last filled line."""
    start, end = entry.start, entry.end
    if text[start : start + 1] in ("&", "!"):
        properties = _PROPERTIES.match(text, start, end)
        start = properties.end() if properties else start
    if entry.style in ("|", ">"):
        end = content_end(text, start, end)
    return start, end


def _check_own(text: str, document: Document, entry: Entry) -> None:
    shared = document.aliased.intersection(entry.anchors)
    if shared:
        raise refuse(
            text,
            entry.start,
            f"`{entry.path}` is also used through the alias `*{min(shared)}`, which would change "
            "with it; write the value out where the alias stands",
        )


def _holds(entry: Entry, value: Scalar) -> bool:
    if isinstance(value, str):
        return entry.tag == STR and entry.value == value
    if entry.tag != typed(value)[1]:
        return False
    try:
        return same(yaml.load(entry.value, Loader=_Reader), value)  # noqa: S506  # is a SafeLoader
    except (yaml.YAMLError, ValueError):
        return False


def _change(text: str, entry: Entry, value: str, newline: str) -> Edit:
    start, end = _span(text, entry)
    new = None
    if entry.style in ("|", ">"):
        new = block(text[start:end], entry.value, value, column=entry.column, newline=newline)
    style = '"' if entry.style in ("|", ">") else entry.style
    return Edit(start, end, new or inline(value, style, flow=entry.flow))


def _set(text: str, entry: Entry, value: Scalar) -> Edit:
    if not entry.tag:
        raise refuse(
            text,
            entry.key_at,
            f"`{entry.path}` holds a list or a mapping and cannot be set; "
            "remove the key, or do not set it",
        )
    start, end = _span(text, entry)
    spelling, tag = typed(value)
    if tag == STR:
        spelling = inline(spelling, entry.style, flow=entry.flow)
    return Edit(start, end, spelling if start < end else " " + spelling)


def _add(
    text: str, document: Document, added: Sequence[tuple[int, str, Scalar]], newline: str
) -> Iterable[Edit]:
    tops = [entry for entry in document.entries if entry.top]
    for number, (place, name, value) in enumerate(added):
        spelling, tag = typed(value)
        if tag == STR:
            spelling = inline(spelling, "", flow=document.flow)
        pair = f"{inline(name, '', flow=document.flow)}: {spelling}"
        if not document.flow:
            last = place == len(document.keys)
            at = len(text) if last else line_above(text, tops[place].key_at, tops[place].floor)
            yield Edit(at, at, " " * document.column + pair + newline)
        elif place < len(document.keys):
            yield Edit(tops[place].key_at, tops[place].key_at, pair + ", ")
        elif document.keys:
            yield Edit(document.last, document.last, ", " + pair)
        else:
            at = text.index("{", document.start) + 1
            yield Edit(at, at, ", " + pair if number else pair)


def _prove(
    result: str,
    document: Document,
    wanted: Mapping[int, Node],
    added: Sequence[tuple[int, str, Scalar]],
) -> None:
    """Read again: the same nodes, but for the wanted values and the added pairs."""
    nodes = document.nodes or [Node("{"), Node("}")]
    starts = [entry.node - 1 for entry in document.entries if entry.top]
    pairs: dict[int, list[Node]] = {}
    for place, name, value in added:
        at = starts[place] if place < len(document.keys) else len(nodes) - 1
        pairs.setdefault(at, []).extend((Node("?", name, STR), Node("?", *typed(value))))
    expected: list[Node] = []
    for index, node in enumerate(nodes):
        expected += (*pairs.get(index, ()), wanted.get(index, node))
    try:
        actual = walk(result)
    except FrontMatterError:
        actual = None
    if (
        actual is None
        or len(actual.nodes) != len(expected)
        or not all(map(_fits, actual.nodes, expected))
    ):
        raise FrontMatterError(
            "the new values cannot be written into this front matter without changing others; "
            'write the keys concerned as simple lines, `key: "text"`'
        )


def _fits(actual: Node, expected: Node) -> bool:
    if expected.kind != "?":
        return actual == expected
    tag = actual.tag or resolve(actual.value, plain=actual.plain)
    return (actual.kind, actual.value, tag, actual.anchor) == (
        "=",
        expected.value,
        expected.tag,
        expected.anchor,
    )
