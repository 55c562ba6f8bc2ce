"""The text of a CSV or TSV glossary in, its entries out.

The first line names the columns: `source`; a language for each column of renderings (`de`,
`pt-BR`); `avoid` (for every language) or `avoid:de`, several with `|` between them; `keep`
(`yes`, or languages with `|`); `note`. Comma, semicolon and tab are told apart by that line.

    source,de,ja,avoid:de,keep,note
    pull request,Pull-Request,プルリクエスト,Zugriffsanfrage|Ziehanfrage,,on GitHub
    Cloud Run,,,,yes,

Law: every column is known; an empty cell says nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from translate_pipeline.glossary_files.entry import Entry, language, refused
from translate_pipeline.model import Locale

__all__ = ["read"]

_YES = frozenset({"1", "true", "x", "y", "yes"})
_NO = frozenset({"0", "false", "n", "no"})


class _Column(NamedTuple):
    """What a column holds (`source`, `target`, `avoid`, `keep`, `note`) and for which language."""

    sort: str
    locale: Locale | None = None


def read(text: str, where: str, aliases: Mapping[str, str]) -> tuple[Entry, ...]:
    """The entries of the file called `where`. Raises ConfigError with the line."""
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader((f"{line}\n" for line in text.split("\n")), delimiter=delimiter, strict=True)

    def numbered() -> Iterator[tuple[str, list[str]]]:
        begin = 1  # a cell may hold line breaks
        for row in rows:
            yield f"{where}:{begin}", row
            begin = rows.line_num + 1

    try:
        return tuple(_entries(numbered(), aliases))
    except csv.Error as error:
        raise refused(f"{where}:{rows.line_num}", f"this is no CSV: {error}; correct it") from None


def _entries(rows: Iterable[tuple[str, list[str]]], aliases: Mapping[str, str]) -> Iterator[Entry]:
    columns: list[_Column] = []
    for place, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if not columns:
            columns = [_column(cell.strip(), place, aliases) for cell in row]
            if [column.sort for column in columns].count("source") != 1:
                raise refused(place, "the first line must name the columns, one of them `source`")
            continue
        if any(cell.strip() for cell in row[len(columns) :]):
            raise refused(
                place,
                f"{len(row)} cells for {len(columns)} columns; put a cell with a comma in quotes",
            )
        yield _entry(columns, [cell.strip() for cell in row], place, aliases)


def _column(name: str, place: str, aliases: Mapping[str, str]) -> _Column:
    sort, _, tag = name.partition(":")
    sort = sort.strip().lower()
    if sort in ("source", "keep", "note") and not tag:
        return _Column(sort)
    if sort == "avoid":
        return _Column(sort, language(tag.strip(), place, aliases) if tag else None)
    if not name:
        raise refused(place, "a column has no name; the first line must name them all")
    return _Column("target", language(name, place, aliases))


def _entry(columns: list[_Column], row: list[str], place: str, aliases: Mapping[str, str]) -> Entry:
    cells = [(column, cell) for column, cell in zip(columns, row, strict=False) if cell]
    single = {column.sort: cell for column, cell in cells}
    targets = tuple((c.locale, cell) for c, cell in cells if c.sort == "target" and c.locale)
    avoid = tuple(
        (column.locale, word.strip())
        for column, cell in cells
        if column.sort == "avoid"
        for word in cell.split("|")
        if word.strip()
    )
    said = single.get("keep", "").lower()
    keep: bool | tuple[Locale, ...] = said in _YES
    if said and said not in _YES | _NO:
        names = filter(None, (name.strip() for name in single["keep"].split("|")))
        keep = tuple(language(name, place, aliases) for name in names)
    if not (targets or keep or avoid):
        raise refused(place, "the term has neither a rendering nor `keep`; fill one of the cells")
    return Entry(
        single.get("source", ""), targets, avoid, keep, single.get("note", ""), None, place
    )
