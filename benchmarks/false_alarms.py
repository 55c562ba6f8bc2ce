"""Published translations in, tables of what each check says of them out.

A finding on a clean pair is a false alarm, unless the page is at fault (`--examples` shows
them; look). Where the pairs come from and how they are aligned: `_pairs.py`. Checks of whole
requests are measured by `alignment.py`; both go into `docs/checks.md`.

    python -m benchmarks.false_alarms [--examples] [--check NAME] [--markdown]
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import NamedTuple

from benchmarks import alignment
from benchmarks._pairs import ROOT, SHARED, Pair, align, read_pairs
from translate_pipeline import batch_checks, checks
from translate_pipeline.locale import load_style, parse_locale
from translate_pipeline.model import Brief, Finding, Segment, Severity, Style


class Judged(NamedTuple):
    """One segment, the published target, and the findings."""

    pair: Pair
    segment: Segment
    target: str
    findings: tuple[Finding, ...]


def judge(pair: Pair) -> list[Judged] | None:
    """Every segment of the pair with its findings; None if the pair cannot be aligned."""
    aligned = align(pair)
    if aligned is None:
        return None
    style = load_style(parse_locale(pair.locale))
    english: Style = load_style(parse_locale("en"))
    return [
        Judged(pair, segment, target, checks.run_checks(segment, target, Brief(style, english)))
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
    rows = [["check", "errors", "%", "retries", "%", "warnings", "%", "% of a language's segments"]]
    for name in checks.names():
        flagged: dict[Severity, int] = dict.fromkeys(Severity, 0)
        flags: Counter[str] = Counter()
        for one in judged:
            severities = {f.severity for f in one.findings if f.check == name}
            for severity in Severity:  # the heaviest counts
                if severity in severities:
                    flagged[severity] += 1
                    flags[group(one.pair)] += 1
                    break
        row = [name]
        for severity in Severity:
            row += [str(flagged[severity]), percent(flagged[severity], len(judged))]
        by_language = ", ".join(f"{g} {percent(n, groups[g])}" for g, n in sorted(flags.items()))
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


def sentence_left(target: str, source: Segment) -> str:
    """One sentence in the midst of a paragraph as the source has it."""
    ours, theirs = (SENTENCE.findall(text) for text in (source.text, target))
    if not len(ours) == len(theirs) > 1 or len(re.findall(r"[A-Za-z]{2,}", ours[1])) < 5:
        return target
    return "".join([theirs[0], ours[1], *theirs[2:]])


def sentences_lost(target: str, source: Segment) -> str:
    """Only the first sentence of three and more."""
    theirs = SENTENCE.findall(target)
    return theirs[0] if len(theirs) > 2 else target


SENTENCE = re.compile(r"[^.!?。！？।؟]+[.!?。！？।؟]+\s*")
NUMBER = re.compile(r"(?<![\w(`/.])\d{2,4}(?![\w`/.])")
DAMAGE: dict[str, Callable[[str, Segment], str]] = {
    "nothing": lambda target, source: "",
    "source returned": lambda target, source: source.text,
    "lead-in": lambda target, source: f"Here is the translation: {target}",
    "tag left": lambda target, source: f"<{source.id}>{target}",
    "fence": lambda target, source: f"```markdown\n{target}\n```",
    "heading mark": lambda target, source: f"## {target}",
    "list mark": lambda target, source: f"- {target}",
    "extra paragraph": lambda target, source: f"{target}\n\n{target}",
    "mark lost": lambda target, source: target.replace(source.tokens[-1].mark, "", 1),
    "mark doubled": lambda target, source: f"{target} {source.tokens[-1].mark}",
    "code changed": lambda target, source: re.sub(r"`([^`]+)`", r"`\1x`", target, count=1),
    "number changed": lambda target, source: NUMBER.sub("8317", target, count=1),
    "address added": lambda target, source: f"{target} (www.example.org)",
    "sentence left": sentence_left,
    "sentences lost": sentences_lost,
    "cut to a third": lambda target, source: target[: len(target) // 3],
    "looping": lambda target, source: target + f" {target[-40:]}" * 4,
}
NEEDS_TOKENS = ("mark lost", "mark doubled")


def damaged(judged: list[Judged]) -> list[list[str]]:
    """Per kind of damage done to published targets: how often a check asks again."""
    english: Style = load_style(parse_locale("en"))
    rows = [["damage", "segments", "asked again %", "by"]]
    for name, damage in DAMAGE.items():
        total = caught = 0
        by: Counter[str] = Counter()
        for one in judged[::5]:
            if name in NEEDS_TOKENS and not one.segment.tokens:
                continue
            target = damage(one.target, one.segment)
            if target == one.target:
                continue
            style = load_style(parse_locale(one.pair.locale))
            found = checks.run_checks(one.segment, target, Brief(style, english))
            asking = {f.check for f in found if f.severity is not Severity.WARNING}
            total += 1
            caught += bool(asking)
            by.update(asking)
        ranked = sorted(by.items(), key=lambda item: (-item[1], item[0]))
        who = ", ".join(f"{check} {percent(n, total)}" for check, n in ranked[:4])
        rows.append([name, str(total), percent(caught, total), who])
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


def told(name: str, docstring: str | None) -> str:
    """What a check says of itself, without the samples, each heading on its own line."""
    body = (docstring or "").split("\npasses: ")[0].strip()
    body = re.sub(r"\n+(?=[A-Z][A-Za-z ]{4,12}: )", "\n\n", body)
    return f"### {name}\n\n{body}"


def document(clean: list[Judged], broken: list[Judged], skipped: int) -> str:
    """`docs/checks.md`: what each check does, and what was measured."""
    counts = alignment.measure_all()
    good = counts["technical, all"].answers
    pairs = len({j.pair.name for j in clean})
    parts = [
        "# Checks",
        "Written by `python -m benchmarks.false_alarms --markdown`; do not edit.",
        "Each translated segment meets every check. An *error* is not accepted and asked for "
        "again; a *retry* is asked for once more and then becomes a warning; a *warning* is "
        "reported. Each check is one file in `src/translate_pipeline/checks/`. What one segment "
        "cannot show, checks of a whole request look for, in `src/translate_pipeline/batch_checks/`"
        "; what they doubt is asked for again. `translate-pipeline check` runs the checks of "
        "segments over published translations: there only an *error* is a fault.",
        "## What they find",
        *(told(name, checks.load(name).__doc__) for name in checks.names()),
        "## What they find in a whole request",
        *(told(name, batch_checks.load(name).__doc__) for name in batch_checks.names()),
        "## False alarms",
        f"Findings on {len(clean):,} segments of {pairs} published translations that an "
        "independent comparison of structures calls clean. Some are true defects of the page: "
        "this is an upper bound. The bounds were settled on these same pairs, so new sites may "
        "show a little more.",
        render(table(clean), markdown=True),
        f"Of {good} requests made of these segments, up to 25 each, checks of a whole request "
        "have something to say of: "
        + ", ".join(f"{name} {n}" for name, n in alignment.alarm_counts(counts).items())
        + ".",
        "## Answers that are one off",
        "Two neighbours merged into one, every later target an id too early, all ids there: the "
        "fault that no reader notices. Every place of the merge in every request is tried. "
        "*Plain* requests are made of the segments without code, links and digits (there is no "
        "news text among the pairs, this is the nearest). *Noticed*: at least one wrong target is "
        "refused; *all refused*: every one. The weights were fitted on the articles of the one "
        "half only.",
        render(alignment.table(counts), markdown=True),
        "## Damage that is found",
        f"The pairs labelled broken whose segments still align ({skipped} others do not: there "
        "the proof of structure speaks, not a check).",
        render(recall(broken), markdown=True),
        "Every fifth published target of the clean pairs, damaged on purpose. What passes are "
        "short texts that equal their source rightly or by chance (the repair ladder looks at "
        "those together), and cuts within the bounds of length.",
        render(damaged(clean), markdown=True),
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
    for rows in (recall(broken), damaged(clean)):
        print("\n" + render(rows, markdown=False))
    if options.markdown:
        path = ROOT / "docs" / "checks.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(document(clean, broken, skipped["broken"]), encoding="utf-8")
        print(f"\nwrote {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
