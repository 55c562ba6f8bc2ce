"""Bytes that libFuzzer finds by the code they reach in, broken laws out: coverage-guided fuzzing.

`python -m tests.fuzz_atheris --minutes 10`; needs atheris (`pip install atheris`). The bytes choose
what `dialect_snippets` makes, or are an article themselves. Failures are printed and counted;
the laws are those of `tests.fuzz`.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from tests.laws import dialect_snippets
from translate_pipeline.article import dialects

__all__ = ["Bytes", "main", "text_of"]


class Bytes(random.Random):
    """Randomness read from bytes, so that a fuzzer steers what is made of it; zeros at the end."""

    def __init__(self, data: bytes) -> None:
        super().__init__(0)
        self._data = data
        self._at = 0

    def getrandbits(self, k: int, /) -> int:
        """The next bytes as a number of `k` bits."""
        size = (k + 7) // 8
        piece = self._data[self._at : self._at + size].ljust(size, b"\0")
        self._at += size
        return int.from_bytes(piece, "big") & ((1 << k) - 1)

    def random(self) -> float:
        """The next two bytes as a fraction."""
        return self.getrandbits(16) / 65_536


def text_of(data: bytes) -> tuple[str, str]:
    """The dialect and the article that `data` stands for: one byte for each choice, then the rest.

    >>> text_of(b"\\x00\\x00a *b*")
    ('commonmark', 'a *b*')
    """
    names = dialects.names()
    head, rest = data[:2].ljust(2, b"\0"), data[2:]
    name = names[head[0] % len(names)]
    if head[1] % 3 == 0:
        return name, rest.decode(errors="replace")
    make = dialect_snippets.torn if head[1] % 3 == 1 else dialect_snippets.article
    return name, make(Bytes(rest), name)


class _Count:
    """The cases tried, those refused, and the first case of each failure."""

    def __init__(self, check: Callable[..., str], seconds: float, folder: Path) -> None:
        self.cases = self.refused = 0
        self.failures: dict[str, tuple[str, str]] = {}
        self._check = check
        self._end = time.monotonic() + seconds
        self._folder = folder

    def one(self, data: bytes) -> None:
        """Try what `data` stands for."""
        if time.monotonic() > self._end:
            failed = len(self.failures)
            print(f"{self.cases:,} cases, {failed} failed, {self.refused:,} refused", flush=True)
            shutil.rmtree(self._folder, ignore_errors=True)
            os._exit(min(failed, 100))  # to libFuzzer any other end is a crash of its own
        name, text = text_of(data)
        self.cases += 1
        try:
            self.refused += bool(self._check(text, name))
        except Exception as error:
            where = traceback.format_exc(limit=-3)
            key = f"{type(error).__name__} {where.splitlines()[-3:-1]}"
            if key not in self.failures:
                self.failures[key] = (name, text)
                print(f"{name} failed on {text!r}\n{where}", flush=True)


def _seeds(folder: Path) -> None:
    """Write what the fuzzer begins with: each snippet as it is, and choices at random."""
    names = dialects.names()
    rng = random.Random(0)
    for index, name in enumerate(names):
        for number, snippet in enumerate(dialect_snippets.SNIPPETS.get(name, ())):
            text = snippet.replace("{w}", "ab cd").encode()
            (folder / f"{name}-{number}").write_bytes(bytes((index, 0)) + text)
        for kind in (1, 2):
            for number in range(10):
                choices = rng.randbytes(300)
                (folder / f"{name}-{kind}-{number}").write_bytes(bytes((index, kind)) + choices)


def main(arguments: list[str] | None = None) -> int:
    """Fuzz until the time is up; the exit code is the number of failures, 0 without atheris."""
    options = argparse.ArgumentParser(prog="python -m tests.fuzz_atheris", description=__doc__)
    options.add_argument("--minutes", type=float, default=1.0)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args(arguments)
    if find_spec("atheris") is None:
        print("skipped: atheris is not installed; pip install atheris")
        return 0
    import atheris  # it changes how modules are imported, so it is only loaded to fuzz

    with atheris.instrument_imports(include=["translate_pipeline.article"]):
        for module in [name for name in sys.modules if name.startswith("translate_pipeline")]:
            del sys.modules[module]
        for module in [name for name in sys.modules if name.startswith("tests.")]:
            if module != "tests.fuzz_atheris":
                del sys.modules[module]
        from tests.fuzz import dialect_case
    folder = Path(tempfile.mkdtemp())
    _seeds(folder)
    count = _Count(dialect_case, 60 * chosen.minutes, folder)
    flags = ("-max_len=1000", "-len_control=0", "-verbosity=0", "-timeout=60")
    place = f"-artifact_prefix={folder}/"
    atheris.Setup([sys.argv[0], str(folder), f"-seed={chosen.seed}", *flags, place], count.one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
