"""A folder of real articles in, the speed of taking them apart and putting them together out.

Megabytes of source per second of CPU time, best of n passes, one process, one thread. Every
stage goes over the same files in memory, each in its own dialect; targets are prepared outside
the clock. For scale, in the same run: the event stream of the parser below (pyromark), drained
and nothing else, and markdown-it-py's bare parse with tables and strikethrough.

    python -m benchmarks.round_trip [--folders readme,jekyll] [--limit N] [--repeat 3]
                                    [--bombs] [--linear] [--profile]

Without --bombs or --linear all tables are printed; that by flavour ends with the total and with
that of the articles in which no dialect finds a trigger, those behind it say what each stage
costs, and what of it no Python program could leave out (`_floor.py`). Targets of equal length
(every letter moved by 13) stand for a translation into Latin script, pseudo targets (the
backend's, 1.3 letters for one, two bytes each) for a dear one.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple

from benchmarks._articles import article as generated
from benchmarks._corpus import FLAVOURS, Table, files
from benchmarks._floor import VALUES
from benchmarks._speed import File, best, prepare, round_trip, speed
from translate_pipeline.article import dialects, parse
from translate_pipeline.article.merge import prove, splice
from translate_pipeline.errors import SegmentError, StructureError, TranslatePipelineError

__all__ = ["OPENERS", "Bomb", "bombs", "main"]

#: What a hostile or broken article may open and never close; 100 KB of each.
OPENERS = (
    "[", "![", "[a](", "[a](<", "[a](b \"", "[^", "[^a]: ", "[a]: ", "*", "**", "*a ", "_a ",
    "~~", "`", "`` ", "```\n", "~~~\n", "<", "<a ", "<a href=\"", "<!--", "<!-- a", "<?",
    "<![CDATA[", "<b>", "<div>\n", "<script>\n", "<x1/>", "&", "&#", "\\", "$", "$$", "$a ",
    "{", "{{", "{%", "{:", "{% raw %}", "{% highlight %}\n", "{: .a", "> ", ">\n", "- ",
    "- a\n  ", "1. ", "| ", "|a", "| a\n|-\n", "# ", "a\n=\n", ": ", "a\n: ", ":a", "http://",
    "www.", "a@", "(", "\"", "'", "---\n", "+++\n", "---\na: ", "[ ] ", "- [ ] ", "\t", " ",
    "\r", "é[", "中*",
)  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables."""
    p = argparse.ArgumentParser(prog="python -m benchmarks.round_trip", description=__doc__)
    p.formatter_class = argparse.RawDescriptionHelpFormatter
    p.add_argument("--folders", default=",".join(FLAVOURS))
    p.add_argument("--limit", type=int, default=0, help="every n-th file, so that N are left")
    p.add_argument("--repeat", type=int, default=3)
    p.add_argument("--bombs", action="store_true", help="only 100 KB of each unclosed opener")
    p.add_argument("--size", type=int, default=100_000, help="bytes of a bomb")
    p.add_argument("--linear", action="store_true", help="only 1 MB against 10 MB")
    p.add_argument("--megabytes", default="1,10")
    p.add_argument("--generated", type=int, default=0, help="N written articles, no corpus")
    p.add_argument("--profile", action="store_true", help="where the time goes")
    given = p.parse_args(argv)
    everything = not (given.bombs or given.linear)
    if everything:
        if given.generated:
            found = [File(generated(0, n), "commonmark") for n in range(given.generated)]
        else:
            found = [
                File(text, name, flavour)
                for flavour in given.folders.split(",")
                for _, text, name in files([flavour], FLAVOURS)
            ]
        if given.limit:
            found = found[:: max(1, len(found) // given.limit)][: given.limit]
        speed(found, given.repeat, profile=given.profile)
    if everything or given.bombs:
        _print_bombs(given.size)
    if everything or given.linear:
        _linear([float(part) for part in given.megabytes.split(",")], given.repeat)
    return 0


# --- bombs --------------------------------------------------------------------------


class Bomb(NamedTuple):
    """One opener, how it was repeated, and the CPU seconds of the whole round trip."""

    opener: str
    filling: str
    dialect: str
    seconds: float
    outcome: str


def bombs(size: int, openers: Sequence[str] = OPENERS) -> list[Bomb]:
    """`size` bytes of each opener: bare, with a word between, on lines; slowest first."""
    found = []
    for name in dialects.names():
        for opener in openers:
            for filling in ("", "a ", "\n"):
                unit = opener + filling
                text = unit * (size // len(unit.encode()))
                begun = time.process_time()
                outcome = _survive(File(text, name))
                found.append(Bomb(opener, filling, name, time.process_time() - begun, outcome))
    return sorted(found, key=lambda bomb: -bomb.seconds)


def _survive(file: File) -> str:
    """Apart, together with what is a translation to the parser, proven, in one word."""
    try:
        article = parse(file.text, file.dialect)
        targets = {s.id: f"{s.text} a" for s in article.segments if not s.keep}
        return "refused" if prove(article, splice(article, targets, VALUES)) else "proven"
    except (SegmentError, StructureError):
        return "refused"
    except TranslatePipelineError as error:
        return type(error).__name__


def _print_bombs(size: int) -> None:
    found = bombs(size)
    table = Table("opener", "filling", "dialect", "seconds", "outcome")
    for bomb in found[:12]:
        table.add(repr(bomb.opener), repr(bomb.filling), *bomb[2:])
    late = sum(bomb.seconds >= 1 for bomb in found)
    print(f"{len(found)} bombs of {size:,} bytes, the slowest; target < 1 s, over it: {late}\n")
    print(f"{table}\n")


# --- linearity ------------------------------------------------------------------------


def _linear(megabytes: Sequence[float], repeat: int) -> None:
    table = Table("MB", "seconds", "MB/s", "time per byte, first = 1")
    first = 0.0
    for size in megabytes:
        parts = [generated(0, 0)]
        length, number = len(parts[0]), 0
        while length < size * 1e6:
            number += 1
            parts.append(generated(0, number).partition("---\n\n")[2])
            length += len(parts[-1])
        prepared, _, refused = prepare([File("\n".join(parts), "commonmark")])
        if refused:
            raise RuntimeError("the generated article is refused; this measures nothing")
        gc.collect()
        gc.freeze()
        seconds = best(lambda p: round_trip(p.file, p.equal), prepared, repeat)
        gc.unfreeze()
        first = first or seconds / length
        table.add(length / 1e6, seconds, length / 1e6 / seconds, seconds / length / first)
    print(f"One article, parse to proof, CPU time, best of {repeat}\n\n{table}")


if __name__ == "__main__":
    sys.exit(main())
