"""Layouts: each is sound, found by its name, and says all that other rooms read of it."""

from __future__ import annotations

import pytest

from translate_pipeline.article import dialects
from translate_pipeline.errors import ConfigError
from translate_pipeline.sites import all_layouts, find, names
from translate_pipeline.sites.layout import Layout, Rule, SourceLocale, with_paths


def test_every_layout_is_sound() -> None:
    assert len(set(names())) == len(names()) >= 16
    for layout in all_layouts():
        assert find(layout.name) is layout
        assert layout.patterns() or layout.name == "plain"
        assert layout.description
        assert layout.dialect in ("auto", *dialects.names())
        assert all(ending.startswith(".") for ending in layout.extensions)
        assert all(value in ("{locale}", "{tag}") for value in layout.values.values())
        for prefix in (layout.url_prefix, layout.source_url_prefix):
            assert prefix == "" or (prefix.startswith("/") and prefix.endswith("/"))


def test_an_unknown_layout_names_the_nearest() -> None:
    with pytest.raises(ConfigError, match="did you mean 'jekyll-suffix'"):
        find("jekyll-sufix")
    with pytest.raises(ConfigError, match="unknown layout 'layout'"):
        find("layout")  # a file of this room that is no layout
    with pytest.raises(ConfigError, match="unknown layout"):
        find("../x")


def test_plain_needs_paths() -> None:
    with pytest.raises(ConfigError, match="paths = "):
        with_paths(find("plain"), [])


def test_paths_replace_the_rules_and_keep_the_rest() -> None:
    pair = ("articles/{dir}/{stem}{ext}", "articles/{dir}/{stem}.{locale}{ext}")
    changed = with_paths(find("hugo-file"), [pair])
    assert changed.rules == (Rule(*pair),)
    assert changed.keep == find("hugo-file").keep
    assert with_paths(find("hugo-file"), []) is find("hugo-file")


@pytest.mark.parametrize(
    ("source", "target", "fault"),
    [
        ("a/{stem}{ext}", "b/{stem}{ext}", "needs {locale}"),
        ("a/{dir}/{stem}{ext}", "{locale}/{stem}{ext}", "{dir} is in the source pattern"),
        ("a/{stem}.md", "{locale}/{stem}{ext}", "{ext} is in the target pattern"),
    ],
)
def test_pairs_that_lose_something_are_refused(source: str, target: str, fault: str) -> None:
    with pytest.raises(ConfigError) as caught:
        with_paths(find("plain"), [(source, target)])
    assert fault in str(caught.value)


def test_sources_of_several_languages_need_a_folder_of_their_own() -> None:
    text = "p/{stem}-{locale}{ext}"
    layout = Layout(
        name="x", description="x", rules=(Rule(text, text),), source_locale=SourceLocale.PATH
    )
    with pytest.raises(ConfigError, match="both source and target"):
        layout.patterns()
