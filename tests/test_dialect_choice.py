"""Law: what somebody said wins, then the extension, then the text; each choice has its reason."""

from __future__ import annotations

import random
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import mistranslations
from tests.shared import require_shared
from translate_pipeline.article import dialects
from translate_pipeline.dialect_choice import AUTO, LIMIT, choose

HUGO = "Read this.\n\n{{< note >}}\nIt *matters*.\n{{< /note >}}\n"


def test_the_order() -> None:
    """Config, layout, extension, text, and CommonMark at last."""
    said = choose("a.mdx", HUGO, configured="jekyll", layout="vitepress")
    assert said == ("jekyll", "the settings name it")
    by_layout = choose("a.mdx", HUGO, layout="vitepress")
    assert by_layout == ("vitepress", "the site's layout is written in it")
    assert choose("a.mdx", HUGO) == ("mdx", "the file's extension is .mdx")
    assert choose("a.md", HUGO) == ("hugo", "the text has Hugo's shortcodes")
    nothing = choose("a.md", "Read *this*.\n")
    assert nothing == ("commonmark", "the text has no construct of another dialect")


def test_commonmark_can_be_asked_for() -> None:
    assert choose("a.md", HUGO, configured="commonmark").dialect == "commonmark"


def test_a_configured_name_is_not_looked_up() -> None:
    """`dialects.find` says what is wrong with it, and which there are."""
    assert choose("a.md", HUGO, configured="latex").dialect == "latex"


@pytest.mark.parametrize("layout", [AUTO, "", "latex"])
def test_a_layout_that_says_nothing(layout: str) -> None:
    assert choose("a.md", HUGO, layout=layout).dialect == "hugo"


@pytest.mark.parametrize(
    ("name", "dialect"),
    [("x.qmd", "quarto"), ("x.Rmd", "quarto"), ("x.MDX", "mdx"), ("d.mdx/x.md", "hugo")],
)
def test_extensions(name: str, dialect: str) -> None:
    assert choose(name, HUGO).dialect == dialect


SHOWN = {
    "Go {% link _posts/x.md %}.": "jekyll",
    "A note.\n{: .note }": "jekyll",
    "{{ site.title }}": "jekyll",
    "{% if a %}b{% endif %} {% for a in b %}c{% endfor %}": "jekyll",
    "{% data variables.product.github %} and [AUTOTITLE](/x)": "github_docs",
    "{% post_link some-slug %}": "hexo",
    '{{ youtube(id="x") }}': "zola",
    "[a](@/blog/x.md)": "zola",
    "{{% alert %}}\na\n{{% /alert %}}": "hugo",
    "import Tabs from '@theme/Tabs';\n\n<Tabs>": "docusaurus",
    ":::note[Title]\na\n:::": "docusaurus",
    "::: tip Title\na\n:::": "vitepress",
    "::: code-group\n\n```js\na\n```\n\n:::": "vitepress",
    "<script setup>\nimport a from 'b'\nimport c from 'd'\nimport e from 'f'": "vitepress",
    '!!! note "Title"\n\n    a': "mkdocs",
    '=== "Tab"\n\n    a': "mkdocs",
    '--8<-- "a.md"': "mkdocs",
    "```{r}\n1 + 1\n```": "quarto",
    "::: {.callout-note}\na\n:::": "quarto",
    "As [@knuth1984, p. 3] says, see @fig-a.": "quarto",
    "{{#include a.rs}}": "mdbook",
    "```{note} Title\na\n```": "myst",
    "See {ref}`a`, or (b) {doc}`c`.": "myst",
    "See [[Page|there]].": "obsidian",
    "[!INCLUDE [a](b.md)]": "docfx",
}


@pytest.mark.parametrize(("text", "dialect"), SHOWN.items())
def test_what_a_text_shows(text: str, dialect: str) -> None:
    for whole in (text, f"Some prose.\n\n{text}\n\nMore prose.\n", text.replace("\n", "\r\n")):
        choice = choose("a.md", whole)
        if dialect in dialects.names():
            assert choice.dialect == dialect
            assert choice.reason.startswith("the text has ")
        else:
            assert choice.dialect == "commonmark"


