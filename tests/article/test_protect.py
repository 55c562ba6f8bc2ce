"""What a model sees of each construct: one line, every foreign thing a token.

One row per pitfall of `parsing.md` 4: the article, and its segments as `kind: text`, the
sources of the tokens behind `|`.
"""

from __future__ import annotations

import pytest

from translate_pipeline.article import merge, parse
from translate_pipeline.model import Segment

COMMONMARK: dict[str, tuple[str, list[tuple[str, ...]]]] = {
    # lines and containers
    "quote over lines": ("> a\n> b c\n", [("quote: a b c",)]),
    "lazy continuation": ("> a\nb\n", [("quote: a b",)]),
    "item over lines": ("- a\n  b\n", [("list-item: a b",)]),
    "loose item": ("1. one\n\n   two\n", [("list-item: one",), ("list-item: two",)]),
    "quote in item in quote": ("> - > deep\n> - > er\n", [("quote: deep",), ("quote: er",)]),
    "hard breaks": ("one  \ntwo\\\nend\n", [("paragraph: one<x1/>two<x2/>end", "  \n", "\\\n")]),
    "hard break in a quote": ("> one  \n> two\n", [("quote: one<x1/>two", "  \n> ")]),
    "Chinese lines join": ("设定\n变更\n", [("paragraph: 设定变更",)]),
    "Japanese and Latin do not": ("設定\nword\n", [("paragraph: 設定 word",)]),
    "Korean lines do not": ("한국어\n단어\n", [("paragraph: 한국어 단어",)]),
    "tab inside": ("a\tb\n", [("paragraph: a\tb",)]),
    "CRLF": ("# a\r\n\r\nb\r\nc\r\n", [("heading: a",), ("paragraph: b c",)]),
    # links
    "link and title": (
        '[a](/b_c "Tip") d\n',
        [("paragraph: [a](u1) d", '](/b_c "Tip")'), ("link-title: Tip",)],
    ),
    "title in single quotes": (
        "[a](/b 'c d')\n",
        [("paragraph: [a](u1)", "](/b 'c d')"), ("link-title: c d",)],
    ),
    "full reference": ("[a][R]\n\n[r]: /x\n", [("paragraph: [a](u1)", "][R]")]),
    "collapsed reference": ("[R][] b\n\n[r]: /x\n", [("paragraph: [R](u1) b", "][R]")]),
    "shortcut reference": ("[R] b\n\n[r]: /x\n", [("paragraph: [R](u1) b", "][R]")]),
    "label over lines": ("[a\nb]\n\n[a b]: /x\n", [("paragraph: [a b](u1)", "][a b]")]),
    "undefined reference": ("[a][no such] b\n", [("paragraph: [a<x1/> b", "][no such]")]),
    "no link": ("[a](b c) d\n", [("paragraph: [a<x1/> d", "](b c)")]),
    "two links": ("[a](x) [b](y)\n", [("paragraph: [a](u1) [b](u2)", "](x)", "](y)")]),
    "link over lines": (
        '[a\nb](/c\n"d")\n',
        [("paragraph: [a b](u1)", '](/c\n"d")'), ("link-title: d",)],
    ),
    "image": ("![a *b*](c.png) d\n", [("paragraph: ![a *b*](u1) d", "](c.png)")]),
    "image alone": ("![a b](c.png)\n", [("image-alt: ![a b](u1)", "](c.png)")]),
    "image without words": ("![](c.png)\n", []),
    "image in a link": ("[![a](i)](/l) b\n", [("paragraph: [![a](u1)](u2) b", "](i)", "](/l)")]),
    "reference definition": ('[r]: /x "Some title"\n', []),
    "definition below text": ("a\n[r]: /x 'T'\n", [("paragraph: a<x1/>", "\n[r]: /x 'T'")]),
    "definitions between lines": ("a\n[r]: /x\nb\n", [("paragraph: a<x1/>b", "\n[r]: /x\n")]),
    "autolinks": (
        "See <https://a.b> or <m@n.op>.\n",
        [("paragraph: See <x1/> or <x2/>.", "<https://a.b>", "<m@n.op>")],
    ),
    "bare URLs": (
        "See https://a.b/c_d(e). And www.x.y, (http://a.b/c)\n",
        [
            (
                "paragraph: See <x1/>. And <x2/>, (<x3/>)",
                "https://a.b/c_d(e)",
                "www.x.y",
                "http://a.b/c",
            )
        ],
    ),
    "URL before CJK": ("看https://a.b/c，然后\n", [("paragraph: 看<x1/>，然后", "https://a.b/c")]),
    "e-mail": ("To me@mail.example!\n", [("paragraph: To <x1/>!", "me@mail.example")]),
    "URL alone": ("https://a.b/c\n", []),
    # inline
    "emphasis stays": ("*a* **b** ~~c~~ _d_\n", [("paragraph: *a* **b** ~~c~~ _d_",)]),
    "emoji code": (
        "Done :tada: at 10:30: a:b:c\n",
        [("paragraph: Done :tada: at 10:30: a:b:c", ":tada:")],
    ),
    "emoji code at a line's start": (
        "Features\n:rocket: fast\n",
        [("paragraph: Features :rocket: fast", ":rocket:")],
    ),
    "entities": ("A&amp;B &copy; &#35; & c\n", [("paragraph: A&amp;B &copy; &#35; & c",)]),
    "escapes": ("\\*a\\* b\\\\ \\# c\n", [("paragraph: \\*a\\* b\\\\ \\# c",)]),
    "code": (
        "Run `make  all` and ``a`b``\n",
        [("paragraph: Run `make  all` and ``a`b``", "`make  all`", "``a`b``")],
    ),
    "code over lines": ("`a\nb` c\n", [("paragraph: `a b` c", "`a\nb`")]),
    "code only": ("`words in code`\n", []),
    "math": (
        "Let $x_1$ and $$y*z$$.\n",
        [("paragraph: Let $x_1$ and $$y*z$$.", "$x_1$", "$$y*z$$")],
    ),
    "prices": ("It costs $5 and $6.\n", [("paragraph: It costs $5 and $6.",)]),
    "math block": ("$$\nx*y\n$$\n", []),
    "footnote": (
        "A[^n] b\n\n[^n]: The *note*\n    goes on.\n",
        [("paragraph: A[^n] b", "[^n]"), ("footnote: The *note* goes on.",)],
    ),
    "our own marks": ("<x1/> a ](u1) b\n", [("paragraph: <x1/> a <x2/> b", "<x1/>", "](u1)")]),
    "numbers are no prose": ("123 — 4.5 %\n", []),
    # HTML
    "pairs and voids": (
        "a <b>c</b><br>d <i>e\n",
        [("paragraph: a <b1>c</b1><x1/>d <x2/>e", "<b>", "</b>", "<br>", "<i>")],
    ),
    "nested pairs": (
        "<b>a <i>b</i></b> c\n",
        [("paragraph: <b1>a <b2>b</b2></b1> c", "<b>", "<i>", "</i>", "</b>")],
    ),
    "crossed pairs": (
        "<b>a <i>b</b> c</i>\n",
        [("paragraph: <b1>a <x1/>b</b1> c<x2/>", "<b>", "<i>", "</b>", "</i>")],
    ),
    "inline comment": ("a <!-- b c --> d\n", [("paragraph: a <x1/> d", "<!-- b c -->")]),
    "opaque elements": (
        "<kbd>Ctrl</kbd>+<code>a b</code> c\n",
        [("paragraph: <x1/>+<x2/> c", "<kbd>Ctrl</kbd>", "<code>a b</code>")],
    ),
    "attributes of inline tags": (
        "a <img src=x alt=\"An alt\"> <i title='Tip'>b</i>\n",
        [
            (
                "paragraph: a <x1/> <b1>b</b1>",
                '<img src=x alt="An alt">',
                "<i title='Tip'>",
                "</i>",
            ),
            ("attribute: An alt",),
            ("attribute: Tip",),
        ],
    ),
    "less than": ("1 < 2 a > b <3\n", [("paragraph: 1 < 2 a > b <3",)]),
    # blocks
    "headings": (
        "# A\n\n## B ##\n\n### C# ###\n",
        [("heading: A",), ("heading: B",), ("heading: C#",)],
    ),
    "underlined headings": ("A\nb\n===\n\nC\n---\n", [("heading: A b",), ("heading: C",)]),
    "heading id": ("# A b {#id .c}\n", [("heading: A b",)]),
    "id before closing hashes": ("# A {#id} #\n", [("heading: A <x1/>", "{#id}")]),
    "code blocks": ("    a b\n\n```c\nd e\n```\n", []),
    "table": (
        "| A | *b* |\n|:--|--:|\n| c | |\n| | [d](e) |\n",
        [
            ("table-cell: A",),
            ("table-cell: *b*",),
            ("table-cell: c",),
            ("table-cell: [d](u1)", "](e)"),
        ],
    ),
    "pipes in cells": (
        "| a \\| b | x `c\\|d` |\n|---|---|\n",
        [("table-cell: a \\| b",), ("table-cell: x `c\\|d`", "`c\\|d`")],
    ),
    "table rule with colons": (
        "a | b\n:-- | --:\nc | d\n",
        [("table-cell: a",), ("table-cell: b",), ("table-cell: c",), ("table-cell: d",)],
    ),
    "definition list": (
        "A\n: b\n: c d\n",
        [("definition: A",), ("definition: b",), ("definition: c d",)],
    ),
    "task list": (
        "- [ ] a\n- [x] b\n\n  c\n",
        [("list-item: a",), ("list-item: b",), ("list-item: c",)],
    ),
    "alert": ("> [!NOTE]\n> A *b*\n", [("quote: A *b*",)]),
    "other callouts": ("> [!danger]- A\n> b\n", [("quote: <x1/> A b", "[!danger]-")]),
    "DocFX include": (
        "[!INCLUDE [a](b.md)]\n",
        [("paragraph: <x1/> [a](u1)]", "[!INCLUDE", "](b.md)")],
    ),
    "link that begins with !": ("[!a](b) c\n", [("paragraph: [!a](u1) c", "](b)")]),
    "comment block": ("<!-- a b -->\n\n<!--\nc\n\nd\n-->\n", []),
    "Liquid is text here": ("{{ a }} {% b %}\n", [("paragraph: {{ a }} {% b %}",)]),
}

