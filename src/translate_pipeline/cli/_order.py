"""Takes the work of a `translate --batch`, leaves its requests on order at the batch API.

The law: whatever is said to be on order is on disk as such, and what could not be handed in is
gone on with by `batches fetch`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from translate_pipeline.backends import Backend
from translate_pipeline.batch_orders import Order, OrderFiles
from translate_pipeline.batch_orders.collecting import Collecting
from translate_pipeline.batch_orders.placing import place
from translate_pipeline.batch_orders.writing import OrderWriter
from translate_pipeline.cli._choices import make_backend
from translate_pipeline.cli._translate import translate
from translate_pipeline.cli._work import Work, say
from translate_pipeline.errors import BackendError, ConfigError
from translate_pipeline.settings import Settings

if TYPE_CHECKING:
    from translate_pipeline.backends.openai import OpenAIBackend

__all__ = ["endpoint_of", "flags_of", "order", "saved"]

# Flags that are this command's own, not the work's.
_OWN = frozenset({"batch", "wait", "json", "debug", "command", "dry_run", "explain", "version"})
_PATHS = frozenset({"config", "root"})


def order(work: Work, flags: argparse.Namespace) -> int:
    """Hand in what the work asks for; the exit code. Raises ConfigError, FatalBackendError."""
    backend = endpoint_of(work.settings)
    files = OrderFiles(work.root)
    plan = Order(
        id="",
        base_url=backend.base_url,
        model=work.settings.model,
        made="",
        flags=saved(flags),
    )
    writer = OrderWriter(files, plan)
    collecting = Collecting(backend, files.on_order(), writer.put)
    code = translate(work, lambda _: collecting)
    placed = writer.finish(backend.signature)
    if not placed:
        return code
    try:
        placed = asyncio.run(_place(placed, files, backend))
    except BackendError as error:
        raise type(error)(
            f"{error}; the order is written down: `translate-pipeline batches fetch` hands it in"
        ) from None
    if not work.json:
        say(
            f"order {one.id}: {one.requests:,} requests for {one.segments:,} segments, {one.told};"
            " `translate-pipeline batches fetch` brings the answers"
            for one in placed
        )
    if not flags.wait:
        return code
    from translate_pipeline.cli.batches import resume

    return resume([one.id for one in placed], files, json=work.json) or code


async def _place(orders: Sequence[Order], files: OrderFiles, backend: OpenAIBackend) -> list[Order]:
    api = backend.batches()
    try:
        return [await place(one, files, api) for one in orders]
    finally:
        await backend.aclose()


def endpoint_of(settings: Settings) -> OpenAIBackend:
    """The backend whose endpoint may have a batch API. Raises ConfigError for any other."""
    if settings.backend not in ("", "openai"):
        raise ConfigError(
            f"the backend {settings.backend} has no batch API; leave --batch out, or use openai"
        )
    backend: Backend = make_backend(settings, os.environ)
    from translate_pipeline.backends.openai import OpenAIBackend

    assert isinstance(backend, OpenAIBackend)  # noqa: S101 - by its name
    return backend


def saved(flags: argparse.Namespace) -> str:
    """The flags as an order keeps them: a later command goes on with the same work."""
    kept = {
        name: [str(path) for path in value] if name == "paths" else _plain(value)
        for name, value in sorted(vars(flags).items())
        if name not in _OWN and value not in (None, False, [])
    }
    return json.dumps({"folder": str(Path.cwd()), "flags": kept}, ensure_ascii=False)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Path) else value


def flags_of(order: Order) -> argparse.Namespace:
    """The flags of the command that placed `order`. Raises ConfigError where they do not fit."""
    from translate_pipeline.cli import translate as command

    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    flags = parser.parse_args([])
    said: object = None
    with suppress(ValueError):
        said = json.loads(order.flags)
    if not isinstance(said, dict) or not isinstance(said.get("flags"), dict):
        raise ConfigError(f"order {order.id} does not tell what it was for; give it up with cancel")
    for name, value in said["flags"].items():
        if not hasattr(flags, name) or name in _OWN:
            raise ConfigError(f"order {order.id} knows a flag {name!r} that translate has not")
        paths = [Path(str(path)) for path in value] if name == "paths" else None
        setattr(flags, name, paths or (Path(str(value)) if name in _PATHS else value))
    if flags.paths and said.get("folder") != str(Path.cwd()):
        raise ConfigError(f"order {order.id} was placed in {said.get('folder')}; go there first")
    return flags
