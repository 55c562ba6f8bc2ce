"""Takes the flags of `eval`, prints the figures of each language.

The law: nothing is written, and nothing that is published comes out of a memory: what is
measured is what the model makes today.
"""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

from translate_pipeline._version import __version__
from translate_pipeline.backends import Backend
from translate_pipeline.backends.pseudo import PseudoBackend
from translate_pipeline.cli._choices import make_backend
from translate_pipeline.cli._glossary import glossary_entries, glossary_for
from translate_pipeline.cli._machine import limits_of
from translate_pipeline.cli._work import Work, say, work_of
from translate_pipeline.dialect_choice import choose
from translate_pipeline.errors import (
    ArticleError,
    BudgetError,
    ConfigError,
    FatalBackendError,
    ReplyError,
    TransportError,
)
from translate_pipeline.evaluation import Measured, measure, paired, scores
from translate_pipeline.files import read_text
from translate_pipeline.limits import Limited
from translate_pipeline.locale import load_style
from translate_pipeline.model import Brief, Term
from translate_pipeline.pipeline import Pipeline
from translate_pipeline.report.evaluation import document, markdown, read_document
from translate_pipeline.report.text import shown
from translate_pipeline.target_path import Job

__all__ = ["compare", "evaluate"]


def evaluate(flags: argparse.Namespace, folder: Path) -> int:
    """Measure the articles of a set; the exit code. Raises ConfigError, BackendError."""
    flags.overwrite = flags.prune = False
    work = work_of(flags, folder)
    jobs = [job for job in work.jobs if job.target.is_file()]
    if not jobs:
        raise ConfigError(
            "no article of the set has a reference: they stand where translations go, as x.de.md"
            " beside x.md or de/x.md beside en/x.md; --references FOLDER names another place"
        )
    if flags.candidates:
        made_with = {"candidates": str(flags.candidates)}
        measured = [_candidate(job, work, flags.candidates) for job in jobs]
    else:
        backend = Limited(make_backend(work.settings, os.environ), limits_of(work.settings))
        measured = asyncio.run(_translated(jobs, work, backend))
        made_with = {"made by": backend.signature}
    made_with |= {"translate-pipeline": __version__, "references": str(len(jobs))}
    found = scores(measured, {job.pair.target.name: job.pair.target.tag for job in jobs})
    say([document(measured, found, made_with)] if work.json else markdown(found, made_with))
    return 0 if all(row.complete for row in measured) else 1


def compare(one: Path, other: Path) -> int:
    """Print whether two documents differ by more than chance; exit code 0. Raises ConfigError."""
    first, second = (read_document(_text(path), str(path)) for path in (one, other))
    both = [key for key in first if key in second and first[key][0] and second[key][0]]
    if not both:
        raise ConfigError(f"{one} and {other} have no translated article in common")
    say([f"| language | articles | {one.name} | {other.name} | difference | p |"])
    say(["|---|---:|---:|---:|---:|---:|"])
    for locale in dict.fromkeys(name for _, name in both):
        keys = [key for key in both if key[1] == locale]
        if any(first[key][1] != second[key][1] for key in keys):
            raise ConfigError(f"{one} and {other} have other references; make them anew")
        a, b, chance = paired(
            [first[key][0] for key in keys],
            [second[key][0] for key in keys],
            [first[key][1] for key in keys],
        )
        say([f"| {locale} | {len(keys)} | {a:.2f} | {b:.2f} | {b - a:+.2f} | {chance:.3f} |"])
    return 0


def _text(path: Path) -> str:
    try:
        return read_text(path)
    except ArticleError as error:
        raise ConfigError(str(error)) from None


def _brief(job: Job, work: Work) -> Brief:
    return Brief(load_style(job.pair.target), load_style(job.pair.source), _terms(job, work))


def _terms(job: Job, work: Work) -> tuple[Term, ...]:
    settings = work.settings
    entries = glossary_entries(settings.glossary_files, work.sources, work.aliases)
    return glossary_for(settings.glossary, entries, job.pair)


def _candidate(job: Job, work: Work, candidates: Path) -> Measured:
    """What another tool has made of a job: the file at the reference's place below `candidates`."""
    path = candidates / job.target.relative_to(work.root)
    text = read_text(path) if path.is_file() else None
    pipeline = Pipeline(
        backend=PseudoBackend(), source=job.pair.source.name, target=job.pair.target.name,
        aliases=work.aliases, references=work.settings.references,
        front_matter_keys=work.front_matter_keys,
        prose_parameters=work.settings.prose_parameters,
    )  # fmt: skip
    source = read_text(job.source)
    dialect = choose(job.source, source, configured=work.settings.dialect).dialect
    return measure(
        pipeline.parse(source, dialect),
        text,
        read_text(job.target),
        path=shown(job.source, work.folder),
        pair=job.pair,
        brief=_brief(job, work),
    )


async def _translated(jobs: Sequence[Job], work: Work, backend: Backend) -> list[Measured]:
    """Every job, as many at once as the settings allow; the first fault of all ends it."""
    places = asyncio.Semaphore(2 * work.settings.concurrency)

    async def one(job: Job) -> Measured:
        async with places:
            return await _measured(job, work, backend)

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(job)) for job in jobs]
    except BaseExceptionGroup as group_error:
        raise group_error.exceptions[0] from None
    finally:
        await backend.aclose()
    return [task.result() for task in tasks]


async def _measured(job: Job, work: Work, backend: Backend) -> Measured:
    settings = work.settings
    pipeline = Pipeline(
        backend=backend,
        source=job.pair.source.name,
        target=job.pair.target.name,
        glossary=_terms(job, work),
        instruction=settings.instruction,
        references=settings.references,
        front_matter_keys=work.front_matter_keys,
        prose_parameters=settings.prose_parameters,
        aliases=work.aliases,
    )
    source, reference = read_text(job.source), read_text(job.target)
    dialect = choose(job.source, source, configured=settings.dialect).dialect
    article = pipeline.parse(source, dialect)
    path = shown(job.source, work.folder)
    brief = _brief(job, work)
    try:
        result = await pipeline.atranslate_article(article)
    except (BudgetError, FatalBackendError):
        raise
    except (ReplyError, TransportError) as error:
        blank = measure(article, None, reference, path=path, pair=job.pair, brief=brief)
        return blank._replace(usage=error.usage or blank.usage)
    return measure(
        article,
        result.text,
        reference,
        path=path,
        pair=job.pair,
        brief=brief,
        usage=result.usage,
    )
