"""Takes the paths a user named, gives the articles behind them in a fixed order.

The law: the same tree gives the same list on every machine, and nothing is left out
silently: what looks like a translation itself is named, with the reason.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from translate_pipeline.errors import ConfigError, LocaleError
from translate_pipeline.files import inside
from translate_pipeline.locale import ALIASES, parse_locale
from translate_pipeline.model import Locale
from translate_pipeline.target_path import Source, spellings, split_locale

__all__ = ["EXTENSIONS", "Found", "Skipped", "default_root", "discover"]

EXTENSIONS = frozenset({".md", ".markdown", ".mdown", ".mdx", ".qmd", ".Rmd"})
# Never sources: installed packages, and what Jekyll built.
_FOREIGN_FOLDERS = frozenset({"node_modules", "_site"})

# A locale at the end of a file's stem: `x.de`, `x-pt-BR`, `x_zh_Hant`. Three letters and
# longer names are too often plain words (`.min`, `.api`) to be taken for a language.
_ENDING = re.compile(
    r"(?P<separator>[.\-_])(?P<locale>[A-Za-z]{2}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Z]{2}|\d{3}))?)\Z"
)
# Enough for any real front matter; a file that is longer is only judged by its head.
_HEAD = 16 * 1024
_KEY = re.compile(r"(lang|translated)\s*[:=]\s*[\"']?([^\"'#\s]*)")


class Skipped(NamedTuple):
    """A file in a folder that is not translated, and why."""

    path: Path
    reason: str


class Found(NamedTuple):
    sources: tuple[Source, ...]
    skipped: tuple[Skipped, ...]


def default_root(paths: Sequence[Path], folder: Path, source: Locale) -> Path:
    """The folder that targets must not leave: `folder` if it holds all `paths`.

    Else the deepest folder that holds them all; one level higher when that is called by the
    source's locale, for `docs/en` has its targets in `docs/de`.
    """
    homes = [_canonical(path) if path.is_dir() else _canonical(path).parent for path in paths]
    folder = Path(os.path.realpath(folder))
    if all(home.is_relative_to(folder) for home in homes):
        return folder
    try:
        common = Path(os.path.commonpath(homes))
    except ValueError:  # two drives of Windows
        raise ConfigError("the paths have no common folder; run once for each drive") from None
    return common.parent if common.name.casefold() in spellings(source) else common


def discover(
    paths: Sequence[Path],
    *,
    source: Locale,
    targets: Sequence[Locale],
    root: Path,
    aliases: Mapping[str, str] = ALIASES,
) -> Found:
    """The articles in the order of `paths`, each folder sorted by path; each file once.

    A file named in `paths` is always a source. In folders only Markdown files count;
    hidden files and folders, `node_modules` and `_site` are not entered, nor are links to
    folders followed. Skipped, with a reason: links out of `root`, and translations (by
    front matter `lang` or `translated: true`, else by a locale in the name or folder).

    Raises `ConfigError` for a path that does not exist or leaves `root`.
    """
    sources: dict[Path, Source] = {}
    skipped: dict[Path, Skipped] = {}
    for given in paths:
        path = _canonical(given)
        if not path.exists():
            raise ConfigError(f"{given}: there is no such file or folder; check the path")
        if not inside(root, path):
            raise ConfigError(
                f"{given}: this is outside of the root {root};"
                " set --root to a folder that holds every path"
            )
        if not path.is_dir():
            sources[path] = Source(path, path.parent)
            continue
        for file in _walk(path):
            if file in sources or file in skipped:
                continue
            if not inside(root, file):
                skipped[file] = Skipped(file, f"a link that leads out of {root}")
            elif reason := _is_translation(file, path, source, targets, aliases):
                skipped[file] = Skipped(file, reason)
            else:
                sources[file] = Source(file, path, named=False)
    named = [path for path in skipped if path in sources]
    return Found(tuple(sources.values()), tuple(s for p, s in skipped.items() if p not in named))


def _canonical(path: Path) -> Path:
    """The absolute path with its folder's links followed; a link to a file keeps its name."""
    path = Path(os.path.abspath(path))
    if path.is_dir():
        return Path(os.path.realpath(path))
    return Path(os.path.realpath(path.parent)) / path.name


