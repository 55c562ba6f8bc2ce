"""An order on disk in, the same at the provider out, and in the end its answers on disk.

The law: each step is on disk before the next begins, so that whatever dies in between is gone on
with: nothing is handed in twice, and no answer that was paid for is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from translate_pipeline.backends._openai_batches import Given, Seen
from translate_pipeline.batch_orders.order import Order, Stage, Text
from translate_pipeline.batch_orders.order_files import OrderFiles
from translate_pipeline.errors import ConfigError, TransportError
from translate_pipeline.model import Usage

__all__ = ["Api", "Haul", "gather", "look", "place"]


_TRIES = 3


class Api(Protocol):
    """What is needed of `backends._openai_batches.BatchApi`."""

    async def upload(self, path: Path) -> str: ...

    async def place(self, file: str, order: str) -> Seen: ...

    async def look(self, batch: str) -> Seen: ...

    async def find(self, order: str) -> Seen | None: ...

    async def fetch(self, file: str, into: BinaryIO) -> None: ...

    def read(self, line: str, numbers: Mapping[str, list[int]]) -> Given | None: ...


class Haul(NamedTuple):
    """What an order brought: targets by text, its cost, and why requests brought none."""

    known: Mapping[Text, str]
    usage: Usage
    faults: Mapping[str, int]


async def place(order: Order, files: OrderFiles, api: Api) -> Order:
    """Hand an order in that is written down; one that was interrupted is gone on with.

    Raises BackendError; the order then stays as far as it has come.
    """
    if order.stage is not Stage.PREPARED:
        return order
    seen = await api.find(order.id) if order.file else None
    if not order.file:
        order = files.save(replace(order, file=await api.upload(files.requests(order))))
    for last in (*[False] * (_TRIES - 1), True):
        if seen is not None:
            break
        try:
            seen = await api.place(order.file, order.id)
        except TransportError:
            # The provider may have it all the same: a second one would be paid for, too.
            seen = await api.find(order.id)
            if seen is None and last:
                raise
    assert seen is not None  # noqa: S101 - or the last try has raised
    return files.save(_told(replace(order, stage=Stage.PLACED), seen))


async def look(order: Order, files: OrderFiles, api: Api) -> Order:
    """Ask how far an order is; once it has ended, its answers are on disk.

    Raises BackendError, OSError.
    """
    order = await place(order, files, api)
    if order.stage is not Stage.PLACED:
        return order
    seen = await api.look(order.batch)
    order = files.save(_told(order, seen))
    if not seen.ended:
        return order
    with open(files.answers(order), "wb") as into:
        for file in (order.output, order.errors):
            if file:
                await api.fetch(file, into)
    if order.output:
        return files.save(replace(order, stage=Stage.ANSWERED))
    return files.close(order, Stage.CANCELLED if seen.status == "cancelled" else Stage.FAILED)


def _told(order: Order, seen: Seen) -> Order:
    return replace(
        order,
        batch=seen.batch,
        output=seen.output,
        errors=seen.errors,
        done=seen.done,
        failed=seen.failed,
        told=f"{seen.status}: {seen.said}" if seen.said else seen.status,
    )


def gather(order: Order, files: OrderFiles, api: Api) -> Haul:
    """The answers of an order that are on disk, in bounded time for any file.

    What is no answer is left out: its texts are asked for one by one later. Raises ConfigError.
    """
    texts = {asked.request: asked.texts for asked in files.asked(order)}
    numbers = {request: list(numbered) for request, numbered in texts.items()}
    known: dict[Text, str] = {}
    faults: dict[str, int] = {}
    usage = Usage()
    try:
        with open(files.answers(order), encoding="utf-8", errors="replace") as lines:
            for line in lines:
                given = api.read(line, numbers)
                if given is None:
                    continue
                usage += given.usage + Usage(requests=1)
                if given.fault:
                    faults[given.fault] = faults.get(given.fault, 0) + 1
                for number, target in given.targets.items():
                    text = texts[given.request].get(number)
                    if text is not None and target.strip():
                        known.setdefault(text, target)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigError(f"{files.answers(order)}: {reason}; run `batches fetch` again") from None
    return Haul(known, usage, faults)
