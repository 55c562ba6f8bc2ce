"""MkDocs: each construct before and after, and the laws over real sites."""

from __future__ import annotations

import pytest

from tests.article.dialects import python_markdown
from tests.article.dialects.laws import corpus, covered, loud, proven
from translate_pipeline.article import merge, parse

#: why → (before, after in capitals)
CASES = {
    "an admonition's body belongs to it by four spaces": (
        '!!! note "The *title*"\n\n    Text.\n\n    - a\n\n        b\n\nEnd.\n',
        '!!! note "THE *TITLE*"\n\n    TEXT.\n\n    - A\n\n        B\n\nEND.\n',
    ),
    "no blank line above its body, no title, classes": (
        "!!! warning inline end\n    Text\n    more.\n",
        "!!! warning inline end\n    TEXT MORE.\n",
    ),
    "an opener of seven letters": ("!!! tip\n\n    Text.\n", "!!! tip\n\n    TEXT.\n"),
    "right below a paragraph, as in Python-Markdown": (
        "Text\n!!! note\n    More.\n",
        "TEXT\n!!! note\n    MORE.\n",
    ),
    "an empty title hides it": ('!!! note ""\n\n    Text.\n', '!!! note ""\n\n    TEXT.\n'),
    "quotation marks in a title, of which the last one ends it": (
        '!!! note "Say "hello" twice"\n\n    Text.\n',
        '!!! note "SAY "HELLO" TWICE"\n\n    TEXT.\n',
    ),
    "a sentence is no admonition": ("!!! Stop: this is it.\n", "!!! STOP: THIS IS IT.\n"),
    "details, open and closed": (
        '??? question "Why?"\n\n    Text.\n\n???+ note\n\n    Text.\n',
        '??? question "WHY?"\n\n    TEXT.\n\n???+ note\n\n    TEXT.\n',
    ),
    "tabs, with code and with an admonition": (
        '=== "One"\n\n    ``` py\n    a = 1\n    ```\n\n'
        '=== "Two"\n\n    !!! note\n\n        Text.\n',
        '=== "ONE"\n\n    ``` py\n    a = 1\n    ```\n\n'
        '=== "TWO"\n\n    !!! note\n\n        TEXT.\n',
    ),
    "a new group of tabs, and the selected one": (
        '===! "One"\n\n    Text.\n\n===+ "Two"\n\n    Text.\n',
        '===! "ONE"\n\n    TEXT.\n\n===+ "TWO"\n\n    TEXT.\n',
    ),
    "an admonition in a list": (
        "1.  Text\n\n    !!! danger\n\n        More.\n\n2.  End\n",
        "1.  TEXT\n\n    !!! danger\n\n        MORE.\n\n2.  END\n",
    ),
    "four spaces below a paragraph are code": (
        "Text.\n\n    code a\n\nEnd.\n",
        "TEXT.\n\n    code a\n\nEND.\n",
    ),
    "eight in an admonition, too": (
        "!!! note\n\n    Text.\n\n        code a\n",
        "!!! note\n\n    TEXT.\n\n        code a\n",
    ),
    "blocks with a title and options": (
        "/// note | The *title*\n    type: warning\n\nText.\n///\n\nEnd.\n",
        "/// note | THE *TITLE*\n    type: warning\n\nTEXT.\n///\n\nEND.\n",
    ),
    "a block in a block": (
        "//// tab | One\n/// details | Two\nText.\n///\n////\n",
        "//// tab | ONE\n/// details | TWO\nTEXT.\n///\n////\n",
    ),
    "a block whose argument is a tag": (
        "/// html | div.card\nText.\n///\n",
        "/// html | div.card\nTEXT.\n///\n",
    ),
    "a caption is the body": (
        "/// caption\nText.\n///\n",
        "/// caption\nTEXT.\n///\n",
    ),
    "attributes of an inline thing, a block and a heading": (
        "[Text](a){ .md-button target=_blank } and *it*{: .b }.\n\n"
        "Text\n{: #c .d }\n\n## Head { #e data-toc-label='Short' }\n\n## Two {#f}\n",
        "[TEXT](a){ .md-button target=_blank } AND *IT*{: .b }.\n\n"
        "TEXT\n{: #c .d }\n\n## HEAD { #e data-toc-label='SHORT' }\n\n## TWO {#f}\n",
    ),
    "a tooltip": ('[a](b){ title="Some text" }\n', '[A](b){ title="SOME TEXT" }\n'),
    "a picture's size": ("![Text](a.png){ width=300 }\n", "![TEXT](a.png){ width=300 }\n"),
    "braces that are no attributes": ("Text {name} end.\n", "TEXT {NAME} END.\n"),
    "a snippet, and a block of them": (
        'Text.\n\n--8<-- "a/b.md:part"\n\n--8<--\na/b.md\n\nc.md\n--8<--\n\nEnd.\n',
        'TEXT.\n\n--8<-- "a/b.md:part"\n\n--8<--\na/b.md\n\nc.md\n--8<--\n\nEND.\n',
    ),
    "included by plugins": (
        "{!a/b.md!}\n\n{* ../a.py hl[1] *}\n\n{% include 'a.md' %}\n\nText {{ a.b }} end.\n",
        "{!a/b.md!}\n\n{* ../a.py hl[1] *}\n\n{% include 'a.md' %}\n\nTEXT {{ a.b }} END.\n",
    ),
    "an abbreviation's name stays, its meaning does not": (
        "Text.\n\n*[HTML]: Hyper text\n*[W3C]: World web\n",
        "TEXT.\n\n*[HTML]: HYPER TEXT\n*[W3C]: WORLD WEB\n",
    ),
    "critic marks": (
        "A {++new++} and {--old--} and {~~one~>two~~} {==text==}{>>a note<<}.\n",
        "A {++NEW++} AND {--OLD--} AND {~~ONE~>TWO~~} {==TEXT==}{>>a note<<}.\n",
    ),
    "critic marks round a paragraph": ("{--\n\nText.\n\n--}\n", "{--\n\nTEXT.\n\n--}\n"),
    "keys": (
        'Press ++ctrl+alt+del++ or ++"My key"++, not a ++ b.\n',
        'PRESS ++ctrl+alt+del++ OR ++"My key"++, NOT A ++ B.\n',
    ),
    "marked, inserted, raised and lowered": (
        "An ==old== and ^^new^^ H~2~O ^2^.\n",
        "AN ==OLD== AND ^^NEW^^ H~2~O ^2^.\n",
    ),
    "emoji and icons": (
        ":smile: text :material-clock:{ .lg } end\n",
        ":smile: TEXT :material-clock:{ .lg } END\n",
    ),
    "a documented object with its options": (
        "## API\n\n::: pkg.mod.Class\n    options:\n      show_source: false\n\nText.\n",
        "## API\n\n::: pkg.mod.Class\n    options:\n      show_source: false\n\nTEXT.\n",
    ),
    "targets that a plugin knows": (
        "See [the class][pkg.mod.Class] and [pkg.mod.other][].\n",
        "SEE [THE CLASS][pkg.mod.Class] AND [pkg.mod.other][].\n",
    ),
    "a space before the label": (
        "See `a` [one] [two] end.\n\n[two]: b\n",
        "SEE `a` [ONE] [two] END.\n\n[two]: b\n",
    ),
    "formulae": (
        "A $x_1 * y$ and \\(a_b\\).\n\n$$\nc = d\n$$\n\n\\[\ne^f\n\\]\n\n"
        "\\begin{align*}\ng\n\\end{align*}\n",
        "A $x_1 * y$ AND \\(a_b\\).\n\n$$\nc = d\n$$\n\n\\[\ne^f\n\\]\n\n"
        "\\begin{align*}\ng\n\\end{align*}\n",
    ),
    "money is no formula": ("It costs $5 and $6.\n", "IT COSTS $5 AND $6.\n"),
    "Markdown in HTML": (
        '<div class="grid cards" markdown>\n\n- *a*\n\n    ---\n\n    b\n\n</div>\n',
        '<div class="grid cards" markdown>\n\n- *A*\n\n    ---\n\n    B\n\n</div>\n',
    ),
    "a picture with a caption": (
        '<figure markdown="span">\n  ![A b](c.png){ width="3" }\n'
        "  <figcaption>Text</figcaption>\n</figure>\n",
        '<figure markdown="span">\n  ![A B](c.png){ width="3" }\n'
        "  <figcaption>TEXT</figcaption>\n</figure>\n",
    ),
    "a definition, and one below a comment": (
        "Term\n\n:   Text.\n\n    More.\n\n<!-- md:option a -->\n\n:   Text.\n\n    More.\n",
        "TERM\n\n:   TEXT.\n\n    MORE.\n\n<!-- md:option a -->\n\n:   TEXT.\n\n    MORE.\n",
    ),
    "the table of contents": ("[TOC]\n\nText.\n", "[TOC]\n\nTEXT.\n"),
    "a footnote of two paragraphs": (
        "Text[^1].\n\n[^1]:\n    One.\n\n    Two.\n",
        "TEXT[^1].\n\n[^1]:\n    ONE.\n\n    TWO.\n",
    ),
    "a bar in a cell's code": (
        "| A | B |\n|---|---|\n| `c|d` | e |\n",
        "| A | B |\n|---|---|\n| `c|d` | E |\n",
    ),
    "shown in code, where a fence that is indented ends nothing": (
        "``` md\n!!! note\n\n    ``` py\n    a\n    ```\n\n=== \"b\"\n```\n\nText.\n",
        "``` md\n!!! note\n\n    ``` py\n    a\n    ```\n\n=== \"b\"\n```\n\nTEXT.\n",
    ),
    "in a line of code": ("Use `!!! note` and `++a++`.\n", "USE `!!! note` AND `++a++`.\n"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES.keys())
def test_constructs(before: str, after: str) -> None:
    assert loud(before, "mkdocs") == after


def test_the_old_id_of_a_heading() -> None:
    article = parse("[a](#one)\n\n## One\n", "mkdocs")
    assert merge(article, {2: "Eins"}, {}) == ('[a](#one)\n\n## <a id="one"></a>Eins\n')


def test_a_title_that_becomes_wider() -> None:
    """The opener's length decides nothing: with `é` it has one byte more."""
    article = parse('=== "C"\n\n    a\n\n=== "Go"\n\n    b\n', "mkdocs")
    assert merge(article, {1: "é", 3: "éé"}, {}) == '=== "é"\n\n    a\n\n=== "éé"\n\n    b\n'


@pytest.mark.parametrize(
    "opener",
    ["!!! a", "??? ", '=== "a', "/// a |", "::: a.", "--8<--\n", "{{ ", "{% ", "{>>", "{~~", "~>",
     "++a+", "==a", "^^a", "*[a", "][a.", "[a.", "] [", "<a markdown", "\\( ", "\\[ ^", "$a", "$$ ",
     "\\begin{a}", "\n:   ", "{ .a "],
)  # fmt: skip
def test_an_opener_without_its_end(opener: str) -> None:
    """100 KB of it is an article like any other (each takes well under a second)."""
    text = opener * (100_000 // len(opener))
    assert parse(text, "mkdocs").source.decode() == text


def test_sample() -> None:
    covered(corpus("mkdocs", sample=60), "mkdocs")


@pytest.mark.slow
def test_everything() -> None:
    covered(corpus("mkdocs"), "mkdocs")


@pytest.mark.slow
def test_python_markdown_sees_the_same() -> None:
    """The oracle: the parser that MkDocs itself uses, with Material's extensions."""
    python_markdown.require()
    different = []
    files = corpus("mkdocs")
    for path in files:
        article, output = proven(path.read_text(encoding="utf-8"), "mkdocs")
        before = article.source[article.body :].decode()
        head = parse(output, "mkdocs").body
        after = python_markdown.without_anchors(before, output.encode()[head:].decode())
        if fault := python_markdown.difference(before, after):
            different.append((path, fault))
    print(f"\nPython-Markdown: {len(files)} files, {len(different)} differ")
    assert not different, different[:5]
