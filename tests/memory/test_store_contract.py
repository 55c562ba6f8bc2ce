"""The laws of a memory, held for SQLite and for a real PostgreSQL alike."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.memory.entries import EN_DE, EN_FR, entry, key, person
from translate_pipeline.memory import Entry, Memory
from translate_pipeline.memory.identity import text_key
from translate_pipeline.model import LocalePair, Maker, Usage

A, B, C = b"a" * 8, b"b" * 8, b"c" * 8
LATER, LAST = "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"


def targets(memory: Memory, source: str = "Tide", pair: LocalePair = EN_DE) -> list[str]:
    return [found.target for found in memory.find(pair, [key(source)]).get(key(source), ())]


# --- find and add ------------------------------------------------------------


def test_what_was_added_is_found_whole(memory: Memory) -> None:
    whole = Entry(
        key=text_key("heading", "Ebb & Flut 潮", "a note"),
        source_tag="en",
        target_tag="zh-Hant-HK",
        kind="heading",
        source="Ebb & Flut 潮 <x1/> 🌊 e\u0301",
        target="潮汐 <x1/> 🌊\u200b",
        context=bytes(range(8)),
        maker=Maker.IMPORTED,
        signature='tmx|shop\'s "own" %s ? \\',
        made="2026-01-31T12:00:00Z",
        note="a note",
    )
    pair = replace(EN_DE, target=replace(EN_DE.target, tag="zh-Hant-HK"))
    memory.add([whole])
    assert memory.find(pair, [whole.key]) == {whole.key: (whole,)}


def test_many_keys_at_once_and_unknown_ones_absent(memory: Memory) -> None:
    made = [entry(f"Sentence {n}", f"Satz {n}") for n in range(1200)]
    memory.add(iter(made))
    keys = [e.key for e in made]
    found = memory.find(EN_DE, [*keys, key("unknown"), *keys[:3]])
    assert found == {e.key: (e,) for e in made}
    assert memory.find(EN_DE, []) == {}
    assert memory.find(EN_FR, keys) == {}


def test_a_pair_has_a_direction(memory: Memory) -> None:
    memory.add([entry("Tide", "Tide")])
    assert targets(memory, pair=LocalePair(EN_DE.target, EN_DE.source)) == []


def test_a_persons_first_then_the_newest(memory: Memory) -> None:
    memory.add(
        [
            entry("Tide", "old", context=A),
            person("Tide", "by hand", context=B, made="2020-01-01T00:00:00Z"),
            entry("Tide", "new", context=C, made=LATER),
        ]
    )
    assert targets(memory) == ["by hand", "new", "old"]


# Each row: what is stored, what is added, the targets found then (best first), the contexts.
MODEL, PERSON, IMPORTED = Maker.MODEL, Maker.PERSON, Maker.IMPORTED
RULES = [
    ("same again", ("x", A, MODEL, LATER), ("x", A, MODEL, LAST), [("x", A, MODEL, LATER)]),
    ("elsewhere", ("x", A, MODEL, LATER), ("x", B, MODEL, LAST), [("x", A, MODEL, LATER)]),
    ("newer", ("x", A, MODEL, LATER), ("y", A, MODEL, LAST), [("y", A, MODEL, LAST)]),
    ("older", ("x", A, MODEL, LAST), ("y", A, MODEL, LATER), [("x", A, MODEL, LAST)]),
    ("imported", ("x", A, MODEL, LATER), ("y", A, IMPORTED, LAST), [("y", A, IMPORTED, LAST)]),
    ("person over model", ("x", A, MODEL, LAST), ("y", A, PERSON, ""), [("y", A, PERSON, "")]),
    ("model over person", ("x", A, PERSON, ""), ("y", A, MODEL, LAST), [("x", A, PERSON, "")]),
    ("import over person", ("x", A, PERSON, ""), ("y", A, IMPORTED, LAST), [("x", A, PERSON, "")]),
    ("newer person", ("x", A, PERSON, LATER), ("y", A, PERSON, LAST), [("y", A, PERSON, LAST)]),
    ("older person", ("x", A, PERSON, LAST), ("y", A, PERSON, LATER), [("x", A, PERSON, LAST)]),
    ("becomes a person's", ("x", A, MODEL, ""), ("x", A, PERSON, LAST), [("x", A, PERSON, LAST)]),
    ("… elsewhere", ("x", A, MODEL, ""), ("x", B, PERSON, LAST), [("x", A, PERSON, LAST)]),
    ("stays a person's", ("x", A, PERSON, ""), ("x", A, MODEL, LAST), [("x", A, PERSON, "")]),
    (
        "another context",
        ("x", A, PERSON, LATER),
        ("y", B, MODEL, LAST),
        [("x", A, PERSON, LATER), ("y", B, MODEL, LAST)],
    ),
]


@pytest.mark.parametrize("at_once", [False, True], ids=["one by one", "in one call"])
@pytest.mark.parametrize(
    ("stored", "added", "left"), [r[1:] for r in RULES], ids=[r[0] for r in RULES]
)
def test_which_entry_stays(
    memory: Memory, stored: tuple, added: tuple, left: list[tuple], at_once: bool
) -> None:
    entries = [entry("Tide", t, context=c, maker=m, made=d) for t, c, m, d in (stored, added)]
    if at_once:
        memory.add(entries)
    else:
        for each in entries:
            memory.add([each])
    found = memory.find(EN_DE, [key("Tide")])[key("Tide")]
    assert [(e.target, e.context, e.maker, e.made) for e in found] == left


def test_nothing_of_another_pair_is_touched(memory: Memory) -> None:
    memory.add([entry("Tide", "Ebbe"), entry("Tide", "marée", pair=EN_FR)])
    memory.add([person("Tide", "Tide")])
    assert targets(memory) == ["Tide"]
    assert targets(memory, pair=EN_FR) == ["marée"]


@pytest.mark.parametrize("bad", ["a\0b", "a\ud800b"], ids=["NUL", "surrogate"])
def test_what_no_file_can_hold_is_left_out_and_the_rest_is_not(memory: Memory, bad: str) -> None:
    memory.add([entry("Tide", bad), entry(bad, "Ebbe"), entry("Sand", "Sand")])
    assert [e.source for e in memory.entries()] == ["Sand"]
    assert memory.similar(EN_DE, f"one two three four {bad}") == ()


def test_another_connection_sees_it_at_once(opened: Callable[[], Memory]) -> None:
    one, other = opened(), opened()
    assert targets(other) == []
    one.add([entry("Tide", "Ebbe", signature="new")])
    assert other.find(EN_DE, [key("Tide")])[key("Tide")][0].signature == "new"


def test_it_is_there_when_opened_again(opened: Callable[[], Memory]) -> None:
    first = opened()
    first.add([entry("Tide", "Ebbe")])
    first.close()
    assert targets(opened()) == ["Ebbe"]


def test_an_error_within_the_entries_stores_nothing_of_that_step(memory: Memory) -> None:
    def broken() -> object:
        yield entry("Tide", "Ebbe")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        memory.add(broken())
    assert targets(memory) == []
    memory.add([entry("Tide", "Ebbe")])
    assert targets(memory) == ["Ebbe"]


def test_from_several_threads(memory: Memory) -> None:
    faults: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for n in range(20):
                text = f"Sentence {n} of thread {number}"
                memory.add([entry(text, text.upper())])
                assert targets(memory, text) == [text.upper()]
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=work, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert memory.stats().entries == 80


# --- usage -------------------------------------------------------------------


def test_estimates_are_corrected_by_what_was_used(memory: Memory) -> None:
    assert memory.calibration("s") is None
    memory.note_usage(
        "s",
        estimated=Usage(prompt_tokens=100, completion_tokens=50),
        real=Usage(prompt_tokens=120, completion_tokens=40),
    )
    assert memory.calibration("s") == (1.2, 0.8)
    memory.note_usage(
        "s",
        estimated=Usage(prompt_tokens=300, completion_tokens=150),
        real=Usage(prompt_tokens=280, completion_tokens=360),
    )
    assert memory.calibration("s") == (1.0, 2.0)
    assert memory.calibration("other") is None


def test_no_history_without_both_estimates(memory: Memory) -> None:
    memory.note_usage("s", estimated=Usage(prompt_tokens=1), real=Usage(prompt_tokens=1))
    assert memory.calibration("s") is None
