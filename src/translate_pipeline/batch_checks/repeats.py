r"""Finds a target that stands for two segments: the same as its neighbour's, or holding it.

Severity: error; a model that lost its place says a thing twice, and something else is missing.
Bound: sources of at least 30 characters, one after the other, that share less than 60 % of their
runs of three characters, while the targets share 90 %; or a target of at least 20 characters
(15 in scripts without spaces) that stands whole in its neighbour's, while less than 60 % of its
source's runs stand in the neighbour's source.
Source: quality.md 6.5, A3.
False alarms: 0.00 % of 228 published requests (5,472 segments).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from translate_pipeline.checks._prose import prose
from translate_pipeline.model import Brief, Finding, Segment, Severity

__all__ = ["NAME", "SEVERITY", "check"]

NAME = "repeats"
SEVERITY = Severity.ERROR

_SHORTEST = 30  # characters of source, quality.md A3
_WHOLE = 20  # characters of a target that stands in another one
_WHOLE_SPACELESS = 15
_SPACELESS = frozenset({"Hans", "Hant", "Jpan", "Kore", "Thai"})
_ALIKE, _DIFFERENT = 0.9, 0.6
_LONGEST = 20_000  # characters that are looked at


def check(
    segments: Sequence[Segment],
    targets: Mapping[int, str],
    findings: Mapping[int, tuple[Finding, ...]],
    brief: Brief,
) -> Iterator[Finding]:
    """Yield at most two findings for each two neighbours."""
    least = _WHOLE_SPACELESS if brief.target.script in _SPACELESS else _WHOLE
    pairs = [(one, prose(targets[one.id][:_LONGEST], one)) for one in segments if one.id in targets]
    for (first, ours), (second, theirs) in pairwise(pairs):
        if _same(first.text, second.text, ours, theirs):
            for one, other in ((first, second), (second, first)):
                yield _finding(one, f"the same translation as segment {other.id}")
        elif len(theirs) >= least and theirs in ours and _apart(second.text, first.text):
            yield _finding(first, f"holds the translation of segment {second.id}")
        elif len(ours) >= least and ours in theirs and _apart(first.text, second.text):
            yield _finding(second, f"holds the translation of segment {first.id}")


def _finding(segment: Segment, message: str) -> Finding:
    return Finding(NAME, SEVERITY, segment.id, message)


def _same(source: str, other: str, ours: str, theirs: str) -> bool:
    if (
        min(len(source), len(other)) < _SHORTEST
        or not _ALIKE < len(ours) / max(len(theirs), 1) < 1 / _ALIKE
    ):
        return False
    return _shared(ours, theirs) >= _ALIKE and _apart(source, other)


def _apart(part: str, whole: str) -> bool:
    """True if most of `part` does not stand in `whole`."""
    return _shared(part, whole) < _DIFFERENT


def _shared(part: str, whole: str) -> float:
    """How many of the runs of three characters of `part` stand in `whole`."""
    runs = _runs(part)
    return len(runs & _runs(whole)) / len(runs) if runs else 1.0


@lru_cache(maxsize=8)  # most texts are compared with both their neighbours
def _runs(text: str) -> set[str]:
    text = text[:_LONGEST].casefold()
    return {text[i : i + 3] for i in range(len(text) - 2)}
