"""Our table in a `pyproject.toml`: it comes, it goes, and nothing else changes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from translate_pipeline.cli._pyproject import with_table
from translate_pipeline.errors import ConfigError

OURS = '[tool.translate-pipeline]\n# about this key\nlayout = "new"\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", OURS),
        ("\n", OURS),
        ("[tool]\n", "[tool]\n\n" + OURS),
        ("[tool.other]\nx = 1", "[tool.other]\nx = 1\n\n" + OURS),
        ("tool.other.x = 1 # kept\n", None),
        (OURS, OURS),
        ("# kept\n[a]\nb=1\n\n" + OURS, "# kept\n[a]\nb=1\n\n" + OURS),
        (OURS + "\n[tool.other]\nx  =  1 # kept\n", "[tool.other]\nx  =  1 # kept\n\n" + OURS),
        (OURS + "[tool.translate-pipeline.values]\na = 1\n[x]\n", "[x]\n\n" + OURS),
        (
            "[tool.translate-pipeline.values]\na = 1\n[tool.other]\nx = 1\n"
            "[tool.translate-pipeline.prices]\nprompt = 1\n",
            "[tool.other]\nx = 1\n\n" + OURS,
        ),
        (
            '[tool]\nother = { x = 1 }\ntranslate-pipeline = { layout = "old" }\n',
            "[tool]\nother = { x = 1 }\n\n" + OURS,
        ),
        ('tool.translate-pipeline.layout = "old"\n', None),
        ("a = 1\r\n", "a = 1\r\n\n" + OURS.replace("\n", "\r\n")),
    ],
)
def test_the_table_and_the_rest(tmp_path: Path, before: str, after: str | None) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(before, "utf-8", newline="")
    new = with_table(path, OURS)
    was, now = tomllib.loads(before), tomllib.loads(new)
    assert now["tool"].pop("translate-pipeline") == {"layout": "new"}
    was.get("tool", {}).pop("translate-pipeline", None)
    assert {**now, "tool": now.get("tool", {})} == {**was, "tool": was.get("tool", {})}
    if after is not None:
        assert new.lstrip("\n") == after


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert with_table(tmp_path / "pyproject.toml", OURS) == OURS


@pytest.mark.parametrize(
    ("before", "message"),
    [
        (b"[project\n", "this is no TOML"),
        (b"a = '\xff'", "offset 5"),
        # A table of tables called `tool` has no place for ours.
        (b"tool = 3\n", "by hand, or leave --pyproject out"),
        (b"[[tool]]\nx = 1\n", "by hand, or leave --pyproject out"),
        (b"tool = { other = 1 }\n", "by hand, or leave --pyproject out"),
    ],
)
def test_a_file_that_has_no_place_for_it(tmp_path: Path, before: bytes, message: str) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_bytes(before)
    with pytest.raises(ConfigError, match=message):
        with_table(path, OURS)
    assert path.read_bytes() == before
