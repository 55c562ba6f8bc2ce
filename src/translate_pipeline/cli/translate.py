"""The command `translate`: articles and folders in, their translations on disk.

The law: stdout gets the result (a summary, or one JSON document), stderr everything else;
what was finished when the run ends, however it ends, is on disk.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from translate_pipeline.discovery import Skipped
    from translate_pipeline.model import LocalePair
    from translate_pipeline.settings import Settings
    from translate_pipeline.target_path import Job

__all__ = ["DESCRIPTION", "HELP", "add_arguments", "execute"]

HELP = "translate articles and folders of articles"
DESCRIPTION = """\
Translate Markdown articles. In folders, files that are translations themselves are skipped.

The target stands beside the source, with the target's locale in the source's place
(x-en.md, x.en.md, en/x.md), else before the extension (x.de.md). A target is written whole
or not at all; what was there before stays when a translation is refused.

Every flag can be a key of translate-pipeline.toml in the working folder.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The flags; those named as a field of `Settings` override the config file."""
    add = parser.add_argument
    add("paths", nargs="+", type=Path, metavar="PATH", help="article or folder")
    add("--to", dest="targets", action="append", metavar="LOCALES", help="de,fr,pt-BR,hant")
    add("--from", dest="source", metavar="LOCALE", help="default: en")
    add(
        "--out",
        metavar="WHERE",
        help="folder, or pattern of {dir} {stem} {locale} {ext} below the root",
    )
    add("--backend", metavar="NAME", help="openai (default with --model), pseudo or apertium")
    add("--model", metavar="NAME", help="the model's name at the endpoint; there is no default")
    add("--base-url", metavar="URL", help="any OpenAI-compatible endpoint")
    add(
        "--api-key-env",
        metavar="NAME",
        help="variable with the key; default: OPENROUTER_API_KEY, then OPENAI_API_KEY",
    )
    add("--concurrency", type=int, metavar="N", help="requests at once; default: 8")
    add("--timeout", type=float, metavar="SECONDS", help="for one request; default: 120")
    add("--dialect", metavar="NAME", help="Markdown flavour: commonmark (default), jekyll")
    add("--references", choices=("keep", "translate"), help="entries of reference lists")
    add(
        "--on-failure",
        choices=("refuse", "keep-source"),
        help="for an article with a refused segment: no file (default), or that segment as it is",
    )
    add("--config", type=Path, metavar="FILE", help="default: translate-pipeline.toml if present")
    add("--root", type=Path, metavar="FOLDER", help="no target is written outside of it")
    add("--dry-run", action="store_true", help="count and estimate; send and write nothing")
    add("--json", action="store_true", help="print one JSON document")
    add("--debug", action="store_true", help="show tracebacks")


def execute(flags: argparse.Namespace) -> int:
    """Translate what the flags say. Raises the errors of `errors.py`."""
    from translate_pipeline.article import dialects
    from translate_pipeline.cli._choices import settings_of
    from translate_pipeline.discovery import Skipped, default_root, discover
    from translate_pipeline.errors import ConfigError
    from translate_pipeline.locale import ALIASES
    from translate_pipeline.target_path import Layout, plan

    folder = Path.cwd()
    settings, config = settings_of(flags, folder)
    dialects.find(settings.dialect)
    aliases = {**ALIASES, **settings.aliases}
    pairs = _pairs(settings, aliases)
    source, targets = pairs[0].source, [pair.target for pair in pairs]
    home = folder if config is None else config.absolute().parent
    root = flags.root.resolve() if flags.root else default_root(flags.paths, home, source)
    found = discover(flags.paths, source=source, targets=targets, root=root, aliases=aliases)
    out = settings.out
    if out and "{" not in out:
        out = str((folder if flags.out else home) / out)
    jobs, left_out = plan(found.sources, pairs, Layout(root, out, strict=bool(flags.root)))
    earlier = [Skipped(path, "the target of another source") for path in left_out]
    skipped = (*found.skipped, *earlier)
    if not jobs:
        why = f", but {len(skipped)} that are translations themselves" if skipped else ""
        raise ConfigError(f"no article to translate{why}: name a Markdown file, or check --from")
    if flags.dry_run:
        return _dry_run(flags, settings, pairs, jobs, skipped)
    return _translate(flags, settings, aliases, pairs, jobs, skipped)


def _pairs(settings: Settings, aliases: dict[str, str]) -> list[LocalePair]:
    """The source with each target. Raises `ConfigError` if there is none, or the source is."""
    from translate_pipeline.errors import ConfigError
    from translate_pipeline.locale import parse_locale
    from translate_pipeline.model import LocalePair

    if not settings.targets:
        raise ConfigError("no target locale: pass --to, for example --to de,fr")
    source = parse_locale(settings.source, aliases)
    pairs = [LocalePair(source, parse_locale(name, aliases)) for name in settings.targets]
    for pair in pairs:
        if pair.target.tag == source.tag:
            raise ConfigError(
                f"the target `{pair.target.name}` is the source language;"
                " leave it out of --to, or set --from"
            )
    return pairs


def _translate(
    flags: argparse.Namespace,
    settings: Settings,
    aliases: dict[str, str],
    pairs: Sequence[LocalePair],
    jobs: Sequence[Job],
    skipped: Sequence[Skipped],
) -> int:
    """Do the jobs, show them, report; returns the exit code."""
    import asyncio
    import os
    import time

    from translate_pipeline.article import DEFAULT_KEYS
    from translate_pipeline.cli._choices import make_backend
    from translate_pipeline.cli._progress import progress
    from translate_pipeline.pipeline import Pipeline
    from translate_pipeline.report.json_document import run_document
    from translate_pipeline.report.text import outcome_lines, shown, summary
    from translate_pipeline.run import Outcome, Status, Stop, Tally, interleaved, run

    backend = make_backend(settings, os.environ)
    keys = settings.front_matter_keys
    pipelines = {
        pair.target.name: Pipeline(
            backend=backend,
            source=settings.source,
            target=pair.target.name,
            dialect=settings.dialect,
            glossary=settings.glossary,
            instruction=settings.instruction,
            on_failure=settings.on_failure,
            references=settings.references,
            front_matter_keys=DEFAULT_KEYS if keys is None else keys,
            values=settings.values,
            aliases=aliases,
        )
        for pair in pairs
    }
    # Twice the requests: while one article is read or proven, another's request goes out.
    window = 2 * settings.concurrency
    folder, begun = Path.cwd(), time.monotonic()
    tally, kept, told = Tally(), dict[object, Outcome](), set[str]()

    with progress(len(jobs), label="translating") as show:

        def done(outcome: Outcome) -> None:
            tally.add(outcome)
            if flags.json:
                kept[outcome.job] = outcome
            # An unreadable source says the same for each of its locales: once is enough.
            lines = [line for line in outcome_lines(outcome, folder) if line not in told]
            if outcome.status is Status.UNREADABLE:
                told.update(lines)
            job = outcome.job
            arrow = f"{shown(job.source, folder)} → {shown(job.target, folder)}"
            show(lines, good=arrow if outcome.status is Status.WRITTEN else "")

        async def all_jobs() -> Stop | None:
            try:
                return await run(interleaved(jobs, window), pipelines, window=window, on_done=done)
            finally:
                await backend.aclose()

        interrupted = False
        try:
            stop = asyncio.run(all_jobs())
        except KeyboardInterrupt:
            interrupted = True
            stop = Stop("interrupted; what was finished is on disk", backend=False)

    code = 130 if interrupted else tally.exit_code(stop)
    if flags.json:
        outcomes = [kept[job] for job in jobs if job in kept]
        document = run_document(
            outcomes, tally, stop, skipped, planned=len(jobs), exit_code=code, folder=folder
        )
        _say([document])
    else:
        seconds = time.monotonic() - begun
        _say(summary(tally, stop, skipped, planned=len(jobs), seconds=seconds))
    return code


def _dry_run(
    flags: argparse.Namespace,
    settings: Settings,
    pairs: Sequence[LocalePair],
    jobs: Sequence[Job],
    skipped: Sequence[Skipped],
) -> int:
    """Read and count every article; returns the exit code."""
    from translate_pipeline.article import DEFAULT_KEYS, ArticleOptions, parse
    from translate_pipeline.conversation.prompts import Templates
    from translate_pipeline.errors import ArticleError
    from translate_pipeline.estimate import Estimate, Estimator
    from translate_pipeline.files import read_text
    from translate_pipeline.report.json_document import dry_run_document
    from translate_pipeline.report.text import estimate_lines, printable, shown
    from translate_pipeline.resources import read_prompt

    keys = settings.front_matter_keys
    options = ArticleOptions(DEFAULT_KEYS if keys is None else keys, settings.references)
    estimator = Estimator(
        pairs,
        Templates(read_prompt("system"), read_prompt("task"), read_prompt("repair")),
        glossary=settings.glossary,
        instruction=settings.instruction,
    )
    folder, total, unreadable = Path.cwd(), Estimate(), dict[Path, str]()
    sources = list(dict.fromkeys(job.source for job in jobs))
    for source in sources:
        try:
            article = parse(read_text(source), settings.dialect, options)
        except ArticleError as error:
            unreadable[source] = str(error).removeprefix(f"{source}: ")
            line = f":{error.line}" if error.line else ""
            print(
                f"{shown(source, folder)}{line}: {printable(unreadable[source])}", file=sys.stderr
            )
        else:
            total += estimator.estimate(article)
    code = 1 if unreadable else 0
    numbers = {"articles": len(sources) - len(unreadable), "locales": len(pairs)}
    if flags.json:
        _say(
            [dry_run_document(total, unreadable, skipped, **numbers, exit_code=code, folder=folder)]
        )
    else:
        _say(estimate_lines(total, skipped, **numbers))
    return code


def _say(lines: Iterable[str]) -> None:
    """Print to stdout, whatever its encoding can show."""
    encoding = sys.stdout.encoding or "utf-8"
    for line in lines:
        print(line.encode(encoding, "backslashreplace").decode(encoding))
