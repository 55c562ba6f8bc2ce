"""Stored entries and new ones in, the rows to write out: which target a memory keeps.

The law: per key and context one entry stays, a person's before any other, then the newer; a
target that the key has already is not stored a second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from translate_pipeline.memory.entry import Entry
from translate_pipeline.model import Maker

__all__ = ["Change", "Stored", "changes", "storable"]


class Stored(NamedTuple):
    """What must be known of a row to decide about another."""

    row: int
    key: bytes
    context: bytes
    target: str
    maker: str
    made: str


class Change(NamedTuple):
    """`entry` is to be written: over `row`, or as a new one where that is 0."""

    row: int
    entry: Entry


@dataclass(slots=True)
class _Slot:
    row: int
    context: bytes
    target: str
    person: bool
    made: str
    entry: Entry | None = None  # what is to be written here

    def take(self, entry: Entry) -> None:
        self.target, self.made = entry.target, entry.made
        self.person = entry.maker is Maker.PERSON
        own = entry.context == self.context
        self.entry = entry if own else replace(entry, context=self.context)


def changes(stored: Iterable[Stored], entries: Sequence[Entry]) -> list[Change]:
    """What `entries`, all of one locale pair, change in the rows `stored` under their keys."""
    slots: dict[bytes, list[_Slot]] = {}
    for old in stored:
        slot = _Slot(old.row, old.context, old.target, old.maker == Maker.PERSON, old.made)
        slots.setdefault(old.key, []).append(slot)
    for entry in entries:
        here = slots.setdefault(entry.key, [])
        person = entry.maker is Maker.PERSON
        own = next((slot for slot in here if slot.context == entry.context), None)
        same = own or next((slot for slot in here if slot.target == entry.target), None)
        if same is None:
            new = _Slot(0, entry.context, "", False, "")
            new.take(entry)
            here.append(new)
        elif same.target == entry.target:
            # A target that a person wrote again is newer than what was written in between.
            if person and (not same.person or entry.made > same.made):
                same.take(entry)
        elif (person, entry.made) >= (same.person, same.made):
            same.take(entry)
    return [
        Change(slot.row, slot.entry)
        for here in slots.values()
        for slot in here
        if slot.entry is not None
    ]


def storable(entry: Entry) -> bool:
    """False where a text cannot be stored everywhere: a NUL, half a surrogate pair."""
    texts = (entry.source, entry.target, entry.kind, entry.signature, entry.made, entry.note)
    whole = "".join((*texts, entry.source_tag, entry.target_tag))
    if "\0" in whole:
        return False
    try:
        whole.encode()
    except UnicodeEncodeError:
        return False
    return True
