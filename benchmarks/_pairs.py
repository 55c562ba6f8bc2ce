"""Published translations in, segments with their published targets out.

Pairs come from `../shared/pairs` and `../shared/seed` (TRANSLATE_PIPELINE_SHARED overrides
the folder). Source and target are parsed; where both have the same sequence of kinds, segment
meets segment. Tokens of the target take the names of those of the source by what they stand
for, so that a reordered link keeps its number, as a model would keep it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from translate_pipeline.article import parse
from translate_pipeline.errors import TranslatePipelineError
from translate_pipeline.model import Kind, Segment, Token

__all__ = ["ROOT", "SHARED", "Pair", "align", "read_pairs"]

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
