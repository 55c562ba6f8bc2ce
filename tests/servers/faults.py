"""Takes the lines of a good answer and a kind of fault, gives the lines a bad model would send.

The law: which fault strikes is decided by (seed, kind, text, how often this text was asked)
alone, so that a run can be repeated and a retry may succeed. A fault that a text offers no
hold for (no link to change) does not strike. Here are the faults of several segments, and the
names of all; those of one segment, of the message and of the transport have files of their own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from tests.servers.answer_faults import ANSWER_FAULTS, Said
from tests.servers.reading import SourceSegment
from tests.servers.segment_faults import SEGMENT_FAULTS
from tests.servers.transport_faults import BODY_FAULTS, HTML, error_body

__all__ = [
    "ANSWER_FAULTS",
    "BODY_FAULTS",
    "HTML",
    "KINDS",
    "LINE_FAULTS",
    "SEGMENT_FAULTS",
    "Line",
    "Said",
    "chance",
    "error_body",
    "strike",
]


def chance(seed: int, *parts: object) -> float:
    """A number in [0, 1) that depends on nothing but its arguments."""
    data = json.dumps([seed, *map(str, parts)]).encode()
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big") / 2**64


@dataclass(frozen=True, slots=True)
class Line:
    """One segment of the answer. `shown` False leaves it out."""

    source: SourceSegment
    target: str
    shown: bool = True


def two_merged(lines: list[Line], at: int) -> list[Line] | None:
    """Segment `at` holds its neighbour's text as well, the neighbour is gone."""
    if at + 1 >= len(lines):
        return None
    both = f"{lines[at].target} {lines[at + 1].target}"
    merged = [*lines]
    merged[at] = replace(lines[at], target=both)
    merged[at + 1] = replace(lines[at + 1], shown=False)
    return merged


def shifted(lines: list[Line], at: int) -> list[Line] | None:
    """The silent kind: merged, then every later text one place up, the last one invented."""
    if at + 2 >= len(lines):
        return None
    targets = [line.target for line in lines]
    targets[at : at + 2] = [f"{targets[at]} {targets[at + 1]}"]
    targets.append(targets[-1])
    return _texts(lines, targets)


def split_shifted(lines: list[Line], at: int) -> list[Line] | None:
    """One text in two halves, every later one a place down, the last one lost."""
    words = lines[at].target.split(" ")
    if at + 2 >= len(lines) or len(words) < 2:
        return None
    half = len(words) // 2
    targets = [line.target for line in lines]
    targets[at : at + 1] = [" ".join(words[:half]), " ".join(words[half:])]
    return _texts(lines, targets[:-1])


def two_swapped(lines: list[Line], at: int) -> list[Line] | None:
    """Two neighbours, each with the other's text."""
    if at + 1 >= len(lines) or lines[at].target == lines[at + 1].target:
        return None
    targets = [line.target for line in lines]
    targets[at], targets[at + 1] = targets[at + 1], targets[at]
    return _texts(lines, targets)


def ids_shifted(lines: list[Line], at: int) -> list[Line] | None:
    """From `at` on every number is one too high."""
    moved = [replace(one, source=replace(one.source, id=one.source.id + 1)) for one in lines[at:]]
    return [*lines[:at], *moved]


def id_doubled(lines: list[Line], at: int) -> list[Line] | None:
    """A number twice, and the second time it is the neighbour's text; that number may be gone."""
    if at + 1 >= len(lines) or lines[at].target == lines[at + 1].target:
        return None
    second = replace(lines[at], target=lines[at + 1].target)
    rest = lines[at + 2 :] if len(lines[at].target) % 2 else lines[at + 1 :]
    return [*lines[: at + 1], second, *rest]


def _texts(lines: list[Line], targets: list[str]) -> list[Line]:
    return [replace(line, target=text) for line, text in zip(lines, targets, strict=True)]


LINE_FAULTS: Mapping[str, Callable[[list[Line], int], list[Line] | None]] = {
    "two_merged": two_merged,
    "shifted": shifted,
    "split_shifted": split_shifted,
    "two_swapped": two_swapped,
    "ids_shifted": ids_shifted,
    "id_doubled": id_doubled,
}

KINDS = frozenset({*SEGMENT_FAULTS, *LINE_FAULTS, *ANSWER_FAULTS, *BODY_FAULTS})


def strike(kind: str, lines: list[Line], at: int, pick: float) -> list[Line] | None:
    """The lines with a fault of one or several segments at `at`; None if there is no hold."""
    if kind in LINE_FAULTS:
        return LINE_FAULTS[kind](lines, at)
    line = lines[at]
    if kind == "segment_missing":
        changed = replace(line, shown=False)
    else:
        target = SEGMENT_FAULTS[kind](line.source.text, line.target, pick)
        if target is None or target == line.target:
            return None
        changed = replace(line, target=target)
    return [*lines[:at], changed, *lines[at + 1 :]]
