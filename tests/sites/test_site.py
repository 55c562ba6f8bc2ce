"""A site on disk: what is planned, what belongs to whom, what is refused beforehand."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate_pipeline.errors import ConfigError, TargetPathError
from translate_pipeline.files import inside
from translate_pipeline.locale import ALIASES, parse_locale
from translate_pipeline.sites import all_layouts, find
from translate_pipeline.sites.layout import Layout, with_paths
from translate_pipeline.sites.site import LeftOut, Site


def make(root: Path, names: Iterable[str], text: str = "# x\n") -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def site(
    root: Path,
    layout: str | Layout = "hugo-file",
    *,
    source: str = "en",
    targets: str = "de ja",
    exclude: tuple[str, ...] = (),
    paths: Iterable[tuple[str, str]] = (),
) -> Site:
    return Site(
        root=root,
        layout=with_paths(find(layout) if isinstance(layout, str) else layout, paths),
        source=parse_locale(source),
        targets=tuple(parse_locale(name) for name in targets.split()),
        exclude=exclude,
    )


def planned(wanted: Site) -> list[tuple[str, list[str]]]:
    return [(row.source, [path for _, path in row.targets]) for row in wanted.plan()]


def test_the_order_is_that_of_the_names(tmp_path: Path) -> None:
    names = ["content/b.md", "content/a/z.md", "content/a.md", "content/B.md"]
    make(tmp_path, names)
    rows = planned(site(tmp_path, targets="ja de"))
    assert [source for source, _ in rows] == sorted(names)
    assert rows[0][1] == ["content/B.ja.md", "content/B.de.md"]


def test_other_files_and_folders_are_no_sources(tmp_path: Path) -> None:
    make(
        tmp_path,
        ["a.md", "a.txt", ".hidden.md", ".git/a.md", "node_modules/x/a.md", "_site/a.md",
         "public/a.md", "site/a.md", "build/a.md", ".translate-pipeline/ledger/a.md",
         "docs/site/a.md", "old/a.md", "x.draft.md"],
    )  # fmt: skip
    pair = ("{dir}/{stem}{ext}", "{dir}/{stem}.{locale}{ext}")
    wanted = site(tmp_path, "plain", paths=[pair], exclude=("old", "*.draft.md"))
    assert [source for source, _ in planned(wanted)] == ["a.md", "docs/site/a.md"]
    again = site(tmp_path, "plain", paths=[pair], exclude=("old", "*.draft.md", "!/build"))
    assert [source for source, _ in planned(again)] == ["a.md", "build/a.md", "docs/site/a.md"]


def test_a_translation_is_no_source(tmp_path: Path) -> None:
    """Also one into a language that is no target any more, and one without its source."""
    make(tmp_path, ["content/a.md", "content/a.de.md", "content/a.fr.md", "content/b.de.md"])
    wanted = site(tmp_path)
    assert [source for source, _ in planned(wanted)] == ["content/a.md"]
    assert [(row.path, row.locale.name, row.source) for row in wanted.targets_on_disk()] == [
        ("content/a.de.md", "de", "content/a.md"),
        ("content/b.de.md", "de", ""),
    ]
    assert wanted.left_out() == (
        LeftOut("content/a.fr.md", "a translation into fr, which is no target"),
    )


def test_an_orphan_still_has_a_name_for_its_source(tmp_path: Path) -> None:
    found = site(tmp_path).source_of("content/gone.de.md")
    assert found is not None
    # By the first rule; `sources_of` gives all.
    assert found[0] == "content/gone.en.md"
    assert [path for path, _ in site(tmp_path).sources_of("content/gone.de.md")] == [
        "content/gone.en.md",
        "content/gone.md",
    ]


@pytest.mark.parametrize(
    "path",
    ["content/a.md", "other/a.de.md", "content/a.fr.md", "content/../x.de.md", "/content/a.de.md",
     "content/a.de.md\n", "content/a.de.txt", "", "content//a.de.md"],
)  # fmt: skip
def test_what_belongs_to_no_source(tmp_path: Path, path: str) -> None:
    make(tmp_path, ["content/a.md"])
    assert site(tmp_path).source_of(path) is None


def test_two_sources_of_one_target_are_named(tmp_path: Path) -> None:
    make(tmp_path, ["content/a.md", "content/a.en.md"])
    with pytest.raises(TargetPathError) as caught:
        site(tmp_path).plan()
    assert "content/a.en.md and content/a.md have the same target content/a.de.md" in str(
        caught.value
    )


def test_two_languages_of_one_text_are_named(tmp_path: Path) -> None:
    """The user's site: `x-en` and `x-zh` would both be `x-de`."""
    make(tmp_path, ["original/x-en.md", "notes/x-zh.md"])
    with pytest.raises(TargetPathError, match=r"notes/x-zh\.md and original/x-en\.md"):
        site(tmp_path, "jekyll-user", targets="de zh").plan()


