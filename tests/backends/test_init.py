"""How a backend is found by its name, and what it refuses to be made of."""

from __future__ import annotations

import pytest

from tests.backends.asking import KEY, backend
from translate_pipeline.backends import BackendSettings, backend_names, open_backend
from translate_pipeline.backends.openai import OpenAIBackend
from translate_pipeline.errors import AuthenticationError, ConfigError


def test_the_file_name_is_the_name_in_the_config() -> None:
    assert "openai" in backend_names()
    assert not any(name.startswith("_") for name in backend_names())
    opened = open_backend("openai", BackendSettings(model="m", api_key="k"))
    assert isinstance(opened, OpenAIBackend)
    assert opened.name == "openai"


def test_an_unknown_backend_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(ConfigError, match=r"`opnai`; did you mean `openai`\? known: .*openai"):
        open_backend("opnai")


def test_the_signature_names_model_and_prompts() -> None:
    first = backend("http://127.0.0.1:1/v1", model="vendor/model-1")
    assert first.signature.startswith("openai:vendor/model-1|prompts:")
    assert len(first.signature.rpartition(":")[2]) == 12
    assert first.signature != backend("http://127.0.0.1:1/v1", model="vendor/model-2").signature


def test_the_default_is_openai_itself() -> None:
    opened = OpenAIBackend(model="m", api_key="k")
    assert repr(opened) == "OpenAIBackend(model='m', base_url='https://api.openai.com/v1')"


def test_neither_backend_nor_settings_show_the_key() -> None:
    opened = backend("http://127.0.0.1:1/v1")
    settings = BackendSettings(model="m", api_key=KEY)
    shown = f"{opened!r} {opened} {vars(opened)!r} {settings!r}"
    assert KEY not in shown


@pytest.mark.parametrize(
    ("error", "settings"),
    [
        (ConfigError, BackendSettings(model=" ", api_key="k")),
        (ConfigError, BackendSettings(model="m", api_key="k", concurrency=0)),
        (ConfigError, BackendSettings(model="m", api_key="k", attempts=0)),
        (ConfigError, BackendSettings(model="m", api_key="k", timeout=0)),
        (ConfigError, BackendSettings(model="m", api_key="k", timeout=float("nan"))),
        (ConfigError, BackendSettings(model="m", api_key="k", base_url="here")),
        (AuthenticationError, BackendSettings(model="m", api_key=" ")),
        (AuthenticationError, BackendSettings(model="m", api_key="k\nX-Evil: 1")),
    ],
)
def test_settings_that_cannot_work(error: type[Exception], settings: BackendSettings) -> None:
    with pytest.raises(error):
        open_backend("openai", settings)
