"""What the proof compares: rows of two articles that are the same to it, or are not."""

from __future__ import annotations

import pytest

from translate_pipeline.article import parser, skeleton
from translate_pipeline.article.parser import BASE, MATH


def _tags(markdown: str) -> list[str]:
    return skeleton.tags(parser.render(markdown, BASE | MATH))


SAME = {
    "words": ("A b\n", "C d e\n"),
    "emphasis": ("A *b* **c**\n", "A b ~~c~~\n"),
    "wrapping": ("a\nb\n", "a b\n"),
    "order in a block": ("a `b` [c](d) ![e](f)\n", "![e](f) [c](d) `b` a\n"),
    "alt and title": ('![a](b "c") [d](e "f")\n', '![x](b "y") [z](e "w")\n'),
    "HTML alt and title": (
        '<img alt="a" src="b" title="c">\n',
        '<img alt="x" src="b" title="y">\n',
    ),
    "escapes": ("a * b\n", "a \\* b\n"),
    "kind of reference": ("[a]\n\n[a]: b\n", "[x][a]\n\n[a]: b\n"),
    "less than in HTML": ("<p>a < b</p>\n", "<p>x < y</p>\n"),
    "attribute with a bracket": ('<p title="a > b">c</p>\n', '<p title="x > y">z</p>\n'),
    "comment cut off by a blank line": ("<p>\n<!--\na\n\nb -->\n", "<p>\n<!--\nx\n\ny -->\n"),
}
CHANGED = {
    "code": ("a `b`\n", "a `c`\n"),
    "code block": ("```\na\n```\n", "```\nb\n```\n"),
    "language": ("```a\nb\n```\n", "```c\nb\n```\n"),
    "link target": ("[a](b)\n", "[a](c)\n"),
    "image target": ("![a](b)\n", "![a](c)\n"),
    "link gone": ("[a](b)\n", "a\n"),
    "math": ("$a$\n", "$b$\n"),
    "math block": ("$$\na\n$$\n", "$$\nb\n$$\n"),
    "footnote": ("a[^1]\n\n[^1]: b\n\n[^2]: c\n", "a[^2]\n\n[^1]: b\n\n[^2]: c\n"),
    "heading level": ("# a\n", "## a\n"),
    "heading id": ("# a {#b}\n", "# a {#c}\n"),
    "paragraph more": ("a\n", "a\n\nb\n"),
    "item more": ("- a\n", "- a\n- b\n"),
    "list start": ("3. a\n", "4. a\n"),
    "list kind": ("- a\n", "1. a\n"),
    "tightness": ("- a\n- b\n", "- a\n\n- b\n"),
    "task": ("- [ ] a\n", "- [x] a\n"),
    "alert": ("> [!NOTE]\n> a\n", "> [!TIP]\n> a\n"),
    "alignment": ("|a|\n|:-|\n", "|a|\n|-:|\n"),
    "column more": ("|a|b|\n|-|-|\n|c|d|\n", "|a|\n|-|\n|c|\n"),
    "HTML tag": ("<b>a</b>\n", "<i>a</i>\n"),
    "HTML attribute": ('<b class="x">a</b>\n', '<b class="y">a</b>\n'),
    "HTML tag more": ("<p>a</p>\n", "<p>a<br></p>\n"),
    "comment": ("a <!-- b -->\n", "a <!-- c -->\n"),
    "comment block": ("<!--\na\n-->\n", "<!--\nb\n-->\n"),
    "script": ("<script>\na<b>\n</script>\n", "<script>\na<c>\n</script>\n"),
    "instruction": ("<?a?>\n", "<?b?>\n"),
    "hard break": ("a  \nb\n", "a b\n"),
    "block moved": ("`a`\n\n`b`\n", "`b`\n\n`a`\n"),
    "text below a heading in an item": ("- # a\n", "- # a\n  b\n"),
    "text above a heading in an item": ("- # a\n", "- b\n  # a\n"),
    "text below a list in an item": ("- - a\n", "- - a\n\n  b\n"),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME.keys())
def test_same(one: str, other: str) -> None:
    assert skeleton.difference(_tags(one), _tags(other)) == ""


@pytest.mark.parametrize(("one", "other"), CHANGED.values(), ids=CHANGED.keys())
def test_changed(one: str, other: str) -> None:
    assert " became " in skeleton.difference(_tags(one), _tags(other))
    assert " became " in skeleton.difference(_tags(other), _tags(one))


@pytest.mark.parametrize(
    ("html", "visible"),
    [
        ("<p>a <em>b</em></p>", 0),
        ("<p>a **b** c</p>", 8),
        ("<p>a ~~b</p>", 1),
        ("<p>snake_case</p>", 0),
        ("<p>これは_強調_です</p>", 2),
        ("<p>_a_ b</p>", 2),
        ("<p><code>*a*</code></p>", 0),
        ('<p><a title="*">b</a></p>', 0),
    ],
)
def test_visible_delimiters(html: str, visible: int) -> None:
    assert (skeleton.literal_delimiters(html) > 0) is (visible > 0)


def test_pins_are_taken_out() -> None:
    html = '<h2 id="a">x</h2><h2><a id="b"></a>y</h2><h2 id="c">z</h2>'
    wanted = '<h2>x</h2><h2>y</h2><h2 id="c">z</h2>'
    assert skeleton.without_pins(html, ["a", "b"]) == wanted
