"""Loaded values and spans of front matter in, edits out; an edit touches nothing outside its span.

What the YAML, TOML and JSON editors share: the place of a new key, the splice, the refusal of
text that no format should carry, and a type-strict comparison of what was loaded. Offsets are
code points of the text between the fences (the parsers count them so), never bytes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import NamedTuple, cast

from translate_pipeline.errors import ConfigError, FrontMatterError

__all__ = [
    "MAX_DEPTH",
    "Edit",
    "Found",
    "Scalar",
    "additions",
    "check_text",
    "check_unicode",
    "check_value",
    "keep_tail",
    "line_above",
    "line_of",
    "same",
    "splice",
    "stored",
]

# Nesting of the parsers' own recursion stays far below any stack limit; 2,900 published
# articles nest at most 6 deep.
MAX_DEPTH = 64

Scalar = str | bool | int | float

# Control characters other than tab and line feed, and lone surrogates, which UTF-8 cannot carry.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Found(NamedTuple):
    """One chosen string: its dotted key, loaded value, and the span of the raw scalar."""

    key: str
    value: str
    start: int
    end: int


class Edit(NamedTuple):
    """Replace `text[start:end]` by `new`; equal offsets insert."""

    start: int
    end: int
    new: str


def splice(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made; edits at one offset keep their given order."""
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        pieces += (text[at : edit.start], edit.new)
        at = edit.end
    return "".join((*pieces, text[at:]))


def additions(
    keys: Sequence[str | None], settings: Mapping[str, Scalar]
) -> list[tuple[int, str, Scalar]]:
    """Where the missing settings go: index of the key they precede, `len(keys)` for the end.

    Sorted keys (by code point, or ignoring case) stay sorted; every other order is an author's
    own, and new keys go to its end. None stands for a key that is no text.
    """
    names = [key for key in keys if key is not None]
    missing = [name for name in settings if name not in names]
    if len(names) == len(keys):
        for order in (str, str.casefold):
            ranks = [order(name) for name in names]
            if ranks == sorted(ranks):
                return [
                    (bisect_right(ranks, order(name)), name, settings[name])
                    for name in sorted(missing, key=order)
                ]
    return [(len(keys), name, settings[name]) for name in missing]


def check_text(key: str, value: str) -> None:
    """Refuse text that cannot stand in front matter.

    Raises:
        FrontMatterError: `value` holds a control character or a lone surrogate.
    """
    bad = _UNWRITABLE.search(value)
    if bad:
        raise FrontMatterError(
            f"the new text of `{key}` holds the control character U+{ord(bad[0]):04X}; "
            "ask for this text again, or remove the character"
        )


def check_unicode(key: str, value: str) -> None:
    """Refuse a loaded string that UTF-8 cannot carry (`"\\ud800"` in JSON).

    Raises:
        FrontMatterError: `value` holds a lone surrogate.
    """
    if re.search("[\ud800-\udfff]", value):
        raise FrontMatterError(
            f"the text of `{key}` holds half a character (`\\uD800` to "
            "`\\uDFFF` without its partner); remove it"
        )


def check_value(key: str, value: object) -> Scalar:
    """The value of a setting, if front matter of every format can hold it.

    Raises:
        ConfigError: `value` is no text, number, true or false.
    """
    if not isinstance(value, str | bool | int | float):
        raise ConfigError(
            f"front matter key `{key}` cannot be set to a {type(value).__name__}; "
            "use text, a number, true or false"
        )
    if isinstance(value, str):
        check_text(key, value)
    elif not isfinite(value):
        raise ConfigError(f"front matter key `{key}` cannot be set to {value}; use a finite number")
    return value


def keep_tail(old: str, new: str) -> str:
    """`new` with the final line ends of `old`, which in a block of text are layout."""
    return new.rstrip("\n") + old[len(old.rstrip("\n")) :]


def line_of(text: str, index: int) -> int:
    """How many lines end before `index`; `\\r\\n`, `\\n` and a lone `\\r` each end one."""
    before = text[:index]
    return before.count("\n") + before.count("\r") - before.count("\r\n")


def same(left: object, right: object) -> bool:
    """Equality of loaded values that tells True from 1 and 1 from 1.0; no recursion."""
    pairs = [(left, right)]
    while pairs:
        one, other = pairs.pop()
        if type(one) is not type(other):
            return False
        if isinstance(one, dict) and isinstance(other, dict):
            if one.keys() != other.keys():
                return False
            pairs += ((one[key], other[key]) for key in one)
        elif isinstance(one, list) and isinstance(other, list):
            if len(one) != len(other):
                return False
            pairs += zip(one, other, strict=True)
        elif one != other and repr(one) != repr(other):  # nan has only its name in common
            return False
    return True


def line_above(text: str, key_at: int, floor: int) -> int:
    """Start of the line that holds the key, or of the comment lines directly above it.

    A comment belongs to the key below it when it begins in the same column; `floor` is where
    the value before the key ends, so that a `#` inside that value is no comment.
    """
    start = _line_start(text, key_at, floor)
    column = key_at - start
    while start > floor:
        above = _line_start(text, start - (2 if text[start - 2 : start] == "\r\n" else 1), floor)
        line = text[above:start]
        if above < floor or line[:column].strip() or not line[column:].startswith("#"):
            break
        start = above
    return start


def _line_start(text: str, at: int, floor: int) -> int:
    return max(text.rfind("\n", floor, at), text.rfind("\r", floor, at), floor - 1) + 1


def stored(data: object, path: Sequence[str], value: Scalar) -> bool:
    """Store `value` in loaded data; False if it already stands there, type and all."""
    for key in path[:-1]:
        data = cast("dict[str, object]", data)[key]
    table = cast("dict[str, object]", data)
    if path[-1] in table and same(table[path[-1]], value):
        return False
    table[path[-1]] = value
    return True
