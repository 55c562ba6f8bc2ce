"""The config file: every key known, every value of its type, and no value in a message."""

from __future__ import annotations

import dataclasses
import re
import traceback
from pathlib import Path

import pytest

from translate_pipeline import config
from translate_pipeline.config import FILE_NAME, Settings, load, read
from translate_pipeline.errors import ConfigError
from translate_pipeline.model import Term
from translate_pipeline.settings import FAIL_ON, FAIL_ON_ALL, PathRule, Prices

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
fallback_models = ["vendor/other"]
reasoning = "low"
provider = { order = ["a", "b"], require_parameters = true }
dialect = "jekyll"
references = "translate"
on_failure = "keep-source"
context = "window"
front_matter_keys = ["title", "hero.text"]
prose_parameters = ["caption_text"]
review = "flagged"
review_model = "vendor/editor"
instruction = "Address the reader as du."
layout = "jekyll"
exclude = ["_drafts/**"]
drop = ["prompt"]
links = "keep"
rtl_dir = true
copy_source = true
memory_env = "MY_MEMORY"
tmx = ["shipped.tmx"]
glossary_files = ["glossary.toml"]
fail_on = ["broken", "edited"]
max_articles = 10
max_requests = 100
max_tokens = 1000000
max_cost = 2

[prices]
prompt = 0.25
completion = 2

[[paths]]
source = "original/{stem}-en{ext}"
target = "_posts/{locale}/{stem}-{locale}{ext}"

[values]
audio = false
weight = 3

[models]
de = "vendor/german"

[extra_body]
seed = 7
chat_template_kwargs = { enable_thinking = false }

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
        fallback_models=("vendor/other",),
        models={"de": "vendor/german"},
        reasoning="low",
        provider={"order": ["a", "b"], "require_parameters": True},
        extra_body={"seed": 7, "chat_template_kwargs": {"enable_thinking": False}},
        dialect="jekyll",
        references="translate",
        on_failure="keep-source",
        context="window",
        front_matter_keys=("title", "hero.text"),
        prose_parameters=("caption_text",),
        values={"audio": False, "weight": 3},
        aliases={"hk": "zh-Hant-HK"},
        review="flagged",
        review_model="vendor/editor",
        instruction="Address the reader as du.",
        glossary=(Term("pull request", "Pull-Request", ("Zugriffsanfrage",)), Term("Cloud Run")),
        layout="jekyll",
        paths=(PathRule("original/{stem}-en{ext}", "_posts/{locale}/{stem}-{locale}{ext}"),),
        exclude=("_drafts/**",),
        drop=("prompt",),
        links="keep",
        rtl_dir=True,
        copy_source=True,
        memory_env="MY_MEMORY",
        tmx=("shipped.tmx",),
        glossary_files=("glossary.toml",),
        fail_on=("broken", "edited"),
        prices=Prices(0.25, 2.0),
        max_articles=10,
        max_requests=100,
        max_tokens=1_000_000,
        max_cost=2.0,
    )
    said = {f.name for f in dataclasses.fields(Settings)}
    assert set(re.findall(r"^\[*(\w+)", WHOLE, re.MULTILINE)) >= said - {"memory"}
    assert read('memory = "shared/memory.sqlite"').memory == "shared/memory.sqlite"


@pytest.mark.parametrize(
    "place",
    ["none", "memory.sqlite", "/var/m.sqlite", "sqlite:///m.sqlite", "postgresql://me@host/db"],
)
def test_where_a_memory_can_be(place: str) -> None:
    assert read(f'memory = "{place}"').memory == place


