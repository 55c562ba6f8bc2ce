"""Jekyll: kramdown with GFM input, and Liquid, which runs first and everywhere.

https://kramdown.gettalong.org/syntax.html, https://jekyllrb.com/docs/liquid/tags/; what
kramdown 2.4 reads otherwise than CommonMark was measured with it.
"""

from translate_pipeline.article.dialects._dialect import (
    PROSE,
    XML_NAME,
    Anchor,
    Closer,
    Construct,
    Dialect,
    Quoting,
    Title,
)
from translate_pipeline.article.parser import BASE, MATH

# Tags whose body is no Markdown (Jekyll and its common plugins).
_VERBATIM = (b"raw", b"highlight", b"comment", b"mermaid", b"katex", b"math", b"plantuml")

# Tags that compute. In every other one a parameter may be prose: `{% include x caption="…" %}`.
_LOGIC = b"|".join(
    (
        *_VERBATIM, b"assign", b"capture", b"if", b"elsif", b"else", b"unless", b"case", b"when",
        b"for", b"tablerow", b"cycle", b"liquid", b"increment", b"decrement", b"end[a-z]*",
    )
)  # fmt: skip

# A line of HTML tags and nothing else, right above a Markdown block. CommonMark would take all
# up to the next blank line for HTML; kramdown does not, so the line is blank in the shadow.
_TAGS_ABOVE_MARKDOWN = (
    rb"<(?<![^\n]<)/?[A-Za-z][^<>\n]{0,500}(?:>[ \t]{0,20}</?[A-Za-z][^<>\n]{0,500}){0,9}"
    rb"(?=>[ \t]{0,20}\r?\n {0,3}(?:#{1,6}[ \t]|[-+*][ \t]|\d{1,9}[.)][ \t]|[>|]|```|~~~))"
)

# `$$` that begins a line, and no `$` behind it on that line: a formula of several lines, in
# which CommonMark would see `+ b` as a list. Formulae on one line are the parser's own.
_BLOCK_MATH = (
    rb"\$\$(?:(?<![^\n]\$\$)|"
    + b"|".join(rb"(?<=[\n>]%s\$\$)" % (b" " * n) for n in range(1, 7))
    + rb")(?=[^\n$]{0,500}\n)"
)
# LaTeX environments, which kramdown leaves to MathJax.
_ENVIRONMENTS = tuple(
    name + star
    for name in (b"align", b"equation", b"gather", b"eqnarray", b"multline")
    for star in (b"", b"*")
)


DIALECT = Dialect(
    name="jekyll",
    options=BASE | MATH,
    anchor=Anchor.ATTRIBUTE,
    ids=XML_NAME,
    trigger=(
        b"{%", b"{{", b"{:", b"\\\\(", b"\\\\[", b"markdown=", b">\n", b"*[", b"$$", b"\\begin{",
    ),
    code_keeps_pipes=True,
    kramdown=True,
    prose=(*PROSE, "text", "content", "heading", "figcaption", "message", "placeholder", "tooltip"),
    constructs=(
        Construct(
            rb"\{%-?(?![ \t\r\n]*+(?:" + _LOGIC + rb")\b)",
            b"%}",
            block=True,
            parameters=Quoting.RAW,
        ),
        Construct(rb"\{%-?", b"%}", block=True, verbatim=_VERBATIM),
        Construct(rb"\{\{", b"}}"),
        # {::comment}…{:/comment}, {::nomarkdown}…{:/}: kramdown extensions with a body.
        Construct(
            rb"\{::(?=(?:comment|nomarkdown)[^{}\n]{0,200}(?<!/)\})",
            b"{:/",
            block=True,
            limit=100_000,
            code=False,
        ),
        # {: .class title="…"}, {:toc}, {:ref: .class}, {::options …/}, {:/comment}
        Construct(
            rb"\{:(?=[^{}\n])",
            b"}",
            block=True,
            limit=2_000,
            blank=False,
            fill=b".",
            code=False,
            parameters=Quoting.BACKSLASH,
        ),
        Construct(_TAGS_ABOVE_MARKDOWN, b">", limit=2, fill=b" "),
        # <div markdown="1">: what follows is Markdown, not HTML.
        Construct(
            rb"<[A-Za-z]\w{0,20}(?=\s[^<>]{0,300}?\bmarkdown=)", b">", block=True, limit=2_000
        ),
        # *[HTML]: HyperText Markup Language
        Construct(
            rb"\*\[(?=[^\]\n]{1,100}\]:)",
            closer=Closer.LINE,
            block=True,
            code=False,
            titles=(Title(rb"\*\[[^\]\n]++\]:[ \t]*+(.+)\Z", Quoting.LINE, markdown=False),),
        ),
        Construct(_BLOCK_MATH, b"$$", block=True, limit=10_000, code=False),
        *(
            Construct(rb"\\begin\{" + name.replace(b"*", rb"\*") + rb"\}",
                      b"\\end{" + name + b"}", block=True, limit=10_000, code=False)
            for name in _ENVIRONMENTS
        ),
        # \\( a_b \\) and \\[ … \\]: kramdown leaves them to MathJax.
        Construct(rb"\\\\\(", rb"\\)", limit=4_000, blank=False),
        Construct(rb"\\\\\[", rb"\\]", block=True, limit=4_000, blank=False),
    ),
)  # fmt: skip
