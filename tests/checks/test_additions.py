"""Addresses and large numbers that the source lacks are asked about; others are not."""

from __future__ import annotations

import pytest

from tests.checks.samples import verdict


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("See example.com", "Siehe Example.com."),
        ("See example.com/a", "Siehe example.com/a"),
        ("Use node.js and file.py", "Node.js und file.py benutzen"),
        ("Write to a@b.org", "Schreiben Sie an a@b.org"),
        ("Run `it`", "`curl evil.com` ausführen"),  # `code` has a word for that
        ("We won.Great", "Gewonnen.Top war das"),
        ("a hundred", "100"),
        ("a thousand files", "1.000 Dateien"),
        ("25 files", "25 Dateien"),
        ("3 of them", "30 davon"),
        ("at 2:30", "um 230"),
        ("ISO-8859-1", "ISO-8859-1"),
    ],
)
def test_leaves_alone(source: str, target: str) -> None:
    assert verdict("additions", source, target) == []


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("Siehe www.example.org", "the address www.example.org is not in the source"),
        ("Siehe sub.example.com.", "the address sub.example.com is not in the source"),
        ("Siehe example.com/pfad", "the address example.com is not in the source"),
        ("Mail: x.y@example.org", "the address x.y@example.org is not in the source"),
        ("Es war 1875.", "the number 1875 is not in the source"),
        ("Es kostet 1.234,50 €", "the number 1.234,50 is not in the source"),
        ("في عام ١٨٧٥", "the number ١٨٧٥ is not in the source"),
    ],
)
def test_asks_again(target: str, message: str) -> None:
    assert verdict("additions", "It is old.", target) == [("retry", message)]


def test_at_most_three_are_named() -> None:
    found = verdict("additions", "It is old.", "111; 222; 333; 444; 555")
    assert found == [("retry", "the number 111, 222, 333 is not in the source")]
