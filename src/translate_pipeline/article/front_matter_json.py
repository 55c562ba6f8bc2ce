"""A JSON object at the top of an article in, the same object with some values changed out.

As Hugo writes it: no fences, the object itself is the front matter. Spans come from a flat pass
over the tokens; `json` does all reading, after the nesting is known to be harmless.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Collection, Mapping
from typing import NamedTuple, cast

from translate_pipeline.article.front_matter_edit import (
    MAX_DEPTH,
    Edit,
    Found,
    Scalar,
    additions,
    check_unicode,
    line_of,
    same,
    splice,
    stored,
)
from translate_pipeline.errors import FrontMatterError

__all__ = ["extent", "find", "load", "rewrite"]

# `{` and a quoted key: neither Liquid (`{%`, `{{`) nor an attribute list (`{:`, `{#`).
_OPENING = re.compile(rb'\{[ \t\r\n]*+"(?:[^"\\\r\n]|\\.)*+"[ \t\r\n]*+:')
_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*+"|([{\[])|([}\]])', re.DOTALL)
_TOKEN = re.compile(r'("(?:[^"\\]|\\.)*+")|([{}\[\],:])|[^ \t\r\n{}\[\],:"]++', re.DOTALL)


class _Entry(NamedTuple):
    """A key and its scalar; `end` is 0 for an object or an array."""

    path: tuple[str, ...]
    key_at: int
    key_end: int
    start: int
    end: int


class _Frame:
    """An open object or array; `path` is None where no dotted key leads."""

    __slots__ = ("key", "path", "seen")

    def __init__(self, path: tuple[str, ...] | None, *, mapping: bool) -> None:
        self.path = path
        self.key: tuple[str, int, int] | None = None
        self.seen: set[str] | None = set() if mapping else None


def extent(source: bytes, start: int, limit: int) -> int | None:
    """The offset after the object that begins at `start`; None if this is no JSON front matter.

    Raises:
        FrontMatterError: the object has no end within `limit` bytes, or nests too deep.
    """
    if not _OPENING.match(source, start):
        return None
    depth = 0
    for token in _BRACKETS.finditer(source, start, start + limit):
        if token[1]:
            depth += 1
            if depth > MAX_DEPTH:
                raise _too_deep()
        elif token[2]:
            depth -= 1
            if not depth:
                return token.end()
    raise FrontMatterError(
        f"JSON front matter has no closing brace within {limit} bytes; close it", line=1
    )


def _too_deep() -> FrontMatterError:
    return FrontMatterError(f"front matter nests deeper than {MAX_DEPTH} levels; flatten it")


def load(text: str) -> dict[str, object]:
    """The whole object, read by python-frontmatter's handler."""
    from frontmatter.default_handlers import JSONHandler  # noqa: PLC0415  # 87 ms, rarely needed

    return cast("dict[str, object]", JSONHandler().load(text))


def find(text: str, keys: Collection[str]) -> list[Found] | None:
    """The chosen strings in document order, or None if the text is no object.

    Raises:
        FrontMatterError: invalid JSON or a key twice; `line` counts from 1 in `text`.
    """
    if not isinstance(_loads(text), dict):
        return None
    found: dict[str, Found] = {}
    for entry in _walk(text)[0]:
        path = ".".join(entry.path)
        if path in keys and text[entry.start] == '"':
            value = json.loads(text[entry.start : entry.end])
            if value.strip():
                check_unicode(path, value)
                found.setdefault(path, Found(path, value, entry.start, entry.end))
    return list(found.values())


def _loads(text: str) -> object:
    depth = 0
    for token in _BRACKETS.finditer(text.encode()):
        depth += bool(token[1]) - bool(token[2])
        if depth > MAX_DEPTH:
            raise _too_deep()
    try:
        return json.loads(text)
    except ValueError as error:
        line = line_of(text, error.pos) + 1 if isinstance(error, json.JSONDecodeError) else 0
        raise FrontMatterError(
            f"the front matter is no valid JSON ({error}); mend this line", line=line
        ) from error


