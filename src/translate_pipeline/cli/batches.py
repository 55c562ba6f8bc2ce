"""The command `batches`: what is on order at a batch API, and the answers it brings.

The law: nothing but argparse is imported here, for `--help` passes through; the work is done in
`_fetch`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_pipeline.batch_orders import OrderFiles

__all__ = ["DESCRIPTION", "add_arguments", "execute", "resume"]

DESCRIPTION = """\
Orders at a batch API, which answers within a day at half the price. `translate --batch` places
them.

  batches               list the orders of the site; asks nobody
  batches fetch [ID]    ask how far they are; what is answered becomes translations
  batches resume [ID]   the same, and wait until they are answered
  batches cancel ID     have an order stopped, or give up one that is answered

What an answer leaves open (a text that failed its checks) is asked for at the usual price.
"""
_ACTIONS = ("list", "fetch", "resume", "cancel")
_EVERY = 60.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The flags of `batches`."""
    add = parser.add_argument
    add("action", nargs="?", choices=_ACTIONS, default="list", help="default: list")
    add("id", nargs="?", default="", metavar="ID", help="one order; default: all that are open")
    add("--every", type=float, default=_EVERY, metavar="SECONDS", help="resume: between two looks")
    add("--config", type=Path, metavar="FILE", help="default: translate-pipeline.toml if present")
    add("--root", type=Path, metavar="FOLDER", help="the folder that holds .translate-pipeline")
    add("--json", action="store_true", help="print one JSON document")
    add("--debug", action="store_true", help="show tracebacks")


def execute(flags: argparse.Namespace) -> int:
    """Do what `action` says; the exit code. Raises the errors of `errors.py`."""
    from translate_pipeline.batch_orders import OrderFiles
    from translate_pipeline.cli import _fetch
    from translate_pipeline.cli._choices import config_in
    from translate_pipeline.errors import ConfigError

    config: Path | None = flags.config or config_in(Path.cwd())
    root = flags.root or (config.absolute().parent if config else Path.cwd())
    files = OrderFiles(root)
    names = [flags.id] if flags.id else []
    if flags.action == "cancel":
        if not names:
            raise ConfigError("name the order to cancel; `translate-pipeline batches` lists them")
        return _fetch.cancel(names[0], files)
    if flags.action == "list":
        return _fetch.listed(names, files, json=flags.json)
    if not flags.every >= 0:
        raise ConfigError("--every is a number of seconds, 0 or more")
    every = flags.every if flags.action == "resume" else None
    return _fetch.fetch(names, files, json=flags.json, every=every)


def resume(names: Sequence[str], files: OrderFiles, *, json: bool) -> int:
    """Wait for orders and take their answers; the exit code."""
    from translate_pipeline.cli import _fetch

    return _fetch.fetch(names, files, json=json, every=_EVERY)
