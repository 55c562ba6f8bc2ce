"""A number of articles in, the time and memory that commands take over their fresh site out.

The tree is made by a seed: articles of about 1.8 KB in English, a target of each in eight
locales (pseudo-translations of twenty articles, each file made unlike all others), ledgers
with the true digests of all files. Then each command runs in a process of its own, from the
start of Python on:

    python -m benchmarks.site [--articles 1000,3000,10000] [--repeat 3] [--at FOLDER]

- `status, first`: no stamps yet, so every file is read and hashed;
- `status` and `translate`: everything is as it was (`translate` has nothing to do);
- `status` and `check`, `all times new`: as after a checkout, so everything is hashed again.

`files` are sources, targets and ledgers; times are the best of the repeats. CPU seconds tell
more than wall seconds where other work shares the machine. A site is fresh if
`status` says so of all of it, else the benchmark stops.
"""

# ruff: noqa: A005 - only ever run as `benchmarks.site`

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks._articles import article
from benchmarks._corpus import Table
from translate_pipeline.cli._command_line import COMMANDS
from translate_pipeline.cli._site import site_of
from translate_pipeline.memory.identity import key, short
from translate_pipeline.memory.ledger import Ledger, Line, Section, digest, path_of, write
from translate_pipeline.memory.stamps import FOLDER

__all__ = ["LOCALES", "build", "main"]

LOCALES = ("de", "fr", "es", "it", "pt-BR", "ja", "ko", "hant")
_TEMPLATES = 20
_CONFIG = """\
source = "en"
targets = [{targets}]
layout = "plain"
paths = [{{ source = "content/en/{{dir}}/{{stem}}{{ext}}", target = "content/{{locale}}/{{dir}}/{{stem}}{{ext}}" }}]
"""  # noqa: E501 - TOML 1.0 has no line break in an inline table


class Measured(NamedTuple):
    """What one process took: wall and CPU seconds, and the most memory it held, in MiB."""

    seconds: float
    cpu: float
    mebibytes: float


class _Template(NamedTuple):
    source: str
    targets: dict[str, str]
    lines: dict[str, tuple[Line, ...]]


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.site", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--articles", default="1000,3000,10000")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each command, default: 3")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--at", type=Path, help="keep the trees in this folder")
    given = parser.parse_args(argv)
    table = Table("command", "articles", "files", "seconds", "CPU s", "CPU µs per file", "MiB")
    with tempfile.TemporaryDirectory() as temporary:
        for count in map(int, given.articles.split(",")):
            root = (given.at or Path(temporary)) / f"site-{count}"
            files = build(root, count, seed=given.seed)
            for name, measured in _commands(root, given.repeat):
                per_file = round(measured.cpu / files * 1e6)
                mebibytes = round(measured.mebibytes)
                table.add(name, count, files, measured.seconds, measured.cpu, per_file, mebibytes)
    print(table)
    return 0


def build(root: Path, count: int, *, seed: int = 0) -> int:
    """Make the site at `root`, if it is not there; the number of its files."""
    files = count * (2 + len(LOCALES))
    if (root / "translate-pipeline.toml").exists():
        return files
    templates = [_template(seed, number) for number in range(min(count, _TEMPLATES))]
    root.mkdir(parents=True)
    config = _CONFIG.format(targets=", ".join(f'"{name}"' for name in LOCALES))
    (root / "made.toml").write_text(config)
    flags = argparse.Namespace(config=root / "made.toml", targets=None)
    settings = site_of(flags, root).settings_digest
    for number in range(count):
        place = f"{number // 100:03}/2025-11-{number % 28 + 1:02}-article-{number:05}.md"
        mark = f"\n<!-- {seed}/{number} -->\n"
        _write(root, place, templates[number % len(templates)], mark, settings)
    # Last: a tree that was cut off is not taken for a whole one.
    (root / "made.toml").rename(root / "translate-pipeline.toml")
    return files


