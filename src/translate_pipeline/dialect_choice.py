"""An article's path and text in, its Markdown dialect and the reason out; pure.

The law: what somebody said wins (the config, then the site's layout), then the extension, then
what the text itself shows, and no dialect is chosen that there is no file of. The text is looked
at once, up to `LIMIT` characters, by patterns that take linear time.

A sign is a construct that one dialect has and the others would show as text. Each counts up to
three times; one that two dialects share is worth less than `ENOUGH`, so that it decides nothing
alone. `python -m benchmarks.dialects` prints what becomes of real articles.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import PurePath
from typing import NamedTuple

from translate_pipeline.article import dialects

__all__ = ["AUTO", "ENOUGH", "LIMIT", "Choice", "choose"]

#: The value of `dialect` that leaves the choice to this file.
AUTO = "auto"
#: How much of a text is looked at, in characters.
LIMIT = 200_000
#: The weight of signs from which on a text is written in their dialect.
ENOUGH = 2
_MOST = 3  # how often a sign counts
_PLAIN = "commonmark"
_EXTENSIONS = {".mdx": "mdx", ".qmd": "quarto", ".rmd": "quarto"}


class Choice(NamedTuple):
    """A dialect's name, and in words why it is the article's."""

    dialect: str
    reason: str


class _Sign(NamedTuple):
    """`owners`: whose construct it is; the first for which there is a file gets `weight`.

    `literal` occurs in each match of `pattern`: where it does not occur, nothing is searched.
    """

    owners: tuple[str, ...]
    weight: int
    what: str
    literal: str
    pattern: re.Pattern[str]


def _sign(owners: str, weight: int, what: str, literal: str, pattern: str) -> _Sign:
    return _Sign(tuple(owners.split()), weight, what, literal, re.compile(pattern, re.MULTILINE))


_SIGNS = (
    # Liquid: https://jekyllrb.com/docs/liquid/tags/; kramdown: https://kramdown.gettalong.org
    _sign("jekyll", 2, "Jekyll's tags", "{%",
          r"\{%-?[ \t]*(?:include|include_relative|includes?|link|post_url|highlight|seo|"
          r"assign|capture)\b"),
    _sign("jekyll", 1, "Liquid tags", "{%",
          r"\{%-?[ \t]*(?:if|unless|for|case|comment|endcomment|raw|endraw)\b"),
    _sign("jekyll", 2, "Jekyll's variables", "{{",
          r"\{\{-?[ \t]*(?:site|page|include|layout)\."),
    _sign("jekyll", 2, "Liquid filters", "{{",
          r"\{\{[^{}|\n]{1,100}\|[ \t]*[a-z_]+[^{}\n]{0,100}\}\}"),
    _sign("jekyll", 2, "kramdown attribute lists", "{:",
          r"(?:^|[\])*`\s])\{:[ \t]*(?:[.#][\w-]|toc\b|[\w-]{1,40}=)"),
    _sign("jekyll", 2, "Markdown in HTML", "markdown=", r"<[a-z][^<>\n]{0,200}[ \t]markdown="),
    _sign("jekyll", 2, "kramdown extensions", "{::", r"\{::/?[a-z]*"),
    # https://docs.github.com/en/contributing/writing-for-github-docs
    _sign("github_docs github jekyll", 3, "GitHub's data tags", "{%",
          r"\{%-?[ \t]*(?:data|ifversion|octicon|indented_data_reference|rowheaders)\b"),
    _sign("github_docs github jekyll", 3, "[AUTOTITLE] links", "AUTOTITLE", r"\[AUTOTITLE\]\("),
    # https://hexo.io/docs/tag-plugins
    _sign("hexo jekyll", 3, "Hexo's tags", "{%",
          r"\{%[ \t]*(?:post_link|post_path|asset_img|asset_link|asset_path|codeblock|pullquote|"
          r"endnote|note|include_code|jsfiddle|blockquote|youtube|vimeo|gist|tabs)\b"),
    _sign("hexo", 3, "front matter without its first line", "---",
          r"\A(?:[A-Za-z_]{1,40}:[^\n]{0,500}\n){1,20}---[ \t\r]*$"),
    _sign("hexo", 1, "<!-- more -->", "more", r"<!--[ \t]?more[ \t]?-->"),
    # https://www.getzola.org/documentation/content/shortcodes/
    _sign("zola", 3, "Zola's shortcodes", "(", r"\{[{%][ \t]*\w{1,60}\("),
    _sign("zola", 3, "Zola's internal links", "](@/", r"\]\(@/"),
    # https://gohugo.io/content-management/shortcodes/
    _sign("hugo", 2, "Hugo's shortcodes", "{{<",
          r"\{\{<[ \t]*/?[ \t]*(?!meta\b|var\b|fa\b|pagebreak\b|kbd\b|embed\b|env\b)[\w]"),
    _sign("hugo", 2, "Hugo's shortcodes", "{{%", r"\{\{%[ \t]*/?[ \t]*[\w]"),
    _sign("hugo", 2, "quoted shortcodes", "/*", r"\{\{[<%]/\*"),
    # https://mdxjs.com, https://docusaurus.io/docs/markdown-features
    _sign("docusaurus mdx", 2, "imports and exports", "port",
          r"^(?:import[ \t]+[\w{*][^\n]{0,200}[ \t]from[ \t]*['\"]|import[ \t]+['\"][./@\w]|"
          r"export[ \t]+(?:const|default|function)[ \t])"),
    _sign("docusaurus mdx", 2, "JSX attributes", "={",
          r"<[A-Za-z][^<>\n]{0,200}[ \t][A-Za-z-]{1,40}=\{|^[ \t]+[A-Za-z]{1,40}=\{"),
    _sign("docusaurus mdx", 2, "className", "className=", r"[ \t]className="),
    _sign("docusaurus mdx", 2, "MDX comments", "{/*", r"\{/\*"),
    _sign("docusaurus mdx", 2, "Docusaurus' components", "<",
          r"<(?:Tabs|TabItem|CodeBlock|DocCardList|TOCInline|Details|BrowserWindow)\b"),
    _sign("docusaurus", 2, "titled directives", ":::", r"^[ \t]*:{3,}[a-z]+\["),
    _sign("docusaurus", 2, "directives", ":::",
          r"^[ \t]*:{3,}(?:note|caution|important)\b"),
    _sign("docusaurus", 1, "directives", ":::", r"^[ \t]*:{3,}(?:tip|info|warning|danger)\b"),
    _sign("docusaurus", 2, "<!--truncate-->", "truncate", r"<!--[ \t]?truncate[ \t]?-->"),
    # https://vitepress.dev/guide/markdown
    _sign("vitepress", 3, "VitePress' containers", ":::",
          r"^[ \t>*-]*:{3,}[ \t]*(?:code-group|v-pre|details)\b|"
          r"^[ \t>*-]*:{3,}[ \t]+(?:tip|warning|danger|info|important|note|caution|raw)\b"),
    # Docusaurus has these, too; where nothing else tells, the tamer of the two is taken.
    _sign("vitepress", 2, "containers", ":::", r"^[ \t>*-]*:{3,}(?:tip|info|warning|danger)\b"),
    _sign("vitepress", 8, "<script setup>", "<script", r"^<script\b[^<>\n]{0,100}\bsetup\b"),
    _sign("vitepress", 3, "imported snippets", "<<<", r"^[ \t]*<<<[ \t]*[@./~]"),
    _sign("vitepress", 2, "[[toc]]", "[[toc]]", r"^\[\[toc\]\]"),
    _sign("vitepress", 2, "Vue directives", "v-", r"<[A-Za-z][^<>\n]{0,200}[ \t]v-[a-z]{2,12}\b"),
    _sign("vitepress", 2, "Vue components", "<", r"<(?:Badge[ \t]|NonProjectLink\b|VP[A-Z])"),
    # https://squidfunk.github.io/mkdocs-material/reference/, Python-Markdown
    _sign("mkdocs", 3, "admonitions", "!!!", r"^[ \t]*!!![ \t]+[\w\"]"),
    _sign("mkdocs", 3, "folded admonitions", "???", r"^[ \t]*\?\?\?\+?[ \t]+[\w\"]"),
    _sign("mkdocs", 3, "content tabs", "===", r"^[ \t]*===[!+]{0,2}[ \t]+\""),
    _sign("mkdocs", 3, "snippets", "8<", r"^[ \t]*(?:-{1,3}8<-{1,3})"),
    _sign("mkdocs", 3, "blocks", "///", r"^[ \t]*/{3,}[ \t]*[a-z-]+(?:[ \t]*\||[ \t\r]*$)"),
    _sign("mkdocs", 3, "mkdocstrings", ":::", r"^:::[ \t]+\w+(?:\.\w+)+[ \t\r]*$"),
    _sign("mkdocs", 2, "[TOC]", "[TOC]", r"^\[TOC\]"),
    _sign("mkdocs", 2, "icons", ":", r":(?:material|octicons|fontawesome|simple)-[a-z]"),
    _sign("mkdocs", 2, "attribute lists", "{",
          r"(?:[\])*`]|^)\{[ \t]+[.#a-z]|#[^\n{]{1,200}\{[ \t]+#"),
    _sign("mkdocs", 1, "attribute lists", "{:", r"(?:[\])*`]|^)\{:[ \t]+[.#a-z]"),
    _sign("mkdocs", 2, "Markdown in HTML", "markdown>", r"<[a-z][^<>\n]{0,200}[ \t]markdown>"),
    _sign("mkdocs", 1, "critic marks", "{", r"\{(?:\+\+|--|~~|==|>>)"),
    _sign("mkdocs", 2, "keys", "++", r"(?<![+\w])\+\+[a-z]{1,12}(?:\+[a-z0-9]{1,12})*\+\+"),
    # https://quarto.org/docs/authoring/markdown-basics.html
    _sign("quarto", 3, "executable code", "```{",
          r"^[ \t]*`{3,}\{+(?:r|python|julia|ojs|mermaid|dot|bash|sql)\b[^:\n]*\}"),
    _sign("quarto", 3, "fenced divs", ":::", r"^[ \t]*:{3,}[ \t]*\{[ \t]*[.#]"),
    _sign("quarto", 3, "cross-references", "@", r"(?<![\w/])@(?:fig|tbl|sec|eq|lst|thm)-\w"),
    _sign("quarto", 2, "citations", "[",
          r"\[-?@[\w:./-]{1,100}(?:[;,][^\[\]\n]{0,200})?\](?![(\[:])"),
    _sign("quarto", 3, "figure attributes", "fig-",
          r"\{[^{}\n]{0,200}\bfig-(?:alt|cap|align|env)="),
    _sign("quarto", 2, "spans", "]{", r"\]\{[.#]"),
    _sign("quarto", 3, "Quarto's shortcodes", "{{<",
          r"\{\{<[ \t]*(?:meta|var|fa|pagebreak|kbd|embed|env|include[ \t]+[\w./-]+\.q?md)\b"),
    # https://mystmd.org, https://myst-parser.readthedocs.io
    _sign("myst", 3, "MyST's directives", "{",
          r"^[ \t]*(?:`{3,}|:{3,}|~{3,})"
          r"\{(?!(?:r|python|julia|ojs|mermaid|dot|bash|sql)\b)[a-z][\w:-]*\}"),
    _sign("myst", 2, "MyST's roles", "}`", r"\{[a-z][\w:+-]{0,40}\}``"),
    _sign("myst", 2, "targets", ")=", r"^\([\w:./-]{1,100}\)=[ \t\r]*$"),
    # https://rust-lang.github.io/mdBook/format/mdbook.html
    _sign("mdbook", 3, "mdBook's includes", "{{#", r"\{\{[ \t]*#[a-z_]+"),
    _sign("mdbook", 3, "listings", "<Listing", r"<Listing[ \t](?:number|file-name|caption)="),
    # https://help.obsidian.md/syntax
    _sign("obsidian", 3, "embeds", "![[", r"!\[\[[^\[\]\n]{1,200}\]\]"),
    _sign("obsidian", 3, "wikilinks", "[[", r"\[\[[^\[\]\n|]{1,200}\|[^\[\]\n]{1,200}\]\]"),
    _sign("obsidian", 1, "wikilinks", "[[",
          r"(?<!!)\[\[(?!toc\]|TOC\])[^\[\]\n]{1,200}\]\](?!\()"),
    _sign("obsidian", 2, "folded callouts", "[!", r"^[ \t>]*>[ \t]?\[![a-zA-Z]+\][-+]"),
    # https://dotnet.github.io/docfx/docs/markdown.html, Microsoft's Learn
    _sign("docfx", 3, "includes", "[!", r"\[!(?:INCLUDE|include|Include|code|CODE|Code)[- \[]"),
    _sign("docfx", 3, "cross-references", "xref:", r"[(<]xref:"),
    _sign("docfx", 3, "Learn's extensions", ":::",
          r"^[ \t>]*:::[ \t]*(?:image|zone|row|column|moniker|code)(?![\w-])"),
    _sign("docfx", 2, "divs", "[!", r"^>[ \t]?\[!(?:div|Video|VIDEO)\b"),
    _sign("docfx", 3, "Learn's metadata", "ms.", r"^ms\.[a-z]{3,20}:"),
)  # fmt: skip

_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})[^\n]*$", re.MULTILINE)
_SPAN = re.compile(r"`[^`\n]{1,200}`")


def choose(
    path: str | PurePath, text: str, *, configured: str = AUTO, layout: str = AUTO
) -> Choice:
    """The dialect of the article `text` at `path`.

    `configured` is what the config or a flag says and `layout` what the site's layout says;
    `auto` says nothing. A name that is configured is not looked up: `dialects.find` does, and
    tells what is wrong with it.
    """
    if configured != AUTO:
        return Choice(configured, "the settings name it")
    there = dialects.names()
    if layout in there:
        return Choice(layout, "the site's layout is written in it")
    ending = PurePath(path).suffix
    by_name = _EXTENSIONS.get(ending.lower())
    if by_name in there:
        return Choice(by_name, f"the file's extension is {ending}")
    return _detected(text[:LIMIT])


@lru_cache(maxsize=64)  # an article goes into several languages
def _detected(text: str) -> Choice:
    """What the text shows."""
    near = [sign for sign in _SIGNS if sign.literal in text]
    if not near:
        return Choice(_PLAIN, "the text has no construct of another dialect")
    seen = _SPAN.sub("``", _without_code(text)) if "`" in text or "~~~" in text else text
    weights: defaultdict[str, int] = defaultdict(int)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for sign in near:
        owner = _owner(sign.owners)
        count = sum(1 for _ in zip(range(_MOST), sign.pattern.finditer(seen), strict=False))
        if owner and count:
            weights[owner] += count * sign.weight
            found[owner].append(sign.what)
    ranked = sorted(weights, key=lambda name: (-weights[name], name))
    if not ranked or weights[ranked[0]] < ENOUGH:
        return Choice(_PLAIN, "the text has too few constructs of another dialect")
    best = ranked[0]
    if len(ranked) > 1 and weights[ranked[1]] == weights[best]:
        others = " and ".join(name for name in ranked if weights[name] == weights[best])
        return Choice(_PLAIN, f"the text has as many constructs of {others}")
    return Choice(best, f"the text has {_listed(found[best])}")


def _listed(what: list[str]) -> str:
    """The first three of the things found, each once."""
    names = list(dict.fromkeys(what))[:3]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


@cache
def _owner(owners: tuple[str, ...]) -> str:
    return next((name for name in owners if name in dialects.names()), "")


def _without_code(text: str) -> str:
    """The text without what stands in fences; their first lines stay, they are signs."""
    kept: list[str] = []
    position, fence = 0, ""
    for line in _FENCE.finditer(text):
        mark = line[1]
        if not fence:
            kept.append(text[position : line.end()])
            fence = mark
        elif mark[0] == fence[0] and len(mark) >= len(fence):
            position, fence = line.end(), ""
    return "".join((*kept, "" if fence else text[position:]))
