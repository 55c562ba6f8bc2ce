"""Takes calls that want to reach one endpoint, lets each through when it may go.

The law: `pass_through` is the only door, and each request passes it, also one that is tried
again. After `stop(error)` no call passes any more; each raises a copy of that error without a
request. Never more than `concurrency` requests are under way at once.
"""

from __future__ import annotations

import asyncio
import itertools
import math
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from heapq import heappop, heappush
from weakref import WeakKeyDictionary

from translate_pipeline.backends._lane import Lane, Sent
from translate_pipeline.backends._retry import Passing
from translate_pipeline.backends._toll import ask_leave
from translate_pipeline.errors import BackendError, FatalBackendError

__all__ = ["Gate", "Ticket"]


class Ticket:
    """Leave for one exchange, which says how it went; an exchange given up says nothing."""

    __slots__ = ("_lane", "_sent", "told")

    def __init__(self, lane: Lane, sent: Sent) -> None:
        self._lane = lane
        self._sent = sent
        self.told = False

    def answered(self, status: int, headers: Mapping[str, str], reason: str = "") -> None:
        """An answer came, with lower-case `headers`. `status` is that of an error inside an
        HTTP 200 where there is one; `reason` is fit for a message."""
        self.told = True
        self._lane.answered(self._sent, _now(), status, headers, reason)

    def failed(self, reason: str) -> None:
        """No answer came, or none within the deadline."""
        self.told = True
        self._lane.failed(self._sent, _now(), reason)

    def excuse(self, fault: Passing) -> None:
        """See to it that a fault the call is not to blame for counts as none of its tries.

        That a trial fails, sent to see whether a dead endpoint is back, is expected. And where
        the endpoint answers others, one that is refused for coming too fast has its turn soon.
        """
        fault.trial = self._sent.trial
        fault.excused = fault.trial or (self._sent.refused and self._lane.answering(_now()))


def _now() -> float:
    return asyncio.get_running_loop().time()


class Gate:
    """One per backend; the state of each model is its own, and that of each event loop.

    Time is the time of the event loop, also when it is a simulated one. Calls pass in the
    order of their `turn`: who is tried again comes before who begins.
    """

    def __init__(self, concurrency: int) -> None:
        self._concurrency = concurrency
        self._doors: WeakKeyDictionary[asyncio.AbstractEventLoop, _Door] = WeakKeyDictionary()
        self._turns = itertools.count()
        self._fatal: FatalBackendError | None = None
        self._lock = threading.Lock()  # loops of several threads share `_doors`

    def check(self) -> None:
        """Raise the error that stopped the run, if one did."""
        if self._fatal is not None:
            # A copy: many tasks raise it at once, and a traceback belongs to one of them.
            raise type(self._fatal)(str(self._fatal))

    def stop(self, error: FatalBackendError) -> None:
        """Let nobody through from now on; the first reason is kept."""
        if self._fatal is None:
            self._fatal = error
        with self._lock:
            doors = list(self._doors.items())
        for loop, door in doors:
            with suppress(RuntimeError):  # that loop is closed
                loop.call_soon_threadsafe(door.close, error)

    def turn(self) -> int:
        """A call's place in the queue; it keeps it when it is tried again."""
        return next(self._turns)

    def resting(self, model: str = "") -> bool:
        """True while that model seems dead in this event loop, and another had better be asked."""
        lane = self._door().lanes.get(model)
        return lane is not None and lane.breaker.wait(_now()) > 0

    def dead(self, model: str = "") -> bool:
        """True when that model was tried often enough in this event loop, in vain."""
        lane = self._door().lanes.get(model)
        return lane is not None and lane.breaker.dead(_now())

    @asynccontextmanager
    async def pass_through(
        self, model: str = "", *, tokens: float = 0.0, turn: int | None = None
    ) -> AsyncIterator[Ticket]:
        """Wait for leave to send one request, of about so many `tokens` in and out.

        The place is held for the exchange and given back before a retry pauses: what makes an
        endpoint that is in trouble see fewer requests is the window, the pause and the breaker,
        for all calls alike, and a call that only waits must not keep others from an endpoint
        that is well again.

        Raises the error of `stop`, FatalBackendError for an endpoint that is down,
        TransportError where it asks for too long a pause, and what `_toll.asking` raises.
        """
        self.check()
        door = self._door()
        lane = door.lane(model)
        sent = await door.enter(lane, self.turn() if turn is None else turn, tokens)
        ticket = Ticket(lane, sent)
        try:
            self.check()
            ask_leave()
            yield ticket
        finally:
            door.leave(lane, sent, told=ticket.told)

    def _door(self) -> _Door:
        loop = asyncio.get_running_loop()
        door = self._doors.get(loop)
        if door is None:
            with self._lock:
                door = self._doors[loop] = _Door(self._concurrency)
        return door


