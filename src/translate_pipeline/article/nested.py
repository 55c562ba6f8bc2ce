"""An inline part in, the prose that stands inside it out, as spans: titles and attributes.

A link's title and the `alt` or `title` of an inline tag belong to a token of their segment, and
are segments of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from translate_pipeline.article import html_text
from translate_pipeline.article.leaves import CLOSE, HTML, IMAGE
from translate_pipeline.article.shadow import Mask
from translate_pipeline.model import Kind

__all__ = ["hidden", "nested_prose"]

_TITLE = re.compile(
    rb"[ \t\r\n](?:\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)')[ \t]*\)\Z", re.DOTALL
)


def nested_prose(part: tuple[Any, ...], body: bytes) -> Sequence[tuple[Kind, str, int, int]]:
    """Prose inside an inline part: a link's title, an inline tag's `alt` or `title`."""
    what, start, end = part[0], part[1], part[2]
    if what == CLOSE or what == IMAGE:
        match = _TITLE.search(body, start, end)
        if match is None:
            return ()
        group = 1 if match[1] is not None else 2
        return ((Kind.LINK_TITLE, "title", match.start(group), match.end(group)),)
    if what == HTML:
        return [
            (Kind.ATTRIBUTE, leaf.key, leaf.start, leaf.end)
            for leaf in html_text.attributes(body, start, end)
        ]
    return ()


def hidden(start: int, end: int, masks: Sequence[Mask]) -> bool:
    """True when a template tag stands between `start` and `end`."""
    index = bisect_left(masks, (start,))
    return (index < len(masks) and masks[index].start < end) or (
        index > 0 and masks[index - 1].end > start
    )
