"""Takes an article into its own language: a copy with the site's front matter, no backend.

The law: its bytes are the source's but for the front matter that the site sets, and what a
person changed in the copy since is kept as in any target.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from translate_pipeline._version import __version__
from translate_pipeline.article import (
    DEFAULT_KEYS,
    Article,
    ArticleOptions,
    merge,
    parse,
)
from translate_pipeline.dialect_choice import choose
from translate_pipeline.errors import SegmentError, StructureError
from translate_pipeline.model import (
    LocalePair,
    Maker,
    Origin,
    Result,
    Segment,
    State,
    Translation,
    Usage,
)
from translate_pipeline.past import Past

__all__ = ["SameLanguage"]


class SameLanguage:
    """Copies articles of one language; a `made.Translator`. `pair` is that language twice.

    `dialect`, `references`, `front_matter_keys` and `prose_parameters` are those of the site's
    pipelines.
    """

    learning = True
    signature = f"copy|version:{__version__}"

    def __init__(
        self,
        pair: LocalePair,
        *,
        dialect: str = "commonmark",
        references: str = "keep",
        front_matter_keys: Sequence[str] = DEFAULT_KEYS,
        prose_parameters: Sequence[str] = (),
    ) -> None:
        self.pair = pair
        self._dialect = dialect
        self._options = ArticleOptions(
            tuple(front_matter_keys), references, tuple(prose_parameters)
        )

    def parse(self, text: str, dialect: str | None = None) -> Article:
        """The article in `text`. Raises as `article.parse`."""
        chosen = dialect or choose("", text, configured=self._dialect).dialect
        return parse(text, chosen, self._options)

    def unknown(self, article: Article, past: Past) -> list[Segment]:
        """Nothing: nobody is asked for a copy."""
        return []

    async def atranslate_article(
        self,
        article: Article,
        *,
        past: Past,
        values: Mapping[str, object],
        instruction: str = "",
    ) -> Result:
        """The copy. Raises SegmentError and StructureError for a person's text that breaks it."""
        edits = _edits(past)
        translations = tuple(
            Translation(
                segment,
                edits.get(segment.id, segment.text),
                State.KEPT,
                Origin.PERSON if segment.id in edits else Origin.SOURCE,
            )
            for segment in article.segments
        )
        return Result(
            text=merge(article, edits, self._values(values)),
            translations=translations,
            findings=(),
            usage=Usage(),
            signature=self.signature,
            pair=self.pair,
        )

    def known(self, article: Article, past: Past, values: Mapping[str, object]) -> str | None:
        """The copy with these texts; None where they do not have the article's structure."""
        try:
            return merge(article, _edits(past), self._values(values))
        except (SegmentError, StructureError):
            return None

    def _values(self, values: Mapping[str, object]) -> dict[str, object]:
        return {**values, "lang": self.pair.target.name, "translated": False}


def _edits(past: Past) -> dict[int, str]:
    return {i: known.target for i, known in past.known.items() if known.maker is Maker.PERSON}
