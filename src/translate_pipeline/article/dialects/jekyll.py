"""Jekyll: kramdown with GFM input, and Liquid, which runs first and everywhere."""

from translate_pipeline.article.dialects._dialect import Anchor, Construct, Dialect
from translate_pipeline.article.parser import BASE, MATH

# Tags whose body is no Markdown (Jekyll and its common plugins).
_VERBATIM = (b"raw", b"highlight", b"comment", b"mermaid", b"katex", b"math", b"plantuml")

# A line of HTML tags and nothing else, right above a Markdown block. CommonMark would take all
# up to the next blank line for HTML; kramdown does not, so the line is blank in the shadow.
_TAGS_ABOVE_MARKDOWN = (
    rb"<(?<![^\n]<)/?[A-Za-z][^<>\n]{0,500}(?:>[ \t]{0,20}</?[A-Za-z][^<>\n]{0,500}){0,9}"
    rb"(?=>[ \t]{0,20}\r?\n {0,3}(?:#{1,6}[ \t]|[-+*][ \t]|\d{1,9}[.)][ \t]|[>|]|```|~~~))"
)

DIALECT = Dialect(
    name="jekyll",
    options=BASE | MATH,
    anchor=Anchor.ATTRIBUTE,
    trigger=(b"{%", b"{{", b"{:", b"\\\\(", b"\\\\[", b"markdown=", b">\n"),
    code_keeps_pipes=True,
    constructs=(
        Construct(rb"\{%-?", b"%}", block=True, verbatim=_VERBATIM),
        Construct(rb"\{\{", b"}}"),
        # {::comment}…{:/comment}, {::nomarkdown}…{:/}: kramdown extensions with a body.
        Construct(rb"\{::(?=comment|nomarkdown)", b"{:/", block=True, limit=100_000),
        # {: .class}, {:toc}, {:ref: .class}, {::options …/}, {:/comment}
        Construct(rb"\{:(?=[^{}\n])", b"}", block=True, limit=2_000, blank=False, fill=b"."),
        Construct(_TAGS_ABOVE_MARKDOWN, b">", limit=2, fill=b" "),
        # <div markdown="1">: what follows is Markdown, not HTML.
        Construct(
            rb"<[A-Za-z]\w{0,20}(?=\s[^<>]{0,300}?\bmarkdown=)", b">", block=True, limit=2_000
        ),
        # \\( a_b \\) and \\[ … \\]: kramdown leaves them to MathJax.
        Construct(rb"\\\\\(", rb"\\)", limit=4_000, blank=False),
        Construct(rb"\\\\\[", rb"\\]", block=True, limit=4_000, blank=False),
    ),
)
