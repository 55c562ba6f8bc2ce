"""What a memory is asked in, SQL out and its rows back: all that the databases have in common.

The law: every change is one short transaction that holds the memory's one write lock, so that
writers wait for each other but never in a circle. A database adds how to connect, how
that lock is taken and how the end of a claim's holder is seen.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import TypeVar

from translate_pipeline.errors import ConfigError
from translate_pipeline.memory import claims, rows
from translate_pipeline.memory.entry import Entry
from translate_pipeline.memory.fuzzy import Likeness, sketch
from translate_pipeline.memory.merging import storable
from translate_pipeline.memory.session import Names, Row, Session, pages
from translate_pipeline.memory.store import EVERYTHING, Count, Selection, Stats
from translate_pipeline.model import LocalePair, Maker, Match, Usage

__all__ = ["SqlMemory"]

T = TypeVar("T")

# Fuzzy look-up: rows read for each of a text's numbers, and texts compared word by word. Both
# bound the time in a memory of any size; the best are found by their rarer numbers.
_READ, _COMPARED = 200, 50
# Stands for all runs in the table of past usage; no backend's signature has a space.
_LEVERAGE = "leverage of all runs"
# Entries in one transaction: a long one makes every other process wait.
_STEP = 1000


class SqlMemory(ABC):
    """A `store.Memory` on a database; the methods are described there."""

    def __init__(self) -> None:
        self._names = Names()
        self._claimed = False

    @property
    @abstractmethod
    def where(self) -> str:
        """The database in words, without a password."""

    @property
    @abstractmethod
    def holder(self) -> str:
        """The name of this object in the claims it makes."""

    @abstractmethod
    def read(self, work: Callable[[Session], T]) -> T:
        """What `work` gives, which only reads."""

    @abstractmethod
    def write(self, work: Callable[[Session], T]) -> T:
        """What `work` gives, alone among all writers; all of it is stored, or nothing."""

    @abstractmethod
    def size(self) -> int | None:
        """Bytes on disk."""

    @abstractmethod
    def disconnect(self) -> None:
        """End the connection."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.where}>"

    def find(self, pair: LocalePair, keys: Collection[bytes]) -> dict[bytes, tuple[Entry, ...]]:
        found: dict[bytes, tuple[Entry, ...]] = {}
        for page in pages(dict.fromkeys(keys)):
            found.update(self.read(partial(self._find, pair, page)))
        return found

    def similar(
        self, pair: LocalePair, text: str, *, least: int = 75, most: int = 2
    ) -> tuple[Match, ...]:
        hashes = sketch(pair.source.tag, text)
        if not hashes or most < 1:
            return ()
        near = "SELECT key FROM (SELECT key FROM tm_sketch WHERE hash = ? LIMIT ?) AS near"
        sql = " UNION ALL ".join([near] * len(hashes))
        values = [value for number in hashes for value in (number, _READ)]

        def work(session: Session) -> list[Row]:
            shared = Counter(key for (key,) in session.rows(sql, values))
            keys = [key for key, _ in shared.most_common(_COMPARED)]
            return rows.of_keys(session, self._pair(session, pair), keys)

        likeness = Likeness(text)
        best: dict[bytes, Match] = {}
        for row in sorted(self.read(work), key=rows.better, reverse=True):
            _, _, key, _, _, source, target, maker, *_ = row
            if key not in best and (score := likeness.to(source, least)):
                best[key] = Match(source, target, score, Maker(maker))
        ranked = sorted(best.values(), key=lambda match: -match.score)
        return tuple(dict.fromkeys(ranked))[:most]

    def add(self, entries: Iterable[Entry]) -> None:
        def work(page: list[Entry], session: Session) -> None:
            for pair, keys in rows.put(session, self._names, page).items():
                if self._claimed:
                    claims.end(session, pair, keys, holder=self.holder)

        for page in pages(filter(storable, entries), _STEP):
            self.write(partial(work, page))

    def remove(self, pair: LocalePair, keys: Collection[bytes]) -> int:
        def work(page: list[bytes], session: Session) -> int:
            found = rows.of_keys(session, self._pair(session, pair), page)
            bad = [row for row in found if row[rows.MAKER] != Maker.PERSON]
            return rows.drop(session, self._names, bad)

        return sum(self.write(partial(work, page)) for page in pages(dict.fromkeys(keys)))

    def claim(self, pair: LocalePair, keys: Collection[bytes], owner: str) -> frozenset[bytes]:
        def work(session: Session) -> frozenset[bytes]:
            number = self._names.make_pair(session, pair.source.tag, pair.target.tag)
            return claims.claim(session, number, keys, owner=owner, holder=self.holder)

        if not keys:
            return frozenset()
        self._claimed = True
        return self.write(work)

    def release(self, pair: LocalePair, owner: str) -> None:
        def work(session: Session) -> None:
            claims.release(session, pair=self._pair(session, pair), owner=owner)

        self.write(work)

    def entries(self, wanted: Selection = EVERYTHING) -> Iterator[Entry]:
        for group in self._groups(wanted):
            yield from self.read(partial(self._sorted, group))

    def forget(self, wanted: Selection) -> int:
        def work(group: list[Row], session: Session) -> int:
            return rows.drop(session, self._names, group)

        return sum(self.write(partial(work, group)) for group in self._groups(wanted))

    def stats(self) -> Stats:
        def work(session: Session) -> list[Count]:
            sql = "SELECT pair, maker, count(*) FROM tm_entry GROUP BY pair, maker"
            return [
                Count(*self._names.tags(session, pair), Maker(maker), count)
                for pair, maker, count in session.rows(sql)
            ]

        return Stats(self.where, tuple(sorted(self.read(work))), self.size())

    def note_usage(self, signature: str, *, estimated: Usage, real: Usage) -> None:
        thought = estimated.prompt_tokens, estimated.completion_tokens
        sums = "thought_prompt", "thought_completion", "real_prompt", "real_completion"
        added = ", ".join(f"{name} = tm_usage.{name} + excluded.{name}" for name in sums)

        def work(session: Session) -> None:
            number = self._names.make_signature(session, signature)
            session.count(
                f"INSERT INTO tm_usage (signature, {', '.join(sums)}) VALUES (?, ?, ?, ?, ?)"  # noqa: S608
                f" ON CONFLICT (signature) DO UPDATE SET {added}",
                (number, *thought, real.prompt_tokens, real.completion_tokens),
            )

        self.write(work)

    def calibration(self, signature: str) -> tuple[float, float] | None:
        def work(session: Session) -> list[Row]:
            return session.rows(
                "SELECT thought_prompt, thought_completion, real_prompt, real_completion"
                " FROM tm_usage JOIN tm_signature ON tm_signature.id = tm_usage.signature"
                " WHERE tm_signature.signature = ?",
                (signature,),
            )

        sums = self.read(work)
        if not sums or 0 in sums[0][:2]:
            return None
        thought_prompt, thought_completion, prompt, completion = sums[0]
        return prompt / thought_prompt, completion / thought_completion

    def note_leverage(self, *, served: int, segments: int) -> None:
        filled = Usage(prompt_tokens=segments, completion_tokens=segments)
        self.note_usage(_LEVERAGE, estimated=filled, real=Usage(prompt_tokens=served))

    def leverage(self) -> tuple[int, int] | None:
        sums = self.read(
            lambda session: session.rows(
                "SELECT real_prompt, thought_prompt FROM tm_usage"
                " JOIN tm_signature ON tm_signature.id = tm_usage.signature"
                " WHERE tm_signature.signature = ?",
                (_LEVERAGE,),
            )
        )
        return (sums[0][0], sums[0][1]) if sums else None

    def marks(self) -> frozenset[str]:
        return frozenset(
            name for (name,) in self.read(lambda session: session.rows("SELECT name FROM tm_mark"))
        )

    def mark(self, names: Iterable[str]) -> None:
        rows_ = [(name,) for name in names]
        sql = "INSERT INTO tm_mark (name) VALUES (?) ON CONFLICT DO NOTHING"
        self.write(lambda session: session.many(sql, rows_))

    def close(self) -> None:
        if self._claimed:
            self._claimed = False
            with suppress(ConfigError, OSError):  # they end with the process anyway
                self.write(lambda session: claims.release(session, holder=self.holder))
        self.disconnect()

    def _pair(self, session: Session, pair: LocalePair) -> int:
        return self._names.pair(session, pair.source.tag, pair.target.tag)

    def _find(
        self, pair: LocalePair, keys: list[bytes], session: Session
    ) -> dict[bytes, tuple[Entry, ...]]:
        found: dict[bytes, list[Row]] = {}
        for row in rows.of_keys(session, self._pair(session, pair), keys):
            found.setdefault(row[rows.KEY], []).append(row)
        entries = {}
        for key, group in found.items():
            if len(group) > 1:
                group.sort(key=rows.better, reverse=True)
            entries[key] = tuple([rows.entry_of(session, self._names, row) for row in group])
        return entries

    def _sorted(self, group: list[Row], session: Session) -> list[Entry]:
        made = [rows.entry_of(session, self._names, row) for row in group]
        return sorted(made, key=lambda e: (e.key, e.source_tag, e.target_tag, e.context))

    def _groups(self, wanted: Selection) -> Iterator[list[Row]]:
        """The wanted rows in the order of their keys, all of a key in one list with others.

        Each page is a question of its own: an open cursor would keep the write-ahead log of
        SQLite from being emptied for as long as the caller takes his time.
        """
        held: list[Row] = []
        after: rows.Place | None = rows.START
        while after is not None:
            page, after = self.read(
                partial(rows.select, names=self._names, wanted=wanted, after=after, most=_STEP)
            )
            held += page
            if after is not None and held:
                last = held[-1][rows.KEY]
                ready = [row for row in held if row[rows.KEY] != last]
                held = held[len(ready) :]
                if ready:
                    yield ready
        if held:
            yield held
