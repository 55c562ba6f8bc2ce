"""Takes the place of a memory, gives the memory with what the site ships and its ledgers tell.

The laws: a shipped file is read once; ledgers are read only when the memory does not know a
text that is about to be paid for, and each only once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from translate_pipeline.cli._work import Work
from translate_pipeline.errors import ConfigError
from translate_pipeline.locale import parse_locale
from translate_pipeline.memory import open_memory
from translate_pipeline.memory.entry import Entry
from translate_pipeline.memory.store import EVERYTHING, Memory, Selection, Stats
from translate_pipeline.model import LocalePair, Match, Usage

if TYPE_CHECKING:
    from translate_pipeline.made import Translator

__all__ = ["Remembered", "remembered"]


def remembered(place: str | Path, work: Work) -> Remembered:
    """The memory at `place`, with the TMX files of the settings. Raises ConfigError."""
    memory = open_memory(place)
    try:
        for name in work.settings.tmx:
            _ship(memory, work.sources / name)
    except BaseException:
        memory.close()
        raise
    return Remembered(memory)


def _ship(memory: Memory, path: Path) -> None:
    """The entries of a TMX file, if this very file was not read before."""
    from translate_pipeline.memory import tmx

    try:
        with open(path, "rb") as file:
            mark = f"tmx {blake2b(file.read(), digest_size=16).hexdigest()}"
            if mark in memory.marks():
                return
            file.seek(0)
            memory.add(tmx.read(file, where=str(path)))
    except OSError as error:
        raise ConfigError(
            f"{path}: {(error.strerror or str(error)).lower()}; correct `tmx` in the config"
        ) from None
    memory.mark([mark])


class Remembered:
    """A memory that looks into the site's ledgers before it says that it does not know.

    `refill` is set by who knows the site: it gives the entries of ledgers that are not among
    the given marks, and their marks.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self.refill: Callable[[Memory], None] | None = None

    def find(self, pair: LocalePair, keys: Collection[bytes]) -> dict[bytes, tuple[Entry, ...]]:
        found = self._memory.find(pair, keys)
        if self.refill is not None and len(found) < len(set(keys)):
            refill, self.refill = self.refill, None
            refill(self._memory)
            found = self._memory.find(pair, keys)
        return found

    def similar(
        self, pair: LocalePair, text: str, *, least: int = 75, most: int = 2
    ) -> tuple[Match, ...]:
        return self._memory.similar(pair, text, least=least, most=most)

    def add(self, entries: Iterable[Entry]) -> None:
        self._memory.add(entries)

    def remove(self, pair: LocalePair, keys: Collection[bytes]) -> int:
        return self._memory.remove(pair, keys)

    def claim(self, pair: LocalePair, keys: Collection[bytes], owner: str) -> frozenset[bytes]:
        return self._memory.claim(pair, keys, owner)

    def release(self, pair: LocalePair, owner: str) -> None:
        self._memory.release(pair, owner)

    def entries(self, wanted: Selection = EVERYTHING) -> Iterator[Entry]:
        return self._memory.entries(wanted)

    def forget(self, wanted: Selection) -> int:
        return self._memory.forget(wanted)

    def stats(self) -> Stats:
        return self._memory.stats()

    def note_usage(self, signature: str, *, estimated: Usage, real: Usage) -> None:
        self._memory.note_usage(signature, estimated=estimated, real=real)

    def calibration(self, signature: str) -> tuple[float, float] | None:
        return self._memory.calibration(signature)

    def note_leverage(self, *, served: int, segments: int) -> None:
        self._memory.note_leverage(served=served, segments=segments)

    def leverage(self) -> tuple[int, int] | None:
        return self._memory.leverage()

    def marks(self) -> frozenset[str]:
        return self._memory.marks()

    def mark(self, names: Iterable[str]) -> None:
        self._memory.mark(names)

    def close(self) -> None:
        self._memory.close()


def refiller(
    work: Work, translators: Callable[[LocalePair], Translator]
) -> Callable[[Memory], None]:
    """What fills a memory from the ledgers of the work's site."""

    def pair(source: str, locale: str) -> LocalePair | None:
        written = work.source_locale(source)
        try:
            return LocalePair(written, parse_locale(locale, work.aliases)) if written else None
        except ConfigError:
            return None

    def refill(memory: Memory) -> None:
        from translate_pipeline import refill as ledger_side

        known = memory.marks()
        fresh = {}
        for path in ledger_side.ledgers(work.root):
            mark = f"ledger {blake2b(path.read_bytes(), digest_size=16).hexdigest()}"
            if mark not in known:
                fresh[path] = mark
        if not fresh:
            return
        if sys.stderr.isatty():
            print(f"reading {len(fresh):,} ledgers into the memory", file=sys.stderr)
        memory.add(
            ledger_side.recorded(
                fresh,
                root=work.root,
                sources=work.sources,
                edition=work.edition,
                translators=translators,
                pair=pair,
            )
        )
        memory.mark(fresh.values())

    return refill
