"""A stream of TBX bytes in, its entries for each language as source out; hostile XML refused.

TBX-Basic (ISO 30042), in its old form (`martif`, `termEntry`, `langSet`, `tig`) and its new one
(`tbx`, `conceptEntry`, `langSec`, `termSec`), with categories as attributes or as elements. Of
each language the first term that is not ruled out is the rendering; deprecated and superseded
ones are forbidden. A rendering equal to its source says that the term is kept.

Law: nothing is expanded and nothing is fetched: a document type may be named, one that declares
something ends the reading. Depth, size and the length of a term are bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from translate_pipeline.errors import ConfigError
from translate_pipeline.glossary_files.entry import Entry, language, refused
from translate_pipeline.model import Locale
from translate_pipeline.plain_xml import plain_parser

__all__ = ["read"]

_DEPTH, _CHUNK, _TEXT, _TERMS = 32, 1 << 16, 10_000, 1_000
_CONCEPT = frozenset({"termEntry", "conceptEntry"})
_LANGUAGE = frozenset({"langSet", "langSec"})
_SECTION = frozenset({"tig", "ntig", "termSec"})
_NOTES = frozenset({"note", "definition"})
_FORBIDDEN = ("deprecated", "superseded", "notrecommended", "forbidden")


@dataclass(slots=True)
class _Word:
    """One term of a concept."""

    text: str
    forbidden: bool = False


@dataclass(slots=True)
class _Concept:
    """One concept: its words by language."""

    line: int
    words: dict[Locale, list[_Word]] = field(default_factory=dict)
    note: str = ""


def read(stream: BinaryIO, where: str, aliases: Mapping[str, str]) -> tuple[Entry, ...]:
    """The entries of the file called `where`. Raises ConfigError with the line."""
    reader = _Reader(where, aliases)
    parser = reader.parser
    while True:
        data = stream.read(_CHUNK)
        try:
            parser.Parse(data, not data)
        except expat.ExpatError as error:
            raise refused(
                f"{where}:{error.lineno}",
                f"this is no well-formed XML ({expat.ErrorString(error.code)}); export it again",
            ) from None
        except (ValueError, LookupError):
            raise reader.refused("its encoding cannot be read; save it as UTF-8") from None
        if not data:
            return tuple(e for concept in reader.concepts for e in _entries(concept, where))


def _entries(concept: _Concept, where: str) -> Iterator[Entry]:
    """An entry for each language as the source, in the file's order."""
    place = f"{where}:{concept.line}"
    chosen = {
        locale: next((word.text for word in words if not word.forbidden), "")
        for locale, words in concept.words.items()
    }
    for locale, words in concept.words.items():
        others = [(other, text) for other, text in chosen.items() if other != locale and text]
        avoid = [
            (other, word.text)
            for other, theirs in concept.words.items()
            if other != locale
            for word in theirs
            if word.forbidden
        ]
        for word in words:  # a synonym means the same, a forbidden one too
            if others or avoid:
                yield Entry(
                    word.text, tuple(others), tuple(avoid), False, concept.note, locale, place
                )


class _Reader:
    """What expat has told so far."""

    __slots__ = (
        "aliases",
        "concept",
        "concepts",
        "locale",
        "parser",
        "path",
        "size",
        "text",
        "where",
        "word",
    )

    def __init__(self, where: str, aliases: Mapping[str, str]) -> None:
        self.where = where
        self.aliases = aliases
        self.concepts: list[_Concept] = []
        self.concept: _Concept | None = None
        self.locale: Locale | None = None
        self.word: _Word | None = None
        self.path: list[tuple[str, str]] = []  # each open element and its `type`
        self.text: list[str] = []
        self.size = 0
        self.parser = plain_parser(
            self.start, self.end, self.characters, refused=self.refused, what="a glossary"
        )

    def refused(self, why: str) -> ConfigError:
        return refused(f"{self.where}:{self.parser.CurrentLineNumber}", why)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        name = name.rpartition(":")[2]
        if not self.path and name not in ("martif", "tbx"):
            raise self.refused(f"the file begins with <{name[:40]}>, not with <martif> or <tbx>")
        if len(self.path) >= _DEPTH:
            raise self.refused(f"elements are nested deeper than {_DEPTH}; this is no TBX")
        self.path.append((name, attributes.get("type", "")))
        if name == "hi":
            return  # it only marks words
        self.clear()
        if name in _CONCEPT:
            self.concept = _Concept(self.parser.CurrentLineNumber)
        elif name in _LANGUAGE:
            place = f"{self.where}:{self.parser.CurrentLineNumber}"
            said = attributes.get("xml:lang") or attributes.get("lang", "")
            self.locale = language(said, place, self.aliases)
        elif name in _SECTION:
            self.word = None

    def clear(self) -> None:
        self.text.clear()
        self.size = 0

    def characters(self, data: str) -> None:
        if self.concept is None:
            return
        self.text.append(data)
        self.size += len(data)
        if self.size > _TEXT:
            raise self.refused(f"an element holds more than {_TEXT:,} characters; this is no term")

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        _, kind = self.path.pop()
        if name == "hi" or self.concept is None:
            return
        text = " ".join("".join(self.text).split())
        self.clear()
        if name == "term" and self.locale is not None:
            if not text:
                raise self.refused("a term is empty; write it, or leave it out")
            words = self.concept.words.setdefault(self.locale, [])
            if len(words) >= _TERMS:
                raise self.refused(f"a concept has more than {_TERMS:,} terms; split it")
            self.word = _Word(text)
            words.append(self.word)
        elif "administrativeStatus" in (name, kind) and self.word is not None:
            status = text.replace("-", "").replace(" ", "").lower()
            self.word.forbidden = status.startswith(_FORBIDDEN)
        elif (name in _NOTES or kind in _NOTES) and not self.concept.note:
            self.concept.note = text
        elif name in _LANGUAGE:
            self.locale = None
        elif name in _CONCEPT:
            self.concepts.append(self.concept)
            self.concept = None
