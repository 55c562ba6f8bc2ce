"""Article text in, an `Article` out: front matter and segments as spans of the source.

Law: the segments are disjoint spans in document order; what lies between them is the
skeleton, which nobody can change. Nothing is ever rendered: `merge.py` puts new text into
the spans and copies the rest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from translate_pipeline.article import (
    anchors,
    dialects,
    directives,
    front_matter,
    html_text,
    parser,
    references,
)
from translate_pipeline.article.dialects import Dialect
from translate_pipeline.article.directives import Wish
from translate_pipeline.article.leaves import Leaf, Leaves, collect
from translate_pipeline.article.nested import hidden, nested_prose
from translate_pipeline.article.plain_text import hinted, visible
from translate_pipeline.article.protect import LETTER, has_prose, one_line, protect
from translate_pipeline.article.shadow import Mask, Shadow, cast
from translate_pipeline.errors import ArticleError
from translate_pipeline.model import Kind, Segment, Token

__all__ = ["DEFAULT_KEYS", "Article", "ArticleOptions", "parse"]

#: Front matter keys whose values are prose, unless the site says otherwise.
DEFAULT_KEYS = ("title", "description", "summary", "excerpt", "subtitle")

_BOM = b"\xef\xbb\xbf"
_ALONE_IMAGE = re.compile(r"!\[[^\[\]]*\]\(u1\)\Z")


@dataclass(frozen=True, slots=True)
class ArticleOptions:
    """What of an article is translated. `references`: `keep` or `translate`."""

    front_matter_keys: tuple[str, ...] = DEFAULT_KEYS
    references: str = "keep"


@dataclass(frozen=True, slots=True)
class Article:
    """A source, its segments, and what the later stages need to put it together again.

    `body` is the byte offset behind the front matter; `nested` says that some segment stands
    inside another's token; `pins` maps a heading's segment id to
    the id that in-page links rely on, `anchors` are all link targets in the page that exist;
    `instruction` is the author's note for the whole article (front matter `translate:
    {note: …}`).
    """

    source: bytes
    dialect: Dialect
    segments: tuple[Segment, ...]
    body: int = 0
    front_matter: front_matter.FrontMatter | None = None
    shadow: Shadow = field(default_factory=lambda: Shadow("", ()))
    anchors: frozenset[str] = frozenset()
    nested: bool = False
    pins: Mapping[int, str] = field(default_factory=dict)
    instruction: str = ""
    options: ArticleOptions = ArticleOptions()

    def line(self, offset: int) -> int:
        """The 1-based line of a byte offset."""
        return self.source.count(b"\n", 0, offset) + 1


def parse(
    text: str,
    dialect: str | Dialect = "commonmark",
    options: ArticleOptions = ArticleOptions(),
) -> Article:
    """Take `text` apart.

    Raises FrontMatterError for front matter that cannot be edited safely, ArticleError for
    text that is no valid Unicode, ConfigError for an unknown dialect.
    """
    flavour = dialects.find(dialect) if isinstance(dialect, str) else dialect
    try:
        source = text.encode()
    except UnicodeEncodeError as error:
        raise ArticleError(
            f"character {error.start} is a lone surrogate, which no file can hold; "
            "read the article as UTF-8 with errors='strict'",
            line=text.count("\n", 0, error.start) + 1,
        ) from None
    head = front_matter.read(source, options.front_matter_keys)
    instruction, skip = "", False
    if head is not None and b"translate" in source[head.start : head.end]:
        instruction, skip, keys = _wishes(head)
        if keys:
            head = front_matter.read(source, keys) or head
    base = head.end if head else len(_BOM) if source.startswith(_BOM) else 0
    body = source[base:] if base else source
    content = text[len(source[:base].decode()) :]
    shadow = cast(body, content, flavour)
    raw = body if shadow.text is content else shadow.text.encode()
    with parser.panics():
        found = collect(parser.events(shadow.text, flavour.options), raw)
    segments: list[Segment] = []
    if head and not skip:
        for entry in head.fields:
            kind = Kind.TITLE if entry.key == "title" else Kind.FRONT_MATTER
            text_ = " ".join(entry.value.split())
            shown = visible(text_)
            if has_prose(text_, shown):
                number = len(segments) + 1
                segments.append(
                    Segment(number, kind, text_, entry.start, entry.end, shown, key=entry.key)
                )
    heading_ids: dict[int, int] = {}
    nested = False
    if not skip:
        heading_ids, nested = _body_segments(
            found, body, raw, base, shadow.masks, options, segments
        )
    pins: dict[int, str] = {}
    targets: frozenset[str] = frozenset()
    if found.fragments:
        pins, targets = _anchors(found, body, heading_ids)
    return Article(
        source=source,
        dialect=flavour,
        segments=tuple(segments),
        body=base,
        nested=nested,
        front_matter=head,
        shadow=shadow,
        anchors=targets,
        pins=pins,
        instruction=instruction,
        options=options,
    )


def _wishes(head: front_matter.FrontMatter) -> tuple[str, bool, tuple[str, ...]]:
    """The front matter's `translate:` mapping: note, skip, keys."""
    wish = front_matter.metadata(head).get("translate")
    if wish is False:
        return "", True, ()
    if not isinstance(wish, Mapping):
        return "", False, ()
    keys = wish.get("keys")
    return (
        str(wish.get("note") or ""),
        wish.get("skip") is True,
        tuple(str(key) for key in keys) if isinstance(keys, list) else (),
    )


def _body_segments(
    found: Leaves,
    body: bytes,
    raw: bytes,
    base: int,
    masks: Sequence[Mask],
    options: ArticleOptions,
    segments: list[Segment],
) -> tuple[dict[int, int], bool]:
    """Append the body's segments.

    Return leaf index → segment id of headings, and whether a segment stands in another's token.
    """
    kept = references.reference_leaves(found, body) if found.lists else set()
    keep_references = options.references != "translate"
    wishes = directives.find(body)
    wish = 0
    next_wish = wishes[0].start if wishes else len(body)
    skipping = False
    nested = False
    note = ""
    heading_ids: dict[int, int] = {}
    order = _with_html(found, raw) if found.html else enumerate(found.leaves)
    number = len(segments)
    letter = LETTER.search
    new = tuple.__new__  # a named tuple without its keyword handling: a third of the time
    heading, attribute = Kind.HEADING, Kind.ATTRIBUTE
    whole = body.decode() if body.isascii() else None  # then offsets are the same in both
    for index, leaf in order:
        kind, start, end, parts, level, key = leaf
        while next_wish < start:
            directive = wishes[wish]
            wish += 1
            next_wish = wishes[wish].start if wish < len(wishes) else len(body)
            if directive.wish is Wish.NOTE:
                note = directive.text
            else:
                skipping = directive.wish is Wish.SKIP
        if skipping:
            continue
        tokens: tuple[Token, ...] = ()
        if parts or masks:
            text, tokens = protect(leaf, body, masks)
        else:
            text = whole[start:end] if whole is not None else body[start:end].decode()
            if hinted(text):
                text, tokens = protect(leaf, body)
        if "\n" in text or "\r" in text:  # the parser lost a line break (`a {}` above `\\`)
            text = one_line(text)
        # No token begins with a letter, so a letter at the start is prose.
        if (text[:1].isalpha() or (has_prose(text, tokens) if tokens else letter(text))) and not (
            tokens and kind is attribute
        ):
            number += 1
            keep = False
            if index in kept:
                kind, keep = Kind.REFERENCE, keep_references
            elif tokens and text.startswith("![") and _ALONE_IMAGE.match(text):
                kind = Kind.IMAGE_ALT
            elif kind is heading:
                heading_ids[index] = number
            at, stop = base + start, base + end
            segments.append(
                new(Segment, (number, kind, text, at, stop, tokens, level, key, keep, 0, note))
            )
            note = ""
            parent = number
        else:
            parent = 0
        if index >= 0 and index not in found.nested:
            continue
        for part in parts:
            for child_kind, child_key, a, b in nested_prose(part, body):
                value = body[a:b].decode()
                if has_prose(value, ()) and not hidden(a, b, masks):
                    number += 1
                    nested = nested or parent > 0
                    segments.append(
                        Segment(
                            number,
                            child_kind,
                            " ".join(value.split()),
                            base + a,
                            base + b,
                            (),
                            0,
                            child_key,
                            index in kept and keep_references,
                            parent,
                        )
                    )
    return heading_ids, nested


def _with_html(found: Leaves, raw: bytes) -> list[tuple[int, Leaf]]:
    """The leaves with those of HTML blocks in their places; the latter get index -1."""
    result: list[tuple[int, Leaf]] = []
    position = 0
    for before, lines in found.html:
        while position < before:
            result.append((position, found.leaves[position]))
            position += 1
        result.extend((-1, leaf) for leaf in html_text.runs(raw, lines))
    result.extend(enumerate(found.leaves[position:], position))
    return result


def _anchors(
    found: Leaves, body: bytes, heading_ids: Mapping[int, int]
) -> tuple[dict[int, str], frozenset[str]]:
    """Pins (segment id → id that a link relies on), and the link targets that exist."""
    wanted = {anchors.normalise(fragment) for fragment in found.fragments}
    explicit = wanted & anchors.explicit_ids(body)
    automatic = anchors.automatic_ids(found, body)
    pins: dict[int, str] = {}
    for (index, _), name in zip(found.headings, automatic, strict=True):
        if name in wanted and name not in explicit and index in heading_ids:
            pins[heading_ids[index]] = name
    return pins, frozenset(explicit | (wanted & set(automatic)))
