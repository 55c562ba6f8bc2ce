"""Hugo: Goldmark, and shortcodes, which run first and in code, too.

Shortcodes: https://gohugo.io/content-management/shortcodes/; attributes:
https://gohugo.io/content-management/markdown-attributes/.
"""

from translate_pipeline.article.dialects._dialect import (
    PROSE,
    Anchor,
    Closer,
    Construct,
    Dialect,
    Quoting,
    Title,
)
from translate_pipeline.article.parser import BASE, MATH

# Shortcodes whose inside is no Markdown: Hugo's own, and those of common themes.
_VERBATIM = (
    b"highlight", b"mermaid", b"math", b"katex", b"chart", b"chem", b"comment", b"plantuml",
    b"goat", b"graphviz", b"code", b"raw", b"rawhtml", b"svg", b"swaggerui", b"redoc",
    b"ace-editor",
)  # fmt: skip

# Shortcodes of common themes whose only or last positional parameter is a title.
_TITLES = (
    Title(
        rb"\{\{[<%][ \t\r\n]*+(?:tab|expand|details|tabitem|collapse|accordion|button)"
        rb"[ \t\r\n]++\"((?:[^\"\\]|\\.)*+)\"",
        Quoting.BACKSLASH,
        markdown=False,
    ),
)


def _code(word: bytes, sign: bytes) -> Construct:
    """A shortcode whose text is code if `sign` is among its parameters; its header is prose."""
    begin = rb"\{\{<[ \t]*+" + word + rb"[ \t]"
    return Construct(
        rb"\{\{<(?=[ \t]*+" + word + rb"[ \t][^\n>]{0,500}+(?<!/)>\}\})"
        rb"(?=[^\n>]{0,500}?\b" + sign + rb")",
        b"{{< /" + word + b" >}}",
        block=True,
        titles=(
            Title(
                begin + rb"[^\n>]{0,500}?(?<=[ \t])header=\"((?:[^\"\\]|\\.)*+)\"",
                Quoting.BACKSLASH,
                markdown=False,
            ),
        ),
    )


# Docsy shows a tab as code where it has a language, or its pane says that all have one, and a
# card that says so: https://www.docsy.dev/docs/content/shortcodes/#tabpane and `#card`.
_CODE = (
    Construct(
        rb"\{\{<(?=[ \t]*+tabpane\b[^\n>]{0,500}+>\}\})"
        rb"(?=[^\n>]{0,500}?\blang(?:EqualsHeader)?=(?!false))",
        b"{{< /tabpane >}}",
        block=True,
    ),
    _code(b"tab", b"lang="),
    _code(b"card", b"code=true"),
)


def _shortcode(sign: bytes) -> tuple[Construct, Construct]:
    """A shortcode of one of the two notations, and the same commented out, which is text."""
    left, right = b"{{" + sign, (b">" if sign == b"<" else b"%") + b"}}"
    return (
        Construct(rb"\{\{" + sign + rb"/\*", b"*/" + right, block=True),
        Construct(
            rb"\{\{" + sign,
            right,
            block=True,
            closer=Closer.QUOTED,
            verbatim=_VERBATIM,
            ending=(left, b"/", right),
            titles=_TITLES,
            parameters=Quoting.BACKSLASH,
        ),
    )


DIALECT = Dialect(
    name="hugo",
    options=BASE | MATH,
    anchor=Anchor.ATTRIBUTE,
    trigger=(b"{{", b"\n{", b"\n {", b"  {", b"\t{", b">{", b"> {", rb"\(", rb"\[", b"[!"),
    prose=(*PROSE, "text", "linktitle", "footer"),
    constructs=(
        *_CODE,
        *_shortcode(b"<"),
        *_shortcode(b"%"),
        # {{/* a comment, as in a template */}}
        Construct(rb"\{\{/\*", b"*/}}", block=True, limit=4_000, code=False),
        # > [!NOTE]+ A title, for the render hook of quotations; without one it is the parser's.
        Construct(
            rb"\[!(?:(?<=>\[!)|(?<=>[ \t]\[!))(?=[A-Za-z][\w-]{0,40}\][+-]?[ \t]+[^\s])"
            rb"(?![^\n]{0,1000}\{\{)",
            closer=Closer.LINE,
            block=True,
            code=False,
            titles=(Title(rb"\[![\w-]++\][+-]?[ \t]++(.*)\Z", Quoting.LINE),),
        ),
        # A title that holds a shortcode stays: it ends with its line, so no word may join it.
        Construct(
            rb"\[!(?:(?<=>\[!)|(?<=>[ \t]\[!))(?=[A-Za-z][\w-]{0,40}\][+-]?[ \t]+[^\s])",
            closer=Closer.LINE,
            block=True,
            code=False,
        ),
        # {.class #id}: attributes of the block above; a heading's are the parser's own.
        Construct(
            rb"\{(?=[ \t]*[.#\w][^{}\n]{0,500}\}[ \t]*(?:\r?\n|\Z))",
            closer=Closer.LINE,
            block=True,
            code=False,
        ),
        # Goldmark's passthrough, where it is no escaped bracket: something of TeX stands inside.
        Construct(
            rb"\\\((?<!\\\\\()(?=(?:[^\\\n^_={}]|\\(?![A-Za-z()])){0,300}(?:[\^_={}]|\\[A-Za-z]))",
            rb"\)",
            limit=2_000,
            blank=False,
            code=False,
        ),
        Construct(
            rb"\\\[(?<!\\\\\[)(?=(?:[^\\^_={}\]]|\\(?![A-Za-z\[\]])){0,300}(?:[\^_={}]|\\[A-Za-z]))",
            rb"\]",
            block=True,
            limit=4_000,
            blank=False,
            code=False,
        ),
    ),
)  # fmt: skip
