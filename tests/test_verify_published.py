"""`verify` on published translations that others have labelled: what is promised is found.

The pairs are not part of the repository. The table is printed by `benchmarks.published_pairs`.
"""

from __future__ import annotations

import pytest
from benchmarks.published_pairs import Judged, document, judge, named, rows, unmatched

from tests.shared import require_shared
from translate_pipeline import structure_checks

ALLOWED = 0.01  # of the clean pairs, for each check


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    require_shared("pairs", "MANIFEST.json")
    return [one for one in judge() if one.fair]


def test_every_labelled_pair_is_found(judged: list[Judged]) -> None:
    found = list(rows(judged))
    assert [miss for row in found for miss in row.missed] == []
    assert sum(row.labelled for row in found) > 70


def test_false_alarms_are_rare(judged: list[Judged]) -> None:
    for row in rows(judged):
        assert row.clean > 60
        assert len(row.alarms) <= ALLOWED * row.clean, list(named(judged))


def test_what_was_looked_at_by_hand_is_still_so() -> None:
    require_shared("pairs", "MANIFEST.json")
    assert list(unmatched(judge())) == []


def test_the_document_names_every_check(judged: list[Judged]) -> None:
    text = document(judged)
    for name in structure_checks.names():
        assert f"### {name} (" in text
        assert f"| {name} |" in text
