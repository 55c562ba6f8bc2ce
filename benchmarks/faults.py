"""A faulty model in, a table of what became of the articles out; nothing damaged may be written.

A loopback server answers the real openai client with one kind of fault at a time, and the
real command line translates articles whose old translation is on disk. A rate is a share of the
answers, each with one fault, or (`--each text`) of the texts, in every answer.

    python -m benchmarks.faults [--rates 5,20,50] [--articles 46] [--to de,ja] [--corpus N]
    python -m benchmarks.faults --all --markdown      writes docs/faults.md
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from benchmarks._articles import write_articles
from benchmarks._corpus import Table, articles_of, percentage
from benchmarks._fault_kinds import ENDING, GROUPS, ISSUE
from benchmarks._fault_page import RATES, page
from benchmarks._fault_rows import Row, Trial

__all__ = ["main", "rows_of"]

ROOT = Path(__file__).resolve().parents[1]
_PAGE = ROOT / "docs" / "faults.md"

Task = tuple[str, float, str]  # kind, rate, what the rate is a share of


class _Articles(NamedTuple):
    """Which articles, into what; the same in every process."""

    generated: int
    sections: int
    corpus: int
    locales: tuple[str, ...]
    seed: int


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; exit code 1 if anything is damaged."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--rates", default="20", help="per cent, default: 20")
    parser.add_argument("--kinds", default="", help="default: the twenty of `ISSUE`; or `all`")
    parser.add_argument("--each", choices=("text", "answer"), default="text", help="default: text")
    parser.add_argument("--articles", type=int, default=46, help="written by a generator")
    parser.add_argument("--sections", type=int, default=1, help="of each generated article")
    parser.add_argument("--to", default="de,ja", help="locales, default: de,ja")
    parser.add_argument("--corpus", type=int, default=0, help="N real articles instead")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=3, help="wrong places to print per row")
    parser.add_argument("--processes", type=int, default=2, help="default: 2")
    parser.add_argument("--all", action="store_true", help="the published table: all kinds, rates")
    parser.add_argument("--markdown", action="store_true", help=f"write docs/{_PAGE.name}")
    given = parser.parse_args(argv)
    if given.markdown and not given.all:
        parser.error("the page is about all kinds and rates: add --all")
    articles = _Articles(
        given.articles, given.sections, given.corpus, tuple(given.to.split(",")), given.seed
    )
    tasks = _all_tasks() if given.all else _tasks(given.kinds, given.rates, given.each)
    rows = []
    for row in rows_of(tasks, articles, processes=given.processes):
        rows.append(row)
        print(f"{row.kind} {percentage(row.rate)} of {row.each}s", file=sys.stderr, flush=True)
        for wrong in (*row.damaged, *row.slips)[: given.show]:
            what = "is damaged" if wrong in row.damaged else "says something else"
            print(f"  {wrong.target.name} {what}", file=sys.stderr)
            print(f"  - {wrong.expected}\n  + {wrong.found}", file=sys.stderr)
    if given.markdown:
        _PAGE.write_text(page(rows, locales=articles.locales, seed=given.seed), encoding="utf-8")
    else:
        print(_table(rows))
    bad = [row for row in rows if not row.sound]
    print(f"{given.corpus or 'generated'} articles × {given.to}, seed {given.seed}; ", end="")
    print(f"unsound rows: {len(bad)} of {len(rows)}")
    return 1 if bad else 0


def _tasks(kinds: str, rates: str, each: str) -> list[Task]:
    chosen = kinds.split(",") if kinds else [*ISSUE]
    if kinds == "all":
        chosen = [kind for group in GROUPS.values() for kind in group if kind not in ENDING]
    return [(kind, float(rate) / 100, each) for rate in rates.split(",") for kind in chosen]


def _all_tasks() -> list[Task]:
    tasks = [(k, rate, "answer") for group in GROUPS.values() for k in group for rate in RATES]
    of_texts = (*GROUPS["text"], *GROUPS["silent"])
    return tasks + [(kind, rate, "text") for kind in of_texts for rate in RATES]


# --- the work, in processes of its own --------------------------------------------


def rows_of(tasks: Sequence[Task], articles: _Articles, *, processes: int = 2) -> Iterator[Row]:
    """The rows in the order of the tasks."""
    # A new interpreter each: a fork would take the threads' locks along.
    context = multiprocessing.get_context("spawn")
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(processes, context, _begin, (Path(folder), articles)) as pool,
    ):
        yield from pool.map(_work, tasks)


_trials: list[Trial] = []  # of this process, made once


def _begin(folder: Path, articles: _Articles) -> None:
    own = Path(tempfile.mkdtemp(dir=folder))
    sources = _sources(own / "sources", articles)
    # The examples are written for Jekyll, and the corpus is drawn for it.
    _trials.append(Trial(own, sources, articles.locales, seed=articles.seed, dialect="jekyll"))


def _work(task: Task) -> Row:
    return _trials[0].row(*task)


def _sources(folder: Path, articles: _Articles) -> list[Path]:
    if not articles.corpus:
        written = write_articles(
            folder, articles.generated, seed=articles.seed, sections=articles.sections
        )
        return [*sorted((ROOT / "examples" / "blog").glob("*/*-en.md")), *written]
    folder.mkdir()
    paths = []
    chosen = articles_of(articles.corpus, seed=articles.seed)
    for number, (path, text) in enumerate(chosen, start=1):
        paths.append(folder / f"{number:04}-{path.stem}-en.md")
        paths[-1].write_bytes(text.encode())
    return paths


def _table(rows: Sequence[Row]) -> Table:
    table = Table(
        "kind", "rate", "struck", "articles", "complete", "refused", "damaged", "slipped",
        "requests", "usual requests", "extra tokens", "exit",
    )  # fmt: skip
    for row in rows:
        table.add(
            row.kind, percentage(row.rate), row.injected, row.articles, row.complete, row.refused,
            len(row.damaged), len(row.slips), row.requests, row.usual_requests,
            percentage(row.extra), row.exit_code,
        )  # fmt: skip
    return table


if __name__ == "__main__":
    sys.exit(main())
