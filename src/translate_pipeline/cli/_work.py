"""Takes the flags of `translate`, gives the work: settings, locales, and which file goes where.

The law: everything that can be wrong with the command line is found here, before a byte is
sent or written.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from translate_pipeline.article import DEFAULT_KEYS, dialects
from translate_pipeline.cli._choices import settings_of
from translate_pipeline.discovery import Skipped, default_root, discover
from translate_pipeline.errors import ConfigError
from translate_pipeline.locale import ALIASES, parse_locale
from translate_pipeline.model import LocalePair
from translate_pipeline.settings import Settings
from translate_pipeline.target_path import Job, Layout, plan

__all__ = ["Work", "say", "work_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a `translate` has to do. `folder` is where the user stands, for shown paths."""

    settings: Settings
    aliases: Mapping[str, str]
    pairs: Sequence[LocalePair]
    jobs: Sequence[Job]
    skipped: Sequence[Skipped]
    folder: Path
    json: bool

    @property
    def front_matter_keys(self) -> tuple[str, ...]:
        """The configured keys, or the default ones."""
        keys = self.settings.front_matter_keys
        return DEFAULT_KEYS if keys is None else keys


def work_of(flags: Namespace, folder: Path) -> Work:
    """Settings, locales, discovery and targets, in this order. Raises `ConfigError`."""
    settings, config = settings_of(flags, folder)
    dialects.find(settings.dialect)
    aliases = {**ALIASES, **settings.aliases}
    pairs = _pairs(settings, aliases)
    source = pairs[0].source
    home = folder if config is None else config.absolute().parent
    root = flags.root.resolve() if flags.root else default_root(flags.paths, home, source)
    found = discover(
        flags.paths,
        source=source,
        targets=[pair.target for pair in pairs],
        root=root,
        aliases=aliases,
    )
    out = settings.out
    if out and "{" not in out:
        # A flag is meant from where the user stands, a config from where it lies.
        out = str((folder if flags.out else home) / out)
    jobs, left_out = plan(found.sources, pairs, Layout(root, out, strict=bool(flags.root)))
    skipped = [*found.skipped, *(Skipped(p, "the target of another source") for p in left_out)]
    if not jobs:
        why = f" (skipped {len(skipped)} that are translations themselves)" if skipped else ""
        raise ConfigError(f"no article to translate{why}: name a Markdown file, or check --from")
    return Work(
        settings=settings,
        aliases=aliases,
        pairs=pairs,
        jobs=jobs,
        skipped=skipped,
        folder=folder,
        json=flags.json,
    )


def say(lines: Iterable[str]) -> None:
    """Print to stdout, whatever its encoding can show."""
    encoding = sys.stdout.encoding or "utf-8"
    for line in lines:
        print(line.encode(encoding, "backslashreplace").decode(encoding))


def _pairs(settings: Settings, aliases: Mapping[str, str]) -> list[LocalePair]:
    """The source with each target; a target that is the source is refused."""
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
