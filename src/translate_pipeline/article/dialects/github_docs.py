"""GitHub Docs: GitHub's Markdown, and Liquid with tags of its own, which runs first.

https://docs.github.com/en/contributing/writing-for-github-docs/using-markdown-and-liquid-in-github-docs
"""

from translate_pipeline.article.dialects._dialect import (
    Anchor,
    Construct,
    Dialect,
    Quoting,
)
from translate_pipeline.article.parser import BASE, MATH

DIALECT = Dialect(
    name="github_docs",
    options=BASE | MATH,
    anchor=Anchor.HTML,
    trigger=(b"{%", b"{{", b"AUTOTITLE"),
    prose=("aria-label", "title", "alt", "caption"),
    constructs=(
        # {% data variables.a %}, {% ifversion ghes %}, {% octicon "x" aria-label="…" %}
        Construct(
            rb"\{%", b"%}", block=True, verbatim=(b"raw", b"comment"), parameters=Quoting.RAW
        ),
        Construct(rb"\{\{", b"}}"),
        # [AUTOTITLE](/path): the site puts the article's title there
        Construct(rb"AUTOTITLE(?<=\[AUTOTITLE)(?=\]\()", code=False),
    ),
)  # fmt: skip
