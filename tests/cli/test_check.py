"""`check` on a real site: what the pseudo backend wrote is there, and then something happens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.git_site import must
from translate_pipeline.article import parse
from translate_pipeline.cli import main
from translate_pipeline.memory.ledger import Ledger, digest, path_of, read, write
from translate_pipeline.memory.record import record
from translate_pipeline.sites.site import Planned

CONFIG = """\
source = "en"
targets = ["de", "fr"]
paths = [{ source = "posts/{dir}/{stem}{ext}", target = "{locale}/posts/{dir}/{stem}{ext}" }]
"""
ENGLISH = "---\ntitle: The plan\n---\n\n# The plan\n\nIt is a `good` plan.\n"
HEAD = "---\ntitle: {title}\nlang: {lang}\ntranslated: true\n---\n\n# {title}\n\n"
GERMAN = HEAD.format(title="Der Plan", lang="de") + "Es ist ein `good` Plan.\n"
FRENCH = HEAD.format(title="Le plan", lang="fr") + "C'est un `good` plan.\n"


class Site:
    """A folder with articles, translations, and the ledger of a tool that wrote them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.put("translate-pipeline.toml", CONFIG)

    def put(self, path: str, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def record(self, source: str, locale: str, text: str) -> None:
        """Write a translation, and what the ledger says of it."""
        from argparse import Namespace

        from translate_pipeline.cli._site import site_of

        work = site_of(Namespace(config=None), self.root)
        item: Planned = next(item for item in work.planned() if item.source == source)
        target = next(path for other, path in item.targets if other.name == locale)
        self.put(target, text)
        english = (self.root / source).read_text("utf-8")
        section = record(
            parse(english, work.edition.dialect(source, english).dialect),
            text,
            locale=locale,
            target=target,
            made="2026-01-01T00:00:00Z",
            signature="model",
            source_digest=digest(english.encode()),
            settings_digest=work.settings_digest,
        )
        file = self.root / path_of(source)
        known = read(file.read_text("utf-8"), source).sections if file.exists() else {}
        self.put(path_of(source), write(Ledger(source, {**known, locale: section})))


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """One article, its two translations as they were written."""
    monkeypatch.chdir(tmp_path)
    site = Site(tmp_path)
    site.put("posts/a.md", ENGLISH)
    site.record("posts/a.md", "de", GERMAN)
    site.record("posts/a.md", "fr", FRENCH)
    return site


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    return Said(capsys)


class Said:
    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str, code: int) -> list[str]:
        """The lines that `check` prints; it must end with `code`."""
        got = main(["check", *arguments])
        out, err = self._capsys.readouterr()
        assert got == code, out + err
        return (err if code == 2 else out).splitlines()

    def found(self, *arguments: str, code: int) -> set[tuple[str, str, str, int]]:
        """Path, kind, check, line of each flaw."""
        document = json.loads("\n".join(self(*arguments, "--json", code=code)))
        assert document["exit_code"] == code
        return {(r["path"], r["kind"], r["check"], r["line"]) for r in document["results"]}


def test_what_was_written_is_good_and_is_not_read_again(site: Site, said: Said) -> None:
    assert said(code=0) == ["2 translations: all good (0 looked into, 2 judged by the ledger)"]
    for path in ("posts/a.md", "de/posts/a.md", "fr/posts/a.md"):  # a checkout: all times new
        os.utime(site.root / path, (2_000_000_000, 2_000_000_000))
    assert said(code=0) == ["2 translations: all good (0 looked into, 2 judged by the ledger)"]
    assert said("--all", code=0) == [
        "2 translations: all good (2 looked into, 0 judged by the ledger)"
    ]


def test_it_writes_nothing_into_the_site(site: Site, said: Said) -> None:
    def files() -> dict[str, bytes]:
        found = site.root.rglob("*")
        return {str(f): f.read_bytes() for f in found if f.is_file() and "sqlite" not in f.name}

    site.put("de/posts/a.md", GERMAN.replace("Plan.", "Entwurf."))
    before = files()
    said("--all", code=0)
    assert files() == before


