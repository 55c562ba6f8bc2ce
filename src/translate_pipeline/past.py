"""What the published translation of an article tells, as far as a pipeline can use it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from translate_pipeline.memory.recover import Known

__all__ = ["Past"]


@dataclass(frozen=True, slots=True)
class Past:
    """What the published translation of an article says, by segment id.

    `known` are targets of segments that are unchanged; `earlier` is what stood in the place
    of a changed one: an example for the model.
    """

    known: Mapping[int, Known] = field(default_factory=lambda: MappingProxyType({}))
    earlier: Mapping[int, Known] = field(default_factory=lambda: MappingProxyType({}))
