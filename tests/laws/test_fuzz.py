"""Law: no input ends in anything but a result or one of our errors.

Most of a minute of cases with a fixed seed, bounded by their number so that every machine
tries the same ones, a tenth of them without `-m slow`; more with
`python -m tests.fuzz --minutes 10`.
"""

from __future__ import annotations

import random

import pytest

from tests.fuzz import case, dialect_case, dialect_text, hypothesis_round, main
from tests.fuzz_atheris import text_of
from tests.laws import dialect_snippets
from translate_pipeline.article import dialects

CASES = 40_000
PARTS = 20


@pytest.mark.parametrize(
    "part",
    [pytest.param(part, marks=pytest.mark.slow if part > 1 else ()) for part in range(PARTS)],
)
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


# Of the articles that are whole, this share may be refused. Their blocks are put together at
# random, so that an opener comes to stand above prose that it takes in (a lazy line); no
# writer means that, and refusing is the safe end.
REFUSED = 0.1


@pytest.mark.parametrize("dialect", dialects.names())
def test_dialects(dialect: str) -> None:
    """No exception, torn or whole; and hardly a whole article that no translation could be of."""
    refused = 0
    for seed in range(200):
        try:
            reason = dialect_case(dialect_text(seed, dialect), dialect, seed)
        except Exception as error:
            again = f"python -m tests.fuzz --dialect {dialect} --seed {seed} --cases 1"
            raise AssertionError(again) from error
        refused += bool(reason) and seed % 2 == 0
    assert refused <= REFUSED * 100


def test_every_dialect_has_snippets() -> None:
    kin = {"commonmark", "docusaurus"}  # the latter is MDX with ids behind headings
    assert set(dialects.names()) - kin <= dialect_snippets.SNIPPETS.keys()


def test_command_for_a_dialect(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--dialect", "all", "--seed", "5", "--cases", "20"]) == 0
    assert capsys.readouterr().out.startswith("20 cases from 5, 0 failed, ")


def test_hypothesis_chooses_too() -> None:
    tried, _ = hypothesis_round(1, dialects.names(), examples=150)
    assert tried >= 150


def test_bytes_choose() -> None:
    """What a coverage-guided fuzzer drives: equal bytes are the equal article, in every dialect."""
    names = {text_of(bytes((number, 2)) + b"\x07" * 200)[0] for number in range(40)}
    assert names == set(dialects.names())
    for number in range(120):
        data = random.Random(number).randbytes(250)
        name, text = text_of(data)
        assert text_of(data) == (name, text)
        dialect_case(text, name)
