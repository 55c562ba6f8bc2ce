"""The shadow: same length, foreign constructs masked, code included, everything else equal."""

from __future__ import annotations

import pytest

from translate_pipeline.article import dialects, parse
from translate_pipeline.article.shadow import Shadow, cast, openers

JEKYLL = dialects.find("jekyll")
COMMONMARK = dialects.find("commonmark")


def _cast(text: str, dialect: dialects.Dialect = JEKYLL) -> Shadow:
    return cast(text.encode(), text, dialect)


TABLE = {
    "output is a word": ("a {{ x }} b", "a xxxxxxx b"),
    "output alone in a paragraph stays inline": ("a\n{{ x }}\nb", "a\nxxxxxxx\nb"),
    "tag between words": ("a {% x %} b", "a xxxxxxx b"),
    "tag on its own line is a block": ("a\n{% x %}\nb", "a\n<?xxx?>\nb"),
    "in a quotation": ("> {% x %}\n> b", "> <?xxx?>\n> b"),
    "two tags fill a line": ("{% x %}{% y %}\n", "<?xxxxxxxxxx?>\n"),
    "tag and output fill a line": ("{% x %} {{ y }}\n", "<?xxxxxxxxxxx?>\n"),
    "white space control": ("a {%- x -%} b", "a xxxxxxxxx b"),
    "link target": ("[a]({{ x }}/b)", "[a](xxxxxxx/b)"),
    "attribute": ('<a href="{{ x }}">', '<a href="xxxxxxx">'),
    "inside code": ("`{{ x }}`", "`xxxxxxx`"),
    "raw hides its body": ("{% raw %}{{ x }}{% endraw %} b", "x" * 28 + " b"),
    "highlight over lines": (
        "{% highlight c %}\na\n\nb\n{% endhighlight %}\n",
        "<?" + "x" * 37 + "?>\n",
    ),
    "raw without its end hides the tag only": ("{% raw %} a", "xxxxxxxxx a"),
    "endraw must be a tag": ("{% raw %} endraw {% endraw %}", "<?" + "x" * 25 + "?>"),
    "unclosed stays": ("a {{ x b", "a {{ x b"),
    "unclosed tag stays": ("a {% x b", "a {% x b"),
    "block attribute list": ("a\n{: .b}\n", "a\n<?xx?>\n"),
    "span attribute list": ("*a*{: .b} c", "*a*...... c"),
    "attribute list ends at a blank line": ("a {: .b\n\n}", "a {: .b\n\n}"),
    "empty braces are none": ("a {:} b", "a {:} b"),
    "kramdown comment": ("{::comment}\na\n{:/comment}\n", "<?" + "x" * 21 + "?>\n"),
    "short closer": ("{::nomarkdown}a{:/}\n", "<?" + "x" * 15 + "?>\n"),
    "table of contents": ("* a\n{:toc}\n", "* a\n<?xx?>\n"),
    "formula": ("a \\\\( b_c \\\\) d", "a xxxxxxxxxxx d"),
    "markdown in HTML": ('<div markdown="1">\na\n</div>\n', "<?" + "x" * 14 + "?>\na\n</div>\n"),
    "tags above Markdown": ("\n</div>\n# a\n", "\n      \n# a\n"),
    "anchor above a heading": ("\n<a id='b'></a>\n## a\n", "\n              \n## a\n"),
    "tags above HTML stay": ("\n</div>\n<p>a</p>\n", "\n</div>\n<p>a</p>\n"),
    "pipe in code in a row": ("a\n\n| `b|c` | d |\n", "a\n\n| `bxc` | d |\n"),
    "escaped pipe in code": ("a\n\n| `b\\|c` |\n", "a\n\n| `b\\|c` |\n"),
    "emoji code at a line's start": ("a\n:b: c\n", "a\nxb: c\n"),
    "lone carriage return": ("# a\r\rb\r\n", "# a\n\nb\r\n"),
    "definition stays": ("a\n: b\n", "a\n: b\n"),
    "table rule stays": ("a|b\n:--|:-:\n:-|-:\n", "a|b\n:--|:-:\n:-|-:\n"),
}


@pytest.mark.parametrize(("source", "shadow"), TABLE.values(), ids=TABLE.keys())
def test_jekyll(source: str, shadow: str) -> None:
    assert _cast(source).text == shadow


@pytest.mark.parametrize("source", [row[0] for row in TABLE.values()], ids=TABLE.keys())
def test_masks_are_the_constructs_in_order(source: str) -> None:
    raw = source.encode()
    shadow = _cast(source)
    assert len(shadow.text.encode()) == len(raw)
    if not shadow.masks and shadow.text == source:
        assert shadow.text is source  # `parse` relies on it to save a copy
    position = 0
    for mask in shadow.masks:
        assert position <= mask.start < mask.end <= len(raw)
        assert raw[mask.start : mask.start + 1] in (b"{", b"\\", b"<")
        position = mask.end


def test_commonmark_knows_no_liquid() -> None:
    text = "a {{ x }} {% y %} {: .z}\n| `b|c` |\n"
    assert _cast(text, COMMONMARK) == Shadow(text, ())


def test_offsets_are_bytes() -> None:
    shadow = _cast("ü {{ ü }} ü")
    assert shadow.text == "ü xxxxxxxx ü"
    assert [(m.start, m.end) for m in shadow.masks] == [(3, 11)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a {{ b", {b"{{": 1}),
        ("{% a %} {%- b", {b"{%": 1, b"{%-": 1}),
        ("{::comment}", {b"{::": 1}),
        ("{:.x} { : }", {b"{:": 1}),
        ("plain", {}),
    ],
)
def test_openers(text: str, found: dict[bytes, int]) -> None:
    assert dict(openers(text, JEKYLL)) == found
    assert not openers(text, COMMONMARK)


def test_a_fence_that_closes_behind_raw_hides_no_prose() -> None:
    """Jekyll's own tutorial closes a fence behind `{% endraw %}`; the text below is prose."""
    text = "{% raw %}\n```liquid\n<b>{{ x }}</b>\n{% endraw %}\n```\n\nWords.\n"
    assert [segment.text for segment in parse(text, "jekyll").segments] == ["Words."]
