"""Article bytes in, the front matter's values and spans out; writing keeps every other byte.

Front matter is YAML between `---` fences (the closing one may be `...`), TOML between `+++`, or a
JSON object that opens the file, as Jekyll, Hugo, Eleventy and Pandoc write them; `---toml` and
`---json` name their format. It is cut out of the bytes here, read by python-frontmatter and
edited by spans: its writer would sort keys, drop comments and retype dates. Everything is bounded
(size, nesting, aliases), because the article is not ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import NamedTuple, cast

from translate_pipeline.article import (
    front_matter_json,
    front_matter_remove,
    front_matter_toml,
    front_matter_yaml,
)
from translate_pipeline.article.front_matter_edit import check_text, check_value
from translate_pipeline.errors import FrontMatterError

__all__ = ["MAX_BYTES", "Field", "FrontMatter", "create", "metadata", "read", "remove", "write"]

# The longest of 2,000 published front matters is 1.4 KB. The slowest input of this size (TOML, in
# pure Python) takes two seconds; anything longer is a mistake or an attack.
MAX_BYTES = 262_144

_BOM = b"\xef\xbb\xbf"
_FORMATS: Mapping[str, ModuleType] = {
    "yaml": front_matter_yaml,
    "toml": front_matter_toml,
    "json": front_matter_json,
}
# The names after the fence are those of gray-matter (Eleventy and others).
_OPENING = re.compile(
    rb"(?:---(yaml|yml|toml|json|js|javascript|coffee|cson)?|(\+\+\+))[ \t]*+(?:\r\n|\n|\r)"
)
_CLOSING = re.compile(rb"[\r\n](?:---|\.\.\.)[ \t]*+(?:\r\n|\n|\r|\Z)")
_CLOSING_TOML = re.compile(rb"[\r\n]\+\+\+[ \t]*+(?:\r\n|\n|\r|\Z)")
_KEY = re.compile(rb"\s*+(?:#[^\r\n]*+\s++)*+[\"']?[\w.-]++[\"']?[ \t]*+[:=]")
_LINE_END = re.compile(rb"[ \t]*+(?:\r\n|\n|\r|\Z)")
_BREAK = re.compile(rb"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Field:
    """A chosen key (`title`, `hero.text`), its text, and the bytes of the raw scalar."""

    key: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Front matter as it stands in the source; all offsets are bytes of the source.

    `start` to `end` is the block with its fences and the line end after the closing one, so the
    body begins at `end` (and a byte order mark stays before `start`). `text` is what stands
    between the fences, `text_start` to `text_end` its bytes. `format` is yaml, toml or json.
    """

    format: str
    start: int
    end: int
    fields: tuple[Field, ...]
    text: str = field(repr=False)
    text_start: int
    text_end: int


class _Block(NamedTuple):
    format: str
    start: int
    text_start: int
    text_end: int
    end: int


def read(source: bytes, keys: Sequence[str]) -> FrontMatter | None:
    """The front matter and the texts under `keys`, in document order; None if there is none.

    Dotted keys reach into nested mappings, not into lists. Values that are empty or no text (a
    number, a date) are left out. A `---` that opens no mapping is a thematic break: text.

    Raises:
        FrontMatterError: invalid syntax, a key twice, aliases or nesting out of bounds, bytes
            that are no UTF-8; `line` is the line of the file.
    """
    block = _cut(source)
    if block is None:
        return None
    raw = source[block.text_start : block.text_end]
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        at = block.text_start + error.start
        raise FrontMatterError(
            f"front matter is no valid UTF-8 at byte {at}; save the file as UTF-8",
            line=len(_BREAK.findall(source, 0, at)) + 1,
        ) from error
    try:
        found = _FORMATS[block.format].find(text, keys)
    except FrontMatterError as error:
        raise _in_file(error, block.start, block.text_start) from error
    if found is None:
        return None
    wide = len(raw) != len(text)
    fields = []
    for key, value, start, end in found:
        first = len(text[:start].encode()) if wide else start
        length = len(text[start:end].encode()) if wide else end - start
        at = block.text_start + first
        fields.append(Field(key, value, at, at + length))
    return FrontMatter(
        format=block.format,
        start=block.start,
        end=block.end,
        fields=tuple(fields),
        text=text,
        text_start=block.text_start,
        text_end=block.text_end,
    )


def metadata(front_matter: FrontMatter) -> dict[str, object]:
    """Every key and value as the site generator sees them; the keys that are no text as text.

    Raises:
        FrontMatterError: a value that cannot be built (`!!int x`).
    """
    try:
        return cast("dict[str, object]", _FORMATS[front_matter.format].load(front_matter.text))
    except FrontMatterError as error:
        raise _in_file(error, front_matter.start, front_matter.text_start) from error


