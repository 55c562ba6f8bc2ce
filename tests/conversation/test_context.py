"""The context: the whole of a normal article, a stable part of a long one."""

from __future__ import annotations

from translate_pipeline.conversation.batch import Budget, batches
from translate_pipeline.conversation.context import WHOLE, done_before, shown
from translate_pipeline.conversation.tokens import estimate
from translate_pipeline.locale import parse_locale
from translate_pipeline.model import Batch, Kind, LocalePair, Segment

PAIR = LocalePair(parse_locale("en"), parse_locale("de"))


def article(sections: int, words: int = 60) -> tuple[Segment, ...]:
    """A title, then `sections` times a heading and nine paragraphs."""
    segments = [Segment(1, Kind.TITLE, "A title", 0, 0, key="title")]
    for section in range(sections):
        segments.append(Segment(len(segments) + 1, Kind.HEADING, f"Part {section}", 0, 0, level=2))
        for _ in range(9):
            number = len(segments) + 1
            text = " ".join([f"word{number}", *["word"] * words])
            segments.append(Segment(number, Kind.PARAGRAPH, text, 0, 0))
    return tuple(segments)


def batch(whole: tuple[Segment, ...], *ids: int, **more: object) -> Batch:
    return Batch(PAIR, tuple(s for s in whole if s.id in ids), whole, **more)  # type: ignore[arg-type]


def test_a_normal_article_is_shown_whole_but_for_what_is_kept() -> None:
    whole = article(3)
    kept = Segment(99, Kind.REFERENCE, "[A title](u1)", 0, 0, keep=True)
    assert shown(batch((*whole, kept), 5)) == whole
    # A kept segment that is asked for after all is shown.
    assert shown(batch((*whole, kept), 5, 99))[-1] == kept


def test_repeats_are_shown_once_unless_they_are_asked_for() -> None:
    def cell(number: int, text: str) -> Segment:
        return Segment(number, Kind.TABLE_CELL, text, 0, 0)

    whole = (cell(1, "Name"), cell(2, "Yes"), cell(3, "Yes"), cell(4, "No"), cell(5, "Yes"))
    paragraph = Segment(6, Kind.PARAGRAPH, "Yes", 0, 0)
    assert [s.id for s in shown(batch((*whole, paragraph), 1))] == [1, 2, 4, 6]
    assert [s.id for s in shown(batch((*whole, paragraph), 5))] == [1, 2, 4, 5, 6]


def test_without_an_article_the_batch_is_its_own_context() -> None:
    whole = article(1)
    assert shown(Batch(PAIR, whole[2:4])) == whole[2:4]
    # A requested segment that the article lacks is shown all the same.
    assert shown(Batch(PAIR, whole[2:4], whole[4:])) == whole[2:]


def test_a_long_article_shows_its_outline_and_the_pages_round_the_batch() -> None:
    whole = article(40)
    ids = [s.id for s in shown(batch(whole, 203, 204))]
    assert ids == sorted(ids)
    headings = [s.id for s in whole if s.kind in (Kind.TITLE, Kind.HEADING)]
    assert set(headings) <= set(ids)
    assert set(range(190, 215)) <= set(ids)
    assert 10 not in ids
    assert 400 not in ids
    assert sum(estimate(s.text) + 5 for s in shown(batch(whole, 203, 204))) <= WHOLE


def test_a_repair_of_some_segments_keeps_the_prefix_of_its_page() -> None:
    whole = article(40)
    assert shown(batch(whole, 203)) == shown(batch(whole, 203, 204)) == shown(batch(whole, 204))


def test_every_batch_of_a_long_article_sees_what_it_translates() -> None:
    whole = article(60)
    for part in batches(whole, Budget()):
        visible = shown(Batch(PAIR, part, whole))
        assert set(part) <= set(visible)
        assert sum(estimate(s.text) + 5 for s in visible) <= WHOLE


def test_a_batch_larger_than_the_limit_is_still_shown() -> None:
    whole = article(40)
    assert set(whole[:300]) <= set(shown(Batch(PAIR, whole[:300], whole)))


def test_done_holds_the_last_targets_before_the_batch() -> None:
    whole = article(2)
    done = {2: "zwei", 3: "drei", 4: "vier", 5: "fünf", 9: "neun"}
    assert done_before(batch(whole, 6, 7, done=done)) == ((3, "drei"), (4, "vier"), (5, "fünf"))
    assert done_before(batch(whole, 6, 7, done=done), most=1) == ((5, "fünf"),)
    assert done_before(batch(whole, 4, 7, done=done)) == ((2, "zwei"), (3, "drei"))
    assert done_before(batch(whole, 1, done=done)) == ()
    assert done_before(Batch(PAIR, (), whole, done=done)) == ()
