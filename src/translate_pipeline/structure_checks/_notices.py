"""Two outlines in, the target's without what its publisher added to every page out.

Law: a notice is one short run at the very beginning or the very end, set apart by a rule, a
comment, a quote or a tag that the source does not have there, or a last paragraph with a label
in bold (`**Disclaimer**:`); what is anything else stays.
"""

from __future__ import annotations

import re
from collections import Counter

from translate_pipeline.structure_checks._outline import Outline, Thing

__all__ = ["without_notices"]

_LABEL = re.compile(r"\*\*[^*\n]{1,40}\*\* ?[:：]|\*\*[^*\n]{1,40}[:：]\*\*")
_LENGTH = 2  # paragraphs
_NEVER = 1 << 62


def without_notices(source: Outline, target: Outline) -> Outline:
    """`target` without an added notice at its beginning or its end."""
    first, last = 0, _NEVER  # lines
    fields = (target.headings, target.items, target.tables, target.codes)
    blocks = sorted(thing.line for things in fields for thing in things)
    marks = target.marks if _more(source, target) else ()
    behind = [m.line for m in marks if not blocks or m.line > blocks[-1]]
    for line in reversed(behind):
        tail = [t for t in target.paragraphs if t.line > line]
        if len(tail) > _LENGTH:
            break
        if tail and _room(source, target, len(tail), last=True):
            last = line
            break
    if last == _NEVER and _labelled(target) and not _labelled(source):
        last = target.paragraphs[-1].line
    opening = target.paragraphs[0].line if target.paragraphs else 0
    above = {line for line in blocks if line < opening}
    if (
        opening
        and above <= {heading.line for heading in target.headings[:1]}
        and _wrapped(source, target, opening)
        and _room(source, target, 1, last=False)
    ):
        first = opening
    if first == 0 and last == _NEVER:
        return target

    def kept(things: tuple[Thing, ...]) -> tuple[Thing, ...]:
        return tuple(t for t in things if t.line < last and not first - 1 <= t.line <= first)

    return target._replace(
        paragraphs=kept(target.paragraphs),
        quotes=kept(target.quotes),
        links=kept(target.links),
        images=kept(target.images),
        literals=kept(target.literals),
        edges=kept(target.edges),
    )


def _room(source: Outline, target: Outline, notice: int, *, last: bool) -> bool:
    """False if the notice were all that its section has, and the source has something there."""
    ours = len(source.headings) if last else min(target.paragraphs[0].section, 1)
    theirs = len(target.headings) if last else target.paragraphs[0].section
    there = sum(t.section == theirs for t in target.paragraphs)
    return there > notice or not any(t.section == ours for t in source.paragraphs)


def _labelled(outline: Outline) -> bool:
    """True if the last block is a paragraph that begins with a label in bold."""
    final = outline.paragraphs[-1] if outline.paragraphs else None
    behind = final is not None and final.line > _last_block(outline)
    return behind and final is not None and _LABEL.match(final.text) is not None


def _last_block(outline: Outline) -> int:
    fields = (outline.headings, outline.items, outline.tables, outline.codes)
    return max((things[-1].line for things in fields if things), default=0)


def _more(source: Outline, target: Outline) -> bool:
    """True if the target has more rules and comments than the source."""
    return len(target.marks) > len(source.marks)


def _wrapped(source: Outline, target: Outline, line: int) -> bool:
    """True if the paragraph in this line is set in a tag or a quote that the source lacks."""
    for ours, theirs in ((source.tags, target.tags), (source.quotes, target.quotes)):
        more = Counter(t.what for t in theirs) - Counter(t.what for t in ours)
        if any(more[thing.what] for thing in theirs if abs(thing.line - line) <= 1):
            return True
    return False
