"""`translate --explain`, as a user types it: the dialect of each article and why, no more."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.servers import MODEL, LoopbackServer
from translate_pipeline.cli import main

Start = Callable[..., LoopbackServer]
Run = Callable[..., tuple[int, str, str]]

PLAIN = "# A heading\n\nSome *words*.\n"
HUGO = 'Read this.\n\n{{< figure src="a.png" >}}\n\n{{< b >}}\n'
LIQUID = "Go to {% link _posts/x.md %} and {{ site.title }}.\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line in an empty folder without any key; gives exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI_API_KEY", "OPENROUTER_API_KEY"):
        monkeypatch.delenv(name, raising=False)

    def typed(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(["translate", *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return typed


def put(root: Path, **texts: str) -> None:
    for name, text in texts.items():
        path = root / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def files(root: Path) -> dict[str, bytes]:
    """All but what a run keeps for the next one."""
    found = (path for path in root.rglob("*") if path.is_file())
    return {str(p): p.read_bytes() for p in found if ".translate-pipeline" not in p.parts}


def test_each_article_once_and_why(tmp_path: Path, run: Run) -> None:
    put(tmp_path, a_md=PLAIN, b_md=HUGO, c_mdx=PLAIN)
    before = files(tmp_path)
    code, out, err = run("a.md", "b.md", "c.mdx", "--to", "de,fr", "--explain")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "a.md: commonmark (the text has no construct of another dialect)",
        "b.md: hugo (the text has Hugo's shortcodes)",
        "c.mdx: mdx (the file's extension is .mdx)",
    ]
    assert files(tmp_path) == before


def test_a_named_dialect_wins(tmp_path: Path, run: Run) -> None:
    put(tmp_path, b_md=HUGO)
    code, out, _ = run("b.md", "--to", "de", "--explain", "--dialect", "jekyll")
    assert (code, out) == (0, "b.md: jekyll (the settings name it)\n")
    code, out, _ = run("b.md", "--to", "de", "--explain", "--dialect", "auto")
    assert (code, out) == (0, "b.md: hugo (the text has Hugo's shortcodes)\n")


def test_json(tmp_path: Path, run: Run) -> None:
    put(tmp_path, a_md=PLAIN, b_md=HUGO)
    (tmp_path / "c.md").write_bytes(b"\xff")
    code, out, err = run(".", "--to", "de", "--explain", "--json")
    assert code == 1
    assert json.loads(out) == {
        "version": 1,
        "command": "translate",
        "exit_code": 1,
        "explain": [
            {
                "source": "a.md",
                "dialect": "commonmark",
                "reason": "the text has no construct of another dialect",
            },
            {"source": "b.md", "dialect": "hugo", "reason": "the text has Hugo's shortcodes"},
        ],
        "unreadable": [{"path": "c.md", "message": json.loads(out)["unreadable"][0]["message"]}],
    }
    assert "UTF-8" in err


def test_a_site_with_a_layout(tmp_path: Path, run: Run) -> None:
    """The layout says it for all of them; paths choose, and what is fresh is told, too."""
    put(
        tmp_path,
        content__a_md=PLAIN,
        content__b_md=LIQUID,
        translate_pipeline_toml="",
    )
    (tmp_path / "translate-pipeline.toml").write_text('layout = "hugo-file"\ntargets = ["de"]\n')
    because = "hugo (the site's layout is written in it)"
    code, out, _ = run("--explain")
    assert (code, out) == (0, f"content/a.md: {because}\ncontent/b.md: {because}\n")
    assert run("content/b.md", "--explain")[1] == f"content/b.md: {because}\n"
    assert run("--backend", "pseudo")[0] == 0
    assert run("--explain")[1] == out


def test_what_is_explained_is_what_is_done(tmp_path: Path, run: Run) -> None:
    """Each article of one run is translated in its own dialect."""
    put(tmp_path, a_md=LIQUID, b_md="{{< note >}}\n\nWords.\n\n{{< /note >}}\n", c_mdx="{expr}\n")
    assert run("a.md", "b.md", "c.mdx", "--to", "de", "--backend", "pseudo")[0] == 0
    assert "{% link _posts/x.md %}" in (tmp_path / "a.de.md").read_text("utf-8")
    hugo = (tmp_path / "b.de.md").read_text("utf-8")
    assert hugo.startswith("{{< note >}}\n\n")
    assert hugo.endswith("\n\n{{< /note >}}\n")
    assert (tmp_path / "c.de.mdx").read_text("utf-8") == "{expr}\n"


def test_another_dialect_is_no_edit_of_a_persons(
    tmp_path: Path, run: Run, model_server: Start
) -> None:
    """The edition's digest tells; what both dialects read alike is not paid for again."""
    server = model_server()
    tide = "The tide comes in slowly.\n"
    put(tmp_path, docs__a_md=f"Use {{% link a %}} here, or {{% link b %}}.\n\n{tide}")
    config = (
        'layout = "plain"\ntargets = ["de"]\n'
        'paths = [{ source = "docs/{stem}{ext}", target = "docs/{locale}/{stem}{ext}" }]\n'
        f'model = "{MODEL}"\nbase_url = "{server.base_url}"\n'
    )
    settings = tmp_path / "translate-pipeline.toml"
    settings.write_text(config)
    assert run()[0] == 0
    target = tmp_path / "docs/de/a.md"
    assert "{% link a %}" in target.read_text("utf-8")
    settings.write_text(f'{config}dialect = "auto"\n')
    assert run()[1].startswith("nothing to do: 1 translation fresh")
    settings.write_text(f'{config}dialect = "commonmark"\n')
    code, out, err = run()
    assert (code, err) == (0, "")
    assert out.splitlines()[1] == "1 of 2 segments from the memory, 1 translated now"
    assert "{% link a %}" not in target.read_text("utf-8")
    # A person's change outside of the prose is still theirs.
    target.write_text(f"```\ncode\n```\n\n{target.read_text('utf-8')}", encoding="utf-8")
    settings.write_text(config)
    code, _, err = run()
    assert code == 1
    assert "was changed by hand outside of its prose" in err
