"""The command `init`: real folders in, a config that loads and finds the site's sources."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from translate_pipeline import config
from translate_pipeline.cli import main
from translate_pipeline.sites import all_layouts

Init = Callable[..., tuple[int, str, str]]

NINE = ("ja", "es", "hi", "zh", "en", "fr", "de", "ar", "hant")
HEAD = "---\naudio: true\nlang: en\ntitle: A title\nprompt: be brief\n---\n\nWords.\n"


def put(root: Path, *paths: str, text: str = HEAD) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture
def init(site: Path, capsys: pytest.CaptureFixture[str]) -> Init:
    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(["init", *arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return run


def blog(site: Path) -> None:
    """The layout of one user: two folders of sources, nine languages side by side."""
    put(site, "_config.yml", text="title: Blog\n")
    for name in ("2025-11-08-tide", "2025-11-09-moon"):
        put(site, f"original/{name}-en.md", f"notes/{name}s-en.md")
        put(site, *(f"_posts/{tag}/{name}-{tag}.md" for tag in NINE))


def told(text: str) -> list[str]:
    """The lines of a config that are no comments."""
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def test_the_users_own_blog(site: Path, init: Init) -> None:
    blog(site)
    code, out, err = init()
    assert (code, err) == (0, "")
    text = (site / "translate-pipeline.toml").read_text("utf-8")
    assert len(told(text)) <= 15
    assert len(text.splitlines()) <= 30
    settings = config.load(site / "translate-pipeline.toml")
    assert settings.layout == "jekyll-user"
    assert (settings.dialect, settings.source) == ("jekyll", "en")
    assert set(settings.targets) == set(NINE) - {"en"}
    assert settings.values == {"audio": False}
    assert settings.drop == ("prompt",)
    assert "layout jekyll-user: " in out
    assert "4 sources; for example:" in out
    assert "notes/2025-11-08-tides-en.md → _posts/" in out
    assert "original/2025-11-09-moon-en.md → _posts/" in out
    assert "wrote translate-pipeline.toml" in out
    assert "translate-pipeline adopt " in out
    assert "translate-pipeline translate --dry-run" in out
    ignored = (site / ".translate-pipeline/.gitignore").read_text()
    assert ignored == "memory.sqlite*\nstamps.sqlite*\nlock\n"


@pytest.mark.parametrize("layout", [layout.name for layout in all_layouts()])
def test_every_layout_makes_a_config_that_loads(site: Path, init: Init, layout: str) -> None:
    code, out, err = init("--layout", layout, "--to", "de,fr", "--from", "en")
    assert (code, err) == (0, "")
    path = site / "translate-pipeline.toml"
    settings = config.load(path)
    assert (settings.layout, settings.source, settings.targets) == (layout, "en", ("de", "fr"))
    assert settings.has_site
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 30
    assert all(len(line) <= 100 for line in text.splitlines())
    # Every key is explained: a comment stands above it or above the keys it belongs to.
    assert "\n\n\n" not in text
    for block in text.split("\n\n"):
        assert block.startswith("#")
    assert "no sources there yet" in out


def test_a_new_site_without_a_translation(site: Path, init: Init) -> None:
    put(site, "hugo.toml", text='defaultContentLanguage = "en"\n')
    put(site, "content/posts/a.md", "content/posts/b.md")
    code, out, err = init()
    assert (code, err) == (0, "")
    settings = config.load(site / "translate-pipeline.toml")
    assert settings.layout.startswith("hugo-")
    if not settings.targets:
        assert 'targets = ["de", "fr"]' in out
    code, _, err = init("--to", "de, fr", "--force")
    assert (code, err) == (0, "")
    assert config.load(site / "translate-pipeline.toml").targets == ("de", "fr")


def test_translations_of_no_generator(site: Path, init: Init) -> None:
    """The patterns are those of the files that are there."""
    put(site, "handbook/en/a/x.md", "handbook/en/y.md", "handbook/de/y.md", text="# Words\n")
    code, out, err = init()
    assert (code, err) == (0, "")
    settings = config.load(site / "translate-pipeline.toml")
    assert (settings.layout, settings.source, settings.targets) == ("plain", "en", ("de",))
    assert [rule.source for rule in settings.paths] == ["handbook/{locale}/{dir}/{stem}{ext}"]
    assert "handbook/en/y.md → handbook/de/y.md" in out
    assert "adopt" in out


def test_a_folder_like_no_generators(site: Path, init: Init) -> None:
    put(site, "docs/a.md", text="# Words\n")
    code, out, err = init("--layout", "plain", "--to", "de")
    assert (code, err) == (0, "")
    settings = config.load(site / "translate-pipeline.toml")
    assert settings.paths[0].source == "docs/{dir}/{stem}{ext}"
    assert "docs/a.md → de/a.md" in out
    assert "adopt" not in out


def test_what_is_there_is_not_replaced(site: Path, init: Init) -> None:
    path = site / "translate-pipeline.toml"
    path.write_text("# mine\n")
    code, _, err = init("--layout", "hugo-file")
    assert code == 2
    assert "translate-pipeline.toml has settings already; " in err
    assert path.read_text() == "# mine\n"
    assert not (site / ".translate-pipeline").exists()
    assert init("--layout", "hugo-file", "--force")[0] == 0
    assert config.load(path).layout == "hugo-file"
    # A second place for the settings is no way out.
    code, _, err = init("--layout", "hugo-file", "--force", "--pyproject")
    assert code == 2
    assert "translate-pipeline.toml has the settings already" in err
    assert not (site / "pyproject.toml").exists()


PROJECT = """\
[project]  # kept
name = "site"
dependencies = [
  "translate-pipeline",   # as it is
]

