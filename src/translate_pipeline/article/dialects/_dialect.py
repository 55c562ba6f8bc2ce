"""What one Markdown flavour adds to CommonMark, as data for the scanner in `shadow.py`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from pyromark import Options

__all__ = ["Anchor", "Construct", "Dialect"]


class Anchor(StrEnum):
    """How a translated heading keeps the id that links in the article rely on."""

    ATTRIBUTE = "attribute"  # `## Titel {#title}`
    HTML = "html"  # `## <a id="title"></a>Titel`


class Construct(NamedTuple):
    """One foreign construct: `open` starts it, `close` ends it.

    `open` is a regular expression over bytes (no groups, a literal first), `close` a
    literal. `block` says that it stands for a block of its own when it fills whole lines;
    `verbatim` names the words after `open` whose body is opaque until `end<word>`
    (`{% raw %}…{% endraw %}`).
    `limit` bounds the search for `close` in bytes, 0 means no bound; a blank line ends the
    search unless `blank` is set. `fill` stands in the shadow: a letter where the construct
    behaves like a word, a full stop where it must not glue to a delimiter.
    """

    open: bytes
    close: bytes
    block: bool = False
    verbatim: tuple[bytes, ...] = ()
    limit: int = 0
    blank: bool = True
    fill: bytes = b"x"


@dataclass(frozen=True, slots=True)
class Dialect:
    """One flavour.

    `trigger` bytes: where none occurs, no construct is looked for. `code_keeps_pipes` says
    that a `|` in a code span does not end a table cell.
    """

    name: str
    options: Options
    anchor: Anchor
    trigger: tuple[bytes, ...] = ()
    constructs: tuple[Construct, ...] = ()
    code_keeps_pipes: bool = False
