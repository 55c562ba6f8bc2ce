"""Orders in, their folders out: what is on order outlives the process that ordered it.

    .translate-pipeline/batches/<id>/order.json      how far it has come
                                     asked.jsonl     which texts are in which request
                                     requests.jsonl  what is handed in, byte for byte
                                     answers.jsonl   what came back, byte for byte

The law: an order is on disk before the provider hears of it, so that a process that dies in
between leaves something that can be found again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from translate_pipeline.batch_orders.order import Asked, Order, Stage, Text
from translate_pipeline.batch_orders.order_json import read_asked, read_order, write_order
from translate_pipeline.errors import ArticleError, ConfigError
from translate_pipeline.files import read_text, write_text

__all__ = ["FOLDER", "OrderFiles"]

#: Below the root. Not committed: it holds the articles' text and the provider's answers.
FOLDER = ".translate-pipeline/batches"
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,63}")


class OrderFiles:
    """The orders of the site at `root`."""

    def __init__(self, root: Path) -> None:
        self.folder = root / FOLDER

    def orders(self) -> list[Order]:
        """All orders, the oldest first. Raises ConfigError for one that cannot be read."""
        if not self.folder.is_dir():
            return []
        names = sorted(path.name for path in self.folder.iterdir() if _ID.fullmatch(path.name))
        return [self.order(name) for name in names if (self._file(name, "order.json")).exists()]

    def order(self, name: str) -> Order:
        """The order called `name`, by our id or the provider's. Raises ConfigError."""
        if not _ID.fullmatch(name) or not self._file(name, "order.json").exists():
            found = [one for one in self.orders() if name and name == one.batch]
            if len(found) == 1:
                return found[0]
            raise ConfigError(
                f"no order is called {name!r}; `translate-pipeline batches` lists them"
            )
        path = self._file(name, "order.json")
        try:
            return read_order(read_text(path), str(path))
        except ArticleError as error:
            raise ConfigError(str(error)) from None

    def save(self, order: Order) -> Order:
        """Write how far `order` has come; gives it back. Raises OSError."""
        write_text(self._file(order.id, "order.json"), write_order(order))
        return order

    def make(self, order: Order) -> None:
        """Make the folder of an order that is being written. Raises OSError."""
        ignore = self.folder / ".gitignore"
        if not ignore.exists():
            write_text(ignore, "*\n")
        self._file(order.id, "").mkdir()

    def requests(self, order: Order) -> Path:
        """Where the requests of an order are: one JSON object a line."""
        return self._file(order.id, "requests.jsonl")

    def answers(self, order: Order) -> Path:
        """Where the answers of an order are, or will be."""
        return self._file(order.id, "answers.jsonl")

    def texts(self, order: Order) -> Path:
        """Where it stands which texts the requests of an order ask for."""
        return self._file(order.id, "asked.jsonl")

    def asked(self, order: Order) -> Iterator[Asked]:
        """The requests of an order with their texts. Raises ConfigError."""
        path = self.texts(order)
        try:
            with open(path, encoding="utf-8") as lines:
                yield from read_asked(lines, str(path))
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "no UTF-8"
            raise ConfigError(
                f"{path}: {reason.lower()}; delete the folder to give the order up"
            ) from None

    def on_order(self) -> dict[Text, str]:
        """Every text that an open order will answer, with the order's id."""
        found: dict[Text, str] = {}
        for order in self.orders():
            if order.stage.open:
                for asked in self.asked(order):
                    found.update(dict.fromkeys(asked.texts.values(), order.id))
        return found

    def close(self, order: Order, stage: Stage) -> Order:
        """Nothing more comes of it: only the order itself is kept, for the list."""
        closed = self.save(replace(order, stage=stage))
        for name in ("asked.jsonl", "requests.jsonl", "answers.jsonl"):
            with suppress(FileNotFoundError):
                self._file(order.id, name).unlink()
        return closed

    def _file(self, name: str, file: str) -> Path:
        return self.folder / name / file
