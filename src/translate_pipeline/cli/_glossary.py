"""Takes settings and the site's folder, gives its glossary: the config's terms and its files'.

The law: a file is read once for a run, and none outside of the folder is read. What the config
itself says of a term wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from translate_pipeline.errors import ConfigError
from translate_pipeline.files import inside
from translate_pipeline.glossary_files import Entry, read_glossary, terms_for
from translate_pipeline.model import LocalePair, Term

__all__ = ["glossary_entries", "glossary_for"]


def glossary_entries(
    names: Iterable[str], root: Path, aliases: Mapping[str, str]
) -> tuple[Entry, ...]:
    """The entries of the files `names` below `root`, in their order. Raises ConfigError."""
    entries: list[Entry] = []
    for name in names:
        path = root / name
        if not inside(root, path):
            raise ConfigError(
                f"`glossary_files`: {name} is outside of {root}; put the file into that folder"
            )
        entries += read_glossary(path, aliases=aliases)
    return tuple(entries)


def glossary_for(
    own: Iterable[Term], entries: Iterable[Entry], pair: LocalePair
) -> tuple[Term, ...]:
    """The terms of a run for two languages: `own` of the config, then those of the files."""
    terms = tuple(own)
    told = {term.source for term in terms}
    return (*terms, *(term for term in terms_for(entries, pair) if term.source not in told))
