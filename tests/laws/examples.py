"""The 652 examples of the CommonMark specification (see README.md beside this file)."""

from __future__ import annotations

import json
from pathlib import Path


def examples() -> list[str]:
    """The Markdown of all examples, in order."""
    data = json.loads(Path(__file__).with_name("commonmark-0.31.2.json").read_text("utf-8"))
    return [example["markdown"] for example in data]
