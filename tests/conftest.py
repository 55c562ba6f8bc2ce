"""Registers the fixtures of the whole suite: no network, loopback servers, shared data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.shared import require_shared

pytest_plugins = ["tests.servers.fixtures"]


@pytest.fixture
def shared() -> Callable[..., Path]:
    """`shared("seed", "source-en.md")`: a path in the shared data, or the test is skipped."""
    return require_shared