def test_a_target_that_is_a_source_is_named(tmp_path: Path) -> None:
    make(tmp_path, ["a/x.md", "b/de/x.md"])
    pairs = [
        ("a/{stem}{ext}", "b/{locale}/{stem}{ext}"),
        ("b/de/{stem}{ext}", "c/{locale}/{stem}{ext}"),
    ]
    # By its name `b/de/x.md` is the target of `a/x.md`, and so it is no source.
    assert planned(site(tmp_path, "plain", paths=pairs, targets="de")) == [
        ("a/x.md", ["b/de/x.md"])
    ]
    dashed = [
        ("a/{stem}{ext}", "b/{stem}-{locale}{ext}"),
        ("b/{stem}{ext}", "c/{stem}-{locale}{ext}"),
    ]
    make(tmp_path, ["b/x-de.md"])
    assert [row[0] for row in planned(site(tmp_path, "plain", paths=dashed, targets="de"))] == [
        "a/x.md"
    ]


def test_skipping_comes_before_conclusions(tmp_path: Path) -> None:
    make(tmp_path, ["content/a.md", "content/a.en.md"])
    rows = list(site(tmp_path).plan(skip=lambda path: path == "content/a.en.md"))
    assert [row.source for row in rows] == ["content/a.md"]


def test_what_says_it_is_a_translation_is_skipped(tmp_path: Path) -> None:
    make(tmp_path, ["content/a.md"], "---\ntranslated: true\n---\n")
    make(tmp_path, ["content/b.md"], "---\nlang: de\n---\n")
    make(tmp_path, ["content/c.md"])
    wanted = site(tmp_path)
    # `b` contradicts its path: that is for the reader of the article to refuse, not to hide.
    assert [row.source for row in wanted.plan(skip=wanted.no_source)] == [
        "content/b.md",
        "content/c.md",
    ]


def test_a_name_that_may_be_words_is_asked(tmp_path: Path) -> None:
    make(tmp_path, ["_posts/just-do-it.md"], "---\nlang: en\n---\n")
    make(tmp_path, ["_posts/gone-it.md"], "---\nlang: it\n---\n")
    make(tmp_path, ["_posts/no-head-it.md"], "x\n")
    wanted = site(tmp_path, "jekyll-suffix", targets="it")
    assert [row.source for row in wanted.plan()] == ["_posts/just-do-it.md", "_posts/no-head-it.md"]
    assert [(row.path, row.source) for row in wanted.targets_on_disk()] == [
        ("_posts/gone-it.md", "")
    ]


def test_without_a_copy_the_sources_language_is_nobodys_target(tmp_path: Path) -> None:
    from dataclasses import replace

    make(tmp_path, ["notes/x-en.md", "_posts/en/x-en.md", "_posts/de/x-de.md"])
    layout = replace(find("jekyll-user"), copy_source=False)
    wanted = site(tmp_path, layout, targets="de")
    (row,) = wanted.plan()
    assert row.copy == ""
    assert [row.path for row in wanted.targets_on_disk()] == ["_posts/de/x-de.md"]


def test_files_in_a_source_folder_that_fit_no_pattern_are_named(tmp_path: Path) -> None:
    make(tmp_path, ["notes/x-en.md", "notes/x-ko.md", "notes/README.md"])
    wanted = site(tmp_path, "jekyll-user", targets="de")
    reason = "no pattern of jekyll-user fits its name"
    assert wanted.left_out() == (
        LeftOut("notes/README.md", reason),
        LeftOut("notes/x-ko.md", reason),
    )


def test_odd_names_are_left_out_and_named(tmp_path: Path) -> None:
    make(tmp_path, ["content/a\nb.md", "content/c\\d.md", "content/ü 漢　字.md"])
    (tmp_path / "content").joinpath(os.fsdecode(b"e\xff.md")).write_text("x")
    wanted = site(tmp_path)
    assert [source for source, _ in planned(wanted)] == ["content/ü 漢　字.md"]
    assert len(wanted.left_out()) == 3


@pytest.mark.parametrize("targets", ["de DE", "zh-cn zh-CN"])
def test_two_spellings_of_a_name_are_refused(tmp_path: Path, targets: str) -> None:
    with pytest.raises(ConfigError, match="one folder on some machines"):
        site(tmp_path, targets=targets)


def test_a_locale_that_is_a_path_is_refused(tmp_path: Path) -> None:
    bad = parse_locale("../de", {**ALIASES, "../de": "de"})
    with pytest.raises(TargetPathError, match="cannot stand in a file name"):
        Site(root=tmp_path, layout=find("hugo-file"), source=parse_locale("en"), targets=(bad,))


