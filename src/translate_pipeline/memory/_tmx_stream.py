"""A stream of TMX bytes in, its translation units out, one at a time; hostile XML refused.

Law: nothing is expanded and nothing is fetched. A DOCTYPE may name the TMX DTD, which is never
read; an internal subset, an entity declaration or a reference to an undefined entity ends the
reading. Memory is bounded by one unit: its characters, its depth and every single tag have a
limit. Inline codes come out as values, `_tmx_inline.py` makes text of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol
from xml.parsers import expat

from translate_pipeline.errors import ConfigError
from translate_pipeline.plain_xml import plain_parser

__all__ = ["CHARACTER", "JSON", "Code", "Readable", "Unit", "Variant", "units"]

#: `type` of a `<ph>` that stands for a character which XML cannot hold (`U+000C`).
CHARACTER = "x-char"
#: `o-encoding` of a `<prop>` whose text is a JSON string, for the same reason.
JSON = "x-json"

# The longest protected segment of a real site is below 20,000 characters; a unit holds some
# languages of it. One tag or comment is never as long as a chunk. A unit is 5 elements deep.
_UNIT, _PENDING, _DEPTH, _CHUNK = 2_000_000, 1 << 20, 32, 1 << 16
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z")
_CHAR = re.compile(r"U\+([0-9A-F]{4,6})")


class Readable(Protocol):
    """A binary stream."""

    def read(self, size: int, /) -> bytes: ...


class Code(NamedTuple):
    """An inline element: `bpt`, `ept`, `it`, `ph` or `ut`, its numbers, and the native code."""

    element: str
    i: str
    x: str
    text: str


@dataclass(slots=True)
class Variant:
    """One `<tuv>`: a language, its text as words and codes, and what is known of it."""

    lang: str
    made: str
    props: dict[str, str] = field(default_factory=dict)
    pieces: list[str | Code] = field(default_factory=list)


@dataclass(slots=True)
class Unit:
    """One `<tu>`. `fault` says why it cannot be used, else it is empty."""

    line: int
    srclang: str
    made: str
    props: dict[str, str] = field(default_factory=dict)
    variants: list[Variant] = field(default_factory=list)
    fault: str = ""


def units(stream: Readable, where: str) -> Iterator[Unit]:
    """The units of a TMX file in their order; `where` is its name in messages.

    Raises `ConfigError` with the line for what is no TMX, no XML, hostile or too large.
    """
    reader, fed = _Reader(where), 0
    parser = reader.parser
    while True:
        data = stream.read(_CHUNK)
        fed += len(data)
        try:
            parser.Parse(data, not data)
        except expat.ExpatError as error:
            raise ConfigError(
                f"{where}:{error.lineno}: this is no well-formed XML"
                f" ({expat.ErrorString(error.code)}); export the memory again"
            ) from None
        except (ValueError, LookupError):  # an encoding that Python lacks or expat cannot use
            raise reader.refused("its encoding cannot be read; save it as UTF-8") from None
        yield from reader.done
        reader.done.clear()
        if not data:
            return
        if fed - max(parser.CurrentByteIndex, 0) > _PENDING:
            raise reader.refused("one tag or comment is longer than 1 MB; this is no real TMX")


class _Reader:
    """What expat has told so far; `done` are the finished units."""

    __slots__ = (
        "code",
        "depth",
        "done",
        "ignored",
        "parser",
        "prop",
        "seg",
        "size",
        "srclang",
        "text",
        "unit",
        "variant",
        "where",
    )

    def __init__(self, where: str) -> None:
        self.where = where
        self.done: list[Unit] = []
        self.srclang = ""
        self.unit: Unit | None = None
        self.variant: Variant | None = None
        self.seg = False
        self.code: tuple[str, Mapping[str, str]] | None = None
        self.prop: Mapping[str, str] | None = None
        self.text: list[str] = []
        self.depth = self.size = 0
        self.ignored = 0  # the depth of an element whose inside is not looked at, else 0
        self.parser = plain_parser(
            self.start, self.end, self.characters, refused=self.refused, what="a TMX file"
        )

    def refused(self, why: str) -> ConfigError:
        return ConfigError(f"{self.where}:{self.parser.CurrentLineNumber}: {why}")

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        if self.depth > _DEPTH:
            raise self.refused(f"elements are nested deeper than {_DEPTH}; this is no TMX")
        # An element without text takes memory, too.
        self.count(64 + sum(map(len, attributes.values())))
        if self.ignored:
            return
        name = name.rpartition(":")[2]
        if self.depth == 1:
            if name != "tmx":
                raise self.refused(f"the file begins with <{name[:40]}>, not with <tmx>")
        elif self.seg and self.unit is not None:
            self.inline(name, attributes, self.unit)
        elif name == "header":
            self.srclang = attributes.get("srclang", "")
        elif name == "tu":
            self.size = 0
            srclang = attributes.get("srclang") or self.srclang
            self.unit = Unit(self.parser.CurrentLineNumber, srclang, _made(attributes))
        elif self.unit is None:
            return
        elif name == "tuv":
            lang = attributes.get("xml:lang") or attributes.get("lang", "")
            self.variant = Variant(lang.strip(), _made(attributes))
            self.unit.variants.append(self.variant)
        elif name == "prop":
            self.prop = attributes
            self.text.clear()
        elif name == "seg" and self.variant is not None:
            self.seg = True
            self.text.clear()

    def inline(self, name: str, attributes: Mapping[str, str], unit: Unit) -> None:
        if name == "hi":  # it only marks words: they are text
            return
        if name not in _CODES or self.code is not None:
            unit.fault = f"<{name[:40]}> inside a segment"
            self.ignored = self.depth
            return
        self.flush()
        self.code = name, attributes

    def end(self, name: str) -> None:
        self.depth -= 1
        unit = self.unit
        if self.ignored:
            self.ignored = self.ignored if self.depth >= self.ignored else 0
            return
        if unit is None:
            return
        name = name.rpartition(":")[2]
        if name == "tu":
            self.done.append(unit)
            self.unit = self.variant = None
        elif name == "tuv":
            self.variant = None
        elif name == "prop" and self.prop is not None:
            props = self.variant.props if self.variant is not None else unit.props
            props[self.prop.get("type", "")] = self.value("".join(self.text), self.prop)
            self.prop = None
        elif name == "seg":
            self.flush()
            self.seg = False
        elif self.code is not None and name != "hi":
            self.close(*self.code)

    def close(self, element: str, attributes: Mapping[str, str]) -> None:
        """The inline code that ends here, or the character that it stands for."""
        native = "".join(self.text)
        self.text.clear()
        self.code = None
        if element == "ph" and attributes.get("type") == CHARACTER:
            match = _CHAR.fullmatch(native.strip())
            if match and (number := int(match[1], 16)) <= 0x10FFFF:
                self.text.append(chr(number))
                return
        if self.variant is not None:
            code = Code(element, attributes.get("i", ""), attributes.get("x", ""), native)
            self.variant.pieces.append(code)

    def flush(self) -> None:
        if self.variant is not None and self.text:
            self.variant.pieces.append("".join(self.text))
        self.text.clear()

    def characters(self, data: str) -> None:
        if not self.seg and self.prop is None:
            return
        self.count(len(data))
        self.text.append(data)

    def count(self, size: int) -> None:
        self.size += size
        if self.size > _UNIT and self.unit is not None:
            raise self.refused(f"one unit has more than {_UNIT:,} characters; this is no real TMX")

    def value(self, text: str, attributes: Mapping[str, str]) -> str:
        if attributes.get("o-encoding") != JSON:
            return text
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, str):
            raise self.refused("this <prop> says that it is a JSON string and is none; delete it")
        return found


def _made(attributes: Mapping[str, str]) -> str:
    """The later of both dates as ISO 8601, empty where there is none."""
    match = _DATE.fullmatch(attributes.get("changedate") or attributes.get("creationdate", ""))
    return "{}-{}-{}T{}:{}:{}Z".format(*match.groups()) if match else ""
