"""Links that name a heading of their own article by its words in, the same to its new words out.

`[[#One]]` leads to the heading *One*, and nowhere once that is called *Eins*. Law: after a
translation such a link leads to the same heading as before, and nothing else in it has changed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from translate_pipeline.article import anchors, front_matter, parser
from translate_pipeline.article.dialects import Dialect
from translate_pipeline.article.leaves import collect
from translate_pipeline.article.shadow import Mask, Shadow, cast

__all__ = ["canonical", "headings", "leads", "rewritten"]

# What does not count where Obsidian compares a link with a heading, and what a link cannot hold:
# `stripHeading` and `stripHeadingForLink` of https://github.com/obsidianmd/obsidian-api.
_NOT_COMPARED = re.compile(r"[!\"#$%&()*+,.:;<=>?@^`{|}~/\[\]\\\s]+")
_NOT_WRITTEN = re.compile(r"[#|^\\:%\[\]\s]+")


def headings(shadow: Shadow, body: bytes, dialect: Dialect) -> list[str]:
    """The words of the headings of `body`, in order; its shadow is known. Raises ArticleError."""
    with parser.panics():
        found = collect(parser.events(shadow.text, dialect.options), shadow.text.encode())
    leaves = [found.leaves[index] if index >= 0 else None for index, _ in found.headings]
    return [anchors.plain(body[x.start : x.end].decode()) if x else "" for x in leaves]


def rewritten(source: Shadow, body: bytes, output: bytes, dialect: Dialect) -> bytes:
    """`output`, a translation of `body`, its links leading to the headings they led to before.

    `source` is the shadow of `body`. Where nothing leads to a heading, `output` itself.
    Raises ArticleError where the parser fails.
    """
    if not leads(source.masks, body, dialect):
        return output
    pattern = _pattern(dialect.heading_link)
    head = front_matter.read(output, ())
    base = head.end if head else 3 if output.startswith(b"\xef\xbb\xbf") else 0
    theirs = output[base:]
    shadow = cast(theirs, theirs.decode(), dialect)
    before, after = headings(source, body, dialect), headings(shadow, theirs, dialect)
    if len(before) != len(after):
        return output  # no translation; the proof says so
    numbers = _numbers(before)
    pieces, position = [output[:base]], 0
    for mask in shadow.masks:
        match = pattern.match(theirs, mask.start, mask.end)
        way = _way(match[1].decode(), numbers) if match else ()
        if match and any(_key(before[i]) != _key(after[i]) for i in way):
            words = "#".join(_NOT_WRITTEN.sub(" ", after[index]).strip() for index in way)
            pieces += [theirs[position : match.start(1)], words.encode()]
            position = match.end(1)
    return b"".join([*pieces, theirs[position:]])


def canonical(opaque: Iterable[bytes], words: Sequence[str], dialect: Dialect) -> list[bytes]:
    """Each construct with the number of the heading it leads to in place of its words."""
    pattern = _pattern(dialect.heading_link)
    numbers = _numbers(words)
    result = []
    for construct in opaque:
        match = pattern.match(construct)
        way = _way(match[1].decode(), numbers) if match else ()
        if match and way:
            number = b"\0".join(b"%d" % index for index in way)
            construct = construct[: match.start(1)] + b"\0" + number + construct[match.end(1) :]  # noqa: PLW2901
        result.append(construct)
    return result


def leads(masks: Iterable[Mask], body: bytes, dialect: Dialect) -> bool:
    """True when a construct of `body` names a heading."""
    pattern = _pattern(dialect.heading_link)
    return any(pattern.match(body, mask.start, mask.end) for mask in masks)


def _way(link: str, numbers: Mapping[str, Sequence[int]]) -> tuple[int, ...]:
    """The numbers of the headings that `A#B` names, each below the one before; none: nowhere."""
    found: list[int] = []
    for words in link.split("#"):
        known = numbers.get(_key(words), ())
        at = bisect_right(known, found[-1]) if found else 0
        if at >= len(known):
            return ()
        found.append(known[at])
    return tuple(found)


def _numbers(words: Sequence[str]) -> dict[str, list[int]]:
    """The numbers of the headings by what counts of their words."""
    found: dict[str, list[int]] = {}
    for number, heading in enumerate(words):
        if key := _key(heading):
            found.setdefault(key, []).append(number)
    return found


def _key(words: str) -> str:
    return _NOT_COMPARED.sub(" ", words).strip().casefold()


@lru_cache(maxsize=8)
def _pattern(heading_link: bytes) -> re.Pattern[bytes]:
    return re.compile(heading_link)