def test_a_missing_translation(site: Site, said: Said) -> None:
    (site.root / "de/posts/a.md").unlink()
    assert said.found(code=1) == {("posts/a.md", "missing", "missing", 0)}
    assert said(code=1)[0] == (
        "posts/a.md: missing: no translation into de: de/posts/a.md is missing [missing]"
    )
    assert said.found("--fail-on", "broken,stale", code=0) == {
        ("posts/a.md", "missing", "missing", 0)
    }
    assert said("--fail-on=broken", code=0)[0].startswith("posts/a.md: warning (missing): ")


def test_a_stale_translation_is_still_free_of_leftovers(site: Site, said: Said) -> None:
    site.put("posts/a.md", ENGLISH + "\nIt is new.\n")
    stale = {(f"{x}/posts/a.md", "stale", "stale", 0) for x in ("de", "fr")}
    assert said.found(code=1) == stale
    site.put("de/posts/a.md", GERMAN + "\nSiehe [hier](#codeblock1).\n")
    assert said.found(code=1) == {
        ("de/posts/a.md", "stale", "edited", 0),
        ("de/posts/a.md", "leftovers", "leaked", 11),
        ("fr/posts/a.md", "stale", "stale", 0),
    }


def test_an_edit_is_no_fault_but_what_it_breaks(site: Site, said: Said) -> None:
    edited = ("de/posts/a.md", "edited", "edited", 0)
    site.put("de/posts/a.md", GERMAN.replace("Plan.", "Entwurf."))
    assert said.found(code=0) == {edited}
    assert said.found("--fail-on=edited", code=1) == {edited}
    site.put("de/posts/a.md", GERMAN.replace("`good`", "good"))
    assert said.found(code=1) == {edited, ("de/posts/a.md", "broken", "proof", 0)}
    site.put("de/posts/a.md", GERMAN.replace("lang: de", "lang: fr"))
    assert said.found(code=1) == {edited, ("de/posts/a.md", "front-matter", "front-matter", 3)}
    site.put("de/posts/a.md", GERMAN.replace("Es ist ein `good` Plan.", "It is a `good` plan."))
    assert edited in said.found(code=0)


def test_an_orphan_and_a_renamed_article(site: Site, said: Said) -> None:
    (site.root / "posts/a.md").rename(site.root / "posts/b.md")
    assert said.found(code=1) == {(f"{x}/posts/a.md", "stale", "renamed", 0) for x in ("de", "fr")}
    (site.root / "posts/b.md").unlink()
    orphans = {(f"{x}/posts/a.md", "orphaned", "orphaned", 0) for x in ("de", "fr")}
    assert said.found(code=1) == orphans
    assert said.found("--fail-on=missing", code=0) == orphans


def test_a_translation_that_no_ledger_knows_is_verified(site: Site, said: Said) -> None:
    (site.root / path_of("posts/a.md")).unlink()
    old = {(f"{x}/posts/a.md", "warnings", "unrecorded", 0) for x in ("de", "fr")}
    assert said.found(code=0) == old
    assert said.found("--fail-on=warnings", code=1) == old
    site.put("fr/posts/a.md", FRENCH.replace("# Le plan", "## Le plan"))
    assert said.found(code=1) == old | {("fr/posts/a.md", "broken", "headings", 7)}


def test_what_cannot_be_read_is_told_with_its_path(site: Site, said: Said) -> None:
    (site.root / "de/posts/a.md").write_bytes(b"---\ntitle: \xff\n---\n")
    ledger = site.root / path_of("posts/a.md")
    found = said.found(code=1)
    assert ("de/posts/a.md", "broken", "unreadable", 2) in found
    ledger.write_text("<<<<<<< ours\n")
    found = said.found(code=1)
    assert {(path, kind) for path, kind, *_ in found} == {(path_of("posts/a.md"), "broken")}
    site.put("posts/a.md", "---\ntitle: [\n---\n")
    ledger.unlink()
    assert ("posts/a.md", "broken", "source", 2) in {
        (path, kind, check, min(line, 2)) for path, kind, check, line in said.found(code=1)
    }


