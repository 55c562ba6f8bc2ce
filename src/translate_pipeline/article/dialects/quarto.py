"""Quarto, R Markdown and Pandoc's Markdown: divs, attributes, citations, captions, TeX.

Sources: https://pandoc.org/MANUAL.html#pandocs-markdown,
https://quarto.org/docs/authoring/shortcodes.html (a shortcode's strings know no escape) and
https://bookdown.org/yihui/bookdown/cross-references.html.
"""

from __future__ import annotations

from translate_pipeline.article.dialects._dialect import (
    XML_NAME,
    Anchor,
    Closer,
    Construct,
    Dialect,
    Quoting,
    Slug,
)
from translate_pipeline.article.parser import BASE, MATH

# Behind `@`: a word in which single punctuation marks may stand, or anything in braces.
_KEY = rb"(?:\{[^{}\n]{1,200}\}|[\w\x80-\xff](?:[\w\x80-\xff]|[:.#$%&+?<>~/-](?=[\w\x80-\xff]))*+)"
_CITED = rb"-?@" + _KEY
# What may follow a key without being prose: `p. 3`, `pp. 33-35, 38`, `{pp. iv, vi}`.
_LOCATOR = (
    rb"(?:,?[ \t\n](?:(?:pp?|chaps?|secs?|figs?|vols?|nos?|paras?|cols?|fols?|ll?|vv?|pts?|ops?"
    rb"|bks?|chapters?|pages?|sections?|figures?|volumes?|verses?|books?|lines?|notes?|parts?)"
    rb"\b\.?[ \t\n]?)?[\divxlcIVXLC\xc2\xa7][\divxlcIVXLC, \xe2\x80\x93-]{0,40}"
    rb"|,?[ \t]?\{[^{}\n]{0,100}\})?"
)
# The environments whose body is TeX: all of it is opaque up to the `\end`.
_ENVIRONMENTS = (
    b"align", b"aligned", b"alignat", b"array", b"cases", b"center", b"description", b"document",
    b"enumerate", b"eqnarray", b"equation", b"figure", b"gather", b"itemize", b"lstlisting",
    b"matrix", b"minipage", b"multline", b"pmatrix", b"bmatrix", b"quote", b"split", b"table",
    b"tabular", b"tabularx", b"longtable", b"theorem", b"tikzpicture", b"verbatim", b"wrapfigure",
)  # fmt: skip
# Simple and multiline tables: columns stand where the dashes do, so no translation fits. The
# mask begins with the blank line above, since no sign of its own begins a table.
_COLUMNS = rb" {0,40}-{2,}(?: {1,40}-{2,}){1,60} {0,40}\r?\n"
_SIMPLE = (
    rb"(?:(?! *-)[^\n]{1,2000}\n)?" + _COLUMNS + rb"[^\n]*[^\s][^\n]*(?:\n[^\n]*[^\s][^\n]*+)*+"
)
_MULTILINE = (
    rb" {0,40}-{5,} {0,40}\r?\n(?:(?! *--)[^\n]{2,2000}\n){1,9}+"
    + _COLUMNS
    + rb"(?:(?! {0,40}-{5,} *\r?\n *(?:\r?\n|\Z))[^\n]*+\n){1,400}+ {0,40}-{5,}"
)
_COLUMNED = b"(?:" + _MULTILINE + b"|" + _SIMPLE + b")"
# Where the bar of a line block may stand: not at the end of a table's row.
_AT_LINE = rb"(?<![\s\S]\|)|" + b"|".join(
    rb"(?<=\n%s\|)" % prefix
    for prefix in (
        *(b" " * width for width in range(7)), b"\t", b">", b"> ", b">  ", b">   ",
        rb"[-*+] ", rb"[-*+] {3}", rb"\d[.)] ", rb"\d[.)] {2}",
    )
)  # fmt: skip
# A line of HTML tags right above a Markdown block: Pandoc reads Markdown between tags.
_TAGS_ABOVE_MARKDOWN = (
    rb"<(?<![^\n]<)/?(?:div|section|details|aside|figure|center|article)\b[^<>\n]{0,500}"
    rb"(?=>[ \t]{0,20}\r?\n {0,3}(?:#{1,6}[ \t]|[-+*][ \t]|\d{1,9}[.)][ \t]|[>|]|```|~~~|!\[))"
)
# What is indented by four right below `<div>` is code to Pandoc, which reads Markdown there.
_DIV_ABOVE_CODE = (
    rb"<(?:(?<![^\n]<)|(?<=\n <)|(?<=\n  <)|(?<=\n   <))div\b[^<>\n]{0,500}"
    rb"(?=>[ \t]{0,20}\r?\n(?: {4}| {0,3}\t)[ \t]*[^ \t\r\n])"
)

