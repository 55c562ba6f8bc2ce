"""CommonMark with the GitHub extensions and math: READMEs, docs without a template engine."""

from translate_pipeline.article.dialects._dialect import Anchor, Dialect
from translate_pipeline.article.parser import BASE, MATH

# GitHub shows `{#id}` literally, so an id goes into an empty HTML anchor.
DIALECT = Dialect(name="commonmark", options=BASE | MATH, anchor=Anchor.HTML)
