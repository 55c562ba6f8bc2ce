"""The outlines of an article and of its translation in, faults out; a check is a file here.

Law: the listing of the folder is the list of checks, the file name with hyphens is the
check's name, and the order is that of the names. A new check is one new file:

- `NAME`, and `KIND`: what of `fail_on` it belongs to,
- `check(source, target, pair) -> Iterator[Fault]`, pure, linear in the two outlines,
- a docstring that says what it finds, the bound, its source, and what stays silent.

They say *what* is wrong, and where. They look at translations whoever made them, so what
translators rightly change is no fault: paths that are adapted, `/en/` that is `/de/`, a notice
that was added at the beginning or the end, the words in code that people read. That not one byte
of the skeleton has changed is another question, and `article.merge.prove` answers it.

`benchmarks/published_pairs.py` measures them and writes `docs/published-pairs.md`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple, Protocol, cast

from translate_pipeline.article import Article
from translate_pipeline.model import LocalePair
from translate_pipeline.structure_checks._notices import without_notices
from translate_pipeline.structure_checks._outline import Outline, outline
from translate_pipeline.structure_checks._sections import Fault, most

__all__ = ["Found", "StructureCheck", "load", "names", "run_structure_checks"]


class StructureCheck(Protocol):
    """The module of one check."""

    NAME: str
    KIND: str

    def check(self, source: Outline, target: Outline, pair: LocalePair) -> Iterator[Fault]:
        """How the structure of `target` differs from that of `source`."""
        ...


class Found(NamedTuple):
    """One fault, with the name and kind of the check that found it."""

    kind: str
    check: str
    line: int
    message: str


@cache
def names() -> tuple[str, ...]:
    """The checks there are, sorted; a file whose name begins with `_` is none."""
    found = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(name.replace("_", "-") for name in found if name[0] != "_"))


@cache
def load(name: str) -> StructureCheck:
    """The check called `name`. Raises KeyError, naming the known ones."""
    if name not in names():
        raise KeyError(f"unknown check {name!r}; use one of: {', '.join(names())}")
    module = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
    return cast("StructureCheck", module)


def run_structure_checks(
    article: Article, translation: Article, pair: LocalePair, only: Sequence[str] = ()
) -> tuple[Found, ...]:
    """All faults of `translation`, in the order of the checks' names, or of those in `only`.

    `article` is the source as it stands in the translation's place. Raises ArticleError where
    the parser fails.
    """
    source = outline(article)
    target = without_notices(source, outline(translation, article.pins.values()))
    return tuple(
        Found(check.KIND, check.NAME, fault.line, fault.message)
        for check in map(load, only or names())
        for fault in most(check.check(source, target, pair))
    )
