"""Which config counts, what a flag overrides, and where the memory is."""

from __future__ import annotations

import traceback
from argparse import Namespace
from pathlib import Path

import pytest

from translate_pipeline.cli import _choices
from translate_pipeline.cli._choices import (
    config_in,
    memory_place,
    names_of,
    settings_of,
    workspace_prefix,
)
from translate_pipeline.errors import ConfigError
from translate_pipeline.settings import FAIL_ON, PathRule, Settings

TABLE = '[tool.translate-pipeline]\ntargets = ["fr"]\n'


def flags(**given: object) -> Namespace:
    return Namespace(**{"config": None, "targets": None, **given})


def test_the_names_are_those_of_the_config_module() -> None:
    """They are written twice, so that a folder without a config needs no pydantic."""
    from translate_pipeline import config

    assert _choices.CONFIG == config.FILE_NAME
    assert (_choices.PYPROJECT, _choices.TABLE) == (config.PYPROJECT, config.TABLE)


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({}, None),
        ({"translate-pipeline.toml": ""}, "translate-pipeline.toml"),
        ({"pyproject.toml": TABLE}, "pyproject.toml"),
        ({"pyproject.toml": "\ufeff" + TABLE.replace("\n", "\r\n")}, "pyproject.toml"),
        ({"pyproject.toml": '[project]\nname = "x"\n'}, None),
        ({"pyproject.toml": '[project]\ndependencies = ["translate-pipeline"]\n'}, None),
        ({"pyproject.toml": "tool = 3 # translate-pipeline\n"}, None),
        (
            {"translate-pipeline.toml": "", "pyproject.toml": '[tool.x]\na = "translate-pipeline"'},
            "translate-pipeline.toml",
        ),
    ],
)
def test_the_config_of_a_folder(tmp_path: Path, files: dict[str, str], found: str | None) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, newline="")
    assert config_in(tmp_path) == (found and tmp_path / found)


def test_two_configs_are_one_too_many(tmp_path: Path) -> None:
    (tmp_path / "translate-pipeline.toml").write_text('targets = ["de"]')
    (tmp_path / "pyproject.toml").write_text(TABLE)
    with pytest.raises(ConfigError) as caught:
        settings_of(flags(), tmp_path)
    assert str(tmp_path / "translate-pipeline.toml") in str(caught.value)
    assert str(tmp_path / "pyproject.toml") in str(caught.value)
    # Unless the user says which.
    settings, path = settings_of(flags(config=tmp_path / "pyproject.toml"), tmp_path)
    assert (settings.targets, path) == (("fr",), tmp_path / "pyproject.toml")


def test_a_pyproject_that_is_no_toml_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.translate-pipeline]\ntargets = [\n")
    with pytest.raises(ConfigError, match=r"pyproject\.toml: this is no TOML"):
        settings_of(flags(), tmp_path)


def test_a_config_above_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "translate-pipeline.toml").write_text('targets = ["de"]')
    (tmp_path / "below").mkdir()
    assert settings_of(flags(), tmp_path / "below") == (Settings(), None)


def test_flags_override_the_config(tmp_path: Path) -> None:
    (tmp_path / "translate-pipeline.toml").write_text(
        'targets = ["de"]\nmodel = "a"\nlayout = "hugo-file"\nmax_articles = 3\n'
        '[[paths]]\nsource = "a/{stem}{ext}"\ntarget = "{locale}/{stem}{ext}"\n'
    )
    given = flags(
        targets=["fr, ja", "fr"],
        fail_on=["broken,stale"],
        exclude=["a/**", "b"],
        max_articles=7,
        model=None,
        # On the command line these are articles, not the patterns of the config.
        paths=[Path("x.md")],
    )
    settings, _ = settings_of(given, tmp_path)
    assert settings == Settings(
        targets=("fr", "ja"),
        model="a",
        layout="hugo-file",
        fail_on=("broken", "stale"),
        exclude=("a/**", "b"),
        max_articles=7,
        paths=(PathRule("a/{stem}{ext}", "{locale}/{stem}{ext}"),),
    )


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"fail_on": ["leftover"]}, "did you mean `leftovers`"),
        ({"max_articles": 0}, "`max_articles` must be at least 1"),
        ({"max_cost": float("nan")}, "`max_cost` must be above 0"),
    ],
)
def test_flags_are_held_to_the_same_rules(
    tmp_path: Path, given: dict[str, object], message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        settings_of(flags(**given), tmp_path)


def test_a_command_without_the_flag_for_targets(tmp_path: Path) -> None:
    assert settings_of(Namespace(config=None), tmp_path)[0].fail_on == FAIL_ON


def test_names_in_a_list() -> None:
    assert names_of(["a,b ,,a", " c"]) == ("a", "b", "c")


@pytest.mark.parametrize(
    ("memory", "place"),
    [
        ("", "{root}/.translate-pipeline/memory.sqlite"),
        ("none", None),
        ("m.sqlite", "{root}/m.sqlite"),
        ("/var/m.sqlite", "/var/m.sqlite"),
        ("sqlite:///m.sqlite", "{root}/m.sqlite"),
        ("sqlite:////var/m.sqlite", "/var/m.sqlite"),
        ("postgresql://me@host/db", "postgresql://me@host/db"),
    ],
)
@pytest.mark.parametrize("by_name", [False, True])
def test_where_the_memory_is(tmp_path: Path, memory: str, place: str | None, by_name: bool) -> None:
    if by_name and not memory:
        return  # an empty variable is an error, below
    settings = Settings(memory_env="MEM") if by_name else Settings(memory=memory)
    found = memory_place(settings, tmp_path, {"MEM": memory})
    assert found is None if place is None else str(found) == place.format(root=tmp_path)


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({}, "`memory_env` names is not set"),
        ({"MEM": " "}, "`memory_env` names is not set"),
        ({"MEM": "mysql://me:sk-secret@host/db"}, "in the variable of `memory_env`: `memory` is"),
    ],
)
def test_a_variable_that_holds_no_memory(
    tmp_path: Path, environ: dict[str, str], message: str
) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        memory_place(Settings(memory_env="MEM"), tmp_path, environ)
    assert "sk-secret" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    ("workspace", "prefix"),
    [("", ""), ("{root}", "docs/site"), ("{root}/docs/site", ""), ("{root}/docs/sit", "")],
)
def test_the_site_as_seen_from_the_repository(tmp_path: Path, workspace: str, prefix: str) -> None:
    (tmp_path / "docs/site").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "docs")
    environ = {"GITHUB_WORKSPACE": workspace.format(root=tmp_path)} if workspace else {}
    for root in (tmp_path / "docs/site", tmp_path / "link/site"):
        assert workspace_prefix(root, environ) == prefix
