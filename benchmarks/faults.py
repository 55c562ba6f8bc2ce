"""A faulty model in, a table of what became of the articles out; nothing damaged may be written.

A loopback server answers the real openai client with one kind of fault at a time, and the
real command line translates articles whose old translation is on disk. The oracle knows
nothing of the package: afterwards a target is the fault-free run's, byte for byte (complete),
or the old file (refused), or else it is damaged.

    python -m benchmarks.faults [--rates 5,20,50] [--articles 24] [--to de,ja] [--corpus N]
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers.faults import KINDS
from tests.servers.loopback import MODEL, LoopbackServer

from benchmarks._articles import write_articles
from benchmarks._corpus import Table, articles_of, percentage
from translate_pipeline.cli import main as command_line

__all__ = ["ISSUE", "OLD", "Damage", "Report", "Row", "judge", "main", "measure"]

ROOT = Path(__file__).resolve().parents[1]
OLD = b"The old translation, which must survive.\n"

#: The kinds every release must survive, in the order of the table.
ISSUE = (
    "chatter", "fence", "placeholder_dropped", "placeholder_doubled", "placeholder_altered",
    "segment_missing", "two_merged", "truncated_length", "truncated_silent", "echo",
    "wrong_language", "refusal", "empty", "null", "malformed", "heading_marks_added",
    "code_changed", "link_changed", "extra_paragraph", "list_marker_lost",
)  # fmt: skip
#: Kinds that end a run, or only cost time; they are for the tests of the backend.
_ENDING = frozenset((
    "hang", "drip", "huge", "http_401", "http_402", "http_403", "http_404", "http_400",
    "http_413_html", "error_200_credit", "http_429_quota", "http_429_hour", "http_429_seconds",
))  # fmt: skip


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
    honest: bool = True  # each run's exit code was 1 where something was refused, else 0
    extra_requests: int = 0
    extra_tokens: int = 0

    @property
    def sound(self) -> bool:
        """Nothing damaged, and the exit codes tell whether all is complete."""
        return not self.damaged and self.honest


def measure(
    kinds: Iterable[str],
    rate: float,
    sources: Sequence[Path],
    locales: Sequence[str],
    *,
    seed: int = 0,
    concurrency: int = 8,
    dialect: str = "commonmark",
) -> Iterator[Row]:
    """A row for each kind. `sources` are files named `*-en.md` that may be copied."""
    with tempfile.TemporaryDirectory() as folder:
        copies = [Path(folder) / path.name for path in sources]
        for path, copy in zip(sources, copies, strict=True):
            copy.write_bytes(path.read_bytes())
        options = ["--concurrency", str(concurrency), "--dialect", dialect]
        # Every row pays for all, and replaces a translation that nobody recorded.
        options += ["--memory", "none", "--overwrite"]
        clean: dict[str, Report] = {}
        for locale in locales:
            with LoopbackServer(seed=seed) as server:
                clean[locale] = _run(copies, [*options, "--to", locale], server)
        copies = [copy for copy in copies if all(_target(copy, name).exists() for name in locales)]
        if len(copies) < len(sources):
            # What is refused without any fault cannot tell what a fault does.
            print(f"left out: {len(sources) - len(copies)} articles refused without a fault")
        wanted = {
            locale: {target: target.read_bytes() for target in (_target(c, locale) for c in copies)}
            for locale in locales
        }
        for kind in kinds:
            row = Row(kind, rate)
            for number, locale in enumerate(locales):
                for target in wanted[locale]:
                    target.write_bytes(OLD)
                # Another seed, or the same texts would be struck in every language.
                with LoopbackServer(seed=seed + 1000 * number, faults={kind: rate}) as server:
                    report = _run(copies, [*options, "--to", locale], server)
                    row.injected += server.injected[kind]
                judge(row, wanted[locale], report, clean[locale])
            yield row


def _target(source: Path, locale: str) -> Path:
    return source.with_name(source.name.removesuffix("-en.md") + f"-{locale}.md")


def judge(row: Row, wanted: dict[Path, bytes], report: Report, clean: Report) -> None:
    """Add one run to the row."""
    refused = 0
    for target, good in wanted.items():
        found = target.read_bytes()
        row.articles += 1
        if found == good:
            row.complete += 1
        elif found == OLD:
            refused += 1
        else:
            row.damaged.append(_difference(target, good.decode(), found.decode(errors="replace")))
    row.refused += refused
    row.exit_code = max(row.exit_code, report.exit_code)
    row.honest &= report.exit_code == (1 if refused else 0)
    row.extra_requests += report.requests - sum(clean.by_target[t.name][0] for t in wanted)
    row.extra_tokens += report.tokens - sum(clean.by_target[t.name][1] for t in wanted)


def _difference(target: Path, good: str, found: str) -> Damage:
    """The first line that differs."""
    a, b = good.splitlines(), found.splitlines()
    index = next((i for i, pair in enumerate(zip(a, b, strict=False)) if pair[0] != pair[1]), -1)
    return Damage(target, a[index] if a else "", b[index] if b else "")


@dataclass(frozen=True, slots=True)
class Report:
    """The command line's own report: requests and tokens by the target's name."""

    exit_code: int
    by_target: dict[str, tuple[int, int]]

    @property
    def requests(self) -> int:
        return sum(requests for requests, _ in self.by_target.values())

    @property
    def tokens(self) -> int:
        return sum(tokens for _, tokens in self.by_target.values())


def _at(server: LoopbackServer) -> list[str]:
    return ["--base-url", server.base_url, "--model", MODEL, "--json"]


def _run(paths: Sequence[Path], options: Sequence[str], server: LoopbackServer) -> Report:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = command_line(["translate", *map(str, paths), *options, *_at(server)])
    report = json.loads(out.getvalue())
    if report["exit_code"] != code or "results" not in report:
        raise RuntimeError(f"exit code {code}, and the report says {out.getvalue()[:500]}")
    by_target = {}
    for result in report["results"]:
        used = result["usage"]
        tokens = used["prompt_tokens"] + used["completion_tokens"]
        by_target[Path(result["target"]).name] = used["requests"], tokens
    return Report(code, by_target)


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
    parser.add_argument("--articles", type=int, default=24, help="written by a generator")
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
        return [*sorted((ROOT / "examples" / "blog").glob("*/*-en.md")), *written]
    paths = []
    for number, (path, text) in enumerate(articles_of(corpus, seed=seed), start=1):
        paths.append(folder / f"{number:04}-{path.stem}-en.md")
        paths[-1].write_bytes(text.encode())
    return paths


if __name__ == "__main__":
    sys.exit(main())
