"""Merged and shifted answers are suspected; answers in order never are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.batch_checks.neighbours import suspects
from translate_pipeline.model import Kind, Segment


def segments(*texts: str) -> list[Segment]:
    return [Segment(i, Kind.PARAGRAPH, text, 0, 0) for i, text in enumerate(texts, start=1)]


ASKED = segments("Run `make`.", "It is short.", "In 1910 it was new.", "The end of it.", "Bye.")


def test_an_answer_in_order_is_believed() -> None:
    good = {1: "`make` ausführen.", 2: "Kurz.", 3: "1910 war es neu.", 4: "Das Ende.", 5: "Ade."}
    assert suspects(ASKED, good) == {}


def test_the_targets_beside_a_missing_segment_may_hold_its_text() -> None:
    answer = {1: "`make` ausführen.", 2: "Kurz. 1910 war es neu.", 4: "Das Ende.", 5: "Ade."}
    assert set(suspects(ASKED, answer)) == {2, 4}
    assert "segment 3 is missing" in suspects(ASKED, answer)[2]


def test_a_neighbours_number_or_code_distrusts_the_whole_answer() -> None:
    shifted = {1: "`make` ausführen.", 2: "1910 war es neu.", 3: "Das Ende.", 4: "Ade.", 5: "Ade."}
    assert set(suspects(ASKED, shifted)) == {1, 2, 3, 4, 5}
    upwards = {1: "Neu.", 2: "Siehe `make`.", 3: "1910 war es neu.", 4: "Das Ende.", 5: "Ade."}
    assert set(suspects(ASKED, upwards)) == {1, 2, 3, 4, 5}


def test_digits_of_another_script_and_marks_are_no_sign() -> None:
    asked = segments("In 1910 it was [new](u12).", "It has <x34/> 12 and 34 wheels.")
    assert suspects(asked, {1: "१९१० में [नया](u12) था।", 2: "इसमें <x34/> १२ और ३४ पहिए हैं।"}) == {}


def test_a_single_segment_has_no_neighbour() -> None:
    assert suspects(ASKED[:1], {1: "1910 `anything`"}) == {}
    assert suspects(ASKED[:1], {}) == {}


@given(st.lists(st.text("ab`1 23.", max_size=12), max_size=8))
def test_the_source_itself_is_never_suspected(texts: list[str]) -> None:
    asked = segments(*texts)
    assert suspects(asked, {s.id: s.text for s in asked}) == {}
