"""What a dialect promises, word by word, and the literal case that holds it.

`INDEX` names a case of the files beside this one for each construct that the project's plan
names; a case that is renamed or lost fails here. `CASES` are those that have no other place.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping

import pytest

from tests.article.dialects.laws import loud

# Dialect, before, after; the name says why.
CASES: dict[str, tuple[str, str, str]] = {
    "hugo: a comment of its templates": (
        "hugo", "Text {{/* a b */}} c.\n\n{{/* d */}}\n", "TEXT {{/* a b */}} C.\n\n{{/* d */}}\n",
    ),
    "hugo: a quotation's render hook gets a title, which ends with its line": (
        "hugo", "> [!NOTE] A *title*\n> Text\n> more.\n", "> [!NOTE] A *TITLE*\n> TEXT MORE.\n",
    ),
    "hugo: a render hook of links and images gets their words and titles": (
        "hugo", '![a](b.png "c") [d](e "f")\n', '![A](b.png "C") [D](e "F")\n',
    ),
    "hugo: a render hook of code gets its words as they are": (
        "hugo", '```goat {class="a b"}\nc\n```\n', '```goat {class="a b"}\nc\n```\n',
    ),
    "hugo: a page bundle's files and its resources stay": (
        "hugo",
        "---\ntitle: a\nresources:\n- src: b.png\n  name: c\n---\n![d](b.png) [e](../f/index.md)\n",
        "---\ntitle: A\nresources:\n- src: b.png\n  name: c\n---\n![D](b.png) [E](../f/index.md)\n",
    ),
    "mdx: an address in angle brackets is no link, and stays": (
        "mdx", "a <https://b.c/d> e\n", "A <https://b.c/d> E\n",
    ),
    "mdx: four spaces are no code": ("mdx", "a\n\n    b *c*\n", "A\n\n    B *C*\n"),
    "mdx: a template literal, over a blank line, too": (
        "mdx", "a {`b ${c} d`} e\n\n{`f\n\ng`}\n\nh\n", "A {`b ${c} d`} E\n\n{`f\n\ng`}\n\nH\n",
    ),
    "mdx: a component that is called like a void element has children": (
        "mdx", 'a <Link to="/b">c</Link> d<br/>e\n', 'A <Link to="/b">C</Link> D<br/>E\n',
    ),
    "quarto: a pipe table": (
        "quarto",
        "| a | b |\n|---|:-:|\n| `c` | [d](e) |\n",
        "| A | B |\n|---|:-:|\n| `c` | [D](e) |\n",
    ),
    "mkdocs: emoji": ("mkdocs", "a :material-home: b :+1:\n", "A :material-home: B :+1:\n"),
    "html: paragraphs, captions, summaries, cells, items": (
        "commonmark",
        "<figure><figcaption>a</figcaption></figure>\n<details><summary>b</summary></details>\n"
        "<table><tr><td>c</td></tr></table>\n<ul><li>d</li></ul>\n<p>e</p>\n",
        "<figure><figcaption>A</figcaption></figure>\n<details><summary>B</summary></details>\n"
        "<table><tr><td>C</td></tr></table>\n<ul><li>D</li></ul>\n<p>E</p>\n",
    ),
    "html: attributes that are prose": (
        "commonmark",
        '<img alt="a" title="b" class="c">\n<input aria-label="d" placeholder="e" name="f">\n',
        '<img alt="A" title="B" class="c">\n<input aria-label="D" placeholder="E" name="f">\n',
    ),
    "html: script, style, pre, code, svg and comments": (
        "commonmark",
        "<div><script>a</script><style>b</style><pre>c</pre><svg>d</svg><!-- e --></div>\n\n"
        "f <code>g</code> <!-- h -->\n",
        "<div><script>a</script><style>b</style><pre>c</pre><svg>d</svg><!-- e --></div>\n\n"
        "F <code>g</code> <!-- h -->\n",
    ),
    "html: what says that it must stay": (
        "commonmark",
        'a <b translate="no">c</b> <i class="d notranslate">e</i> f\n',
        'A <b translate="no">c</b> <i class="d notranslate">e</i> F\n',
    ),
}  # fmt: skip

# Test file → what the plan names → the case there.
INDEX: dict[str, dict[str, str]] = {
    "jekyll": {
        "IAL": "attributes of a span",
        "IAL with prose": "attributes of an image",
        "ALD": "attribute list definition",
        "{::comment}": "kramdown comment",
        "Liquid, block": "a tag alone on its line is a block",
        "Liquid, inline": "a tag and an output among words",
        "Liquid inside a link target": "tag in a link target",
        "Liquid inside an attribute": "tag in an attribute",
        "{%- -%}": "white space control",
        "{% raw %}": "raw is what it is",
        "prose parameters": "prose parameters of an include",
        "{:toc}": "table of contents",
        "math": "formula in lines that look like a list",
        "definition lists": "definition list",
        "abbreviations": "abbreviation",
        "footnotes": "footnote",
        "what is code or a list": "in an item, four spaces are no code, six are",
    },
    "hugo": {
        "{{< >}}": "a shortcode in a line",
        "{{% %}}": "the other notation, nested",
        "paired": "paired, its inside is Markdown",
        "self-closing": "self-closing, over lines",
        "raw string parameters": "a raw parameter that is prose",
        "Goldmark attributes": "attributes of a block",
        "front matter, TOML": "TOML",
        "front matter, JSON": "JSON",
        "front matter, YAML": "YAML",
        "shown": "one that is shown",
    },
    "mdx": {
        "imports": "imports are code, to the blank line",
        "exports": "an export may hold blank lines in brackets",
        "JSX blocks": "children are Markdown",
        "inline JSX": "inline elements are pairs",
        "prose attributes": "prose attributes",
        "expressions, comments": "expressions",
        "admonitions": "admonition with a title",
        "headings": "an id behind a heading",
    },
    "vitepress": {
        "containers": "a container with a title",
        "<script setup>": "script and style",
        "components": "a component with children",
        "interpolation": "interpolation",
        "code groups": "a group of code has no title",
        "[[toc]]": "the table of contents",
        "<<<": "a snippet",
    },
    "mkdocs": {
        "!!!": "an admonition's body belongs to it by four spaces",
        "???": "details, open and closed",
        "===": "tabs, with code and with an admonition",
        "attr_list": "attributes of an inline thing, a block and a heading",
        "--8<--": "a snippet, and a block of them",
        "abbreviations": "an abbreviation's name stays, its meaning does not",
        "critic marks": "critic marks",
        "keys": "keys",
        "emoji": "emoji and icons",
        "four spaces": "eight in an admonition, too",
        "mkdocstrings": "a documented object with its options",
    },
    "quarto": {
        "fenced divs": "a div's title is prose, its other attributes are not",
        "spans": "a span",
        "citations": "a citation with locators",
        "cross-references": "a cross-reference",
        "{{< >}}": "a shortcode, with prose, shown and in a target",
        "chunk options": "chunk options and option lines are code",
        "captions": "a caption below a pipe table",
        "grid tables": "a grid table's columns would not hold",
        "line blocks": "each line of a line block stays one",
    },
    "myst": {
        "directives": "a directive as a fence: its body is Markdown",
        "roles": "roles",
        "targets": "a target",
    },
    "obsidian": {
        "wikilinks": "only the alias is prose",
        "callouts": "a callout with a title",
        "embeds": "an embedded note, an image's size and its words",
        "block ids": "block ids",
    },
    "mdbook": {"{{#include}}": "an include on its line"},
    "github_docs": {
        "data tags": "a variable",
        "[AUTOTITLE]": "the site writes the title of a link",
    },
    "hexo": {"tags": "a tag on its own line", "front matter": "front matter in JSON"},
    "zola": {"shortcodes": "a shortcode among words", "bodies": "with a body, which is Markdown"},
    "docfx": {
        "[!NOTE]": "an alert",
        "[!INCLUDE]": "an include on its line and in one",
        "xref": "cross-references",
    },
}


@pytest.mark.parametrize(("dialect", "before", "after"), CASES.values(), ids=CASES.keys())
def test_constructs(dialect: str, before: str, after: str) -> None:
    assert loud(before, dialect) == after


@pytest.mark.parametrize("dialect", INDEX)
def test_each_named_construct_has_its_case(dialect: str) -> None:
    module = importlib.import_module(f"tests.article.dialects.test_{dialect}")
    known: set[str] = set()
    for value in vars(module).values():
        if isinstance(value, Mapping):
            known.update(key for key in value if isinstance(key, str))
    assert set(INDEX[dialect].values()) <= known
