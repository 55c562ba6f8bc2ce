"""Finds what a tool or a model left in the text: placeholders, marks, a fence round the article.

Bound: a placeholder of the sorts that translation tools put in the place of code and links
(`#codeblock1`, `__LINK_2__`, `@@3@@`, `<x1/>`, `](u1)`), NUL and U+FFFD, if the source has
fewer of that very text; the whole article inside one fence (```markdown) that the source lacks.
Source: requirements.md 5 (*tool placeholder leaked*, 0.2-1.6 %), examples 3 and 16, and the
wrapper fences told there.
Silent: what the source has as well, since articles about tools quote them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from translate_pipeline.model import LocalePair
from translate_pipeline.structure_checks._outline import Outline
from translate_pipeline.structure_checks._sections import Fault

__all__ = ["KIND", "NAME", "check"]

NAME = "leaked"
KIND = "leftovers"

_SORTS = (
    "CODE|CODE_?BLOCK|INLINE_?CODE|LINK|URL|IMAGE|IMG|TAG|HTML|PLACEHOLDER|TOKEN|TERM|VAR|MATH|XX"
)
_LEAK = re.compile(
    rf"(?:@@|%%|__|\[\[|\{{\{{|⟦|⟪|<<|\$\$)\s?(?:(?i:{_SORTS})[ _-]?)\d{{1,5}}\s?"
    r"(?:@@|%%|__|\]\]|\}\}|⟧|⟫|>>|\$\$)"
    r"|(?:@@|⟦|⟪)\d{1,5}(?:@@|⟧|⟫)"
    r"|(?i:\b(?:code_?block|inline_?code|placeholder)_?\d{1,5}\b)"
    r"|</?[xb]\d{1,5}\s?/?>|\]\(u\d{1,5}\)|\x00|�"
)
_SHOWN = {"\x00": "a NUL byte", "�": "U+FFFD (text that was decoded wrongly)"}
_WRAPPERS = ("markdown", "md", "mdx")


def check(source: Outline, target: Outline, pair: LocalePair) -> Iterator[Fault]:
    """Yield one fault for each leftover."""
    wrapped = [t for t in target.codes if t.what in _WRAPPERS]
    if wrapped and len(source.codes) + len(source.paragraphs) > 0:
        first = wrapped[0]
        outside = len(target.paragraphs) + len(target.headings) + len(target.items)
        inside = len(source.paragraphs) + len(source.headings) + len(source.items)
        if outside <= 2 < inside and not any(t.text == first.text for t in source.codes):
            yield Fault(first.line, "the article stands in a code fence; take the fence away")
    known = Counter(_LEAK.findall(source.body))
    at = 0
    line = target.first
    for match in _LEAK.finditer(target.body):
        if known[match[0]] > 0:
            known[match[0]] -= 1
            continue
        line += target.body.count("\n", at, match.start())
        at = match.start()
        yield Fault(line, f"{_SHOWN.get(match[0]) or f'“{match[0]}”'} was left here by a tool")
