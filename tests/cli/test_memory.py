"""The command `memory`, as a user types it: figures, TMX files, and what is forgotten."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from translate_pipeline.cli import main
from translate_pipeline.memory import Memory, open_memory, tmx
from translate_pipeline.memory.entry import Entry
from translate_pipeline.memory.identity import text_key
from translate_pipeline.memory.store import Selection
from translate_pipeline.model import Maker

Printed = tuple[int, str, str]
Cli = Callable[..., Printed]

CONFIG = 'source = "en"\ntargets = ["de", "fr"]\n'
FOREIGN = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="EN-US"/><body>
<tu><tuv xml:lang="EN-US"><seg>The tide</seg></tuv>
<tuv xml:lang="DE-de"><seg>Die Tide</seg></tuv><tuv xml:lang="de-CH"><seg>D Tide</seg></tuv></tu>
<tu><tuv xml:lang="EN-US"><seg>a <ph>%s</ph></seg></tuv>
<tuv xml:lang="DE-de"><seg>b</seg></tuv></tu>
<tu><tuv xml:lang="EN-US"><seg>c <ph>%s</ph></seg></tuv>
<tuv xml:lang="DE-de"><seg>d</seg></tuv></tu>
</body></tmx>"""


def entry(source: str, target: str, to: str = "de", **more: object) -> Entry:
    return Entry(
        key=text_key("paragraph", source),
        source_tag="en",
        target_tag=to,
        kind="paragraph",
        source=source,
        target=target,
        **{"signature": "openai|gemini", "made": "2026-01-02T03:04:05Z", **more},  # type: ignore[arg-type]
    )


