"""The page for contributors: its example is a dialect, and does what the page says."""

from __future__ import annotations

import re
from pathlib import Path

from tests.article.dialects.laws import loud
from translate_pipeline.article import dialects, parse

PAGE = Path(__file__).resolve().parents[3] / "docs" / "dialects.md"


def test_the_example_is_a_dialect() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    names: dict[str, dialects.Dialect] = {}
    exec(code, names)
    dialect = names["DIALECT"]
    text = '!!! note "A title"\n    Some *text* on [[page]].\n'
    assert [s.text for s in parse(text, dialect).segments] == ["A title", "Some *text* on <x1/>."]
    assert loud(text, dialect) == '!!! note "A TITLE"\n    SOME *TEXT* ON [[page]].\n'


def test_every_dialect_has_its_table() -> None:
    page = PAGE.read_text("utf-8")
    for name in ("hugo", "mdx", "docusaurus", "vitepress"):
        assert re.search(rf"^### .*`{name}`", page, re.MULTILINE), name
