"""What one Markdown flavour adds to CommonMark, as data for the scanner in `scan.py`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from pyromark import Options

__all__ = [
    "PIN",
    "PROSE",
    "XML_NAME",
    "Anchor",
    "Closer",
    "Construct",
    "Dialect",
    "Quoting",
    "Slug",
    "Title",
    "with_prose",
]

#: Attributes and parameters that hold prose, unless a dialect names others.
PROSE = ("title", "caption", "alt", "label", "description", "summary", "header", "subtitle")

#: The anchor that `anchors.py` puts into a heading, behind its `<`: no construct of a dialect.
PIN = rb"(?<=# <)a id=\"[^\"<>\n]{1,200}\"></a>"


class Anchor(StrEnum):
    """How a translated heading keeps the id that links in the article rely on."""

    ATTRIBUTE = "attribute"  # `## Titel {#title}`
    HTML = "html"  # `## <a id="title"></a>Titel`


class Slug(StrEnum):
    """The rule by which a site makes a heading's id of its words (`heading_ids.py`)."""

    GITHUB = "github"
    PYTHON = "python"  # Python-Markdown
    PANDOC = "pandoc"
    VUE = "vue"  # VitePress


class Closer(StrEnum):
    """How the end of a construct is found where no literal tells (`closers.py`)."""

    LINE = "line"  # the line's end, for an opener that begins its line
    BRACES = "braces"  # the `}` of the JavaScript expression whose `{` opened it
    TAG = "tag"  # the `>` of the JSX or Vue tag that the opener began
    MODULE = "module"  # the blank line behind a complete `import` or `export`
    QUOTED = "quoted"  # the construct's `close`, but not inside "…" or `…`


class Quoting(StrEnum):
    """What a target must not hold in its place, and how that is written there.

    A rule escapes where the construct has an escape with one reading, and refuses otherwise.
    """

    HTML = "html"  # entities
    BACKSLASH = "backslash"  # `\"`, as in Go's strings
    RAW = "raw"  # no escape: `'` becomes `’`, any other delimiter is refused
    BRACKET = "bracket"  # `[…]`: brackets must be in pairs
    LINE = "line"  # to the end of its line


class Title(NamedTuple):
    """Prose in a construct that no name marks: group 1 of `pattern`, matched at its start.

    It is inline Markdown when `markdown` is set (`:::note[The *title*]`), else plain text.
    """

    pattern: bytes
    quoting: Quoting
    markdown: bool = True


class Construct(NamedTuple):
    """One foreign construct: `open` starts it, `close` or `closer` ends it.

    `open` is a regular expression over bytes (no groups, a literal first), `close` a
    literal. `block` says that it stands for a block of its own when it fills whole lines;
    `verbatim` names the words after `open` whose body is opaque until the ending tag:
    `ending` is what stands before the word, in front of it, and behind it
    (`{% raw %}…{% endraw %}`).
    `limit` bounds the search for `close` in bytes, 0 means no bound; a blank line ends the
    search unless `blank` is set. `fill` stands in the shadow: a letter where the construct
    behaves like a word, a full stop where it must not glue to a delimiter, `<` where it is a
    tag to the parser, too (inline tags may be pairs then). `heading` takes its place
    in a heading's line (a space: an id at the end is no part of the title).

    `code`: it is live inside code, as with engines that run before Markdown. `titles` and
    `parameters` (the names are `Dialect.prose`) are prose inside it. `item`: the lines below
    that are indented by four are its body, in Markdown (`!!! note`). `fence`: it opens a
    fence whose body is Markdown (MyST's directives); the closing fence is hidden, too.
    """

    open: bytes
    close: bytes = b""
    block: bool = False
    verbatim: tuple[bytes, ...] = ()
    limit: int = 0
    blank: bool = True
    fill: bytes = b"x"
    closer: Closer | None = None
    ending: tuple[bytes, bytes, bytes] = (b"{%", b"end", b"%}")
    heading: bytes = b""
    code: bool = True
    titles: tuple[Title, ...] = ()
    parameters: Quoting | None = None
    item: bool = False
    fence: bool = False


@dataclass(frozen=True, slots=True)
class Dialect:
    """One flavour.

    `trigger` bytes: where none occurs, no construct is looked for. `code_keeps_pipes` says
    that a `|` in a code span does not end a table cell, `kramdown` that its lines are kept as
    kramdown reads them (`kramdown.py`), `indented_code` that four spaces
    begin code, `prose` which attributes and parameters of its constructs are translated.
    `keeps_lines`: a single line break shows as one (`<br>`), so each must come back.
    `ids`: the ids that an attribute can hold, as a pattern; all where it is empty.
    `slug`: how the site makes a heading's id of its words. `heading_link`: a pattern for the
    constructs that name a heading of the same article by its words, which are its group 1
    (`heading_links.py`); none where it is empty. `heading_labels`: a `[label]` that nobody
    defines is a link to the heading of these words (`heading_labels.py`).
    """

    name: str
    options: Options
    anchor: Anchor
    trigger: tuple[bytes, ...] = ()
    constructs: tuple[Construct, ...] = ()
    code_keeps_pipes: bool = False
    indented_code: bool = True
    kramdown: bool = False
    keeps_lines: bool = False
    prose: tuple[str, ...] = PROSE
    ids: str = ""
    slug: Slug = Slug.GITHUB
    heading_link: bytes = b""
    heading_labels: bool = False

    def anchor_for(self, identifier: str) -> Anchor:
        """How a heading keeps `identifier`: in the dialect's way where that can hold it."""
        if self.ids and not re.fullmatch(self.ids, identifier):
            return Anchor.HTML
        return self.anchor


#: What an XML name may be: kramdown and Pandoc show `{#3-ways}` as words (2.4 and 2.17, measured).
XML_NAME = r"[^\W\d][\w:.-]*"


def with_prose(dialect: Dialect, names: Iterable[str]) -> Dialect:
    """`dialect`, which also translates the parameters and attributes `names`.

    They are those of a site's own shortcodes, includes and components: `("blurb", "hint")`.
    """
    return replace(dialect, prose=tuple(dict.fromkeys((*dialect.prose, *names))))
