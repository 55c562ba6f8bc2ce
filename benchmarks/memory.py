"""A number of rows in, how fast a memory of that size answers, grows and finds likes out.

The rows are made of invented English-like sentences of 5 to 40 words (frequent words are
frequent), the same for every run; the targets are as long. A share of them is then asked for
in batches of 500, alone, and with words changed. Keys of an article were stored together and lie
together in the file; keys at random are the worst case.

    python -m benchmarks.memory [--rows 1000000] [--locales 1] [--url PATH|postgresql://…]

Without `--url` the memory is a file in a temporary folder. RSS is that of this process at its
largest, Python and the benchmark itself included.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from benchmarks._corpus import Table
from translate_pipeline.locale import parse_locale
from translate_pipeline.memory import Entry, Memory, open_memory
from translate_pipeline.memory.identity import text_key
from translate_pipeline.model import LocalePair, Maker

__all__ = ["main"]

_SIGNATURE = "openai|model|prompts:0123456789|glossary:none|version:1"
_TARGETS = ("de", "fr", "es", "it", "ja", "ar", "hi", "zh")
_STEP = 1000


def main(argv: Sequence[str] | None = None) -> int:
    """Build the memory, ask it, print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--locales", type=int, default=1, help="1 to 8; default: 1, the dearest")
    parser.add_argument("--asked", type=int, default=100_000, help="look-ups; default: 100000")
    parser.add_argument("--url", help="a memory that may be filled; default: a temporary file")
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        memory = open_memory(given.url or Path(folder) / "memory.sqlite")
        try:
            print(_measure(memory, given.rows, given.locales, given.asked))
        finally:
            memory.close()
    return 0


def _measure(memory: Memory, rows: int, locales: int, asked: int) -> Table:
    table = Table("what", "times", "per second", "per CPU second")

    def timed(what: str, times: int, work: Callable[[], None]) -> None:
        begun, cpu = time.perf_counter(), time.process_time()
        work()
        spent, cpu = time.perf_counter() - begun, time.process_time() - cpu
        table.add(what, times, f"{times / spent:,.0f}", f"{times / cpu:,.0f}")

    texts = rows // locales
    pairs = [LocalePair(parse_locale("en"), parse_locale(tag)) for tag in _TARGETS[:locales]]
    pair, draw = pairs[0], random.Random(1)

    def build() -> None:
        for page in _pages(enumerate(islice(sentences(0), texts)), _STEP):
            for each in pairs:
                memory.add(entry(each, number, text) for number, text in page)

    timed(f"add, {_STEP:,} at once", texts * locales, build)
    # Asked for are 2,000 articles of 50 texts, so that the benchmark need not hold them all.
    sample, keys, article = [], [], 50
    for number, text in enumerate(islice(sentences(0), texts)):
        if number // article % max(1, texts // 100_000) == 0:
            keys.append(text_key("paragraph", text))
            sample += [text] * (number % 10 == 0)

    def add_alone() -> None:
        for number, text in enumerate(islice(sentences(1), min(asked, 2000))):
            memory.add([entry(pair, number, text)])

    timed("add, one at a time", min(asked, 2000), add_alone)

    found = 0

    def look_up(batch: int, times: int, kept: Sequence[bytes]) -> None:
        nonlocal found
        for _ in range(times // batch):
            found += len(memory.find(pair, draw.sample(kept, batch)))

    def look_up_articles(batch: int, times: int) -> None:
        nonlocal found
        starts = range(0, len(keys) - article + 1, article)
        for _ in range(times // batch):
            asked = [keys[s : s + article] for s in draw.sample(starts, batch // article)]
            found += len(memory.find(pair, [key for each in asked for key in each]))

    batch = min(500, len(keys) // article * article)
    asked -= asked % batch
    timed("find, 500 keys of 10 articles", asked, lambda: look_up_articles(batch, asked))
    timed("find, 500 keys at random", asked, lambda: look_up(batch, asked, keys))
    if found != 2 * asked:
        raise SystemExit(f"{2 * asked - found} of {2 * asked} stored entries were not found")
    unknown = [draw.randbytes(16) for _ in range(10_000)]
    timed("find, 500 unknown keys", asked, lambda: look_up(batch, asked, unknown))
    alone = max(1, asked // 10)
    timed("find, one key", alone, lambda: look_up(1, alone, keys))
    likes = [changed(text, draw) for text in draw.sample(sample, min(len(sample), 1000))]
    hits = 0

    def find_similar() -> None:
        nonlocal hits
        hits += sum(bool(memory.similar(pair, like)) for like in likes)

    timed("similar, up to a quarter of the words changed", len(likes), find_similar)
    table.add("… of which found", hits, "", "")
    strange = list(islice(sentences(2), 1000))
    timed(
        "similar, unknown text", 1000, lambda: [memory.similar(pair, t) for t in strange] and None
    )
    stats = memory.stats()
    table.add("rows", stats.entries, "", "")
    if stats.size is not None:
        table.add("MB on disk", f"{stats.size / 1e6:,.0f}", "", "")
    unit = 1 if sys.platform == "darwin" else 1024
    table.add(
        "MB RSS", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6:,.0f}", "", ""
    )
    return table


def sentences(seed: int) -> Iterator[str]:
    """Endless sentences, no two equal in practice; word frequencies fall as Zipf's."""
    draw = random.Random(seed)
    letters = random.Random(0)
    vocabulary = [
        "".join(
            letters.choices(
                "etaoinshrdlucmfwyp", k=2 + min(9, rank.bit_length() // 2 + letters.randrange(4))
            )
        )
        for rank in range(30_000)
    ]
    weights, total = [], 0.0
    for rank in range(len(vocabulary)):
        total += 1 / (rank + 2.7)
        weights.append(total)
    while True:
        words = draw.choices(vocabulary, cum_weights=weights, k=draw.randint(5, 40))
        yield " ".join(words).capitalize() + "."


def entry(pair: LocalePair, number: int, text: str) -> Entry:
    """An entry of the text; its target has the same length."""
    return Entry(
        key=text_key("paragraph", text), source_tag=pair.source.tag, target_tag=pair.target.tag,
        kind="paragraph", source=text, target=text[::-1], context=number.to_bytes(8, "big"),
        maker=Maker.MODEL, signature=_SIGNATURE, made="2026-11-23T22:31:05Z",
    )  # fmt: skip


def changed(text: str, draw: random.Random) -> str:
    """The text with one word in eight replaced, at least one and at most a quarter."""
    words = text.split()
    for place in draw.sample(range(len(words)), max(1, len(words) // draw.randint(4, 12))):
        words[place] = "changed"
    return " ".join(words)


def _pages(items: Iterator[tuple[int, str]], size: int) -> Iterator[list[tuple[int, str]]]:
    while page := list(islice(items, size)):
        yield page


if __name__ == "__main__":
    raise SystemExit(main())
