"""The command `init`: looks at a site, says what it found, writes the first config.

The law: nothing that is there is replaced without `--force`, and what is written loads and
finds the site's sources; nothing but argparse is imported here, for `--help` passes through.
"""

from __future__ import annotations

import argparse
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate_pipeline.cli._first_config import Seen
    from translate_pipeline.settings import Settings
    from translate_pipeline.sites.site import Planned

__all__ = ["DESCRIPTION", "add_arguments", "execute"]

DESCRIPTION = """\
Look at a folder, find out how its translations are kept, write a commented config for it.

Nothing is sent, and nothing is replaced without --force.
"""

_CACHES = ("memory.sqlite*", "stamps.sqlite*", "lock")
_SAMPLE = 100  # articles or targets to look at: enough to meet what the site has
# Where the sources of a site that is like no other might be; the user changes it.
_ANY_PATHS = (("docs/{dir}/{stem}{ext}", "{locale}/{dir}/{stem}{ext}"),)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The flags of `init`."""
    add = parser.add_argument
    add("folder", nargs="?", type=Path, default=Path(), metavar="FOLDER", help="default: here")
    add("--layout", metavar="NAME", help="the site's layout, where the first guess is wrong")
    add("--to", dest="targets", action="append", metavar="LOCALES", help="de,fr,pt-BR,hant")
    add("--from", dest="source", metavar="LOCALE", help="default: what the site shows, or en")
    add("--pyproject", action="store_true", help="write [tool.translate-pipeline] instead")
    add("--force", action="store_true", help="replace the config that is there")
    add("--debug", action="store_true", help="show tracebacks")


def execute(flags: argparse.Namespace) -> int:
    """Write the config; the exit code. Raises `ConfigError`."""
    from translate_pipeline import config
    from translate_pipeline.cli._choices import CONFIG, FOLDER, PYPROJECT
    from translate_pipeline.cli._first_config import first_config, suggestions
    from translate_pipeline.cli._pyproject import with_table
    from translate_pipeline.cli._work import say
    from translate_pipeline.errors import ConfigError

    root: Path = flags.folder.resolve()
    if not root.is_dir():
        raise ConfigError(f"{flags.folder} is no folder; name the folder of the site")
    path = root / (PYPROJECT if flags.pyproject else CONFIG)
    _refuse_second(root, path, force=flags.force)
    seen, told = _seen(root, flags)
    say(told)
    planned = _plan(root, config.read(first_config(seen)))
    values, drop = suggestions(_heads(root, planned))
    seen = seen._replace(values=values, drop=drop)
    text = first_config(seen, pyproject=flags.pyproject)
    config.read(text, pyproject=flags.pyproject)
    if flags.pyproject:
        text = with_table(path, text)
    say(_examples(planned))
    ignore = root / FOLDER / ".gitignore"
    _refuse_links(root, (path, ignore))
    for file, content in ((ignore, _ignored(ignore)), (path, text)):
        if _write(file, content):
            say([f"wrote {_shown(file)}"])
    say(_next_steps(root, seen, planned))
    return 0


def _refuse_second(root: Path, path: Path, *, force: bool) -> None:
    from translate_pipeline.cli._choices import config_in
    from translate_pipeline.errors import ConfigError

    there = config_in(root)
    if there is not None and there != path:
        raise ConfigError(
            f"{_shown(there)} has the settings already; edit it, or remove them there"
        )
    if there is not None and not force:
        raise ConfigError(f"{_shown(there)} has settings already; edit it, or replace with --force")


def _seen(root: Path, flags: argparse.Namespace) -> tuple[Seen, list[str]]:
    """What the site is like, by the flags and by looking; and what to tell of it."""
    from translate_pipeline.cli._choices import names_of
    from translate_pipeline.cli._first_config import Seen
    from translate_pipeline.locale import ALIASES, parse_locale
    from translate_pipeline.report.text import printable
    from translate_pipeline.sites import find
    from translate_pipeline.sites.detect import detect

    guesses = detect(root)
    named = flags.layout and find(flags.layout).name
    guess = next((g for g in guesses if not named or g.layout == named), None)
    layout = find(named or (guess.layout if guess else "plain"))
    if guess:
        reason = guess.reason
    else:
        reason = "nothing, --layout names it" if named else "the folder is like no site generator's"
    told = [f"layout {layout.name}: {printable(layout.description)}", f"  {printable(reason)}"]
    others = [g for g in guesses if g.layout != layout.name]
    if others and not named:
        told += ["or another one, with --layout NAME:"]
        told += [f"  {g.layout}: {printable(g.reason)}" for g in others]
    targets = names_of(flags.targets) if flags.targets else guess.targets if guess else ()
    source = flags.source or (guess.source if guess else "en")
    for name in (source, *targets):
        parse_locale(name, ALIASES)
    seen = Seen(
        layout=layout.name,
        description=layout.description,
        dialect=guess.dialect if guess else layout.dialect,
        source=source,
        targets=tuple(name for name in targets if name != source),
        reason=reason,
        paths=guess.paths if guess else () if layout.rules else _ANY_PATHS,
    )
    return seen, told


def _plan(root: Path, settings: Settings) -> list[Planned]:
    from translate_pipeline.locale import ALIASES, parse_locale
    from translate_pipeline.sites import find
    from translate_pipeline.sites.layout import with_paths
    from translate_pipeline.sites.site import Site

    paths = ((rule.source, rule.target) for rule in settings.paths)
    site = Site(
        root=root,
        layout=with_paths(find(settings.layout), paths),
        source=parse_locale(settings.source, ALIASES),
        targets=tuple(parse_locale(name, ALIASES) for name in settings.targets),
    )
    return list(site.plan())


def _heads(root: Path, planned: Sequence[Planned]) -> Iterator[str]:
    """The beginnings of some articles, spread evenly over the site."""
    from translate_pipeline.sites.source_locale import HEAD

    for row in planned[:: max(1, len(planned) // _SAMPLE)]:
        try:
            with (root / row.source).open("rb") as file:
                yield file.read(HEAD).decode("utf-8", "replace")
        except OSError:
            continue  # `translate` will say so; a sample does without it


def _examples(planned: Sequence[Planned]) -> Iterator[str]:
    from translate_pipeline.report.text import printable

    if not planned:
        yield "no sources there yet; correct `layout` or `paths` if there should be"
        return
    yield f"{len(planned):,} source{'s' * (len(planned) != 1)}; for example:"
    for source, _, targets, _ in (planned[0], planned[-1])[: len(planned)]:
        arrow = f" → {printable(targets[-1][1])}" if targets else ""
        yield f"  {printable(source)}{arrow}"


def _refuse_links(root: Path, files: Sequence[Path]) -> None:
    from translate_pipeline.errors import ConfigError
    from translate_pipeline.files import inside

    for file in files:
        if not inside(root, file):
            raise ConfigError(f"{_shown(file)} is behind a link out of the folder; remove the link")


def _ignored(path: Path) -> str:
    """The names of what is no one else's, after whatever is in the file already."""
    from translate_pipeline.files import read_text

    there = read_text(path) if path.exists() else ""
    missing = [name for name in _CACHES if name not in there.split()]
    gap = "\n" if there and missing and not there.endswith("\n") else ""
    return there + gap + "".join(f"{name}\n" for name in missing)


def _write(path: Path, text: str) -> bool:
    """True if the file was not so already."""
    from translate_pipeline.errors import ConfigError
    from translate_pipeline.files import read_text, write_text

    if path.exists() and read_text(path) == text:
        return False
    try:
        write_text(path, text)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigError(
            f"{_shown(path)}: {reason}; make room for it, or make it writable"
        ) from None
    return True


def _next_steps(root: Path, seen: Seen, planned: Sequence[Planned]) -> Iterator[str]:
    import shlex
    from itertools import islice

    yield "next:"
    if root != Path.cwd():
        yield f"  cd {shlex.quote(_shown(root))}"
    if not seen.targets:
        yield '  name the languages in `targets`, as in targets = ["de", "fr"]'
    targets = (root / path for row in planned for _, path in row.targets)
    if any(path.is_file() for path in islice(targets, _SAMPLE)):
        yield "  translate-pipeline adopt                 # takes over the translations there are"
    yield "  translate-pipeline translate --dry-run   # says what it would cost, sends nothing"


def _shown(path: Path) -> str:
    from translate_pipeline.report.text import shown

    return shown(path, Path.cwd())
