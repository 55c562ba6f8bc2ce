"""Takes the work, says what it would take; nothing is sent and nothing written."""

from __future__ import annotations

import sys

from translate_pipeline.article import ArticleOptions, parse
from translate_pipeline.cli._work import Work, say
from translate_pipeline.conversation.prompts import Templates
from translate_pipeline.errors import ArticleError
from translate_pipeline.estimate import Estimate, Estimator
from translate_pipeline.files import read_text
from translate_pipeline.report.json_document import dry_run_document
from translate_pipeline.report.text import estimate_lines, printable, shown
from translate_pipeline.resources import read_prompt

__all__ = ["dry_run"]


def dry_run(work: Work) -> int:
    """Read and count every article; exit code 1 if one is unreadable, else 0."""
    settings, folder = work.settings, work.folder
    options = ArticleOptions(work.front_matter_keys, settings.references)
    estimator = Estimator(
        work.pairs,
        Templates(read_prompt("system"), read_prompt("task"), read_prompt("repair")),
        glossary=settings.glossary,
        instruction=settings.instruction,
    )
    total, unreadable = Estimate(), {}
    sources = list(dict.fromkeys(job.source for job in work.jobs))
    for source in sources:
        try:
            article = parse(read_text(source), settings.dialect, options)
        except ArticleError as error:
            reason = str(error).removeprefix(f"{source}: ")
            unreadable[source] = reason
            line = f":{error.line}" if error.line else ""
            print(f"{shown(source, folder)}{line}: {printable(reason)}", file=sys.stderr)
        else:
            total += estimator.estimate(article)
    code = 1 if unreadable else 0
    articles, locales = len(sources) - len(unreadable), len(work.pairs)
    if work.json:
        document = dry_run_document(
            total,
            unreadable,
            work.skipped,
            articles=articles,
            locales=locales,
            exit_code=code,
            folder=folder,
        )
        say([document])
    else:
        say(estimate_lines(total, work.skipped, articles=articles, locales=locales))
    return code
