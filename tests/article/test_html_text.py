"""HTML blocks: prose runs and prose attributes, and nothing else."""

from __future__ import annotations

import pytest

from tests.laws import accent
from translate_pipeline.article import merge, parse

TABLE: dict[str, tuple[str, list[str]]] = {
    "paragraphs": ("<div>\n<p>A <b>b</b> c</p>\n<p>D</p>\n</div>\n", ["A <b1>b</b1> c", "D"]),
    "summary": ("<details><summary>A</summary>\n\nB\n\n</details>\n", ["A", "B"]),
    "cells": ("<table>\n<tr><td>A</td>\n<td>B</td></tr>\n</table>\n", ["A", "B"]),
    "items over lines": ("<ul>\n  <li>One\n  two</li>\n</ul>\n", ["One two"]),
    "in a quote": ("> <p>In a\n> quote</p>\n", ["In a quote"]),
    "script": ("<script>\nvar a = '<b>no</b>';\n</script>\n", []),
    "style": ("<style>a {}</style>\n", []),
    "pre": ("<pre>\na b\n</pre>\n", []),
    "svg": ("<svg><text>a</text></svg>\n", []),
    "textarea": ("<textarea>a</textarea>\n", []),
    "nested opaque": ("<div><svg><svg>a</svg>b</svg></div>\n", []),
    "code in a run": ("<p>A <code>b c</code> d</p>\n", ["A <x1/> d"]),
    "backticks in a run": ("<p>A `b c` d</p>\n", ["A `b c` d"]),
    "link syntax in a run": ("<p>A [b](c d) e</p>\n", ["A [b<x1/> e"]),
    "comment in a run": ("<p>A <!-- b --> c</p>\n", ["A <x1/> c"]),
    "comment block": ("<!-- a b -->\n", []),
    "declaration": ("<!DOCTYPE html>\n", []),
    "instruction": ("<?php echo 'a b'; ?>\n", []),
    "CDATA": ("<![CDATA[ a b ]]>\n", []),
    "less than": ("<p>a < b and c > d</p>\n", ["a < b and c > d"]),
    "translate=no on a block": ('<p translate="no">A</p>\n<p>B</p>\n', ["B"]),
    "translate=no inside": ('<p>A <b translate="no">B</b> c</p>\n', ["A <x1/> c"]),
    "notranslate": ('<p class="x notranslate">A</p>\n', []),
    "unfinished tag": ('<p>A <a href="\n', []),
    "alt and title": ('<img src="a" alt="A b" title=\'C d\'>\n', ["A b", "C d"]),
    "alt of a number": ('<img src="a" alt="123">\n', []),
    "alt in a run": ('<p>A <img alt="B"> c</p>\n', ["A <x1/> c", "B"]),
    "other attributes": ('<p class="a b" data-title="C d" id="e">F</p>\n', ["F"]),
    "aria-label and placeholder": (
        "<input aria-label=\"A b\" placeholder='C d'>\n",
        ["A b", "C d"],
    ),
    "names in capitals": ('<IMG SRC="a" ALT="A b">\n', ["A b"]),
    "an attribute without quotation marks": ("<img src=a alt=B>\n", []),
    "inside another attribute's value": ("<p onclick=\"let title = 'A b'\">C</p>\n", ["C"]),
    "behind a value with a tag's end": ('<img data-a="b>c" alt="D e">\n', ["D e"]),
    "every element that holds prose": (
        "<figure>\n<figcaption>A</figcaption>\n</figure>\n<details>\n<summary>B</summary>\n"
        "<dl><dt>C</dt><dd>D</dd></dl>\n<table><caption>E</caption><tr><th>F</th><td>G</td></tr>"
        "</table>\n<ul><li>H</li></ul>\n<h1>I</h1><h6>J</h6>\n<p>K</p>\n"
        "<form><label>L</label></form><p><button>M</button></p>\n</details>\n",
        [*"ABCDEFGHIJK", "<b1>L</b1>", "<b1>M</b1>"],
    ),
    "placeholder of a text field": ('<p><textarea placeholder="A b">c</textarea></p>\n', ["A b"]),
    "title of a frame": ('<iframe src="a" title="B c"></iframe>\n', ["B c"]),
    "attributes of a drawing": ('<svg aria-label="A b"><title>c</title></svg>\n', []),
    "attributes of code": ('<pre title="A b">\nc\n</pre>\n', []),
    "translate=no keeps attributes": ('<img translate="no" alt="A b">\n<p>C</p>\n', ["C"]),
    "and those inside": ('<div translate="no"><img alt="A b"></div>\n', []),
    "and those in a run": ('<p>A <img class="notranslate" alt="B"> c</p>\n', ["A <x1/> c"]),
    "translate=no nested": (
        '<div translate="no"><div>A</div><div translate="yes">B</div>C</div>\n<p>D</p>\n',
        ["D"],
    ),
    "translate=no without quotation marks": ("<p translate=NO>A</p>\n<p>B</p>\n", ["B"]),
    "translate=yes": ('<p translate="yes">A</p>\n', ["A"]),
    "another class that sounds alike": ('<p class="a not-notranslate">A</p>\n', ["A"]),
    "the words in another attribute": (
        "<p title='translate=\"no\"'>A</p>\n",
        ['translate="no"', "A"],
    ),
    "entity": ("<p>A&nbsp;b</p>\n", ["A&nbsp;b"]),
    "tag on its own line": ("<a href='x'>\nwords\n</a>\n", ["words"]),
    "text below a comment": ("<!-- a -->\nb\n", ["b"]),
}


@pytest.mark.parametrize(("article", "texts"), TABLE.values(), ids=TABLE.keys())
def test_runs(article: str, texts: list[str]) -> None:
    assert [segment.text for segment in parse(article).segments] == texts


@pytest.mark.parametrize("article", [row[0] for row in TABLE.values()], ids=TABLE.keys())
def test_translated_and_proven(article: str) -> None:
    parsed = parse(article)
    out = merge(parsed, accent.targets(parsed), {})
    fold = str.maketrans("", "", " \n>")  # lines are joined, in a quotation without its mark
    assert accent.plain(out).translate(fold) == article.translate(fold)


@pytest.mark.parametrize(
    ("target", "written"),
    [
        ("a <i>x</i>", "a &lt;i>x&lt;/i>"),
        ("1 < 2", "1 < 2"),
        ("a <!-- b", "a &lt;!-- b"),
        ("one\ntwo", "one two"),
    ],
)
def test_no_new_tags(target: str, written: str) -> None:
    assert merge(parse("<p>A</p>\n"), {1: target}, {}) == f"<p>{written}</p>\n"


@pytest.mark.parametrize(
    ("quote", "target", "written"),
    [
        ('"', 'say "x"', "say &quot;x&quot;"),
        ("'", "it's", "it&#39;s"),
        ('"', "it's", "it's"),
        ('"', "a < b > c", "a &lt; b &gt; c"),
    ],
)
def test_attributes_cannot_end_early(quote: str, target: str, written: str) -> None:
    article = parse(f"<img src={quote}a{quote} alt={quote}Words{quote}>\n")
    out = merge(article, {1: target}, {})
    assert out == f"<img src={quote}a{quote} alt={quote}{written}{quote}>\n"
