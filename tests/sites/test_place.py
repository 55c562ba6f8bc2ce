"""An article in its target's place: only destinations and dropped keys differ."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.article.test_link_targets import ATOMS
from tests.laws import documents
from tests.laws.examples import examples
from tests.shared import require_shared
from translate_pipeline.article import dialects
from translate_pipeline.article.link_targets import link_targets
from translate_pipeline.errors import ArticleError, ConfigError, FrontMatterError
from translate_pipeline.locale import parse_locale
from translate_pipeline.sites.layout import Links
from translate_pipeline.sites.links import LinkRule, Place, rewrite
from translate_pipeline.sites.place import place

EN, DE = parse_locale("en"), parse_locale("de")
TARGETS = {"docs/b.md": "i18n/de/b.md", "docs/x y(z).md": "i18n/de/x y(z).md"}
WHERE = Place(
    source="docs/a.md",
    target="i18n/de/a.md",
    source_locale=EN,
    locale=DE,
    rule=LinkRule(source_prefix="/", target_prefix="/de/"),
    exists=lambda path: path.startswith("docs/img/") or path in TARGETS,
    article_target=TARGETS.get,
    page={"/b": "docs/b.md"}.get,
)
# Every path is there, so every relative destination changes.
ALL = replace(WHERE, exists=lambda _: True, article_target=lambda _: None)

SOURCE = """\
---
title: A [b](img/a.png)
# for the translator
prompt: |
  Keep [this](img/b.png).
lang: en # English
---
See [b](b.md "The b"), [root](/b#x) and ![i](<img/c d.png> 'c').
`[code](img/e.png)` https://x.y [ref], <img src='img/f.png' srcset="img/g.png 2x, img/h.png">

    [indented](img/i.png)

> [q](
> img/j.png)

[ref]: img/k.png
[x]: x%20y(z).md
"""
PLACED = """\
---
title: A [b](img/a.png)
lang: en # English
---
See [b](b.md "The b"), [root](/de/b#x) and ![i](<../../docs/img/c d.png> 'c').
`[code](img/e.png)` https://x.y [ref], <img src='../../docs/img/f.png' \
srcset="../../docs/img/g.png 2x, ../../docs/img/h.png">

    [indented](img/i.png)

> [q](
> ../../docs/img/j.png)

[ref]: ../../docs/img/k.png
[x]: x%20y(z).md
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_an_article(newline: str, bom: str) -> None:
    source, placed = (bom + text.replace("\n", newline) for text in (SOURCE, PLACED))
    assert place(source, where=WHERE, drop=["prompt"]) == placed


def test_links_or_keys_alone() -> None:
    text = "---\nprompt: a\n---\n[b](img/b.png)\n"
    assert place(text, drop=["prompt"]) == "---\n---\n[b](img/b.png)\n"
    assert place(text, where=WHERE) == "---\nprompt: a\n---\n[b](../../docs/img/b.png)\n"
    assert place(text) is text


NOTHING = {
    "no link": "# a\n\nb\n",
    "other sites": "[a](https://b.c/d) ![e](HTTP://f.g) [h]: //i.j\n\n<a href='mailto:k@l'>m</a>\n",
    "anchors": '[a](#b) [c](<#d>)\n\n[e]: #f\n\n<a href="#g">h</a>\n',
    "empty": "[a]() <a href=''>c</a>\n",
    "Liquid": '[a]({{ b }}/c) {% link d %} <img src="{{ e }}">\n',
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING.keys())
def test_nothing_to_do_is_not_even_read(text: str) -> None:
    """Front matter that no reader accepts would be refused if it were read."""
    broken = "---\na: b: c\n---\n" + text
    assert place(broken, dialect="jekyll", where=ALL) is broken
    with pytest.raises(FrontMatterError):
        place(broken + "[a](b.md)\n", dialect="jekyll", where=ALL)


@pytest.mark.parametrize(
    "text",
    ["[a](b.md)\n", "---\ntitle: a\n---\n[a](none.md) `[a](img/b.png)`\n", "[a](/none)\n",
     "---\nb: 1\n---\n[^1]: c\n"],
)  # fmt: skip
def test_nothing_changes(text: str) -> None:
    assert place(text, where=WHERE, drop=["prompt"]) is text


def test_what_the_layout_keeps() -> None:
    text = '[a](img/a.png) [b](/b) <img src="img/c.png">\n'
    keep = replace(WHERE, rule=LinkRule(relative=Links.KEEP))
    assert place(text, where=keep) is text
    roots = replace(WHERE, rule=replace(WHERE.rule, relative=Links.KEEP))
    assert place(text, where=roots) == text.replace("/b", "/de/b")
    assert place("[b](\\/b)", where=roots) == "[b](/de/b)"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "---\ncover: ./img/a.png # c\nhero:\n  image: '../x.png'\n---\n",
            "---\ncover: ../../docs/img/a.png # c\nhero:\n  image: '../x.png'\n---\n",
        ),
        ('+++\n[a]\nb = "./img/c.png"\n+++\n', '+++\n[a]\nb = "../../docs/img/c.png"\n+++\n'),
        ("---\nnext: ./b.md\nname: img/a.png\nt: see ./img/a.png\n---\n", ""),
        ("---\nlist:\n  - ./img/a.png\nnone: ./none.png\n---\n", ""),
        ("---\nbody: yes\n---\na: ./img/a.png\n", ""),
        ("---\nyes: ./img/a.png\n1: 2\n---\n", ""),  # a key that is no text
    ],
)
def test_paths_in_front_matter(before: str, after: str) -> None:
    assert place(before, where=WHERE) == (after or before)
    keep = replace(WHERE, rule=LinkRule(relative=Links.KEEP))
    assert place(before, where=keep) is before


