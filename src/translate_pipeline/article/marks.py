"""Protected text in, its words and its marks out; joined again they are the text.

A *mark* is anything in a segment's text that is not words: the segment's tokens (`<x1/>`,
`](u1)`, code spans, formulae …), link openers, emphasis delimiters, backslash escapes and
entities. Backends that translate words only (pseudo, Apertium) mask all marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate_pipeline.model import Token

__all__ = ["split"]

# Everything that is syntax without being a token. Bounded repetition keeps it linear.
_SYNTAX = re.compile(
    r"\\[!-/:-@\[-`{-~]"
    r"|&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    r"|!?\[|\]|\*+|_+|~~|`+|[<>|]"
)


def split(text: str, tokens: Sequence[Token] = ()) -> list[tuple[bool, str]]:
    """Cut `text` into `(is_mark, piece)`; tokens are looked for in their order.

    >>> split("Run **`make`** [now](u1)", [Token("`make`", "`make`"), Token("](u1)", "](x)")])
    [(False, 'Run '), (True, '**'), (True, '`make`'), (True, '**'), (False, ' '), (True, '['),\
 (False, 'now'), (True, '](u1)')]
    """
    pieces: list[tuple[bool, str]] = []
    position = 0
    for token in tokens:
        found = text.find(token.mark, position)
        if found < 0:
            continue
        _plain(text, position, found, pieces)
        pieces.append((True, token.mark))
        position = found + len(token.mark)
    _plain(text, position, len(text), pieces)
    return pieces


def _plain(text: str, start: int, end: int, pieces: list[tuple[bool, str]]) -> None:
    for match in _SYNTAX.finditer(text, start, end):
        if match.start() > start:
            pieces.append((False, text[start : match.start()]))
        pieces.append((True, match.group()))
        start = match.end()
    if start < end:
        pieces.append((False, text[start:end]))
