"""Shadow text in, the parser's events or its HTML out; the only file that knows pyromark.

Ranges are UTF-8 byte offsets into the text that was given. `tests/article/test_parser.py`
is the contract: it pins every quirk that the other files rely on, so that an upgrade of
the parser that changes one fails there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyromark
from pyromark import Options

from translate_pipeline.errors import ArticleError

__all__ = ["BASE", "MATH", "Options", "events", "panics", "render"]

#: CommonMark plus what GitHub, kramdown and Goldmark have in common. Every one of these
#: keeps 652 of 652 CommonMark examples (`parsing.md` 2); wikilinks would not.
BASE = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_HEADING_ATTRIBUTES
    | Options.ENABLE_GFM
    | Options.ENABLE_DEFINITION_LIST
)
MATH = Options.ENABLE_MATH


def events(text: str, options: Options) -> Iterator[tuple[Any, Any]]:
    """`(event, range)` pairs, ranges as `{"start": int, "end": int}` in bytes.

    The iterator is the parser's own, since a wrapper costs as much as the parse; read it
    inside `panics()`.
    """
    return pyromark.events_with_range(text, options=options)


def render(text: str, options: Options) -> str:
    """`text` as HTML; the skeleton is read from it. Raises ArticleError as `panics`."""
    with panics():
        return pyromark.html(text, options=options)


@contextmanager
def panics() -> Iterator[None]:
    """Turn a failure of the parser itself into ArticleError.

    A Rust panic reaches Python as a `BaseException`, which would otherwise end the run.
    """
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise ArticleError(
            f"the Markdown parser failed on this article ({str(error)[:120]}); "
            "please report it with the article, and exclude the file until it is fixed"
        ) from None
