"""What is removed, listed, selected, forgotten and counted, in any database."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.memory.entries import EN_DE, EN_FR, HAFEN, TIDE, entry, key, person
from translate_pipeline.memory import Count, Entry, Memory, Selection
from translate_pipeline.model import Maker

A = b"a" * 8
LATER, LAST = "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"


def targets(memory: Memory, source: str) -> list[str]:
    return [found.target for found in memory.find(EN_DE, [key(source)]).get(key(source), ())]


def test_bad_entries_are_removed_and_a_persons_are_not(memory: Memory) -> None:
    memory.add([entry(TIDE, HAFEN), person("Sand", "Sand"), entry("Sand", "Körner", context=A)])
    memory.add([entry(TIDE, "mer", pair=EN_FR)])
    assert memory.remove(EN_DE, [key(TIDE), key("Sand"), key("unknown")]) == 2
    assert targets(memory, TIDE) == []
    assert targets(memory, "Sand") == ["Sand"]
    assert [m.target for m in memory.similar(EN_FR, f"{TIDE} Really.")] == ["mer"]
    assert memory.remove(EN_DE, [key(TIDE)]) == 0
    memory.add([entry(TIDE, HAFEN)])
    assert [m.target for m in memory.similar(EN_DE, f"{TIDE} Really.")] == [HAFEN]


def many(count: int) -> list[Entry]:
    return [
        entry(f"Sentence {n}", f"{pair.target.tag} {n}", pair=pair, context=context)
        for n in range(count)
        for pair in (EN_FR, EN_DE)
        for context in (b"", A)
        if n % 3 == 0 or context == b""
    ]


def by_key(found: Entry) -> tuple[bytes, str, str, bytes]:
    return found.key, found.source_tag, found.target_tag, found.context


def test_entries_come_sorted_whatever_order_they_came_in(memory: Memory) -> None:
    made = many(700)
    memory.add([replace(e, target=f"{e.target} {e.context!r}") for e in made])
    found = list(memory.entries())
    assert [by_key(e) for e in found] == sorted(by_key(e) for e in made)
    assert len(found) == len(made)


def test_entries_may_be_added_while_they_are_read(memory: Memory) -> None:
    memory.add(many(400))
    seen = 0
    for found in memory.entries():
        seen += 1
        memory.add([replace(found, target="another")] if seen % 50 == 0 else [])
    assert seen == memory.stats().entries


SELECTED = [
    (Selection(), {"ebb", "flow", "sand", "mer"}),
    (Selection(target_tag="fr"), {"mer"}),
    (Selection(source_tag="de"), set()),
    (Selection(source_tag="en", target_tag="de"), {"ebb", "flow", "sand"}),
    (Selection(maker=Maker.PERSON), {"flow"}),
    (Selection(signature="model-2"), {"sand"}),
    (Selection(signature="open"), {"ebb", "flow", "sand", "mer"}),
    (Selection(signature="%"), set()),
    (Selection(text="ÉCHO"), {"mer"}),
    (Selection(text="SANDIG"), {"sand"}),
    (Selection(before="2026-02-01"), {"ebb", "mer"}),
    (Selection(before="2026-02-01", target_tag="de"), {"ebb"}),
]


@pytest.mark.parametrize(("wanted", "left"), SELECTED, ids=[str(s)[10:-1] for s, _ in SELECTED])
def test_selection(memory: Memory, wanted: Selection, left: set[str]) -> None:
    memory.add(
        [
            entry("ebb", "Ebbe"),
            person("flow", "Flut", made=LATER),
            entry("sand", "sandig", signature="openai|model-2", made=LAST),
            entry("mer", "écho", pair=EN_FR),
            entry("undated", "-", made="", signature=""),
        ][: 5 if wanted.before else 4]
    )
    assert {e.source for e in memory.entries(wanted)} == left
    total = memory.stats().entries
    assert memory.forget(wanted) == len(left)
    assert list(memory.entries(wanted)) == []
    assert memory.stats().entries == total - len(left)


def test_what_is_forgotten_is_no_like_any_more_and_may_come_back(memory: Memory) -> None:
    memory.add([entry(TIDE, HAFEN), entry(TIDE, "mer", pair=EN_FR)])
    assert memory.forget(Selection(target_tag="de")) == 1
    assert memory.similar(EN_DE, TIDE) == ()
    assert len(memory.similar(EN_FR, TIDE)) == 1
    assert memory.forget(Selection()) == 1
    assert memory.similar(EN_FR, TIDE) == ()
    memory.add([entry(TIDE, HAFEN)])
    assert len(memory.similar(EN_DE, TIDE)) == 1


def test_many_are_forgotten(memory: Memory) -> None:
    memory.add(many(900))
    assert memory.forget(Selection(target_tag="fr")) == 900
    assert {e.target_tag for e in memory.entries()} == {"de"}


def test_stats(memory: Memory, place: str) -> None:
    empty = memory.stats()
    assert (empty.counts, empty.entries) == ((), 0)
    memory.add([entry("a", "b"), entry("c", "d"), person("e", "f"), entry("a", "b", pair=EN_FR)])
    found = memory.stats()
    assert found.counts == (
        Count("en", "de", Maker.MODEL, 2),
        Count("en", "de", Maker.PERSON, 1),
        Count("en", "fr", Maker.MODEL, 1),
    )
    assert found.entries == 4
    assert found.size is not None
    assert found.size > 4096
    assert found.where in repr(memory)
