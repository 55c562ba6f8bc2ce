r"""Finds answers that are one off: two texts merged or one skipped, and all later ids shifted.

Severity: error for every target from two before the first sign to the end of the request; a
shifted text is a good translation of another text, and no single check can see that.
Bound: for each target, how much speaks for its own source, for the one before, the one after,
and for two of them joined (length against the batch's usual ratio, names, numbers, code,
words of the same origin, punctuation). The likeliest path through the whole answer on which ids
may slip by one is found by dynamic programming; each slip costs `_SLIP`. The answer is
doubted where such a path beats the numbers as they stand.
Source: quality.md 6.5, A2, and its finding 4; Gale and Church 1993 for lengths.
False alarms: 0.26 % of 381 published requests (1: a list of short Turkish phrases); in requests
of 2 to 12 segments at most 0.60 %.
Found: 99 % of the answers of technical text with two neighbours merged and all later ones shifted,
98 % of those without code, links and digits; what is missed are rows of short table cells.
That two segments of a request fail other checks is no proof by itself: as a rule it found not one
answer more, and doubted 1.75 % of the good ones. Each of them speaks against the ids.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence, Set

from translate_pipeline.batch_checks._likeness import likeness, rarity, typical_ratio
from translate_pipeline.batch_checks._signs import Signs, join, known, signs
from translate_pipeline.checks._prose import language
from translate_pipeline.checks.length import band
from translate_pipeline.model import Brief, Finding, Segment, Severity

__all__ = ["NAME", "SEVERITY", "check", "first_slip"]

NAME = "alignment"
SEVERITY = Severity.ERROR

_BEFORE = 2  # segments before the first sign that are doubted too, quality.md A2
_SLIP = 3.0  # natural logarithms; what has to speak for one slip more than for none
_FLAGGED = 1.0  # what an error of one of these checks speaks against the id
_FLAGS = frozenset({"code", "length", "numbers", "placeholders"})
_ODD = frozenset({"chatter", "empty", "loop", "script", "shape", "untranslated"})
_OUTSIDE = -2.5  # likeness to a text beyond the request, which is not known
_LONGER = 1.1  # than its length leads to expect: a target that may hold two
_USUAL_AT = 100  # characters of source: the narrow band's
_NEVER = -1e9


def check(
    segments: Sequence[Segment],
    targets: Mapping[int, str],
    findings: Mapping[int, tuple[Finding, ...]],
    brief: Brief,
) -> Iterator[Finding]:
    """Yield an error for each target that may be another segment's."""
    flagged = {
        number
        for number, found in findings.items()
        if any(one.check in _FLAGS and one.severity is not Severity.WARNING for one in found)
    }
    # What is wrong in itself, and asked for again anyway, says nothing of its place.
    sound = {number: text for number, text in targets.items() if not _odd(findings.get(number))}
    first = first_slip(segments, sound, brief, flagged)
    if first is None:
        return
    why = f"the answers may be one off from segment {segments[first].id} on"
    for segment in segments[max(first - _BEFORE, 0) :]:
        if segment.id in targets:
            yield Finding(NAME, SEVERITY, segment.id, why)


def _odd(findings: Sequence[Finding] | None) -> bool:
    return any(one.check in _ODD and one.severity is Severity.ERROR for one in findings or ())


def first_slip(
    segments: Sequence[Segment],
    targets: Mapping[int, str],
    brief: Brief,
    flagged: Set[int] = frozenset(),
) -> int | None:
    """The index from which ids are likelier one off than right; None where they are right."""
    if len(segments) < 2 or len(targets) < 2:
        return None
    latin = brief.target.script == "Latn"
    common = brief.target.stopwords
    ours = [signs(one.text, one, latin=latin, common=common) for one in segments]
    rare = rarity(ours)
    telling = frozenset(rare)
    theirs = [
        known(signs(targets[one.id], one, latin=latin, common=common), telling)
        if one.id in targets
        else None
        for one in segments
    ]
    came = [(source, target) for source, target in zip(ours, theirs, strict=True) if target]
    ratio = typical_ratio([s for s, _ in came], [t for _, t in came], _usual(brief))
    flags = [_FLAGGED if one.id in flagged else 0.0 for one in segments]
    return _likeliest(ours, theirs, flags, ratio, rare)


def _usual(brief: Brief) -> float:
    """Target/source in characters for these two languages."""
    if language(brief.target.tag) == language(brief.source.tag):
        return 1.0
    low, high, _ = band(_USUAL_AT, brief.target, brief.source)
    return math.sqrt(low * high)


def _likeliest(
    ours: Sequence[Signs],
    theirs: Sequence[Signs | None],
    flags: Sequence[float],
    ratio: float,
    rare: Mapping[str, float],
) -> int | None:
    """Where the likeliest path leaves the ids; None if it never does.

    Three states: a target belongs to its own source, to the one after, to the one before.
    A state is worth what speaks for it more than for the ids as they stand, and knows where its
    path first slipped.
    """
    right: tuple[float, int | None] = (0.0, None)
    after: tuple[float, int | None] = (_NEVER, None)
    before: tuple[float, int | None] = (_NEVER, None)
    for index, target in enumerate(theirs):
        if target is None:  # says nothing; whoever merged it did so beside it
            continue
        own = likeness(ours[index], target, ratio, rare) - flags[index]
        long = target.length > _LONGER * ratio * ours[index].length  # may be two texts
        gap = merged = _OUTSIDE - own
        if index + 1 < len(ours):
            gap = merged = likeness(ours[index + 1], target, ratio, rare) - own
            if long:
                both = join(ours[index], ours[index + 1])
                merged = max(likeness(both, target, ratio, rare) - own, gap)
        back, closing = _NEVER, 0.0
        if index:
            back = likeness(ours[index - 1], target, ratio, rare) - own
            if long:
                both = join(ours[index - 1], ours[index])
                closing = max(likeness(both, target, ratio, rare) - own, 0.0)
        right, after, before = (
            _best((right, 0.0), (after, -_SLIP), (before, closing - _SLIP), at=None),
            _best((after, gap), (right, merged - _SLIP), (before, gap - 2 * _SLIP), at=index),
            _best((before, back), (right, back - _SLIP), (after, back - 2 * _SLIP), at=index),
        )
    return max(right, after, before, key=lambda state: state[0])[1]


def _best(
    *ways: tuple[tuple[float, int | None], float], at: int | None
) -> tuple[float, int | None]:
    """The best way into a state, and where its path slipped first: here, if not before."""
    best, first = _NEVER, None
    for (worth, slipped), more in ways:
        if worth + more > best:
            best, first = worth + more, slipped
    return best, at if first is None else first
