"""The command `glossary`, and the config key `glossary_files`, on real files."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.servers import MODEL, LoopbackServer
from translate_pipeline.cli import main
from translate_pipeline.glossary_files import read_glossary

ARTICLE = "---\nlang: en\ntitle: Tides\n---\n\nWe see GitHub and the spring tide of the bay.\n"


@pytest.fixture
def cli(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Runs the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(arguments)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return run


def test_suggestions_are_a_glossary(cli: Callable[..., tuple[int, str, str]]) -> None:
    folder = Path("posts")
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.md").write_text(ARTICLE)
    (folder / "broken.md").write_bytes(b"\xff")
    code, out, err = cli("glossary", "suggest", "posts", "--to", "de,pt-BR")
    assert code == 0
    assert "left out: " in err
    assert "broken.md" in err
    table = tomllib.loads(out)
    assert table["keep"] == ["GitHub"]
    assert table["term"] == [{"source": "spring tide", "target": {"de": "", "pt-BR": ""}}]
    assert '"GitHub", # 3 articles, 3 times' in out
    Path("g.toml").write_text(out)
    assert [entry.source for entry in read_glossary(Path("g.toml"))] == ["GitHub", "spring tide"]
    code, out, _ = cli("glossary", "check", "g.toml")
    assert code == 1
    assert "g.toml:8: 'spring tide' has no rendering yet" in out


def test_suggestions_for_the_site_of_the_config(cli: Callable[..., tuple[int, str, str]]) -> None:
    Path("docs").mkdir()
    for number in range(2):
        Path(f"docs/{number}.md").write_text(ARTICLE)
    Path("translate-pipeline.toml").write_text(
        'source = "en"\ntargets = ["de"]\n'
        'paths = [{ source = "docs/{stem}.md", target = "docs/{locale}/{stem}.md" }]\n'
    )
    code, out, _ = cli("glossary", "suggest")
    assert code == 0
    assert tomllib.loads(out)["keep"] == ["GitHub"]


def test_check_reads_the_files_of_the_config(cli: Callable[..., tuple[int, str, str]]) -> None:
    Path("g.csv").write_text("source,de\nspring tide,Springtide\n")
    Path("translate-pipeline.toml").write_text('glossary_files = ["g.csv"]\n')
    assert cli("glossary", "check") == (0, "1 entries in 1 file, no faults\n", "")
    Path("translate-pipeline.toml").write_text("")
    code, _, err = cli("glossary", "check")
    assert code == 2
    assert "glossary_files" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["suggest"], "name a folder"),
        (["suggest", "nowhere"], "there is no such file"),
        (["suggest", ".", "--most", "0"], "at least 1"),
        (["check", "nowhere.toml"], "no such file"),
    ],
)
def test_faults_of_the_command_line(
    cli: Callable[..., tuple[int, str, str]], arguments: list[str], message: str
) -> None:
    code, _, err = cli("glossary", *arguments)
    assert code == 2
    assert message in err


def test_a_run_takes_the_terms_of_its_language(
    cli: Callable[..., tuple[int, str, str]], model_server: Callable[..., LoopbackServer]
) -> None:
    server = model_server(lambda text, _kind: f"Springtide: {text}")
    Path("x-en.md").write_text(ARTICLE)
    Path("g.toml").write_text(
        'keep = ["GitHub"]\n[[term]]\nsource = "spring tide"\n'
        'target = { de = "Springtide", fr = "grande marée" }\n'
    )
    Path("translate-pipeline.toml").write_text(
        f'source = "en"\ntargets = ["de"]\nmodel = "{MODEL}"\nbase_url = "{server.base_url}"\n'
        'glossary_files = ["g.toml"]\nmemory = "none"\n'
        '[[glossary]]\nsource = "bay"\ntarget = "Bucht"\n'
    )
    cli("translate", "x-en.md")
    sent = str(server.requests)
    assert "spring tide = Springtide" in sent
    assert "GitHub = keep" in sent
    assert "bay = Bucht" in sent
    assert "grande" not in sent


@pytest.mark.parametrize("name", ["../g.toml", "/etc/passwd", "link.toml"])
def test_no_file_outside_of_the_site_is_read(
    cli: Callable[..., tuple[int, str, str]], tmp_path: Path, name: str
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "g.toml").write_text('keep = ["a"]\n')
    (site / "link.toml").symlink_to(tmp_path / "g.toml")
    (site / "x-en.md").write_text(ARTICLE)
    (site / "translate-pipeline.toml").write_text(
        f'targets = ["de"]\nbackend = "pseudo"\nglossary_files = ["{name}"]\n'
    )
    config = str(site / "translate-pipeline.toml")
    code, _, err = cli("translate", str(site / "x-en.md"), "--config", config)
    assert code == 2
    assert "is outside of" in err
    assert cli("glossary", "check", "--config", config)[0] == 2