def _walk(top: Path) -> Iterator[Path]:
    """The Markdown files below `top`, sorted by their path; no recursion, no links."""
    folders = [top]
    while folders:
        folder = folders.pop()
        entries: list[Path] = []
        inner: list[Path] = []
        try:
            with os.scandir(folder) as listing:
                for entry in listing:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        if entry.name not in _FOREIGN_FOLDERS:
                            inner.append(Path(entry.path))
                    elif Path(entry.name).suffix in EXTENSIONS and entry.is_file():
                        entries.append(Path(entry.path))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise ConfigError(f"{folder}: {reason}; check the rights of the folder") from None
        yield from sorted(entries)
        folders.extend(sorted(inner, reverse=True))


def _is_translation(
    file: Path, top: Path, source: Locale, targets: Sequence[Locale], aliases: Mapping[str, str]
) -> str:
    """Why `file` is a translation, not a source; empty if it is none.

    What the author wrote in the front matter decides. Names are weaker: `just-do-it.md` is
    no Italian. A locale in a name counts if this run writes it, or if the source stands
    beside it (`x-en.md` or `x.md`; the folder `en`).
    """
    lang, translated = _front_matter(file)
    if translated:
        return "front matter: translated: true"
    if lang:
        try:
            written = parse_locale(lang, aliases)
        except LocaleError:
            pass  # `lang: ruby` speaks of something else
        else:
            if _language(written) != _language(source):
                return f"front matter: lang: {lang}"
            return ""
    return _by_name(file, top, source, targets)


def _by_name(file: Path, top: Path, source: Locale, targets: Sequence[Locale]) -> str:
    """The same from the locale in the file's name, then from that of its folders."""
    requested = frozenset[str]().union(*(spellings(target) for target in targets))
    own = spellings(source)
    if split_locale(file.stem, own):
        return ""
    if found := split_locale(file.stem, requested):
        return f"file name: {file.stem[len(found[0]) :].lstrip('.-_')}"
    ending = _ENDING.search(file.stem)
    if ending is not None and _is_locale(ending["locale"]):
        rest, separator = file.stem[: ending.start()], ending["separator"]
        beside = (f"{rest}{separator}{source.name}{file.suffix}", f"{rest}{file.suffix}")
        # Nobody writes `do.it.md` and means a sentence.
        if separator == "." or any((file.parent / name).exists() for name in beside):
            return f"file name: {ending['locale']}"
    for folder in file.parents:
        name = folder.name.casefold()
        if folder == top or name in own:
            break
        if name in requested or (
            _is_locale(folder.name) and (folder.parent / source.name).is_dir()
        ):
            return f"folder: {folder.name}"
    return ""


def _front_matter(file: Path) -> tuple[str, bool]:
    """`lang` and `translated: true` of a file's YAML or TOML head, by its lines alone.

    Thousands of files are looked at before the first is translated: no parser for that.
    """
    try:
        with file.open("rb") as stream:
            head = stream.read(_HEAD).decode("utf-8-sig", errors="replace")
    except OSError:
        return "", False  # reading it as a source will say what is wrong
    lines = head.splitlines()
    if not lines or lines[0].rstrip() not in ("---", "+++"):
        return "", False
    values: dict[str, str] = {}
    for line in lines[1:]:
        if line.rstrip() in (lines[0].rstrip(), "..."):
            return values.get("lang", ""), values.get("translated", "").lower() == "true"
        if found := _KEY.match(line):
            values.setdefault(found[1], found[2])
    return "", False


def _language(locale: Locale) -> tuple[str, str]:
    """Language and script: `en-US` is the same source as `en`, `zh-Hant` not as `zh-Hans`."""
    return locale.tag.split("-")[0], locale.script


def _is_locale(name: str, known: Collection[str] = ALIASES) -> bool:
    if name.casefold() in known:
        return True
    if not _ENDING.match(f".{name}"):
        return False
    try:
        parse_locale(name)
    except LocaleError:
        return False
    return True
