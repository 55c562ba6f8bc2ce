"""An article in, its structure as lists of things with their lines out; prose only for messages.

Law: one pass over the parser's events, linear in the article; every line is one of the file.
What `merge` adds to a heading so that its old id stays is no part of the outline.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from translate_pipeline.article import Article, anchors, heading_links, parser
from translate_pipeline.article.leaves import collect
from translate_pipeline.article.prose_slots import opaque
from translate_pipeline.structure_checks._code_logic import without

__all__ = ["Outline", "Thing", "outline"]

_TAG = re.compile(r"<(/?[A-Za-z][\w.:-]{0,60})(?=[\s/>])")
_HREF = re.compile(r"\b(href|src)\s{0,3}=\s{0,3}(?:\"([^\"]{0,2000})\"|'([^']{0,2000})')", re.I)
_PIN = re.compile(r"<a\s+(?:id|name)=\"([^\"<>]{0,200})\"\s*/?>(?:</a>)?")
_INFO = re.compile(r"[\s{,:]")
# What the parser takes for text, and many a site's engine for the edge of a block.
_EDGE = re.compile(
    r"[ \t]{0,12}(?:(///|:::+)(?:[ \t]{0,3}\{?\.?([\w-]{1,40}))?"
    r"|(!!!|\?\?\?\+?) {1,3}([\w-]{1,40}))"
)


class Thing(NamedTuple):
    """One part of the structure: its line, the section it stands in, and what it is.

    A section is what follows a heading; the text before the first one is section 0.
    `what` is compared, `text` is for messages and closer looks.
    """

    line: int
    section: int
    what: Any
    text: str = ""


class Outline(NamedTuple):
    """The structure of an article, each sort of things in order; beside it what `what` is."""

    headings: tuple[Thing, ...]  # the level
    paragraphs: tuple[Thing, ...]  # nothing; those that a list item begins with are not here
    items: tuple[Thing, ...]  # (depth, ordered)
    tables: tuple[Thing, ...]  # (rows, columns)
    quotes: tuple[Thing, ...]  # the kind of an alert (`Note`), or None
    edges: tuple[Thing, ...]  # (marker, word) of `/// note`, `:::tip`, `!!! warning`
    codes: tuple[Thing, ...]  # the language, None for an indented block; text: the code
    links: tuple[Thing, ...]  # the address
    images: tuple[Thing, ...]  # the address
    tags: tuple[Thing, ...]  # the name of an HTML tag, with `/` that of an end tag
    templates: tuple[Thing, ...]  # the tag of a template engine, or an attribute list
    notes: tuple[Thing, ...]  # (is it the note itself, label)
    formulae: tuple[Thing, ...]  # the formula
    literals: tuple[Thing, ...]  # nothing; `**` that a reader sees
    marks: tuple[Thing, ...]  # nothing; rules and HTML comments
    ids: frozenset[str]  # what in-page links may lead to
    body: str  # all but the front matter
    first: int  # the line in which the body begins


def outline(article: Article, pins: Collection[str] = ()) -> Outline:
    """The outline of `article`; `pins` are ids that were given to its headings.

    Raises ArticleError where the parser fails.
    """
    reader = _Reader(article, frozenset(pins))
    with parser.panics():
        reader.read(parser.events(article.shadow.text, article.dialect.options))
        found = collect(parser.events(article.shadow.text, article.dialect.options), reader.raw)
    body = article.source[article.body :]
    possible = anchors.possible_ids(found, body, article.dialect.slug)
    ids = anchors.explicit_ids(body).union(*possible)
    return reader.outline(frozenset(ids))


class _Reader:
    """Sorts the events of one article into things; keeps what is open."""

    def __init__(self, article: Article, pins: Collection[str]) -> None:
        self.article = article
        self.pins = pins
        self.raw = article.shadow.text.encode()
        self.body = article.source[article.body :]
        self.first = article.line(article.body)
        self.starts = [0]
        position = self.raw.find(b"\n")
        while position >= 0:
            self.starts.append(position + 1)
            position = self.raw.find(b"\n", position + 1)
        self.found: defaultdict[str, list[Thing]] = defaultdict(list)
        self.section = 0
        self.lists: list[bool] = []  # the open ones: numbered?
        self.pinned = False  # the end of a heading's own anchor is still to come
        self.fresh_item = False  # its first paragraph is the item
        self.table = (0, 0, 0)  # offset, rows, columns
        self.run = (-1, -1)  # text without markup in it
        self.code: list[str] | None = None
        self.html: list[str] | None = None
        self.opened = 0  # offset of the code block or the HTML
        self.language: str | None = None

    def outline(self, ids: frozenset[str]) -> Outline:
        headings = [heading.line for heading in self.found["headings"]]
        masks = self.article.shadow.masks
        # Without the prose in them (`title="…"`), which is translated.
        hidden = opaque(self.body, 0, masks)
        if masks and self.article.dialect.heading_link:  # a heading by its number, not its words
            shadow, dialect = self.article.shadow, self.article.dialect
            words = heading_links.headings(shadow, self.body, dialect)
            hidden = heading_links.canonical(hidden, words, dialect)
        for mask, raw in zip(masks, hidden, strict=True):
            tag = b" ".join(raw.replace(b"\0", "…".encode()).split()).decode()
            line = self.line(mask.start)
            self.found["templates"].append(Thing(line, bisect_right(headings, line), tag))
        found = {name: tuple(things) for name, things in self.found.items()}
        return Outline(
            headings=found.get("headings", ()),
            paragraphs=found.get("paragraphs", ()),
            items=found.get("items", ()),
            tables=found.get("tables", ()),
            quotes=found.get("quotes", ()),
            edges=found.get("edges", ()),
            codes=found.get("codes", ()),
            links=found.get("links", ()),
            images=found.get("images", ()),
            tags=found.get("tags", ()),
            templates=found.get("templates", ()),
            notes=found.get("notes", ()),
            formulae=found.get("formulae", ()),
            literals=found.get("literals", ()),
            marks=found.get("marks", ()),
            ids=ids,
            body=self.body.decode(),
            first=self.first,
        )

    def line(self, offset: int) -> int:
        return self.first + bisect_right(self.starts, offset) - 1

    def add(self, name: str, offset: int, what: object = None, text: str = "") -> None:
        self.found[name].append(Thing(self.line(offset), self.section, what, text))

    def read(self, events: Iterable[tuple[Any, Any]]) -> None:
        for event, span in events:
            start, end = span["start"], span["end"]
            if event.__class__ is dict and "Text" in event:
                self._text_event(event["Text"], start, end)
                continue
            self._end_of_run()
            if event.__class__ is str:
                if event == "Rule":
                    self.add("marks", start)
                continue
            ((name, value),) = event.items()
            if name == "Start":
                kind, data = (value, None) if value.__class__ is str else next(iter(value.items()))
                self._start(kind, data, start, end)
            elif name == "End":
                self._end(value if value.__class__ is str else next(iter(value)))
            else:
                self._inline(name, value, start)
        self._end_of_run()

    def _text_event(self, text: str, start: int, end: int) -> None:
        if self.code is not None:
            self.code.append(text)
        elif self.html is None:
            self.fresh_item = False
            if start != self.run[1]:
                self._end_of_run()
                self.run = (start, end)
            self.run = (self.run[0], end)

    def _start(self, kind: str, data: Any, start: int, end: int) -> None:
        fresh, self.fresh_item = self.fresh_item, kind == "Item"
        if kind == "Paragraph":
            if not fresh:
                self.add("paragraphs", start, None, self._words(start, end))
        elif kind == "Heading":
            self.section += 1
            self.add("headings", start, int(data["level"][1]), self._words(start, end))
        elif kind == "List":
            self.lists.append(data is not None)
        elif kind == "Item":
            self.add("items", start, (len(self.lists), self.lists[-1]))
        elif kind == "BlockQuote":
            self.add("quotes", start, data)
        elif kind == "Table":
            self.table = (start, 0, len(data))
        elif kind in ("TableRow", "TableHead"):
            self.table = (self.table[0], self.table[1] + 1, self.table[2])
        elif kind == "CodeBlock":
            self.code, self.opened, self.language = [], start, _language(data)
        elif kind == "HtmlBlock":
            self.html, self.opened = [], start
        elif kind == "FootnoteDefinition":
            self.add("notes", start, (True, data))
        elif kind == "Link" and data["link_type"] != "Email":
            self.add("links", start, data["dest_url"])
        elif kind == "Image":
            self.add("images", start, data["dest_url"])

    def _end(self, kind: str) -> None:
        if kind == "List":
            self.lists.pop()
        elif kind == "Table":
            self.add("tables", self.table[0], self.table[1:])
        elif kind == "CodeBlock" and self.code is not None:
            self.add("codes", self.opened, self.language, "".join(self.code))
            self.code = None
        elif kind == "HtmlBlock" and self.html is not None:
            self._html("".join(self.html), self.opened)
            self.html = None

    def _inline(self, name: str, value: str, start: int) -> None:
        if name == "Html":
            if self.html is not None:
                self.html.append(value)
        elif name == "InlineHtml":
            self._html(value, start)
        elif name == "FootnoteReference":
            self.add("notes", start, (False, value))
        elif name in ("InlineMath", "DisplayMath"):
            self.add("formulae", start, " ".join(value.split()))
        self.fresh_item = False

    def _end_of_run(self) -> None:
        """A run of text is read: does `**` stand in it, or an edge?"""
        start, end = self.run
        self.run = (-1, -1)
        if start < 0:
            return
        text = self.raw[start:end]
        at = text.find(b"**")
        while at >= 0:
            if start + at == 0 or self.raw[start + at - 1 : start + at] != b"\\":
                self.add("literals", start + at, None, self._words(start, end))
                break
            at = text.find(b"**", at + 2)
        written = self.body[start:end]  # the shadow may spell a colon otherwise
        if written[:3] in (b"///", b":::", b"!!!", b"???"):
            edge = _EDGE.match(written.decode(errors="replace"))
            if edge:
                marker, word = edge[1] or edge[3], edge[2] or edge[4] or ""
                self.add("edges", start, (marker[:3], word.casefold()))

    def _html(self, text: str, offset: int) -> None:
        """The tags of a piece of HTML, and where its links lead."""
        if text.startswith("<!--"):
            self.add("marks", offset)
        text = without(text, "<!--", "-->")
        if self.pinned and text == "</a>":
            self.pinned = False
            return
        pin = _PIN.fullmatch(text)
        if pin is not None and pin[1] in self.pins:
            self.pinned = not text.endswith("</a>")
            return
        line, at = self.line(offset), 0
        for match in _TAG.finditer(text):
            line += text.count("\n", at, match.start())
            at = match.start()
            self.found["tags"].append(Thing(line, self.section, match[1]))
        line, at = self.line(offset), 0
        for match in _HREF.finditer(text):
            line += text.count("\n", at, match.start())
            at = match.start()
            name = "links" if match[1].lower() == "href" else "images"
            address = match[2] if match[2] is not None else match[3]
            self.found[name].append(Thing(line, self.section, address))

    def _words(self, start: int, end: int) -> str:
        """The beginning of what stands there, on one line."""
        return " ".join(self.body[start : min(end, start + 240)].decode(errors="replace").split())


def _language(data: Any) -> str | None:
    if data.__class__ is not dict:
        return None
    info: str = data.get("Fenced", "")
    return _INFO.split(info.strip(), maxsplit=1)[0].lower()
