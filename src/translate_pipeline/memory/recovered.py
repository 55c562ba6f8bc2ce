"""What `recover` finds, as values; and the entries of the memory that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from translate_pipeline.article import Article
from translate_pipeline.memory import identity
from translate_pipeline.memory.entry import Entry
from translate_pipeline.model import LocalePair, Maker

__all__ = ["Known", "Recovered", "entries_of"]


class Known(NamedTuple):
    """A published text in protected form, and who made it."""

    target: str
    maker: Maker


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """What the published translation says of the current article, by segment id.

    `known` are targets in the segment's own numbering. `edited` are segments whose published
    text a person changed since it was recorded; one that is not in `known` was changed so that
    it cannot stand there (a link taken out), and makes `frame_edited` true. `earlier` is what
    stands in the place of a segment that is new or changed, in its old numbering: a reference.
    `lost` are texts of persons whose source is gone, `added` published texts that no source
    was ever recorded for, while there was a ledger.

    `frame_edited`: structure, links, tags, code, or front matter that cannot be set were changed
    by hand, so writing the file anew would undo that. `head` is the front matter a person added
    or changed and that can be set, `head_removed` the keys they took out. `doubtful`
    (without a ledger) are segments for which nothing aligns beyond doubt.
    """

    known: Mapping[int, Known]
    edited: frozenset[int] = frozenset()
    earlier: Mapping[int, Known] = field(default_factory=lambda: MappingProxyType({}))
    lost: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    frame_edited: bool = False
    head: Mapping[str, object] = field(default_factory=dict)
    head_removed: frozenset[str] = frozenset()
    doubtful: tuple[int, ...] = ()


def entries_of(
    article: Article,
    recovered: Recovered,
    pair: LocalePair,
    *,
    signature: str,
    made: str,
) -> list[Entry]:
    """What is known, for the memory. Kept segments are left out: nobody is asked for them."""
    keys = [identity.key(segment) for segment in article.segments]
    return [
        Entry(
            key=keys[segment.id - 1],
            source_tag=pair.source.tag,
            target_tag=pair.target.tag,
            kind=segment.kind,
            source=segment.text,
            target=recovered.known[segment.id].target.strip(),
            context=identity.context(keys, segment.id - 1),
            maker=recovered.known[segment.id].maker,
            signature=signature,
            made=made,
            note=segment.note,
        )
        for segment in article.segments
        if segment.id in recovered.known and not segment.keep
    ]
