"""Each mark once, in its role; sloppy spellings with one reading are the mark."""

from __future__ import annotations

import pytest

from tests.checks.samples import verdict


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("[a](u1) and [b](u2)", "[b](u2) und [a](u1)"),
        ("![a](u1) and [b](u2)", "[b](u2) und ![a](u1)"),
        ("[![a](u1)](u2) badge", "Abzeichen [![a](u1)](u2)"),
        ("a <x1/> b", "a < x1 /> b"),
        ("a <x1/> b", "a ＜x1/＞ b"),
        ("[a](u1) b", "[a] (U1) b"),
        ("<b1>a <b2>b</b2></b1>", "<b2>b</b2> <b1>a</b1>"),
        ("[a]", "[a]"),
        ("x < y and y > z", "x < y und y > z"),
        ("At 10:30:15", "Um 10:30:15 Uhr"),
        ("It is (u1) there", "Es ist dort (u1)"),  # literally in the source
        ("Nothing", "\\<b1> ist Text"),  # escaped
        ("The `<x1/>` mark", "Die Marke `<x1/>`"),
        ("Add {{ name }} here", "Hier {{ name }} einsetzen"),
        ("a\\[b [c](u1)", "a\\[b [c](u1)"),
    ],
)
def test_leaves_alone(source: str, target: str) -> None:
    assert verdict("placeholders", source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "messages"),
    [
        ("[a](u1)", "a", ["(u1) is missing"]),
        ("[a](u1)", "[a](u1) [b](u1)", ["(u1) stands 2 times instead of 1"]),
        ("[a](u1)", "[a](u2)", ["(u1) is missing", "(u2) is not in the source"]),
        ("[a](u1)", "[a](x.html)", ["(u1) is missing", "(x.html) is not in the source"]),
        ("a <x1/>", "a", ["<x1/> is missing"]),
        ("a", "a <x1/>", ["<x1/> is not in the source"]),
        ("a", "a <br>", ["<br> is not in the source"]),
        ("a", "a<!-- b -->", ["<!-- is not in the source"]),
        ("a", "a {% raw %}", ["{% is not in the source"]),
        ("a", "a https://evil.example/", ["https://evil.example/ is not in the source"]),
        ("a [^1]", "a", ["[^1] is missing"]),
        ("a :tada:", "a :Konfetti:", [":tada: is missing"]),
        ("![a](u1)", "[a](u1)", ["(u1) must stay an image"]),
        ("[a](u1)", "![a](u1)", ["(u1) must stay a link"]),
        ("[a](u1)", "a](u1)", ["(u1) has no words in [brackets] before it"]),
        ("[a](u1)", "\\[a](u1)", ["(u1) has no words in [brackets] before it"]),
        (
            "<b1>a</b1>",
            "</b1>a<b1>",
            ["the tags <b1>…</b1> stand crosswise or the wrong way round"],
        ),
        (
            "<b1>a</b1> <b2>b</b2>",
            "<b1>a<b2>b</b1></b2>",
            ["the tags <b1>…</b1> stand crosswise or the wrong way round"],
        ),
    ],
)
def test_finds(source: str, target: str, messages: list[str]) -> None:
    assert verdict("placeholders", source, target) == [("error", m) for m in messages]