@pytest.mark.parametrize("text", [text for text in SHOWN if "```" not in text])
def test_what_stands_in_code_shows_nothing(text: str) -> None:
    """An article about a dialect is not written in it."""
    assert choose("a.md", f"So:\n\n````md\n{text}\n````\n\nEnd.\n").dialect == "commonmark"
    assert choose("a.md", f"So:\n\n````md\n{text}\n").dialect == "commonmark"
    if "\n" not in text and "`" not in text:
        assert choose("a.md", f"Write `{text}` there.\n").dialect == "commonmark"


PLAIN = (
    "> [!NOTE]\n> GitHub has these, too.\n",
    "Thanks to [@someone](https://github.com/someone) and [@other][1].\n\n[1]: x\n",
    "Wow!!! Really??? `{{< a >}}`\n",
    "| a | b |\n|---|---|\n| `{% if %}` | c |\n",
    "Costs {5} or $5.\n",
    "{% if a %}",  # one tag that many template languages have
)


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_common_to_many_shows_nothing(text: str) -> None:
    assert choose("README.md", text).dialect == "commonmark"


def test_equal_weights_choose_nothing() -> None:
    choice = choose("a.md", "{{#include a}}\n\n[!INCLUDE [a](b)]\n")
    assert choice == ("commonmark", "the text has as many constructs of docfx and mdbook")


def test_the_reason_names_what_was_seen() -> None:
    text = '!!! note\n\n    a\n\n=== "b"\n\n    c\n\n--8<-- "d"\n\n[TOC]\n'
    reason = choose("a.md", text).reason
    assert reason == "the text has admonitions, content tabs and snippets"


def test_a_dialect_without_a_file_is_never_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    from translate_pipeline import dialect_choice

    there = ("commonmark", "jekyll")
    monkeypatch.setattr(dialect_choice.dialects, "names", lambda: there)
    dialect_choice._owner.cache_clear()
    try:
        for text in SHOWN:
            assert choose("a.md", text).dialect in there
        # The next of kin is better than none.
        assert choose("a.md", "{% data variables.a %}").dialect == "jekyll"
        assert choose("a.mdx", "a").dialect == "commonmark"
        assert choose("a.md", "a", layout="hugo").dialect == "commonmark"
    finally:
        dialect_choice._owner.cache_clear()


def test_the_start_alone_is_looked_at() -> None:
    far = "a\n" * (LIMIT // 2)
    assert choose("a.md", far + HUGO).dialect == "commonmark"
    assert choose("a.md", far[: -len(HUGO)] + HUGO).dialect == "hugo"


@given(st.lists(st.sampled_from((*mistranslations.ATOMS, *SHOWN))), st.text())
def test_any_text(atoms: list[str], text: str) -> None:
    choice = choose("a.md", text + "".join(atoms))
    assert choice.dialect in dialects.names()
    assert choice.reason


@pytest.mark.parametrize(
    "unit", ["`", "``` ", "```\n", "{{", "{%", "{:", "[@a", "[[", "<a ", "::: ", "# {", "a:b ", "("]
)
def test_no_text_takes_long(unit: str) -> None:
    """200 KB of an opener. Quadratic patterns take minutes here; a slow machine needs no 10 s."""
    begun = time.process_time()
    choose("a.md", unit * (LIMIT // len(unit)))
    assert time.process_time() - begun < 10


#: Folder of the corpus → what its texts may be taken for besides `commonmark`, which those are
#: that hold nothing of their dialect; at most 4 % of a flavour are taken for something else.
FLAVOURS = {
    "docfx": {"docfx"},
    "docusaurus": {"docusaurus", "mdx", "vitepress"},
    "eleventy": {"jekyll"},
    "hexo": {"hexo"},
    "hugo": {"hugo"},
    "jekyll": {"jekyll"},
    "mkdocs": {"mkdocs"},
    "nextmdx": {"docusaurus", "mdx"},
    "quarto": {"quarto"},
    "vitepress": {"vitepress"},
}


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_real_articles(flavour: str) -> None:
    root = require_shared("corpus", flavour)
    files = [path for path in sorted(root.rglob("*")) if path.is_file()]
    sample = random.Random(20240128).sample(files, min(len(files), 100))
    taken = Counter(choose(path, path.read_bytes().decode()).dialect for path in sample)
    right = sum(taken[name] for name in FLAVOURS[flavour])
    assert right
    assert len(sample) - right - taken["commonmark"] <= 0.04 * len(sample), taken
