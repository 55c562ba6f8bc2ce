"""An article and its translation in, what another parser says of the two out.

The law: the trees are equal in everything but the words, and the words are equal but for the
accents that `tests.laws.accent` puts on. A source that the parser cannot read says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from tests.article.dialects.laws import proven
from translate_pipeline.article import Article, parse

__all__ = ["Failed", "Missing", "Oracle", "Pair", "Verdict", "judged", "pair"]

Kind = Literal["same", "differs", "broken", "unreadable"]


class Missing(Exception):
    """The oracle cannot be had here; the message says what to install."""


class Pair(NamedTuple):
    """A source and its accented translation, and how many characters the front matter has."""

    id: str
    before: str
    after: str
    front: tuple[int, int]

    @property
    def bodies(self) -> tuple[str, str]:
        """Both without their front matter."""
        return self.before[self.front[0] :], self.after[self.front[1] :]


class Verdict(NamedTuple):
    """`broken`: only the translation cannot be read. `unreadable`: the source cannot."""

    id: str
    kind: Kind
    why: str = ""


class Failed(NamedTuple):
    """What stands in place of a tree where the parser refused a text."""

    why: str


class Oracle(NamedTuple):
    """`compare` and `version` raise Missing. `independent` is False for a grammar of our own."""

    name: str
    version: Callable[[], str]
    compare: Callable[[Sequence[Pair]], list[Verdict]]
    independent: bool = True


# The label of `[words][label]`.
_LABEL = re.compile(r"\]\[([^\[\]\n]+)\]")


def pair(name: str, text: str, dialect: str) -> tuple[Pair, Article]:
    """The article called `name` and its accented translation, proven, for the oracles."""
    article, after = proven(text, dialect)
    fronts = (
        len(article.source[: article.body].decode()),
        len(after.encode()[: parse(after, dialect).body].decode()),
    )
    # `[label][]` becomes `[words][label]`. An oracle that reads a part of the page by itself (what
    # is in a shortcode) may not see the definition, so there is one more at the end: the first
    # one of a label counts, and a label that nobody defined is damage all the same.
    labels = sorted(set(_LABEL.findall(after)) - set(_LABEL.findall(text)))
    defined = "".join(f"\n\n[{label}]: /defined-twice" for label in labels)
    return Pair(name, text + defined, after + defined, fronts), article


def judged(
    pairs: Sequence[Pair],
    trees: Sequence[object],
    difference: Callable[[Pair, object, object], str],
) -> list[Verdict]:
    """Verdicts from the trees of all sources and translations, in turn (two per pair)."""
    found = []
    for index, one in enumerate(pairs):
        before, after = trees[2 * index], trees[2 * index + 1]
        if isinstance(before, Failed):
            found.append(Verdict(one.id, "unreadable", before.why))
        elif isinstance(after, Failed):
            found.append(Verdict(one.id, "broken", after.why))
        else:
            why = difference(one, before, after)
            found.append(Verdict(one.id, "differs" if why else "same", why))
    return found
