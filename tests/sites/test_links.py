"""Destinations from the target's place: one table per kind of site, and the laws."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate_pipeline.locale import parse_locale
from translate_pipeline.sites import find
from translate_pipeline.sites.layout import Layout, Links
from translate_pipeline.sites.links import LinkRule, Place, may_change, rewrite, rule_of
from translate_pipeline.sites.pages import Pages

EN, DE = parse_locale("en"), parse_locale("de")
FILES = {
    "docs/a.md", "docs/b.md", "docs/alone.md", "docs/guide/c.md", "docs/guide/index.md",
    "docs/guide/x y.md", "docs/größe.md", "docs/50%.md", "docs/img/a.png", "docs/img/b c.png",
    "docs/c#.md", "README.md", "LICENSE", "assets/a.css", "docs/guide/notes.txt",
}  # fmt: skip
TARGETS = {
    path: path.replace("docs/", "docs/de/", 1)
    for path in FILES
    if path.startswith("docs/") and path.endswith(".md") and "alone" not in path
}


def folder(path: str) -> str:
    return posixpath.dirname(path)


FOLDERS = {folder(path) for path in FILES} | {"docs"}


def exists(path: str) -> bool:
    return path in FILES or path in FOLDERS


def place_of(source: str, target: str, rule: LinkRule) -> Place:
    return Place(
        source=source,
        target=target,
        source_locale=EN,
        locale=DE,
        rule=rule,
        exists=exists,
        article_target=TARGETS.get,
        page=Pages(FILES, "en").find,
    )


MIRROR = LinkRule(source_prefix="/", target_prefix="/de/")


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        # never ours
        ("https://x.y/docs/b.md", "https://x.y/docs/b.md"),
        ("HTTP:b.md", "HTTP:b.md"),
        ("//x.y/b.md", "//x.y/b.md"),
        ("mailto:b@c.md", "mailto:b@c.md"),
        ("tel:123", "tel:123"),
        ("data:image/png;base64,a", "data:image/png;base64,a"),
        ("#b.md", "#b.md"),
        ("?a=b", "?a=b"),
        ("", ""),
        ("{{ site.url }}/b.md", "{{ site.url }}/b.md"),
        ("b.md?v={{ v }}", "b.md?v={{ v }}"),
        ("{% link b.md %}", "{% link b.md %}"),
        ("@site/docs/b.md", "@site/docs/b.md"),
        # another article: its translation, where the relative path is the same
        ("b.md", "b.md"),
        ("./b.md", "./b.md"),
        ("guide/c.md", "guide/c.md"),
        ("guide/../b.md", "guide/../b.md"),
        ("b.md#part", "b.md#part"),
        ("b.md?x=1#part", "b.md?x=1#part"),
        # an article without a translation: the source
        ("alone.md", "../alone.md"),
        ("./alone.md?x#y", "../alone.md?x#y"),
        ("../README.md", "../../README.md"),
        # files
        ("img/a.png", "../img/a.png"),
        ("img/a.png#crop", "../img/a.png#crop"),
        ("../assets/a.css", "../../assets/a.css"),
        ("../LICENSE", "../../LICENSE"),
        ("img/", "../img/"),
        ("img", "../img"),
        # spellings
        ("img/b%20c.png", "../img/b%20c.png"),
        ("img/b c.png", "../img/b c.png"),
        ("größe.md", "größe.md"),
        ("gr%C3%B6%C3%9Fe.md", "gr%C3%B6%C3%9Fe.md"),
        ("c%23.md", "c%23.md"),
        # pages without their extension
        ("b", "b"),
        ("alone", "../alone"),
        ("alone#x", "../alone#x"),
        ("alone.html", "../alone.html"),
        ("b.html", "b.html"),
        ("guide/", "guide/"),
        ("./guide/?x", "./guide/?x"),
        # nobody knows it
        ("none.md", "none.md"),
        ("../../../etc/passwd", "../../../etc/passwd"),
        ("..", ".."),
        # the article itself: a language menu names the original, a fragment a part
        ("a.md", "../a.md"),
        ("./a.md", "../a.md"),
        ("a.md#part", "a.md#part"),
        # site-root URLs
        ("/b", "/de/b"),
        ("/b/", "/de/b/"),
        ("/b.html", "/de/b.html"),
        ("/b.md", "/de/b.md"),
        ("/b?x=1#part", "/de/b?x=1#part"),
        ("/guide/", "/de/guide/"),
        ("/guide/c", "/de/guide/c"),
        ("/guide/x%20y", "/de/guide/x%20y"),
        ("/en/b", "/de/b"),
        ("/alone", "/alone"),
        ("/none", "/none"),
        ("/assets/a.css", "/assets/a.css"),
        ("/a", "/a"),
        ("/a#part", "/de/a#part"),
        ("/", "/"),
    ],
)
def test_mirrored_tree(value: str, wanted: str) -> None:
    assert rewrite(value, place_of("docs/a.md", "docs/de/a.md", MIRROR)) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("../b.md", "../b.md"),
        ("../alone.md", "../../alone.md"),
        ("notes.txt", "../../guide/notes.txt"),
        ("./notes.txt", "../../guide/notes.txt"),
        ("../img/a.png", "../../img/a.png"),
        ("index.md", "index.md"),
        ("./", "./"),
        ("../../LICENSE", "../../../LICENSE"),
    ],
)
def test_from_a_folder(value: str, wanted: str) -> None:
    place = place_of("docs/guide/c.md", "docs/de/guide/c.md", MIRROR)
    assert rewrite(value, place) == wanted


BESIDE = {"docs/a.md": "docs/a.de.md", "docs/b.md": "docs/b.de.md",
          "docs/guide/index.md": "docs/guide/index.de.md"}  # fmt: skip


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("b.md", "b.de.md"),
        ("./b.md#x", "./b.de.md#x"),
        ("b", "b.de"),
        ("b.html", "b.de.html"),
        ("guide/index.md", "guide/index.de.md"),
        ("alone.md", "alone.md"),
        ("img/a.png", "img/a.png"),
        ("a.md", "a.md"),
        ("a.md#x", "a.de.md#x"),
        ("b.de.md", "b.de.md"),
    ],
)
def test_beside_the_source_and_once_is_enough(value: str, wanted: str) -> None:
    place = Place(source="docs/a.md", target="docs/a.de.md", source_locale=EN, locale=DE,
                  rule=LinkRule(), exists=exists, article_target=BESIDE.get)  # fmt: skip
    assert rewrite(value, place) == wanted
    assert rewrite(wanted, place) == wanted or wanted == "a.md"


USER = {
    "notes/2025-11-08-x-en.md": "_posts/de/2025-11-08-x-de.md",
    "original/2025-01-02-y-en.md": "_posts/de/2025-01-02-y-de.md",
    "original/2024-01-02-z-en.md": None,
    "original/2023-01-02-w-en.md": "_posts/de/2023-01-02-w-de.md",
    "notes/2022-01-02-w-en.md": "_posts/de/2022-01-02-w-de.md",
}


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("/notes/2025-11-08-x-en", "/notes/2025-11-08-x-de"),
        ("/notes/2025-11-08-x-en#part", "/notes/2025-11-08-x-de#part"),
        ("/notes/x-en", "/notes/x-de"),
        ("/x-en", "/x-de"),
        ("/posts/2025-01-02-y-en.html?q=1", "/posts/2025-01-02-y-de.html?q=1"),
        ("/posts/en/2025-01-02-y-en/", "/posts/de/2025-01-02-y-de/"),
        ("/2025/01/02/y-en.html", "/2025/01/02/y-de.html"),
        ("/posts/z-en", "/posts/z-en"),  # gets no translation
        ("/posts/none-en", "/posts/none-en"),
        ("/posts/w-en", "/posts/w-en"),  # two of that name: nobody guesses
        ("/posts/2023-01-02-w-en", "/posts/2023-01-02-w-de"),
        ("/assets/y-en.png", "/assets/y-en.png"),
        ("/posts/open", "/posts/open"),
        ("../notes/2025-11-08-x-en.md", "2025-11-08-x-de.md"),
        ("2024-01-02-z-en.md", "../../original/2024-01-02-z-en.md"),
        ("../assets/y.png", "../../assets/y.png"),
    ],
)
def test_the_users_blog(value: str, wanted: str) -> None:
    layout = find("jekyll-user")
    place = Place(
        source="original/2025-05-05-v-en.md",
        target="_posts/de/2025-05-05-v-de.md",
        source_locale=EN,
        locale=DE,
        rule=rule_of(layout, EN, DE),
        exists=lambda path: path in USER or path in ("assets/y.png", "assets/y-en.png"),
        article_target=USER.get,
        page=Pages(USER, "en").find,
    )
    assert rewrite(value, place) == wanted


def test_a_site_with_a_folder_per_language() -> None:
    rule = LinkRule(relative=Links.KEEP, source_prefix="/en/", target_prefix="/de/")
    targets = {"content/en/b.md": "content/de/b.md", "content/en/_index.md": "content/de/_index.md"}
    place = Place(source="content/en/a.md", target="content/de/a.md", source_locale=EN, locale=DE,
                  rule=rule, exists=lambda _: False, article_target=targets.get,
                  page=Pages(targets, "en").find)  # fmt: skip
    wanted = {"/en/b": "/de/b", "/en/b/": "/de/b/", "/en": "/de", "/en/": "/de/", "/b": "/b",
              "/english/b": "/english/b", "b.md": "b.md", "../b.md": "../b.md",
              "/en/none": "/en/none"}  # fmt: skip
    assert {value: rewrite(value, place) for value in wanted} == wanted


def test_what_a_generator_resolves_stays() -> None:
    values = ("b.md", "alone.md", "img/a.png", "b", "guide/", "/b", "/docs/b")
    keep = place_of("docs/a.md", "docs/a.de.md", LinkRule(relative=Links.KEEP))
    assert [rewrite(value, keep) for value in values] == list(values)
    urls = place_of("docs/a.md", "docs/de/a.md", LinkRule(page_urls=False))
    assert [rewrite(value, urls) for value in values] == [
        "b.md", "../alone.md", "../img/a.png", "b", "guide/", "/b", "/docs/b",
    ]  # fmt: skip


def test_the_rule_of_a_layout() -> None:
    layout = Layout(name="x", description="", links=Links.SAME_DEPTH, extensions=(".mdx",),
                    source_url_prefix="/", url_prefix="/{locale}/")  # fmt: skip
    assert rule_of(layout, EN, DE) == LinkRule(
        relative=Links.SAME_DEPTH,
        page_urls=False,
        source_prefix="/",
        target_prefix="/de/",
        extensions=(".mdx",),
    )
    none = Layout(name="x", description="", url_prefix="/{locale}/")
    assert rule_of(none, EN, DE).target_prefix == ""


def test_odd_names() -> None:
    place = place_of("docs/a.md", "elsewhere/a.md", LinkRule())
    assert rewrite("50%25.md", place) == "../docs/de/50%25.md"
    assert rewrite("50%.md", place) == "../docs/de/50%25.md"
    assert rewrite("c%23.md", place) == "../docs/de/c%23.md"
    assert rewrite("img/b c.png", place) == "../docs/img/b c.png"
    assert rewrite("img/b%20c.png", place) == "../docs/img/b%20c.png"
    colon = Place(source="a/b.md", target="c.md", source_locale=EN, locale=DE, rule=LinkRule(),
                  exists=lambda path: path == "x:y.png", article_target=lambda _: None)  # fmt: skip
    assert rewrite("../x:y.png", colon) == "./x:y.png"


names = st.sampled_from(["a", "b", "ü", "x y", "c.md", "d.png", "50%", "en"])
paths = st.lists(names, min_size=1, max_size=4).map("/".join)
relative = st.lists(st.sampled_from(["..", ".", "a", "b", "c.md", "d.png", "x%20y"]),
                    min_size=1, max_size=5).map("/".join)  # fmt: skip


def resolved(value: str, base: str) -> str:
    """The path a destination means: the standard library as the oracle."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), unquote(value)))


@settings(deadline=None, max_examples=500)
@given(paths, paths, relative)
def test_what_exists_is_still_reached(source: str, target: str, value: str) -> None:
    place = Place(source=source, target=target, source_locale=EN, locale=DE, rule=LinkRule(),
                  exists=lambda _: True, article_target=lambda _: None)  # fmt: skip
    new = rewrite(value, place)
    if new != value:
        assert resolved(new, target) == resolved(value, source)
        assert rewrite(new, Place(source=target, target=target, source_locale=EN, locale=DE,
                                  rule=LinkRule(), exists=lambda _: True,
                                  article_target=lambda _: None)) == new  # fmt: skip
    else:  # the new place is as good, or the path leads to the root or out of it
        up = value.split("/").count("..")
        assert resolved(value, target) == resolved(value, source) or up >= source.count("/")


@settings(deadline=None, max_examples=500)
@given(st.text(max_size=30))
def test_any_destination(value: str) -> None:
    place = place_of("docs/a.md", "docs/de/a.md", MIRROR)
    new = rewrite(value, place)
    if not may_change(value):
        assert new == value
    assert rewrite(value, place_of("docs/a.md", "docs/a.de.md", LinkRule())).count("\n") <= (
        value.count("\n")
    )
