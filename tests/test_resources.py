"""Prompts are found by name, in a checkout as in a wheel, and nothing else is."""

from __future__ import annotations

import pytest

from translate_pipeline.errors import ConfigError
from translate_pipeline.resources import has_prompt, prompt_names, read_prompt


def test_a_prompt_is_found_with_and_without_its_ending() -> None:
    assert read_prompt("system") == read_prompt("system.md")
    assert "<end>" in read_prompt("system")
    assert read_prompt("locales/de").startswith("+++\n")


def test_the_locales_are_listed() -> None:
    names = prompt_names()
    assert "locales/de" in names
    assert list(names) == sorted(names)
    assert all(has_prompt(name) for name in names)
    assert prompt_names("nowhere") == ()


@pytest.mark.parametrize(
    "name", ["", "absent", "../pyproject", "locales/../system", "/etc/passwd", "locales/", "a\\b"]
)
def test_no_other_file_can_be_read(name: str) -> None:
    assert not has_prompt(name)
    with pytest.raises(ConfigError, match="is missing"):
        read_prompt(name)
