"""An order in, its JSON out, and back; what is no order is told by name.

The file lies in a folder of the site, so it is read as what anybody may have written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields

from translate_pipeline.batch_orders.order import Asked, Order, Stage, Text
from translate_pipeline.errors import ConfigError

__all__ = ["asked_line", "read_asked", "read_order", "write_order"]

_VERSION = 1
_FIELDS = {field.name: field.type for field in fields(Order)}
_NUMBERS = frozenset(("requests", "segments", "done", "failed"))


def write_order(order: Order) -> str:
    """The JSON of an order, with a final newline."""
    return json.dumps({"version": _VERSION, **asdict(order)}, indent=2, ensure_ascii=False) + "\n"


def read_order(text: str, where: str) -> Order:
    """The order in `text`. Raises ConfigError, beginning with `where`."""
    advice = "delete its folder to give the order up, or restore it from a backup"
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise ConfigError(f"{where}: this is no order of a batch; {advice}")
    if data.pop("version", None) != _VERSION:
        raise ConfigError(f"{where}: written by another version of translate-pipeline; upgrade")
    missing = _FIELDS.keys() ^ data.keys()
    wrong = [
        name
        for name, value in data.items()
        if not isinstance(value, int if name in _NUMBERS else str) or isinstance(value, bool)
    ]
    if missing or wrong or data["stage"] not in set(Stage):
        names = ", ".join(sorted({*missing, *wrong}) or ["stage"])
        raise ConfigError(f"{where}: {names} cannot be read; {advice}")
    return Order(**{**data, "stage": Stage(data["stage"])})


def asked_line(asked: Asked) -> str:
    """One request as a line of JSON; its languages once, for a request has one pair."""
    first = next(iter(asked.texts.values()))
    keys = {str(number): text.key.hex() for number, text in asked.texts.items()}
    record = [asked.request, first.source_tag, first.target_tag, keys]
    return json.dumps(record, separators=(",", ":")) + "\n"


def read_asked(lines: Iterable[str], where: str) -> Iterator[Asked]:
    """The requests of `asked_line`'s lines. Raises ConfigError, beginning with `where`."""
    for number, line in enumerate(lines, start=1):
        try:
            request, source, target, keys = json.loads(line)
            texts = {int(i): Text(source, target, bytes.fromhex(key)) for i, key in keys.items()}
        except (ValueError, TypeError, AttributeError, RecursionError):
            raise ConfigError(
                f"{where}:{number}: this line of an order cannot be read; delete the folder to"
                " give the order up, or restore it from a backup"
            ) from None
        if texts:
            yield Asked(str(request), texts)
