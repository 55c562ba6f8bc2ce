"""An answer that is one off is doubted from before the first sign on; one in order never is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks.samples import STYLES
from translate_pipeline.batch_checks import alignment
from translate_pipeline.batch_checks.alignment import first_slip
from translate_pipeline.model import Brief, Finding, Kind, Segment, Severity

DE = Brief(STYLES["de"], STYLES["en"])
JA = Brief(STYLES["ja"], STYLES["en"])

SOURCES = (
    "Why a static site?",
    "A static site is a folder of files that any server can hand out, without a database.",
    "Speed",
    "Pages load faster, because nothing has to be computed when a reader asks for one.",
    "Hugo and Jekyll are the best known generators; both read Markdown.",
    "What does it cost?",
    "Nothing, if you let GitHub host it for you.",
    "There are limits, though: no comments, no search and no login without another service.",
    "In the end it is a matter of taste!",
)
GERMAN = (
    "Warum eine statische Website?",
    "Eine statische Website ist ein Ordner mit Dateien, die jeder Server ohne Datenbank anbietet.",
    "Geschwindigkeit",
    "Seiten laden schneller, weil nichts berechnet werden muss, wenn ein Leser eine anfordert.",
    "Hugo und Jekyll sind die bekanntesten Generatoren; beide lesen Markdown.",
    "Was kostet das?",
    "Nichts, wenn Sie sie von GitHub hosten lassen.",
    "Es gibt aber Grenzen: ohne weiteren Dienst keine Kommentare, keine Suche und kein Login.",
    "Am Ende ist es Geschmackssache!",
)
JAPANESE = (
    "なぜ静的サイトなのか？",
    "静的サイトとは、データベースなしでどのサーバーでも配信できるファイルのフォルダーです。",
    "速度",
    "読者が求めたときに何も計算する必要がないので、ページの読み込みが速くなります。",
    "最もよく知られた生成ツールは Hugo と Jekyll で、どちらも Markdown を読みます。",
    "費用は？",
    "GitHub にホストさせれば無料です。",
    "ただし制限があります：別のサービスなしではコメントも検索もログインもできません。",
    "結局は好みの問題です！",
)


def segments(texts: tuple[str, ...]) -> list[Segment]:
    return [Segment(i, Kind.PARAGRAPH, text, 0, 0) for i, text in enumerate(texts, start=1)]


def numbered(targets: tuple[str, ...]) -> dict[int, str]:
    return dict(enumerate(targets, start=1))


def merged(targets: tuple[str, ...], at: int) -> dict[int, str]:
    """`at` and the next one as one, all later ids one text early, the last text twice."""
    both = f"{targets[at]} {targets[at + 1]}"
    return numbered((*targets[:at], both, *targets[at + 2 :], targets[-1]))


@pytest.mark.parametrize(("targets", "brief"), [(GERMAN, DE), (JAPANESE, JA)], ids=["de", "ja"])
def test_an_answer_in_order_is_believed(targets: tuple[str, ...], brief: Brief) -> None:
    assert first_slip(segments(SOURCES), numbered(targets), brief) is None


@pytest.mark.parametrize("at", range(len(SOURCES) - 2))
@pytest.mark.parametrize(("targets", "brief"), [(GERMAN, DE), (JAPANESE, JA)], ids=["de", "ja"])
def test_a_merge_is_found_wherever_it_is(targets: tuple[str, ...], brief: Brief, at: int) -> None:
    asked, answer = segments(SOURCES), merged(targets, at)
    doubted = {finding.segment for finding in alignment.check(asked, answer, {}, brief)}
    wrong = {number for number, text in answer.items() if text != numbered(targets)[number]}
    assert wrong <= doubted


def test_a_skipped_text_and_a_swap_are_found() -> None:
    asked = segments(SOURCES)
    skipped = numbered((*GERMAN[:2], *GERMAN[3:], GERMAN[-1]))
    assert first_slip(asked, skipped, DE) == 2
    late = numbered((*GERMAN[:4], "Noch etwas, das ganz woanders steht.", *GERMAN[4:-1]))
    assert first_slip(asked, late, DE) is not None
    swapped = numbered((GERMAN[0], *GERMAN[2:0:-1], *GERMAN[3:]))
    assert first_slip(asked, swapped, DE) == 1


def test_the_message_names_the_segment_and_two_before_it_are_doubted() -> None:
    found = list(alignment.check(segments(SOURCES), merged(GERMAN, 3), {}, DE))
    assert [finding.segment for finding in found] == [2, 3, 4, 5, 6, 7, 8, 9]
    assert {finding.message for finding in found} == {
        "the answers may be one off from segment 4 on"
    }
    assert {finding.severity for finding in found} == {Severity.ERROR}


def test_a_target_that_did_not_come_says_nothing() -> None:
    answer = numbered(GERMAN)
    del answer[4], answer[9]
    assert first_slip(segments(SOURCES), answer, DE) is None
    assert first_slip(segments(SOURCES), {1: GERMAN[0]}, DE) is None
    assert first_slip([], {}, DE) is None


def test_errors_of_single_targets_speak_against_the_ids() -> None:
    asked = segments(("Open the menu", "Press the key", "Take the file", "Leave it there"))
    answer = numbered(("Menü öffnen", "Taste drücken und Datei nehmen", "Dort lassen", "Ende gut"))
    flaw = {
        i: (Finding("placeholders", Severity.ERROR, i, "a mark is missing"),) for i in (2, 3, 4)
    }
    alone = list(alignment.check(asked, answer, {}, DE))
    flagged = list(alignment.check(asked, answer, flaw, DE))
    assert len(flagged) > len(alone)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("aB 12`*?(é漢。", max_size=30), min_size=1, max_size=8), st.booleans())
def test_whatever_comes_there_is_an_answer(texts: list[str], latin: bool) -> None:
    asked = segments(tuple(texts))
    answer = {one.id: text for one, text in zip(asked, reversed(texts), strict=True)}
    slip = first_slip(asked, answer, DE if latin else JA)
    assert slip is None or 0 <= slip < len(asked)


def test_a_target_that_is_wrong_in_itself_says_nothing_of_its_place() -> None:
    asked, answer = segments(SOURCES), merged(GERMAN, 2)
    strange = {
        number: (Finding("script", Severity.ERROR, number, "not German"),) for number in answer
    }
    assert list(alignment.check(asked, answer, strange, DE)) == []
    doubtful = {
        number: (Finding("untranslated", Severity.RETRY, number, "a name?"),) for number in answer
    }
    assert list(alignment.check(asked, answer, doubtful, DE)) != []
