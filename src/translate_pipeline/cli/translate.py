"""The command `translate`: its flags, and the way to what it does.

The law: nothing but argparse is imported here, for `--help` passes through.
"""

from __future__ import annotations

import argparse
from pathlib import Path

__all__ = ["DESCRIPTION", "HELP", "add_arguments", "execute"]

HELP = "translate articles and folders of articles"
DESCRIPTION = """\
Translate Markdown articles. In folders, files that are translations themselves are skipped.

The target stands beside the source, with the target's locale in the source's place
(x-en.md, x.en.md, en/x.md), else before the extension (x.de.md). A target is written whole
or not at all; what was there before stays when a translation is refused.

With a `layout` in translate-pipeline.toml (`translate-pipeline init` writes one) no path is
needed: every article whose translation is missing or stale is brought up to date.

What was translated before is not sent again; what a person changed in a translation stays.
Every flag can be a key of translate-pipeline.toml in the working folder.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The flags; those named as a field of `Settings` override the config file."""
    add = parser.add_argument
    add(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="article or folder; with a layout in the config: everything that is not fresh",
    )
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
    add(
        "--context",
        choices=("auto", "article", "window", "none"),
        help="what a request is shown of its article; auto (default): by price and cache",
    )
    add(
        "--dialect",
        metavar="auto|NAME",
        help="Markdown flavour; auto (default): by layout, extension or text; --explain tells",
    )
    add("--references", choices=("keep", "translate"), help="entries of reference lists")
    add(
        "--on-failure",
        choices=("refuse", "keep-source"),
        help="for an article with a refused segment: no file (default), or that segment as it is",
    )
    add("--review", choices=("off", "flagged", "all"), help="a second model looks; default: off")
    add(
        "--review-model",
        metavar="NAME",
        help="the model that reviews; best not the one that translates",
    )
    add("--changed-since", metavar="REV", help="only what git says has changed since REV")
    add("--max-articles", type=int, metavar="N", help="stop after N articles")
    add("--max-requests", type=int, metavar="N", help="stop after N requests")
    add("--max-tokens", type=int, metavar="N", help="stop after N tokens in and out")
    add("--max-cost", type=float, metavar="USD", help="stop after so much money")
    add("--prune", action="store_true", help="delete translations whose source is gone")
    add(
        "--overwrite",
        action="store_true",
        help="give up what people changed in translations outside of the prose",
    )
    add("--memory", metavar="WHERE", help="file or URL of the memory; none: remember nothing")
    add("--config", type=Path, metavar="FILE", help="default: translate-pipeline.toml if present")
    add("--root", type=Path, metavar="FOLDER", help="no target is written outside of it")
    add("--batch", action="store_true", help="order at the batch API: half the price, in a day")
    add("--wait", action="store_true", help="with --batch: stay until the answers are there")
    add("--dry-run", action="store_true", help="count and estimate; send and write nothing")
    add("--explain", action="store_true", help="print each article's dialect and why; no more")
    add("--json", action="store_true", help="print one JSON document")
    add("--debug", action="store_true", help="show tracebacks")


def execute(flags: argparse.Namespace) -> int:
    """Translate what the flags say; the exit code. Raises the errors of `errors.py`."""
    from translate_pipeline.cli._dry_run import dry_run
    from translate_pipeline.cli._translate import translate
    from translate_pipeline.cli._work import work_of

    work = work_of(flags, Path.cwd())
    if flags.explain:
        from translate_pipeline.cli._explain import explain

        return explain(work)
    if flags.batch and not flags.dry_run:
        from translate_pipeline.cli._order import order

        return order(work, flags)
    return dry_run(work, batch=flags.batch) if flags.dry_run else translate(work)