def _template(seed: int, number: int) -> _Template:
    """An article, its pseudo-translations and the lines of their ledger sections."""
    from translate_pipeline import Pipeline, PseudoBackend
    from translate_pipeline.article import ArticleOptions, parse

    source = article(seed, number, sections=1)
    targets, lines = {}, {}
    for locale in LOCALES:
        result = Pipeline(backend=PseudoBackend(), target=locale).translate(source)
        if result.text is None:
            raise SystemExit(f"article {number} was refused: {result.findings}")
        targets[locale] = result.text
        keys = [[short(key(s)) for s in parse(t, "commonmark", ArticleOptions()).segments]
                for t in (source, result.text)]  # fmt: skip
        lines[locale] = tuple(Line(ours, theirs) for ours, theirs in zip(*keys, strict=True))
    return _Template(source, targets, lines)


def _write(root: Path, place: str, template: _Template, mark: str, settings: str) -> None:
    source = f"content/en/{place}"
    of = _put(root / source, template.source + mark)
    sections = {}
    for locale in LOCALES:
        target = f"content/{locale}/{place}"
        sections[locale] = Section(
            locale=locale,
            target=target,
            made="2026-11-23T22:31:05Z",
            signature="openai|some-model|prompts:0123abcd|glossary:none|version:0.2.0",
            source_digest=of,
            settings_digest=settings,
            target_digest=_put(root / target, template.targets[locale] + mark),
            frame=digest(mark.encode()),
            head={"title": "AAAAAA", "lang": "BBBBBB", "description": "CCCCCC", "date": "DDDDDD"},
            lines=template.lines[locale],
        )
    _put(root / path_of(source), write(Ledger(source, sections)))


def _put(path: Path, text: str) -> str:
    data = text.encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return digest(data)


def _commands(root: Path, repeat: int) -> Iterator[tuple[str, Measured]]:
    """Each command with its measure, in an order in which each finds what it needs."""
    stamps = root / FOLDER / "stamps.sqlite"
    stamps.unlink(missing_ok=True)
    _rest()
    if "status" in COMMANDS:
        yield "status, first", _run(root, "status", "--json")
        yield "status", min(_run(root, "status", "--json") for _ in range(repeat))
    if "translate" in COMMANDS:
        yield "translate", min(_run(root, "translate") for _ in range(repeat))
    for name in ("status", "check"):
        if name in COMMANDS:
            yield f"{name}, all times new", min(_new_times(root, name) for _ in range(repeat))


def _new_times(root: Path, command: str) -> Measured:
    """The command, after every file got another time."""
    now = time.time() - 3600
    for folder, _, names in os.walk(root):
        for name in names:
            if name.endswith((".md", ".ledger")):
                os.utime(os.path.join(folder, name), (now, now))
    _rest()
    return _run(root, command, *["--json"] * (command == "status"))


def _rest() -> None:
    """Until the files are old enough to be trusted, as they are when a person types."""
    os.sync()
    time.sleep(3)


def _run(root: Path, *arguments: str) -> Measured:
    """One command at `root`. Raises SystemExit where it fails, or tells of a site not fresh."""
    command = [sys.executable, "-m", "translate_pipeline", *arguments]
    with tempfile.TemporaryFile() as out:
        begun = time.perf_counter()
        child = subprocess.Popen(command, cwd=root, stdout=out, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        told = out.read().decode(errors="replace")
    if child.returncode:
        raise SystemExit(f"{' '.join(arguments)}: exit code {child.returncode}: {told[-2000:]}")
    if "--json" in arguments and list(json.loads(told)["totals"]["states"]) != ["fresh"]:
        raise SystemExit(f"not all is fresh: {told[-1000:]}")
    mebibytes = used.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    return Measured(seconds, used.ru_utime + used.ru_stime, mebibytes)


if __name__ == "__main__":
    sys.exit(main())
