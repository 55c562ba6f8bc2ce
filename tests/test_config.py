"""The config file: every key known, every value of its type, and no value in a message."""

from __future__ import annotations

import dataclasses
import traceback
from pathlib import Path

import pytest

from translate_pipeline import config
from translate_pipeline.config import FILE_NAME, Settings, load, read
from translate_pipeline.errors import ConfigError
from translate_pipeline.model import Term

WHOLE = """\
source = "en"
targets = ["de", "hant"]
out = "_posts/{locale}/{stem}-{locale}{ext}"
backend = "openai"
model = "vendor/model"
base_url = "http://127.0.0.1:11434/v1"
api_key_env = "MY_KEY"
concurrency = 64
timeout = 30
dialect = "jekyll"
references = "translate"
on_failure = "keep-source"
front_matter_keys = ["title", "hero.text"]
instruction = "Address the reader as du."

[values]
audio = false
weight = 3

[aliases]
hk = "zh-Hant-HK"

[[glossary]]
source = "pull request"
target = "Pull-Request"
avoid = ["Zugriffsanfrage"]

[[glossary]]
source = "Cloud Run"
"""


def test_every_setting_can_be_said(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_text(WHOLE)
    settings = load(path)
    assert settings == Settings(
        source="en",
        targets=("de", "hant"),
        out="_posts/{locale}/{stem}-{locale}{ext}",
        backend="openai",
        model="vendor/model",
        base_url="http://127.0.0.1:11434/v1",
        api_key_env="MY_KEY",
        concurrency=64,
        timeout=30.0,
        dialect="jekyll",
        references="translate",
        on_failure="keep-source",
        front_matter_keys=("title", "hero.text"),
        values={"audio": False, "weight": 3},
        aliases={"hk": "zh-Hant-HK"},
        instruction="Address the reader as du.",
        glossary=(Term("pull request", "Pull-Request", ("Zugriffsanfrage",)), Term("Cloud Run")),
    )
    said = {f.name for f in dataclasses.fields(Settings)}
    assert all(f"{name}" in WHOLE for name in said)


def test_an_empty_file_is_the_defaults() -> None:
    assert read("") == read("\ufeff# nothing\r\n") == Settings()


def test_settings_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        read("").model = "other"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('modle = "x"', "no setting `modle`; did you mean `model`?"),
        ('target = ["de"]', "no setting `target`; did you mean `targets`?"),
        ('base-url = "x"', "did you mean `base_url`?"),
        ('on-failure = "x"', "did you mean `on_failure`?"),
        ("zzz = 1", "no setting `zzz`; known: source, targets, "),
        ('[[glossary]]\nsorce = "x"', "`glossary[1].sorce`; did you mean `glossary[1].source`?"),
        ('[[glossary]]\ntarget = "x"', "`glossary[1].source`: field required"),
        ('[[glossary]]\nsource = " "', "a glossary entry has an empty `source`"),
        ("glossary = 3", "`glossary`: input should be a valid array"),
        ('concurrency = "8"', "`concurrency`: input should be a valid integer"),
        ("concurrency = true", "`concurrency`: input should be a valid integer"),
        ("concurrency = 0", "`concurrency` must be 1 to 1024"),
        ("timeout = inf", "`timeout` must be above 0"),
        ("timeout = nan", "`timeout` must be above 0"),
        ("timeout = 2026-01-01", "`timeout`: input should be a valid number"),
        ('targets = "de"', "`targets`: input should be a valid array"),
        ('targets = ["de", 1]', "`targets[2]`: input should be a valid string"),
        ('references = "keeep"', "`references`: input should be 'keep' or 'translate'"),
        ("[values]\na = [1]", "`values.a`: must be text, a number, true or false"),
        ("[aliases]\nx = 1", "`aliases.x`: input should be a valid string"),
        ("model = ", "this is no TOML: Invalid value (at "),
        ("model = 'a'\nmodel = 'b'", "this is no TOML: "),
        ("targets = " + "[" * 300 + "]" * 300, "recursion limit"),
        ("targets = " + "[" * 99_999, "nested too deep"),
    ],
)
def test_what_is_wrong_is_named(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(text, "site.toml")
    assert message in str(caught.value)
    assert str(caught.value).startswith("site.toml: ")


@pytest.mark.parametrize(
    "text",
    [
        'api_key = "sk-secret"',
        'token = "sk-secret"',
        'api_key_env = "sk-secret"',
        'concurrency = "sk-secret"',
        'references = "sk-secret"',
        '[values]\na = ["sk-secret"]',
        '[[glossary]]\nsource = ["sk-secret"]',
    ],
)
def test_a_pasted_key_is_never_repeated(text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(text)
    assert "sk-secret" not in str(caught.value)
    assert "sk-secret" not in "".join(traceback.format_exception(caught.value))


def test_an_unreadable_file_is_a_config_error(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(b"model = '\xff'")
    for name, message in [
        ("none.toml", "no such file"),
        ("x.toml", "offset 9"),
        (".", "directory|regular"),
    ]:
        with pytest.raises(ConfigError, match=message):
            config.load(tmp_path / name)
