"""Ids of headings: equal to what the generators make, asked of them where they are installed."""

from __future__ import annotations

import importlib
import json
import shutil
import subprocess

import pytest

from translate_pipeline.article import heading_ids, merge, parse
from translate_pipeline.article.dialects import Slug

HEADINGS = (
    "Hello World", "What's new in 2.0?", "a_b-c", "code & more", "a - b", "a – b", "Größe", "重要",
    "3. First things", "3.", "!!!", "C++ / C#", "  x  y ", "A", "A", "A", "a_1", "A 1",
    "Übung Übung", "e.g. this, that", "--flag", "a...b", "100%", "émigré (n.)", "x=y", "", "重要",
    "A", "z_1", "z_1", "z",
)  # fmt: skip


def test_python_markdown_makes_the_same() -> None:
    toc = pytest.importorskip("markdown.extensions.toc", reason="needs Python-Markdown")
    ids: set[str] = set()
    wanted = [toc.unique(toc.slugify(heading, "-"), ids) for heading in HEADINGS]
    assert heading_ids.made(HEADINGS, Slug.PYTHON) == wanted


def test_pandoc_makes_the_same() -> None:
    if shutil.which("pandoc") is None:
        pytest.skip("Pandoc is the oracle here; install it (apt-get install pandoc) to run this")
    headings = [heading for heading in HEADINGS if heading.strip() and "..." not in heading]
    text = "".join(f"# {heading}\n\n" for heading in headings)
    found = subprocess.run(
        ["pandoc", "--from", "markdown", "--to", "json"],
        input=text.encode(),
        capture_output=True,
        check=True,
    )
    wanted = [block["c"][1][0] for block in json.loads(found.stdout)["blocks"]]
    assert heading_ids.made(headings, Slug.PANDOC) == wanted


# What @mdit-vue/shared 3.0 gives.
VUE = {
    "Hello World": "hello-world",
    "What's new in 2.0?": "what-s-new-in-2-0",
    "a_b-c": "a-b-c",
    "Größe": "große",
    "3. First things": "_3-first-things",
    "C++ / C#": "c-c",
    "重要": "重要",
    "--flag": "flag",
}


@pytest.mark.parametrize("heading", VUE)
def test_vitepress(heading: str) -> None:
    assert heading_ids.slug(heading, Slug.VUE) == VUE[heading]


@pytest.mark.parametrize(
    ("dialect", "identifier", "after"),
    [
        ("mkdocs", "b-c", '## <a id="b-c"></a>X'),  # Python-Markdown's own
        ("mkdocs", "b--c", '## <a id="b--c"></a>X'),  # a site may have set GitHub's rule
        ("commonmark", "b--c", '## <a id="b--c"></a>X'),
        ("commonmark", "b-c", "## X"),  # this link led nowhere
        ("quarto", "b-c", "## X {#b-c}"),
        ("vitepress", "b-c", "## X {#b-c}"),
    ],
)
def test_a_link_is_kept_by_the_rule_of_the_site(dialect: str, identifier: str, after: str) -> None:
    article = parse(f"## B & C\n\n[x](#{identifier})\n", dialect)
    assert merge(article, {1: "X"}, {}).startswith(after + "\n")


def test_no_id_is_given_twice() -> None:
    """The first heading's by GitHub's rule is the second's by the site's own."""
    article = parse("## Ü\n\n## U\n\n[x](#u) [y](#ü)\n", "mkdocs")
    output = merge(article, {1: "A", 2: "B"}, {})
    assert output.count('id="u"') == 1
    assert output.count('id="ü"') <= 1


def test_a_link_works_in_python_markdown() -> None:
    """Before and after the translation the generator's page has what the link names."""
    pytest.importorskip("markdown", reason="needs Python-Markdown")
    markdown = importlib.import_module("markdown")
    source = "## Größe & Gewicht\n\n[x](#groe-gewicht)\n"
    output = merge(parse(source, "mkdocs"), {1: "Size"}, {})
    for text in (source, output):
        assert 'id="groe-gewicht"' in markdown.markdown(text, extensions=["toc"])
