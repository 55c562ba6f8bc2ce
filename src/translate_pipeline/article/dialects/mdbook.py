"""mdBook: pulldown-cmark, and `{{#…}}` helpers that a preprocessor replaces.

https://rust-lang.github.io/mdBook/format/mdbook.html; a helper behind a backslash is shown.
Hidden lines (`# fn main() {`) and `{{#include}}` in code are code, and stay for that reason.
"""

from translate_pipeline.article.dialects._dialect import (
    Anchor,
    Closer,
    Construct,
    Dialect,
    Quoting,
    Title,
)
from translate_pipeline.article.parser import BASE, MATH

# {{#title A title for the browser}}
_TITLES = (
    Title(rb"\{\{[ \t]*+#title[ \t]++([^{}\n]*[^{}\s])[ \t]*\}\}", Quoting.LINE, markdown=False),
)

DIALECT = Dialect(
    name="mdbook",
    options=BASE | MATH,
    anchor=Anchor.ATTRIBUTE,
    trigger=(b"{{", b"\\\\(", b"\\\\[", b"<"),
    prose=("title", "caption", "alt"),
    constructs=(
        # {{#include file.rs:2:10}}, {{#playground x.rs editable}}; {{%segment outline}} of a plugin
        Construct(rb"\{\{(?=[ \t]*[#%][a-z_])", b"}}", block=True, limit=2_000, blank=False,
                  code=False, titles=_TITLES),
        # \\( a_b \\) and \\[ … \\]: MathJax
        Construct(rb"\\\\\(", rb"\\)", limit=4_000, blank=False, code=False),
        Construct(rb"\\\\\[", rb"\\]", block=True, limit=4_000, blank=False, code=False),
        # <Listing number="1-1" caption="…">: an element that a preprocessor knows
        Construct(rb"<(?=[A-Z][\w-]*[ \t\r\n][^<>]{0,300}=)[A-Z][\w-]*", closer=Closer.TAG,
                  fill=b"<", code=False, parameters=Quoting.RAW),
    ),
)  # fmt: skip
