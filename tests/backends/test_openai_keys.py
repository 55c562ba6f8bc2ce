"""Where a key comes from, where it goes, and that no message shows it."""

from __future__ import annotations

import pytest

from translate_pipeline.backends._openai_keys import checked_key, checked_url
from translate_pipeline.backends.openai import (
    api_key_from_environment,
    api_key_name,
    default_base_url,
)
from translate_pipeline.errors import AuthenticationError, ConfigError

BOTH = {"OPENROUTER_API_KEY": "sk-or-1", "OPENAI_API_KEY": "sk-oa-1"}
NAMES = ("OPENROUTER_API_KEY", "OPENAI_API_KEY")


@pytest.mark.parametrize(
    ("environ", "base_url", "name"),
    [
        (BOTH, None, "OPENROUTER_API_KEY"),
        ({"OPENAI_API_KEY": "k"}, None, "OPENAI_API_KEY"),
        ({"OPENROUTER_API_KEY": "  ", "OPENAI_API_KEY": "k"}, None, "OPENAI_API_KEY"),
        ({}, None, ""),
        # Each house gets its own key, whatever the order.
        (BOTH, "https://api.openai.com/v1", "OPENAI_API_KEY"),
        (BOTH, "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY"),
        (BOTH, "http://127.0.0.1:8080/v1", "OPENROUTER_API_KEY"),
    ],
)
def test_api_key_name(environ: dict[str, str], base_url: str | None, name: str) -> None:
    assert api_key_name(NAMES, environ, base_url=base_url) == name
    if name:
        key = api_key_from_environment(NAMES, environ, base_url=base_url)
        assert key == environ[name].strip()


def test_a_missing_key_is_explained() -> None:
    with pytest.raises(AuthenticationError, match=r"set OPENROUTER_API_KEY or OPENAI_API_KEY"):
        api_key_from_environment(NAMES, {})
    with pytest.raises(AuthenticationError, match=r"set MY_KEY in the environment"):
        api_key_from_environment(["MY_KEY"], BOTH)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:11434/v1",
        "http://localhost:8080/v1",
        "http://[::1]:1234/v1",
        "http://192.168.0.7:8000/v1",
        "http://10.1.2.3/v1",
        "http://ollama:11434/v1",  # a container's name
        "http://host.docker.internal:1234/v1",
        "http://gpu.local:8000/v1",
    ],
)
def test_a_server_of_ones_own_needs_no_key(url: str) -> None:
    assert api_key_from_environment(NAMES, {}, base_url=url) == "none"
    assert api_key_from_environment(NAMES, BOTH, base_url=url) == "sk-or-1"


@pytest.mark.parametrize(
    "url",
    [
        "https://models.example/v1",
        "http://8.8.8.8/v1",
        "https://local.example/v1",
        "https://internal.example.com/v1",
        "http://[",
        "",
    ],
)
def test_elsewhere_a_key_is_needed(url: str) -> None:
    with pytest.raises(AuthenticationError):
        api_key_from_environment(NAMES, {}, base_url=url)


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("OPENROUTER_API_KEY", "https://openrouter.ai/api/v1"),
        ("OPENAI_API_KEY", "https://api.openai.com/v1"),
        ("MY_KEY", "https://api.openai.com/v1"),
    ],
)
def test_default_base_url(name: str, url: str) -> None:
    assert default_base_url(name) == url


def test_white_space_round_a_key_is_dropped() -> None:
    assert checked_key(" sk-1\r\n") == "sk-1"


@pytest.mark.parametrize("key", ["", "  ", "secret one", "secret\none", "secrét", "secret\u200b"])
def test_what_is_no_key_is_refused_and_not_shown(key: str) -> None:
    with pytest.raises(AuthenticationError, match=r"^MY_KEY is") as caught:
        checked_key(key, "MY_KEY")
    assert "secr" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080/v1"),
        (" https://openrouter.ai/api/v1", "https://openrouter.ai/api/v1"),
        # What consoles offer for copying is the path of a whole request.
        ("https://openrouter.ai/api/v1/chat/completions", "https://openrouter.ai/api/v1"),
        (
            "https://x.openai.azure.com/openai/deployments/D/chat/completions?api-version=2024-10-21",
            "https://x.openai.azure.com/openai/deployments/D?api-version=2024-10-21",
        ),
        ("https://x.openai.azure.com/openai/v1/?", "https://x.openai.azure.com/openai/v1"),
    ],
)
def test_base_url(url: str, clean: str) -> None:
    assert checked_url(url) == clean


@pytest.mark.parametrize(
    "url",
    [
        "",
        "openrouter.ai/api/v1",
        "ftp://openrouter.ai/v1",
        "https://",
        "https://user:secret@openrouter.ai/v1",
        "https://openrouter.ai/v1?key=secret",
        "https://x.azure.com/openai?api-version=1&subscription-key=secret",
        "https://x.example/v1?sig=secret",
        "https://x.example/v1?access_token=secret",
        "https://x.example/v1#secret",
        "https://openrouter.ai:99999/v1",
        "https://[::1/v1",
        "https://open router.ai/v1",
    ],
)
def test_base_url_that_cannot_work(url: str) -> None:
    with pytest.raises(ConfigError) as caught:
        checked_url(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("OPENAI_API_KEY", "https://evil.example/v1"),
        ("OPENAI_API_KEY", "https://openrouter.ai/api/v1"),
        ("OPENROUTER_API_KEY", "https://api.openai.com/v1"),
        ("OPENAI_API_KEY", "https://api.openai.com.evil.example/v1"),
        ("OPENAI_API_KEY", "https://notopenai.com/v1"),
        ("OPENROUTER_API_KEY", "https://evil.ai/v1"),
    ],
)
def test_a_key_is_not_sent_to_a_stranger(name: str, url: str) -> None:
    environ = {name: "sk-planted"}
    with pytest.raises(AuthenticationError, match="--api-key-env") as caught:
        api_key_from_environment(environ=environ, base_url=url)
    assert "sk-planted" not in str(caught.value)
    # Whoever names it has decided.
    assert api_key_from_environment((name,), environ, base_url=url) == "sk-planted"


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("OPENAI_API_KEY", "https://api.openai.com/v1"),
        ("OPENAI_API_KEY", "https://eu.api.openai.com/v1"),
        ("OPENROUTER_API_KEY", "https://openrouter.ai/api/v1"),
        ("OPENAI_API_KEY", "http://127.0.0.1:8080/v1"),
    ],
)
def test_a_key_is_sent_home(name: str, url: str) -> None:
    assert api_key_from_environment(environ={name: "sk-1"}, base_url=url) == "sk-1"
