"""Article body and its masks in, masks that also cover what says `translate="no"` out.

An element with `translate="no"` or `class="notranslate"` stays as it is with all its content
(https://html.spec.whatwg.org/#attr-translate), wherever it stands: in a line of Markdown, or
round whole paragraphs. Law: such elements are covered whole; masks stay in order, disjoint.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pyromark import Options

from translate_pipeline.article.closers import begins_line
from translate_pipeline.article.dialects import Anchor, Closer, Construct, Dialect
from translate_pipeline.article.html_text import VOID, untranslated
from translate_pipeline.article.scan import Mask, masks

__all__ = ["cover"]

# In lower case: a pattern that ignores case costs ten times as much as one that does not.
_WISH = re.compile(rb"translate[ \t\r\n]*+=")

# Every tag outside of code, comments and scripts: the scanner passes over those.
_TAGS = Dialect(
    name="tags",
    options=Options(0),
    anchor=Anchor.HTML,
    constructs=(Construct(rb"</?[A-Za-z]", closer=Closer.TAG, code=False),),
)
_NAME = re.compile(rb"<(/?)([A-Za-z][^\s/>]*)")
_BLANK = re.compile(rb"\n[ \t>]*\r?\n")
# Elements that begin an HTML block at the start of a line (CommonMark 4.6, condition 6): as
# long as no blank line ends the block, `html_text.py` leaves them alone by itself.
_BLOCKS = frozenset(
    b"address article aside blockquote body caption center col colgroup dd details dialog dir div"
    b" dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html iframe legend"
    b" li link main menu menuitem nav ol optgroup option p param search section summary table"
    b" tbody td tfoot th thead title tr track ul".split()
)


def cover(source: bytes, found: Sequence[Mask]) -> list[Mask]:
    """`found`, and a mask for each element of `source` that must stay as it is."""
    # Nearly every article ends here, so the fast searches come first.
    if b"<" not in source or b"translate" not in (lower := source.lower()):
        return list(found)
    if not _WISH.search(lower) and b"notranslate" not in lower:
        return list(found)
    tags = {mask.start for mask in found}  # to MDX a tag never begins an HTML block
    elements = [
        Mask(start, end, b"x", True)
        for start, end in _elements(source)
        if start in tags or not _in_html_block(source, start, end)
    ]
    result: list[Mask] = []
    for mask in sorted([*found, *elements]):
        if result and mask.start < result[-1].end:  # one of the two is an element
            if mask.end > result[-1].end:
                result[-1] = Mask(result[-1].start, mask.end, b"x", True)
        else:
            result.append(mask)
    return result


def _elements(source: bytes) -> list[tuple[int, int]]:
    """The outermost elements that must stay as they are; one pass, a stack for each name.

    One without its end tag ends with its paragraph, as nobody can know better.
    """
    kept: list[tuple[int, int]] = []
    ends: dict[int, int] = {}
    stacks: dict[bytes, list[int]] = {}
    wanted: list[tuple[int, int]] = []  # opening tags
    for start, end, *_ in masks(source, _TAGS):
        tag = source[start:end]
        match = _NAME.match(tag)
        if match is None:
            continue
        name = match[2].lower()
        stack = stacks.setdefault(name, [])
        if match[1]:
            if stack:
                ends[stack.pop()] = end
            continue
        if name in VOID or tag.endswith(b"/>"):
            ends[start] = end
        else:
            stack.append(start)
        if untranslated(tag[match.end() : -1]):
            wanted.append((start, end))
    for start, behind in wanted:
        if kept and start < kept[-1][1]:
            continue
        end = ends.get(start, 0)
        if not end:
            blank = _BLANK.search(source, behind)
            end = blank.start() if blank else len(source.rstrip())
        kept.append((start, max(end, behind)))
    return kept


def _in_html_block(source: bytes, start: int, end: int) -> bool:
    name = _NAME.match(source, start)
    return (
        name is not None
        and name[2].lower() in _BLOCKS
        and begins_line(source, start)
        and not _BLANK.search(source, start, end)
    )
