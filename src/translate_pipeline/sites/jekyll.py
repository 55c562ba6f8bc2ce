"""Jekyll: languages by folder or suffix, without a plugin or with one of the two common ones."""

from __future__ import annotations

from types import MappingProxyType

from translate_pipeline.sites.layout import (
    REPOSITORY_PAPERS,
    Layout,
    Links,
    Rule,
    SourceLocale,
)

__all__ = ["LAYOUTS"]

_CONFIG = ("_config.yml", "_config.yaml", "_config.toml")
_LANG = MappingProxyType({"lang": "{locale}"})
# A permalink is what pairs the languages for polyglot, `ref` and `page_id` for hand-made menus.
_KEEP = ("page_id", "ref", "translation_id", "hreflang", "redirect_from", "layout", "categories")
_NO_PAGES = ("/_layouts", "/_includes", "/_data", "/_sass", "/_plugins", "/_drafts", "/assets")

LAYOUTS = (
    Layout(
        name="jekyll-user",
        description="Jekyll: sources in original/ and notes/, each says its language in its"
        " name; all languages, the source's too, in _posts/<language>/",
        rules=(
            Rule("original/{stem}-{locale}{ext}", "_posts/{locale}/{stem}-{locale}{ext}"),
            Rule("notes/{stem}-{locale}{ext}", "_posts/{locale}/{stem}-{locale}{ext}"),
        ),
        dialect="jekyll",
        source_locale=SourceLocale.PATH,
        copy_source=True,
        links=Links.REWRITE_RELATIVE,
        source_url_prefix="/{locale}/",
        url_prefix="/{locale}/",
        values=_LANG,
        keep=(*_KEEP, "permalink"),
        markers=_CONFIG,
    ),
    Layout(
        name="jekyll-folder",
        description="Jekyll: _posts/<language>/<post>-<language>.md",
        rules=(
            Rule("_posts/{locale}/{stem}-{locale}{ext}", "_posts/{locale}/{stem}-{locale}{ext}"),
        ),
        dialect="jekyll",
        links=Links.REWRITE_RELATIVE,
        source_url_prefix="/{locale}/",
        url_prefix="/{locale}/",
        values=_LANG,
        keep=_KEEP,
        markers=_CONFIG,
    ),
    Layout(
        name="jekyll-suffix",
        description="Jekyll: _posts/<post>-<language>.md beside the source, with or without"
        " the source's own language in its name",
        rules=(
            Rule("_posts/{dir}/{stem}-{locale}{ext}", "_posts/{dir}/{stem}-{locale}{ext}"),
            Rule("_posts/{dir}/{stem}{ext}", "_posts/{dir}/{stem}-{locale}{ext}"),
        ),
        dialect="jekyll",
        links=Links.REWRITE_RELATIVE,
        values=_LANG,
        keep=_KEEP,
        markers=_CONFIG,
    ),
    Layout(
        name="jekyll-i18n",
        description="Jekyll with jekyll-multiple-languages-plugin: _i18n/<language>/…",
        rules=(Rule("_i18n/{locale}/{dir}/{stem}{ext}", "_i18n/{locale}/{dir}/{stem}{ext}"),),
        dialect="jekyll",
        # The plugin builds each language as a site of its own, with its own base URL.
        links=Links.SAME_DEPTH,
        keep=(*_KEEP, "permalink", "namespace"),
        markers=_CONFIG,
        plugin="jekyll-multiple-languages-plugin",
    ),
    Layout(
        name="jekyll-polyglot",
        description="Jekyll with jekyll-polyglot: the same file name in a language folder, `lang`"
        " in the front matter",
        rules=(
            Rule("_posts/{locale}/{dir}/{stem}{ext}", "_posts/{locale}/{dir}/{stem}{ext}"),
            Rule("_posts/{dir}/{stem}{ext}", "_posts/{locale}/{dir}/{stem}{ext}"),
            Rule("{locale}/{dir}/{stem}{ext}", "{locale}/{dir}/{stem}{ext}"),
            Rule("{dir}/{stem}{ext}", "{locale}/{dir}/{stem}{ext}"),
        ),
        dialect="jekyll",
        # Where a file stands says nothing to polyglot: `lang` does, and it makes every link of
        # a page lead to its own language. It pairs by `page_id`, else by equal permalinks.
        source_locale=SourceLocale.FRONT_MATTER,
        links=Links.KEEP,
        values=_LANG,
        keep=(*_KEEP, "permalink", "lang-exclusive"),
        exclude=(*REPOSITORY_PAPERS, *_NO_PAGES),
        markers=_CONFIG,
        plugin="jekyll-polyglot",
    ),
)