def test_a_path_beside_a_dropped_key() -> None:
    text = "\ufeff---\nprompt: a\ncover: ./img/a.png\n---\nb\n"
    wanted = "\ufeff---\ncover: ../../docs/img/a.png\n---\nb\n"
    assert place(text, where=WHERE, drop=["prompt"]) == wanted


def test_refusals() -> None:
    with pytest.raises(ArticleError, match="lone surrogate"):
        place("a\ud800")
    with pytest.raises(FrontMatterError, match="`\\*p`"):
        place("---\nprompt: &p a\nb: *p\n---\n", drop=["prompt"])
    with pytest.raises(ConfigError, match="unknown dialect"):
        place("a", dialect="none")


def check(text: str, dialect: str, where: Place) -> bool:
    """All laws for one text; True if it was changed.

    The destinations are found without the cheap test, so one that it misses would show here.
    """
    placed = place(text, dialect=dialect, where=where)
    before, after = link_targets(text, dialect), link_targets(placed, dialect)
    source, result = text.encode(), placed.encode()
    assert len(before) == len(after), text
    at = now = 0
    for old, new in zip(before, after, strict=True):
        assert source[at : old.start] == result[now : new.start], text
        wanted = rewrite(old.value, where)
        assert new.value == wanted or new.value == re.sub(r"[\x00-\x20]", "%20", wanted), text
        at, now = old.end, new.end
    assert source[at:] == result[now:], text
    return placed != text


def always(_: str) -> bool:
    return True


def beside(path: str) -> str | None:
    return f"{path[:-3]}.de.md" if path.endswith(".md") and not path.endswith(".de.md") else None


BESIDE = replace(WHERE, source="a.md", target="a.de.md", article_target=beside, exists=always)


def test_the_specification() -> None:
    changed = sum(check(text, dialect, ALL) for text in examples() for dialect in dialects.names())
    assert changed > 60


def test_generated_articles() -> None:
    dice = random.Random(11)
    for dialect in dialects.names():
        for _ in range(20):
            check(documents.article(dice, dialect), dialect, ALL)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.sampled_from([*ATOMS, "b.md", "img/c.png", "../"]), max_size=20),
    st.sampled_from(["commonmark", "jekyll"]),
)
def test_any_syntax(atoms: list[str], dialect: str) -> None:
    text = "x" + "".join(atoms)
    check(text, dialect, ALL)
    once = place(text, dialect=dialect, where=BESIDE)
    assert place(once, dialect=dialect, where=BESIDE) == once


def published(number: int) -> list[tuple[str, str]]:
    found = []
    root = require_shared("corpus")
    for path in sorted(path for path in root.rglob("*.m*d*") if path.is_file())[::number]:
        dialect = "jekyll" if "jekyll" in path.parts else "commonmark"
        try:
            found.append((path.read_bytes().decode(), dialect))
        except UnicodeDecodeError:
            continue
    return found


@pytest.mark.parametrize(("where", "number"), [(ALL, 9), (BESIDE, 20)], ids=["moved", "beside"])
def test_published_articles(where: Place, number: int) -> None:
    """Every relative link of real files is moved; nothing else is; beside, once is enough."""
    changed = 0
    for text, dialect in published(number):
        try:
            changed += check(text, dialect, where)
        except FrontMatterError:
            continue
        if where is BESIDE:
            once = place(text, dialect=dialect, where=where)
            assert place(once, dialect=dialect, where=where) == once
    assert changed > 30


def test_callbacks_are_asked_by_paths_below_the_root() -> None:
    asked: list[str] = []

    def remembering(answer: bool) -> Callable[[str], bool]:
        def ask(path: str) -> bool:
            asked.append(path)
            return answer

        return ask

    text = "[a](../../../etc/passwd) [b](../x/./y.png) [c](%2e%2e/%2e%2e/%2e%2e/z.png) [d](..)\n"
    place(text, where=replace(WHERE, exists=remembering(answer=False)))
    assert asked == ["x/y.png"]
