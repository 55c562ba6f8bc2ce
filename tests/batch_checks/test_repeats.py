"""A text said twice is an error; texts that are alike in the source are not."""

from __future__ import annotations

import pytest

from tests.checks.samples import STYLES
from translate_pipeline.batch_checks import repeats
from translate_pipeline.model import Brief, Kind, Segment

LONG = "Open the file with the editor and save it."
OTHER = "Nobody knows why the server answers so late."
GERMAN = "Öffnen Sie die Datei im Editor und speichern Sie sie."
LATE = "Niemand weiß, warum der Server so spät antwortet."


def said(sources: list[str], targets: list[str], to: str = "de") -> list[tuple[int, str]]:
    asked = [Segment(i, Kind.PARAGRAPH, text, 0, 0) for i, text in enumerate(sources, start=1)]
    brief = Brief(STYLES[to], STYLES["en"])
    found = repeats.check(asked, dict(enumerate(targets, start=1)), {}, brief)
    return [(finding.segment, finding.message) for finding in found]


@pytest.mark.parametrize(
    ("sources", "targets"),
    [
        ([LONG, OTHER], [GERMAN, LATE]),
        ([LONG, LONG], [GERMAN, GERMAN]),
        ([LONG, "Open the file with the editor and save it!"], [GERMAN, GERMAN]),
        (["Yes", "Of course"], ["Ja", "Ja"]),
        (["The file", "Save the file " + OTHER], ["Die Datei", f"Die Datei speichern. {LATE}"]),
        ([LONG, f"{LONG} {OTHER}"], [GERMAN, f"{GERMAN} {LATE}"]),
        ([LONG], [GERMAN]),
        ([], []),
    ],
)
def test_leaves_alone(sources: list[str], targets: list[str]) -> None:
    assert said(sources, targets) == []


def test_the_same_translation_of_different_texts() -> None:
    assert said([LONG, OTHER], [GERMAN, GERMAN]) == [
        (1, "the same translation as segment 2"),
        (2, "the same translation as segment 1"),
    ]
    assert [number for number, _ in said([LONG, OTHER], [GERMAN, GERMAN + "!"])] == [1, 2]


def test_a_target_that_holds_its_neighbours() -> None:
    both = f"{GERMAN} {LATE}"
    assert said([LONG, OTHER], [both, LATE]) == [(1, "holds the translation of segment 2")]
    assert said([LONG, OTHER], [GERMAN, both]) == [(2, "holds the translation of segment 1")]
    assert said([LONG, OTHER], ["開いて保存。誰も遅い理由をまだ知らないままです。"] * 2, "ja") != []


def test_a_neighbour_that_did_not_come_is_skipped() -> None:
    asked = [Segment(i, Kind.PARAGRAPH, text, 0, 0) for i, text in ((1, LONG), (2, ""), (3, OTHER))]
    brief = Brief(STYLES["de"], STYLES["en"])
    found = list(repeats.check(asked, {1: GERMAN, 3: GERMAN}, {}, brief))
    assert [finding.segment for finding in found] == [1, 3]