def _walk(text: str) -> tuple[list[_Entry], int]:
    """Every reachable entry of a valid object, and where its last value ends."""
    entries: list[_Entry] = []
    frames: list[_Frame] = []
    last = previous = 0
    for token in _TOKEN.finditer(text):
        sign = token[2]
        frame = frames[-1] if frames else None
        if sign in ("}", "]"):
            frames.pop()
            last = previous  # in the end: what stands before the root's brace
        elif sign == ",":
            if frame is not None:
                frame.key = None
        elif sign == ":":
            pass
        elif frame is not None and frame.seen is not None and frame.key is None:
            name = json.loads(token[0])
            if name in frame.seen:
                raise FrontMatterError(
                    f"the key `{name[:40]}` stands here a second time; remove one",
                    line=line_of(text, token.start()) + 1,
                )
            frame.seen.add(name)
            frame.key = (name, token.start(), token.end())
        else:
            path: tuple[str, ...] | None = () if frame is None else None
            if frame is not None and frame.key is not None and frame.path is not None:
                name, key_at, key_end = frame.key
                path = (*frame.path, name)
                end = 0 if sign else token.end()
                entries.append(_Entry(path, key_at, key_end, token.start(), end))
            if sign:
                frames.append(_Frame(path if sign == "{" else None, mapping=sign == "{"))
        previous = token.end()
    return entries, last


def rewrite(
    text: str, fields: Mapping[str, str], settings: Mapping[str, Scalar], newline: str
) -> str:
    """The text with new strings and settings in place.

    Raises:
        FrontMatterError: a key is missing, or holds no text or no scalar.
    """
    loaded = _loads(text)
    entries, last = _walk(text)
    expected = copy.deepcopy(loaded)
    edits: list[Edit] = []
    texts = [entry for entry in entries if text[entry.start] == '"']
    first = {".".join(entry.path): entry for entry in reversed(texts)}
    for key, target in fields.items():
        entry = first.get(key)
        if entry is None:
            raise FrontMatterError(f"front matter has no text under `{key}` to translate")
        if stored(expected, entry.path, target):
            edits.append(Edit(entry.start, entry.end, json.dumps(target, ensure_ascii=False)))
    tops = [entry for entry in entries if len(entry.path) == 1]
    for entry in tops:
        name = entry.path[0]
        if name in settings:
            if not entry.end:
                raise FrontMatterError(
                    f"`{name}` holds a list or an object and cannot be set; "
                    "remove the key, or do not set it",
                    line=line_of(text, entry.key_at) + 1,
                )
            if stored(expected, entry.path, settings[name]):
                spelling = json.dumps(settings[name], ensure_ascii=False)
                edits.append(Edit(entry.start, entry.end, spelling))
    gap = colon = " "
    if tops:
        colon = text[tops[0].key_end : tops[0].start].partition(":")[2]
        gap = text[text.index("{") + 1 : tops[0].key_at]
        if len(tops) > 1:
            before = text[: tops[1].key_at]
            gap = before[len(before.rstrip(" \t\r\n")) :]
        elif "\n" not in gap and "\r" not in gap:
            gap = colon
    for number, (place, name, value) in enumerate(additions([e.path[0] for e in tops], settings)):
        stored(expected, (name,), value)
        pair = json.dumps(name, ensure_ascii=False) + ":" + colon
        pair += json.dumps(value, ensure_ascii=False)
        if place < len(tops):
            edits.append(Edit(tops[place].key_at, tops[place].key_at, f"{pair},{gap}"))
        elif tops:
            edits.append(Edit(last, last, f",{gap}{pair}"))
        else:
            at = text.index("{") + 1
            edits.append(Edit(at, at, f", {pair}" if number else pair))
    result = splice(text, edits)
    if edits and not same(_loads(result), expected):
        raise FrontMatterError(
            "the new values cannot be written into this front matter without changing others; "
            "format the JSON anew, one key per line"
        )
    return result
