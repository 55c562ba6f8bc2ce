"""Law: no input ends in anything but a result or one of our errors.

Most of a minute of cases with a fixed seed, bounded by their number so that every machine
tries the same ones; more with `python -m tests.fuzz --minutes 10`.
"""

from __future__ import annotations

import pytest

from tests.fuzz import case, main

CASES = 40_000
PARTS = 20


@pytest.mark.parametrize("part", range(PARTS))
def test_no_traceback(part: int) -> None:
    size = CASES // PARTS
    for seed in range(part * size, (part + 1) * size):
        try:
            case(seed)
        except Exception as error:
            raise AssertionError(f"python -m tests.fuzz --seed {seed} --cases 1") from error


def test_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--seed", "5", "--cases", "20"]) == 0
    assert capsys.readouterr().out == "20 cases from 5, 0 failed\n"
