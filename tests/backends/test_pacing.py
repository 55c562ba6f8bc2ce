"""A rate learnt from refusals: when there is one, and what it does then."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.backends._pacing import Pacing


def fast(rate: float, seconds: float = 2.0) -> tuple[Pacing, float]:
    """After sending at that rate for some seconds; and the time."""
    pacing = Pacing()
    count = int(rate * seconds)
    for number in range(count):
        pacing.sent(number / rate)
    return pacing, count / rate


def test_before_a_refusal_nothing_waits() -> None:
    pacing, now = fast(1000)
    assert pacing.rate(now) is None
    assert pacing.wait(now) <= 0


@pytest.mark.parametrize("sent", [0, 1, 4])
def test_a_few_requests_tell_no_rate(sent: int) -> None:
    pacing = Pacing()
    for _ in range(sent):
        pacing.sent(0.0)
    pacing.refused(0.1)
    assert pacing.rate(0.1) is None


def steady(rate: float, seconds: float = 4.0) -> tuple[Pacing, float]:
    """After a refusal at that rate, sending as fast as may be, and a second refusal."""
    pacing, now = fast(rate)
    pacing.refused(now)
    end = now + seconds
    while (step := max(now, now + pacing.wait(now))) < end:
        now = step
        pacing.sent(now)
    pacing.refused(now)
    return pacing, now


def test_a_first_rate_is_a_guess_and_doubles() -> None:
    pacing, now = fast(100)
    pacing.refused(now)
    rates = [pacing.rate(now + t) or 0.0 for t in (0, 3, 6, 1e6)]
    assert rates == pytest.approx([80, 160, 320, 80 * 2**60])


def test_a_crowd_that_looked_slow_is_not_slow_for_long() -> None:
    """Four of 64 requests were seen in the last seconds; the endpoint bears 50 a second."""
    pacing = Pacing()
    for number in range(64):
        pacing.sent(0.0 if number < 58 else 3.0)
    pacing.refused(3.5)
    assert (pacing.rate(3.5) or 0) < 3
    assert (pacing.rate(20.0) or 0) > 50


def test_the_curve_after_a_second_refusal() -> None:
    pacing, now = steady(100)
    top = (pacing.rate(now) or 0.0) / 0.8
    rates = [(pacing.rate(now + t) or 0.0) / top for t in (0, 10, 20, 30, 40)]
    assert rates == pytest.approx([0.8, 0.975, 1, 1.125, 2])


def test_requests_are_spread() -> None:
    pacing, now = steady(10)
    rate, times = pacing.rate(now) or 0.0, []
    for _ in range(9):
        now += max(0.0, pacing.wait(now))
        times.append(now)
        pacing.sent(now)
    gaps = [b - a for a, b in pairwise(times)]
    assert max(gaps) <= 1 / rate + 1e-9
    assert min(gaps) >= 1 / rate / 1.1


def test_a_pause_gives_no_right_to_a_burst() -> None:
    pacing, now = fast(10)
    pacing.refused(now)
    pacing.sent(now + 60)
    assert pacing.wait(now + 60) > 0


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 30)), max_size=100))
def test_law_a_refusal_never_makes_it_faster_and_no_wait_is_endless(
    events: list[tuple[bool, float]],
) -> None:
    pacing, now = Pacing(), 0.0
    for sending, pause in events:
        now += pause
        if sending:
            now += max(0.0, pacing.wait(now))
            pacing.sent(now)
        else:
            before = pacing.rate(now)
            pacing.refused(now)
            after = pacing.rate(now)
            assert before is None or (after is not None and after <= max(before, 0.05))
        rate = pacing.rate(now)
        assert rate is None or rate >= 0.05 * 0.8
        assert pacing.wait(now) <= 1 / (0.05 * 0.8) + 1e-6
