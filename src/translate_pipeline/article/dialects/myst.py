"""MyST (Sphinx, Jupyter Book): CommonMark with directives, roles and targets.

Syntax: https://myst-parser.readthedocs.io/en/latest/syntax/optional.html, directives of
https://docutils.sourceforge.io/docs/ref/rst/directives.html and of sphinx-design.
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

_END = rb"[ \t]*+(?:\r?\n|\Z)"

# Directives whose argument is prose, and whose body is Markdown.
_TITLED = (
    rb"admonition|attention|caution|danger|error|hint|important|note|seealso|tip|warning|todo"
    rb"|topic|sidebar|margin|aside|dropdown|tab|tab-item|card|grid-item-card|table|list-table"
    rb"|rubric|epigraph|pull-quote|highlights|exercise|solution|prf:[a-z]+"
)
# Their argument is a number, an address or a layout, their body is Markdown.
_BODIED = (
    rb"versionadded|versionchanged|deprecated|figure|glossary|tab-set|grid|grid-item|div|container"
    rb"|compound|card-carousel|button-link|button-ref|only|article-info|centered|hlist"
)
# Their body is code or data, also between colons.
_CODE = (
    rb"code|code-block|code-cell|sourcecode|math|eval-rst|toctree|include|literalinclude|csv-table"
    rb"|raw|mermaid|graphviz|parsed-literal|doctest|myst-example|myst-example-file|bibliography"
)
_TITLES = (
    Title(rb"[`~:]{3,}+[ \t]*+\{(?:" + _TITLED + rb")\}[ \t]++([^\n]*[^\s])", Quoting.LINE),
    Title(
        rb"[`~:]{3,}+[ \t]*+\{(?:versionadded|versionchanged|deprecated)\}[ \t]++[^\s]++[ \t]++"
        rb"([^\n]*[^\s])",
        Quoting.LINE,
    ),
)
_DIRECTIVES = rb"(?=(?:%s)*+[ \t]*+\{(?:" + _TITLED + rb"|" + _BODIED + rb")\}"


def _fence(sign: bytes) -> tuple[Construct, Construct]:
    """A directive that is a fence, with options between `---` or without."""
    opener = sign * 3 + b"(?<!" + sign * 4 + b")" + (_DIRECTIVES % sign)
    return (
        Construct(
            opener + rb"[^\n]{0,300}\n---\r?\n)(?:" + sign + rb")*+[^\n]++\n---",
            b"\n---",
            limit=4_000,
            block=True,
            code=False,
            titles=_TITLES,
            fence=True,
        ),
        Construct(
            opener + rb")", closer=Closer.LINE, block=True, code=False, titles=_TITLES, fence=True
        ),
    )


_LATEX = (
    b"align", b"alignat", b"array", b"cases", b"eqnarray", b"equation", b"flalign", b"gather",
    b"matrix", b"multline", b"split", b"subequations",
)  # fmt: skip

DIALECT = Dialect(
    name="myst",
    options=BASE | MATH,
    anchor=Anchor.HTML,
    trigger=(b"{", b":::", b")=", b"\n%", b"+++", b"\n:", b"$$ ("),
    prose=(*PROSE, "aria-label", "attribution"),
    constructs=(
        *_fence(b"`"),
        *_fence(b"~"),
        # :::{math} … :::, whose body is no Markdown; the other directives between colons.
        *(Construct(sign + rb"(?=[ \t]*+\{(?:" + _CODE + rb")\})", sign, limit=20_000,
                    block=True, code=False)
          for sign in (b"::::::", b":::::", b"::::", b":::")),
        Construct(rb":::(?<!::::)(?=:*+[ \t]*+\{[^{}\n]{1,60}\}[^\n]{0,300}\n---\r?\n)"
                  rb":*+[^\n]++\n---", b"\n---", limit=4_000, block=True, code=False,
                  titles=_TITLES),
        Construct(rb":::(?<!::::)(?=:*+(?:" + _END + rb"|[ \t]*+[\w{]))", closer=Closer.LINE,
                  block=True, code=False, titles=_TITLES),
        # :name: value, the options of a directive
        Construct(
            rb":(?=[A-Za-z][\w-]*+:(?:[ \t]|\r?\n|\Z))",
            closer=Closer.LINE,
            block=True,
            code=False,
            titles=(
                Title(rb":(?:alt|caption|title|header|footer):[ \t]++(.*)\Z", Quoting.LINE, False),
                # A field list looks the same; four words are a sentence, and no option.
                Title(
                    rb":(?!class|widths|lines|emphasize|columns|gutter|margin|padding)[\w-]++:"
                    rb"[ \t]++((?:[^\s]++[ \t]++){3,}[^\s]++)\Z",
                    Quoting.LINE,
                ),
            ),
        ),
        # {ref}`text <target>`, {doc}`target`
        *(
            Construct(
                rb"\{[A-Za-z][\w:+.-]{0,60}+\}" + quote + rb"(?!`)",
                quote,
                limit=2_000,
                blank=False,
                code=False,
                titles=(
                    Title(rb"\{[^{}`]++\}`++([^`<\n]*[^`<\s])[ \t]+<[^<>`]+>`", Quoting.RAW, False),
                ),
            )
            for quote in (b"``", b"`")
        ),
        # (target)= above what it names; $$ … $$ (target)
        Construct(rb"\((?=[^()\n]{1,200}+\)=" + _END + rb")", closer=Closer.LINE, block=True,
                  code=False),
        Construct(rb"\((?<=\$\$ \()(?=[\w:.-]{1,100}+\))", b")", code=False),
        # {{ substitution }}
        Construct(rb"\{\{", b"}}", limit=2_000, block=True, code=False),
        # % a comment, +++ a break between blocks with its metadata
        Construct(rb"%(?<![^\n]%)", closer=Closer.LINE, block=True, code=False),
        Construct(rb"\+\+\+(?<![^\n]\+\+\+)(?!\+)", closer=Closer.LINE, block=True, code=False),
        # {#id .class key="value"} above a block or behind an inline thing
        Construct(
            rb"\{(?!#[\w-]{1,200}\}" + _END + rb")"
            rb"(?=[ \t]*(?:[.#][\w-]|[\w:-]{1,40}=)[^{}\n]{0,500}\})",
            b"}",
            block=True,
            fill=b".",
            heading=b" ",
            code=False,
            parameters=Quoting.RAW,
        ),
        Construct(rb"\\begin\{(?=[a-z]{1,20}\*?\})", b"}", block=True, limit=30, code=False,
                  verbatim=_LATEX, ending=(b"\\end{", b"", b"}")),
    ),
)  # fmt: skip
