"""Putting an article together: only the spans change, and a proof names who broke it."""

from __future__ import annotations

import importlib

import pytest

from translate_pipeline.article import ArticleOptions, merge, parse, prove, splice
from translate_pipeline.errors import FrontMatterError, SegmentError, StructureError

ARTICLE = """---
layout: post   # a comment
title: "The title"
date: 2024-01-02
tags: [a, b]
description: Some words
---
# Head

Text with [a link](https://x.y "Tip") and `code`.

- one
- two

| a | b |
|---|---|
| c | d |
"""


def test_nothing_to_change() -> None:
    article = parse(ARTICLE)
    assert merge(article, {}, {}) == ARTICLE
    assert merge(article, {s.id: s.text for s in article.segments}, {}) == ARTICLE


def test_only_the_spans_change() -> None:
    article = parse(ARTICLE)
    words = {s.text: s.id for s in article.segments}
    targets = {
        words["The title"]: "Der Titel",
        words["Some words"]: "Einige Wörter",
        words["Head"]: "Kopf",
        words["Text with [a link](u1) and `code`."]: "Text mit `code` und [Verweis](u1).",
        words["Tip"]: "Hinweis",
        words["two"]: "zwei",
        words["d"]: "D | E",
    }
    out = merge(article, targets, {"lang": "de"})
    assert out == (
        ARTICLE.replace("The title", "Der Titel")
        .replace("Some words\n", "Einige Wörter\nlang: de\n")
        .replace("# Head", "# Kopf")
        .replace(
            'Text with [a link](https://x.y "Tip") and `code`.',
            'Text mit `code` und [Verweis](https://x.y "Hinweis").',
        )
        .replace("- two", "- zwei")
        .replace("| d |", "| D \\| E |")
    )


def test_front_matter_targets_are_checked_too() -> None:
    article = parse("---\ntitle: A\n---\nB\n")
    for target in ("", " ", "a\n\nb", "a\x00b"):
        with pytest.raises(SegmentError):
            merge(article, {1: target}, {})
    assert merge(article, {1: "a\r\nb"}, {}) == "---\ntitle: a b\n---\nB\n"
    assert merge(article, {1: "a: #b"}, {}) == '---\ntitle: "a: #b"\n---\nB\n'


def test_without_front_matter_none_is_made() -> None:
    assert merge(parse("A\n"), {1: "B"}, {"lang": "de"}) == "B\n"


def test_unreadable_front_matter_value() -> None:
    article = parse("---\ntitle: A\n---\nB\n")
    with pytest.raises(FrontMatterError):
        merge(article, {}, {"lang": "a\x00b"})


def test_splice_does_not_prove() -> None:
    article = parse("A\n\nB\n")
    assert splice(article, {1: "C"}, {}) == b"C\n\nB\n"


@pytest.mark.parametrize(
    ("dialect", "source", "output", "fault"),
    [
        ("commonmark", "A\n", "# A\n", "became"),
        ("commonmark", "A\n", "---\na: b\n---\nA\n", "front matter appeared"),
        ("commonmark", "---\na: b\n---\nA\n", "A\n", "front matter"),
        ("commonmark", "[a](#b)\n\n# B\n", "[a](#b)\n\n# C\n", "link target #b is gone"),
        ("commonmark", "[a](#c)\n\n# B\n", "[a](#c)\n\n# D\n", ""),
        ("jekyll", "a {{ b }}\n", "a {{ c }}\n", "template tags"),
        ("jekyll", "a {{ b }} {{ c }}\n", "a {{ c }} {{ b }}\n", ""),
        ("jekyll", "a\n{: .b}\n", "a\n{: .c}\n", "template tags"),
        ("jekyll", "a\n{: .b}\n", "a\n\n{: .b}\nc\n", "became"),
        ("jekyll", "{% if a %}\nb\n{% endif %}\n", "b\n{% if a %}\n{% endif %}\n", "became"),
    ],
)
def test_proof(dialect: str, source: str, output: str, fault: str) -> None:
    found = prove(parse(source, dialect), output.encode())
    assert (fault in found) if fault else (found == "")


def test_the_guilty_segment_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """`restore` lets nothing known through; so it is switched off to see the second wall."""
    module = importlib.import_module("translate_pipeline.article.merge")
    monkeypatch.setattr(module, "restore", lambda _article, _segment, target: target)
    article = parse("A\n\nB\n\nC\n\nD\n")
    with pytest.raises(StructureError, match="structure") as caught:
        merge(article, {1: "a", 2: "# b", 3: "c", 4: "- d"}, {})
    assert set(caught.value.segments) == {2, 4}


def test_children_without_their_parent() -> None:
    article = parse('A [b](c "D") <i title="E">f</i>\n')
    assert merge(article, {2: "Ä", 3: "É"}, {}) == 'A [b](c "Ä") <i title="É">f</i>\n'


def test_kept_references_stay() -> None:
    text = "# References\n\n- [A work](https://a.b)\n"
    article = parse(text)
    targets = {s.id: "Quellen" for s in article.segments if not s.keep}
    assert merge(article, targets, {}) == text.replace("References", "Quellen")
    article = parse(text, options=ArticleOptions(references="translate"))
    out = merge(article, {2: "[Ein Werk](u1)"}, {})
    assert out == text.replace("A work", "Ein Werk")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_stay(ending: str) -> None:
    text = ending.join(["# A", "", "b", "", "- c", "  d", ""])
    article = parse(text)
    out = merge(article, {1: "Ä", 2: "B", 3: "C"}, {})
    assert out == ending.join(["# Ä", "", "B", "", "- C", ""])


def test_of_two_tags_with_the_same_words_the_right_one_is_changed() -> None:
    text = (
        'A <img src="a" alt="Old mill"> and <img src="b" alt="Old mill" title="Old mill"> here.\n'
    )
    article = parse(text)
    mills = [segment.id for segment in article.segments if segment.text == "Old mill"]
    for number, name in enumerate(("one", "two", "three")):
        words = ["Old mill"] * 3
        words[number] = name
        assert merge(article, {mills[number]: name}, {}) == (
            f'A <img src="a" alt="{words[0]}"> and'
            f' <img src="b" alt="{words[1]}" title="{words[2]}"> here.\n'
        )
