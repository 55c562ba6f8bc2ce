"""Quarto with babelquarto over its golden tree."""

from __future__ import annotations

from tests.sites.golden import check_golden


def test_beside_the_source() -> None:
    found = check_golden(
        "quarto",
        {f"{name}.qmd": [f"{name}.es.qmd", f"{name}.de.qmd"] for name in ("index", "intro")},
        there={"index.es.qmd": "index.qmd"},
    )
    assert found.targets == ("es", "de")
