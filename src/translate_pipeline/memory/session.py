"""One transaction of a database as the memory sees it: statements with `?` in, rows out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

__all__ = ["PAGE", "Names", "Row", "Session", "pages"]

T = TypeVar("T")
Row = tuple[Any, ...]

#: Keys in one question, entries in one transaction. A question of 500 keys costs a fifth of
#: 500 questions; more gains nothing.
PAGE = 500


class Session(ABC):
    """What may be asked of a database between the begin and the end of a transaction."""

    @abstractmethod
    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """The rows that a statement gives."""

    @abstractmethod
    def count(self, sql: str, values: Sequence[object] = ()) -> int:
        """Run a statement; how many rows it changed."""

    @abstractmethod
    def many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run a statement once for each of `rows`."""

    @abstractmethod
    def among(self, values: Collection[object]) -> tuple[str, Sequence[object]]:
        """What follows a column to say that it is one of `values`, and what goes for its `?`."""

    @abstractmethod
    def now(self) -> int:
        """Seconds since 1970, by the clock that all who share the memory read."""

    @abstractmethod
    def dead(self, holders: Collection[str]) -> frozenset[str]:
        """Which of these holders of claims have surely ended."""


class Names:
    """Locale pairs and signatures ⇄ the numbers that stand for them in the rows.

    Numbers never change once committed, so that they are read once. After a transaction that
    failed, `clear` forgets those it may have made.
    """

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self._pairs: dict[tuple[str, str], int] = {}
        self._tags: dict[int, tuple[str, str]] = {}
        self._signatures: dict[str, int] = {}
        self._texts: dict[int, str] = {}

    def pair(self, session: Session, source_tag: str, target_tag: str) -> int:
        """The number of a pair; 0 where nothing is stored of it yet."""
        tags = source_tag, target_tag
        if tags not in self._pairs:
            self._load_pairs(session)
        return self._pairs.get(tags, 0)

    def pairs(self, session: Session) -> dict[tuple[str, str], int]:
        """All pairs by their tags."""
        self._load_pairs(session)
        return dict(self._pairs)

    def tags(self, session: Session, pair: int) -> tuple[str, str]:
        """Source and target tag of a pair."""
        if pair not in self._tags:
            self._load_pairs(session)
        return self._tags[pair]

    def signature(self, session: Session, number: int) -> str:
        """The text of a signature."""
        if number not in self._texts:
            self._load_signatures(session)
        return self._texts[number]

    def signatures(self, session: Session) -> dict[str, int]:
        """All signatures by their text."""
        self._load_signatures(session)
        return dict(self._signatures)

    def make_pair(self, session: Session, source_tag: str, target_tag: str) -> int:
        """The number of a pair, which is stored if it is new."""
        if not self.pair(session, source_tag, target_tag):
            sql = "INSERT INTO tm_pair (source_tag, target_tag) VALUES (?, ?)"
            session.count(sql, (source_tag, target_tag))
            self._load_pairs(session)
        return self._pairs[source_tag, target_tag]

    def make_signature(self, session: Session, text: str) -> int:
        """The number of a signature, which is stored if it is new."""
        if text not in self._signatures:
            self._load_signatures(session)
        if text not in self._signatures:
            session.count("INSERT INTO tm_signature (signature) VALUES (?)", (text,))
            self._load_signatures(session)
        return self._signatures[text]

    def _load_pairs(self, session: Session) -> None:
        rows = session.rows("SELECT id, source_tag, target_tag FROM tm_pair")
        self._tags = {number: (source, target) for number, source, target in rows}
        self._pairs = {tags: number for number, tags in self._tags.items()}

    def _load_signatures(self, session: Session) -> None:
        self._texts = dict(session.rows("SELECT id, signature FROM tm_signature"))
        self._signatures = {text: number for number, text in self._texts.items()}


def pages(items: Iterable[T], size: int = PAGE) -> Iterator[list[T]]:
    """`items` in lists of at most `size`."""
    rest = iter(items)
    while page := list(islice(rest, size)):
        yield page
