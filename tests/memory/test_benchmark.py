"""The benchmark runs on a small memory and prints its table; what it measures is not asserted."""

from __future__ import annotations

import pytest
from benchmarks import memory


def test_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert memory.main(["--rows", "1200", "--locales", "2", "--asked", "1000"]) == 0
    lines = capsys.readouterr().out.splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    figures = {row[0]: row[1] for row in rows[2:]}
    assert figures["add, 1,000 at once"] == "1200"
    assert figures["rows"] == "2200"
    assert int(figures["… of which found"]) > 0
    assert {len(row) for row in rows} == {4}