JEKYLL: dict[str, tuple[str, list[tuple[str, ...]]]] = {
    "output and tag": (
        "A {{ x | y: 'z' }} and {% link a.md %}.\n",
        [("paragraph: A <x1/> and <x2/>.", "{{ x | y: 'z' }}", "{% link a.md %}")],
    ),
    "block tag": ('{% include a.html t="Words" %}\n', []),
    "tags between lines": (
        "a\n{% if x %}\nb\n{% endif %}\n",
        [("paragraph: a",), ("paragraph: b",)],
    ),
    "tags round words": (
        "{% if x %} a {% endif %}\n",
        [("paragraph: <x1/> a <x2/>", "{% if x %}", "{% endif %}")],
    ),
    "output inside a paragraph": ("a\n{{ x }}\nb\n", [("paragraph: a <x1/> b", "{{ x }}")]),
    "link targets": (
        "[a]({{ site.url }}/b) ![c]({% link d %})\n",
        [("paragraph: [a](u1) ![c](u2)", "]({{ site.url }}/b)", "]({% link d %})")],
    ),
    "reference definition": ("[a]: {{ x }}/b\n\n[a] c\n", [("paragraph: [a](u1) c", "][a]")]),
    "attributes": (
        '<a href="{{ x }}" title="{{ y }}">a</a> b\n',
        [("paragraph: <b1>a</b1> b", '<a href="{{ x }}" title="{{ y }}">', "</a>")],
    ),
    "inside code": ("`{{ x }}` a\n", [("paragraph: `{{ x }}` a", "`{{ x }}`")]),
    "inside a fence": ("```\n{% raw %}\n{{ x }}\n{% endraw %}\n```\na\n", [("paragraph: a",)]),
    "raw": (
        "{% raw %}a {{ x }}{% endraw %} b\n",
        [("paragraph: <x1/> b", "{% raw %}a {{ x }}{% endraw %}")],
    ),
    "highlight": ("{% highlight c %}\na b\n\n# c\n{% endhighlight %}\n", []),
    "comment": ("{% comment %}\na b\n{% endcomment %}\n", []),
    "capture is prose": ("{% capture x %}\na b\n{% endcapture %}\n", [("paragraph: a b",)]),
    "emphasis round output": ("**{{ x }}** a\n", [("paragraph: **<x1/>** a", "{{ x }}")]),
    "in a quote": ("> {% include x %}\n> a\n", [("quote: a",)]),
    "in an item": ("1. a\n   {% include x %}\n   b\n", [("list-item: a",), ("list-item: b",)]),
    "in a cell": ("| a {{ b }} | {{ c }} |\n|---|---|\n", [("table-cell: a <x1/>", "{{ b }}")]),
    "in an HTML block": (
        "<div>\na\n{% if x %}\nb {{ c }}\n</div>\n",
        [("html: a",), ("html: b <x1/>", "{{ c }}")],
    ),
    "attribute list": ('a b\n{: .c id="D"}\n', [("paragraph: a b",)]),
    "span attribute list": (
        '[a](b){: target="_c"} d\n',
        [("paragraph: [a](u1)<x1/> d", "](b)", '{: target="_c"}')],
    ),
    "item attribute list": ("- a\n{: .b}\n", [("list-item: a",)]),
    "heading ids": ("# A {#b}\n\n# C\n{: #d}\n", [("heading: A",), ("heading: C",)]),
    "attribute definition": ("{:ref: .a b='c'}\nd\n", [("paragraph: d",)]),
    "kramdown comment": ("{::comment}\na b\n{:/comment}\n\nc\n", [("paragraph: c",)]),
    "nomarkdown": ("{::nomarkdown}\na b\n{:/}\n", []),
    "options": ("{::options toc_levels='1' /}\n\na\n", [("paragraph: a",)]),
    "contents": ("* toc\n{:toc}\n", [("list-item: toc",)]),
    "MathJax": (
        "a \\\\( b_c \\\\) d\n\n\\\\[ e_f \\\\]\n",
        [("paragraph: a <x1/> d", "\\\\( b_c \\\\)")],
    ),
    "Markdown in HTML": (
        '<div markdown="1">\n# A\n- b `c`\n- d\n</div>\n',
        [("heading: A",), ("list-item: b `c`", "`c`"), ("list-item: d",)],
    ),
    "Markdown below HTML": (
        "<div>\na\n</div>\n## B\nc\n- d\n",
        [("html: a",), ("heading: B",), ("paragraph: c",), ("list-item: d",)],
    ),
    "heading below an anchor": (
        "<a name='x'></a>\n## A\nb\n",
        [("heading: A",), ("paragraph: b",)],
    ),
    "bare pipe in code": (
        "a\n\n| `b|c` d | e |\n|---|---|\n",
        [("paragraph: a",), ("table-cell: `b|c` d", "`b|c`"), ("table-cell: e",)],
    ),
}


