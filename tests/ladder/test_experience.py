"""What requests have shown in, how the next ones are made out."""

from __future__ import annotations

import pytest

from translate_pipeline.conversation.batch import Budget
from translate_pipeline.ladder.experience import ORDINARY, Experience, Model
from translate_pipeline.model import Usage

MODEL = Model("openai:m", "de")
THAI = Model("openai:m", "th")


def test_one_mixed_answer_is_chance_and_two_in_twenty_halve_the_requests() -> None:
    known, budget = Experience(), Budget(segments=100)
    known.answered(MODEL, 80, mixed=True)
    assert known.budget(MODEL, budget) == budget
    for _ in range(19):
        known.answered(MODEL, 80, mixed=False)
    known.answered(MODEL, 80, mixed=True)
    assert known.budget(MODEL, budget) == Budget(segments=40)
    assert known.budget(THAI, budget) == budget


def test_twenty_clean_answers_between_two_mixed_ones_make_both_chance() -> None:
    known, budget = Experience(), Budget(segments=100)
    for _ in range(3):
        known.answered(MODEL, 80, mixed=True)
        for _ in range(20):
            known.answered(MODEL, 80, mixed=False)
    assert known.sizes() == {}
    assert known.budget(MODEL, budget) == budget


def test_twenty_clean_answers_add_five_segments_up_to_what_is_configured() -> None:
    known, budget = Experience(), Budget(segments=50)
    for _ in range(2):
        known.answered(MODEL, 80, mixed=True)
    assert known.sizes() == {MODEL: 40}
    for clean, segments in ((19, 40), (1, 45), (20, 50), (20, 50)):
        for _ in range(clean):
            known.answered(MODEL, 40, mixed=False)
        assert known.budget(MODEL, budget).segments == segments


def test_requests_do_not_shrink_without_end() -> None:
    known = Experience()
    for _ in range(20):
        known.answered(MODEL, 200, mixed=True)
    assert known.sizes() == {MODEL: ORDINARY}


def test_the_cache_is_believed_when_enough_of_it_was_seen() -> None:
    known = Experience(output=8.0)
    known.repeated("s", 1000, Usage(prompt_tokens=9000, cached_tokens=9000))  # too short to count
    for _ in range(2):
        known.repeated("s", 2000, Usage(prompt_tokens=2500, cached_tokens=500))
        assert known.rates("s") == (8.0, None)
    known.repeated("s", 2000, Usage(prompt_tokens=2500, cached_tokens=500))
    assert known.rates("s") == (8.0, pytest.approx(0.25))
    assert known.rates("another") == (8.0, None)
    # An endpoint that counts no tokens says nothing of its cache.
    for _ in range(9):
        known.repeated("quiet", 2000, Usage(requests=1))
    assert known.rates("quiet").cached is None


def test_a_model_is_given_up_after_more_than_three_articles_if_they_are_most() -> None:
    known = Experience()
    for number in range(4):
        assert known.first(MODEL, 0) == MODEL
        known.began(MODEL)
        known.stopped(MODEL)
        assert (known.first(MODEL, 0) is None) == (number == 3)
    assert known.first(MODEL, 2) == MODEL._replace(fallback=1)
    assert known.first(THAI, 0) == THAI
    for _ in range(4):
        known.began(MODEL)
    assert known.first(MODEL, 0) == MODEL  # four of eight
