"""A glossary and the requested segments in, the terms that occur in them out.

The law: a term that does not occur is never sent, whatever the size of the glossary. With
just the right terms 91-99 % come out right, with a whole dictionary 55 % (quality.md 0, row 6).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from translate_pipeline.model import Segment, Term

__all__ = ["MOST", "hits", "lines"]

# Terms per request (quality.md 6.4).
MOST = 30

# Scripts without spaces between words, and Korean, whose particles cling to the word.
_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
    r"\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_STARTS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
_ENDS_UNSPACED = re.compile(rf"[{_UNSPACED}]$")


def hits(terms: Sequence[Term], segments: Sequence[Segment]) -> tuple[Term, ...]:
    """The terms whose source occurs in `segments`, longest first, at most 30.

    Without case; whole words (also with a plural or possessive s) in alphabetic scripts,
    anywhere in Chinese, Japanese, Korean, Thai. A term inside a longer hit does not count.
    """
    text = "\n".join(" ".join(segment.text.split()) for segment in segments).casefold()
    found: list[Term] = []
    seen: set[str] = set()
    # Python's sort is stable: equal lengths stay in the order of the glossary.
    for term in sorted(terms, key=lambda term: -len(term.source)):
        words = " ".join(term.source.split()).casefold()
        if not words or words in seen or words not in text:
            continue
        text, count = _pattern(words).subn("\0", text)
        if count:
            seen.add(words)
            found.append(term)
            if len(found) == MOST:
                break
    return tuple(found)


def lines(terms: Iterable[Term]) -> str:
    """The terms as the model reads them, one a line.

    >>> lines([Term("to deploy", "bereitstellen", ("deployen",)), Term("Cloud Run")])
    'to deploy = bereitstellen (not: deployen)\\nCloud Run = keep'
    """
    return "\n".join(_line(term) for term in terms)


def _line(term: Term) -> str:
    remarks = [f"not: {', '.join(term.avoid)}"] if term.avoid else []
    remarks += [term.note] if term.note else []
    remark = f" ({'; '.join(remarks)})" if remarks else ""
    return " ".join(f"{term.source} = {term.target or 'keep'}{remark}".split())


def _pattern(words: str) -> re.Pattern[str]:
    left = "" if _STARTS_UNSPACED.match(words) else r"(?<!\w)"
    right = "" if _ENDS_UNSPACED.search(words) else r"(?:['’]?s|es)?(?!\w)"
    return re.compile(left + re.escape(words) + right)
