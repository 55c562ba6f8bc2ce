"""Target paths: the locale takes the source's place; nothing is overwritten, nothing escapes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.errors import TargetPathError
from translate_pipeline.locale import parse_locale
from translate_pipeline.model import Locale, LocalePair
from translate_pipeline.target_path import (
    Job,
    Layout,
    Source,
    plan,
    spellings,
    split_locale,
    target_path,
)


def pair(source: str = "en", target: str = "de") -> LocalePair:
    return LocalePair(parse_locale(source), parse_locale(target))


def place(path: str, root: Path, languages: LocalePair, out: str = "", base: str = "") -> str:
    """The target of `root/path`, relative to the root, with `/`."""
    source = Source(root / path, root / base if base else (root / path).parent)
    return target_path(source, languages, Layout(root, out)).relative_to(root).as_posix()


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("x-en.md", "x-de.md"),
        ("x.en.md", "x.de.md"),
        ("x_en.md", "x_de.md"),
        ("x-EN.md", "x-de.md"),
        ("en.md", "de.md"),
        ("en/x.md", "de/x.md"),
        ("docs/en/guide/x.mdx", "docs/de/guide/x.mdx"),
        ("_posts/en/2025-09-28-x-en.md", "_posts/de/2025-09-28-x-de.md"),
        # Where the source's locale stands nowhere, the target's goes before the extension.
        ("x.md", "x.de.md"),
        ("README.markdown", "README.de.markdown"),
        ("posts/x.Rmd", "posts/x.de.Rmd"),
        ("no-extension", "no-extension.de"),
        # Leaves alone: the letters are part of a word, or begin the name.
        ("open.md", "open.de.md"),
        ("en-route.md", "en-route.de.md"),
        ("x-en-draft.md", "x-en-draft.de.md"),
        ("x-enen.md", "x-enen.de.md"),
        ("-en.md", "-en.de.md"),
        ("tokens/x.md", "tokens/x.de.md"),
    ],
)
def test_where_the_locale_stands(tmp_path: Path, source: str, target: str) -> None:
    assert place(source, tmp_path, pair()) == target


@pytest.mark.parametrize(
    ("source", "languages", "target"),
    [
        ("x-en.md", pair("en", "hant"), "x-hant.md"),  # the site's spelling, not zh-Hant-HK
        ("x-hant.md", pair("hant", "ja"), "x-ja.md"),
        ("x-zh-Hant-HK.md", pair("hant", "ja"), "x-ja.md"),
        ("x.pt_br.md", pair("pt-BR", "de"), "x.de.md"),
        ("pt-br/x.md", pair("pt_BR", "pt-PT"), "pt-PT/x.md"),
        ("x-en-US.md", pair("en-US", "en-GB"), "x-en-GB.md"),
        ("x-US.md", pair("en-US", "en-GB"), "x-US.en-GB.md"),
    ],
)
def test_sites_spell_locales_their_way(
    tmp_path: Path, source: str, languages: LocalePair, target: str
) -> None:
    assert place(source, tmp_path, languages) == target


def test_only_what_stands_below_the_root_is_renamed(tmp_path: Path) -> None:
    root = tmp_path / "en" / "site-en"
    root.mkdir(parents=True)
    assert place("x.md", root, pair()) == "x.de.md"


@pytest.mark.parametrize(
    ("source", "base", "target"),
    [
        ("posts/a/x-en.md", "posts", "build/a/x-de.md"),
        ("posts/a/x.md", "posts", "build/a/x.de.md"),
        ("posts/a/x.md", "", "build/x.de.md"),  # named itself: its name alone
        # The folder that was named carries the locale.
        ("docs/en/a/x.md", "docs/en", "build/de/a/x.md"),
    ],
)
def test_out_is_a_folder(tmp_path: Path, source: str, base: str, target: str) -> None:
    assert place(source, tmp_path, pair(), str(tmp_path / "build"), base) == target


@pytest.mark.parametrize(
    ("out", "source", "target"),
    [
        ("_posts/{locale}/{stem}-{locale}{ext}", "original/x-en.md", "_posts/de/x-de.md"),
        ("{dir}/{locale}/{stem}{ext}", "docs/x.md", "docs/de/x.md"),
        ("{dir}/{stem}{ext}", "docs/en/x.en.md", "docs/de/x.md"),
        ("{dir}/{stem}.{locale}{ext}", "x.md", "x.de.md"),
        ("{locale}/{stem}{ext}", "en.md", "de/index.md"),
    ],
)
def test_out_is_a_pattern(tmp_path: Path, out: str, source: str, target: str) -> None:
    assert place(source, tmp_path, pair(), out) == target
    assert place(source, tmp_path, pair(), f"{tmp_path}/new/{out}") == f"new/{target}"


@pytest.mark.parametrize(
    ("out", "message"),
    [
        ("{dir}/{lang}/{stem}{ext}", "no field {lang}; use {dir}, {stem}, {locale}, {ext}"),
        ("{stem.__class__}", "no field {stem.__class__}"),
        ("{stem}-{locale", "brace has no partner"),
        ("stem}", "brace has no partner"),
        ("{dir}/../{stem}.{locale}{ext}", "would be outside of"),
        ("{dir}/{stem}{ext}", "is the source itself"),
        # Absolute: what stands before the first field is the border.
        ("/nowhere/out/{locale}/../../{stem}{ext}", "would be outside of /nowhere/out"),
    ],
)
def test_patterns_that_cannot_be(tmp_path: Path, out: str, message: str) -> None:
    with pytest.raises(TargetPathError) as caught:
        place("x.md", tmp_path, pair(), out)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "name", ["../x", "..", "a/b", "a\\b", "de.md", "", "-de", "de\n", "ｄｅ", "C:"]
)
def test_a_locale_name_is_never_a_path(tmp_path: Path, name: str) -> None:
    evil = Locale("de", name, "German", "Latn")
    with pytest.raises(TargetPathError, match="cannot stand in a file name"):
        place("x.md", tmp_path, LocalePair(parse_locale("en"), evil))


def test_links_do_not_lead_out_of_the_root(tmp_path: Path) -> None:
    root, other = tmp_path / "root", tmp_path / "other"
    root.mkdir()
    other.mkdir()
    (root / "de").symlink_to(other)
    (root / "x-de.md").symlink_to(other / "new.md")
    for source in ("en/x.md", "x-en.md"):
        with pytest.raises(TargetPathError, match="set --root to the folder that holds both"):
            place(source, root, pair())


def test_a_link_to_the_source_is_the_source(tmp_path: Path) -> None:
    (tmp_path / "x-en.md").write_text("words")
    (tmp_path / "x-de.md").symlink_to("x-en.md")
    with pytest.raises(TargetPathError, match="is the source itself"):
        place("x-en.md", tmp_path, pair())


def test_out_elsewhere_is_allowed_unless_the_root_was_named(tmp_path: Path) -> None:
    root, build = tmp_path / "site", tmp_path / "build"
    source = Source(root / "x-en.md", root)
    for out in (str(build), f"{build}/{{stem}}-{{locale}}{{ext}}"):
        assert target_path(source, pair(), Layout(root, out)) == build / "x-de.md"
        with pytest.raises(TargetPathError, match="outside of"):
            target_path(source, pair(), Layout(root, out, strict=True))


# --- many sources ------------------------------------------------------------------


def sources(root: Path, *names: str, named: bool = True) -> list[Source]:
    return [Source(root / name, root, named) for name in names]


def test_jobs_come_article_by_article(tmp_path: Path) -> None:
    pairs = [pair("en", "de"), pair("en", "fr")]
    jobs, left_out = plan(sources(tmp_path, "b-en.md", "a-en.md"), pairs, Layout(tmp_path))
    assert [job.target.name for job in jobs] == ["b-de.md", "b-fr.md", "a-de.md", "a-fr.md"]
    assert left_out == ()
    assert jobs[0] == Job(tmp_path / "b-en.md", tmp_path / "b-de.md", pairs[0])


@pytest.mark.parametrize(
    ("names", "out", "targets"),
    [
        (("a/x.md", "b/x.md"), "{stem}.{locale}{ext}", ["de"]),
        (("x.md",), "all/{stem}{ext}", ["de", "fr"]),
        (("x-en.md", "x_en.md"), "{stem}.{locale}{ext}", ["de"]),
    ],
)
def test_two_sources_never_share_a_target(
    tmp_path: Path, names: tuple[str, ...], out: str, targets: list[str]
) -> None:
    with pytest.raises(TargetPathError, match="have the same target"):
        plan(sources(tmp_path, *names), [pair("en", t) for t in targets], Layout(tmp_path, out))


def test_two_links_to_one_target_are_one(tmp_path: Path) -> None:
    (tmp_path / "a.de.md").symlink_to("shared.md")
    (tmp_path / "b.de.md").symlink_to("shared.md")
    with pytest.raises(TargetPathError, match="have the same target"):
        plan(sources(tmp_path, "a.md", "b.md"), [pair()], Layout(tmp_path))


def test_a_named_source_is_never_overwritten(tmp_path: Path) -> None:
    with pytest.raises(TargetPathError, match="which is a source of this run"):
        plan(sources(tmp_path, "x-en.md", "x-de.md"), [pair()], Layout(tmp_path))


def test_a_found_target_is_left_out(tmp_path: Path) -> None:
    found = sources(tmp_path, "x.md", "german/x.md", named=False)
    jobs, left_out = plan(found, [pair()], Layout(tmp_path, "german/{stem}{ext}"))
    assert [job.source.name for job in jobs] == ["x.md"]
    assert left_out == (tmp_path / "german/x.md",)
    with pytest.raises(TargetPathError, match="is the source itself"):
        plan(found, [pair()], Layout(tmp_path, "{dir}/{stem}{ext}"))


# --- laws --------------------------------------------------------------------------

LOCALES = [parse_locale(name) for name in ("en", "de", "pt-BR", "hant", "zh", "en-GB")]
PARTS = st.one_of(
    st.sampled_from(["en", "posts", "x-en", "x.en", "de", "en_GB", "..."]),
    st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=12),
).filter(lambda part: part not in (".", ".."))


@given(st.lists(PARTS, min_size=1, max_size=5), st.sampled_from(LOCALES), st.sampled_from(LOCALES))
def test_a_target_is_below_the_root_and_not_the_source(
    parts: list[str], source: Locale, target: Locale
) -> None:
    if source.tag == target.tag:
        return
    root = Path("/nowhere/site")
    path = root.joinpath(*parts[:-1], parts[-1] + ".md")
    there = target_path(Source(path, path.parent), LocalePair(source, target), Layout(root))
    assert there != path
    assert ".." not in there.parts
    assert there.is_relative_to(root)
    assert there.suffix == path.suffix
    assert target.name in os.fspath(there)


@given(st.text(max_size=20), st.sampled_from(LOCALES))
def test_splitting_takes_nothing_but_the_locale(stem: str, locale: Locale) -> None:
    names = spellings(locale)
    found = split_locale(stem, names)
    if found is not None:
        rest, separator = found
        assert stem.startswith(rest + separator)
        assert stem[len(rest) + len(separator) :].casefold() in names
    assert split_locale(f"{stem or 'x'}-{locale.name}", names) == (stem or "x", "-")
