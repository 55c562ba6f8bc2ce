"""Code is compared by value; order, delimiters and dollars in prose are nobody's business."""

from __future__ import annotations

import pytest

from tests.checks.samples import verdict


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("`a`, `b` and `a`", "`b`, `a` und `a`"),  # order is grammar
        ("Use `x` here.", "Hier `` x `` benutzen."),  # other delimiters, same value
        ("Use `` `x` `` here.", "Hier `` `x` `` benutzen."),
        ("See [`make`](u1).", "Siehe [`make`](u1)."),
        ("**`make`** it", "**`make`** es"),
        ("A ` alone", "Ein ` allein"),  # no span
        ("A \\`tick\\` here", "Hier ein \\`Tick\\`"),  # escaped
        ("From $5 to $6", "Von 5 $ bis 6 $"),  # no formula in the source
        ("Let $x$ be $x^2$", "Sei $x^2$ gleich $x$"),
    ],
)
def test_leaves_alone(source: str, target: str) -> None:
    assert verdict("code", source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "messages"),
    [
        ("Run `make`.", "Los.", ["the code `make` is missing"]),
        (
            "Run `make`.",
            "`Make` ausführen.",
            ["the code `make` is missing", "the code `Make` is not in the source"],
        ),
        ("Run `make`.", "`make` und `make`", ["the code `make` stands 2 times instead of 1"]),
        ("`a` and `a`", "`a`", ["the code `a` stands 1 times instead of 2"]),
        ("The file", "Die `Datei`", ["the code `Datei` is not in the source"]),
        ("Run `make`.", "`make ausführen.", ["the code `make` is missing"]),  # never closed
        ("Let $x$ be", "Sei x", ["the formula $x$ is missing"]),
        (
            "Let $x$ be",
            "Sei $y$",
            ["the formula $x$ is missing", "the formula $y$ is not in the source"],
        ),
    ],
)
def test_finds(source: str, target: str, messages: list[str]) -> None:
    assert verdict("code", source, target) == [("error", message) for message in messages]


def test_a_thousand_faults_are_named_by_a_handful() -> None:
    target = " ".join(f"`{number}`" for number in range(1000))
    assert len(verdict("code", "None", target)) == 5
