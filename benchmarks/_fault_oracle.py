"""Two versions of an article in, whether they differ in more than their words out.

The law: written without a line of the package, with another parser than its own. Blocks, links,
code, tags, formulae, footnote marks and the front matter must be equal; texts need not be.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["same_structure", "structure"]

_FRONT = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
# Emphasis is the translator's: another language may need none, or another way to say it.
_FREE = frozenset({
    "text", "softbreak", "text_special", "strong_open", "strong_close", "em_open", "em_close",
    "s_open", "s_close",
})  # fmt: skip
_PROSE_KEYS = frozenset({"title", "description", "summary", "excerpt", "subtitle"})
# What is not words in a block of HTML.
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^>]*>", re.DOTALL)
_FOREIGN = re.compile(
    r"\{[{%].{0,500}?[%}]\}|\[\^[^\]\s]{1,50}\]|\$[^$\n]{1,200}\$|(?<!\w):[a-z_]{2,30}:"
)


def same_structure(one: str, other: str) -> bool:
    """True if only words differ."""
    return structure(one) == structure(other)


def structure(text: str) -> tuple[object, ...]:
    """All of an article but its words."""
    front = _FRONT.match(text)
    keys: list[tuple[str, object]] = []
    if front:
        values = yaml.safe_load(front[1])
        keys = [(key, "" if key in _PROSE_KEYS else value) for key, value in values.items()]
    body = text[front.end() :] if front else text
    return (keys, Counter(_FOREIGN.findall(body)), list(_marks(_parser().parse(body))))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _marks(tokens: list[Token]) -> Iterator[tuple[object, ...]]:
    for token in tokens:
        if token.type == "inline":
            yield from _marks(token.children or [])
        elif token.type not in _FREE:
            attributes = {k: v for k, v in token.attrs.items() if k not in ("alt", "title")}
            shown = token.type in (
                "fence",
                "code_block",
                "code_inline",
                "html_block",
                "html_inline",
            )
            content = token.content if shown else token.info
            if token.type == "html_block":
                content = " ".join(_TAG.findall(content))
            yield (token.type, token.tag, token.nesting, attributes, content)
