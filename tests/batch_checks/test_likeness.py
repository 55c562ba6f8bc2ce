"""Likeness is the sum of its features, joined texts have the signs of both, and lengths count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.batch_checks._likeness import (
    FEATURES,
    WEIGHTS,
    features,
    likeness,
    rarity,
    typical_ratio,
)
from translate_pipeline.batch_checks._signs import NO_SIGNS, Signs, join, signs
from translate_pipeline.model import Kind, Segment

BLANK = Segment(1, Kind.PARAGRAPH, "", 0, 0)
TEXT = st.text("abcDE 12`*?:(é漢。🎯/,", max_size=40)


def of(text: str, *, latin: bool = True) -> Signs:
    return signs(text, BLANK, latin=latin)


@given(TEXT, TEXT, st.booleans())
def test_likeness_is_the_weighted_sum_of_the_features(one: str, two: str, latin: bool) -> None:
    source, target = of(one, latin=latin), of(two, latin=latin)
    rare = rarity([source])
    found = features(source, target, 1.2, rare)
    assert len(found) == len(FEATURES) == len(WEIGHTS)
    wanted = sum(weight * value for weight, value in zip(WEIGHTS, found, strict=True))
    assert likeness(source, target, 1.2, rare) == pytest.approx(wanted)


@given(TEXT)
def test_nothing_is_liker_than_the_text_itself(text: str) -> None:
    source = of(text)
    assert likeness(source, source, 1.0, {}) == 0


@given(TEXT, TEXT)
def test_joining_adds(one: str, two: str) -> None:
    both = join(of(one), of(two))
    assert both.length == of(one).length + of(two).length
    assert both.names == of(one).names | of(two).names
    assert sum(both.points) == sum(of(one).points) + sum(of(two).points)
    assert join(NO_SIGNS, of(two)) == of(two)


@pytest.mark.parametrize(
    ("text", "names", "stems"),
    [
        ("Use GitHub in 2024", {"github", "2024"}, set()),
        ("२०२४ में", {"2024"}, set()),
        ("the configuration", set(), {"konfi"}),
        ("die Konfiguration", set(), {"konfi"}),
        ("Überraschung", set(), {"uberr"}),
        ("see (u12) and [it](u34) <x5/> <b16>now</b16>", set(), set()),
        ("🎯 Goal", {"🎯"}, {"goal"}),
    ],
)
def test_what_is_a_sign(text: str, names: set[str], stems: set[str]) -> None:
    found = of(text)
    assert set(found.names) == names
    assert found.stems >= stems


def test_in_another_script_every_latin_word_is_a_name() -> None:
    assert of("docker を使う", latin=False).names == {"docker"}
    assert of("docker benutzen").names == frozenset()


def test_common_words_are_no_sign() -> None:
    assert signs("mehr oder weniger", BLANK, latin=True, common=frozenset({"oder"})).stems == {
        "mehr",
        "wenig",
    }


def test_the_ratio_leans_on_the_usual_one_where_there_is_little_text() -> None:
    short, long = of("word"), of("word " * 400)
    assert typical_ratio([short], [of("word word word")], 1.2) == pytest.approx(1.2, abs=0.05)
    assert typical_ratio([long], [of("word " * 800)], 1.2) == pytest.approx(1.87, abs=0.1)
