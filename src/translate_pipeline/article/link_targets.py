"""An article in, the byte span of every link and image destination out; nothing is re-rendered.

The law: a span is reported only where its bytes, unescaped, are what the parser says the
destination is. So what a span holds can be replaced, and nothing else can be hit: not code, not
a template tag, not an autolink, not a destination that is partly Liquid.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

import pyromark

from translate_pipeline.article import dialects, front_matter, parser
from translate_pipeline.article.article import Article
from translate_pipeline.article.dialects import Dialect
from translate_pipeline.article.html_links import html_links
from translate_pipeline.article.shadow import Mask, cast

__all__ = ["LinkKind", "LinkTarget", "in_body", "link_targets", "spell"]

_BOM = b"\xef\xbb\xbf"
# What may stand between `](` or `]:` and the destination: blanks and one line end, with the
# prefix of the containers on the next line.
_GAP = re.compile(rb"[ \t]*+(?:\r\n|\n|\r)?[ \t>]*+")
_ANGLE = re.compile(rb"<((?:\\.|[^<>\\\r\n])*+)>")
_BARE = re.compile(rb"(?:\\[!-/:-@\[-`{-~]|[^\x00-\x20\x7f()\\]|\\(?![!-/:-@\[-`{-~]))++")
_PREFIXES = re.compile(rb"\n[ \t]*>[ \t>]*(?=[^ \t>\r\n])")  # of a quotation
_LABEL = re.compile(rb"\[(?:\\.|[^\[\]\\])*+\]:", re.DOTALL)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPE = re.compile(rf"\\([!-/:-@\[-`{{-~])|({_ENTITY.pattern})")
_BLANK = re.compile(r"[\x00-\x20\x7f]")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")  # blanks may stand in `<a b>` and in `"a b"`
_LIVE_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~]|\Z)")
# What would be read before the link is: a tag, code, a formula, the end of a table cell.
_SPECIAL = re.compile(r"[<`$|]")


class LinkKind(StrEnum):
    """Where a destination stands."""

    LINK = "link"  # [text](destination)
    IMAGE = "image"  # ![text](destination)
    DEFINITION = "definition"  # [label]: destination
    HREF = "href"  # HTML attributes, in blocks and inline
    SRC = "src"
    SRCSET = "srcset"  # one of its candidates
    POSTER = "poster"


class LinkTarget(NamedTuple):
    """One destination: its bytes in the source, and what they mean.

    `value` is the destination without Markdown's or HTML's escapes, percent-encoding as it is;
    `around` is what encloses it: `<`, a quotation mark, or nothing.
    """

    start: int
    end: int
    value: str
    kind: LinkKind
    around: str = ""


def link_targets(
    article: Article | str, dialect: str | Dialect = "commonmark"
) -> tuple[LinkTarget, ...]:
    """The destinations of an article, or of its whole text, in the order of the source.

    `dialect` is that of a text; an article has its own. Destinations in front matter are none.

    Raises ArticleError where the parser fails, FrontMatterError for invalid front matter,
    ConfigError for an unknown dialect.
    """
    if isinstance(article, Article):
        source, base, flavour = article.source, article.body, article.dialect
    else:
        source = article.encode()
        flavour = dialects.find(dialect) if isinstance(dialect, str) else dialect
        head = front_matter.read(source, ())
        base = head.end if head else len(_BOM) if source.startswith(_BOM) else 0
    return tuple(
        target._replace(start=base + target.start, end=base + target.end)
        for target in in_body(source[base:], flavour)
    )


def in_body(body: bytes, dialect: Dialect) -> list[LinkTarget]:
    """The destinations of a body without front matter, offsets from its first byte.

    Raises ArticleError where the parser fails.
    """
    shadow = cast(body, body.decode(), dialect)
    raw = shadow.text.encode()
    found: list[LinkTarget] = []
    with parser.panics():
        for label in pyromark.reference_definitions(shadow.text, options=dialect.options).values():
            span = label["span"]
            opening = _LABEL.match(raw, span["start"], span["end"])
            if opening:
                found += _destination(
                    body, raw, opening.end(), span["end"], label["dest"], LinkKind.DEFINITION
                )
        found += _inline(body, raw, dialect)
    found += _masked_tags(body, shadow.masks)
    found.sort()
    return [
        target
        for index, target in enumerate(found)
        if not index or target.start >= found[index - 1].end
    ]


def _inline(body: bytes, raw: bytes, dialect: Dialect) -> Iterator[LinkTarget]:
    """What the parser's events tell: inline links and images, HTML."""
    links: list[list[int]] = []  # of open links: where their text has been read to
    urls: list[tuple[LinkKind, str | None]] = []
    lines: list[tuple[int, int]] = []
    for event, span in parser.events(raw.decode(), dialect.options):
        if event.__class__ is str:
            continue
        ((tag, value),) = event.items()
        if tag == "Start":
            if value.__class__ is dict and ("Link" in value or "Image" in value):
                ((name, data),) = value.items()
                links.append([span["start"] + 1])
                kind = LinkKind.LINK if name == "Link" else LinkKind.IMAGE
                urls.append((kind, data["dest_url"] if data["link_type"] == "Inline" else None))
        elif tag == "End":
            if value == "Link" or value == "Image":
                ((last,), (kind, url)) = links.pop(), urls.pop()
                close = raw.find(b"](", last, span["end"])
                if url is not None and close >= 0:
                    yield from _destination(body, raw, close + 2, span["end"], url, kind)
            elif value == "HtmlBlock":
                yield from _html(body, raw, lines)
                lines.clear()
            if links:
                links[-1][0] = max(links[-1][0], span["end"])
        else:
            if tag == "Html":
                lines.append((span["start"], span["end"]))
            elif tag == "InlineHtml":
                yield from _html(body, raw, [(span["start"], span["end"])])
            if links:
                links[-1][0] = max(links[-1][0], span["end"])


