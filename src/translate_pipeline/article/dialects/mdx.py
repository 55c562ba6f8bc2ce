"""MDX 2 and 3 (Docusaurus, Astro, Next): Markdown with JSX, expressions and modules.

No indented code, no autolinks (https://mdxjs.com/docs/what-is-mdx/#markdown); directives
`:::note[Title]` as in Docusaurus and Starlight (remark-directive).
"""

from translate_pipeline.article.dialects._dialect import (
    PIN,
    PROSE,
    Anchor,
    Closer,
    Construct,
    Dialect,
    Quoting,
    Title,
)
from translate_pipeline.article.parser import BASE, MATH

# Elements whose text is no prose, and components that show their children as they are.
_VERBATIM = (b"script", b"style", b"svg", b"pre", b"math")

# What search engines and cards show of the page.
_META = (
    Title(
        rb"<meta[ \t\r\n]++(?:name|property)=\"(?:og:|twitter:)?(?:title|description)\""
        rb"[ \t\r\n]++content=\"([^\"]*+)\"",
        Quoting.HTML,
        markdown=False,
    ),
)

_TITLES = (
    # :::note[Title]{.class}
    Title(rb":{2,}[ \t]*+[\w-]+[ \t]*+\[(.*)\][ \t]*(?:\{[^{}]*\})?\Z", Quoting.BRACKET),
    # :::note Title, as Docusaurus 2 wrote it
    Title(rb":{3,}[ \t]*+[\w-]+[ \t]++([^\[{\s][^{}]*?)[ \t]*(?:\{[^{}]*\})?\Z", Quoting.LINE),
)

# `{#id}` is no expression, so only a site that takes it out first may have it (`docusaurus`).
DIALECT = Dialect(
    name="mdx",
    options=BASE | MATH,
    anchor=Anchor.HTML,
    trigger=(b"<", b"{", b"import", b"export", b"::"),
    indented_code=False,
    prose=(*PROSE, "aria-label", "placeholder"),
    constructs=(
        Construct(
            rb"import(?<![^\n]import)(?=[ \t]*(?:[{*\"']|[A-Za-z_$][\w$]*[ \t]*(?:,|from\b)))",
            closer=Closer.MODULE,
            block=True,
            code=False,
        ),
        Construct(
            rb"export(?<![^\n]export)(?=[ \t]*(?:[{*]|(?:const|let|var|function|async|class"
            rb"|default|type|interface|enum)\b))",
            closer=Closer.MODULE,
            block=True,
            code=False,
        ),
        # ## Heading {/*id*/}
        Construct(
            rb"\{/\*(?=[^*\n]{0,200}\*/\}[ \t]*(?:\r?\n|\Z))",
            b"*/}",
            block=True,
            code=False,
            heading=b" ",
        ),
        # {expression}, {/* comment */}; `{#id}` behind a heading is the parser's own.
        Construct(rb"\{(?!#[^{}\s]{1,200}\})", closer=Closer.BRACES, block=True, code=False),
        Construct(
            rb"<(?!" + PIN + rb")(?:/?[A-Za-z_$][\w.:$-]*|(?=/?>)/?)",
            closer=Closer.TAG,
            block=True,
            fill=b"<",
            code=False,
            verbatim=_VERBATIM,
            ending=(b"<", b"/", b">"),
            titles=_META,
            parameters=Quoting.HTML,
        ),
        Construct(rb":::(?<!::::):*+(?=[ \t]*(?:[A-Za-z]|\r?\n|\Z))", closer=Closer.LINE,
                  block=True, code=False, titles=_TITLES),
        # ::name[Title]{#id}: a leaf directive.
        Construct(rb"::(?<!:::)(?=[A-Za-z][\w-]*[\[{])", closer=Closer.LINE, block=True,
                  code=False, titles=_TITLES),
    ),
)  # fmt: skip
