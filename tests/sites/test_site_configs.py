"""Generators' configs: what they say of languages; what is hostile or broken says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from translate_pipeline.sites.site_configs import Told, told


def said(root: Path, name: str, text: str) -> Told:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return told(root, name)


@pytest.mark.parametrize(
    ("name", "text", "source", "locales", "words"),
    [
        ("_config.yml", "lang: fr\n", "fr", (), ()),
        (
            "_config.yml",
            "plugins: [jekyll-polyglot]\nlanguages: [en, sv]\ndefault_lang: sv\n",
            "sv",
            ("en", "sv"),
            ("jekyll-polyglot",),
        ),
        (
            "_config.yml",
            "gems: [jekyll-multiple-languages-plugin]\nlanguages: [sv, en]\n",
            "sv",
            ("sv", "en"),
            ("jekyll-multiple-languages-plugin",),
        ),
        (
            "hugo.toml",
            'defaultContentLanguage = "de"\n[languages.de]\n[languages.en]\n',
            "de",
            ("de", "en"),
            (),
        ),
        ("config.yaml", "DefaultContentLanguage: nl\n", "nl", (), ()),
        ("hugo.json", '{"defaultContentLanguage": "it"}', "it", (), ()),
        (
            "mkdocs.yml",
            "plugins:\n  - search\n  - i18n:\n      languages:\n"
            "        - {locale: en}\n        - {locale: fr, default: true}\n"
            "markdown_extensions:\n  - x: !!python/name:material.emoji\nenv: !ENV [A, b]\n",
            "fr",
            ("en", "fr"),
            ("mkdocs-static-i18n suffix",),
        ),
        (
            "mkdocs.yml",
            "plugins:\n  - i18n:\n      default_language: en\n      languages:\n"
            "        en: English\n        fr: French\n      docs_structure: folder\n",
            "en",
            ("en", "fr"),
            ("mkdocs-static-i18n folder",),
        ),
        (
            "docusaurus.config.ts",
            "// locales: ['xx']\nexport default { url: 'https://x.y', i18n: {\n"
            "  defaultLocale: 'en',\n  locales: ['en', \"pt-BR\"], } };",
            "en",
            ("en", "pt-BR"),
            (),
        ),
        (
            "astro.config.mjs",
            "import s from '@astrojs/starlight';\nexport default c({ integrations: [s({\n"
            "defaultLocale: 'en', locales: { en: { label: 'English' },\n"
            "'zh-cn': { label: 'x', lang: 'zh-CN' }, }, sidebar: { x: {} } })] })",
            "en",
            ("en", "zh-cn"),
            ("starlight",),
        ),
        (
            "docs/.vitepress/config.mts",
            "export default { locales: { root: { label: 'English', lang: 'en' },\n"
            " fr: { label: 'F', themeConfig: { nav: [{ text: 'x' }] } }, ko: { label: 'K' } } }",
            "en",
            ("fr", "ko"),
            (),
        ),
        ("_quarto.yml", "lang: es\n", "es", (), ()),
        (
            "_quarto.yml",
            "babelquarto:\n  mainlanguage: en\n  languages: ['es', 'fr']\n",
            "en",
            ("es", "fr"),
            ("babelquarto",),
        ),
    ],
)
def test_what_is_said(
    tmp_path: Path,
    name: str,
    text: str,
    source: str,
    locales: tuple[str, ...],
    words: tuple[str, ...],
) -> None:
    found = said(tmp_path, name, text)
    assert (found.source, found.locales, found.words) == (source, locales, frozenset(words))


_BOMB = "a: &a [x, x]\n" + "".join(
    f"{c}: &{c} [*{b}, *{b}]\n" for b, c in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_config.yml", "a: [1\n"),
        ("_config.yml", "- 1\n- 2\n"),
        ("_config.yml", "lang: [1, {2: 3}]\nlanguages: 5\nplugins: {}\n"),
        ("_config.yml", "[" * 5_000),
        ("_config.yml", "a: &a [*a]\n"),
        ("_config.yml", "x: !!python/object/apply:os.system ['true']\n"),
        ("_config.yml", "d: 2025-99-99\n"),
        ("hugo.toml", "a = \n"),
        ("hugo.toml", "a = " + "[" * 50_000),
        ("docusaurus.config.js", "/*" * 50_000),
        ("docusaurus.config.js", "locales: {" * 15_000),
        ("docusaurus.config.js", "locales: [" * 15_000),
        ("astro.config.mjs", "{" * 100_000),
        ("mkdocs.yml", "plugins: [i18n: {languages: 3}]"),
        ("mkdocs.yml", "x" * 300_000),
    ],
)
def test_what_cannot_be_read_says_nothing(tmp_path: Path, name: str, text: str) -> None:
    found = said(tmp_path, name, text)
    assert (found.source, found.locales) == ("", ())


def test_a_bomb_of_aliases_is_harmless(tmp_path: Path) -> None:
    assert said(tmp_path, "_config.yml", _BOMB + "lang: fr\n").source == "fr"
    many = "a: &a [x]\n" + "".join(f"k{n}: *a\n" for n in range(60))
    assert said(tmp_path, "_config.yml", many + "lang: fr\n").source == ""


def test_a_config_outside_of_the_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.yml").write_text("lang: fr\n")
    root = tmp_path / "site"
    root.mkdir()
    (root / "_config.yml").symlink_to(tmp_path / "secret.yml")
    assert told(root, "_config.yml") == Told()
    assert told(root, "mkdocs.yml") == Told()
