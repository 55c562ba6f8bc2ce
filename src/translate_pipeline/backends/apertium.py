"""Takes segments, gives them back translated by Apertium: real, offline, rule-based, no key.

The engine is Debian's `apertium` and the data of a pair (`apertium-eng-spa`), found at run
time; both are GPL and stay separate programs. Quality is that of a draft: it shows that the
seam is not only for language models, and serves the pairs Apertium is good at (Romance ones).

The law: everything but words comes back as it was and where it was, or the segment is left out
of the reply with a fault that says why. Word order may change between two marks, marks never
move: after a reordering an emphasis may hold another word than in the source. Equal segments
give equal targets, whatever was translated before.

Marks become numbered blanks, so that the engine sees whole sentences; if its answer cannot be
matched with the marks, the words between two marks are translated one by one.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from translate_pipeline.backends._apertium_modes import FOLDERS, Mode, find_mode
from translate_pipeline.backends._apertium_pipe import Interrupted, Pipe, PipeError, PipeTimeout
from translate_pipeline.backends._apertium_words import Plan, plan
from translate_pipeline.errors import FatalBackendError, TransportError
from translate_pipeline.model import LocalePair, Reply, Segment

if TYPE_CHECKING:
    from translate_pipeline.backends import BackendSettings
    from translate_pipeline.model import Batch

__all__ = ["ApertiumBackend", "from_settings"]

# A full stop and an empty blank make the taggers give out what they hold; both come back.
_END = "[][\n]"
_TAIL = "." + _END

_Stop = Callable[[], bool]

_STRIKES = 3  # segments in a row that the engine failed at, with a fresh start each


class ApertiumBackend:
    """The backend `apertium`: one chain of processes per pair, started at the first segment.

    With `pair` the signature names mode and data from the start and a missing pair is found
    at once; without it the pair of each batch counts. `timeout` is seconds for one segment of
    up to 4,000 characters, in proportion for longer ones. `folders` hold the `.mode` files.

    Raises `ConfigError` naming the Debian package when the engine or the pair is missing.
    """

    def __init__(
        self,
        *,
        pair: LocalePair | None = None,
        timeout: float = 30.0,
        folders: Sequence[Path] = FOLDERS,
    ) -> None:
        self._timeout = timeout
        self._folders = tuple(folders)
        self._engines: dict[str, _Engine] = {}
        self._modes: dict[tuple[str, str], Mode] = {}
        self._signature = "apertium" if pair is None else self._mode(pair).signature

    @property
    def name(self) -> str:
        return "apertium"

    @property
    def signature(self) -> str:
        """`apertium/eng-spa@1f2e3d4c` (mode, digest of its data); `apertium` without a pair."""
        return self._signature

    @property
    def writes(self) -> str:
        """Empty: the targets are in the language asked for."""
        return ""

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of the stages that run now, all pairs together."""
        return tuple(pid for engine in self._engines.values() for pid in engine.pids)

    @property
    def fallbacks(self) -> int:
        """0: there is no other model to ask."""
        return 0

    async def translate(self, batch: Batch) -> Reply:
        """Translate in a worker thread; a segment the engine fails at is a fault of the reply.

        Raises `ConfigError` for a missing pair, `TransportError` when the engine keeps dying,
        `FatalBackendError` when it does so without having translated anything before.
        """
        mode = self._mode(batch.pair)
        engine = self._engines.setdefault(mode.name, _Engine(mode, self._timeout))
        return await engine.translate(batch.segments)

    async def aclose(self) -> None:
        """End the processes. May be repeated; a later `translate` starts them anew."""
        engines, self._engines = self._engines, {}
        for engine in engines.values():
            await engine.aclose()

    def _mode(self, pair: LocalePair) -> Mode:
        key = pair.source.tag, pair.target.tag
        if key not in self._modes:
            self._modes[key] = find_mode(pair, self._folders)
        return self._modes[key]


def from_settings(settings: BackendSettings, *, pair: LocalePair | None = None) -> ApertiumBackend:
    """The backend for a config: only `timeout` counts."""
    return ApertiumBackend(pair=pair, timeout=settings.timeout)


class _Engine:
    """One pipe and the one thread that talks to it: a pipe answers one text after another."""

    def __init__(self, mode: Mode, timeout: float) -> None:
        self._mode = mode
        self._timeout = timeout
        self._pipe = Pipe(mode.commands)
        self._worker = ThreadPoolExecutor(1, thread_name_prefix=f"apertium-{mode.name}")
        self._closed = threading.Event()
        self._proven = False

    @property
    def pids(self) -> tuple[int, ...]:
        return self._pipe.pids

    async def translate(self, segments: Sequence[Segment]) -> Reply:
        cancelled = threading.Event()
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._worker, self._batch, segments, cancelled)
        except Interrupted:
            raise TransportError("the Apertium backend was closed while translating") from None
        finally:
            cancelled.set()  # the thread does not see a cancelled task by itself

    async def aclose(self) -> None:
        self._closed.set()
        # Behind whatever the worker does now; that one notices `_closed` and gives up.
        await asyncio.get_running_loop().run_in_executor(self._worker, self._pipe.close)
        self._worker.shutdown(wait=False)

    def _batch(self, segments: Sequence[Segment], cancelled: threading.Event) -> Reply:
        def stop() -> bool:
            return cancelled.is_set() or self._closed.is_set()

        targets: dict[int, str] = {}
        faults: list[str] = []
        strikes = 0
        for segment in segments:
            deadline = time.monotonic() + self._timeout * (1 + len(segment.text) // 4000)
            try:
                targets[segment.id] = self._segment(plan(segment), deadline, stop)
                strikes = 0
            except PipeError as error:
                faults.append(f"segment {segment.id}: {error}")
                strikes += 1
                if strikes >= _STRIKES:
                    raise self._hopeless(error) from None
        return Reply(targets, faults=tuple(faults), model=self._mode.name)

    def _segment(self, parts: Plan, deadline: float, stop: _Stop) -> str:
        targets: list[str] = []
        for group in parts.groups():
            found = parts.accept(group, self._ask(parts.message(group), deadline, stop))
            if found is None:
                found = []
                for index in group:
                    single = range(index, index + 1)
                    answer = self._ask(parts.message(single), deadline, stop)
                    # A word the engine has nothing for (a pronoun it drops) stays as it is.
                    found += parts.accept(single, answer) or [parts.words[index]]
            targets += found
        return parts.join(targets)

    def _ask(self, message: str, deadline: float, stop: _Stop) -> str:
        """One exchange; a dead chain is started again once, a slow one is not."""
        try:
            return self._exchange(message, deadline, stop)
        except PipeTimeout:
            raise
        except PipeError:
            return self._exchange(message, deadline, stop)

    def _exchange(self, message: str, deadline: float, stop: _Stop) -> str:
        answer = self._pipe.exchange(message + _TAIL, deadline, stop)
        # When a stage dies those after it may still flush what they have: only the tail
        # proves that the answer is whole.
        body, tail, rest = answer.rpartition(_END)
        if not tail or rest.strip():
            self._pipe.close()
            raise PipeError("the engine lost the end of the text")
        self._proven = True
        return body.rstrip().removesuffix(".")

    def _hopeless(self, error: PipeError) -> TransportError | FatalBackendError:
        advice = f"check that `apertium {self._mode.name}` works in a shell"
        if self._mode.package:
            advice += f", or reinstall {self._mode.package}"
        message = f"Apertium ({self._mode.name}) keeps failing: {error}; {advice}"
        return TransportError(message) if self._proven else FatalBackendError(message)
