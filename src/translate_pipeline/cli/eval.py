"""The command `eval`: how good translations are, beside references.

The law: nothing but argparse is imported here, for `--help` passes through.
"""

from __future__ import annotations

import argparse
from pathlib import Path

__all__ = ["DESCRIPTION", "add_arguments", "execute"]

DESCRIPTION = """\
Translate articles that have published translations, and say how the two compare: chrF and
BLEU (with sacrebleu's signatures), structure, text left in the source language, terms of the
glossary, tokens and cost. The references stand where translations go (x.de.md, de/x.md …);
nothing is written there, and the memory is not used.

  eval SET --to de,ja --model NAME       translate and measure
  eval SET --to de --candidates FOLDER   measure what another tool has made, without a model
  eval --compare A.json B.json           two documents of --json: is the difference chance?

One reference says little about the best systems: use the figures to notice that a new model or
prompt made things worse, not to claim quality.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The flags; those named as a field of `Settings` override the config file."""
    add = parser.add_argument
    add("paths", nargs="*", type=Path, metavar="SET", help="articles, or folders of articles")
    add("--to", dest="targets", action="append", metavar="LOCALES", help="de,fr,pt-BR,hant")
    add("--from", dest="source", metavar="LOCALE", help="default: en")
    add("--references", dest="out", metavar="WHERE", help="folder or pattern of the references")
    add("--candidates", type=Path, metavar="FOLDER", help="translations to measure, as in SET")
    add("--compare", nargs=2, type=Path, metavar="JSON", help="two documents of --json")
    add("--backend", metavar="NAME", help="openai (default with --model), pseudo or apertium")
    add("--model", metavar="NAME", help="the model's name at the endpoint")
    add("--base-url", metavar="URL", help="any OpenAI-compatible endpoint")
    add("--api-key-env", metavar="NAME", help="variable with the key")
    add("--concurrency", type=int, metavar="N", help="requests at once; default: 8")
    add("--timeout", type=float, metavar="SECONDS", help="for one request; default: 120")
    add("--dialect", metavar="auto|NAME", help="Markdown flavour")
    add("--max-requests", type=int, metavar="N", help="stop after N requests")
    add("--max-tokens", type=int, metavar="N", help="stop after N tokens in and out")
    add("--max-cost", type=float, metavar="USD", help="stop after so much money")
    add("--config", type=Path, metavar="FILE", help="default: translate-pipeline.toml if present")
    add("--root", type=Path, metavar="FOLDER", help="the folder that SET's paths belong to")
    add("--json", action="store_true", help="print one JSON document, with all texts")
    add("--debug", action="store_true", help="show tracebacks")


def execute(flags: argparse.Namespace) -> int:
    """Measure or compare; the exit code: 1 where an article is refused or broken.

    Raises the errors of `errors.py`.
    """
    from translate_pipeline.cli import _eval

    if flags.compare:
        return _eval.compare(*flags.compare)
    return _eval.evaluate(flags, Path.cwd())
