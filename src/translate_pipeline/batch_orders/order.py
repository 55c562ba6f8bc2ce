"""The values of an order; JSON ⇄ values is `order_json.py`, files are `order_files.py`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from translate_pipeline.memory import identity
from translate_pipeline.model import LocalePair, Segment

__all__ = ["Asked", "Order", "Stage", "Text", "text_of"]


class Stage(StrEnum):
    """How far an order has come."""

    PREPARED = "prepared"  # written down; whether the provider has it is not known
    PLACED = "placed"  # the provider has it
    ANSWERED = "answered"  # the answers are on disk, and not all of them are used
    USED = "used"  # nothing is left in it for anybody
    FAILED = "failed"  # the provider refused it whole; nothing was answered
    CANCELLED = "cancelled"

    @property
    def open(self) -> bool:
        """True while answers may still come: the texts of the order are not sent again."""
        return self in (Stage.PREPARED, Stage.PLACED)


class Text(NamedTuple):
    """What is to be translated, and into what: two tags, and `identity.key` of the segment."""

    source_tag: str
    target_tag: str
    key: bytes


class Asked(NamedTuple):
    """One request of an order: its id there, and the text of each segment number in it."""

    request: str
    texts: dict[int, Text]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One file of requests at one endpoint.

    `id` is ours, `batch` the provider's; `file`, `output` and `errors` are its files. `made` is
    ISO 8601 in UTC. `flags` are the arguments of the command that placed it, so that another
    can go on. `requests` and `segments` count; `done` and `failed` count requests, as the
    provider told last.
    """

    id: str
    base_url: str
    model: str
    made: str
    signature: str = ""
    stage: Stage = Stage.PREPARED
    batch: str = ""
    file: str = ""
    output: str = ""
    errors: str = ""
    told: str = ""  # the provider's last word, or why it failed
    requests: int = 0
    segments: int = 0
    done: int = 0
    failed: int = 0
    flags: str = "{}"


def text_of(segment: Segment, pair: LocalePair) -> Text:
    """What `segment` is on order as."""
    return Text(pair.source.tag, pair.target.tag, identity.key(segment))