def test_a_pyproject_holds_the_settings_in_its_own_table(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(
        '[project]\nname = "site"\n[tool.translate-pipeline]\ntargets = ["de"]\n'
        "[tool.translate-pipeline.prices]\nprompt = 1\ncompletion = 4\n"
    )
    assert load(path) == Settings(targets=("de",), prices=Prices(1, 4))
    for text, message in [
        ('[tool.translate-pipeline]\ntarget = ["de"]\n', r"pyproject.toml \[tool.translate-pipel"),
        ('[project]\nname = "site"\n', r"pyproject.toml: there is no table \[tool.trans"),
        ("tool = 3", "there is no table"),
        ("[tool]\ntranslate-pipeline = [1]", "there is no table"),
    ]:
        path.write_text(text)
        with pytest.raises(ConfigError, match=message):
            load(path)


def test_what_a_check_fails_on_by_default() -> None:
    """A person's edit is no fault, a warning is no error: they are to be asked for."""
    assert set(FAIL_ON_ALL) - set(FAIL_ON) == {"edited", "warnings"}
    assert read("").fail_on == FAIL_ON
    assert read("fail_on = []").fail_on == ()


@pytest.mark.parametrize(
    ("text", "site", "rewrites"),
    [
        ("", False, False),
        ('layout = "hugo"', True, True),
        ('[[paths]]\nsource = "a/{stem}{ext}"\ntarget = "b/{stem}{ext}"', True, True),
        ('layout = "hugo"\nlinks = "keep"', True, False),
        ('links = "rewrite"', False, True),
    ],
)
def test_links_are_rewritten_where_there_is_a_site(text: str, site: bool, rewrites: bool) -> None:
    settings = read(text)
    assert (settings.has_site, settings.rewrites_links) == (site, rewrites)


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
        ("[models]\nde = 1", "`models.de`: input should be a valid string"),
        ('[models]\nde = " "', "`fallback_models` or `models` holds an empty name"),
        ('provider = "x"', "`provider`: input should be "),
        ("[values]\na = [1]", "`values.a`: must be text, a number, true or false"),
        ("[aliases]\nx = 1", "`aliases.x`: input should be a valid string"),
        ('[[paths]]\nsorce = "x"', "`paths[1].sorce`; did you mean `paths[1].source`?"),
        ('[[paths]]\nsource = "x"', "`paths[1].target`: field required"),
        ('[[paths]]\nsource = "x"\ntarget = " "', "`paths[1].target` is empty"),
        ('paths = ["x"]', "`paths[1]`: input should be an object"),
        ("[prices]\nprompts = 1", "`prices.prompts`; did you mean `prices.prompt`?"),
        ("[prices]\nprompt = 1", "`prices.completion`: field required"),
        ("[prices]\nprompt = 1\ncompletion = -0.1", "`prices.completion` must be 0 or more"),
        ("[prices]\nprompt = nan\ncompletion = 1", "`prices.prompt` must be 0 or more"),
        ("prices = 3", "`prices`: input should be an object"),
        ('links = "x"', "`links`: input should be 'rewrite' or 'keep'"),
        ('rtl_dir = "yes"', "`rtl_dir`: input should be a valid boolean"),
        ('exclude = ["a", ""]', "`exclude[2]` is empty"),
        ('drop = [""]', "`drop[1]` is empty"),
        ('drop = ["audio"]\n[values]\naudio = false', "`drop` is also in `values`"),
        (
            'fail_on = ["broken", "Leftover"]',
            "`fail_on[2]` is nothing a check looks for; did you mean `leftovers`?",
        ),
        ('fail_on = ["front_matter"]', "did you mean `front-matter`?"),
        ('fail_on = ["?"]', "known: missing, stale, "),
        ('memory = "mysql://host/db"', "`memory` is a path, "),
        ('memory_env = "postgresql://host/db"', "`memory_env` is the NAME"),
        ('memory = "x"\nmemory_env = "X"', "`memory` and `memory_env` are both set"),
        ("max_articles = 0", "`max_articles` must be at least 1"),
        ("max_requests = -1", "`max_requests` must be at least 1"),
        ("max_tokens = 1.5", "`max_tokens`: input should be a valid integer"),
        ("max_cost = 0", "`max_cost` must be above 0"),
        ("max_cost = nan", "`max_cost` must be above 0"),
        ("max_tokens = " + "9" * 5000, "4300 digits"),
        ("max_tokens = 0x" + "f" * 5000, "thousands of digits"),
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
        'fail_on = ["sk-secret"]',
        'links = "sk-secret"',
        'prices = "sk-secret"',
        '[prices]\nprompt = "sk-secret"\ncompletion = 1',
        '[[paths]]\nsource = ["sk-secret"]\ntarget = "x"',
        'max_cost = "sk-secret"',
        'memory = ["postgresql://me:sk-secret@host/db"]',
        'memory = "mysql://me:sk-secret@host/db"',
        'memory = "postgresql://me:sk-secret@host/db"\nmemory_env = "X"',
        'memory_env = "postgresql://me:sk-secret@host/db"',
        'memory = "postgresql://me:sk-secret@host/db"\nconcurrency = 0',
        'memory = "postgresql://me:sk-secret@host/db"\nmodel = 3',
    ],
)
def test_a_pasted_key_is_never_repeated(text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(text)
    assert "sk-secret" not in str(caught.value)
    assert "sk-secret" not in "".join(traceback.format_exception(caught.value))


def test_a_password_is_in_no_repr() -> None:
    assert "sk-secret" not in repr(read('memory = "postgresql://me:sk-secret@host/db"'))


def test_an_unreadable_file_is_a_config_error(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(b"model = '\xff'")
    for name, message in [
        ("none.toml", "no such file"),
        ("x.toml", "offset 9"),
        (".", "directory|regular"),
    ]:
        with pytest.raises(ConfigError, match=message):
            config.load(tmp_path / name)
