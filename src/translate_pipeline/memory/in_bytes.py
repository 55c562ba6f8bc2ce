"""Published bytes in, the marks of the source's segment found in them: for where parsing fails.

The parser may see other things in a target than in its source: an address that runs into the
word behind it, a comment at the start of a block. What a mark stands for is still there.
"""

from __future__ import annotations

from collections.abc import Sequence

from translate_pipeline.article.protect import one_line
from translate_pipeline.model import Segment, Token

__all__ = ["by_bytes", "inside"]

# More marks than any paragraph has; beyond it nothing is looked for in the bytes.
_MOST = 500


def inside(source: str, fixed: Sequence[str]) -> list[str] | None:
    """What stands in `source` between the pieces `fixed`; None where these do not fit.

    >>> inside('](u "Titel")', ['](u "', '")'])
    ['Titel']
    """
    if len(fixed) == 1:
        return [] if source == fixed[0] else None
    if not source.startswith(fixed[0]):
        return None
    found = []
    position = len(fixed[0])
    for piece in fixed[1:-1]:
        at = source.find(piece, position)
        if at < 0:
            return None
        found.append(source[position:at])
        position = at + len(piece)
    end = len(source) - len(fixed[-1])
    if end < position or not source.endswith(fixed[-1]):
        return None
    return [*found, source[position:end]]


def by_bytes(published: str, segment: Segment) -> Segment | None:
    """`segment` with the text `published`, each token's source called by its mark in it.

    Of tokens with one source the first mark stands first. None if a token is missing.
    """
    tokens = [token for token in segment.tokens if token.mark != token.source]
    if len(tokens) > _MOST:
        return None
    spans: list[tuple[int, int, Token]] = []
    taken = bytearray(len(published))
    behind: dict[str, int] = {}
    for token in sorted(tokens, key=lambda token: -len(token.source)):
        source = token.source
        at = published.find(source, behind.get(source, 0))
        while at >= 0 and any(taken[at : at + len(source)]):
            at = published.find(source, at + 1)
        if at < 0 or not source:
            return None
        end = behind[source] = at + len(source)
        taken[at:end] = b"\1" * len(source)
        spans.append((at, end, token))
    pieces = []
    position = 0
    spans.sort()
    for start, end, token in spans:
        pieces += [_joined(published[position:start]), token.mark]
        position = end
    pieces.append(_joined(published[position:]))
    found = tuple(token for _, _, token in spans)
    return segment._replace(text="".join(pieces), tokens=found)


def _joined(words: str) -> str:
    if "\n" not in words and "\r" not in words:
        return words
    inner = one_line(words)
    before = " " if words[:1].isspace() else ""
    behind = " " if words[-1:].isspace() else ""
    return f"{before}{inner}{behind}" if inner else " "
