"""When an endpoint counts as dead, what it sees then, and how it comes back."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.backends._breaker import PAUSES, TRIPS_AT, Breaker


def tripped(at: float = 0.0, *, alive: bool = True) -> Breaker:
    breaker = Breaker()
    if alive:
        breaker.answered()
    for _ in range(TRIPS_AT):
        assert breaker.closed
        breaker.failed(at, trial=breaker.sent())
    return breaker


def test_it_opens_after_so_many_failures_in_a_row() -> None:
    breaker = tripped()
    assert not breaker.closed
    assert breaker.wait(0.0) == PAUSES[0]
    assert breaker.wait(PAUSES[0]) == 0


def test_one_answer_in_between_keeps_it_closed() -> None:
    breaker = Breaker()
    for _ in range(5):
        for _ in range(TRIPS_AT - 1):
            breaker.failed(0.0, trial=False)
        breaker.answered()
    assert breaker.closed


def test_half_open_lets_one_pass_and_its_answer_closes() -> None:
    breaker = tripped()
    assert breaker.sent()
    assert breaker.wait(100.0) == math.inf
    breaker.answered()
    assert breaker.closed
    assert breaker.wait(100.0) == 0
    assert not breaker.sent()


@pytest.mark.parametrize(("alive", "pauses"), [(True, PAUSES), (False, (1.0, 2.0, 4.0, 8.0))])
def test_each_trial_in_vain_makes_the_pause_longer_and_the_last_ends_it(
    alive: bool, pauses: tuple[float, ...]
) -> None:
    """One that has never answered is given up sooner: it is rather a wrong address."""
    breaker, now = tripped(alive=alive), 0.0
    waits = []
    while not breaker.dead(now):
        waits.append(breaker.wait(now))
        now += waits[-1]
        breaker.failed(now, trial=breaker.sent())
    assert tuple(waits) == pauses
    assert breaker.down(now) == sum(pauses)


def test_where_trials_take_long_a_few_are_enough() -> None:
    breaker, now = tripped(), 0.0
    while not breaker.dead(now):
        now += breaker.wait(now)
        trial = breaker.sent()
        now += 120  # the deadline of a request
        breaker.failed(now, trial=trial)
    assert breaker.trials == 3


def test_what_was_under_way_when_it_opened_tells_nothing_but_life() -> None:
    breaker = tripped()
    for _ in range(50):
        breaker.failed(0.5, trial=False)
    assert (breaker.failures, breaker.wait(0.0)) == (TRIPS_AT, PAUSES[0])
    breaker.answered()
    assert breaker.closed


def test_a_trial_given_up_makes_room_for_the_next() -> None:
    breaker = tripped()
    breaker.unknown(trial=breaker.sent())
    assert breaker.wait(PAUSES[0]) == 0


@given(st.lists(st.sampled_from(["send", "good", "bad", "gone", "later"]), max_size=200))
def test_law_never_two_trials_and_never_stuck(events: list[str]) -> None:
    breaker, now, out = Breaker(), 0.0, list[bool]()
    for event in events:
        if event == "later":
            now += 7.0
        elif event == "send":
            if breaker.wait(now) <= 0 and not breaker.dead(now):
                out.append(breaker.sent())
        elif out:
            trial = out.pop(0)
            if event == "good":
                breaker.answered()
                assert breaker.closed
            elif event == "bad":
                breaker.failed(now, trial=trial)
            else:
                breaker.unknown(trial=trial)
        if not out:  # nobody is out: a pause that ends, or the end
            assert breaker.wait(now) <= max(PAUSES) or breaker.dead(now)
        if not breaker.closed:
            assert breaker.failures >= TRIPS_AT


@pytest.mark.parametrize("share", [0.5, 0.8])
def test_an_endpoint_that_often_fails_is_not_given_up(share: float) -> None:
    """A repeatable run of 2,000 requests."""
    breaker, now = Breaker(), 0.0
    for number in range(2000):
        now += max(0.0, breaker.wait(now)) + 1.0
        trial = breaker.sent()
        if (number * 0.6180339887) % 1 < share:
            breaker.failed(now, trial=trial)
        else:
            breaker.answered()
        assert not breaker.dead(now)
