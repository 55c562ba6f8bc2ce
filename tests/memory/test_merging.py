"""Which entries stay does not depend on the steps they are stored in; a person's always stays."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.memory.entries import entry
from translate_pipeline.memory import Entry
from translate_pipeline.memory.merging import Stored, changes
from translate_pipeline.model import Maker

ENTRIES = st.lists(
    st.builds(
        lambda source, target, context, maker, made: entry(
            source, target, context=context, maker=maker, made=made
        ),
        st.sampled_from(["tide", "sand"]),
        st.sampled_from("xyz"),
        st.sampled_from([b"", b"a", b"b"]),
        st.sampled_from(Maker),
        st.sampled_from(["", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"]),
    ),
    max_size=12,
)


def applied(table: dict[int, Entry], entries: list[Entry]) -> dict[int, Entry]:
    """The rows after `entries` were added to them."""
    rows = dict(table)
    stored = [
        Stored(row, e.key, e.context, e.target, str(e.maker), e.made) for row, e in table.items()
    ]
    for row, new in changes(stored, entries):
        rows[row or max(rows, default=0) + 1] = new
    return rows


@settings(max_examples=60)
@given(ENTRIES, st.integers(0, 12))
def test_two_steps_are_one(entries: list[Entry], cut: int) -> None:
    at_once, in_two = applied({}, entries), applied(applied({}, entries[:cut]), entries[cut:])
    assert sorted(map(repr, in_two.values())) == sorted(map(repr, at_once.values()))


@settings(max_examples=60)
@given(ENTRIES)
def test_again_changes_nothing_for_one_entry_each(entries: list[Entry]) -> None:
    rows = applied({}, entries)
    assert all(applied(rows, [old]) == rows for old in rows.values())


@settings(max_examples=60)
@given(ENTRIES)
def test_a_context_has_one_entry(entries: list[Entry]) -> None:
    rows = applied({}, entries)
    assert len({(e.key, e.context) for e in rows.values()}) == len(rows)


@settings(max_examples=60)
@given(ENTRIES, ENTRIES)
def test_a_persons_target_stays_until_a_person_replaces_it(
    before: list[Entry], after: list[Entry]
) -> None:
    rows = applied({}, before)
    machines = [replace(e, maker=Maker.MODEL) for e in after]
    later = applied(rows, machines)
    for row, old in rows.items():
        if old.maker is Maker.PERSON:
            assert later[row] == old


@settings(max_examples=60)
@given(ENTRIES)
def test_every_persons_newest_target_is_kept(entries: list[Entry]) -> None:
    kept = {(e.key, e.target) for e in applied({}, entries).values() if e.maker is Maker.PERSON}
    for each in entries:
        newest = max(
            (e.made for e in entries if e.key == each.key and e.maker is Maker.PERSON), default=""
        )
        if each.maker is Maker.PERSON and each.made == newest:
            others = [
                e for e in entries if e.key == each.key and e.made == newest and e is not each
            ]
            assert (each.key, each.target) in kept or others
