"""The text of a first config: it loads, whatever a site is called, and shows only real keys."""

from __future__ import annotations

import re
import tomllib

import pytest

from translate_pipeline import config
from translate_pipeline.cli._first_config import Seen, first_config, suggestions
from translate_pipeline.settings import Settings


def test_hostile_texts_stay_in_their_place() -> None:
    """Whatever a folder is called, the config has the keys it should and no others."""
    seen = Seen(
        layout='x"\n[evil]\x00\x7f',
        description="words\ntargets = ['evil']\r\x85\u2028x",
        dialect="jekyll",
        source="en",
        targets=('d"e', "f\\r"),
        reason="it has\na = 1\x1b[2J " + "long " * 200,
        paths=(("a'''", 'b"""'), ("c", "d")),
    )
    for pyproject in (False, True):
        text = first_config(seen, pyproject=pyproject)
        table = tomllib.loads(text)
        if pyproject:
            table = table["tool"]["translate-pipeline"]
        keys = {"layout", "paths", "dialect", "source", "targets", "backend"}
        assert set(table) == keys
        assert table["layout"] == seen.layout
        assert table["targets"] == list(seen.targets)
        assert table["paths"] == [
            {"source": "a'''", "target": 'b"""'},
            {"source": "c", "target": "d"},
        ]


def test_every_key_that_a_comment_shows_is_one() -> None:
    """Taken out of its comment, each line is a setting that loads."""
    seen = Seen("plain", "Any tree", "commonmark", "en", (), "you said so", paths=(("a", "b"),))
    shown = re.findall(r"^# ([a-z_]+ = .+)$", first_config(seen), re.MULTILINE)
    assert [line.split()[0] for line in shown] == ["model", "drop", "values", "exclude"]
    for line in shown:
        assert config.read(line) != Settings()


@pytest.mark.parametrize(
    ("head", "values", "drop"),
    [
        ("---\naudio: false\n---\n", {"audio": "false"}, ()),
        ("\ufeff---\r\naudio: true\r\nprompt: x\r\n---\r\n", {"audio": "false"}, ("prompt",)),
        ("---\naudio: /a.mp3\n---\n", {}, ()),
        ("---\n  audio: true\n---\n", {}, ()),
        ("---\ntitle: x\n---\naudio: true\nprompt: y\n", {}, ()),
        ("audio: true\n", {}, ()),
        ("+++\naudio: true\n+++\n", {}, ()),
        ("", {}, ()),
    ],
)
def test_what_front_matter_suggests(head: str, values: dict[str, str], drop: tuple[str]) -> None:
    assert suggestions([head, "---\ntitle: x\n---\n"]) == (values, drop)