def write(
    source: bytes,
    front_matter: FrontMatter,
    fields: Mapping[str, str],
    settings: Mapping[str, object],
) -> bytes:
    """The block `source[start:end]` with new texts under `fields` and with `settings` set.

    A text keeps the style of the scalar it replaces, and is double-quoted where that style would
    change its meaning; the final line ends of a block of text are its own, whatever the new text
    has. A setting that already has its value changes no byte; one whose key is missing is added at
    its sorted place if the keys are sorted, else at the end (in TOML: before the first table). A
    key in both is a setting.

    Raises:
        FrontMatterError: control characters, a key without text, a value other keys share through
            an alias, or a result that would not load as the source does but for the new values.
        ConfigError: a setting that is no text, number, true or false.
        ValueError: `front_matter` was not read from `source`.
    """
    values = {key: check_value(key, value) for key, value in settings.items()}
    texts = {key: text for key, text in fields.items() if key not in values}
    for key, text in texts.items():
        check_text(key, text)
    if source[front_matter.text_start : front_matter.text_end] != front_matter.text.encode():
        raise ValueError("this front matter was read from another source; pass that one")
    line_end = _BREAK.search(source, front_matter.start, front_matter.end)
    newline = line_end[0].decode() if line_end else "\n"
    try:
        new: str = _FORMATS[front_matter.format].rewrite(front_matter.text, texts, values, newline)
    except FrontMatterError as error:
        raise _in_file(error, front_matter.start, front_matter.text_start) from error
    raw = new.encode()
    head = source[front_matter.start : front_matter.text_start]
    block = head + raw + source[front_matter.text_end : front_matter.end]
    again = _cut(block)
    if again is None or again[1:] != (0, len(head), len(head) + len(raw), len(block)):
        raise FrontMatterError(
            "a new text holds the closing fence of the front matter on a line of its own; "
            "ask for this text again"
        )
    return block


def remove(source: bytes, front_matter: FrontMatter, keys: Sequence[str]) -> bytes:
    """The block `source[start:end]` without the top-level `keys`, values and comments included.

    A key that is not there changes no byte. Of JSON without fences one key must stay: an empty
    object would be text.

    Raises:
        FrontMatterError: a value that others share through an alias, or a key that cannot be
            cut out without changing others.
        ValueError: `front_matter` was not read from `source`.
    """
    if source[front_matter.text_start : front_matter.text_end] != front_matter.text.encode():
        raise ValueError("this front matter was read from another source; pass that one")
    try:
        new = front_matter_remove.remove(front_matter.format, front_matter.text, keys)
    except FrontMatterError as error:
        raise _in_file(error, front_matter.start, front_matter.text_start) from error
    head = source[front_matter.start : front_matter.text_start]
    block = head + new.encode() + source[front_matter.text_end : front_matter.end]
    again = _cut(block)
    if again is None or again[1:3] != (0, len(head)) or again.end != len(block):
        raise FrontMatterError(
            "the only key of JSON front matter cannot be dropped; write the front matter as "
            "YAML, or keep the key"
        )
    return block


def create(settings: Mapping[str, object], newline: str) -> bytes:
    """New YAML front matter, keys sorted, for an article that has none.

    Raises:
        FrontMatterError: control characters.
        ConfigError: a setting that is no text, number, true or false.
    """
    values = {key: check_value(key, value) for key, value in settings.items()}
    text = front_matter_yaml.rewrite("", {}, values, newline)
    return f"---{newline}{text}---{newline}".encode()


def _cut(source: bytes) -> _Block | None:
    """Find the block by its fences; whether a mapping stands in it is for the format to say."""
    start = len(_BOM) if source.startswith(_BOM) else 0
    opening = _OPENING.match(source, start)
    if opening is None:
        end = front_matter_json.extent(source, start, MAX_BYTES)
        if end is None:
            return None
        line_end = _LINE_END.match(source, end)
        return _Block("json", start, start, end, line_end.end() if line_end else end)
    text_start = opening.end()
    closing = (_CLOSING_TOML if opening[2] else _CLOSING).search(source, text_start - 1)
    if closing is None:
        return None  # a thematic break, or text
    text_end = closing.start() + 1
    if text_end - text_start > MAX_BYTES:
        if not _KEY.match(source, text_start):
            return None
        raise FrontMatterError(
            f"front matter is longer than {MAX_BYTES} bytes; close it earlier, or write a "
            "thematic break at the top of the file as `***`",
            line=1,
        )
    name = (opening[1] or b"yaml").decode()
    form = "toml" if opening[2] else "yaml" if name == "yml" else name
    if form not in _FORMATS:
        raise FrontMatterError(f"front matter in {form} cannot be edited; use YAML", line=1)
    return _Block(form, start, text_start, text_end, closing.end())


def _in_file(error: FrontMatterError, start: int, text_start: int) -> FrontMatterError:
    """The same refusal, its line counted from the top of the file."""
    fences = 1 if text_start > start else 0
    return FrontMatterError(str(error), line=error.line + fences if error.line else 0)
