"""Requests in, one by one, orders on disk out: no larger than a provider takes.

The law: memory does not grow with the number of requests, and an order exists only when all of it
is on disk; what a process that died has left without its `order.json` is nobody's.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from typing import IO

from translate_pipeline.backends._openai_batches import MOST_BYTES, MOST_REQUESTS
from translate_pipeline.batch_orders.order import Asked, Order, Stage
from translate_pipeline.batch_orders.order_files import OrderFiles
from translate_pipeline.batch_orders.order_json import asked_line

__all__ = ["OrderWriter"]


class OrderWriter:
    """`plan` has what is the same for all orders of a run: endpoint, model, signature, flags.

    No order holds more than `most_requests` or `most_bytes`. Raises OSError.
    """

    def __init__(
        self,
        files: OrderFiles,
        plan: Order,
        *,
        most_requests: int = MOST_REQUESTS,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._files = files
        self._plan = plan
        self._most = most_requests, most_bytes
        self._order: Order | None = None
        self._size = 0
        self._open: tuple[IO[bytes], IO[bytes]] | None = None
        self._written: list[Order] = []

    def put(self, line: str, asked: Asked) -> None:
        """Write one request down: its line, and the texts that it asks for."""
        data = line.encode()
        requests, size = self._most
        full = self._order is not None and (
            self._order.requests >= requests or self._size + len(data) > size
        )
        if full:
            self._close()
        if self._order is None or self._open is None:
            self._begin()
        assert self._order is not None and self._open is not None  # noqa: S101, PT018
        self._open[0].write(data)
        self._open[1].write(asked_line(asked).encode())
        self._size += len(data)
        self._order = replace(
            self._order,
            requests=self._order.requests + 1,
            segments=self._order.segments + len(asked.texts),
        )

    def finish(self, signature: str) -> list[Order]:
        """The orders that were written, the last one closed; `signature` is how they are made."""
        self._close()
        return [self._files.save(replace(one, signature=signature)) for one in self._written]

    def _begin(self) -> None:
        now = datetime.now(UTC)
        # Names sort by age; the end tells two of one second apart.
        name = f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
        made = f"{now:%Y-%m-%dT%H:%M:%SZ}"
        self._order = replace(self._plan, id=name, made=made, stage=Stage.PREPARED)
        self._files.make(self._order)
        self._open = (
            open(self._files.requests(self._order), "wb"),  # noqa: SIM115 - closed by `_close`
            open(self._files.texts(self._order), "wb"),  # noqa: SIM115
        )
        self._size = 0

    def _close(self) -> None:
        if self._open is not None and self._order is not None:
            for file in self._open:
                file.flush()
                os.fsync(file.fileno())
                file.close()
            self._written.append(self._order)
        self._order = self._open = None
