"""Hexo: GitHub's Markdown (marked), and Nunjucks tags, which Hexo takes out before it parses.

https://hexo.io/docs/tag-plugins, https://hexo.io/docs/front-matter,
https://github.com/hexojs/hexo-renderer-marked#options.
"""

from translate_pipeline.article.dialects._dialect import (
    PROSE,
    Anchor,
    Construct,
    Dialect,
    Quoting,
    Title,
)
from translate_pipeline.article.parser import BASE, MATH

# Tags whose body is no Markdown: Hexo's own, and those of common themes and plugins.
_VERBATIM = (
    b"raw", b"codeblock", b"code", b"mermaid", b"math", b"katex", b"plantuml", b"chartjs",
)  # fmt: skip

# What a tag may be given before its text: words, or one string.
_SLUG = rb"[ \t]++(?:\"[^\"\n]*+\"|'[^'\n]*+'|[^\s\"'%]++)"

_TITLES = (
    # {% post_link slug 'Title' %}, {% asset_link slug "Title" %}, {% asset_img slug 500 "Title" %}
    *(
        Title(
            rb"\{%-?[ \t]*+(?:post_link|asset_link|asset_img|link)"
            + _SLUG
            + rb"(?:[ \t]++[\w./:%-]++)*+"
            rb"[ \t]++" + quote + rb"([^\"'\n]++)" + quote,
            Quoting.RAW,
            markdown=False,
        )
        for quote in (b'"', b"'")
    ),
    # {% note info "Title" %}, {% note "Title" %}, {% tabs "Title" %}
    Title(
        rb"\{%-?[ \t]*+(?:note|tabs|tab|fold|folding|details|spoiler|hideToggle|btn|button)"
        rb"(?:[ \t]++[\w-]++)*+[ \t]*+\"([^\"\n]++)\"",
        Quoting.RAW,
        markdown=False,
    ),
)

DIALECT = Dialect(
    name="hexo",
    options=BASE | MATH,
    anchor=Anchor.HTML,
    keeps_lines=True,  # marked has `breaks: true` here
    trigger=(b"{%", b"{{", b"{#", b";;;", b"\n---"),
    prose=(*PROSE, "text"),
    constructs=(
        # Front matter in JSON, and in YAML without its first line: both are Hexo's alone.
        Construct(rb"\A;;;(?=;*\r?\n)", b"\n;;;", block=True, code=False),
        Construct(
            rb"\A(?:title|layout|date|id)"
            rb"(?=:[^\n]*\n(?:[A-Za-z_-]+:[^\n]*\n|[ \t-][^\n-][^\n]*\n){0,40}---)",
            b"\n---",
            block=True,
            code=False,
        ),
        # {# a comment #}
        Construct(rb"\{#(?=[ \t\r\n])", b"#}", block=True, limit=4_000, code=False),
        Construct(
            rb"\{%-?",
            b"%}",
            block=True,
            verbatim=_VERBATIM,
            titles=_TITLES,
            parameters=Quoting.RAW,
        ),
        Construct(rb"\{\{", b"}}"),
    ),
)
