"""Article text in, an `Article` out: front matter and segments as spans of the source.

Law: the segments are disjoint spans in document order; what lies between them is the
skeleton, which nobody can change. Nothing is ever written from a rendering (the proof alone
reads one): `merge.py` puts new text into the spans and copies the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from translate_pipeline.article import (
    anchors,
    dialects,
    front_matter,
    heading_labels,
    parser,
    prose_slots,
    skeleton,
    slot_places,
)
from translate_pipeline.article.body_segments import body_segments
from translate_pipeline.article.dialects import Dialect
from translate_pipeline.article.leaves import Leaves, collect
from translate_pipeline.article.plain_text import visible
from translate_pipeline.article.prose_slots import Slot
from translate_pipeline.article.protect import has_prose
from translate_pipeline.article.shadow import Shadow, cast
from translate_pipeline.errors import ArticleError
from translate_pipeline.model import Kind, Segment

__all__ = ["DEFAULT_KEYS", "Article", "ArticleOptions", "parse"]

#: Front matter keys whose values are prose, unless the site says otherwise.
DEFAULT_KEYS = ("title", "description", "summary", "excerpt", "subtitle")

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class ArticleOptions:
    """What of an article is translated. `references`: `keep` or `translate`.

    `parameters` hold prose in the dialect's constructs beside those it knows itself
    (`dialects.with_prose`).
    """

    front_matter_keys: tuple[str, ...] = DEFAULT_KEYS
    references: str = "keep"
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A source, its segments, and what the later stages need to put it together again.

    `body` is the byte offset behind the front matter; `nested` says that some segment stands
    inside another's token; `pins` maps a heading's segment id to
    the id that in-page links rely on, `anchors` are all link targets in the page that exist;
    `labels` maps words of headings that `[label]` names to their ids;
    `slots` maps the id of a segment inside a foreign construct to its place there;
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
    slots: Mapping[int, Slot] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    instruction: str = ""
    options: ArticleOptions = ArticleOptions()
    _tags: list[list[str]] = field(default_factory=list, init=False, repr=False, compare=False)

    def tags(self) -> list[str]:
        """The tags of the rendered source, for the proof; made once for all its translations.

        Raises ArticleError as `parser.render`.
        """
        if not self._tags:
            html = parser.render(self.shadow.text, self.dialect.options)
            if self.slots:
                html = prose_slots.without_lengths(html)
            self._tags.append(skeleton.tags(html))
        return self._tags[0]

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
    if options.parameters:
        flavour = dialects.with_prose(flavour, options.parameters)
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
    labels: dict[str, str] = {}
    if flavour.heading_labels and b"[" in body:
        shadow, labels = heading_labels.defined(shadow, body, flavour)
    raw = body if shadow.text is content else shadow.text.encode()
    with parser.panics():
        events = parser.events(shadow.text, flavour.options)
        found = collect(events, raw, keeps_lines=flavour.keeps_lines)
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
    slots: dict[int, Slot] = {}
    nested = False
    if not skip:
        inner: list[Slot] = []
        if any(mask.slots for mask in shadow.masks):
            inner.extend(slot_places.prose(shadow.masks, found, shadow.text, raw, flavour.options))
        titles = list(prose_slots.leaves(inner, body, flavour.options)) if inner else []
        heading_ids, nested = body_segments(
            found,
            body,
            raw,
            base,
            shadow.masks,
            segments,
            keep_references=options.references != "translate",
            inner=titles,
            slots=slots,
        )
    if labels:
        stuck = heading_labels.without_room(body, shadow.masks, labels)
        segments = heading_labels.explicit(segments, labels, stuck)
        found.fragments.update(labels.values())
    pins: dict[int, str] = {}
    targets: frozenset[str] = frozenset()
    if found.fragments:
        pins, targets = _anchors(found, body, heading_ids, flavour)
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
        slots=slots,
        labels=labels,
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


def _anchors(
    found: Leaves, body: bytes, heading_ids: Mapping[int, int], dialect: Dialect
) -> tuple[dict[int, str], frozenset[str]]:
    """Pins (segment id → id that a link relies on), and the link targets that exist."""
    wanted = {anchors.normalise(fragment) for fragment in found.fragments}
    explicit = wanted & anchors.explicit_ids(body)
    possible = anchors.possible_ids(found, body, dialect.slug)
    pins: dict[int, str] = {}
    given = set(explicit)
    for rule in zip(*possible, strict=True):  # the dialect's own comes first
        for (index, _), name in zip(found.headings, rule, strict=True):
            number = heading_ids.get(index, 0)
            if number and name and name in wanted and name not in given:
                given.add(name)
                pins.setdefault(number, name)
    own = (names[0] for names in possible)
    return pins, frozenset(explicit | wanted.intersection(own) | set(pins.values()))
