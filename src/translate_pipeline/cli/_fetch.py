"""Takes orders, asks the provider for them, turns their answers into translations.

The law: an order is closed only when nothing in it is wanted any more; until then its answers stay
on disk, and taking them a second time costs nothing.
"""

from __future__ import annotations

import asyncio
import json as json_module
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from translate_pipeline.backends import Backend
from translate_pipeline.batch_orders import Answers, Order, OrderFiles, Stage
from translate_pipeline.batch_orders.placing import Haul, gather, look
from translate_pipeline.cli._choices import settings_of
from translate_pipeline.cli._order import endpoint_of, flags_of
from translate_pipeline.cli._translate import translate
from translate_pipeline.cli._work import say, work_of
from translate_pipeline.errors import ConfigError
from translate_pipeline.report.text import printable
from translate_pipeline.settings import Settings

__all__ = ["cancel", "fetch", "listed"]


def listed(names: Sequence[str], files: OrderFiles, *, json: bool) -> int:
    """Print the orders as they were last seen; exit code 0. Raises ConfigError."""
    orders = [files.order(name) for name in names] or files.orders()
    if json:
        shown = [{**asdict(one), "flags": json_module.loads(one.flags)} for one in orders]
        say([json_module.dumps({"orders": shown}, indent=2, ensure_ascii=False)])
    else:
        say([_line(one) for one in orders] or ["no orders"])
    return 0


def fetch(
    names: Sequence[str], files: OrderFiles, *, json: bool, every: float | None = None
) -> int:
    """Take what is answered of these orders, of all if none is named; the exit code.

    With `every`, wait until all of them have ended, looking so often (in seconds). Raises
    ConfigError, BackendError.
    """
    chosen = [files.order(name) for name in names] or [
        one for one in files.orders() if one.stage.open or one.stage is Stage.ANSWERED
    ]
    if not chosen:
        say([] if json else ["no open orders"])
        return 0
    codes = [_taken(one, files, json=json, every=every) for one in chosen]
    return max(codes)


def cancel(name: str, files: OrderFiles) -> int:
    """Have an order stopped; exit code 0. What is answered by then can still be fetched."""
    order = files.order(name)
    if order.stage is Stage.PLACED:
        backend = endpoint_of(_settings(order))

        async def stop() -> str:
            try:
                return (await backend.batches().cancel(order.batch)).status
            finally:
                await backend.aclose()

        status = asyncio.run(stop())
        say([f"order {order.id}: {printable(status)}; `batches fetch` takes what is answered"])
        return 0
    if order.stage in (Stage.PREPARED, Stage.ANSWERED):
        files.close(order, Stage.CANCELLED)
        say([f"order {order.id}: given up"])
        return 0
    say([f"order {order.id}: nothing to cancel, it is {order.stage.value}"])
    return 0


def _taken(order: Order, files: OrderFiles, *, json: bool, every: float | None) -> int:
    """What became of one order: 0 also for one that is still being worked on."""
    flags = flags_of(order)
    backend = endpoint_of(_settings(order))
    if backend.base_url != order.base_url:
        raise ConfigError(
            f"order {order.id} is at {order.base_url}, and the settings name {backend.base_url};"
            " set `base_url` back, or give the order up with `batches cancel`"
        )

    async def looked() -> Order:
        try:
            return await look(order, files, backend.batches())
        finally:
            await backend.aclose()

    order = asyncio.run(looked())
    while every is not None and order.stage.open:
        if sys.stderr.isatty():
            print(f"\r{_line(order)}  ", end="", file=sys.stderr, flush=True)
        time.sleep(every)
        order = asyncio.run(looked())
    if order.stage is not Stage.ANSWERED:
        say([] if json else [_line(order)])
        return 1 if order.stage is Stage.FAILED else 0
    haul = gather(order, files, backend.batches())
    if not json:
        say(_brought(order, haul))
    flags.json = json
    work = work_of(flags, Path.cwd())

    def with_answers(other: Backend) -> Backend:
        return Answers(other, haul.known, order.signature)

    code = translate(work, with_answers)
    if code == 0:
        files.close(order, Stage.USED)
    return code


def _settings(order: Order) -> Settings:
    settings, _ = settings_of(flags_of(order), Path.cwd())
    return settings


def _brought(order: Order, haul: Haul) -> list[str]:
    tokens = haul.usage.prompt_tokens + haul.usage.completion_tokens
    lines = [
        f"order {order.id}: {len(haul.known):,} of {order.segments:,} texts answered,"
        f" {haul.usage.requests:,} requests, {tokens:,} tokens at the batch price"
    ]
    lines += [f"  {count:,} × {printable(why)}" for why, count in sorted(haul.faults.items())]
    return lines


def _line(order: Order) -> str:
    done = f", {order.done:,} of {order.requests:,} answered" if order.done else ""
    failed = f", {order.failed:,} failed" if order.failed else ""
    told = f" ({printable(order.told)})" if order.told else ""
    return (
        f"{order.id}  {order.stage.value}{told}: {order.requests:,} requests for"
        f" {order.segments:,} segments{done}{failed}; {printable(order.model)}, {order.made}"
    )
