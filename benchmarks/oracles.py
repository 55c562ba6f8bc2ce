"""Real articles of every flavour in, what other people's parsers say of their translations out.

    python -m benchmarks.oracles [--flavours hugo,zola] [--sample 50] [--show 5]

Every article is parsed in its dialect and translated by accents: `failures` counts those whose
identity or proof does not hold. `coverage` is the share of the prose words that are in the
translation: the others are words that no rule keeps. Words inside foreign constructs (names,
code, parameters) and in reference lists are counted beside it, for no rule tells which of them
are prose; so are those in Pandoc's grid tables, which are prose and stay. Then the flavour's
own parser reads the source and the translation: `differ` counts the pairs whose trees are not
equal but for accents, `unreadable` the sources that it refuses.
A star: the oracle is not the dialect's own parser, or a part of it is written by us.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from tests.article.dialects import laws
from tests.oracles.flavours import FLAVOURS, Flavour, texts
from tests.oracles.pairs import Missing, Pair, Verdict, pair

from benchmarks._corpus import SHARED, Table
from translate_pipeline.errors import ArticleError

__all__ = ["main"]

_HEAD = (
    "flavour", "files", "failures", "prose words", "coverage", "in constructs", "in grid tables",
    "in references", "oracle", "version", "compared", "differ", "unreadable",
)  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    """Print the table; exit code 1 if anything failed or differs.

    Raises SystemExit with a hint where there is no corpus, or no such flavour.
    """
    p = argparse.ArgumentParser(prog="python -m benchmarks.oracles", description=__doc__)
    p.add_argument("--flavours", default=",".join(FLAVOURS), help="rows of the table; default: all")
    p.add_argument("--sample", type=int, default=0, help="articles of each; default: all")
    p.add_argument("--show", type=int, default=3, help="how many differences of each to print")
    options = p.parse_args(argv)
    root = SHARED / "corpus"
    if not root.is_dir():
        raise SystemExit(
            f"no corpus at {root}: set TRANSLATE_PIPELINE_SHARED to the folder that holds it"
        )
    wanted = [name for name in options.flavours.split(",") if name]
    if unknown := [name for name in wanted if name not in FLAVOURS]:
        raise SystemExit(f"no flavour {unknown[0]!r}; use some of: {', '.join(FLAVOURS)}")
    table = Table(*_HEAD)
    notes: list[str] = []
    bad = 0
    for name in wanted:
        flavour = FLAVOURS[name]
        given = texts(flavour, root, sample=options.sample)
        pairs, counts, failed = _translated(given, flavour.dialect)
        verdicts, version = _asked(flavour, pairs, notes)
        kinds = Counter(verdict.kind for verdict in verdicts)
        differ = kinds["differs"] + kinds["broken"]
        bad += len(failed) + differ
        prose = counts["translated"] + counts["no rule named"]
        table.add(
            name, len(given), len(failed), f"{prose:,}",
            f"{counts['translated'] / max(prose, 1):.2%}", f"{counts['foreign construct']:,}",
            f"{counts['grid table']:,}", f"{counts['reference list']:,}",
            flavour.oracle.name + " \\*" * (not flavour.oracle.independent), version,
            kinds["same"] + differ, differ if verdicts else "-", kinds["unreadable"],
        )  # fmt: skip
        notes += [f"{name}: fails: {why}" for why in failed[: options.show]]
        shown = [v for v in verdicts if v.kind in ("differs", "broken")][: options.show]
        notes += [f"{name}: {v.kind}: {v.id}: {v.why[:600]}" for v in shown]
        silent = [v for v in verdicts if v.kind == "unreadable"][: options.show]
        notes += [f"{name}: unreadable: {v.id}: {v.why[:200]}" for v in silent]
    print(table)
    print("\n".join(["", *notes]) if notes else "")
    return 1 if bad else 0


def _translated(
    given: list[tuple[str, str]], dialect: str
) -> tuple[list[Pair], Counter[str], list[str]]:
    """The pairs, the words by what became of them, and the articles that break a law."""
    pairs, counts, failed = [], Counter[str](), []
    for name, text in given:
        try:
            made, article = pair(name, text, dialect)
        except (AssertionError, ArticleError) as error:
            failed.append(f"{name}: {str(error)[:200]}")
            continue
        pairs.append(made)
        counts += laws._words(article)
    return pairs, counts, failed


def _asked(flavour: Flavour, pairs: list[Pair], notes: list[str]) -> tuple[list[Verdict], str]:
    """The oracle's verdicts and its version; none where it cannot be had, with a note."""
    try:
        return flavour.oracle.compare(pairs), flavour.oracle.version()
    except Missing as error:
        notes.append(f"{flavour.oracle.name}: {error}")
        return [], "missing"


if __name__ == "__main__":
    sys.exit(main())
