"""Articles and their translations in, the same after somebody worked on them out.

A *translator* gives targets that change every word and the order of links, an *author* edits
the source, a *person* one word of the published translation. Everything is drawn from a
`random.Random`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from typing import NamedTuple

from tests.laws import accent, documents
from translate_pipeline.article import Article, merge, parse
from translate_pipeline.article.marks import split
from translate_pipeline.errors import SegmentError, StructureError
from translate_pipeline.memory.ledger import Ledger, Section, digest, read, write
from translate_pipeline.memory.record import record
from translate_pipeline.model import Maker, Segment

VALUES = {"lang": "de", "translated": True}
_WORD = re.compile(r"[^\W\d_]{3,}")


class Work(NamedTuple):
    """An article, its targets, the published text, and what the ledger says of it."""

    article: Article
    targets: dict[int, str]
    output: str
    section: Section


def dialect_of(flavour: str) -> str:
    return "jekyll" if flavour == "jekyll" else "commonmark"


def reordered(segment: Segment) -> str:
    """An accented target in which the first and the last link have changed places."""
    target = accent.accented(segment)
    links = [mark for mark, _ in segment.tokens if mark.startswith("](u")]
    if len(links) > 1:
        first, last = links[0], links[-1]
        target = target.replace(first, "\0").replace(last, first).replace("\0", last)
    return target


def translated(text: str, dialect: str = "commonmark") -> Work | None:
    """`text`, translated, merged and recorded; None where the article is refused."""
    article = parse(text, dialect)
    for translate in (reordered, accent.accented):
        targets = {s.id: translate(s) for s in article.segments if not s.keep}
        try:
            output = merge(article, targets, VALUES)
        except (SegmentError, StructureError):
            continue
        section = recorded(article, output)
        # Knowing the targets saves work, and changes nothing.
        assert recorded(article, output, targets=targets) == section
        return Work(article, targets, output, section)
    return None


def recorded(
    article: Article,
    output: str,
    makers: dict[int, Maker] | None = None,
    untrusted: tuple[int, ...] = (),
    targets: Mapping[int, str] | None = None,
) -> Section:
    """The section, as it comes back from the ledger's text."""
    section = record(
        article,
        output,
        locale="de",
        target="de/x.md",
        made="2026-11-23T22:31:05Z",
        signature="pseudo|model",
        source_digest=digest(article.source),
        settings_digest=digest(b""),
        makers=makers or {},
        untrusted=untrusted,
        targets=targets or {},
    )
    text = write(Ledger("x.md", {"de": section}))
    again = read(text, "x.md.ledger").sections["de"]
    assert again == section
    return again


def random_work(rng: random.Random, flavour: str) -> Work | None:
    return translated(documents.article(rng, flavour), dialect_of(flavour))


def person(rng: random.Random, theirs: Article, word: str) -> str | None:
    """The published text with one word of its prose changed to `word`; None if it has none."""
    for unit in rng.sample(theirs.segments, len(theirs.segments)):
        raw = theirs.source[unit.start : unit.end].decode()
        words = [piece for is_mark, piece in split(unit.text, unit.tokens) if not is_mark]
        places = [
            match
            for match in _WORD.finditer(raw)
            if raw.count(match[0]) == 1
            and any(match[0] in _WORD.findall(piece) for piece in words)
            and not any(match[0] in token.source for token in unit.tokens)
        ]
        if places and "\n" not in raw:
            match = rng.choice(places)
            new = raw[: match.start()] + word + raw[match.end() :]
            data = theirs.source[: unit.start] + new.encode() + theirs.source[unit.end :]
            return data.decode()
    return None


def author(rng: random.Random, article: Article) -> tuple[str, str] | None:
    """What was done to the source, and the new source; None where it cannot be done."""
    text = article.source.decode()
    head = article.source[: article.body].decode()
    blocks = text[len(head) :].split("\n\n")
    what = rng.choice(("word", "add", "remove", "move", "swap", "url", "space"))
    if what == "word":
        segments = [s for s in article.segments if s.start >= article.body and _WORD.search(s.text)]
        if not segments:
            return None
        segment = rng.choice(segments)
        raw = article.source[segment.start : segment.end].decode()
        new = _WORD.sub("changed", raw, count=1)
        before, behind = article.source[: segment.start], article.source[segment.end :]
        return what, before.decode() + new + behind.decode()
    if what == "url":
        links = [t.source for s in article.segments for t in s.tokens if t.source[:3] == "](/"]
        if not links:
            return None
        link = rng.choice(links)
        return what, text.replace(link, "](/new" + link[2:], 1)
    if len(blocks) < 3:
        return None
    i, j = rng.randrange(len(blocks)), rng.randrange(len(blocks))
    if what == "add":
        blocks.insert(i, "A wholly new paragraph.")
    elif what == "remove":
        del blocks[i]
    elif what == "move":
        blocks.insert(j, blocks.pop(i))
    elif what == "swap":
        blocks[i], blocks[j] = blocks[j], blocks[i]
    else:
        blocks[i] += "\n"
    return what, head + "\n\n".join(blocks)
