"""Published translations in, how many of them each fix would have changed out.

Published text counts as right: what a fix changes there needs a reason (`--examples` shows it).

    python -m benchmarks.fixes [--examples] [--fix NAME]
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from functools import cache

from benchmarks._pairs import SHARED, align, read_pairs
from benchmarks.false_alarms import percent, render
from translate_pipeline import fixes
from translate_pipeline.locale import load_style, parse_locale
from translate_pipeline.model import Segment, Style


@cache
def published() -> tuple[tuple[str, Segment, str, Style], ...]:
    """Name of the pair, segment, published target and style, of every clean pair."""
    return tuple(
        (pair.name, segment, target, load_style(parse_locale(pair.locale)))
        for pair in read_pairs(SHARED)
        if pair.label == "clean"
        for segment, target in align(pair) or ()
    )


def main() -> int:
    """Measure and print; 2 if the data is not there."""
    parser = argparse.ArgumentParser(description="measure what the fixes change in right text")
    parser.add_argument("--examples", action="store_true", help="print every change")
    parser.add_argument("--fix", default="", help="with --examples: of this fix only")
    options = parser.parse_args()
    if not (SHARED / "pairs" / "MANIFEST.json").exists():
        print(f"no calibration pairs in {SHARED}; set TRANSLATE_PIPELINE_SHARED", file=sys.stderr)
        return 2
    texts = published()
    totals = Counter(style.tag for _, _, _, style in texts)
    changed: dict[str, Counter[str]] = {name: Counter() for name in (*fixes.names(), "all")}
    for pair, segment, target, style in texts:
        for name in fixes.names():
            fixed = fixes.load(name).fix(segment, target, style)
            changed[name][style.tag] += fixed != target
            if options.examples and fixed != target and options.fix in ("", name):
                print(f"{pair} [{name}]\n    {target[:300]!r}\n    {fixed[:300]!r}")
        changed["all"][style.tag] += fixes.apply_fixes(segment, target, style) != target
    rows = [["fix", "segments", "%", "% by language"]]
    for name, counts in changed.items():
        by_language = ", ".join(
            f"{tag} {percent(n, totals[tag])}" for tag, n in sorted(counts.items()) if n
        )
        total = sum(counts.values())
        rows.append([name, str(total), percent(total, len(texts)), by_language or "none"])
    print(f"{len(texts)} published segments")
    print(render(rows, markdown=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
