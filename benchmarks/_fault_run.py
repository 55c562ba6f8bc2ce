"""Articles and a faulty model server in, what the command line reports of translating them out.

The law: this is the real command with the real client over real connections. Only its clock runs
50 times as fast, so that pauses, deadlines and the breaker keep their proportions and cost
seconds instead of minutes.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
import selectors
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from tests.servers.loopback import MODEL, LoopbackServer
from tests.servers.silent_faults import TERM
from tests.servers.translators import for_language

from translate_pipeline.cli import main as command_line
from translate_pipeline.locale import parse_locale

__all__ = ["Report", "run"]

T = TypeVar("T")

_HASTE = 50.0
# Seconds of that clock. What is answered at once here takes a hundredth of a second of ours.
_TIMEOUT = 60


@dataclass(frozen=True, slots=True)
class Report:
    """The command line's own report: requests and tokens by the target's name.

    `told` are the warnings: target, check and segment. `stopped` says why the run ended early.
    """

    exit_code: int
    by_target: dict[str, tuple[int, int]]
    told: frozenset[tuple[str, str, int]] = field(default=frozenset())
    stopped: str = ""

    @property
    def requests(self) -> int:
        return sum(requests for requests, _ in self.by_target.values())

    @property
    def tokens(self) -> int:
        return sum(tokens for _, tokens in self.by_target.values())


def run(
    paths: Sequence[Path], locale: str, server: LoopbackServer, *options: str, concurrency: int = 8
) -> Report:
    """Translate the articles into `locale`. Raises RuntimeError where nothing was begun."""
    config = paths[0].parent / f"{locale}.toml"
    word = for_language(parse_locale(locale).english)(TERM, "")
    config.write_text(f'[[glossary]]\nsource = "{TERM}"\ntarget = "{word}"\n', encoding="utf-8")
    argv = ["translate", *map(str, paths), "--to", locale, "--config", str(config), "--json"]
    argv += ["--base-url", server.base_url, "--model", MODEL, "--api-key-env", "FAULTS_KEY"]
    argv += ["--concurrency", str(concurrency), "--timeout", str(_TIMEOUT)]
    # Every run pays for all, and replaces a translation that nobody recorded.
    argv += ["--memory", "none", "--overwrite", *options]
    out = io.StringIO()
    key = patch.dict(os.environ, {"FAULTS_KEY": "any"})
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(io.StringIO()),
        key,
        hastened(),
    ):
        code = command_line(argv)
    report = json.loads(out.getvalue())
    if report["exit_code"] != code or "results" not in report:
        raise RuntimeError(f"exit code {code}, and the report says {out.getvalue()[:500]}")
    by_target, told = {}, []
    for result in report["results"]:
        used, name = result["usage"], Path(result["target"]).name
        by_target[name] = used["requests"], used["prompt_tokens"] + used["completion_tokens"]
        told += [(name, problem["check"], problem["segment"]) for problem in result["problems"]]
    return Report(code, by_target, frozenset(told), report["stopped"] or "")


def hastened() -> contextlib.AbstractContextManager[Callable[..., object]]:
    """While it lasts, `asyncio.run` runs on the fast clock."""

    def run_hastened(main: Coroutine[Any, Any, T]) -> T:
        with asyncio.Runner(loop_factory=_HastenedLoop) as runner:
            return runner.run(main)

    return patch.object(asyncio, "run", run_hastened)


class _Hastened(selectors.DefaultSelector):
    def select(self, timeout: float | None = None) -> Any:
        return super().select(timeout / _HASTE if timeout else timeout)


class _HastenedLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock runs `_HASTE` times as fast as ours."""

    def __init__(self) -> None:
        super().__init__(_Hastened())

    def time(self) -> float:
        return super().time() * _HASTE
