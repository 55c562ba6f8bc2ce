"""A source's text in, the text as it would stand in the target's place out, before translation.

The law: outside of link destinations (paths in front matter among them) and dropped keys the
result is the input, byte for byte; where nothing changes it is the very same string. A
destination is only replaced if the parser, asked again, reads the new one there and all others
unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from urllib.parse import unquote

from translate_pipeline.article import dialects, front_matter
from translate_pipeline.article.dialects import Dialect
from translate_pipeline.article.link_targets import in_body, spell
from translate_pipeline.errors import ArticleError
from translate_pipeline.sites.layout import Links
from translate_pipeline.sites.links import Place, rewrite

__all__ = ["place"]

_BOM = b"\xef\xbb\xbf"
# What stands before a destination, as loosely as the parser could ever read it. Most articles
# have no destination of their own site behind it, and are not parsed.
_MARKDOWN = rb"\](?:\(|:)[ \t\r\n>]*+<?+"
_HTML = rb"(?:href|src|poster)\s*+=\s*+[\"']?+\s*+"
_FOREIGN = rb"https?:|mailto:|//|\{\{"
_PATH = re.compile(rb"[:=][ \t]*+[\"']?+\.\.?+/")
_OURS = re.compile(
    rb"%b(?![#)]|%b)|%b(?![#\"']|%b)|srcset\s*+=|%b"
    % (_MARKDOWN, _FOREIGN, _HTML, _FOREIGN, _PATH.pattern),
    re.IGNORECASE,
)
_ROOTED = re.compile(rb"(?:%b|%b)(?:/(?!/)|[\\&])|srcset\s*+=" % (_MARKDOWN, _HTML), re.IGNORECASE)


def place(
    text: str,
    *,
    dialect: str | Dialect = "commonmark",
    where: Place | None = None,
    drop: Sequence[str] = (),
) -> str:
    """`text` with its links as they must be at `where.target`, and without the keys in `drop`.

    `where` None leaves all links as they are. Where source and target stand in one folder,
    placing twice is placing once.

    Raises FrontMatterError for invalid front matter or a key that cannot be dropped, ArticleError
    for text that cannot be parsed or a link that cannot be rewritten, ConfigError for an unknown
    dialect.
    """
    flavour = dialects.find(dialect) if isinstance(dialect, str) else dialect
    try:
        source = text.encode()
    except UnicodeEncodeError as error:
        raise ArticleError(
            f"character {error.start} is a lone surrogate, which no file can hold; "
            "read the article as UTF-8 with errors='strict'",
            line=text.count("\n", 0, error.start) + 1,
        ) from None
    moving = where is not None and _may_change(source, where)
    if not drop and not moving:
        return text
    head = front_matter.read(source, ())
    base = head.end if head else len(_BOM) if source.startswith(_BOM) else 0
    start, body = source[:base], source[base:]
    if head is not None and drop:
        start = source[: head.start] + front_matter.remove(source, head, drop)
    if where is not None and moving:
        start = _with_paths(start, where)
        body = _with_links(body, flavour, where, source.count(b"\n", 0, base))
    placed = start + body
    return text if placed == source else placed.decode()


def _may_change(source: bytes, where: Place) -> bool:
    """False where no link can change; found without the parser."""
    if where.rule.relative is not Links.KEEP:
        return _OURS.search(source) is not None
    return bool(where.rule.source_prefix) and _ROOTED.search(source) is not None


def _with_paths(start: bytes, where: Place) -> bytes:
    """The front matter with the paths among its texts rewritten (`cover: ./img/a.png`).

    Only what begins with `./` or `../` is one beyond doubt; texts in lists are not reached.
    """
    if where.rule.relative is Links.KEEP or not _PATH.search(start):
        return start
    head = front_matter.read(start, ())
    if head is None:
        return start
    found: dict[str, str] = {}
    tables: list[tuple[str, Mapping[str, object]]] = [("", front_matter.metadata(head))]
    while tables:
        prefix, table = tables.pop()
        for name, value in table.items():
            if isinstance(value, Mapping):
                tables.append((f"{prefix}{name}.", value))
            elif isinstance(value, str) and value.startswith(("./", "../")):
                found[f"{prefix}{name}"] = value
    again = front_matter.read(start, tuple(found))
    changed = {
        field.key: rewrite(field.value, where)
        for field in (again.fields if again else ())
        if field.value == found[field.key] != rewrite(field.value, where)
    }
    return start[: head.start] + front_matter.write(start, head, changed, {}) if changed else start


def _with_links(body: bytes, dialect: Dialect, where: Place, lines: int) -> bytes:
    """The body with its destinations rewritten; `lines` stand above it."""
    targets = in_body(body, dialect)
    wanted = [rewrite(target.value, where) for target in targets]
    pieces: list[bytes] = []
    position = 0
    for target, value in zip(targets, wanted, strict=True):
        if value != target.value:
            pieces += (body[position : target.start], spell(target, value, body))
            position = target.end
    if not pieces:
        return body
    result = b"".join((*pieces, body[position:]))
    found = [(target.kind, unquote(target.value)) for target in in_body(result, dialect)]
    for target, value, now in zip_longest(targets, wanted, found):
        if target is None or now != (target.kind, unquote(value)):
            at = target.start if target else len(body)
            raise ArticleError(
                'a link cannot be rewritten here; write it anew, or set `links = "keep"`',
                line=lines + body.count(b"\n", 0, at) + 1,
            )
    return result
