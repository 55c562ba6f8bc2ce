"""What a translation memory can be asked, whatever database is behind it, and the answers.

The laws, which one test suite holds for every implementation: what `add` has returned from
survives `kill -9`; a person's target is never replaced by a model's or an imported one; of
all processes that claim a key, one has it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from translate_pipeline.memory.entry import Entry
from translate_pipeline.model import LocalePair, Maker, Match, Usage

__all__ = ["EVERYTHING", "LEASE", "Count", "Memory", "Selection", "Stats"]

#: Seconds after which a claim ends though its owner seems alive (on another machine, say).
LEASE = 15 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which entries are meant: all that meet every condition given; empty means any.

    `text` stands in the source or the target (case ignored), `signature` within the entry's
    signature. `before` is a date or time, ISO 8601 (`2026-01-31`): made earlier than that; an
    entry without a date is not.
    """

    source_tag: str = ""
    target_tag: str = ""
    text: str = ""
    maker: Maker | None = None
    signature: str = ""
    before: str = ""


EVERYTHING = Selection()


class Count(NamedTuple):
    """How many entries one maker has in one pair of locales."""

    source_tag: str
    target_tag: str
    maker: Maker
    entries: int


@dataclass(frozen=True, slots=True)
class Stats:
    """What a memory holds. `where` names it without a password, `size` is bytes on disk."""

    where: str
    counts: tuple[Count, ...]
    size: int | None = None

    @property
    def entries(self) -> int:
        """All of them."""
        return sum(count.entries for count in self.counts)


class Memory(Protocol):
    """Earlier translations, found by what was translated. May be used from several threads.

    Every method raises ConfigError where the database cannot be used (damaged, locked for
    30 s, connection lost twice), and OSError where its disk is full or read-only; what was
    stored before stays stored.
    """

    def find(self, pair: LocalePair, keys: Collection[bytes]) -> dict[bytes, tuple[Entry, ...]]:
        """The entries of these keys: a person's first, then the newest. Unknown keys are absent.

        One question for all keys of an article is far cheaper than one for each.
        """
        ...

    def similar(
        self, pair: LocalePair, text: str, *, least: int = 75, most: int = 2
    ) -> tuple[Match, ...]:
        """Earlier translations of texts at least `least` per cent like `text`, the best first.

        Likeness is defined in `fuzzy.Likeness`; 100 means the same text (under another kind or
        note: the caller has asked for its key before). Texts under four words have none.
        """
        ...

    def add(self, entries: Iterable[Entry]) -> None:
        """Store what passed its checks, or what a person wrote; durable when this returns.

        Per (locale pair, key, context) one entry stays: a person's before any other, then the
        newer. A target that the key already has in another context is not stored again, but
        becomes a person's if this one is. This ends the claims that were made on the keys
        through this object. Text that holds a NUL or half a surrogate pair is left out: no
        file and not every database can hold it. Each 1,000 entries are one transaction.
        """
        ...

    def remove(self, pair: LocalePair, keys: Collection[bytes]) -> int:
        """Drop entries that turned out bad, never a person's; how many these were."""
        ...

    def claim(self, pair: LocalePair, keys: Collection[bytes], owner: str) -> frozenset[bytes]:
        """Those of `keys` that are now the owner's to translate; others have the rest in flight.

        Claiming again is harmless and renews the lease (15 minutes). Look once more with
        `find` at what was claimed: its former owner may have stored it just before. A claim
        ends with `add` or `release`, `close`, the lease, or the death of its process.
        """
        ...

    def release(self, pair: LocalePair, owner: str) -> None:
        """End all claims of `owner` in this pair."""
        ...

    def entries(self, wanted: Selection = EVERYTHING) -> Iterator[Entry]:
        """All that are wanted, by key, source tag, target tag and context; a page at a time.

        Languages of one text stand together. Memory use does not grow with their number.
        """
        ...

    def forget(self, wanted: Selection) -> int:
        """Drop all that are wanted, a person's too; how many these were."""
        ...

    def stats(self) -> Stats:
        """What there is; reads the whole table (about a second for a million entries)."""
        ...

    def note_usage(self, signature: str, *, estimated: Usage, real: Usage) -> None:
        """Remember what requests of this signature were thought to cost, and what they did."""
        ...

    def calibration(self, signature: str) -> tuple[float, float] | None:
        """Real tokens per estimated one (prompt, completion) so far; None without history."""
        ...

    def note_leverage(self, *, served: int, segments: int) -> None:
        """Add what a run filled: `segments` in all, `served` of them without a model."""
        ...

    def leverage(self) -> tuple[int, int] | None:
        """Segments served without a model, and all that runs have filled; None before the first."""
        ...

    def marks(self) -> frozenset[str]:
        """The names of what was read into this memory as a whole (a TMX file, a ledger)."""
        ...

    def mark(self, names: Iterable[str]) -> None:
        """Remember that all entries of these are here, so that they are not read again."""
        ...

    def close(self) -> None:
        """End this object's claims and its connection."""
        ...
