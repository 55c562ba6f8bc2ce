"""Law: odd bytes and odd shapes stay as they are, and no input ends in anything but our errors."""

from __future__ import annotations

import random

import pytest

from tests.laws import accent, documents, oracle
from tests.laws.test_identity import check_identity
from translate_pipeline.article import merge, parse
from translate_pipeline.errors import ArticleError


def _blocks(flavour: str) -> str:
    """All kinds of blocks, one after the other."""
    blocks = [documents.block(random.Random(seed), flavour) for seed in range(40)]
    return "\n\n".join([*blocks, "[ref one]: /dest"]) + "\n"


ARTICLE = _blocks("github")
JEKYLL = _blocks("jekyll")

CHANGES = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "mixed line ends": lambda text: text.replace("\n\n", "\r\n\n"),
    "byte order mark": lambda text: "\ufeff" + text,
    "tabs": lambda text: text.replace("    ", "\t"),
    "no final newline": lambda text: text.rstrip("\n"),
    "many final newlines": lambda text: text + "\n\n \n",
    "trailing spaces": lambda text: text.replace("\n\n", "  \n\n"),
    "NUL": lambda text: text.replace("e", "\x00", 5),
    "vertical tab and form feed": lambda text: text.replace(" ", "\x0b", 9).replace("a", "\x0c", 3),
    "line separators": lambda text: text.replace(" ", "\u2028", 9).replace(" ", "\x85", 9),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "zero width": lambda text: text.replace("a", "a\u200b"),
    "right to left": lambda text: text.replace("a", "\u202e\u0627\u202c"),
    "combining": lambda text: text.replace("e", "e\u0301\u0308"),
    "outside the BMP": lambda text: text.replace("e", "\U0001d452"),
    "private use": lambda text: text.replace("e", "\ue000\ufffe"),
    "in a quote": lambda text: "> " + text.rstrip("\n").replace("\n", "\n> ") + "\n",
    "in an item": lambda text: "- " + text.rstrip("\n").replace("\n", "\n  ") + "\n",
    "in a quote in an item": lambda text: (
        "1. > " + text.rstrip("\n").replace("\n", "\n   > ") + "\n"
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
@pytest.mark.parametrize(("text", "dialect"), [(ARTICLE, "commonmark"), (JEKYLL, "jekyll")])
def test_changed_bytes(change, text: str, dialect: str) -> None:  # type: ignore[no-untyped-def]
    changed = change(text)
    article = check_identity(changed, dialect)
    assert article.segments
    out = merge(article, accent.targets(article), {})
    names = tuple(oracle.CONSTRUCTS)
    if dialect == "jekyll":
        assert oracle.constructs(out, names) == oracle.constructs(changed, names)
    if "\r\n" in changed:
        assert out.count("\r") == out.count("\r\n")
    assert out.startswith("\ufeff") is changed.startswith("\ufeff")
    assert out.endswith("\n") is changed.endswith("\n")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_windows_and_unix_have_the_same_segments(ending: str) -> None:
    texts = [s.text for s in parse(ARTICLE.replace("\n", ending)).segments]
    assert texts == [s.text for s in parse(ARTICLE).segments]


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n", "\r", "\r\n\r\n", "\t", "\x00", "\ufeff", "\ufeff\n", "---\n", "---\n---\n",
    "--- \n",
     "---\ntitle: A\n---", "---\ntitle: A\n---\n", "\ufeff---\ntitle: A\n---\n",
     "---\r\ntitle: A\r\n---\r\n",
     "+++\ntitle = 'A'\n+++\n", "```\n", "<", "[", "\\", "&", "|", ">", "-", "#", "`", "*", "_",
     "$", ":", "{{"],
)  # fmt: skip
@pytest.mark.parametrize("dialect", ["commonmark", "jekyll"])
def test_nearly_nothing(text: str, dialect: str) -> None:
    article = check_identity(text, dialect)
    merge(article, accent.targets(article), {})


@pytest.mark.parametrize("text", ["\ud800", "a\nb\udfff", "---\ntitle: \udc80\n---\n"])
def test_lone_surrogates(text: str) -> None:
    with pytest.raises(ArticleError, match="surrogate"):
        parse(text)


def test_five_megabytes() -> None:
    times = 5_000_000 // len(ARTICLE.encode()) + 1
    article = parse(f"{ARTICLE}\n" * times)
    assert len(article.source) > 5_000_000
    assert len(article.segments) > 0.9 * times * len(parse(ARTICLE).segments)
    out = merge(article, accent.targets(article), {})
    assert len(out.encode()) > 5_000_000


DEEP = {
    "quotes": "> " * 200 + "A b\n",
    "lists": "".join("  " * depth + "- item\n" for depth in range(200)),
    "lists on one line": "- " * 200 + "A b\n",
    "quotes and lists": "> - " * 100 + "A b\n",
    "emphasis": "*a " * 200 + "b" + "*" * 200 + "\n",
    "links": "[a " * 200 + "b" + "](c)" * 200 + "\n",
    "brackets": "a " + "[" * 200 + "b" + "]" * 200 + "\n",
    "HTML": "<div>" * 200 + "A b" + "</div>" * 200 + "\n",
    "inline HTML": "A " + "<b>" * 200 + "b" + "</b>" * 200 + "\n",
    "Liquid": "{% if a %}" * 200 + " A b " + "{% endif %}" * 200 + "\n",
    "raw in raw": "{% raw %}" * 200 + " A b " + "{% endraw %}" * 200 + " c\n",
}


@pytest.mark.parametrize("dialect", ["commonmark", "jekyll"])
@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP.keys())
def test_deep_nesting(text: str, dialect: str) -> None:
    article = check_identity(text, dialect)
    assert any("b" in s.text or "item" in s.text or "c" in s.text for s in article.segments)
    merge(article, accent.targets(article), {})


@pytest.mark.parametrize("depth", [1_000, 20_000])
def test_absurdly_deep_nesting(depth: int) -> None:
    for text in (
        "> " * depth + "a\n",
        "- " * depth + "a\n",
        "<b>" * depth + "a\n",
        "[" * depth + "a\n",
    ):
        check_identity(text, "jekyll")
