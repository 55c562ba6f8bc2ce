"""TOML between the fences in, the same TOML with some values changed out; the rest keeps its bytes.

`tomllib` reads and proves; the spans come from a flat pass over the tokens of text that `tomllib`
has accepted, because tomlkit would write `'be'` back as `"be"`.
"""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Collection, Mapping
from typing import NamedTuple

from translate_pipeline.article.front_matter_edit import (
    MAX_DEPTH,
    Edit,
    Found,
    Scalar,
    additions,
    keep_tail,
    line_above,
    line_of,
    same,
    splice,
    stored,
)
from translate_pipeline.errors import FrontMatterError

__all__ = ["find", "load", "rewrite"]

_KEY_LINE = re.compile(r"^[ \t]*(?:\[|[\"'\w.-]+[ \t]*=)", re.MULTILINE)
_TOKEN = re.compile(
    r"""(?P<space>[ \t]++|\#[^\r\n]*+)
    |(?P<end>\r?\n)
    |(?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*+"{3,5}|'{3}(?:[^']|'(?!''))*+'{3,5}
        |"(?:[^"\\\r\n]|\\.)*+"|'[^'\r\n]*+')
    |(?P<sign>[\[\]{}=,.])
    |(?P<bare>[^\s"'\[\]{}=,.\#]++)""",
    re.VERBOSE | re.DOTALL,
)
_BREAK = re.compile(r"\r\n|\n")


class _Entry(NamedTuple):
    """A key that dotted keys reach, and the span of its scalar as it stands in the text."""

    path: tuple[str, ...]
    start: int
    end: int


class _Top(NamedTuple):
    """A key of the root table, which new keys are sorted among."""

    name: str
    key_at: int
    floor: int


def load(text: str) -> dict[str, object]:
    """The whole table. `tomllib`, because python-frontmatter reads TOML with an unmaintained one.

    Raises:
        FrontMatterError: invalid TOML; `line` counts from 1 at the first line of `text`.
    """
    depth = dots = 0
    for token in _TOKEN.finditer(text):
        sign = token["sign"]
        if sign:
            depth += (sign in "[{") - (sign in "]}")
        dots = dots + (sign == ".") if sign in (".", None) and not token["end"] else 0
        if depth > MAX_DEPTH or dots > MAX_DEPTH:
            line = line_of(text, token.start()) + 1
            raise FrontMatterError(f"nested deeper than {MAX_DEPTH} levels; flatten it", line=line)
    try:
        return tomllib.loads(text)
    except ValueError as error:
        place = re.search(r"at line (\d+)", str(error))
        raise FrontMatterError(
            f"the front matter is no valid TOML ({error}); put the value in quotes or mend this "
            "line",
            line=int(place[1]) if place else 0,
        ) from error


def find(text: str, keys: Collection[str]) -> list[Found] | None:
    """The chosen strings in document order, or None if the text does not even look like TOML.

    Raises:
        FrontMatterError: invalid TOML (a key twice is), or nested too deep.
    """
    try:
        data = load(text)
    except FrontMatterError:
        if _KEY_LINE.search(text):
            raise
        return None
    found: dict[str, Found] = {}
    for entry in _Scan(text).entries:
        path = ".".join(entry.path)
        value = _value(data, entry.path)
        if path in keys and isinstance(value, str) and value.strip():
            found.setdefault(path, Found(path, value, entry.start, entry.end))
    return list(found.values())


def _value(data: object, path: tuple[str, ...]) -> object:
    """None for what lies under an array of tables."""
    for key in path:
        if not isinstance(data, dict):
            return None
        data = data.get(key)
    return data


class _Scan:
    """One pass over the tokens of valid TOML: `entries`, and what a new key needs to know."""

    def __init__(self, text: str) -> None:
        self.entries: list[_Entry] = []
        self.tops: list[_Top] = []
        self.tables = False  # has a header been seen?
        self.root_end = 0  # where the last value of the root table ends
        self._last = 0  # where the latest token ends
        self._prefix: tuple[str, ...] | None = ()  # of the header; None: in an array of tables
        self._frames: list[tuple[bool, tuple[str, ...] | None]] = []  # inline table?, its path
        self._state = "key"  # or "header", "value"
        self._parts: list[str] = []
        self._brackets = 0
        self._leaf: tuple[int, int] | None = None
        for token in _TOKEN.finditer(text):
            if token.lastgroup != "space":
                if self._state == "value":
                    self._value(token)
                else:
                    self._key(token)
                self._last = token.end()
        self._finish()

    def _key(self, token: re.Match[str]) -> None:
        """A token of a key or of a table header."""
        sign = token["sign"]
        if token["string"] or token["bare"]:
            if self._state == "key" and not (self._parts or self._frames or self.tables):
                self.tops.append(_Top(_name(token[0]), token.start(), self.root_end))
            self._parts.append(_name(token[0]))
        elif sign == "=":
            self._state = "value"
        elif sign == "[":
            self._state, self.tables = "header", True
            self._brackets += 1
        elif sign == "}":
            self._frames.pop()
            self._state = "value"
        elif token["end"] and self._state == "header":
            self._prefix = tuple(self._parts) if self._brackets == 1 else None
            self._state, self._parts, self._brackets = "key", [], 0

    def _value(self, token: re.Match[str]) -> None:
        """A token after the equals sign, however deep."""
        sign = token["sign"]
        if sign in ("[", "{"):
            self._frames.append((sign == "{", self._path() if sign == "{" else None))
            if sign == "{":
                self._state, self._parts = "key", []
        elif sign in ("]", "}"):
            self._finish()
            self._frames.pop()
        elif sign == "," or token["end"]:
            self._finish()
            if sign and self._frames and self._frames[-1][0]:
                self._state, self._parts = "key", []
            elif not self._frames:
                self._state, self._parts = "key", []
                if not self.tables:
                    self.root_end = self._last
        else:
            # `1979-05-27 07:32:00` and `1.5` are several tokens, yet one scalar
            self._leaf = (self._leaf[0] if self._leaf else token.start(), token.end())

    def _path(self) -> tuple[str, ...] | None:
        inline, base = self._frames[-1] if self._frames else (True, self._prefix)
        return (*base, *self._parts) if inline and base is not None else None

    def _finish(self) -> None:
        """A value has ended: note it if it is a scalar that a dotted key leads to."""
        path = self._path()
        if self._leaf and path:
            self.entries.append(_Entry(path, *self._leaf))
        self._leaf = None


