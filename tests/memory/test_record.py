"""What is recorded of a merge, and what a record does not change with."""

from __future__ import annotations

from tests.memory.editors import VALUES, recorded
from translate_pipeline.article import merge, parse
from translate_pipeline.memory import identity
from translate_pipeline.memory.ledger import digest
from translate_pipeline.memory.record import record
from translate_pipeline.model import Maker

SOURCE = """---
title: One two
lang: en
tags: [a, b]
---
# Head

[One](/a) and [two](/b "Title").

- Year 2024
- [Kept](https://x.example/)

`code` <br> end
"""
TARGETS = {
    1: "Eins zwei",
    2: "Kopf",
    3: "[Zwei](u2) und [eins](u1).",
    4: "Titel",
    5: "2024",
    7: "Ende <x1/> `code`",
}


def test_a_section() -> None:
    article = parse(SOURCE)
    output = merge(article, TARGETS, VALUES)
    section = record(
        article,
        output,
        locale="de",
        target="de/x.md",
        made="2026-11-23T22:31:05Z",
        signature="a|b",
        source_digest="S" * 11,
        settings_digest="T" * 11,
        was="W" * 11,
        makers={2: Maker.PERSON, 3: Maker.IMPORTED, 5: Maker.PERSON},
        untrusted={5, 7},
    )
    assert section.locale == "de"
    assert section.target == "de/x.md"
    assert (section.source_digest, section.settings_digest) == ("S" * 11, "T" * 11)
    assert section.target_digest == digest(output.encode())
    assert section.was == "W" * 11
    assert list(section.head) == ["title", "lang", "tags", "translated"]
    lines = section.lines
    assert [line.source for line in lines] == [
        identity.short(identity.key(segment)) for segment in article.segments
    ]
    assert [line.maker for line in lines] == [
        Maker.MODEL, Maker.PERSON, Maker.IMPORTED, Maker.MODEL, Maker.PERSON, Maker.MODEL,
        Maker.MODEL,
    ]  # fmt: skip
    assert [line.order for line in lines] == ["", "", "u21", "", "", "", ""]
    # What a person wrote is trusted, whatever it replaced.
    assert [line.trusted for line in lines] == [True] * 6 + [False]
    assert all(len(line.target) == 8 for line in lines)  # `2024`, too, has its place


def test_a_word_changes_its_line_alone() -> None:
    article = parse(SOURCE)
    before = recorded(article, merge(article, TARGETS, VALUES))
    after = recorded(article, merge(article, {**TARGETS, 2: "Haupt"}, VALUES))
    assert before.frame == after.frame
    assert before.head == after.head
    changed = [a.target != b.target for a, b in zip(before.lines, after.lines, strict=True)]
    assert changed == [False, True, False, False, False, False, False]


def test_the_frame_is_what_no_word_is() -> None:
    frame = recorded(parse(SOURCE), SOURCE).frame

    def frame_of(old: str, new: str) -> str:
        changed = SOURCE.replace(old, new)
        assert changed != SOURCE
        return recorded(parse(changed), changed).frame

    for old, new in [("One]", "Another]"), ("Title", "Name"), ("title: One", "title: Two"),
                     ("tags: [a, b]", "tags: [c]"), ("[One](/a) and [two](/b \"Title\")",
                      "[two](/b \"Title\") and [One](/a)"), ("Head", "Other head")]:  # fmt: skip
        assert frame_of(old, new) == frame, old
    for old, new in [("(/a)", "(/c)"), ("<br>", "<hr>"), ("# Head", "## Head"),
                     ("\n- Year", "\n\n- Year"), ("- Year", "* Year"), ("end", "end\n\nmore"),
                     ('(/b "', '(/c "'), ("# Head\n", "# Head\n\n***\n")]:  # fmt: skip
        assert frame_of(old, new) != frame, old


def test_front_matter_by_value_and_prose_apart() -> None:
    def head(text: str) -> dict[str, str]:
        return dict(recorded(parse(text), text).head)

    base = head("---\ndate: 2024-01-02\nlist: [1, x]\nmap: {b: 2, a: 1}\n---\nx\n")
    same = head("---\nmap:\n  a: 1\n  b: 2\nlist:\n- 1\n- x\ndate: 2024-01-02\n---\nx\n")
    assert base == same
    assert base != head("---\ndate: 2024-01-02\nlist: [1, 'x y']\nmap: {b: 2, a: 1}\n---\nx\n")
    assert head("---\na: 1\n---\nx\n") != head("---\na: '1'\n---\nx\n")
    assert head("x\n") == {}
    odd = "---\n1: a\ntrue: b\n2024-01-01: {1: x, y: !!set {a, b}}\n---\nx\n"
    assert head(odd) == head(odd)
