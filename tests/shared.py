"""Takes a path below `../shared` (test data beside the project), gives it or skips the test.

The data is large and not ours, so it is not in the repository. The environment variable
TRANSLATE_PIPELINE_SHARED names another place.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def shared_root() -> Path:
    """Where the data would be, whether it is there or not."""
    beside = Path(__file__).resolve().parents[2] / "shared"
    return Path(os.environ.get("TRANSLATE_PIPELINE_SHARED") or beside)


def require_shared(*parts: str) -> Path:
    """The path below the shared data; skips the calling test (or module) where it is absent."""
    path = shared_root().joinpath(*parts)
    if not path.exists():
        pytest.skip(
            f"no test data at {path}; set TRANSLATE_PIPELINE_SHARED to run this",
            allow_module_level=True,
        )
    return path
