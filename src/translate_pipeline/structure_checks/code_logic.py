"""Finds code that does something else than in the source: more than its comments and texts changed.

Bound: the lines of each block without comments, without what stands in quotes, without the words
between tags and behind the branches of a drawn file tree must be equal (`_code_logic.py`). Blocks
of text, of no language (but for lines that are surely code) and indented ones are not compared.
Source: requirements.md 5 (*code logic changed*), examples 1, 2 and 15.
Silent: translated comments, texts, labels; other white space; `'` for `"`.
False alarms: names in code that a person translated throughout. That is told on purpose: one
forgotten place and the example fails, as it does in the one clean pair that shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translate_pipeline.model import LocalePair
from translate_pipeline.structure_checks._code_logic import logic
from translate_pipeline.structure_checks._outline import Outline, Thing
from translate_pipeline.structure_checks._sections import Fault, parts

__all__ = ["KIND", "NAME", "check"]

NAME = "code-logic"
KIND = "broken"


def check(source: Outline, target: Outline, pair: LocalePair) -> Iterator[Fault]:
    """Yield one fault for each block that was changed."""
    for part in parts(source, target, "codes"):
        if len(part.ours) == len(part.theirs):
            yield from _changed(part.ours, part.theirs)


def _changed(ours: Sequence[Thing], theirs: Sequence[Thing]) -> Iterator[Fault]:
    for before, after in zip(ours, theirs, strict=True):
        if before.text == after.text or before.what is None:
            continue
        wanted, found = logic(before.what, before.text), logic(before.what, after.text)
        if wanted == found:
            continue
        index = 0
        while index < min(len(wanted), len(found)) and wanted[index] == found[index]:
            index += 1
        told = found[index] if index < len(found) else "nothing"
        was = wanted[index] if index < len(wanted) else "nothing"
        yield Fault(
            after.line + _line(after.text, before.text),
            f"the code was changed: `{told[:80]}`, in the source `{was[:80]}`"
            " (comments and texts aside)",
        )


def _line(after: str, before: str) -> int:
    """Where in the block, counted from its fence, the first line stands that differs in logic."""
    theirs, ours = after.split("\n"), before.split("\n")
    index = 0
    while index < min(len(theirs), len(ours)) and theirs[index] == ours[index]:
        index += 1
    return index + 1
