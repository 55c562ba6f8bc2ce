"""What a lane makes of what it is told: the longest wait wins, and answers outweigh refusals."""

from __future__ import annotations

from translate_pipeline.backends._lane import Lane

FULL = {"x-ratelimit-limit-tokens": "150000", "x-ratelimit-remaining-tokens": "0"}
FULL |= {"x-ratelimit-reset-tokens": "6m0s", "retry-after": "1"}


def test_a_limit_that_only_refusals_tell_of_ends_with_the_next_answer() -> None:
    lane = Lane(8)
    lane.answered(lane.send(0.0, 3000), 0.1, 429, FULL, "too many")
    assert lane.wait(2.0, 3000) > 1, "0 of 150,000 are left, and a minute brings 25,000"
    sent = lane.send(9.0, 3000)
    lane.answered(sent, 9.5, 200, {}, "")
    assert lane.wait(9.6, 3000) < 1, "it was answered, and says nothing of a limit"


def test_a_limit_that_answers_tell_of_stays() -> None:
    lane = Lane(8)
    lane.answered(lane.send(0.0, 3000), 0.1, 200, FULL, "")
    assert lane.wait(2.0, 3000) > 1
