"""A segment in, the same with its code behind marks out; a target in, the code put back.

The law: `lift` of a target that kept the marks has the code of the source, byte for byte. A
model that changed a code span twice gets `<x7/>` to copy instead (quality.md 6.6, step 4: level 1
protection); it is not the first choice, for grammar needs to see the code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from translate_pipeline.model import Segment, Token

__all__ = ["lift", "veil"]

_NUMBER = re.compile(r"<x(\d{1,9})/>")
_MARK = re.compile(r"[<＜]\s?[xX](\d{1,9})\s?/\s?[>＞]")


def veil(segment: Segment) -> tuple[Segment, Mapping[str, str]]:
    """The segment with each code span and formula as a mark, and what stands behind each mark.

    The mapping is empty, and the segment itself comes back, where there is nothing to hide.

    >>> from translate_pipeline.model import Kind
    >>> token = Token("`make`", "`make`")
    >>> veil(Segment(1, Kind.PARAGRAPH, "Run `make`.", 0, 0, (token,)))[0].text
    'Run <x1/>.'
    """
    number = max((int(n) for n in _NUMBER.findall(segment.text)), default=0)
    text, tokens, behind, done = segment.text, [], {}, 0
    for token in segment.tokens:
        at = text.find(token.mark, done) if token.mark[:1] in ("`", "$") else -1
        if at < 0:
            tokens.append(token)
            continue
        number += 1
        mark = f"<x{number}/>"
        text = text[:at] + mark + text[at + len(token.mark) :]
        done = at + len(mark)
        tokens.append(Token(mark, token.source))
        behind[str(number)] = token.mark
    if not behind:
        return segment, {}
    return segment._replace(text=text, tokens=tuple(tokens)), behind


def lift(target: str, behind: Mapping[str, str]) -> str:
    """`target` with what stands behind the marks of `veil`.

    >>> lift("Starte <x1/>.", {"1": "`make`"})
    'Starte `make`.'
    """
    return _MARK.sub(lambda mark: behind.get(str(int(mark[1])), mark[0]), target)
