"""Limits told in headers against servers that keep to what they tell."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.backends._allowance import Allowance
from translate_pipeline.backends._rate_headers import Told


def learn(allowance: Allowance, told: Told, now: float = 0.0) -> None:
    allowance.learn(told, sent=now, spent=allowance.spent, now=now)


def test_nothing_known_nothing_waited_for() -> None:
    allowance = Allowance()
    allowance.take(0.0, 1e9)
    assert allowance.wait(0.0, 1e9) == 0


def test_a_bucket_fills_up_steadily() -> None:
    allowance = Allowance()
    learn(allowance, Told(600, 0, 60, True))  # ten a second
    assert allowance.wait(0.0, 1) == 0.1
    assert allowance.wait(0.05, 1) == 0.05
    assert allowance.wait(1.0, 5) == 0
    allowance.take(1.0, 10)
    assert allowance.wait(1.0, 1) == 0.1


def test_a_window_comes_back_as_a_whole() -> None:
    allowance = Allowance()
    learn(allowance, Told(20, 1, 30, False))
    assert allowance.wait(0.0, 1) == 0
    allowance.take(0.0, 1)
    assert allowance.wait(10.0, 1) == 20
    assert allowance.wait(30.0, 1) == 0
    allowance.take(30.0, 1)
    assert allowance.wait(30.0, 1) == 0  # until an answer tells anew


def test_a_limit_alone_is_per_minute() -> None:
    allowance = Allowance()
    learn(allowance, Told(60, 0, None, True))
    assert allowance.wait(0.0, 1) == 1.0


def test_more_than_the_limit_is_the_endpoints_to_judge() -> None:
    allowance = Allowance()
    learn(allowance, Told(1000, 1000, 0, True))
    assert allowance.wait(0.0, 5000) == 0


def test_nothing_left_and_no_word_of_when() -> None:
    allowance = Allowance()
    learn(allowance, Told(None, 0, None, True))
    assert allowance.wait(0.0, 1) == 0


def test_an_answer_does_not_know_of_those_sent_after_its_request() -> None:
    allowance = Allowance()
    for _ in range(10):
        allowance.take(0.0, 1)
    # The answer to the first of the ten: 9 were not counted when it was written.
    allowance.learn(Told(10, 9, 6, True), sent=0.0, spent=1, now=0.0)
    assert allowance.wait(0.0, 1) > 0


@given(
    st.floats(0.1, 100),
    st.integers(1, 200),
    st.lists(st.floats(0, 5), min_size=1, max_size=80),
    st.booleans(),
)
def test_law_with_true_headers_nothing_is_refused(
    rate: float, limit: int, pauses: list[float], refills: bool
) -> None:
    """One request after the other; the server answers at once and tells the truth."""
    allowance = Allowance()
    level, now, resets = float(limit), 0.0, 60.0
    for pause in pauses:
        now += pause
        wait = allowance.wait(now, 1)
        assert wait <= max(1 / rate, 60) + 1e-6
        step, now = now, now + wait + 1e-6
        if refills:
            level = min(limit, level + (now - step + pause) * rate)
        elif now >= resets:
            level, resets = float(limit), now + 60.0
        allowance.take(now, 1)
        level -= 1
        assert level >= -1e-3, "refused"
        reset = (limit - level) / rate if refills else resets - now
        learn(allowance, Told(limit, max(0.0, level), reset, refills), now)
