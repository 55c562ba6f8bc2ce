"""What the benchmark does to good answers is the fault that it says it is."""

from __future__ import annotations

from collections import Counter

import pytest
from benchmarks import alignment as benchmark
from benchmarks._pairs import Pair
from benchmarks.alignment import Answer, Count, measure, shifted, table

from tests.batch_checks.test_alignment import DE, GERMAN, SOURCES, segments


def answer(name: str = "site/de/page") -> Answer:
    pair = Pair(name, "de", "clean", (), "", "")
    return Answer(pair, DE, tuple(segments(SOURCES)), GERMAN, "Der nächste Absatz.")


@pytest.mark.parametrize("place", range(len(GERMAN) - 1))
def test_all_ids_are_there_and_no_word_is_lost(place: int) -> None:
    found = shifted(answer(), place)
    assert len(found) == len(GERMAN)
    assert " ".join(found) == " ".join([*GERMAN, "Der nächste Absatz."])
    assert found[:place] == list(GERMAN[:place])


def test_good_and_shifted_answers_are_counted() -> None:
    count = measure(answer())
    assert (count.answers, count.alarms, count.shifted) == (1, Counter(), len(GERMAN) - 1)
    assert count.found == count.whole == count.shifted
    twice = count.plus(count)
    assert table({"a": twice})[1] == ["a", "2", "0", "0.00", "16", "100.00", "100.00"]
    assert Count().plus(count) == count


def test_an_article_is_on_the_same_side_in_every_language() -> None:
    assert answer("site/de/page").held_out == answer("site/ja/page").held_out
    names = [f"site/de/page{number}" for number in range(40)]
    assert 5 < sum(answer(name).held_out for name in names) < 35


def test_without_the_pairs_the_reason_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(benchmark, "SHARED", tmp_path)
    monkeypatch.setattr("sys.argv", ["alignment"])
    assert benchmark.main() == 2
    assert "no published pairs" in capsys.readouterr().err
