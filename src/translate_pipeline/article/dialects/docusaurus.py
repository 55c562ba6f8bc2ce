"""Docusaurus: MDX in which a heading may have an id, `## Title {#id}`.

https://docusaurus.io/docs/markdown-features/toc#heading-ids
"""

from dataclasses import replace

from translate_pipeline.article.dialects import mdx
from translate_pipeline.article.dialects._dialect import Anchor

DIALECT = replace(mdx.DIALECT, name="docusaurus", anchor=Anchor.ATTRIBUTE)
