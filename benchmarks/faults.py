"""A faulty model in, a table of what became of the articles out; nothing damaged may be written.

A loopback server answers the real openai client with one kind of fault at a time, and the
real command line translates articles whose old translation is on disk. The oracle knows
nothing of the package: afterwards a target is the fault-free run's, byte for byte (complete),
or the old file (refused), or else it is damaged.

    python -m benchmarks.faults [--rates 5,20,50] [--articles 12] [--to de,ja] [--corpus N]
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks._articles import write_articles
from benchmarks._corpus import Table, articles_of, percentage
from tests.servers.faults import KINDS
from tests.servers.loopback import MODEL, LoopbackServer
from translate_pipeline.cli import main as command_line

__all__ = ["ISSUE", "Damage", "Row", "main", "measure"]

ROOT = Path(__file__).resolve().parents[1]
OLD = b"The old translation, which must survive.\n"

#: The kinds every release must survive, in the order of the table.
ISSUE = (
    "chatter fence placeholder_dropped placeholder_doubled placeholder_altered segment_missing"
    " two_merged truncated_length truncated_silent echo wrong_language refusal empty null"
    " malformed heading_marks_added code_changed link_changed extra_paragraph list_marker_lost"
).split()
#: Kinds that end a run, or only cost time; they are for the tests of the backend.
_ENDING = frozenset(
    "hang drip huge http_401 http_402 http_403 http_404 http_400 http_413_html error_200_credit"
    " http_429_quota http_429_hour http_429_seconds".split()
)


@dataclass(frozen=True, slots=True)
class Damage:
    """A target that is neither the fault-free one nor the old one, and where it differs."""

    target: Path
    expected: str
    found: str


@dataclass(slots=True)
class Row:
    """What one kind of fault did. `articles` counts files × locales."""

    kind: str
    rate: float
    injected: int = 0
    articles: int = 0
    complete: int = 0
    refused: int = 0
    damaged: list[Damage] = field(default_factory=list)
    exit_code: int = 0
    extra_requests: int = 0
    extra_tokens: int = 0

    @property
    def sound(self) -> bool:
        """Nothing damaged, and the exit code tells whether all is complete."""
        return not self.damaged and self.exit_code == (1 if self.refused else 0)


def measure(
    kinds: Iterable[str],
    rate: float,
    sources: Sequence[Path],
    locales: Sequence[str],
    *,
    seed: int = 0,
    concurrency: int = 8,
    dialect: str = "commonmark",
) -> Iterable[Row]:
    """A row for each kind. `sources` are files named `*-en.md` that may be copied."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        copies = [work / path.name for path in sources]
        for path, copy in zip(sources, copies, strict=True):
            copy.write_bytes(path.read_bytes())
        targets = [
            copy.with_name(copy.name.replace("-en.md", f"-{locale}.md"))
            for copy in copies
            for locale in locales
        ]
        options = ["--to", ",".join(locales), "--concurrency", str(concurrency)]
        options += ["--dialect", dialect]
        with LoopbackServer(seed=seed) as server:
            clean = _run(copies, options, server)
        if clean["exit_code"] != 0:
            raise RuntimeError(f"the fault-free run is not clean: {json.dumps(clean)[:2000]}")
        wanted = {target: target.read_bytes() for target in targets}
        for kind in kinds:
            for target in targets:
                target.write_bytes(OLD)
            with LoopbackServer(seed=seed, faults={kind: rate}) as server:
                report = _run(copies, options, server)
                row = Row(kind, rate, injected=server.injected[kind])
            _judge(row, wanted)
            row.exit_code = int(str(report["exit_code"]))
            row.extra_requests, row.extra_tokens = (
                a - b for a, b in zip(_usage(report), _usage(clean), strict=True)
            )
            yield row


def _judge(row: Row, wanted: dict[Path, bytes]) -> None:
    for target, good in wanted.items():
        found = target.read_bytes()
        row.articles += 1
        if found == good:
            row.complete += 1
        elif found == OLD:
            row.refused += 1
        else:
            row.damaged.append(_difference(target, good.decode(), found.decode(errors="replace")))


def _difference(target: Path, good: str, found: str) -> Damage:
    """The first line that differs."""
    a, b = good.splitlines(), found.splitlines()
    index = next((i for i, pair in enumerate(zip(a, b, strict=False)) if pair[0] != pair[1]), -1)
    return Damage(target, a[index] if a else "", b[index] if b else "")


def _run(
    paths: Sequence[Path], options: Sequence[str], server: LoopbackServer
) -> dict[str, object]:
    """The command line's own JSON report."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = command_line(
            ["translate", *map(str, paths), *options]
            + ["--base-url", server.base_url, "--model", MODEL, "--json"]
        )
    report: dict[str, object] = json.loads(out.getvalue())
    if report["exit_code"] != code:
        raise RuntimeError(f"exit code {code}, reported {report['exit_code']}")
    return report


def _usage(report: dict[str, object]) -> tuple[int, int]:
    totals = report["totals"]
    assert isinstance(totals, dict)
    usage = totals["usage"]
    return usage["requests"], usage["prompt_tokens"] + usage["completion_tokens"]


# --- the table ----------------------------------------------------------------

_HEAD = (
    "kind", "rate", "injected", "articles", "complete", "refused", "damaged",
    "extra requests", "extra tokens", "exit",
)  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; exit code 1 if anything is damaged."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--rates", default="20", help="per cent, default: 20")
    parser.add_argument("--kinds", default="", help="default: the twenty of the issue; or `all`")
    parser.add_argument("--articles", type=int, default=12, help="written by a generator")
    parser.add_argument("--sections", type=int, default=2, help="of each generated article")
    parser.add_argument("--to", default="de,ja", help="locales, default: de,ja")
    parser.add_argument("--corpus", type=int, default=0, help="N real articles instead")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=5, help="damaged places to print per row")
    given = parser.parse_args(argv)
    kinds = given.kinds.split(",") if given.kinds else [*ISSUE]
    if given.kinds == "all":
        kinds = [*ISSUE, *sorted(KINDS - set(ISSUE) - _ENDING)]
    table = Table(*_HEAD)
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        sources = _sources(Path(folder), given.articles, given.sections, given.corpus, given.seed)
        dialect = "jekyll"  # the examples are written for it
        for rate in given.rates.split(","):
            rows = measure(
                kinds,
                float(rate) / 100,
                sources,
                given.to.split(","),
                seed=given.seed,
                dialect=dialect,
            )
            for row in rows:
                bad += not row.sound
                table.add(
                    row.kind, percentage(row.rate), row.injected, row.articles, row.complete,
                    row.refused, len(row.damaged), row.extra_requests, row.extra_tokens,
                    row.exit_code,
                )  # fmt: skip
                for damage in row.damaged[: given.show]:
                    print(f"{row.kind}: {damage.target.name} is damaged", file=sys.stderr)
                    print(f"  - {damage.expected}\n  + {damage.found}", file=sys.stderr)
    print(table)
    print(f"{len(sources)} articles × {given.to}, seed {given.seed}; unsound rows: {bad}")
    return 1 if bad else 0


def _sources(folder: Path, count: int, sections: int, corpus: int, seed: int) -> list[Path]:
    if not corpus:
        written = write_articles(folder, count, seed=seed, sections=sections)
        return [*sorted((ROOT / "examples").glob("*-en.md")), *written]
    paths = []
    for number, (path, text) in enumerate(articles_of(corpus, seed=seed), start=1):
        paths.append(folder / f"{number:04}-{path.stem}-en.md")
        paths[-1].write_bytes(text.encode())
    return paths


if __name__ == "__main__":
    sys.exit(main())
