"""Ledger files of a site in, the heads of their sections out, and no ledger is read twice.

The law: what is told is what the files say now (see `stamps`). A ledger that cannot be read
is told as that; it does not end the survey of a site.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from translate_pipeline.errors import ConfigError
from translate_pipeline.memory import ledger
from translate_pipeline.memory.ledger import Head, Section
from translate_pipeline.memory.stamps import Stamps
from translate_pipeline.model import Maker

__all__ = ["NO_LEDGER", "KnownHeads", "known_heads", "ledger_files", "source_of"]

_SUFFIX = ".ledger"


class KnownHeads(NamedTuple):
    """The heads of one ledger by locale; `fault` says what is wrong with it, and where."""

    sections: Mapping[str, Head]
    fault: str = ""


#: Stands for a ledger that is not there.
NO_LEDGER: Final = KnownHeads(MappingProxyType({}))


def ledger_files(root: Path | str) -> set[str]:
    """Every ledger of the site, as its path relative to the root; links are not followed."""
    found: set[str] = set()
    folders = [ledger.FOLDER]
    while folders:
        folder = folders.pop()
        with suppress(OSError), os.scandir(f"{root}/{folder}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{folder}/{entry.name}")
                elif entry.name.endswith(_SUFFIX):
                    found.add(f"{folder}/{entry.name}")
    return found


def source_of(path: str) -> str:
    """The article whose ledger stands at `path`: the inverse of `ledger.path_of`.

    >>> source_of(".translate-pipeline/ledger/original/tide-en.md.ledger")
    'original/tide-en.md'
    """
    return path.removeprefix(f"{ledger.FOLDER}/").removesuffix(_SUFFIX)


def known_heads(stamps: Stamps, paths: Iterable[str]) -> dict[str, KnownHeads]:
    """The heads of each ledger that is there, by its path."""
    found = {}
    for path, note in stamps.notes(paths, _note).items():
        if note:
            fault, sections = json.loads(note)
            heads = {locale: Head(*head) for locale, *head in sections}
            found[path] = KnownHeads(heads, f"{path}{fault}" if fault else "")
        elif note is not None:
            found[path] = KnownHeads({}, f"{path}: {stamps.faults[path]}; check its rights")
    return found


def _note(data: bytes) -> str:
    """The heads of a ledger in a form that is quicker to read than the ledger."""
    try:
        return _packed(ledger.heads(data))
    except ConfigError:
        pass  # the reader that checks everything says why, or takes what is only unusual
    try:
        read = ledger.read(data.decode("utf-8"), "")
    except UnicodeDecodeError:
        return json.dumps([": this is no UTF-8; restore the file from version control", []])
    except ConfigError as error:
        return json.dumps([str(error), []])
    return _packed({locale: _head(section) for locale, section in read.sections.items()})


def _packed(heads: Mapping[str, Head]) -> str:
    return json.dumps(["", [(locale, *head) for locale, head in heads.items()]])


def _head(section: Section) -> Head:
    return Head(
        section.target,
        section.source_digest,
        section.settings_digest,
        section.target_digest,
        section.was,
        any(line.maker is Maker.PERSON for line in section.lines),
        not all(line.trusted for line in section.lines),
    )
