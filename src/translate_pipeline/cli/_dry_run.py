"""Takes the work, says what it would take; nothing is sent and nothing written."""

from __future__ import annotations

import sys

from translate_pipeline.cli._machine import machine
from translate_pipeline.cli._work import Work, say
from translate_pipeline.errors import ArticleError, TranslatePipelineError
from translate_pipeline.estimate import Estimate
from translate_pipeline.report.json_document import dry_run_document
from translate_pipeline.report.text import estimate_lines, printable, shown

__all__ = ["dry_run"]


def dry_run(work: Work, *, batch: bool = False) -> int:
    """Read and count every article; exit code 1 if one is unreadable, else 0.

    `batch`: at the price of a batch API.
    """
    folder = work.folder
    total, unreadable = Estimate(), {}
    told: set[str] = set()
    with machine(work, writing=False) as parts:
        for job in work.jobs:
            try:
                found = parts.updater.unknown(job)
            except TranslatePipelineError as error:
                reason = str(error).removeprefix(f"{job.source}: ")
                unreadable[job.source] = reason
                line = f":{error.line}" if isinstance(error, ArticleError) and error.line else ""
                text = f"{shown(job.source, folder)}{line}: {printable(reason)}"
                if text not in told:
                    told.add(text)
                    print(text, file=sys.stderr)
            else:
                if found is not None:
                    article, asked = found
                    total += parts.estimator.estimate(article, job.pair, asked)
    code = 1 if unreadable else 0
    articles = len({job.source for job in work.jobs} - unreadable.keys())
    locales = len({job.pair.target.name for job in work.jobs})
    cost = _cost(work, total, batch=batch)
    if work.json:
        document = dry_run_document(
            total,
            unreadable,
            work.skipped,
            articles=articles,
            locales=locales,
            exit_code=code,
            folder=folder,
            cost=cost,
        )
        say([document])
    else:
        say(
            estimate_lines(
                total,
                work.skipped,
                articles=articles,
                locales=locales,
                cost=cost,
                calibrated=parts.estimator.calibrated,
            )
        )
    return code


def _cost(work: Work, total: Estimate, *, batch: bool) -> float | None:
    """US dollars, where the config has prices; half of it at a batch API."""
    prices = work.settings.prices
    if prices is None:
        return None
    money = total.prompt_tokens * prices.prompt + total.output_tokens * prices.completion
    return money / 1e6 / (2 if batch else 1)
