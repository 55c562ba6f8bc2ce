"""Takes the ledgers and published targets of a site, gives the memory what they tell.

The law: the committed files are the memory. What a database forgot, or never knew because a
colleague translated it, comes back from them; nothing is paid for again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from translate_pipeline.edition import Edition
from translate_pipeline.errors import TranslatePipelineError
from translate_pipeline.files import inside, read_text
from translate_pipeline.made import Translator
from translate_pipeline.memory import ledger
from translate_pipeline.memory.entry import Entry
from translate_pipeline.memory.recover import entries_of, recover
from translate_pipeline.model import LocalePair
from translate_pipeline.target_path import Job

__all__ = ["ledgers", "recorded"]


def ledgers(root: Path) -> Iterator[Path]:
    """The ledger files of the site at `root`, sorted by path."""
    for folder, folders, names in os.walk(root / ledger.FOLDER):
        folders.sort()
        for name in sorted(names):
            if name.endswith(".ledger"):
                yield Path(folder, name)


def recorded(
    paths: Iterable[Path],
    *,
    root: Path,
    sources: Path,
    edition: Edition,
    translators: Callable[[LocalePair], Translator],
    pair: Callable[[str, str], LocalePair | None],
) -> Iterator[Entry]:
    """The entries that the ledgers at `paths` tell of, one article at a time.

    `pair` gives the two languages for a source path and a locale's name. What cannot be read
    or does not fit any more is left out: `check` and `translate` speak of it.
    """
    for path in paths:
        try:
            told = ledger.read(read_text(path), path.name)
            source = sources / told.source
            if not inside(sources, source) or not source.is_file():
                continue
            text = read_text(source)
        except TranslatePipelineError:
            continue
        for section in told.sections.values():
            languages = pair(told.source, section.locale)
            target = root / section.target
            if languages is None or languages.source.tag == languages.target.tag:
                continue
            if not inside(root, target) or not target.is_file():
                continue
            translator = translators(languages)
            try:
                placed = edition.place(Job(source, target, languages), text)
                article = translator.parse(placed, edition.dialect(source, text).dialect)
                was = recover(article, read_text(target), section)
            except TranslatePipelineError:
                continue
            yield from entries_of(
                article, was, languages, signature=section.signature, made=section.made
            )
