"""A segment in, its accented form out: every Latin letter of prose visibly changed.

Reversible, letter by letter, so the rendering of a translated article can be compared with
that of its source: `plain(render(accented)) == render(source)`.
"""

from __future__ import annotations

from translate_pipeline.article import Article
from translate_pipeline.article.marks import split
from translate_pipeline.model import Segment

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = "áƀćđéƒǵĥíĵķĺḿńóṕɋŕśťúṽẃẍýźÁɃĆĐÉƑǴĤÍĴĶĹḾŃÓṔɊŔŚŤÚṼẂẌÝŹ"
_THERE = str.maketrans(_LETTERS, _ACCENTED)
_BACK = str.maketrans(_ACCENTED, _LETTERS)


def accented(segment: Segment) -> str:
    """The target a pseudo-translator would give."""
    return "".join(
        piece if is_mark else piece.translate(_THERE)
        for is_mark, piece in split(segment.text, segment.tokens)
    )


def targets(article: Article) -> dict[int, str]:
    """Accented targets for every segment that no rule keeps."""
    return {s.id: accented(s) for s in article.segments if not s.keep}


def plain(text: str) -> str:
    """`text` without the accents that `accented` made."""
    return text.translate(_BACK)


def has_accents(text: str) -> bool:
    """True when `text` itself holds one of the letters, so that `plain` would change it."""
    return text.translate(_BACK) != text
