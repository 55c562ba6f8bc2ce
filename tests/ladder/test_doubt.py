"""Which targets that equal their source a model must insist on, on every rung."""

from __future__ import annotations

import pytest

from translate_pipeline.article import parse
from translate_pipeline.ladder.doubt import Doubts, Passed


@pytest.mark.parametrize(
    ("text", "patient"),
    [
        ("Period in hours", True),
        ("always lit", True),
        ("Go to it", True),
        ("Lord of the Rings", False),
        ("Bank of America", False),
        ("Made in Germany", False),
        ("Docker Compose", False),
        ("Description", False),
    ],
)
def test_an_echo_of_plain_words_is_asked_for_beyond_the_last_rung(text: str, patient: bool) -> None:
    segment = parse(f"{text}\n").segments[0]
    echo = Passed(segment, text, (), echo=True)
    doubts = Doubts(foreign=True)
    assert doubts.patient(echo, last=True, tired=False) is patient
    assert not doubts.patient(echo, last=True, tired=True), "in the end it is taken"
    doubts.offer(echo)
    assert (segment.id in doubts.best) is not patient
