"""Jekyll's layouts over their golden trees: what is a source, and where each target goes."""

from __future__ import annotations

from tests.sites.golden import before, check_golden, golden_site
from translate_pipeline.sites.detect import detect
from translate_pipeline.sites.site import Planned

_NINE = ["ja", "es", "hi", "zh", "en", "fr", "de", "ar", "hant"]


def test_the_users_site() -> None:
    """Sources in several languages, eight targets each, and the source itself as a copy."""

    def row(stem: str, own: str) -> list[str]:
        others = [name for name in _NINE if name != own]
        return [f"_posts/{name}/{stem}-{name}.md" for name in [*others, own]]

    found = check_golden(
        "jekyll-user",
        {
            "notes/2025-03-02-winter-tea-en.md": row("2025-03-02-winter-tea", "en"),
            "original/2025-03-01-first-snow-en.md": row("2025-03-01-first-snow", "en"),
            "original/2025-03-05-old-bridge-zh.md": row("2025-03-05-old-bridge", "zh"),
        },
        there={
            "_posts/hant/2025-03-02-winter-tea-hant.md": "notes/2025-03-02-winter-tea-en.md",
        },
    )
    assert found.targets == ("hant", "zh")
    assert "3 sources such as notes/2025-03-02-winter-tea-en.md" in found.reason
    rows = {row.source: row for row in golden_site("jekyll-user").plan()}
    chinese: Planned = rows["original/2025-03-05-old-bridge-zh.md"]
    assert chinese.locale.tag == "zh-Hans"
    assert chinese.copy == "_posts/zh/2025-03-05-old-bridge-zh.md"
    assert [locale.name for locale, _ in chinese.targets] == [n for n in _NINE if n != "zh"]


def test_a_copy_knows_its_source() -> None:
    site = golden_site("jekyll-user")
    found = site.source_of("_posts/zh/2025-03-05-old-bridge-zh.md")
    assert found is not None
    assert (found[0], found[1].name) == ("original/2025-03-05-old-bridge-zh.md", "zh")


def test_by_folder() -> None:
    found = check_golden(
        "jekyll-folder",
        {
            f"_posts/en/{stem}-en.md": [f"_posts/de/{stem}-de.md", f"_posts/ja/{stem}-ja.md"]
            for stem in ("2025-04-01-market-day", "2025-04-02-plum-cake")
        },
        there={
            "_posts/de/2025-04-01-market-day-de.md": "_posts/en/2025-04-01-market-day-en.md",
        },
    )
    assert found.targets == ("de",)


def test_by_suffix() -> None:
    """`just-do-it` is English although it ends with a target's name."""
    check_golden(
        "jekyll-suffix",
        {
            f"_posts/{stem}.md": [f"_posts/{stem}-it.md", f"_posts/{stem}-de.md"]
            for stem in ("2025-05-01-say-hello", "2025-05-02-just-do-it")
        },
        there={"_posts/2025-05-01-say-hello-it.md": "_posts/2025-05-01-say-hello.md"},
    )


def test_multiple_languages_plugin() -> None:
    found = check_golden(
        "jekyll-i18n",
        {
            f"_i18n/en/{name}": [f"_i18n/de/{name}", f"_i18n/fr/{name}"]
            for name in ("_posts/2025-06-01-opening.md", "about/team.md")
        },
        there={"_i18n/de/about/team.md": "_i18n/en/about/team.md"},
    )
    assert found.targets == ("de", "fr")
    assert "which names jekyll-multiple-languages-plugin" in found.reason


def test_polyglot() -> None:
    """`acerca.md` says that it is Spanish: for polyglot it is the translation of a page."""
    found = check_golden(
        "jekyll-polyglot",
        {
            "_posts/2025-07-01-salad.md": [
                "_posts/es/2025-07-01-salad.md",
                "_posts/de/2025-07-01-salad.md",
            ],
            "about.md": ["es/about.md", "de/about.md"],
        },
        there={"_posts/es/2025-07-01-salad.md": "_posts/2025-07-01-salad.md"},
    )
    assert found.targets == ("es", "de")
    assert golden_site("jekyll-polyglot").layout.values == {"lang": "{locale}"}
    assert "page_id" in golden_site("jekyll-polyglot").layout.keep


def test_a_layout_without_its_plugin_is_not_proposed() -> None:
    assert "jekyll-polyglot" not in {found.layout for found in detect(before("jekyll-suffix"))}
