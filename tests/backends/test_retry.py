"""Which faults are tried again, how often, and after how long."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from translate_pipeline.backends._retry import Passing, pause_asked, retrying
from translate_pipeline.errors import CreditError, ReplyError, TransportError
from translate_pipeline.model import Usage

NOW = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": " 0.25 "}, 0.25),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after-ms": "1500", "retry-after": "60"}, 1.5),
        ({"retry-after-ms": "soon", "retry-after": "60"}, 60.0),
        ({"retry-after": format_datetime(NOW + timedelta(seconds=90), usegmt=True)}, 90.0),
        ({"retry-after": format_datetime(NOW - timedelta(seconds=90), usegmt=True)}, 0.0),
        ({"retry-after": "Mon, 23 Nov 2026 12:00:10"}, 10.0),  # no zone: GMT is meant
        # The server's clock is an hour ahead of ours; it means ten seconds.
        (
            {
                "date": "Mon, 23 Nov 2026 13:00:00 GMT",
                "retry-after": "Mon, 23 Nov 2026 13:00:10 GMT",
            },
            10.0,
        ),
        # Nothing that can be waited for:
        ({"retry-after": "-5"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "1e999"}, None),
        ({"retry-after": "later"}, None),
        ({"retry-after": ""}, None),
        ({"retry-after": "Mon, 99 Nov 2026 12:00:10 GMT"}, None),
        ({"retry-after": "Mon, 23 Nov 99999999999 12:00:10 GMT"}, None),
    ],
)
def test_pause_asked(headers: dict[str, str], seconds: float | None) -> None:
    assert pause_asked(headers, now=NOW) == seconds


class Calls:
    """An endpoint that has these faults, then an answer."""

    def __init__(self, *faults: Exception) -> None:
        self.faults = list(faults)
        self.times: list[float] = []

    async def __call__(self) -> str:
        self.times.append(time.monotonic())
        if self.faults:
            raise self.faults.pop(0)
        return "answer"


def run(calls: Calls, attempts: int = 5) -> str:
    return asyncio.run(retrying(calls, attempts=attempts, backoff=0.01))


def test_a_passing_fault_is_tried_again() -> None:
    calls = Calls(Passing(TransportError("busy")), Passing(ReplyError("empty")))
    assert run(calls) == "answer"
    assert len(calls.times) == 3


def test_tries_end_with_the_error_inside() -> None:
    calls = Calls(*(Passing(TransportError(f"busy {i}")) for i in range(9)))
    with pytest.raises(TransportError, match=r"^busy 3 \(tried 4 times\)$") as caught:
        run(calls, attempts=4)
    assert len(calls.times) == 4
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_a_fault_may_allow_fewer_tries() -> None:
    calls = Calls(*(Passing(ReplyError("empty"), attempts=2) for _ in range(9)))
    with pytest.raises(ReplyError, match="tried 2 times"):
        run(calls)
    assert len(calls.times) == 2


def test_only_such_faults_count_for_the_fewer_tries() -> None:
    busy, empty = Passing(TransportError("busy")), Passing(ReplyError("empty"), attempts=2)
    calls = Calls(busy, busy, empty, busy)
    assert run(calls) == "answer"
    calls = Calls(empty, busy, empty, busy)
    with pytest.raises(ReplyError, match="tried 3 times"):
        run(calls)


@pytest.mark.parametrize("error", [CreditError("no"), TransportError("no"), ValueError("no")])
def test_other_errors_come_through_at_once(error: Exception) -> None:
    calls = Calls(error)
    with pytest.raises(type(error)) as caught:
        run(calls)
    assert caught.value is error
    assert len(calls.times) == 1


def test_a_pause_asked_for_is_the_gates_matter() -> None:
    """Which keeps this call waiting with all others; two pauses would add up."""
    calls = Calls(*(Passing(TransportError("busy"), pause=60.0) for _ in range(4)))
    assert run(calls) == "answer"
    assert len(calls.times) == 5


def test_what_the_gate_excuses_is_no_try() -> None:
    def trial() -> Passing:
        fault = Passing(ReplyError("an HTML page"), attempts=2)
        fault.trial = fault.excused = True
        return fault

    calls = Calls(*(trial() for _ in range(7)), *(Passing(TransportError("x")) for _ in range(4)))
    assert run(calls) == "answer"
    calls = Calls(*(trial() for _ in range(7)), *(Passing(TransportError("x")) for _ in range(5)))
    with pytest.raises(TransportError):
        run(calls)
    assert len(calls.times) == 12


def test_a_pause_too_long_ends_the_tries() -> None:
    calls = Calls(Passing(TransportError("busy", usage=Usage(requests=1)), pause=121))
    with pytest.raises(TransportError, match=r"busy; the endpoint asks for a pause of 121 s"):
        run(calls)
    assert len(calls.times) == 1