ENTRIES = (
    entry("The tide", "Die Tide"),
    entry("The tide", "La marée", "fr"),
    entry("The ebb", "Die Ebbe", maker=Maker.PERSON, signature="", made="2026-03-01T00:00:00Z"),
    entry("The flood & <x1/>", "Die Flut & <x1/>", maker=Maker.IMPORTED, signature="old"),
)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def cli(site: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs `memory …` there; gives exit code, stdout and stderr."""

    def run(*arguments: str) -> Printed:
        capsys.readouterr()
        code = main(["memory", *arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        assert "internal error" not in err
        return code, out, err

    return run


@pytest.fixture
def memory(site: Path) -> Iterator[Memory]:
    """The site's memory, with `ENTRIES`."""
    place = site / ".translate-pipeline" / "memory.sqlite"
    found = open_memory(place)
    found.add(ENTRIES)
    yield found
    found.close()


def held(memory: Memory) -> set[tuple[str, str, str]]:
    return {(e.source, e.target_tag, e.target) for e in memory.entries()}


# --- stats -----------------------------------------------------------------------------


def test_stats(cli: Cli, memory: Memory) -> None:
    code, out, err = cli("stats")
    assert (code, err) == (0, "")
    first, *pairs = out.splitlines()
    assert "memory.sqlite: 4 entries, " in first
    assert pairs == ["  en → de: 3 (1 model, 1 person, 1 imported)", "  en → fr: 1 (1 model)"]


def test_stats_for_a_program(cli: Cli, memory: Memory) -> None:
    code, out, _ = cli("stats", "--json")
    document = json.loads(out)
    assert (code, document["entries"]) == (0, 4)
    assert document["where"].endswith("memory.sqlite")
    assert document["bytes"] > 0
    assert {"source": "en", "target": "fr", "maker": "model", "entries": 1} in document["counts"]


def test_stats_of_an_empty_memory_say_how_to_fill_it(cli: Cli, site: Path) -> None:
    open_memory(site / ".translate-pipeline" / "memory.sqlite").close()
    code, out, _ = cli("stats")
    assert code == 0
    assert ": 0 entries" in out
    assert "memory import" in out


@pytest.mark.parametrize(
    "arguments", [("stats",), ("export", "x.tmx"), ("forget", "--everything", "--yes")]
)
def test_no_memory_is_made_by_asking(cli: Cli, site: Path, arguments: tuple[str, ...]) -> None:
    code, out, err = cli(*arguments)
    assert (code, out) == (2, "")
    assert "there is no memory at" in err
    assert "memory import FILE.tmx" in err
    assert list(site.iterdir()) == []


def test_a_memory_that_is_switched_off(cli: Cli, site: Path) -> None:
    (site / "translate-pipeline.toml").write_text(CONFIG + 'memory = "none"\n')
    code, _, err = cli("stats")
    assert code == 2
    assert "none" in err


def test_the_config_says_where_the_memory_is(
    cli: Cli, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = site / "translate-pipeline.toml"
    config.write_text(CONFIG + 'memory = "cache/own.sqlite"\n')
    with (site / "x.tmx").open("wb") as stream:
        tmx.write(ENTRIES, stream)
    monkeypatch.chdir(tmp_path)
    assert cli("import", "site/x.tmx", "--config", str(config))[0] == 0
    assert (site / "cache" / "own.sqlite").is_file()
    assert "own.sqlite: 4 entries" in cli("stats", "--config", str(config))[1]


# --- export ----------------------------------------------------------------------------


def test_export_and_import_give_the_same_memory(cli: Cli, site: Path, memory: Memory) -> None:
    before = list(memory.entries())
    assert cli("export", "all.tmx") == (0, "", "4 entries written to all.tmx\n")
    memory.forget(Selection())
    assert cli("import", "all.tmx") == (0, "all.tmx: 4 entries imported\n", "")
    assert list(memory.entries()) == before


@pytest.mark.parametrize(
    ("flags", "targets"),
    [
        (["--to", "de"], {"Die Tide", "Die Ebbe", "Die Flut & <x1/>"}),
        (["--to", "fr"], {"La marée"}),
        (["--from", "en", "--to", "ja"], set()),
        (["--from", "de"], set()),
        (["--maker", "person"], {"Die Ebbe"}),
        (["--to", "de", "--maker", "model"], {"Die Tide"}),
    ],
)
def test_what_is_exported(
    cli: Cli, site: Path, memory: Memory, flags: list[str], targets: set[str]
) -> None:
    code, _, err = cli("export", "x.tmx", *flags)
    assert code == 0
    assert err.startswith(f"{len(targets)} entr")
    with (site / "x.tmx").open("rb") as stream:
        assert {e.target for e in tmx.read(stream, where="x.tmx")} == targets


def test_a_locale_as_the_site_writes_it(cli: Cli, site: Path, memory: Memory) -> None:
    memory.add([entry("The tide", "潮汐", "zh-Hant-HK")])
    assert cli("export", "x.tmx", "--to", "hant")[0] == 0
    assert 'xml:lang="zh-Hant-HK"' in (site / "x.tmx").read_text(encoding="utf-8")
    assert cli("export", "x.tmx", "--to", "klingon")[0] == 2


def test_a_failed_export_leaves_the_old_file(
    cli: Cli, site: Path, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "x.tmx").write_text("old")
    with monkeypatch.context() as patched:

        def full(descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        patched.setattr(os, "fsync", full)
        code, _, err = cli("export", "x.tmx")
    assert code == 2
    assert "x.tmx: no space left on device" in err
    assert (site / "x.tmx").read_text() == "old"
    assert sorted(path.name for path in site.iterdir()) == [
        ".translate-pipeline",
        "x.tmx",
    ]
    assert cli("export", "x.tmx")[0] == 0
    assert (site / "x.tmx").read_text(encoding="utf-8").startswith("<?xml")


def test_export_into_a_folder_that_is_not_there(cli: Cli, memory: Memory) -> None:
    code, _, err = cli("export", "no/x.tmx")
    assert code == 2
    assert "x.tmx: no such file or directory; check the path" in err


def piped(site: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "translate_pipeline", "memory", *arguments],
        cwd=site,
        input=given,
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_through_a_pipe(site: Path, memory: Memory) -> None:
    exported = piped(site, "export", "-")
    assert exported.returncode == 0
    assert exported.stderr == b"4 entries written to -\n"
    assert list(tmx.read(io.BytesIO(exported.stdout), where="-")) == list(memory.entries())
    memory.forget(Selection())
    imported = piped(site, "import", "-", given=exported.stdout)
    assert imported.stdout == b"stdin: 4 entries imported\n"
    assert len(held(memory)) == 4


# --- import ----------------------------------------------------------------------------


def test_another_tools_file(cli: Cli, site: Path) -> None:
    (site / "translate-pipeline.toml").write_text(CONFIG)
    (site / "old.tmx").write_text(FOREIGN)
    code, out, err = cli("import", "old.tmx")
    assert (code, out) == (0, "old.tmx: 8 entries imported\n")
    assert err == ("old.tmx: left out 2: an inline code that Markdown does not know (<ph>)\n")
    with_memory = cli("stats")[1]
    assert "en → de: 4 (4 imported)" in with_memory, "EN-US and DE-de are the site's en and de"
    assert "en → de-CH: 4 (4 imported)" in with_memory


def test_only_some_languages(cli: Cli, site: Path) -> None:
    (site / "old.tmx").write_text(FOREIGN.replace("EN-US", "en-GB").replace("DE-de", "nl"))
    assert cli("import", "old.tmx", "--from", "en", "--to", "de")[0] == 0
    out = cli("stats")[1]
    assert "en → de: 4 (4 imported)" in out, "en-GB and de-CH, because the user says so"
    assert "→ nl" not in out


def test_a_file_with_nothing_in_it(cli: Cli, site: Path) -> None:
    (site / "old.tmx").write_text(FOREIGN)
    code, out, err = cli("import", "old.tmx", "--to", "ja")
    assert (code, out) == (1, "old.tmx: 0 entries imported\n")
    assert "check its languages" in err


def test_a_person_stays(cli: Cli, site: Path, memory: Memory) -> None:
    with (site / "x.tmx").open("wb") as stream:
        tmx.write([entry("The ebb", "Das Ebben", maker=Maker.IMPORTED)], stream)
    assert cli("import", "x.tmx")[0] == 0
    found = [e for e in memory.entries() if e.source == "The ebb"]
    assert [(e.target, e.maker) for e in found] == [("Die Ebbe", Maker.PERSON)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("<html/>", "x.tmx:1: the file begins with <html>"),
        ('<!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>', "x.tmx:1: the DOCTYPE declares something"),
        (FOREIGN[:-20], "x.tmx:8: this is no well-formed XML"),
        (None, "x.tmx: no such file or directory; check the path"),
    ],
)
def test_files_that_cannot_be_read(cli: Cli, site: Path, content: str | None, says: str) -> None:
    if content is not None:
        (site / "x.tmx").write_text(content)
    code, _, err = cli("import", "x.tmx")
    assert code == 2
    assert says in err


# --- forget ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flags", "gone"),
    [
        (["--to", "fr"], {"La marée"}),
        (["--to", "de", "--containing", "TIDE"], {"Die Tide"}),
        (["--containing", "marée"], {"La marée"}),
        (["--maker", "imported"], {"Die Flut & <x1/>"}),
        (["--signature", "gemini"], {"Die Tide", "La marée"}),
        (["--before", "2026-02-01"], {"Die Tide", "La marée", "Die Flut & <x1/>"}),
        (["--before", "2026-01-02T04:04:05+01:00"], set()),
        (["--everything"], {e.target for e in ENTRIES}),
    ],
)
def test_what_is_forgotten(cli: Cli, memory: Memory, flags: list[str], gone: set[str]) -> None:
    count = "1 entry" if len(gone) == 1 else f"{len(gone)} entries"
    code, out, _ = cli("forget", *flags, "--dry-run", "--yes")
    assert code == 0
    assert out.startswith(f"{count} would be forgotten")
    assert len(held(memory)) == 4
    assert cli("forget", *flags, "--yes") == (0, f"{count} forgotten\n", "")
    assert {e.target for e in ENTRIES} - {target for _, _, target in held(memory)} == gone


def test_nothing_is_forgotten_without_yes(cli: Cli, memory: Memory) -> None:
    code, out, err = cli("forget", "--to", "de")
    assert (code, out) == (2, "")
    assert "3 entries would be forgotten; 1 of them by a person" in err
    assert "--yes" in err
    assert len(held(memory)) == 4


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (["--yes"], "say what to forget"),
        (["--everything", "--to", "de", "--yes"], "--everything alone"),
        (["--before", "last week", "--yes"], "write it like 2026-01-31"),
        (["--to", "klingon", "--yes"], "klingon"),
    ],
)
def test_unclear_wishes(cli: Cli, memory: Memory, flags: list[str], says: str) -> None:
    code, _, err = cli("forget", *flags)
    assert code == 2
    assert says in err
    assert len(held(memory)) == 4
