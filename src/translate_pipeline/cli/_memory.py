"""Takes the flags of `memory`, asks the memory of the site, says what became of it.

The law: a memory is made only by what puts something into it; whoever asks one that is not
there is told so.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from translate_pipeline.cli._choices import memory_place, settings_of
from translate_pipeline.cli._work import say
from translate_pipeline.errors import ConfigError
from translate_pipeline.locale import ALIASES, parse_locale
from translate_pipeline.memory import open_memory, tmx
from translate_pipeline.memory.entry import Entry
from translate_pipeline.memory.store import Memory, Selection, Stats
from translate_pipeline.model import Locale, Maker
from translate_pipeline.report.text import printable
from translate_pipeline.settings import Settings

__all__ = ["export", "forget", "import_", "stats"]

_STDIO = "-"


def stats(flags: Namespace, folder: Path) -> int:
    """Print what the memory holds."""
    with _memory(*_home(flags, folder)) as memory:
        found = memory.stats()
    if flags.json:
        say([_document(found)])
        return 0
    size = "" if found.size is None else f", {found.size / 1e6:,.1f} MB"
    lines = [f"{printable(found.where)}: {_entries(found.entries)}{size}"]
    makers: dict[tuple[str, str], Counter[str]] = {}
    for count in found.counts:
        pair = makers.setdefault((count.source_tag, count.target_tag), Counter())
        pair[count.maker.value] += count.entries
    for (source, target), by_maker in sorted(makers.items()):
        parts = ", ".join(f"{by_maker[maker]:,} {maker}" for maker in Maker if by_maker[maker])
        lines.append(f"  {source} → {target}: {by_maker.total():,} ({parts})")
    if not found.entries:
        lines.append("Translate something, or take old translations in: memory import FILE.tmx")
    say(lines)
    return 0


def export(flags: Namespace, folder: Path) -> int:
    """Write the wanted entries as TMX. The old file stays until the new one is whole."""
    settings, root = _home(flags, folder)
    wanted = _selection(flags, settings)
    with _memory(settings, root) as memory:
        entries = memory.entries(wanted)
        if flags.file == _STDIO:
            count = tmx.write(entries, sys.stdout.buffer, source_tag=wanted.source_tag)
        else:
            path = folder / flags.file
            with _told(path), _replacing(path) as stream:
                count = tmx.write(entries, stream, source_tag=wanted.source_tag)
    # Not to stdout, which may be the file.
    print(f"{_entries(count)} written to {printable(flags.file)}", file=sys.stderr)
    return 0


def import_(flags: Namespace, folder: Path) -> int:
    """Add the translations of TMX files; 1 where a file had none that can be used."""
    settings, root = _home(flags, folder)
    aliases = {**ALIASES, **settings.aliases}
    wanted = _Wanted(_locale(flags.from_locale, aliases), _locale(flags.to_locale, aliases))
    locales = [parse_locale(name, aliases) for name in (settings.source, *settings.targets)]
    code = 0
    with _memory(settings, root, make=True) as memory:
        for name in flags.files:
            shown = "stdin" if name == _STDIO else name
            dropped: Counter[str] = Counter()
            taken = _Counted()
            with _reading(folder, name) as stream:
                found = tmx.read(
                    stream,
                    where=shown,
                    locales=locales,
                    source=wanted.source or locales[0],
                    on_drop=lambda why, told=dropped: told.update((why,)),  # type: ignore[misc]
                )
                memory.add(taken.through(wanted.of(found)))
            say([f"{printable(shown)}: {_entries(taken.count)} imported"])
            for why, count in dropped.most_common():
                print(f"{printable(shown)}: left out {count:,}: {printable(why)}", file=sys.stderr)
            if not taken.count:
                code = 1
                print(
                    f"{printable(shown)}: nothing in it can be used; check its languages, and"
                    " --from and --to",
                    file=sys.stderr,
                )
    return code


def forget(flags: Namespace, folder: Path) -> int:
    """Drop the wanted entries, if `--yes` says so."""
    settings, root = _home(flags, folder)
    wanted = _selection(flags, settings)
    if (wanted == Selection()) != flags.everything:
        raise ConfigError(
            "say what to forget: --from, --to, --containing, --maker, --signature or --before;"
            " or --everything alone"
        )
    with _memory(settings, root) as memory:
        if flags.yes and not flags.dry_run:
            say([f"{_entries(memory.forget(wanted))} forgotten"])
            return 0
        makers = Counter(entry.maker for entry in memory.entries(wanted))
    people = makers[Maker.PERSON]
    warning = f"; {people:,} of them by a person, who cannot be asked again" if people else ""
    if not flags.dry_run and makers.total():
        raise ConfigError(
            f"{_entries(makers.total())} would be forgotten{warning}."
            " Say --yes to do it; `memory export` keeps a copy"
        )
    say([f"{_entries(makers.total())} would be forgotten{warning}"])
    return 0


class _Wanted:
    """The languages an import is limited to; a region of theirs is taken as them."""

    def __init__(self, source: Locale | None, target: Locale | None) -> None:
        self.source, self.target = source, target
        self._known: dict[tuple[str, str], str] = {}

    def of(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        for entry in entries:
            source = self._tag(entry.source_tag, self.source)
            target = self._tag(entry.target_tag, self.target)
            if source and target:
                yield replace(entry, source_tag=source, target_tag=target)

    def _tag(self, tag: str, wanted: Locale | None) -> str:
        """The tag to file `tag` under; empty if it is not wanted."""
        if wanted is None or tag == wanted.tag:
            return tag
        asked = (tag, wanted.tag)
        if asked not in self._known:
            other = parse_locale(tag)
            same = tag.partition("-")[0] == wanted.tag.partition("-")[0]
            self._known[asked] = wanted.tag if same and other.script == wanted.script else ""
        return self._known[asked]


class _Counted:
    """How many entries went through."""

    def __init__(self) -> None:
        self.count = 0

    def through(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        for entry in entries:
            self.count += 1
            yield entry


def _selection(flags: Namespace, settings: Settings) -> Selection:
    aliases = {**ALIASES, **settings.aliases}
    source, target = _locale(flags.from_locale, aliases), _locale(flags.to_locale, aliases)
    before = getattr(flags, "before", None) or ""
    return Selection(
        source_tag=source.tag if source else "",
        target_tag=target.tag if target else "",
        text=getattr(flags, "containing", None) or "",
        maker=Maker(flags.maker) if flags.maker else None,
        signature=getattr(flags, "signature", None) or "",
        before=_date(before) if before else "",
    )


def _date(text: str) -> str:
    """A date or time in UTC as the memory writes them. Raises `ConfigError`."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ConfigError(
            f"--before {printable(text)}: this is no date; write it like 2026-01-31"
        ) from None
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _locale(name: str | None, aliases: Mapping[str, str]) -> Locale | None:
    return parse_locale(name, aliases) if name else None


