"""Takes nothing, gives the tables of a memory, the same for every database.

The law: a memory of a version that this program does not know is never written to.
Locale pairs and signatures are numbers in an entry: a signature is as long as a sentence.
"""

from __future__ import annotations

__all__ = ["TABLES", "VERSION", "statements"]

#: Goes up when a table changes; an older memory is then brought up to it when it is opened.
VERSION = 1

TABLES = ("tm_pair", "tm_signature", "tm_entry", "tm_sketch", "tm_claim", "tm_usage", "tm_mark")

# {id} a growing number, {blob} bytes, {clustered} the table is its own primary key's index,
# {bytewise} texts are compared by their bytes.
# The key stands first: the rows of a text in all its languages are then read in one go, and
# an export in the order of the index has them together.
_SCHEMA = """
CREATE TABLE tm_pair (
  id {id}, source_tag TEXT NOT NULL, target_tag TEXT NOT NULL, UNIQUE (source_tag, target_tag)
);
CREATE TABLE tm_signature (id {id}, signature TEXT NOT NULL UNIQUE);
CREATE TABLE tm_entry (
  id {id}, pair INTEGER NOT NULL, key {blob} NOT NULL, context {blob} NOT NULL,
  kind TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, maker TEXT NOT NULL,
  signature INTEGER NOT NULL, made TEXT {bytewise} NOT NULL, note TEXT NOT NULL
);
CREATE UNIQUE INDEX tm_entry_identity ON tm_entry (key, pair, context);
CREATE TABLE tm_sketch (
  hash INTEGER NOT NULL, key {blob} NOT NULL, PRIMARY KEY (hash, key)
) {clustered};
CREATE TABLE tm_claim (
  pair INTEGER NOT NULL, key {blob} NOT NULL, owner TEXT NOT NULL, holder TEXT NOT NULL,
  until BIGINT NOT NULL, PRIMARY KEY (pair, key)
) {clustered};
CREATE TABLE tm_usage (
  signature INTEGER PRIMARY KEY,
  thought_prompt BIGINT NOT NULL, thought_completion BIGINT NOT NULL,
  real_prompt BIGINT NOT NULL, real_completion BIGINT NOT NULL
);
CREATE TABLE tm_mark (name TEXT PRIMARY KEY) {clustered}
"""


def statements(*, number: str, blob: str, clustered: str, bytewise: str) -> list[str]:
    """The statements that make the tables, in the words of one database."""
    text = _SCHEMA.format(id=number, blob=blob, clustered=clustered, bytewise=bytewise)
    return [statement.strip() for statement in text.split(";")]
