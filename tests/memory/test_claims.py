"""One owner for each key, in any database; how a claim ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.memory.entries import EN_DE, EN_FR, entry, key
from translate_pipeline.memory import Memory

KEYS = [key(f"Sentence {n}") for n in range(1100)]


def test_one_owner_for_each_key(opened: Callable[[], Memory]) -> None:
    one, other = opened(), opened()
    assert one.claim(EN_DE, KEYS[:700], "a") == set(KEYS[:700])
    assert other.claim(EN_DE, KEYS, "b") == set(KEYS[700:])
    assert one.claim(EN_DE, KEYS[:800], "a") == set(KEYS[:700]), "again, for the same owner"
    assert one.claim(EN_FR, KEYS[:1], "c") == {KEYS[0]}, "another pair is another text"
    assert one.claim(EN_DE, KEYS[:1], "c") == set(), "two owners in one process are two"
    assert one.claim(EN_DE, [], "c") == set()


def test_released_keys_may_be_claimed(opened: Callable[[], Memory]) -> None:
    one, other = opened(), opened()
    one.claim(EN_DE, KEYS[:2], "a")
    one.claim(EN_FR, KEYS[:2], "a")
    one.release(EN_DE, "a")
    one.release(EN_DE, "nobody")
    assert other.claim(EN_DE, KEYS[:2], "b") == set(KEYS[:2])
    assert other.claim(EN_FR, KEYS[:2], "b") == set()


def test_adding_ends_the_claim_of_who_adds_only(opened: Callable[[], Memory]) -> None:
    one, other = opened(), opened()
    one.claim(EN_DE, [key("Tide"), key("Sand")], "a")
    other.add([entry("Tide", "Ebbe")])
    assert other.claim(EN_DE, [key("Tide")], "b") == set()
    one.add([entry("Tide", "Flut"), entry("Sand", "Sand", pair=EN_FR)])
    assert other.claim(EN_DE, [key("Tide"), key("Sand")], "b") == {key("Tide")}


def test_closing_ends_the_claims(opened: Callable[[], Memory]) -> None:
    one, other = opened(), opened()
    one.claim(EN_DE, KEYS[:2], "a")
    one.claim(EN_FR, KEYS[:2], "b")
    one.close()
    assert other.claim(EN_DE, KEYS[:2], "c") == set(KEYS[:2])
    assert other.claim(EN_FR, KEYS[:2], "c") == set(KEYS[:2])


def test_a_lease_ends(opened: Callable[[], Memory], monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = opened(), opened()
    monkeypatch.setattr("translate_pipeline.memory.claims.LEASE", -1)
    one.claim(EN_DE, KEYS[:2], "a")
    monkeypatch.undo()
    assert other.claim(EN_DE, KEYS[:1], "b") == {KEYS[0]}
    assert one.claim(EN_DE, KEYS[:2], "a") == {KEYS[1]}, "renewed, where nobody took it"
