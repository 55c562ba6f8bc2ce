"""Answers of a scripted model in, what the ladder asks for and takes out."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from translate_pipeline import ladder
from translate_pipeline.article import parse
from translate_pipeline.conversation.batch import Budget
from translate_pipeline.locale import load_style, parse_locale
from translate_pipeline.model import Batch, Brief, LocalePair, Reply

PAIR = LocalePair(parse_locale("en"), parse_locale("de"))
BRIEF = Brief(load_style(PAIR.target), load_style(PAIR.source))

SOURCE = """\
## Description

The gear is turned by hand and then it moves the pen.

- Docker
- In 1910 it was new.
- It was sold in the autumn of the year.
"""
GOOD = {
    1: "Beschreibung",
    2: "Das Rad wird von Hand gedreht, und dann bewegt es den Stift.",
    3: "Docker",
    4: "1910 war es neu.",
    5: "Es wurde im Herbst des Jahres verkauft.",
}


class Scripted:
    """A backend that gives the answers of a script in turn, then the good ones."""

    name = signature = "scripted"
    writes = ""

    def __init__(self, *answers: Mapping[int, str]) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[int, ...]] = []

    async def translate(self, batch: Batch) -> Reply:
        wanted = tuple(segment.id for segment in batch.segments)
        self.asked.append(wanted)
        answer = {**GOOD, **self.answers.pop(0)} if self.answers else GOOD
        return Reply({i: answer[i] for i in wanted if answer[i]})

    async def aclose(self) -> None: ...


def climb(backend: Scripted) -> ladder.Outcome:
    article = parse(SOURCE)
    frame = Batch(PAIR, (), article.segments)
    work = ladder.climb(article, article.segments, frame, backend, BRIEF, Budget())
    return asyncio.run(work)


def asked(*answers: Mapping[int, str]) -> tuple[Sequence[tuple[int, ...]], Mapping[int, str]]:
    backend = Scripted(*answers)
    return backend.asked, climb(backend).targets


EVERY = (1, 2, 3, 4, 5)


def test_a_short_text_that_equals_its_source_is_asked_for_once_more() -> None:
    same = {1: "Description", 3: "Der Docker"}
    assert asked(same) == ([EVERY, (1,)], GOOD | {3: "Der Docker"})
    # The model insists, and was never caught: it is a cognate.
    assert asked(same, same) == ([EVERY, (1,)], GOOD | same)


def test_a_model_caught_leaving_text_in_the_source_must_insist_on_every_rung() -> None:
    echo = {1: "Description", 2: parse(SOURCE).segments[1].text, 3: "Der Docker"}
    requests, targets = asked(echo, {1: "Description"})
    assert requests == [EVERY, (1, 2), (1,)]
    assert targets[1] == "Beschreibung"
    requests, targets = asked(*[echo, *[{1: "Description"}] * 3])
    assert requests == [EVERY, (1, 2), (1,), (1,)]
    assert targets[1] == "Description"


def test_what_may_be_merged_into_a_neighbour_is_asked_for_again() -> None:
    merged = {1: "Beschreibung", 3: "Der Docker 1910 war es neu.", 4: ""}
    requests, targets = asked(merged, {3: "Der Docker"})
    assert set(requests[1]) == {3, 4, 5}
    assert targets == GOOD | {3: "Der Docker"}


def test_a_shifted_answer_is_asked_for_again_from_before_the_shift() -> None:
    shifted = {2: f"{GOOD[2]} Der Docker", 3: GOOD[4], 4: GOOD[5], 5: "Es war im Herbst zu haben."}
    requests, targets = asked(shifted, {3: "Der Docker"})
    assert set(requests[1]) == {1, 2, 3, 4, 5}
    assert targets == GOOD | {3: "Der Docker"}


def test_two_forms_of_one_language_may_share_every_word() -> None:
    british = Scripted()
    british_pair = LocalePair(PAIR.source, parse_locale("en-GB"))
    article = parse("## Description\n\nThe gear is turned by hand.\n")
    backend_answers = {s.id: s.text for s in article.segments}
    british.answers = [backend_answers]
    brief = Brief(load_style(british_pair.target), BRIEF.source)
    frame = Batch(british_pair, (), article.segments)
    outcome = asyncio.run(ladder.climb(article, article.segments, frame, british, brief, Budget()))
    assert british.asked == [(1, 2)]
    assert outcome.targets == backend_answers