DIALECT = Dialect(
    name="quarto",
    options=BASE | MATH,
    anchor=Anchor.ATTRIBUTE,
    ids=XML_NAME,
    slug=Slug.PANDOC,
    heading_labels=True,
    trigger=(b"{", b":::", b"@", b"\n:", b"\n|", b"\n+", b"-- -", b"\\", b"\n#.", b"\n(",
             b"\nTable:", b"<", b"> |", b"- |", b"  |"),
    prose=("title", "subtitle", "caption", "alt", "description", "summary", "aria-label",
           "fig-alt", "fig-cap", "fig-scap", "tbl-cap", "lst-cap", "code-summary"),
    constructs=(
        # {{< shortcode key="value" >}} and the same shown: {{</* … */>}}, {{{< … >}}}
        Construct(rb"\{\{\{<", b">}}}", block=True, limit=4_000, blank=False, code=False),
        Construct(rb"\{\{</\*", b"*/>}}", block=True, limit=4_000, blank=False, code=False),
        Construct(rb"\{\{<", b">}}", block=True, limit=4_000, code=False, parameters=Quoting.RAW),
        # ::: {.callout-note title="…"}, ::: name :::, :::
        Construct(rb":::(?<!::::):*+(?=[ \t]*(?:[{A-Za-z]|\r?\n|\Z))", closer=Closer.LINE,
                  block=True, code=False, parameters=Quoting.BACKSLASH),
        # : Caption {#tbl-x}: below a table or with attributes, else it is a definition; to the
        # parser an item of its own (`+ Caption`), which may follow a table at once
        Construct(rb":(?<![^\n \t>]:)(?=[ \t])(?:(?=[^\n]*\{[^{}\n]*\}[ \t]*(?:\r?\n|\Z))"
                  rb"|(?<=[|+-]\n:)|(?<=[|+-]\n\n:)|(?<=[|+-]\r\n:)|(?<=[|+-]\r\n\r\n:))",
                  fill=b"+", code=False),
        Construct(rb"Table:(?:(?<=[\n|+-]\nTable:)|(?<=[\n|+-]\r\nTable:))(?=[ \t])", code=False),
        # `` `<b>`{=html} ``, [span]{.class}, ![](x){#fig-x fig-alt="…"}, # Heading {-}; a
        # lone {#id} is the parser's in a heading, and kept as it is in text.
        # Text that holds a citation stays, too: a citation in an attribute is none, but looks so.
        Construct(rb"\{(?=[ \t\r\n]*[.#A-Za-z][^{}@]{0,2000}@\w)", b"}", closer=Closer.QUOTED,
                  fill=b".", heading=b" ", block=True, code=False),
        Construct(
            rb"\{(?!#[\w:.-]{1,80}\})(?=[ \t\r\n]*(?:[.#][^\s{}]|=[\w-]+\}|-\}"
            rb"|[A-Za-z][\w:.-]*=))",
            b"}",
            closer=Closer.QUOTED,
            fill=b".",
            heading=b" ",
            block=True,
            code=False,
            parameters=Quoting.BACKSLASH,
        ),
        # [@key; -@other, p. 3]; where there is more, the keys alone
        Construct(rb"\[(?=-?@)" + _CITED + _LOCATOR + rb"(?:[ \t]*;[ \t\n]*" + _CITED + _LOCATOR
                  + rb"){0,50}\](?![(\[{:])", code=False),
        Construct(rb"@(?<![\w\x80-\xff@./-]@)" + _KEY, code=False),
        Construct(rb"-@(?<![\w\x80-\xff@./-]-@)" + _KEY, code=False),
        # \@ref(fig:x), (ref:caption)
        Construct(rb"\\@ref\([^()\n]{1,200}\)", code=False),
        Construct(rb"\(ref:[\w:-]{1,200}\)", code=False),
        # (@), (@good), (1) and #. begin list items; to the parser these are `11)` and `1.`. They
        # count in a line, too, or a wrapped line that begins with one could not be joined.
        Construct(rb"\((?<![^\s>]\()(?:@[\w-]{0,7}|\d{1,2})(?=\)[ \t])", fill=b"1", code=False),
        Construct(rb"#(?<![^\s>]#)(?=\.[ \t])", fill=b"1", code=False),
        # $ is the parser's; R Markdown knows \( and \[, too
        Construct(rb"\\\((?<!\\\\\()", rb"\)", limit=2_000, blank=False, code=False),
        Construct(rb"\\\[(?<!\\\\\[)(?=[^\]]{0,80}[\\^_=])", rb"\]", block=True, limit=4_000,
                  blank=False, code=False),
        # \begin{align}…\end{align}, \newpage, \textcolor{red}{…}
        Construct(rb"\\begin\{(?<!\\\\begin\{)", b"}", block=True, limit=60, blank=False,
                  code=False, verbatim=_ENVIRONMENTS, ending=(b"\\", b"end{", b"}")),
        Construct(rb"\\(?<!\\\\)[A-Za-z]{2,40}\*?(?:\[[^\[\]\n]{0,200}\])?(?:\{[^{}\n]{0,400}\}){0,9}",
                  block=True, code=False),
        # | a line of a line block, to the parser `+ a line`; a table's row has another bar
        Construct(rb"\|(?:" + _AT_LINE + rb")(?=(?:[ \t][^|\n]*)?(?:\r?\n|\Z))", fill=b"+",
                  code=False),
        # +---+ a grid table: its cells are columns of text, which no translation fits
        Construct(rb"\+(?<![^\n \t>]\+)[-=:]{3,}\+[-=:+]*[ \t]*+(?:\r?\n[ \t>]*+[|+][^\n]*+)*+",
                  block=True, code=False),
        Construct(rb"\n(?<=\n\n)" + _COLUMNED, block=True, code=False),
        Construct(rb"\r\n(?<=\n\r\n)" + _COLUMNED, block=True, code=False),
        Construct(_TAGS_ABOVE_MARKDOWN, b">", limit=2, fill=b" ", code=False),
        Construct(_DIV_ABOVE_CODE, b">", limit=2, fill=b" ", code=False),
    ),
)  # fmt: skip
