"""Answers of a scripted model in, what the ladder asks for and takes out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest

from translate_pipeline import ladder
from translate_pipeline.article import Article, parse
from translate_pipeline.conversation.batch import Budget
from translate_pipeline.conversation.plan import Context
from translate_pipeline.errors import OrderedError, ReplyError
from translate_pipeline.locale import load_style, parse_locale
from translate_pipeline.model import Batch, Brief, LocalePair, Reply, Segment, Usage

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
    fallbacks = 0

    def __init__(self, *answers: Mapping[int, str]) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[int, ...]] = []
        self.batches: list[Batch] = []

    async def translate(self, batch: Batch) -> Reply:
        wanted = tuple(segment.id for segment in batch.segments)
        self.asked.append(wanted)
        self.batches.append(batch)
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
    assert {3, 4, 5} <= set(requests[1])
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


# --- bounds and rungs ------------------------------------------------------------


class Answering:
    """A backend that answers each request as a function of the batch says."""

    name = signature = "answering"
    writes = ""

    def __init__(self, answer: Callable[[Batch, Segment], str], fallbacks: int = 0) -> None:
        self.answer = answer
        self.fallbacks = fallbacks
        self.batches: list[Batch] = []

    async def translate(self, batch: Batch) -> Reply:
        self.batches.append(batch)
        targets = {s.id: self.answer(batch, s) for s in batch.segments}
        return Reply({i: t for i, t in targets.items() if t}, usage=Usage(requests=1))

    async def aclose(self) -> None: ...


WORDS = ("alpha", "bravo", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet", "kilo",
         "lima", "mike")  # fmt: skip


def article_of(paragraphs: int) -> Article:
    """Paragraphs that all differ, and read like no order."""
    return parse("\n\n".join(
        f"The {WORDS[i % 12]} boat number {i + 100} waits near the {WORDS[i // 12 % 12]} pier."
        for i in range(paragraphs)
    ))  # fmt: skip


def german(segment: Segment) -> str:
    words = segment.text.split()
    return f"Das Boot {words[1]} Nummer {words[4]} wartet am Pier {words[-2]}."


def run(article: Article, backend: Answering, **options: object) -> ladder.Outcome:
    frame = Batch(PAIR, ())
    budget = options.pop("budget", Budget())
    work = ladder.climb(article, article.segments, frame, backend, BRIEF, budget, **options)  # type: ignore[arg-type]
    return asyncio.run(work)


def bad(segment: Segment) -> str:
    return "Hier ist die Übersetzung: " + german(segment)


def test_a_model_that_never_gets_it_right_costs_a_bounded_number_of_requests() -> None:
    article = article_of(40)
    backend = Answering(lambda batch, segment: bad(segment))
    outcome = run(article, backend)
    assert outcome.targets == {}
    assert len(outcome.refused) == 40
    # All, again, halves: then a model that fails at everything is not asked one by one.
    assert [len(b.segments) for b in backend.batches] == [40, 40, 20, 20]


def test_a_few_failing_segments_are_asked_for_alone_twice_and_no_more() -> None:
    article = article_of(40)
    hopeless = {7, 20}
    backend = Answering(lambda b, s: bad(s) if s.id in hopeless else german(s))
    outcome = run(article, backend)
    assert set(outcome.refused) == hopeless
    sizes = [len(b.segments) for b in backend.batches]
    assert sizes == [40, 2, 1, 1, 1, 1]
    alone = backend.batches[-1]
    # Two neighbours on each side, and the first paragraph for a summary.
    assert [s.id for s in alone.article] == [1, 18, 19, 20, 21, 22]
    assert "is a lead-in" in alone.reasons[20]


def test_repairs_of_one_article_have_a_budget() -> None:
    article = article_of(300)
    hopeless = {i for i in range(300) if i % 6 == 0}  # below a fifth: the article goes on
    backend = Answering(lambda b, s: bad(s) if s.id in hopeless else german(s))
    outcome = run(article, backend, budget=Budget(segments=60))
    assert set(outcome.refused) == hopeless - {0}
    assert any("cost enough" in f.message for why in outcome.refused.values() for f in why)
    assert len(backend.batches) < 2 * len(hopeless)


def test_what_fails_goes_to_the_other_models_in_turn() -> None:
    article = article_of(6)

    def answer(batch: Batch, segment: Segment) -> str:
        return german(segment) if batch.fallback == 2 or segment.id not in (2, 5) else bad(segment)

    backend = Answering(answer, fallbacks=2)
    outcome = run(article, backend)
    assert outcome.targets == {s.id: german(s) for s in article.segments}
    asked = [(b.fallback, [s.id for s in b.segments]) for b in backend.batches]
    first, second, third = ([ids for n, ids in asked if n == number] for number in range(3))
    assert len(first) == 6
    assert second == [[2, 5], [2], [5]]  # at most twice each
    assert third == [[2, 5]]


def test_a_worse_retry_never_replaces_a_better_target() -> None:
    article = parse("The boat leaves at 1250 and comes back at 1930 in the evening.\n")
    doubtful = "Das Boot fährt um 1250 ab und kommt am Abend zurück."
    script = [doubtful, "Hier ist die Übersetzung: Das Boot.", "Sure! Das Boot.", "Sure! Boot."]
    backend = Answering(lambda b, s: script[min(len(backend.batches), 4) - 1])
    outcome = run(article, backend)
    assert outcome.targets == {1: doubtful}


def test_code_that_was_changed_twice_is_put_behind_a_mark() -> None:
    article = parse("Run `make publish` and wait for the boat at the pier.\n")

    def answer(batch: Batch, segment: Segment) -> str:
        code = "`make veröffentlichen`" if "`" in segment.text else "<x1/>"
        return f"Führen Sie {code} aus und warten Sie am Pier auf das Boot."

    backend = Answering(answer)
    outcome = run(article, backend)
    assert "`make publish`" in outcome.targets[1]
    assert [b.segments[0].text[:14] for b in backend.batches] == [
        "Run `make publ", "Run `make publ", "Run <x1/> and ",
    ]  # fmt: skip
    assert backend.batches[-1].article[0].text == backend.batches[-1].segments[0].text


def test_more_than_three_stopped_articles_stop_the_model_in_that_language() -> None:
    experience = ladder.Experience()
    backend = Answering(lambda batch, segment: bad(segment))
    for _ in range(4):
        run(article_of(40), backend, experience=experience)
    count = len(backend.batches)
    with pytest.raises(ReplyError, match=r"German.*fallback models"):
        run(article_of(40), backend, experience=experience)
    assert len(backend.batches) == count
    # Another language is another matter.
    french = Brief(replace(BRIEF.target, tag="fr"), BRIEF.source)
    article = article_of(1)
    work = ladder.climb(
        article, article.segments, Batch(PAIR, ()), backend, french, Budget(), experience=experience
    )
    asyncio.run(work)
    assert len(backend.batches) > count


def test_a_stopped_model_leaves_its_articles_to_the_fallback() -> None:
    experience = ladder.Experience()
    backend = Answering(lambda b, s: german(s) if b.fallback else bad(s), fallbacks=1)
    for _ in range(4):
        assert len(run(article_of(40), backend, experience=experience).targets) == 40
    backend.batches.clear()
    assert len(run(article_of(40), backend, experience=experience).targets) == 40
    assert [(b.fallback, len(b.segments)) for b in backend.batches] == [(1, 40)]


@pytest.mark.parametrize(
    ("context", "seen"),
    [("article", 60), ("window", 31), ("none", 30)],
)
def test_the_context_decides_what_a_request_sees(context: str, seen: int) -> None:
    article = article_of(60)
    backend = Answering(lambda b, s: german(s))
    run(article, backend, budget=Budget(segments=30), context=Context(context))
    assert len(backend.batches[0].article) == seen
    assert {s.id for b in backend.batches for s in b.segments} == set(range(1, 61))


def test_the_first_answer_of_a_long_article_comes_before_the_other_requests() -> None:
    article = article_of(150)
    running = []

    class Slow(Answering):
        async def translate(self, batch: Batch) -> Reply:
            running.append(len(self.batches))
            await asyncio.sleep(0)
            return await super().translate(batch)

    run(article, Slow(lambda b, s: german(s)), budget=Budget(segments=50), context=Context.ARTICLE)
    assert running == [0, 1, 1]


def test_every_request_of_an_article_is_put_down_for_a_batch_api() -> None:
    article = article_of(150)

    class Ordering(Answering):
        async def translate(self, batch: Batch) -> Reply:
            self.batches.append(batch)
            raise OrderedError("ordered")

    backend = Ordering(lambda b, s: "")
    with pytest.raises(OrderedError):
        run(article, backend, budget=Budget(segments=50), context=Context.ARTICLE)
    assert [len(b.segments) for b in backend.batches] == [50, 50, 50]
