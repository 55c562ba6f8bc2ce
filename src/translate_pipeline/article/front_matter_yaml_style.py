"""One value in, its YAML spelling in the old scalar's style out; it loads equal, type and all.

YAML readers disagree on plain scalars, so the question what a spelling means is asked of the real
parser, and what any other reader (YAML 1.2, Ruby, Go) takes for a number or a boolean is quoted.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import yaml

from translate_pipeline.article.front_matter_edit import Scalar

__all__ = ["LOADER", "STR", "block", "content_end", "inline", "resolve", "typed"]

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

STR = "tag:yaml.org,2002:str"

_RESOLVER = yaml.resolver.Resolver()
# What a plain scalar must begin with to be anything but text; None and "" have rules of their own.
_TYPED = frozenset(_RESOLVER.yaml_implicit_resolvers)

# Strings for PyYAML (YAML 1.1), but numbers or booleans for other readers: `1e3` and `0o17` in
# YAML 1.2, `y` and `n` in the letter of YAML 1.1.
_OTHER_READERS = re.compile(r"[yYnN]|[-+]?(?:0o[0-7]+|[0-9][0-9_]*(?:\.[0-9_]*)?[eE][-+]?[0-9]+)")
# What YAML cannot print (1.1, production 1) or takes for a line end (4.2): escaped, never raw.
_SPECIAL = re.compile('[\\\\"\n\t\x85\u2028\u2029\ufeff\ufffe\uffff]')
# Words that no reader of YAML can take for anything else, as nearly all titles are: a letter or a
# digit first, neither `: ` nor ` #`, no character that is none of a plain line.
_WORDS = re.compile(
    r"[^\W_](?:[!\"$-9;-~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]++"
    r"|[ ]++(?=[^ #])|:(?=[^ ])|\#)*+"
)
_BREAK = re.compile(r"\r\n|\n|\r")
_HEADER = re.compile(r"[|>][-+]?([1-9]?)")


def resolve(value: str, *, plain: bool) -> str:
    """The tag that a scalar without an explicit tag gets."""
    if not plain or (value and None not in _TYPED and value[0] not in _TYPED):
        return STR
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
    return tag


def typed(value: Scalar) -> tuple[str, str]:
    """A setting as YAML text and the tag it must have when read again."""
    if isinstance(value, str):
        return value, STR
    text = str(value).lower() if isinstance(value, bool) else repr(value)
    return text, resolve(text, plain=True)


def inline(value: str, style: str, *, flow: bool = False) -> str:
    """A string on one line in `style` (`""` plain, `'`, `"`), double-quoted where that fails."""
    if style == "'" and not _SPECIAL.search(value.replace('"', "").replace("\\", "")):
        return "'" + value.replace("'", "''") + "'"
    if style not in ("'", '"') and _plain(value, flow=flow):
        return value
    return '"' + _SPECIAL.sub(_escape, value) + '"'


def _escape(found: re.Match[str]) -> str:
    short = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    return short.get(found[0]) or f"\\u{ord(found[0]):04X}"


@lru_cache(maxsize=256)  # `lang`, `true` and their like are asked for in every article
def _plain(value: str, *, flow: bool) -> bool:
    """Whether `value` unquoted is one string with exactly these characters."""
    if "\n" in value or _OTHER_READERS.fullmatch(value):
        return False
    if not flow and _WORDS.fullmatch(value):
        return resolve(value, plain=True) == STR
    probe = f"{{k: {value}}}" if flow else f"k: {value}\n"
    try:
        events = list(yaml.parse(probe, Loader=LOADER))
    except yaml.YAMLError:
        return False
    scalars = [event for event in events if isinstance(event, yaml.ScalarEvent)]
    return (
        len(events) == 8  # stream, document and mapping open and close around key and value
        and len(scalars) == 2
        and scalars[1].value == value
        and scalars[1].implicit[0]
        and scalars[1].tag is None
        and scalars[1].anchor is None
        and resolve(value, plain=True) == STR
    )


def content_end(text: str, start: int, end: int) -> int:
    """Where the last line of a block scalar that is not blank ends, before its line end."""
    filled = start + len(text[start:end].rstrip(" \t\r\n"))
    line_end = _BREAK.search(text, filled)
    return line_end.start() if line_end else len(text)


def block(raw: str, old: str, value: str, *, column: int, newline: str) -> str | None:
    """A block scalar `raw` (header to last filled line) with new lines, or None if it cannot be.

    `column` is that of the key, the base of an indentation indicator. Header, indentation and
    chomping stay; a folded paragraph becomes one line. Lines that begin with a blank, or hold
    what a block cannot escape, are refused.
    """
    header = _HEADER.match(raw)
    first = _BREAK.search(raw)
    value = value.rstrip("\n")  # the final line ends stand behind `raw`
    lines = value.split("\n")
    if (
        header is None
        or first is None
        or not value.strip()
        or not old.rstrip("\n").split("\n")[-1].strip()  # blanks that are content follow
        or any(line.startswith((" ", "\t")) for line in lines)
        or re.search("[\x85\u2028\u2029\ufeff\ufffe\uffff]", value)
    ):
        return None
    if raw[0] == ">":
        if value.startswith("\n"):
            return None
        lines = re.sub(r"\n+", lambda ends: ends[0] + "\n", value).split("\n")
    content = next(line for line in _BREAK.split(raw[first.end() :]) if line.strip(" "))
    indent = content[: len(content) - len(content.lstrip(" "))]
    if header[1]:
        indent = " " * (column + int(header[1]))
    return raw[: first.end()] + newline.join(indent + line if line else "" for line in lines)
