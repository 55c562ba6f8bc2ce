"""Text ⇄ `Article`. Pure: knows nothing of models, files or config."""

from translate_pipeline.article.article import DEFAULT_KEYS, Article, ArticleOptions, parse
from translate_pipeline.article.merge import merge, prove, splice
from translate_pipeline.article.restore import restore

__all__ = [
    "DEFAULT_KEYS",
    "Article",
    "ArticleOptions",
    "merge",
    "parse",
    "prove",
    "restore",
    "splice",
]
