"""Segments in, earlier translations of texts like theirs out, for a request to show.

The law: to look is bounded, for a request shows five examples (quality.md 6.4); what stood in a
segment's own place comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from translate_pipeline.model import LocalePair, Match, Segment
from translate_pipeline.past import Past

if TYPE_CHECKING:
    from translate_pipeline.memory.store import Memory

__all__ = ["examples_for"]

# A request shows five examples; to look for one takes half a millisecond, and few of a new
# article's texts have any.
_LOOK_ALIKE, _FEW = 3, 12


def examples_for(
    segments: Sequence[Segment],
    past: Past,
    memory: Memory | None,
    pair: LocalePair,
    *,
    alike: bool,
) -> dict[int, tuple[Match, ...]]:
    """What stood in a segment's place before, and translations of texts like it, by id.

    `alike` says that some text of the article is known: one of which nothing is known is
    unlike all others, and is not looked for unless it is short. Raises as `Memory.similar`.
    """
    examples: dict[int, tuple[Match, ...]] = {}
    longest = sorted(segments, key=lambda segment: len(segment.text), reverse=True)
    if len(longest) > _FEW:
        longest = longest[: _LOOK_ALIKE if alike else 0]
    worth = {segment.id for segment in longest}
    for segment in segments:
        found: list[Match] = []
        if earlier := past.earlier.get(segment.id):
            found.append(Match("", earlier.target, 0, earlier.maker))
        if memory is not None and segment.id in worth:
            matches = memory.similar(pair, segment.text)
            found += [match for match in matches if match.source != segment.text]
        if found:
            examples[segment.id] = tuple(found)
    return examples