_Waiting = tuple[int, int, float, "asyncio.Future[Sent | BackendError]"]


class _Queue(Lane):
    """A lane and who waits for it, by turn."""

    def __init__(self, concurrency: int) -> None:
        super().__init__(concurrency)
        self.waiting: list[_Waiting] = []

    def turn_away(self, error: BackendError) -> None:
        """Everybody who waits gets a copy of the error, and goes."""
        for *_, future in self.waiting:
            if not future.done():
                future.set_result(type(error)(str(error)))
        self.waiting.clear()


class _Door:
    """The queues of one event loop, and the one timer that wakes whoever may go next.

    It keeps no reference to the loop, which could never be let go then.
    """

    def __init__(self, concurrency: int) -> None:
        self.lanes: dict[str, _Queue] = {}
        self._concurrency = concurrency
        self._under_way = 0
        self._order = itertools.count()
        self._timer: asyncio.TimerHandle | None = None

    def lane(self, model: str) -> _Queue:
        lane = self.lanes.get(model)
        if lane is None:
            lane = self.lanes[model] = _Queue(self._concurrency)
        return lane

    async def enter(self, lane: _Queue, turn: int, tokens: float) -> Sent:
        """Wait; raises the error where waiting makes no sense."""
        future = asyncio.get_running_loop().create_future()
        heappush(lane.waiting, (turn, next(self._order), tokens, future))
        self.admit()
        try:
            answer: Sent | BackendError = await future
        except asyncio.CancelledError:
            # Leave that was given a moment ago is given back.
            if not future.cancelled() and isinstance(future.result(), Sent):
                self.leave(lane, future.result(), told=False)
            raise
        if isinstance(answer, Sent):
            return answer
        raise answer

    def leave(self, lane: _Queue, sent: Sent, *, told: bool) -> None:
        """An exchange is over."""
        lane.done(sent, told=told)
        self._under_way -= 1
        self.admit()

    def close(self, error: BackendError) -> None:
        """Wake all who wait, with the error that stopped the gate."""
        for lane in self.lanes.values():
            lane.turn_away(error)

    def admit(self) -> None:
        """Let through whoever may go; see to being called again when the next one may."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        while self._under_way < self._concurrency:
            best, soonest = self._next(now)
            if best is None:
                self._wake(loop, now + soonest)
                return
            _, _, tokens, future = heappop(best.waiting)
            self._under_way += 1
            future.set_result(best.send(now, tokens))

    def _next(self, now: float) -> tuple[_Queue | None, float]:
        """The queue whose first may go now, and comes before those of the other queues; else
        the seconds until one may."""
        best: _Queue | None = None
        soonest = math.inf
        for lane in self.lanes.values():
            waiting = lane.waiting
            while waiting and waiting[0][3].done():  # cancelled
                heappop(waiting)
            if not waiting:
                continue
            error = lane.hopeless(now)
            if error is not None:
                lane.turn_away(error)
                continue
            wait = lane.wait(now, waiting[0][2])
            if wait > 0:
                soonest = min(soonest, wait)
            elif best is None or waiting[0] < best.waiting[0]:
                best = lane
        return best, soonest

    def _wake(self, loop: asyncio.AbstractEventLoop, when: float) -> None:
        if self._timer is not None:
            # To be woken early does no harm, and a timer less is less work.
            if loop.time() < self._timer.when() <= when:
                return
            self._timer.cancel()
            self._timer = None
        if when < math.inf:
            self._timer = loop.call_at(when, self.admit)
