"""How many requests may be under way: laws over random histories, and a literal one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.backends._window import START, Window

EVENTS = st.lists(st.sampled_from(["sent", "answered", "failed", "refused"]), max_size=300)


def fail(window: Window, now: float, times: int = 3) -> None:
    """As many failures as are no accident any more, at 20 places and fewer."""
    for _ in range(times):
        window.failed(now)


@given(st.integers(1, 500), EVENTS)
def test_law_between_one_and_the_configured_number(most: int, events: list[str]) -> None:
    window = Window(most)
    out: list[float] = []
    for now, event in enumerate(events):
        before = window.size
        if event == "sent":
            out.append(now)
        elif event == "answered" and out:
            window.answered(out.pop(0), len(out) + 1)
            assert before <= window.size <= before + 1
        elif event == "failed":
            window.failed(now)
            assert window.size <= before
        elif event == "refused":
            window.refused(now)
            assert window.size <= before
        assert 1 <= window.size <= most


@given(st.integers(2, 200), st.lists(st.booleans(), max_size=200))
def test_law_one_event_is_one_decrease_however_many_fail(most: int, fast: list[bool]) -> None:
    window = Window(most)
    window.refused(10.0)
    size = window.size
    for number, refused in enumerate(fast):
        window.answered(9.0, 0)  # it was sent before: tells nothing of the time after
        (window.refused if refused else window.failed)(10.0 + number)
    assert window.size == size


def test_the_next_event_counts_when_the_endpoint_has_answered_since() -> None:
    window = Window(64)
    window.refused(1.0)
    assert window.size == 44
    window.refused(2.0)
    assert window.size == 44
    window.answered(2.5, 1)  # few places were in use: no reason to grow
    window.refused(3.0)
    assert window.size == 30


@pytest.mark.parametrize(("each", "shrinks"), [(100, False), (20, False), (4, True), (1, True)])
def test_a_few_failures_are_no_congestion(each: int, shrinks: bool) -> None:
    """One in `each` requests fails."""
    window = Window(64)
    for number in range(1, 1000):
        if number % each:
            window.answered(number, window.size)
        else:
            window.failed(number)
    assert (window.size < 64) == shrinks


def test_after_failures_it_grows_by_one_with_each_round() -> None:
    window = Window(20)
    fail(window, 1.0)
    assert window.size == 14
    for _ in range(14 + 15):
        window.answered(2.0, window.size)
    assert window.size == 16


def test_after_refusals_it_grows_by_one_with_each_answer_up_to_where_it_was() -> None:
    window = Window(64)
    window.refused(1.0)
    window.answered(2.0, 1)
    window.refused(3.0)
    sizes = []
    for _ in range(40):
        window.answered(4.0, window.size)
        sizes.append(window.size)
    assert sizes == [*range(31, 65), *[64] * 6]


def test_a_full_window_is_what_makes_it_grow() -> None:
    window = Window(8)
    window.refused(1.0)
    for _ in range(50):
        window.answered(2.0, window.size - 1)
    assert window.size == 5


@pytest.mark.parametrize(("most", "size"), [(1, 1), (8, 8), (64, 64), (1000, START)])
def test_where_it_starts(most: int, size: int) -> None:
    assert Window(most).size == size


def test_above_the_start_it_doubles_with_each_round() -> None:
    window = Window(1000)
    for _ in range(START):
        window.answered(1.0, window.size)
    assert window.size == 2 * START
