"""Takes the work, says in which dialect each article is written, and why; sends and writes nothing.

The law: what is said is what a run would do, for the same edition is asked.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from translate_pipeline.cli._work import Work, say
from translate_pipeline.errors import TranslatePipelineError
from translate_pipeline.files import read_text
from translate_pipeline.report.json_document import VERSION
from translate_pipeline.report.text import printable, shown

__all__ = ["explain"]


def explain(work: Work) -> int:
    """A line for each article, or one JSON document; exit code 1 if one is unreadable, else 0."""
    found: list[dict[str, str]] = []
    unreadable: list[dict[str, str]] = []
    for source in _sources(work):
        name = shown(source, work.folder)
        try:
            choice = work.edition.dialect(source, read_text(source))
        except TranslatePipelineError as error:
            reason = printable(str(error).removeprefix(f"{source}: "))
            unreadable.append({"path": name, "message": reason})
            print(f"{name}: {reason}", file=sys.stderr)
        else:
            found.append({"source": name, "dialect": choice.dialect, "reason": choice.reason})
    code = 1 if unreadable else 0
    if work.json:
        document = {
            "version": VERSION,
            "command": "translate",
            "exit_code": code,
            "explain": found,
            "unreadable": unreadable,
        }
        say([json.dumps(document, indent=2)])
    else:
        say(f"{one['source']}: {one['dialect']} ({one['reason']})" for one in found)
    return code


def _sources(work: Work) -> Iterator[Path]:
    """The articles that are named, each once; where none is, those of the whole site.

    What is fresh is told of, too.
    """
    if work.site is None:
        yield from dict.fromkeys(job.source for job in work.jobs)
        return
    for item in work.site.planned():
        paths = (item.source, *(target for _, target in item.targets))
        if work.chosen is None or not work.chosen.isdisjoint(paths):
            yield work.site.root / item.source
