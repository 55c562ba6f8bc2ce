"""Takes the path of a glossary file, gives its entries; the ending says how it is read.

Law: a file that cannot be read in full gives nothing but an error with its name and line.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from translate_pipeline.errors import ArticleError, ConfigError
from translate_pipeline.files import read_text
from translate_pipeline.glossary_files import csv_file, tbx, toml
from translate_pipeline.glossary_files.entry import Entry
from translate_pipeline.locale import ALIASES

__all__ = ["FORMATS", "read_glossary"]

#: The endings of the formats.
FORMATS = (".toml", ".csv", ".tsv", ".tbx", ".xml")

_LARGEST = 50_000_000  # bytes; some 200,000 terms


def read_glossary(path: Path, *, aliases: Mapping[str, str] = ALIASES) -> tuple[Entry, ...]:
    """The entries of a TOML, CSV, TSV or TBX-Basic file, in its order.

    `aliases` are the site's spellings of languages. Raises ConfigError that names file and line.
    """
    kind = path.suffix.lower()
    if kind not in FORMATS:
        raise ConfigError(f"{path}: a glossary is a file {', '.join(FORMATS)}; save it as one")
    try:
        if path.stat().st_size > _LARGEST:
            raise ConfigError(f"{path}: this is larger than 50 MB; no glossary is, split it")
        if kind in (".tbx", ".xml"):
            with open(path, "rb") as stream:
                return tbx.read(stream, str(path), aliases)
        text = read_text(path).removeprefix("\ufeff")
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise ConfigError(f"{path}: {why}; correct `glossary_files`") from None
    except ArticleError as error:
        raise ConfigError(str(error).replace("name a Markdown file", "name a glossary")) from None
    read = toml.read if kind == ".toml" else csv_file.read
    return read(text, str(path), aliases)
