"""A kind of fault and a rate in, a row of what became of the articles out.

The law: the oracle knows nothing of the package. A target is the fault-free run's, byte for byte
(complete), or the old file (refused), or else it is wrong: damaged, unless the fault is one of
words alone and the structure is that of the fault-free target (slipped).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers.loopback import LoopbackServer
from tests.servers.one_fault import OneFaultServer

from benchmarks._fault_kinds import LOCALES, SILENT
from benchmarks._fault_oracle import same_structure
from benchmarks._fault_run import Report, run

__all__ = ["MOST_REQUESTS", "MOST_TOKENS", "OLD", "Damage", "Row", "Trial", "judge"]

# Of a shape that no article has, or it would be taken for a translation of one and kept.
OLD = b"###### The old translation\n\n1. > It must survive.\n\n***\n\n- > Quite as it is.\n"

#: The limits of each run with faults, as multiples of what the fault-free run takes.
MOST_REQUESTS, MOST_TOKENS = 20, 10


@dataclass(frozen=True, slots=True)
class Damage:
    """A target that is neither the fault-free one nor the old one, and where it differs."""

    target: Path
    expected: str
    found: str


@dataclass(slots=True)
class Row:
    """What one kind of fault did. `articles` counts files × locales.

    `each` is what the rate is a share of: `text` or `answer`. `told` counts the slipped with a
    warning in the report.
    """

    kind: str
    rate: float
    each: str = "text"
    injected: int = 0
    articles: int = 0
    complete: int = 0
    refused: int = 0
    told: int = 0
    damaged: list[Damage] = field(default_factory=list)
    slips: list[Damage] = field(default_factory=list)
    exit_code: int = 0
    stopped: str = ""
    honest: bool = True  # each run's exit code was 0 where nothing was refused, else not
    requests: int = 0
    tokens: int = 0
    usual_requests: int = 0  # of the fault-free runs
    usual_tokens: int = 0

    @property
    def sound(self) -> bool:
        """Nothing damaged, and the exit codes tell whether all is complete."""
        return not self.damaged and self.honest

    @property
    def extra(self) -> float:
        """Extra tokens as a share of the fault-free ones."""
        return self.tokens / max(self.usual_tokens, 1) - 1

    @property
    def within(self) -> bool:
        """True if no run reached a limit."""
        return "--max-" not in self.stopped


class Trial:
    """Copies of articles in `folder` and their fault-free translations, made once for each locale.

    `sources` are files named `*-en.md`.
    """

    def __init__(
        self,
        folder: Path,
        sources: Sequence[Path],
        locales: Sequence[str],
        *,
        seed: int,
        dialect: str,
    ) -> None:
        self._locales = tuple(locales)
        self._seed = seed
        self._options = ("--dialect", dialect)
        self._copies = [folder / path.name for path in sources]
        for path, copy in zip(sources, self._copies, strict=True):
            copy.write_bytes(path.read_bytes())
        self._clean: dict[str, tuple[Report, dict[Path, bytes]]] = {}

    def row(self, kind: str, rate: float, each: str = "text") -> Row:
        """What this kind does at this rate, in a share of the texts or of the answers."""
        row = Row(kind, rate, each)
        kind_of_server = LoopbackServer if each == "text" else OneFaultServer
        for number, locale in enumerate(LOCALES.get(kind, self._locales)):
            clean, wanted = self._fault_free(locale)
            for target in wanted:
                target.write_bytes(OLD)
            most = ("--max-requests", str(MOST_REQUESTS * clean.requests))
            most += ("--max-tokens", str(MOST_TOKENS * clean.tokens))
            copies = [_source(target, locale) for target in wanted]
            # Another seed, or the same texts would be struck in every language.
            with kind_of_server(seed=self._seed + 1000 * number, faults={kind: rate}) as server:
                report = run(copies, locale, server, *self._options, *most)
                row.injected += server.injected[kind]
            judge(row, wanted, report, clean)
        return row

    def _fault_free(self, locale: str) -> tuple[Report, dict[Path, bytes]]:
        if locale not in self._clean:
            with LoopbackServer(seed=self._seed) as server:
                report = run(self._copies, locale, server, *self._options)
            # What is refused without any fault cannot tell what a fault does.
            targets = [t for t in (_target(c, locale) for c in self._copies) if t.exists()]
            used = {target.name: report.by_target[target.name] for target in targets}
            wanted = {target: target.read_bytes() for target in targets}
            self._clean[locale] = Report(report.exit_code, used, report.told), wanted
        return self._clean[locale]


def _target(source: Path, locale: str) -> Path:
    return source.with_name(source.name.removesuffix("-en.md") + f"-{locale}.md")


def _source(target: Path, locale: str) -> Path:
    return target.with_name(target.name.removesuffix(f"-{locale}.md") + "-en.md")


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
            texts = good.decode(), found.decode(errors="replace")
            damage = _difference(target, *texts)
            if row.kind in SILENT and same_structure(*texts):
                row.told += target.name in {name for name, *_ in report.told - clean.told}
                row.slips.append(damage)
            else:
                row.damaged.append(damage)
    row.refused += refused
    row.exit_code = max(row.exit_code, report.exit_code)
    row.stopped = row.stopped or report.stopped
    row.honest &= (report.exit_code == 0) == (refused == 0)
    row.requests += report.requests
    row.tokens += report.tokens
    row.usual_requests += sum(clean.by_target[target.name][0] for target in wanted)
    row.usual_tokens += sum(clean.by_target[target.name][1] for target in wanted)


def _difference(target: Path, good: str, found: str) -> Damage:
    """The first line that differs."""
    a, b = good.splitlines(), found.splitlines()
    index = next((i for i, pair in enumerate(zip(a, b, strict=False)) if pair[0] != pair[1]), -1)
    return Damage(target, a[index] if a else "", b[index] if b else "")
