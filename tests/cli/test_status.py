"""`status`: the state of a real site on disk, as text and as JSON."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.survey_trees import Tree
from translate_pipeline.cli import main, status
from translate_pipeline.cli._site import site_of
from translate_pipeline.errors import ConfigError

CONFIG = """\
source = "en"
targets = ["de", "fr"]
layout = "plain"
paths = [{ source = "posts/{dir}/{stem}{ext}", target = "{locale}/posts/{dir}/{stem}{ext}" }]
"""


def parsed(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    status.add_arguments(parser)
    return parser.parse_args(arguments)


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """`a` is fresh, `b` is new, and a person has changed the French `c`."""
    monkeypatch.chdir(tmp_path)
    tree = Tree(tmp_path)
    tree.put("translate-pipeline.toml", CONFIG)
    tree.settings = site_of(parsed(), tmp_path).settings_digest
    for name in "abc":
        tree.put(f"posts/{name}.md", f"# Heading\n\nThe words of {name}.\n\nMore of {name}.\n")
    tree.translate("posts/a.md")
    tree.translate("posts/c.md")
    tree.put("fr/posts/c.md", "fr: mieux\n")
    return tree


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert status.execute(parsed(*arguments)) == 0
    return capsys.readouterr().out


@pytest.mark.usefixtures("tree")
def test_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys).splitlines() == [
        "3 articles, 2 locales: 3 fresh, 2 missing, 1 edited",
        "",
        "locale  fresh  missing  edited",
        "de          2        1       0",
        "fr          1        1       1",
        "",
        "edited (a person changed the translation; the next run adopts it):",
        "  posts/c.md: edited fr",
        "",
        "missing (not translated yet):",
        "  posts/b.md: missing everywhere",
    ]


@pytest.mark.usefixtures("tree")
def test_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(said(capsys, "--json"))
    assert document["totals"]["states"] == {"edited": 1, "missing": 2, "fresh": 3}
    assert [result["source"] for result in document["results"]] == [
        "posts/a.md",
        "posts/b.md",
        "posts/c.md",
    ]


def test_paths_are_meant_from_where_the_user_stands(
    tree: Tree, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def states(*arguments: str) -> dict[str, object]:
        results = json.loads(said(capsys, "--json", *arguments))["results"]
        return {result["source"]: list(result["targets"]) for result in results}

    both = ["de", "fr"]
    assert states("posts/a.md") == {"posts/a.md": both}
    assert states("posts/b.md", "fr") == {
        "posts/a.md": ["fr"],
        "posts/b.md": both,
        "posts/c.md": ["fr"],
    }
    assert states(".") == {f"posts/{name}.md": both for name in "abc"}
    monkeypatch.chdir(tree.root / "posts")
    assert states("--config", "../translate-pipeline.toml", "b.md") == {"posts/b.md": both}


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("posts/z.md", "posts/z.md: there is no source and no translation"),
        ("pos", "pos: there is no source and no translation"),
        ("..", r"\.\.: this is outside of the site"),
        ("/etc/passwd", "/etc/passwd: this is outside of the site"),
    ],
)
@pytest.mark.parametrize("how", [(), ("--json",)])
def test_a_path_of_nothing(
    tree: Tree, path: str, message: str, how: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ConfigError, match=message):
        status.execute(parsed(path, *how))
    assert capsys.readouterr().out == "", "half a document is none"


def test_all_are_named_on_request(tree: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    for n in range(12):
        tree.put(f"posts/more-{n:02}.md", "Words.\n")
    assert "  and 3 more (--all)" in said(capsys).splitlines()
    every = said(capsys, "--all").splitlines()
    assert sum(line.endswith(": missing everywhere") for line in every) == 13
    assert "--all" not in "".join(every)


def test_a_renamed_and_edited_article_is_followed_by_its_segments(
    tree: Tree, capsys: pytest.CaptureFixture[str]
) -> None:
    """The segments are those of the parser, as a run writes them into the ledger."""
    from dataclasses import replace

    from translate_pipeline.article import ArticleOptions, parse
    from translate_pipeline.memory.identity import key, short
    from translate_pipeline.memory.ledger import Line

    text = tree.text("posts/a.md") or ""
    lines = [short(key(s)) for s in parse(text, "commonmark", ArticleOptions()).segments]
    for locale, section in tree.ledger("posts/a.md").sections.items():
        assert locale == section.locale
        tree.set(
            "posts/a.md", replace(section, lines=tuple(Line(line, "AAAAAAAA") for line in lines))
        )
    tree.move("posts/a.md", "posts/new.md")
    tree.put("posts/new.md", f"{text}\nOne more.\n")
    assert "  posts/new.md (was posts/a.md): renamed and stale everywhere" in said(capsys)


def test_a_site_that_was_never_translated_is_not_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    tree = Tree(tmp_path)
    tree.put("translate-pipeline.toml", CONFIG)
    tree.put("posts/a.md", "Words.\n")
    assert said(capsys).startswith("1 article, 2 locales: 2 missing\n")
    assert sorted(os.listdir(tmp_path)) == ["posts", "translate-pipeline.toml"]


def test_without_a_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["status", "--json"]) == 2
    out, err = capsys.readouterr()
    assert "`translate-pipeline init`" in err
    assert json.loads(out)["exit_code"] == 2


@pytest.mark.usefixtures("tree")
def test_it_is_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"]) == 0
    assert capsys.readouterr().out.startswith("3 articles, 2 locales: 3 fresh, ")


@pytest.mark.usefixtures("tree")
def test_it_starts_without_what_only_a_run_needs() -> None:
    code = (
        "import argparse, sys; from translate_pipeline.cli import status;"
        "parser = argparse.ArgumentParser(); status.add_arguments(parser);"
        "status.execute(parser.parse_args([]));"
        "print(*{m.split('.')[0] for m in sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.startswith("3 articles, ")
    loaded = set(done.stderr.split())
    assert "sqlite3" in loaded
    assert loaded & {"openai", "httpx", "httpx2", "anyio", "rich", "tenacity"} == set()


@pytest.mark.usefixtures("tree")
def test_help_imports_nothing() -> None:
    code = (
        "import argparse, sys; from translate_pipeline.cli import status;"
        "status.add_arguments(argparse.ArgumentParser());"
        "print(*(m for m in sys.modules if m.startswith('translate_pipeline')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert set(done.stdout.split()) - {"translate_pipeline._version"} == {
        "translate_pipeline",
        "translate_pipeline.cli",
        "translate_pipeline.cli.status",
    }
