"""Jekyll: kramdown with GFM input, and Liquid, which runs first and everywhere."""

from translate_pipeline.article.dialects._dialect import Anchor, Construct, Dialect
from translate_pipeline.article.parser import BASE, MATH

# Tags whose body is no Markdown (Jekyll and its common plugins).
_VERBATIM = (b"raw", b"highlight", b"comment", b"mermaid", b"katex", b"math", b"plantuml")

DIALECT = Dialect(
    name="jekyll",
    options=BASE | MATH,
    anchor=Anchor.ATTRIBUTE,
    trigger=(b"{%", b"{{", b"{:", b"\\\\(", b"\\\\["),
    constructs=(
        Construct(rb"\{%-?", b"%}", block=True, verbatim=_VERBATIM),
        Construct(rb"\{\{", b"}}"),
        # {::comment}…{:/comment}, {::nomarkdown}…{:/}: kramdown extensions with a body.
        Construct(rb"\{::(?=comment|nomarkdown)", b"{:/", block=True, limit=100_000),
        # {: .class}, {:toc}, {:ref: .class}, {::options …/}, {:/comment}
        Construct(rb"\{:(?=[^{}\n])", b"}", block=True, limit=2_000, blank=False, fill=b"."),
        # \\( a_b \\) and \\[ … \\]: kramdown leaves them to MathJax.
        Construct(rb"\\\\\(", rb"\\)", limit=4_000, blank=False),
        Construct(rb"\\\\\[", rb"\\]", block=True, limit=4_000, blank=False),
    ),
)