def test_paths_are_sources_targets_and_folders(site: Site, said: Said) -> None:
    site.put("posts/b.md", "It is new.\n")
    site.put("de/posts/a.md", GERMAN.replace("`good`", "good"))
    assert {p for p, *_ in said.found("de/posts/a.md", code=1)} == {"de/posts/a.md"}
    assert {p for p, *_ in said.found("posts/b.md", code=1)} == {"posts/b.md"}
    assert {p for p, *_ in said.found("de", code=1)} == {"de/posts/a.md", "posts/b.md"}
    assert said.found("fr/posts/a.md", code=0) == set()
    assert {p for p, *_ in said.found(".", code=1)} == {"de/posts/a.md", "posts/b.md"}


def test_files_of_others_are_passed_over(site: Site, said: Said, tmp_path: Path) -> None:
    readme = site.put("README.md", "Read me.\n")
    assert said(str(readme), "translate-pipeline.toml", code=0) == [
        "0 translations: all good (0 looked into, 0 judged by the ledger)"
    ]
    (message,) = said("posts/typo.md", code=2)
    assert "there is no such file or folder" in message


def test_changed_since(site: Site, said: Said) -> None:
    must("git", "init", "--quiet", cwd=site.root)
    must("git", "add", "--all", cwd=site.root)
    author = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    must("git", *author, "commit", "--quiet", "--message=a", cwd=site.root)
    site.put("posts/b.md", "It is new.\n")
    (site.root / "fr/posts/a.md").unlink()
    assert said.found("--changed-since=HEAD", code=1) == {
        ("posts/b.md", "missing", "missing", 0)
    } | {("posts/a.md", "missing", "missing", 0)}
    assert said.found("--changed-since=HEAD", "posts/b.md", code=1) == {
        ("posts/b.md", "missing", "missing", 0)
    }
    (message,) = said("--changed-since=nothing", code=2)
    assert "git says" in message


def test_annotations(
    site: Site, said: Said, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path.parent))
    site.put("de/posts/a.md", GERMAN.replace("# Der Plan", "## Der Plan"))
    lines = said("--format", "github", code=1)
    place = f"{tmp_path.name}/de/posts/a.md"
    assert any(line.startswith(f"::error file={place},line=7,title=") for line in lines)
    assert any(line.startswith(f"::warning file={place},title=") for line in lines)


def test_text_names_files_as_seen_from_the_working_folder(
    site: Site, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site.root / "de/posts/a.md").unlink()
    monkeypatch.chdir(site.root / "posts")
    lines = said("--config", "../translate-pipeline.toml", code=1)
    assert lines[0].startswith("../posts/a.md: missing: ")


def test_an_unknown_kind_is_refused(site: Site, said: Said) -> None:
    (message,) = said("--fail-on=langauge", code=2)
    assert "did you mean `language`?" in message


def test_no_site_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: Said) -> None:
    monkeypatch.chdir(tmp_path)
    (message,) = said(code=2)
    assert "translate-pipeline init" in message


def test_neither_an_sdk_nor_a_memory_is_loaded(site: Site) -> None:
    """Nor rich, away from a terminal; all of the checks have run."""
    site.put("de/posts/a.md", GERMAN.replace("Plan.", "Entwurf."))
    code = (
        "import sys\nfrom translate_pipeline.cli import main\n"
        "assert main(['check', '--all']) == 0\nprint(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=site.root
    )
    loaded = {name.split(".")[0] for name in done.stderr.split()}
    assert loaded & {"openai", "httpx", "httpx2", "anyio", "rich", "psycopg"} == set()
    assert "translate_pipeline.memory.sqlite" not in done.stderr.split()
    assert "translate_pipeline.backends.openai" not in done.stderr.split()
    assert not (site.root / ".translate-pipeline/memory.sqlite").exists()