def _rows(segments: tuple[Segment, ...]) -> list[tuple[str, ...]]:
    return [
        (f"{segment.kind}: {segment.text}", *(token.source for token in segment.tokens))
        for segment in segments
    ]


@pytest.mark.parametrize(("article", "rows"), COMMONMARK.values(), ids=COMMONMARK.keys())
def test_commonmark(article: str, rows: list[tuple[str, ...]]) -> None:
    assert _rows(parse(article).segments) == rows


@pytest.mark.parametrize(("article", "rows"), JEKYLL.values(), ids=JEKYLL.keys())
def test_jekyll(article: str, rows: list[tuple[str, ...]]) -> None:
    assert _rows(parse(article, "jekyll").segments) == rows


LIQUID_FREE = {name: row for name, row in COMMONMARK.items() if "Liquid" not in name}


@pytest.mark.parametrize(("article", "rows"), LIQUID_FREE.values(), ids=LIQUID_FREE.keys())
def test_jekyll_reads_commonmark(article: str, rows: list[tuple[str, ...]]) -> None:
    assert _rows(parse(article, "jekyll").segments) == rows


@pytest.mark.parametrize("prefix", ["> ", "- ", "1. ", "> - > "])
@pytest.mark.parametrize(("article", "rows"), COMMONMARK.values(), ids=COMMONMARK.keys())
def test_same_inside_a_container(prefix: str, article: str, rows: list[tuple[str, ...]]) -> None:
    """Text and marks are those of the top level; only kind and continuation prefixes differ."""
    article = article.replace("\r\n", "\n")
    rest = "".join(c if c == ">" else " " for c in prefix)
    inner = prefix + article.rstrip("\n").replace("\n", "\n" + rest) + "\n"
    found = [segment.text for segment in parse(inner).segments]
    if prefix != "> " and article.startswith(("- [", "    a")):
        return  # `- - [ ] a` is a task in both, `-     code` is not indented code
    assert found == [row[0].split(": ", 1)[1] for row in rows]


@pytest.mark.parametrize("article", [row[0] for row in (*COMMONMARK.values(), *JEKYLL.values())])
def test_one_line_and_every_token_in_its_order(article: str) -> None:
    for dialect in ("commonmark", "jekyll"):
        for segment in parse(article, dialect).segments:
            assert "\n" not in segment.text
            assert "\r" not in segment.text
            position = 0
            for token in segment.tokens:
                position = segment.text.index(token.mark, position) + len(token.mark)


def test_numbers_start_anew_in_each_segment() -> None:
    """Equal prose has equal text, wherever its links lead."""
    one, two = parse("[a](/x) <br> b\n\n[a](/y) <hr/> b\n").segments
    assert one.text == two.text == "[a](u1) <x1/> b"


@pytest.mark.parametrize("text", ["> a\n    > ", "> a\n    >", "- a\n\n  > b\n      > "])
def test_a_line_that_ends_the_article_behind_a_quote_mark(text: str) -> None:
    """Found by fuzzing: there is no byte behind the soft break."""
    assert merge(parse(text), {}, {}) == text
