"""Zola: CommonMark (pulldown-cmark), and shortcodes, which run first and in code, too.

https://www.getzola.org/documentation/content/shortcodes/; links to `@/page.md`, heading ids
and `<!-- more -->` are the parser's own.
"""

from translate_pipeline.article.dialects._dialect import (
    PROSE,
    Anchor,
    Closer,
    Construct,
    Dialect,
    Quoting,
)
from translate_pipeline.article.parser import BASE, MATH

# Shortcodes of common themes whose body is no Markdown, whatever its ending tag's spaces.
_VERBATIM = rb"(?:mermaid|katex|math|code|raw|chart|plantuml|graphviz|dot|d2|typst)"
_BODY = rb"\{%-?(?=[ \t\r\n]*+" + _VERBATIM + rb"[ \t\r\n]*+\()"

DIALECT = Dialect(
    name="zola",
    options=BASE | MATH,
    anchor=Anchor.ATTRIBUTE,
    trigger=(b"{{", b"{%", b"$$"),
    prose=(*PROSE, "text", "content", "quote"),
    constructs=(
        # $$ of several lines: KaTeX reads it in the browser, and `+ b` in it is no list.
        Construct(rb"\$\$(?<![^\n]\$\$)(?=[^\n$]{0,500}\n)", b"$$", block=True, limit=10_000,
                  blank=False, code=False),
        # {{/* youtube(id="x") */}} and {%/* … */%} show a shortcode and run none.
        Construct(rb"\{\{/\*", b"*/}}", block=True),
        Construct(rb"\{%/\*", b"*/%}", block=True),
        Construct(_BODY, b"{% end %}", block=True),
        Construct(rb"\{%-?", b"%}", block=True, closer=Closer.QUOTED, parameters=Quoting.RAW),
        Construct(rb"\{\{", b"}}", block=True, closer=Closer.QUOTED, parameters=Quoting.RAW),
    ),
)  # fmt: skip
