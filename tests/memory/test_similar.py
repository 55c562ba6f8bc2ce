"""Likes in a memory: found in any database, best first, and gone when their text is gone."""

from __future__ import annotations

from dataclasses import replace

from tests.memory.entries import EN_DE, EN_FR, HAFEN, TIDE, entry, person
from translate_pipeline.memory import Memory
from translate_pipeline.memory.identity import text_key
from translate_pipeline.model import Maker

A, B, C = b"a" * 8, b"b" * 8, b"c" * 8
LATER = "2026-02-01T00:00:00Z"


def test_likes_come_best_first_with_their_score(memory: Memory) -> None:
    memory.add(
        [
            entry(TIDE, HAFEN),
            person(TIDE.replace("quiet", "loud"), "laut"),
            entry("Something else entirely, of the same length but with no word in common.", "-"),
        ]
    )
    asked = TIDE.replace("boats", "ships")
    found = memory.similar(EN_DE, asked)
    assert [(m.source, m.target, m.score, m.maker) for m in found] == [
        (TIDE, HAFEN, 92, Maker.MODEL),
        (TIDE.replace("quiet", "loud"), "laut", 85, Maker.PERSON),
    ]
    assert memory.similar(EN_DE, asked, most=1) == found[:1]
    assert memory.similar(EN_DE, asked, least=90) == found[:1]
    assert memory.similar(EN_DE, asked, most=0) == ()
    assert memory.similar(EN_FR, asked) == ()


def test_of_one_text_the_better_target_is_shown(memory: Memory) -> None:
    memory.add(
        [
            entry(TIDE, "old", context=A),
            person(TIDE, "by hand", context=B),
            entry(TIDE, "new", context=C, made=LATER),
        ]
    )
    found = memory.similar(EN_DE, TIDE.replace("boats", "ships"))
    assert [m.target for m in found] == ["by hand"]


def test_equal_texts_of_another_kind_are_one_example_of_100(memory: Memory) -> None:
    heading = replace(entry(TIDE, HAFEN), kind="heading", key=text_key("heading", TIDE))
    memory.add([heading, entry(TIDE, HAFEN)])
    (match,) = memory.similar(EN_DE, TIDE)
    assert (match.score, match.target) == (100, HAFEN)


def test_a_text_in_another_language_is_no_like(memory: Memory) -> None:
    memory.add([entry(TIDE, HAFEN)])
    british = replace(EN_DE, source=replace(EN_DE.source, tag="en-GB"))
    assert memory.similar(british, TIDE) == ()


def test_short_texts_have_none(memory: Memory) -> None:
    memory.add([entry("Low tide today", "Heute Ebbe")])
    assert memory.similar(EN_DE, "Low tide today") == ()


def test_a_like_is_found_among_many_that_share_words(memory: Memory) -> None:
    """More than are ever compared have the common words; the rare ones find it all the same."""
    frame = "In the release {n} of the programme we have corrected the {n} faults of before."
    memory.add([entry(frame.format(n=f"n{n}"), "-") for n in range(600)])
    memory.add([entry(TIDE, HAFEN)])
    assert [m.target for m in memory.similar(EN_DE, f"{TIDE} Really.")] == [HAFEN]
    assert len(memory.similar(EN_DE, frame.format(n="n3000"), most=5)) == 5
