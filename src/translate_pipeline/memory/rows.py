"""Entries in, rows of the entry table out and back; which rows are meant by a selection.

The law: rows are read by index and a page at a time, whatever is asked; a text's sketch is
stored as long as an entry of the text is, in any language.
"""

# The statements below are put together from constants of this file; values are always bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from translate_pipeline.memory.entry import Entry
from translate_pipeline.memory.fuzzy import sketch
from translate_pipeline.memory.merging import Stored, changes
from translate_pipeline.memory.session import Names, Row, Session, pages
from translate_pipeline.memory.store import Selection
from translate_pipeline.model import Maker

__all__ = [
    "KEY",
    "MAKER",
    "START",
    "Place",
    "better",
    "drop",
    "entry_of",
    "of_keys",
    "put",
    "select",
]

#: Where these stand in a row.
KEY, SOURCE, MAKER, MADE = 2, 5, 7, 9

#: Key, pair and context: where a row stands in the order of the index.
Place = tuple[bytes, int, bytes]
START: Place = (b"", 0, b"")

_COLUMNS = "id, pair, key, context, kind, source, target, maker, signature, made, note"
_INSERT = (
    "INSERT INTO tm_entry"
    " (pair, key, context, kind, source, target, maker, signature, made, note)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_UPDATE = (
    "UPDATE tm_entry SET kind = ?, source = ?, target = ?, maker = ?, signature = ?, made = ?,"
    " note = ? WHERE id = ?"
)
_MAKERS = {str(maker): maker for maker in Maker}


def of_keys(session: Session, pair: int, keys: Sequence[bytes]) -> list[Row]:
    """All rows of one locale pair under these keys, of which there is at most a page."""
    if not pair or not keys:
        return []
    among, values = session.among(keys)
    sql = f"SELECT {_COLUMNS} FROM tm_entry WHERE pair = ? AND key {among}"
    return session.rows(sql, (pair, *values))


def entry_of(session: Session, names: Names, row: Row) -> Entry:
    """The entry that a row stands for."""
    _, pair, key, context, kind, source, target, maker, signature, made, note = row
    source_tag, target_tag = names.tags(session, pair)
    return Entry(
        key=key, source_tag=source_tag, target_tag=target_tag, kind=kind, source=source,
        target=target, context=context, maker=_MAKERS[maker], made=made, note=note,
        signature=names.signature(session, signature),
    )  # fmt: skip


def better(row: Row) -> tuple[bool, str, int]:
    """What the better of two rows is greater by: a person's, then the newer."""
    return row[MAKER] == Maker.PERSON, row[MADE], row[0]


def put(session: Session, names: Names, entries: Iterable[Entry]) -> dict[int, list[bytes]]:
    """Store entries as `merging.changes` decides; the keys of each pair that were among them."""
    done: dict[int, list[bytes]] = {}
    for (source_tag, target_tag), group in groupby(sorted(entries, key=_tags), _tags):
        pair, of_pair = names.make_pair(session, source_tag, target_tag), list(group)
        keys = done[pair] = list({entry.key for entry in of_pair})
        sketched = _stored_anywhere(session, names, source_tag, keys)
        inserts, updates = [], []
        for row, entry in changes(_stored(session, pair, keys), of_pair):
            number = names.make_signature(session, entry.signature)
            texts = entry.kind, entry.source, entry.target, str(entry.maker)
            values = (*texts, number, entry.made, entry.note)
            if row:
                updates.append((*values, row))
            else:
                inserts.append((pair, entry.key, entry.context, *values))
        session.many(_INSERT, inserts)
        session.many(_UPDATE, updates)
        new = {entry.key: entry.source for entry in of_pair if entry.key not in sketched}
        session.many(
            "INSERT INTO tm_sketch (hash, key) VALUES (?, ?) ON CONFLICT DO NOTHING",
            sorted((n, key) for key, source in new.items() for n in sketch(source_tag, source)),
        )
    return done


def drop(session: Session, names: Names, rows: Iterable[Row]) -> int:
    """Delete rows, and the sketches of texts of which none is left; how many rows."""
    count = 0
    for page in pages(rows):
        among, values = session.among([row[0] for row in page])
        count += session.count(f"DELETE FROM tm_entry WHERE id {among}", values)
        texts = {(names.tags(session, row[1])[0], row[KEY]): row[SOURCE] for row in page}
        for tag in {tag for tag, _ in texts}:
            of_tag = {key: text for (its_tag, key), text in texts.items() if its_tag == tag}
            left = _stored_anywhere(session, names, tag, of_tag)
            session.many(
                "DELETE FROM tm_sketch WHERE hash = ? AND key = ?",
                [(n, k) for k, text in of_tag.items() if k not in left for n in sketch(tag, text)],
            )
    return count


def select(
    session: Session, *, names: Names, wanted: Selection, after: Place, most: int
) -> tuple[list[Row], Place | None]:
    """The wanted among the next `most` rows, and where the next page begins: None at the end."""
    conditions, values = ["(key, pair, context) > (?, ?, ?)"], list[object](after)
    if wanted.source_tag or wanted.target_tag:
        tags = wanted.source_tag, wanted.target_tag
        pairs = [
            number
            for pair, number in names.pairs(session).items()
            if all(want in ("", have) for want, have in zip(tags, pair, strict=True))
        ]
        among, numbers = session.among(pairs)
        conditions.append(f"pair {among}")
        values += numbers
    if wanted.signature:
        known = names.signatures(session).items()
        among, numbers = session.among([n for text, n in known if wanted.signature in text])
        conditions.append(f"signature {among}")
        values += numbers
    if wanted.maker is not None:
        conditions.append("maker = ?")
        values.append(str(wanted.maker))
    if wanted.before:
        conditions.append("made <> '' AND made < ?")
        values.append(wanted.before)
    rows = session.rows(
        f"SELECT {_COLUMNS} FROM tm_entry WHERE {' AND '.join(conditions)}"
        " ORDER BY key, pair, context LIMIT ?",
        (*values, most),
    )
    end = (rows[-1][KEY], rows[-1][1], rows[-1][3]) if len(rows) == most else None
    if wanted.text:  # here, because databases disagree on what case is
        part = wanted.text.casefold()
        rows = [r for r in rows if part in r[SOURCE].casefold() or part in r[6].casefold()]
    return rows, end


def _tags(entry: Entry) -> tuple[str, str]:
    return entry.source_tag, entry.target_tag


def _stored(session: Session, pair: int, keys: Sequence[bytes]) -> list[Stored]:
    sql = "SELECT id, key, context, target, maker, made FROM tm_entry WHERE pair = ? AND key"
    found: list[Stored] = []
    for page in pages(keys):
        among, values = session.among(page)
        found += (Stored(*row) for row in session.rows(f"{sql} {among}", (pair, *values)))
    return found


def _stored_anywhere(
    session: Session, names: Names, source_tag: str, keys: Collection[bytes]
) -> set[bytes]:
    """Those of `keys` that are stored in some language: a sketch is the source's alone."""
    pairs = [number for tags, number in names.pairs(session).items() if tags[0] == source_tag]
    of_source, numbers = session.among(pairs)
    found: set[bytes] = set()
    for page in pages(keys):
        among, values = session.among(page)
        sql = f"SELECT DISTINCT key FROM tm_entry WHERE key {among} AND pair {of_source}"
        found.update(key for (key,) in session.rows(sql, (*values, *numbers)))
    return found
