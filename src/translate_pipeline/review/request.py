"""Segments with their targets in, the two messages of a review out, in batches.

The law: what is reviewed is data. The batches are small, for judges see fewer errors in long
inputs (Domhan and Zhu 2025, quality.md 1.5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from translate_pipeline.conversation import tokens, wire
from translate_pipeline.model import LocalePair, Segment

__all__ = ["REVIEW_TOKENS", "Asked", "asked"]

#: Source tokens of one request, and its segments, as the batches of quality.md 6.3.
REVIEW_TOKENS, _SEGMENTS = 1200, 25
# An answer: a few tokens for each `ok`, and room for corrections of half the texts.
_OK = 8


class Asked(NamedTuple):
    """One request: its messages, whose verdicts it asks for, and the most it may answer."""

    messages: tuple[tuple[str, str], ...]
    segments: tuple[Segment, ...]
    longest_output: int


def asked(
    segments: Sequence[Segment],
    targets: Mapping[int, str],
    pair: LocalePair,
    system: str,
    wishes: str = "",
) -> Iterator[Asked]:
    """The requests for the verdicts on the `targets` of `segments`.

    `system` is the text of `prompts/review.md`, `wishes` what the site and the author want of
    wording and style.
    """
    part: list[Segment] = []
    size = 0
    for segment in segments:
        weight = tokens.estimate(segment.text)
        if part and (size + weight > REVIEW_TOKENS or len(part) == _SEGMENTS):
            yield _request(part, targets, pair, system, wishes)
            part, size = [], 0
        part.append(segment)
        size += weight
    if part:
        yield _request(part, targets, pair, system, wishes)


def _request(
    part: Sequence[Segment],
    targets: Mapping[int, str],
    pair: LocalePair,
    system: str,
    wishes: str,
) -> Asked:
    lines = []
    room = 200
    for segment in part:
        target = wire.fold(targets[segment.id])
        lines += [f"<{segment.id} source>{wire.fold(segment.text)}"]
        lines += [f"<{segment.id} target>{target}"]
        room += _OK + tokens.estimate(target)
    if wishes:
        lines += ["", "What was asked of the translation, besides:", wire.fold(wishes)]
    count = len(part)
    lines += ["", f"Check {count} translation{'s' if count > 1 else ''} from {pair.source.english}"]
    lines[-1] += f" into {pair.target.english}."
    messages = (("system", system), ("user", "\n".join(lines)))
    return Asked(messages, tuple(part), room)