def _name(token: str) -> str:
    if token[0] == "'":
        return token[1:-1]
    return str(tomllib.loads(f"k = {token}")["k"]) if token[0] == '"' else token


def rewrite(
    text: str, fields: Mapping[str, str], settings: Mapping[str, Scalar], newline: str
) -> str:
    """The text with new strings and settings in place; new keys stand before the first table.

    Raises:
        FrontMatterError: a key is missing, or holds no text or no scalar, or the result would not
            load as the source does but for the new values.
    """
    loaded = load(text)
    scan = _Scan(text)
    expected = copy.deepcopy(loaded)
    edits: list[Edit] = []
    texts = [e for e in scan.entries if isinstance(_value(loaded, e.path), str)]
    first = {".".join(entry.path): entry for entry in reversed(texts)}
    for key, target in fields.items():
        entry = first.get(key)
        if entry is None:
            raise FrontMatterError(f"front matter has no text under `{key}` to translate")
        raw = text[entry.start : entry.end]
        new = (
            keep_tail(str(_value(loaded, entry.path)), target)
            if raw[:3] in ('"""', "'''")
            else target
        )
        if stored(expected, entry.path, new):
            edits.append(Edit(entry.start, entry.end, _spell(new, raw, newline)))
    scalars = {entry.path[0]: entry for entry in scan.entries if len(entry.path) == 1}
    for name in settings.keys() & loaded.keys():
        entry = scalars.get(name)
        if entry is None:
            raise FrontMatterError(
                f"`{name}` holds a list or a table and cannot be set; "
                "remove the key, or do not set it"
            )
        if stored(expected, entry.path, settings[name]):
            raw = text[entry.start : entry.end]
            edits.append(Edit(entry.start, entry.end, _spell(settings[name], raw, newline)))
    absent = {name: value for name, value in settings.items() if name not in loaded}
    for place, name, value in additions([top.name for top in scan.tops], absent):
        stored(expected, (name,), value)
        key = name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _spell(name, "", newline)
        at = _place(text, scan, place)
        edits.append(Edit(at, at, f"{key} = {_spell(value, '', newline)}{newline}"))
    result = splice(text, edits)
    if edits and not _proven(result, expected):
        raise FrontMatterError(
            "the new values cannot be written into this front matter without changing others; "
            'write the keys concerned as simple lines, `key = "text"`'
        )
    return result


def _proven(result: str, expected: object) -> bool:
    try:
        return same(load(result), expected)
    except FrontMatterError:
        return False


def _place(text: str, scan: _Scan, place: int) -> int:
    """The offset of a line start at which a new key belongs to the root table."""
    if place < len(scan.tops):
        return line_above(text, scan.tops[place].key_at, scan.tops[place].floor)
    if not scan.tables:
        return len(text)
    line_end = _BREAK.search(text, scan.root_end) if scan.tops else None
    return line_end.end() if line_end else 0


def _spell(value: Scalar, raw: str, newline: str) -> str:
    """A value in the string style of `raw`; a basic string where that style cannot hold it."""
    if not isinstance(value, str):
        return str(value).lower() if isinstance(value, bool) else repr(value)
    if raw[:3] in ('"""', "'''"):
        opening = raw[3:5] if raw[3:5] == "\r\n" else raw[3:4] if raw[3:4] == "\n" else ""
        if not opening and value.startswith("\n"):
            opening = newline
        if raw[0] == "'" and "'''" not in value and not value.endswith("'"):
            return f"'''{opening}{value.replace(chr(10), newline)}'''"
        body = re.sub(r'"(?="|\Z)', r"\"", value.replace("\\", "\\\\"))
        return f'"""{opening}{body.replace(chr(10), newline)}"""'
    if raw[:1] == "'" and "'" not in value and "\n" not in value:
        return f"'{value}'"
    body = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{body}"'
