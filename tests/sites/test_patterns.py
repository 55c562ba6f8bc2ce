"""Patterns: what one fills the other reads back, and nothing leaves the root."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.errors import ConfigError, TargetPathError
from translate_pipeline.sites import all_layouts
from translate_pipeline.sites.patterns import Fields, Pattern, foreign, odd_name, safe_locale

_LOCALES = ("de", "pt-BR", "zh-Hant", "hant", "en")
_ENDINGS = (".md", ".mdx", ".markdown")
_ALL = sorted({text for layout in all_layouts() for rule in layout.rules for text in rule})


def read(pattern: str, path: str) -> Fields | None:
    return Pattern.read(pattern).match(path, locales=_LOCALES, extensions=_ENDINGS)


@pytest.mark.parametrize(
    ("pattern", "path", "fields"),
    [
        ("{dir}/{stem}{ext}", "x.md", Fields("", "x", "", ".md")),
        ("{dir}/{stem}{ext}", "a/b/x.mdx", Fields("a/b", "x", "", ".mdx")),
        ("{dir}/{stem}.{locale}{ext}", "x.de.md", Fields("", "x", "de", ".md")),
        ("{dir}/{stem}.{locale}{ext}", "a/x.y.de.md", Fields("a", "x.y", "de", ".md")),
        ("docs/{locale}/{dir}/{stem}{ext}", "docs/de/x.md", Fields("", "x", "de", ".md")),
        ("docs/{locale}/{dir}/{stem}{ext}", "docs/de/a/x.md", Fields("a", "x", "de", ".md")),
        # The longest locale wins.
        ("p/{stem}-{locale}{ext}", "p/x-zh-Hant.md", Fields("", "x", "zh-Hant", ".md")),
        ("p/{stem}-{locale}{ext}", "p/x-hant.md", Fields("", "x", "hant", ".md")),
        # A locale that stands twice is the same both times.
        ("p/{locale}/{stem}-{locale}{ext}", "p/de/x-de.md", Fields("", "x", "de", ".md")),
        ("p/{locale}/{stem}-{locale}{ext}", "p/de/x-en.md", None),
        # Bundles: the folder is the name.
        ("posts/{dir}/{locale}{ext}", "posts/a-trip/de.md", Fields("a-trip", "", "de", ".md")),
        ("docs/{stem}.md", "docs/x.md", Fields("", "x", "", "")),
        # Leaves alone.
        ("docs/{dir}/{stem}{ext}", "doc/x.md", None),
        ("docs/{dir}/{stem}{ext}", "docsx.md", None),
        ("docs/{dir}/{stem}{ext}", "docs/x.txt", None),
        ("docs/{stem}{ext}", "docs/a/x.md", None),
        ("{dir}/{stem}.{locale}{ext}", "x.fr.md", None),
        ("{dir}/{stem}.{locale}{ext}", "x.DE.md", None),
        ("{dir}/{stem}.{locale}{ext}", ".de.md", None),
        ("{dir}/{stem}{ext}", "../x.md", None),
        ("{dir}/{stem}{ext}", "a/../x.md", None),
        ("{dir}/{stem}{ext}", "a/./x.md", None),
        ("{dir}/{stem}{ext}", "/x.md", None),
        ("{dir}/{stem}{ext}", "a//x.md", None),
        ("{dir}/{stem}{ext}", "a\nb.md", None),
        ("{dir}/{stem}{ext}", "a\\b.md", None),
        ("{dir}/{stem}{ext}", "a\udcffb.md", None),
    ],
)
def test_reading(pattern: str, path: str, fields: Fields | None) -> None:
    assert read(pattern, path) == fields
    if fields is not None:
        assert Pattern.read(pattern).fill(fields) == path


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("", "needs {stem}"),
        ("{locale}{ext}", "needs {stem}"),
        ("/etc/{stem}{ext}", "absolute"),
        ("C:/x/{stem}{ext}", "absolute"),
        ("../{stem}{ext}", "`..`"),
        ("a//{stem}{ext}", "empty part"),
        ("a/./{stem}{ext}", "`.`"),
        ("{lang}/{stem}{ext}", "no such field {lang}"),
        ("{stem.__class__}{ext}", "no such field"),
        ("{0}/{stem}{ext}", "no such field"),
        ("{stem}{ext}}", "brace"),
        ("{dir}x/{stem}{ext}", "between slashes"),
        ("{dir}/{dir}/{stem}{ext}", "twice"),
        ("{stem}/x{ext}", "file name"),
        ("{stem}/{dir}", "file name"),
        ("{stem}{locale}{ext}", "run together"),
        ("a\\{stem}{ext}", "control characters"),
        ("x" * 2000 + "{stem}", "too long"),
    ],
)
def test_unsound_patterns_are_refused(pattern: str, fault: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Pattern.read(pattern, where="the config")
    assert fault in str(caught.value)
    assert str(caught.value).startswith("the config: ")


@pytest.mark.parametrize("name", ["..", "../de", "de/..", "", "de.md", "d e", "/de", "de\n", "德"])
def test_a_locale_name_is_no_path(name: str) -> None:
    with pytest.raises(TargetPathError, match="cannot stand in a file name"):
        safe_locale(name)
    with pytest.raises(TargetPathError):
        Pattern.read("{locale}/{stem}{ext}").fill(Fields("", "x", name, ".md"))


@pytest.mark.parametrize(
    "fields",
    [
        Fields("..", "x", "de", ".md"),
        Fields("a/../..", "x", "de", ".md"),
        Fields("/etc", "x", "de", ".md"),
        Fields("a//b", "x", "de", ".md"),
        Fields("a", "..", "de", ".md"),
        Fields("a", "", "de", ".md"),
        Fields("a", "b/c", "de", ".md"),
        Fields("a", "b\\c", "de", ".md"),
        Fields("a", "b", "de", "/../x"),
        Fields("a", "b", "de", "md"),
    ],
)
def test_no_field_leads_elsewhere(fields: Fields) -> None:
    with pytest.raises(TargetPathError):
        Pattern.read("{locale}/{dir}/{stem}{ext}").fill(fields)


_NAME = st.text(st.characters(codec="utf-8", exclude_characters="/"), min_size=1, max_size=8)
_DIRS = st.lists(_NAME, max_size=3).map("/".join)


@given(
    pattern=st.sampled_from(_ALL),
    fields=st.builds(Fields, _DIRS, _NAME, st.sampled_from(_LOCALES), st.sampled_from(_ENDINGS)),
)
def test_fill_and_match_are_inverse(pattern: str, fields: Fields) -> None:
    """What can be filled is read back to fields that fill the same path."""
    compiled = Pattern.read(pattern)
    try:
        path = compiled.fill(fields)
    except TargetPathError:
        return
    again = compiled.match(path, locales=_LOCALES, extensions=_ENDINGS)
    assert again is not None
    assert compiled.fill(again) == path
    # All the same but where a stem ends like a locale, which is the locale's by the rule.
    if not any(fields.stem.endswith(mark + name) for mark in ".-" for name in _LOCALES):
        assert again.stem == fields.stem
        assert again.dir == (fields.dir if "dir" in compiled.fields else "")


@given(
    pattern=st.sampled_from(_ALL),
    fields=st.builds(
        Fields,
        st.text(st.sampled_from("./\\a\0\n~"), max_size=8),
        st.text(st.sampled_from("./\\a\0\n~"), max_size=6),
        st.text(st.sampled_from("./\\de-"), max_size=4),
        st.sampled_from((".md", "/..", "", "..")),
    ),
)
def test_nothing_leaves_the_root(pattern: str, fields: Fields) -> None:
    compiled = Pattern.read(pattern)
    try:
        path = compiled.fill(fields)
    except TargetPathError:
        return
    assert posixpath.normpath(path) == path
    assert not path.startswith(("/", "../"))
    assert "\\" not in path
    assert "\0" not in path
    assert not foreign(path)


@given(path=st.text(st.sampled_from("./\\ade-m\0\n"), max_size=30), pattern=st.sampled_from(_ALL))
def test_only_paths_below_the_root_are_read(path: str, pattern: str) -> None:
    fields = read(pattern, path)
    if fields is not None:
        assert not foreign(path)
        assert Pattern.read(pattern).fill(fields) == path


def test_names_that_are_only_unusual_are_no_odd_ones() -> None:
    assert not odd_name("日本　語 – “x”.md")
    assert odd_name("a\x85") is False
    assert odd_name("a\u2028b")


@pytest.mark.parametrize("hostile", ["a/" * 20_000, "a-" * 40_000, "de/" * 20_000, "." * 50_000])
def test_hostile_paths_take_no_time(hostile: str) -> None:
    """Quadratic would be minutes here; the suite's own time limit is the only clock."""
    for pattern in _ALL:
        assert read(pattern, hostile + "\n") is None