def _home(flags: Namespace, folder: Path) -> tuple[Settings, Path]:
    """The settings, and the folder that a relative path of the memory is meant from."""
    settings, config = settings_of(flags, folder)
    return settings, folder if config is None else config.absolute().parent


@contextlib.contextmanager
def _memory(settings: Settings, root: Path, *, make: bool = False) -> Iterator[Memory]:
    """The memory of the site, closed afterwards. Raises `ConfigError`."""
    place = memory_place(settings, root, os.environ)
    if place is None:
        raise ConfigError('there is no memory: the config says `memory = "none"`')
    if isinstance(place, Path) and not make and not place.exists():
        raise ConfigError(
            f"there is no memory at {place}; translate something first, take old translations in"
            " with `memory import FILE.tmx`, or name the site's config with --config"
        )
    memory = open_memory(place)
    try:
        yield memory
    except BrokenPipeError:  # who reads stdout has read enough
        raise
    except OSError as error:
        raise ConfigError(
            f"the memory: {_reason(error)}; make room or check its rights, then run it again"
        ) from None
    finally:
        memory.close()


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """An OSError of the file at `path` as a `ConfigError`."""
    try:
        yield
    except OSError as error:
        raise ConfigError(f"{path}: {_reason(error)}; check the path and its rights") from None


@contextlib.contextmanager
def _reading(folder: Path, name: str) -> Iterator[BinaryIO]:
    if name == _STDIO:
        yield sys.stdin.buffer
        return
    with _told(Path(name)):
        file = open(folder / name, "rb")  # noqa: SIM115 - closed below; the memory may fail, too
    with file:
        yield file


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A stream whose content stands at `path` when all went well; else `path` is as it was."""
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():  # /dev/stdout, a pipe: nothing to replace
        with open(target, "wb") as stream:
            yield stream
        return
    temporary = target.parent / f".translate-pipeline-{secrets.token_hex(8)}.tmp"
    try:
        with open(temporary, "xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _document(found: Stats) -> str:
    counts = [
        {"source": c.source_tag, "target": c.target_tag, "maker": c.maker, "entries": c.entries}
        for c in found.counts
    ]
    whole = {"where": found.where, "entries": found.entries, "bytes": found.size, "counts": counts}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
