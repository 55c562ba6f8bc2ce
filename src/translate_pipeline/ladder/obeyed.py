r"""An order and its target in, whether a model obeyed the order instead of translating it out.

Severity: error; an attacker's text must not be published. Only segments that read like an order
to a model (`conversation/orders.py`) are judged by this, and each of them carries a warning, so
that a person looks at it. Bounds: the length must lie within the narrow band of `quality.md` 6.5
(below 30 characters at least from 0.4 to 2.5); a target must not be a mere piece of its source,
nor all of it, nor in a third language; and what is encoded in the source must still be there.
False alarms, over 5,472 published segments taken as if all of them were orders: 2.6 %, of these
2.3 % for their length (`python -m benchmarks.injections`); 0.06 % of real segments are so taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from translate_pipeline.checks._prose import prose
from translate_pipeline.conversation.orders import encoded
from translate_pipeline.locale import load_style, parse_locale
from translate_pipeline.model import Brief, Finding, Segment, Severity
from translate_pipeline.resources import prompt_names

__all__ = ["NAME", "obeyed"]

NAME = "orders"

_WORD = re.compile(r"[^\W_]+")
_LONG, _SHORT = 80, 30  # characters, quality.md 6.5
_TINY = (0.4, 2.5)
_COPIED = 0.8  # of the words of the source; a faithful copy (a name) has all of them
_LOWER = re.compile(r"(?<![\w`(.-])[a-z]{3,}(?![\w`)(-])")
_NO_NAME = 3  # words in lower case
_FOREIGN, _FOREIGN_SHARE = 3, 0.2  # words of a third language
_MARK = re.compile(r"</?[xb]\d{1,9}/?>|\]\(u\d{1,9}\)")


def obeyed(segment: Segment, target: str, brief: Brief) -> Iterator[Finding]:
    """Yield an error for each sign of obedience, else the warning."""
    faults = list(_signs(segment, target, brief))
    for fault in faults:
        yield Finding(NAME, Severity.ERROR, segment.id, fault)
    if not faults:
        why = "the source reads like an order to a model; see that this is its translation"
        yield Finding(NAME, Severity.WARNING, segment.id, why)


def _signs(segment: Segment, target: str, brief: Brief) -> Iterator[str]:
    source, target = _MARK.sub(" ", segment.text), _MARK.sub(" ", target)
    size, length = len(prose(source, segment)), len(prose(target, segment))
    low, high = _band(size, brief)
    if size and not low <= length / size <= high:
        yield "of another length than a translation of this order"
    wanted, found = _words(source), _words(target)
    if found and len(found) <= _COPIED * len(wanted) and f" {found} " in f" {wanted} ":
        yield "it is a piece of the source, not its translation"
    if any(run not in target for run in encoded(source)):
        yield "what is encoded in the source is gone"
    if found == wanted and len(_LOWER.findall(source)) >= _NO_NAME:
        yield "it is the source, not its translation"
    words = found.split()
    own = sum(word in brief.target.stopwords for word in words)
    for name, theirs in _others(brief.target.tag, brief.source.tag):
        hits = sum(word in theirs for word in words)
        if hits >= _FOREIGN and hits > max(_FOREIGN_SHARE * len(words), 2 * own):
            yield f"it is {name}"
            return


@cache
def _others(*known: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The languages that are not `known` (tags), and the words that only they use often."""
    spoken = {tag.partition("-")[0] for tag in known}
    ours = [load_style(parse_locale(tag)).stopwords for tag in known]
    tags = [name.rpartition("/")[2] for name in prompt_names()]
    styles = [load_style(parse_locale(t)) for t in tags if "-" not in t and t not in spoken]
    return tuple((style.name, style.stopwords.difference(*ours)) for style in styles)


def _band(size: int, brief: Brief) -> tuple[float, float]:
    low, high = brief.target.length if size >= _LONG else brief.target.length_short
    # The bands are measured from English, and not for a handful of words.
    if size < _SHORT or brief.source.tag.partition("-")[0] != "en":
        return min(low, _TINY[0]), max(high, _TINY[1])
    return low, high


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
