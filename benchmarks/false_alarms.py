"""Published translations in, a table of what each check says of them out.

A finding on a clean pair is a false alarm, unless the page is at fault (`--examples` shows
them; look). Pairs come from `../shared/pairs` and `../shared/seed` (TRANSLATE_PIPELINE_SHARED
overrides the folder): source and target are parsed, and where both have the same sequence of
kinds, segment meets segment. Tokens of the target are renamed to those of the source by what
they stand for, so that a reordered link keeps its number, as a model would keep it.

    python benchmarks/false_alarms.py [--examples] [--check NAME] [--markdown]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from translate_pipeline import checks
from translate_pipeline.article import parse
from translate_pipeline.errors import TranslatePipelineError
from translate_pipeline.locale import load_style, parse_locale
from translate_pipeline.model import Finding, Kind, Segment, Severity, Style, Token

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("TRANSLATE_PIPELINE_SHARED", ROOT.parent / "shared"))
#: Notices in the targets that no source has.
#: Syntax of dialects that these pairs are written in and the parser is not told of: includes,
#: imports, comments, code in components. It is no prose, so it measures nothing.
FOREIGN = re.compile(r"\{\*|\{/\*|(?:import|export|from|def|class) \w|///|:::|```|<x1/>$")
ADDED = re.compile(r"Co-op Translator|^(?:<b1> ?)?⚠️")
SEED_LOCALES = ("ar", "de", "es", "fr", "hant", "hi", "ja", "zh")


class Pair(NamedTuple):
    """One article and its published translation."""

    name: str
    locale: str
    label: str  # `clean` or `broken …`
    breaks: tuple[str, ...]
    source: str
    target: str
    dialect: str = "commonmark"


class Judged(NamedTuple):
    """One segment, the published target, and the findings."""

    pair: Pair
    segment: Segment
    target: str
    findings: tuple[Finding, ...]


def read_pairs(shared: Path) -> Iterator[Pair]:
    """All pairs of the seed and the calibration set."""
    manifest = json.loads((shared / "pairs" / "MANIFEST.json").read_text(encoding="utf-8"))
    for entry in manifest["pairs"]:
        base = shared / "pairs" / entry["pair"]
        yield Pair(
            entry["pair"],
            entry["lang"],
            entry["label"],
            tuple(entry["breaks"]),
            base.with_name(base.name + ".source.md").read_text(encoding="utf-8"),
            base.with_name(base.name + ".target.md").read_text(encoding="utf-8"),
        )
    source = (shared / "seed" / "source-en.md").read_text(encoding="utf-8")
    for locale in SEED_LOCALES:
        target = (shared / "seed" / f"target-{locale}.md").read_text(encoding="utf-8")
        yield Pair(f"seed/{locale}", locale, "clean", (), source, target, "jekyll")


def align(pair: Pair) -> list[tuple[Segment, str]] | None:
    """Segments and published targets; None where the two sequences of kinds differ.

    Attributes and notices that the publishing tool added are left out on both sides. Whether a
    list is a reference list depends on its heading's language, so a kind it is not.
    """
    try:
        source = parse(pair.source, pair.dialect).segments
        target = parse(pair.target, pair.dialect).segments
    except TranslatePipelineError:
        return None
    ours = [s for s in source if s.kind is not Kind.ATTRIBUTE]
    theirs = [
        t for t in target if t.kind is not Kind.ATTRIBUTE and not ADDED.search(t.text + t.key)
    ]
    if [sort(s) for s in ours] != [sort(t) for t in theirs]:
        return None
    return [
        (s, rename(t, s.tokens))
        for s, t in zip(ours, theirs, strict=True)
        if not s.keep and not FOREIGN.match(s.text)
    ]


def sort(segment: Segment) -> tuple[str, int, str]:
    """What must be equal for two segments to meet."""
    kind = Kind.LIST_ITEM if segment.kind is Kind.REFERENCE else segment.kind
    return kind, segment.level, segment.key


def rename(target: Segment, tokens: tuple[Token, ...]) -> str:
    """The target's text with the source's name for each token.

    Tokens with the same source meet first; what is left (a localised link, a tag with another
    attribute) meets in order within its sort, if the numbers agree. `<strong>` for `**` is a
    legal rewrite (a tool's way to make it render beside Chinese characters).
    """
    free = list(tokens)
    names: dict[int, str] = {}
    for index, token in enumerate(target.tokens):
        match = next((t for t in free if t.source == token.source), None)
        if match:
            names[index] = match.mark
            free.remove(match)
    rest = [i for i in range(len(target.tokens)) if i not in names]
    for start in ("](u", "<x", "<b", "</b"):
        ours = [i for i in rest if target.tokens[i].mark.startswith(start)]
        theirs = [t for t in free if t.mark.startswith(start)]
        if len(ours) == len(theirs):
            names.update({i: t.mark for i, t in zip(ours, theirs, strict=True)})
    pieces, position = [], 0
    tags = {"<strong>": "**", "</strong>": "**", "<em>": "*", "</em>": "*"}
    for index, token in enumerate(target.tokens):
        found = target.text.index(token.mark, position)
        name = names.get(index) or tags.get(token.source, token.mark)
        pieces += [target.text[position:found], name]
        position = found + len(token.mark)
    return "".join([*pieces, target.text[position:]])


def judge(pair: Pair) -> list[Judged] | None:
    """Every segment of the pair with its findings; None if the pair cannot be aligned."""
    aligned = align(pair)
    if aligned is None:
        return None
    style = load_style(parse_locale(pair.locale))
    english: Style = load_style(parse_locale("en"))
    return [
        Judged(pair, segment, target, checks.run_checks(segment, target, style, english))
        for segment, target in aligned
    ]


def group(pair: Pair) -> str:
    """The language group of a pair: its style's tag."""
    return load_style(parse_locale(pair.locale)).tag


def percent(count: int, total: int) -> str:
    return f"{100 * count / total:.2f}" if total else "-"


def table(judged: list[Judged]) -> list[list[str]]:
    """Per check: segments flagged at each severity, and the rates per language group."""
    groups = Counter(group(j.pair) for j in judged)
    rows = [["check", "errors", "%", "retries", "%", "warnings", "%", "% errors by language"]]
    for name in checks.names():
        flagged: dict[Severity, int] = dict.fromkeys(Severity, 0)
        errors: Counter[str] = Counter()
        for one in judged:
            severities = {f.severity for f in one.findings if f.check == name}
            for severity in Severity:  # the heaviest counts
                if severity in severities:
                    flagged[severity] += 1
                    errors[group(one.pair)] += severity is Severity.ERROR
                    break
        row = [name]
        for severity in Severity:
            row += [str(flagged[severity]), percent(flagged[severity], len(judged))]
        by_language = ", ".join(
            f"{g} {percent(n, groups[g])}" for g, n in sorted(errors.items()) if n
        )
        rows.append([*row, by_language or "none"])
    return rows


def recall(judged: list[Judged]) -> list[list[str]]:
    """Per class of break: in how many of the aligned broken pairs which check gives an error."""
    pairs: dict[str, set[str]] = defaultdict(set)
    fired: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in judged:
        for what in one.pair.breaks:
            pairs[what].add(one.pair.name)
            for finding in one.findings:
                if finding.severity is not Severity.WARNING:
                    fired[what, finding.check].add(one.pair.name)
    rows = [["class of break", "aligned pairs", "pairs in which a check asks again"]]
    for what, named in sorted(pairs.items()):
        hits = [f"{c} {len(fired[what, c])}" for c in checks.names() if fired[what, c]]
        rows.append([what, str(len(named)), ", ".join(hits) or "none"])
    return rows


def render(rows: list[list[str]], *, markdown: bool) -> str:
    """The rows as a Markdown table, or in columns."""
    if markdown:
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def document(clean: list[Judged], broken: list[Judged], skipped: int) -> str:
    """`docs/checks.md`: what each check does, and what was measured."""
    pairs = len({j.pair.name for j in clean})
    parts = [
        "# Checks",
        "Written by `python benchmarks/false_alarms.py --markdown`; do not edit.",
        "Each translated segment meets every check. An *error* is not accepted and asked for "
        "again; a *retry* is asked for once more and then becomes a warning; a *warning* is "
        "reported. Each check is one file in `src/translate_pipeline/checks/`.",
        "## What they find",
    ]
    for name in checks.names():
        text = (sys.modules[checks.load(name).__class__.__module__] and checks.load(name)).__doc__
        body = textwrap.dedent(text or "").split("\npasses: ")[0].strip()
        parts.append(f"### {name}\n\n{body}")
    parts += [
        "## False alarms",
        f"Findings on {len(clean):,} segments of {pairs} published translations that an "
        "independent comparison of structures calls clean. Some are true defects of the page: "
        "this is an upper bound.",
        render(table(clean), markdown=True),
        "## Damage that is found",
        f"The pairs labelled broken whose segments still align ({skipped} others do not: there "
        "the proof of structure speaks, not a check).",
        render(recall(broken), markdown=True),
    ]
    return "\n\n".join(parts) + "\n"


def main() -> int:
    """Measure and print; 2 if the data is not there."""
    parser = argparse.ArgumentParser(description="measure the false alarms of the checks")
    parser.add_argument("--markdown", action="store_true", help="write docs/checks.md")
    parser.add_argument("--examples", action="store_true", help="print every finding")
    parser.add_argument("--check", default="", help="with --examples: of this check only")
    parser.add_argument("--broken", action="store_true", help="examples from the broken pairs")
    options = parser.parse_args()
    if not (SHARED / "pairs" / "MANIFEST.json").exists():
        print(f"no calibration pairs in {SHARED}; set TRANSLATE_PIPELINE_SHARED", file=sys.stderr)
        return 2
    clean: list[Judged] = []
    broken: list[Judged] = []
    skipped: Counter[str] = Counter()
    for pair in read_pairs(SHARED):
        label = "clean" if pair.label == "clean" else "broken"
        found = judge(pair)
        if found is None:
            skipped[label] += 1
        else:
            (clean if label == "clean" else broken).extend(found)
    if options.examples:
        for one in broken if options.broken else clean:
            for finding in one.findings:
                if options.check in ("", finding.check):
                    print(f"{one.pair.name} [{finding.check} {finding.severity}] {finding.message}")
                    print(
                        f"    {one.segment.kind}: {one.segment.text[:400]}\n    {one.target[:400]}"
                    )
    for name, judged in (("clean", clean), ("broken", broken)):
        pairs = len({j.pair.name for j in judged})
        print(f"\n{name}: {len(judged)} segments of {pairs} pairs; {skipped[name]} not aligned")
        print(render(table(judged), markdown=False))
    print()
    print(render(recall(broken), markdown=False))
    if options.markdown:
        path = ROOT / "docs" / "checks.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(document(clean, broken, skipped["broken"]), encoding="utf-8")
        print(f"\nwrote {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
