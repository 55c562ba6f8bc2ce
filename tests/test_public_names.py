"""The public names: few, documented, typed, and loaded when they are used."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import translate_pipeline

NAMES = [name for name in translate_pipeline.__all__ if name != "__version__"]


def test_they_are_these() -> None:
    """Adding a name is a promise: it is added here on purpose."""
    assert set(translate_pipeline.__all__) == {
        "__version__",
        # what one calls
        *("Pipeline", "PseudoBackend", "OpenAIBackend", "ApertiumBackend"),
        # what comes back
        *("Result", "Translation", "Segment", "State", "Origin", "Finding", "Severity", "Usage"),
        # what one gives, or needs for a backend of one's own
        *("Term", "Locale", "LocalePair", "Backend", "Batch", "Reply"),
        # what one catches
        *("TranslatePipelineError", "ArticleError", "BackendError", "ConfigError"),
        *("FatalBackendError", "TransportError"),
    }


@pytest.mark.parametrize("name", NAMES)
def test_each_is_there_and_documented(name: str) -> None:
    value = getattr(translate_pipeline, name)
    assert value.__name__ == name
    assert value.__doc__
    assert name in dir(translate_pipeline)
    # It is the very object of its home, not a copy.
    assert getattr(importlib.import_module(value.__module__), name) is value


def test_the_lazy_table_is_what_type_checkers_see() -> None:
    tree = ast.parse(Path(translate_pipeline.__file__).read_text(encoding="utf-8"))
    (block,) = [node for node in tree.body if isinstance(node, ast.If)]
    seen = {
        alias.name: node.module.removeprefix("translate_pipeline.")
        for node in block.body
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    assert seen == translate_pipeline._HOMES
    assert sorted([*seen, "__version__"]) == sorted(translate_pipeline.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Pipelin'"):
        translate_pipeline.Pipelin  # noqa: B018 - the access is the test


def test_star_import_and_submodules() -> None:
    code = (
        "from translate_pipeline import *; import translate_pipeline.errors as e;"
        "assert e.ConfigError is ConfigError; import translate_pipeline as t; t.errors.LocaleError;"
        "print(Pipeline(backend=PseudoBackend(), target='de').translate('A *word*.').text)"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "Ȃː *ŵȏːȓḓ*.\n"
    assert "Ȃː *ŵȏːȓḓ*." in (translate_pipeline.__doc__ or "")  # the docstring's example
