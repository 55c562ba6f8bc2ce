"""A tree of no generator: the patterns of the config, found by looking."""

from __future__ import annotations

from tests.sites.golden import check_golden


def test_the_patterns_are_proposed() -> None:
    found = check_golden(
        "plain",
        {
            f"handbook/en/{name}": [f"handbook/fr/{name}", f"handbook/de/{name}"]
            for name in ("rules.md", "tools/list.md")
        },
        there={"handbook/fr/rules.md": "handbook/en/rules.md"},
    )
    assert found.targets == ("fr",)
    pattern = "handbook/{locale}/{dir}/{stem}{ext}"
    assert found.paths == ((pattern, pattern),)