[tool.other]
x = 1
"""


def test_a_table_of_the_pyproject(site: Path, init: Init) -> None:
    path = site / "pyproject.toml"
    path.write_text(PROJECT)
    assert init("--layout", "hugo-file", "--to", "de", "--pyproject")[0] == 0
    text = path.read_text()
    assert text.startswith(PROJECT)
    assert config.load(path).targets == ("de",)
    code, _, err = init("--layout", "hugo-file", "--pyproject")
    assert code == 2
    assert "pyproject.toml has settings already" in err
    assert path.read_text() == text
    # Again, by force: the old table goes, the rest stays byte for byte.
    assert init("--layout", "hugo-folder", "--to", "fr", "--pyproject", "--force")[0] == 0
    again = path.read_text()
    assert again.startswith(PROJECT)
    assert again.count("[tool.translate-pipeline]") == 1
    assert len(again.splitlines()) == len(text.splitlines())
    assert config.load(path).targets == ("fr",)


def test_the_ignore_file_of_a_user_is_added_to(site: Path, init: Init) -> None:
    ignore = site / ".translate-pipeline/.gitignore"
    put(site, ".translate-pipeline/.gitignore", text="stamps.sqlite*\nmine")
    assert init("--layout", "hugo-file")[0] == 0
    assert ignore.read_text() == "stamps.sqlite*\nmine\nmemory.sqlite*\nlock\n"
    before = ignore.stat().st_mtime_ns
    assert init("--layout", "hugo-file", "--force")[0] == 0
    assert ignore.read_text() == "stamps.sqlite*\nmine\nmemory.sqlite*\nlock\n"
    assert ignore.stat().st_mtime_ns == before


@pytest.mark.parametrize("link", ["translate-pipeline.toml", ".translate-pipeline"])
def test_nothing_is_written_outside_of_the_folder(
    site: Path, init: Init, tmp_path: Path, link: str
) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/x").write_text("# x")
    outside = tmp_path / "outside"
    (site / link).symlink_to(outside / "x" if link.endswith("toml") else outside)
    code, _, err = init("--layout", "hugo-file", "--force")
    assert code == 2
    assert "behind a link out of the folder" in err
    assert sorted(p.name for p in outside.iterdir()) == ["x"]
    assert (outside / "x").read_text() == "# x"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere",), "nowhere is no folder"),
        (("--layout", "hugo-fil"), "did you mean 'hugo-file'"),
        (("--layout", "hugo-file", "--to", "de,klingonisch"), "klingonisch"),
        (("--layout", "hugo-file", "--from", "zh-"), "zh-"),
    ],
)
def test_what_is_wrong_is_told(
    site: Path, init: Init, arguments: tuple[str, ...], message: str
) -> None:
    code, _, err = init(*arguments)
    assert code == 2
    assert message in err
    assert list(site.iterdir()) == []


def test_a_folder_that_cannot_be_written(site: Path, init: Init) -> None:
    put(site, ".translate-pipeline", text="in the way")
    code, _, err = init("--layout", "hugo-file")
    assert code == 2
    assert ".translate-pipeline/.gitignore: " in err
    assert "make room for it" in err
    assert [p.name for p in site.iterdir()] == [".translate-pipeline"]


def test_another_folder(site: Path, init: Init) -> None:
    put(site, "my site/content/a.md")
    code, out, _ = init("my site", "--layout", "hugo-file", "--to", "de")
    assert code == 0
    assert "wrote my site/translate-pipeline.toml" in out
    assert "cd 'my site'" in out
