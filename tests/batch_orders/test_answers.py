"""Answered texts come from the order, the others from the backend behind; each is asked once."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from translate_pipeline.backends.pseudo import PseudoBackend
from translate_pipeline.batch_orders import Answers
from translate_pipeline.batch_orders.holding import Holding
from translate_pipeline.batch_orders.order import text_of
from translate_pipeline.errors import OrderedError
from translate_pipeline.locale import parse_locale
from translate_pipeline.model import Batch, Kind, LocalePair, Segment

PAIR = LocalePair(parse_locale("en"), parse_locale("de"))
ONE = Segment(1, Kind.PARAGRAPH, "One day.", 0, 8)
TWO = Segment(2, Kind.PARAGRAPH, "Two days.", 9, 18)
BATCH = Batch(PAIR, (ONE, TWO))
BEHIND = PseudoBackend()


def answers(*known: Segment) -> Answers:
    return Answers(BEHIND, {text_of(one, PAIR): f"<{one.text}>" for one in known}, "openai:m")


def asked(backend: Answers, batch: Batch = BATCH) -> dict[int, str]:
    return dict(asyncio.run(backend.translate(batch)).targets)


PSEUDO = dict(asyncio.run(BEHIND.translate(BATCH)).targets)


def test_all_none_or_some_are_known() -> None:
    assert asked(answers(ONE, TWO)) == {1: "<One day.>", 2: "<Two days.>"}
    assert asked(answers()) == PSEUDO
    assert asked(answers(ONE)) == {1: "<One day.>", 2: PSEUDO[2]}


def test_a_moved_text_keeps_its_answer() -> None:
    assert asked(answers(ONE), Batch(PAIR, (ONE._replace(id=7, start=50),))) == {7: "<One day.>"}


def test_another_kind_note_or_language_is_another_text() -> None:
    heading = ONE._replace(kind=Kind.HEADING)
    noted = ONE._replace(note="short")
    french = LocalePair(PAIR.source, parse_locale("fr"))
    for batch in (Batch(PAIR, (heading,)), Batch(PAIR, (noted,)), Batch(french, (ONE,))):
        assert asked(answers(ONE), batch) == {1: PSEUDO[1]}


def test_what_was_refused_goes_to_the_model() -> None:
    again = replace(BATCH, reasons={1: "too short"})
    assert asked(answers(ONE, TWO), again) == {1: PSEUDO[1], 2: "<Two days.>"}
    assert asked(answers(ONE, TWO), replace(BATCH, fallback=1)) == PSEUDO


def test_the_signature_is_the_order_s() -> None:
    assert answers().signature == "openai:m"
    assert Answers(BEHIND, {}, "").signature == BEHIND.signature


def test_what_is_on_order_is_held_back() -> None:
    holding = Holding(BEHIND, {text_of(TWO, PAIR): "20261124-1"})
    assert dict(asyncio.run(holding.translate(Batch(PAIR, (ONE,)))).targets) == {1: PSEUDO[1]}
    with pytest.raises(OrderedError, match="20261124-1"):
        asyncio.run(holding.translate(BATCH))
