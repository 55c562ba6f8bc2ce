"""Takes the flags of `glossary`, does its actions: suggestions as TOML, faults of the files.

The law: one article is in memory at a time, and one that cannot be read is told on stderr and
left out.
"""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from translate_pipeline.article import parse
from translate_pipeline.cli._choices import settings_of
from translate_pipeline.cli._work import say
from translate_pipeline.dialect_choice import choose
from translate_pipeline.errors import ArticleError, ConfigError
from translate_pipeline.files import inside, read_text
from translate_pipeline.glossary_files import Entry, faults, read_glossary
from translate_pipeline.glossary_files.suggest import Candidate, Candidates
from translate_pipeline.locale import ALIASES, load_style, parse_locale
from translate_pipeline.report.text import printable
from translate_pipeline.settings import Settings

__all__ = ["check", "suggest"]


def suggest(flags: Namespace, folder: Path) -> int:
    """Print what recurs in the sources. Raises ConfigError."""
    if flags.most < 1 or flags.articles < 1:
        raise ConfigError("--most and --articles must be at least 1")
    settings, config = settings_of(flags, folder)
    aliases = {**ALIASES, **settings.aliases}
    source = parse_locale(settings.source, aliases)
    targets = [parse_locale(name, aliases).name for name in settings.targets]
    found = Candidates(load_style(source).stopwords)
    articles = 0
    home = folder if config is None else config.absolute().parent
    for path in _sources(flags, settings, home, folder):
        try:
            text = read_text(path)
            dialect = choose(path.name, text, configured=settings.dialect).dialect
            found.add(parse(text, dialect).segments)
            articles += 1
        except ArticleError as error:
            line = f"left out: {error}"
            print(printable(line), file=sys.stderr)
    best = found.best(articles=flags.articles, most=flags.most)
    own = [name for name in targets if name != source.name]
    say(_toml(best, articles, own))
    return 0


def check(flags: Namespace, folder: Path) -> int:
    """Print the faults of the glossary files; 1 if there are any. Raises ConfigError."""
    settings, config = settings_of(flags, folder)
    home = folder if config is None else config.absolute().parent
    files = flags.files or [home / name for name in settings.glossary_files]
    if not files:
        raise ConfigError(
            'no glossary is named: name a file, or set glossary_files = ["glossary.toml"]'
        )
    aliases = {**ALIASES, **settings.aliases}
    entries: list[Entry] = []
    for path in files:
        if not flags.files and not inside(home, path):
            raise ConfigError(f"`glossary_files`: {path} is outside of {home}; put it there")
        entries += read_glossary(path, aliases=aliases)
    found = list(faults(entries))
    say(printable(line) for line in found)
    names = f"{len(files)} file{'s' * (len(files) != 1)}"
    say([f"{len(entries):,} entries in {names}, {len(found) or 'no'} faults"])
    return 1 if found else 0


def _sources(flags: Namespace, settings: Settings, home: Path, folder: Path) -> Iterator[Path]:
    """The sources: those of the paths, else those of the site."""
    if flags.paths:
        from translate_pipeline.discovery import default_root, discover

        aliases = {**ALIASES, **settings.aliases}
        source = parse_locale(settings.source, aliases)
        found = discover(
            flags.paths,
            source=source,
            targets=[parse_locale(name, aliases) for name in settings.targets],
            root=default_root(flags.paths, folder, source),
            aliases=aliases,
        )
        yield from (article.path for article in found.sources)
        return
    if not settings.has_site:
        raise ConfigError("no article is named: name a folder, or a config with a `layout`")
    from translate_pipeline.cli._site import site_work

    work = site_work(settings, home)
    own = parse_locale(settings.source, work.aliases)
    for item in work.planned():
        if item.locale.tag == own.tag:
            yield Path(os.path.join(work.root, item.source))


def _toml(found: Sequence[Candidate], articles: int, targets: Sequence[str]) -> Iterator[str]:
    """The lines of a glossary file with the candidates."""
    names = [one for one in found if one.name]
    terms = [one for one in found if not one.name]
    yield f"# What recurs in {articles:,} articles. Remove what is no name or term."
    yield ""
    if names:
        yield "# These stay as they are in every language."
        yield "keep = ["
        yield from (f"  {_string(one.text)}, {_counts(one)}" for one in names)
        yield "]"
    room = ", ".join(f'{_key(name)} = ""' for name in targets)
    for one in terms:
        yield ""
        yield f"[[term]] {_counts(one)}"
        yield f"source = {_string(one.text)}"
        yield f"target = {{ {room} }}" if room else "target = {}"


def _counts(one: Candidate) -> str:
    return f"# {one.articles:,} articles, {one.times:,} times"


def _string(text: str) -> str:
    # A basic string of TOML is one of JSON but for DEL, which is no letter.
    return json.dumps(text, ensure_ascii=False)


def _key(name: str) -> str:
    return (
        name
        if name.replace("-", "").replace("_", "").isalnum() and name.isascii()
        else (_string(name))
    )
