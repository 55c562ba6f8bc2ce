"""The leaves of an article's body in, its segments out, in document order.

Law: a segment's span is its leaf's; one inside another's token stands behind it and names it as
its parent. Directives in comments decide what is skipped.
"""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from translate_pipeline.article import directives, html_text, references
from translate_pipeline.article.directives import Wish
from translate_pipeline.article.leaves import Leaf, Leaves
from translate_pipeline.article.nested import hidden, nested_prose
from translate_pipeline.article.plain_text import hinted, visible
from translate_pipeline.article.prose_slots import Slot
from translate_pipeline.article.protect import LETTER, has_prose, one_line, protect
from translate_pipeline.article.shadow import Mask
from translate_pipeline.model import Kind, Segment, Token

__all__ = ["body_segments"]

_INNER = -2  # the index of a leaf inside a mask; that of a leaf in HTML is -1
_ALONE_IMAGE = re.compile(r"!\[[^\[\]]*\]\(u1\)\Z")


def body_segments(
    found: Leaves,
    body: bytes,
    raw: bytes,
    base: int,
    masks: Sequence[Mask],
    segments: list[Segment],
    *,
    keep_references: bool,
    inner: Sequence[tuple[Leaf, Slot]],
    slots: dict[int, Slot],
) -> tuple[dict[int, int], bool]:
    """Append the body's segments; `inner` are those inside masks, noted in `slots`.

    Return leaf index → segment id of headings, and whether a segment stands in another's token.
    """
    kept = references.reference_leaves(found, body) if found.lists else set()
    wishes = directives.find(body)
    wish = 0
    next_wish = wishes[0].start if wishes else len(body)
    skipping = False
    nested = False
    note = ""
    heading_ids: dict[int, int] = {}
    order: Iterable[tuple[int, Leaf]]
    order = _with_html(found, raw) if found.html else enumerate(found.leaves)
    places: dict[int, Slot] = {}
    if inner:
        order = heapq.merge(order, ((_INNER, leaf) for leaf, _ in inner), key=_start)
        places = {leaf.start: slot for leaf, slot in inner}
    holder = holder_end = 0
    number = len(segments)
    letter = LETTER.search
    new = tuple.__new__  # a named tuple without its keyword handling: a third of the time
    heading, attribute = Kind.HEADING, Kind.ATTRIBUTE
    whole = body.decode() if body.isascii() else None  # then offsets are the same in both
    begins = [mask.start for mask in masks]
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
        if index == _INNER and key and kind is attribute:
            text = " ".join(body[start:end].decode().split())
            tokens = visible(text)
        elif parts or (
            masks and (at := bisect_left(begins, start)) < len(begins) and begins[at] < end
        ):
            text, tokens = protect(leaf, body, masks)
        else:
            text = whole[start:end] if whole is not None else body[start:end].decode()
            if hinted(text):
                text, tokens = protect(leaf, body)
        if "\n" in text or "\r" in text:  # the parser lost a line break (`a {}` above `\\`)
            text = one_line(text)
        # No token begins with a letter, so a letter at the start is prose.
        if (text[:1].isalpha() or (has_prose(text, tokens) if tokens else letter(text))) and not (
            tokens and kind is attribute and index != _INNER
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
            if index == _INNER:
                slots[number] = places[start]
                parent = holder if start < holder_end else 0
                nested = nested or parent > 0
                segments.append(
                    Segment(number, kind, text, at, stop, tokens, level, key, False, parent)
                )
                continue
            segments.append(
                new(Segment, (number, kind, text, at, stop, tokens, level, key, keep, 0, note))
            )
            note = ""
            parent = number
            holder, holder_end = number, end
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


def _start(item: tuple[int, Leaf]) -> int:
    return item[1].start


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