def _destination(
    body: bytes, raw: bytes, at: int, end: int, url: str, kind: LinkKind
) -> Iterator[LinkTarget]:
    """The destination behind `](` or `]:`, if it is what the parser has read there."""
    gap = _GAP.match(raw, at, end)
    start = gap.end() if gap else at
    angle = _ANGLE.match(raw, start, end)
    if angle:
        start, stop = angle.span(1)
    else:
        stop = _bare_end(raw, start, end)
    # The shadow differs from the source where a construct is hidden: then it is not ours.
    if stop > start and body[start:stop] == raw[start:stop]:
        value = _unescaped(body[start:stop].decode())
        if value == url:
            yield LinkTarget(start, stop, value, kind, "<" if angle else "")


def _bare_end(raw: bytes, start: int, end: int) -> int:
    """Where a destination without angle brackets ends: a blank, or a `)` without partner."""
    depth = 0
    while start < end:
        piece = _BARE.match(raw, start, end)
        if piece:
            start = piece.end()
        elif raw[start] == 0x28:
            depth += 1
            start += 1
        elif raw[start] == 0x29 and depth:
            depth -= 1
            start += 1
        else:
            break
    return start


def _unescaped(text: str) -> str:
    if "\\" not in text and "&" not in text:
        return text
    return _ESCAPE.sub(lambda m: m[1] or html.unescape(m[2]), text)


def _html(body: bytes, raw: bytes, lines: Sequence[tuple[int, int]]) -> Iterator[LinkTarget]:
    """The destinations in the attributes of an HTML block or of one inline tag."""
    if not lines:
        return
    base, end = lines[0][0], lines[-1][1]
    block = raw[base:end]
    gaps = [(a[1], b[0]) for a, b in pairwise(lines) if a[1] != b[0]]
    if gaps:  # continuation prefixes (`> `): blank them out, offsets stay
        chars = bytearray(block)
        for a, b in gaps:
            chars[a - base : b - base] = b" " * (b - a)
        block = bytes(chars)
    yield from _attributes(body, block, base)


def _attributes(body: bytes, block: bytes, base: int) -> Iterator[LinkTarget]:
    for name, start, end, around in html_links(block):
        text = block[start:end]
        if body[base + start : base + end] == text and b"\n" not in text and b"\r" not in text:
            value = _decoded(text.decode())
            yield LinkTarget(base + start, base + end, value, LinkKind(name), around)


def _masked_tags(body: bytes, masks: Sequence[Mask]) -> Iterator[LinkTarget]:
    """The destinations in tags that the shadow hides because Markdown follows them."""
    for mask in masks:
        block = body[mask.start : mask.end]
        if block.startswith(b"<"):
            block = _PREFIXES.sub(lambda m: m[0].replace(b">", b" "), block)
            for target in _attributes(body, block, mask.start):
                if "{" not in target.value:
                    yield target


def _decoded(text: str) -> str:
    """An HTML attribute's text; an entity without semicolon is none there (`&copy=1`)."""
    if "&" not in text:
        return text
    return _ENTITY.sub(lambda m: html.unescape(m[0]), text)


def _balanced(value: str) -> bool:
    depth = 0
    for sign in re.findall("[()]", value):
        depth += 1 if sign == "(" else -1
        if depth < 0:
            break
    return depth == 0


def spell(target: LinkTarget, value: str, source: bytes) -> bytes:
    """`value` as it is written in the place of `target`, a destination in `source`.

    Escapes stand where the place needs them, percent-encoding only for blanks and control
    characters, which no place can hold otherwise.
    """
    unwritable = _CONTROL if target.around and target.kind != LinkKind.SRCSET else _BLANK
    value = unwritable.sub(lambda m: f"%{ord(m[0]):02X}", value)
    if target.kind in (LinkKind.LINK, LinkKind.IMAGE, LinkKind.DEFINITION):
        value = _LIVE_BACKSLASH.sub(r"\\\\", value)
        value = _ENTITY.sub(lambda m: "&amp;" + m[0][1:], value)
        if target.around == "<":
            return re.sub("[<>]", r"\\\g<0>", value).encode()
        if not _balanced(value):
            value = re.sub("[()]", r"\\\g<0>", value)
        return _SPECIAL.sub(r"\\\g<0>", value).encode()
    if b"&amp;" in source[target.start : target.end]:
        value = value.replace("&", "&amp;")
    else:
        value = _ENTITY.sub(lambda m: "&amp;" + m[0][1:], value)
    unsafe = re.escape(target.around or "\"'`=<>")
    return re.sub(f"[{unsafe}]", lambda m: f"&#{ord(m[0])};", value).encode()
