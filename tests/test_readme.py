"""Runs what the README shows: its article, its command, its config, its Python, its options.

The law: nobody copies a line from the README that does not work.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from tests.servers.loopback import LoopbackServer
from translate_pipeline import Batch, Pipeline, Reply, Result
from translate_pipeline.article import DEFAULT_KEYS, dialects, parse
from translate_pipeline.backends import backend_names
from translate_pipeline.cli import main
from translate_pipeline.config import read
from translate_pipeline.sites import names as layouts

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
CI = (ROOT / ".ci" / "run").read_text("utf-8")
TEST_COMMAND = (
    "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest -q"
)


def blocks(language: str) -> list[str]:
    """The fenced code blocks of the README in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def commands() -> list[str]:
    """Every `translate-pipeline …` line of the README, without what stands before it."""
    lines = [line for block in blocks("sh") for line in block.splitlines() if line[:1] != "#"]
    name = "translate-pipeline "
    return [line[line.index(name) :] for line in lines if name in line]


def helped(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main([*arguments, "--help"]) == 0
    return capsys.readouterr().out


class ByHeart:
    """A backend that knows some segments by heart: a translation given beforehand."""

    name = "by-heart"
    signature = "by-heart/1"
    writes = ""
    fallbacks = 0

    def __init__(self, targets: dict[str, str]) -> None:
        self.targets = targets
        self.asked: list[str] = []

    async def translate(self, batch: Batch) -> Reply:
        self.asked += [segment.text for segment in batch.segments]
        return Reply({s.id: self.targets[s.text] for s in batch.segments})

    async def aclose(self) -> None:
        pass


def test_the_article_at_the_top_is_what_the_pipeline_makes() -> None:
    (diff,) = blocks("diff")
    source = "".join(line[1:] for line in diff.splitlines(True) if line[0] != "+")
    target = "".join(line[1:] for line in diff.splitlines(True) if line[0] != "-")
    given = ByHeart(
        {
            "Two Waves: The Tide": "Zwei Wellen: die Gezeiten",
            "Run `tide.py`, then read **[the note](u1)** on [spring tides](u2).": "Starte "
            "`tide.py` und lies dann **[die Notiz](u1)** über [Springfluten](u2).",
            "Spring Tides": "Springfluten",
            "References": "Quellen",
        }
    )
    result = Pipeline(backend=given, source="en", target="de", dialect="jekyll").translate(source)
    assert result.text == target
    assert result.ok
    assert given.asked == list(given.targets), "the README says what the model is sent"


def test_the_first_command_leaves_the_files_it_promises(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copytree(ROOT / "examples" / "blog", tmp_path / "examples" / "blog")
    monkeypatch.chdir(tmp_path)
    for name in ("OPENROUTER_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    assert main(shlex.split(commands()[0])[1:]) == 0
    said = capsys.readouterr().out
    assert "16 translations written" in said
    assert "264 of 264 segments from the memory" in said
    written = sorted((tmp_path / "examples" / "blog" / "_posts").rglob("*-??.md"))
    targets = [path for path in written if path.parent.name != "en"]
    assert len(targets) == 12, "the README says twelve"
    for path in targets:
        text = path.read_text("utf-8")
        assert "\ntranslated: true\n" in text
        assert f"\nlang: {path.parent.name}\n" in text


def test_the_first_command_stands_there_whole() -> None:
    assert blocks("sh")[0].startswith(
        "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/translate-pipeline "
    )


@pytest.mark.parametrize("where", ["README", "CI", "CONTRIBUTING"])
def test_the_test_command_is_one_and_the_same(where: str) -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert TEST_COMMAND in {"README": README, "CI": CI, "CONTRIBUTING": contributing}[where]


def test_every_option_and_backend_exists(capsys: pytest.CaptureFixture[str]) -> None:
    known = set(re.findall(r"--[a-z][a-z-]*", helped(["translate"], capsys)))
    shown = {option for line in commands() for option in re.findall(r"(?<!\S)--[a-z-]+", line)}
    in_prose = set(re.findall(r"`(--[a-z][a-z-]*)[ `]", README))
    assert shown
    assert shown | in_prose <= known
    for line in commands():
        words = shlex.split(line)
        assert words[1] in helped([], capsys)
        if "--backend" in words:
            assert words[words.index("--backend") + 1] in backend_names()
        if "--dialect" in words:
            assert words[words.index("--dialect") + 1] in dialects.names()


@pytest.mark.parametrize("line", commands())
def test_every_command_is_understood(
    line: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    posts = tmp_path / "posts"
    posts.mkdir()
    (posts / "x-en.md").write_text("A word.\n")
    blog = copytree(ROOT / "examples" / "blog", tmp_path / "examples" / "blog")
    words = shlex.split(line, comments=True)[1:]
    of_a_site = words[0] in ("status", "check", "adopt", "init") or words in (
        ["translate"],
        ["translate", "--dry-run"],
    )
    monkeypatch.chdir(blog if of_a_site else tmp_path)
    if words[0] == "init":
        (blog / "translate-pipeline.toml").unlink()
    elif words[0] == "check":
        assert main(["translate"]) == 0
    elif words[0] == "translate" and not of_a_site:
        words.append("--dry-run")
    assert main(words) == 0, capsys.readouterr().err


def test_the_configs_are_ones() -> None:
    articles, site = map(read, blocks("toml"))
    assert articles.targets == ("de", "fr", "ja", "hant")
    assert [term.target for term in articles.glossary] == ["Springtide", ""]
    for settings in (site, articles):
        assert settings.values == {"audio": False}
    assert len(site.targets) == 9
    assert site.prices is not None
    assert site.drop == ("prompt",)


def test_every_layout_exists() -> None:
    table = README[README.index("| Site | `layout` |") : README.index("| anything else |")]
    shown = {name for name in re.findall(r"`([a-z][a-z0-9-]+)`", table) if name != "layout"}
    assert shown == set(layouts()) - {"plain"}


def test_the_python_example_runs(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    model_server: Callable[..., LoopbackServer],
) -> None:
    (code,) = blocks("python")
    assert len([line for line in code.splitlines() if line.strip()]) <= 10
    url = "http://127.0.0.1:11434/v1"
    assert url in code
    copytree(ROOT / "examples" / "blog", tmp_path / "examples" / "blog")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(compile(code.replace(url, model_server().base_url), "README.md", "exec"), names)
    said = capsys.readouterr().out
    assert said.startswith("written\n"), said
    assert "1 requests; " in said
    result = names["result"]
    assert isinstance(result, Result)
    assert (tmp_path / "build" / "brass-de.md").read_bytes().decode() == result.text


def test_the_directives_work() -> None:
    (shown,) = [block for block in blocks("markdown") if "translate:skip" in block]
    (head,) = [block for block in blocks("yaml") if block.startswith("translate:")]
    article = f"---\ntitle: T word\nimage_alt: An image\nsummary: Short\n{head}---\n\n{shown}"
    found = parse(article)
    assert [(segment.text, segment.note) for segment in found.segments] == [
        ("T word", ""),
        ("An image", ""),
        ("A spring tide comes twice a month.", '"Spring" is no season here.'),
    ]
    assert found.instruction == "Write for curious readers without a maths degree."
    assert not parse(article.replace("translate:\n", "translate:\n  skip: true\n")).segments


def test_the_front_matter_keys_are_the_default_ones() -> None:
    row = next(line for line in README.splitlines() if line.startswith("| front matter"))
    assert re.findall(r"`(\w+)`", row.split("|")[1]) == list(DEFAULT_KEYS)


def test_the_exit_codes_are_those_of_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    table = re.findall(r"^\| (\d+) \| ([^:;|]+)", README, re.MULTILINE)
    said = " ".join(helped([], capsys).split()).partition("exit codes: ")[2]
    assert [code for code, _ in table] == re.findall(r"\b(\d+) (?=[a-z])", said.split("example")[0])
    for code, meaning in table:
        assert f"{code} {meaning.strip()}" in said
