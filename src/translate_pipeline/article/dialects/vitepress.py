"""VitePress: markdown-it with containers and Vue, whose `{{ }}` is live outside of code.

https://vitepress.dev/guide/markdown, https://vitepress.dev/guide/using-vue.
"""

from translate_pipeline.article.dialects._dialect import (
    PROSE,
    Anchor,
    Closer,
    Construct,
    Dialect,
    Quoting,
    Slug,
    Title,
)
from translate_pipeline.article.parser import BASE, MATH

_TITLES = (
    # These have none; what stands behind them is for the machine.
    Title(rb":{3,}[ \t]*+(?:code-group|raw|v-pre)\b()", Quoting.LINE),
    Title(rb":{3,}[ \t]*+[\w-]+[ \t]++([^{\s][^{}]*?)[ \t]*(?:\{[^{}]*\})?\Z", Quoting.LINE),
)

DIALECT = Dialect(
    name="vitepress",
    options=BASE | MATH,
    anchor=Anchor.ATTRIBUTE,
    slug=Slug.VUE,
    trigger=(b"{", b":::", b"[[toc]]", b"<"),
    prose=(*PROSE, "text"),
    constructs=(
        Construct(rb"\{\{", b"}}", code=False),
        Construct(rb":::(?<!::::):*+(?=[ \t]*(?:[A-Za-z]|\r?\n|\Z))", closer=Closer.LINE,
                  block=True, code=False, titles=_TITLES),
        # <<< @/snippets/snippet.js#region{2 js}
        Construct(rb"<<<(?=[ \t]*[@./~\w])", closer=Closer.LINE, block=True, code=False),
        Construct(rb"\[\[toc\]", b"]", block=True, limit=1, code=False),
        # {.class #id}, {target="_self"} (markdown-it-attrs); a heading's `{#id}` is the parser's.
        Construct(
            rb"\{(?!#[^{}\s]{1,200}\})(?=[ \t]*(?:[.#][^{}\n]|[\w-]{1,40}=)[^{}\n]{0,300}\})",
            b"}",
            limit=350,
            block=True,
            code=False,
            fill=b".",
            heading=b" ",
        ),
        # A component that closes itself is a block on its own line, even below a paragraph.
        Construct(
            rb"<(?=(?:[A-Z]|[a-z]+-)[^<>\n]{0,1000}+(?<=/)>[ \t]*(?:\r?\n|\Z))",
            closer=Closer.TAG,
            block=True,
            fill=b"<",
            code=False,
            parameters=Quoting.HTML,
        ),
        # A Vue component is HTML to markdown-it, and has prose of its own.
        Construct(
            rb"<(?:[A-Z][\w.]*|[a-z]+-[\w-]*)",
            closer=Closer.TAG,
            fill=b"<",
            code=False,
            parameters=Quoting.HTML,
        ),
    ),
)  # fmt: skip
