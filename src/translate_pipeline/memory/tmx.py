"""Entries of a memory in, a TMX 1.4b file out, and back.

Law: reading what was written gives the same entries in the same order, whatever characters they
hold. Keys are computed from the text, never taken from the file; the file is data, so an
untrusted one can waste no memory and fetch nothing (`_tmx_stream.py`).

Neighbours with the same source text share one `<tu>`; what belongs to one target (maker,
signature, context, date) stands at its `<tuv>`. What XML 1.0 cannot hold (control characters, lone
surrogates, U+FFFE) becomes `<ph type="x-char">U+000C</ph>` in a segment, a JSON string in a
`<prop o-encoding="x-json">`. No DOCTYPE is written: nobody then looks for a DTD file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Protocol
from xml.sax.saxutils import escape

from langcodes import Language

from translate_pipeline._version import __version__
from translate_pipeline.errors import LocaleError
from translate_pipeline.locale import parse_locale
from translate_pipeline.memory._tmx_inline import protected
from translate_pipeline.memory._tmx_stream import CHARACTER, JSON, Readable, Unit, Variant, units
from translate_pipeline.memory.entry import Entry
from translate_pipeline.memory.identity import text_key
from translate_pipeline.model import Kind, Locale, Maker

__all__ = ["FOREIGN_KINDS", "Writable", "read", "write"]

#: Other tools do not say whether a text was a heading. Its key depends on that, so it is filed
#: under each of the kinds that hold nearly all prose; the checks meet it where it is used.
FOREIGN_KINDS = (Kind.PARAGRAPH, Kind.HEADING, Kind.TITLE, Kind.LIST_ITEM)

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE = re.compile(r"[ \t\r\n]+")  # not `\s`: a no-break space is part of the text
_KINDS = frozenset(kind.value for kind in Kind)
_MAKERS = {maker.value: maker for maker in Maker}
_CONTEXT = re.compile(r"[0-9a-f]{16}")
_ALL = "*all*"


class Writable(Protocol):
    """A binary stream."""

    def write(self, data: bytes, /) -> object: ...


def write(entries: Iterable[Entry], stream: Writable, *, source_tag: str = "") -> int:
    """Write `entries` to `stream` as they come; gives their number.

    `source_tag` is the source language of the file where all have the same one. Entries that
    share a source text should follow each other, then they share a unit.
    """

    def put(text: str) -> None:
        stream.write(text.encode())

    put(
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'<header creationtool="translate-pipeline" creationtoolversion="{__version__}"'
        ' segtype="paragraph" o-tmf="translate-pipeline" adminlang="en"'
        f' srclang="{_text(source_tag) or _ALL}" datatype="plaintext"/>\n<body>\n'
    )
    count = 0
    head: tuple[str, str, str, str] | None = None
    tags: set[str] = set()
    for entry in entries:
        count += 1
        following = (entry.source_tag, entry.kind, entry.note, entry.source)
        if following != head or entry.target_tag in tags:
            if head is not None:
                put("</tu>\n")
            head, tags = following, set()
            put(
                f'<tu srclang="{_text(entry.source_tag)}">\n'
                f"{_prop('kind', entry.kind)}\n{_prop('key', entry.key.hex())}\n"
                + (f"{_prop('note', entry.note)}\n" if entry.note else "")
                + f'<tuv xml:lang="{_text(entry.source_tag)}">{_seg(entry.source)}</tuv>\n'
            )
        tags.add(entry.target_tag)
        date = _date(entry.made)
        put(
            f'<tuv xml:lang="{_text(entry.target_tag)}"'
            + (f' creationdate="{date}">' if date else ">")
            + _prop("maker", entry.maker)
            + (_prop("signature", entry.signature) if entry.signature else "")
            + (_prop("context", entry.context.hex()) if entry.context else "")
            + f"{_seg(entry.target)}</tuv>\n"
        )
    put(("</tu>\n" if head is not None else "") + "</body>\n</tmx>\n")
    return count


def read(
    stream: Readable,
    *,
    where: str,
    locales: Sequence[Locale] = (),
    source: Locale | None = None,
    on_drop: Callable[[str], object] | None = None,
) -> Iterator[Entry]:
    """The entries of a TMX file, ours or another tool's; `where` is its name in messages.

    A language of the file that is one of `locales` in other words (`DE-de` is `de`, `en-US` is
    `en` by CLDR's likely subtags, `en-GB` is not) gets that one's tag. `source` is the source
    language of units that name none (`*all*`); else it is that of their first text. Units from
    elsewhere have no kind: see `FOREIGN_KINDS`; they are `imported`. A unit that cannot be used
    is left out, `on_drop` is told why. Raises `ConfigError` for what is no TMX, with the line.
    """
    tags = _Tags(locales)
    drop = on_drop or (lambda why: None)
    for unit in units(stream, where):
        if unit.fault:
            drop(unit.fault)
            continue
        spoken = [(tags.of(variant.lang), variant) for variant in unit.variants]
        for tag, variant in spoken:
            if not tag:
                drop(f"no known language: {variant.lang[:40]!r}")
        known = [(tag, variant) for tag, variant in spoken if tag]
        if len(known) < 2:
            if len(known) == len(spoken):
                drop("fewer than two languages")
            continue
        wanted = tags.of(unit.srclang)
        if not wanted and source is not None:
            wanted = source.tag
        first = _first(known, wanted)
        if first is None:
            drop(f"no text in the source language {wanted}")
            continue
        for tag, variant in known:
            if variant is first[1]:
                continue
            if tag == first[0]:
                drop(f"two texts in the source language {tag}")
                continue
            yield from _entries(unit, first, (tag, variant), drop)


def _first(known: Sequence[tuple[str, Variant]], wanted: str) -> tuple[str, Variant] | None:
    """The source text: in `wanted`, else in its language (`en` for `en-US`), if there is one."""
    if not wanted:
        return known[0]
    language = wanted.partition("-")[0]
    near = [pair for pair in known if pair[0].partition("-")[0] == language]
    exact = [pair for pair in near if pair[0] == wanted]
    return exact[0] if exact else near[0] if len(near) == 1 else None


def _entries(
    unit: Unit,
    source: tuple[str, Variant],
    target: tuple[str, Variant],
    drop: Callable[[str], object],
) -> Iterator[Entry]:
    """One target of a unit as entries: one for each kind it is filed under."""
    texts = protected(source[1].pieces, target[1].pieces)
    if isinstance(texts, str):
        drop(texts)
        return
    before, after = texts
    props = {**unit.props, **source[1].props, **target[1].props}
    kind = props.get("x-kind", "")
    ours = kind in _KINDS
    if not ours:
        before, after = _SPACE.sub(" ", before).strip(" "), _SPACE.sub(" ", after).strip(" ")
    if not before.strip() or not after.strip():
        drop("an empty text")
        return
    note = props.get("x-note", "") if ours else ""
    context = props.get("x-context", "")
    for each in (kind,) if ours else FOREIGN_KINDS:
        yield Entry(
            key=text_key(each, before, note),
            source_tag=source[0],
            target_tag=target[0],
            kind=str(each),
            source=before,
            target=after,
            context=bytes.fromhex(context) if ours and _CONTEXT.fullmatch(context) else b"",
            maker=_MAKERS.get(props.get("x-maker", ""), Maker.IMPORTED) if ours else Maker.IMPORTED,
            signature=props.get("x-signature", "") if ours else "",
            made=target[1].made or unit.made,
            note=note,
        )


class _Tags:
    """Language names of a file to BCP 47 tags; each name is looked at once."""

    __slots__ = ("_found", "_wanted")

    def __init__(self, locales: Sequence[Locale]) -> None:
        self._found: dict[str, str] = {"": "", _ALL: ""}
        self._wanted: dict[str, str] = {}
        for locale in locales:
            self._wanted.setdefault(_full(locale.tag), locale.tag)

    def of(self, name: str) -> str:
        """The tag, empty for what is no language."""
        tag = self._found.get(name.lower())
        if tag is None:
            try:
                tag = parse_locale(name).tag
            except LocaleError:
                tag = ""
            else:
                tag = self._wanted.get(_full(tag), tag)
            if len(self._found) < 1000:  # a file of a million names is not worth remembering
                self._found[name.lower()] = tag
        return tag


def _full(tag: str) -> str:
    return Language.get(tag).maximize().to_tag()


def _text(text: str) -> str:
    """`text` for an attribute in double quotes, or for an element that holds only text."""
    return escape(text, {"\r": "&#13;", '"': "&quot;"})


def _seg(text: str) -> str:
    if _NOT_XML.search(text) is None:
        return f"<seg>{escape(text, _CR)}</seg>"
    marked = _NOT_XML.sub(_character, escape(text, _CR))
    return f"<seg>{marked}</seg>"


_CR = {"\r": "&#13;"}  # a bare one would be read as a line feed


def _character(match: re.Match[str]) -> str:
    return f'<ph type="{CHARACTER}">U+{ord(match[0]):04X}</ph>'


def _prop(name: str, text: str) -> str:
    if _NOT_XML.search(text):
        return f'<prop type="x-{name}" o-encoding="{JSON}">{escape(json.dumps(text))}</prop>'
    return f'<prop type="x-{name}">{escape(text, _CR)}</prop>'


def _date(made: str) -> str:
    """`2026-11-23T22:31:05Z` as `20261123T223105Z`; empty for what is no date."""
    try:
        moment = datetime.fromisoformat(made)
    except ValueError:
        return ""
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return f"{moment:%Y%m%dT%H%M%SZ}"
