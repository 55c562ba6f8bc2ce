"""Takes commands to chain and one text at a time, gives what comes out at the far end.

The law: one text in, one text out, and a deadline on everything. A stage that dies, hangs or
answers out of step ends the whole chain, which is started again with the next text; no process
outlives `close` (or this object), and none is left a zombie.

The wrapper script `apertium -z` hangs, so the stages are started here. Writing a block that is
larger than the pipes without reading deadlocks them, so one loop does both.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import time
import weakref
from collections.abc import Callable, Sequence

__all__ = ["Interrupted", "Pipe", "PipeError", "PipeTimeout"]

_BLOCK = 1 << 16
_TICK = 0.1  # seconds until an interruption is noticed
_STDERR = 400  # characters of the stages' complaints kept for a message


class PipeError(Exception):
    """A stage died, could not be started or lost step; the message says what it complained of."""


class PipeTimeout(PipeError):
    """No answer before the deadline."""


class Interrupted(Exception):
    """The caller asked to stop."""


class Pipe:
    """A chain of NUL-flushed programs, started when first needed. For one thread at a time."""

    def __init__(self, commands: Sequence[Sequence[str]]) -> None:
        self._commands = tuple(tuple(c) for c in commands)
        self._stages: list[subprocess.Popen[bytes]] = []
        self._stdin = self._stdout = self._stderr = -1
        self._complaints = b""
        self._finalizer: weakref.finalize[[list[subprocess.Popen[bytes]]], Pipe] | None = None

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of the running stages in order; empty before the first text."""
        return tuple(stage.pid for stage in self._stages)

    def exchange(self, text: str, deadline: float, stop: Callable[[], bool]) -> str:
        """Send `text` (without NUL), return the answer; `deadline` in `time.monotonic()`.

        Raises `PipeError`, `PipeTimeout` or `Interrupted`, each after closing the chain.
        """
        try:
            if not self._stages:
                self._start()
            answer = self._pump(text.encode() + b"\0", deadline, stop)
            return answer.decode()
        except OSError as error:  # a write to a dead stage, or a program that does not start
            raise self._broken(f"the engine broke off ({error.strerror})") from None
        except UnicodeDecodeError:
            raise self._broken("the engine answered with broken UTF-8") from None
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Kill what runs and wait for it. May be repeated; `exchange` starts anew."""
        for fd in (self._stdin, self._stdout, self._stderr):
            if fd >= 0:
                os.close(fd)
        self._stdin = self._stdout = self._stderr = -1
        stages, self._stages = self._stages, []
        if self._finalizer is not None:
            self._finalizer.detach()
            self._finalizer = None
        _kill(stages)

    def _start(self) -> None:
        self._complaints = b""
        # The stages read the encoding from the locale; C.UTF-8 is everywhere in Debian.
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        reader, self._stdin = os.pipe()
        self._stderr, complaints = os.pipe()
        os.set_blocking(self._stderr, False)
        try:
            for command in self._commands:
                last, (following, writer) = reader, os.pipe()
                try:
                    stage = subprocess.Popen(  # noqa: S603 - no shell; programs of the mode file
                        command,
                        stdin=reader,
                        stdout=writer,
                        stderr=complaints,
                        env=environment,
                        # One group, so that one signal reaches all; not the terminal's, so
                        # that Ctrl-C reaches this process first.
                        process_group=self._stages[0].pid if self._stages else 0,
                    )
                finally:
                    os.close(writer)
                    reader = following
                    os.close(last)
                self._stages.append(stage)
        finally:
            os.close(complaints)
            self._stdout = reader
        os.set_blocking(self._stdin, False)
        os.set_blocking(self._stdout, False)
        self._finalizer = weakref.finalize(self, _kill, list(self._stages))

    def _pump(self, data: bytes, deadline: float, stop: Callable[[], bool]) -> bytes:
        answer = bytearray()
        unsent = memoryview(data)
        with selectors.DefaultSelector() as selector:
            selector.register(self._stdin, selectors.EVENT_WRITE)
            selector.register(self._stdout, selectors.EVENT_READ)
            selector.register(self._stderr, selectors.EVENT_READ)
            while True:
                if stop():
                    raise Interrupted
                left = deadline - time.monotonic()
                if left <= 0:
                    raise PipeTimeout("the engine did not answer in time")
                for key, _ in selector.select(min(left, _TICK)):
                    if key.fd == self._stdin:
                        unsent = unsent[os.write(self._stdin, unsent[:_BLOCK]) :]
                        if not unsent:
                            selector.unregister(self._stdin)
                    elif key.fd == self._stderr:
                        if not self._listen():
                            selector.unregister(self._stderr)
                    else:
                        block = os.read(self._stdout, _BLOCK)
                        if not block:
                            raise self._broken("a stage of the engine ended")
                        answer += block
                        if block.endswith(b"\0"):
                            return self._checked(answer, unsent)

    def _checked(self, answer: bytearray, unsent: memoryview) -> bytes:
        """The answer without its NUL, if it is the answer to the whole of this text."""
        if unsent or answer.count(0) != 1:
            raise self._broken("the engine answered out of step")
        return bytes(answer[:-1])

    def _listen(self) -> bool:
        """Keep the end of what the stages complain about; False at the end of it."""
        block = os.read(self._stderr, _BLOCK)
        self._complaints = (self._complaints + block)[-_STDERR:]
        return bool(block)

    def _broken(self, what: str) -> PipeError:
        with contextlib.suppress(OSError):
            while self._stderr >= 0 and self._listen():
                pass
        self.close()
        said = " ".join(self._complaints.decode(errors="replace").split())
        return PipeError(f"{what}: {said}" if said else what)


def _kill(stages: Sequence[subprocess.Popen[bytes]]) -> None:
    """SIGKILL to the group, then wait. The leader is not reaped before, so its id is ours."""
    if not stages:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(stages[0].pid, signal.SIGKILL)
    for stage in stages:
        stage.kill()  # in case it had not joined the group yet
        stage.wait()