def test_links_out_of_the_site(tmp_path: Path) -> None:
    root, outside = tmp_path / "site", tmp_path / "outside"
    make(outside, ["secret.md"])
    make(root, ["docs/a.md"])
    (root / "docs" / "link.md").symlink_to(outside / "secret.md")
    (root / "docs" / "own.md").symlink_to(root / "docs" / "a.md")
    (root / "docs" / "folder").symlink_to(outside)
    wanted = site(root, "vitepress")
    assert [source for source, _ in planned(wanted)] == ["docs/a.md", "docs/own.md"]
    assert wanted.left_out() == (LeftOut("docs/link.md", "a link that leads out of the site"),)


def test_a_target_folder_that_leads_out_is_refused(tmp_path: Path) -> None:
    root, outside = tmp_path / "site", tmp_path / "outside"
    outside.mkdir()
    make(root, ["docs/a.md"])
    (root / "docs" / "de").symlink_to(outside)
    with pytest.raises(TargetPathError, match="docs/de: a link leads out"):
        site(root, "vitepress").plan()


def test_a_target_that_leads_out_is_refused(tmp_path: Path) -> None:
    root, outside = tmp_path / "site", tmp_path / "outside"
    make(outside, ["x.md"])
    make(root, ["content/a.md", "notes/b-en.md"])
    (root / "content" / "a.de.md").symlink_to(outside / "x.md")
    with pytest.raises(TargetPathError, match=r"content/a\.de\.md: a link leads out"):
        site(root).plan()
    with pytest.raises(TargetPathError):
        site(root).border("content/a.de.md")
    assert site(root).border("content/b.de.md") == root / "content/b.de.md"


def test_a_site_that_leads_out_at_its_top_is_refused(tmp_path: Path) -> None:
    root, outside = tmp_path / "site", tmp_path / "outside"
    make(outside, ["a.md"])
    root.mkdir()
    (root / "content").symlink_to(outside)
    with pytest.raises(TargetPathError, match="content: a link leads out"):
        site(root).plan()


def test_an_empty_folder_has_no_plan(tmp_path: Path) -> None:
    for layout in all_layouts():
        if layout.rules:
            assert planned(site(tmp_path, layout)) == []
            assert site(tmp_path, layout).targets_on_disk() == ()


_PART = st.sampled_from(
    ["a", "de", "en", "ja", "x-en", "x-de", "x.de", "x.en", "just-do-it", "index", "current",
     "_posts", "docs", "content", "notes", "original", "i18n", "src", "pages", "blog", "_i18n"]
)  # fmt: skip
_PATH = st.lists(_PART, min_size=1, max_size=5).map("/".join)


@given(
    layout=st.sampled_from([layout for layout in all_layouts() if layout.rules]),
    path=_PATH,
)
def test_every_target_leads_back(layout: Layout, path: str) -> None:
    """For any name in any layout: target → source is the inverse of source → target."""
    wanted = site(Path("/nowhere"), layout, targets="de ja it")
    row = wanted.plan_one(path + layout.extensions[0])
    if row is None:
        return
    places = [target for _, target in row.targets] + ([row.copy] if row.copy else [])
    assert len(set(places)) == len(places)
    assert row.source not in places
    for locale, target in (*row.targets, *([(row.locale, row.copy)] if row.copy else [])):
        assert (row.source, locale) in wanted.sources_of(target)
        assert inside(wanted.root, wanted.root / target)


@settings(max_examples=30, deadline=None)
@given(
    layout=st.sampled_from([layout for layout in all_layouts() if layout.rules]),
    paths=st.sets(_PATH, min_size=1, max_size=8),
)
def test_a_plan_carried_out_changes_nothing(
    layout: Layout, paths: set[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """After every target is written the same sources are planned, and each target has its own."""
    root = tmp_path_factory.mktemp("site")
    for path in sorted(paths):
        if not (root / path).is_dir() and all(not p.is_file() for p in (root / path).parents):
            make(root, [path + layout.extensions[0]])
    wanted = site(root, layout, targets="de ja it")
    try:
        rows = list(wanted.plan())
    except TargetPathError:
        return  # `x.md` and `x.en.md`: refused, as it should be
    for row in rows:
        for locale, target in row.targets:
            make(root, [target], f"---\nlang: {locale.name}\ntranslated: true\n---\n")
        if row.copy:
            make(root, [row.copy])
    assert list(wanted.plan()) == rows
    owners = {row.path: row.source for row in wanted.targets_on_disk()}
    for row in rows:
        assert all(owners[target] == row.source for _, target in row.targets)
