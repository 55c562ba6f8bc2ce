"""A path or URL in, the translation memory behind it out.

Importing this loads no database: SQLite and PostgreSQL are imported when one is opened.
"""

from __future__ import annotations

from pathlib import Path

from translate_pipeline.errors import ConfigError
from translate_pipeline.memory.entry import Entry
from translate_pipeline.memory.store import Count, Memory, Selection, Stats

__all__ = ["Count", "Entry", "Memory", "Selection", "Stats", "open_memory"]

_POSTGRES = ("postgresql", "postgres")


def open_memory(url: str | Path) -> Memory:
    """The memory at a path, at `sqlite:///…` (four slashes: an absolute path), or at
    `postgresql://user@host/database`; made where there is none yet.

    Raises ConfigError that says what to do: for an unknown kind of URL, where psycopg is not
    installed, and for what the database itself has to say.
    """
    scheme, separator, rest = str(url).partition("://")
    if isinstance(url, Path) or not separator:
        path = Path(url)
    elif scheme in _POSTGRES:
        try:
            from translate_pipeline.memory.postgres import PostgresMemory  # noqa: PLC0415 - large
        except ImportError:
            raise ConfigError(
                "a memory in PostgreSQL needs psycopg:"
                " run `pip install 'translate-pipeline[postgres]'`"
            ) from None
        return PostgresMemory(str(url))
    elif scheme == "sqlite" and rest.startswith("/"):
        path = Path(rest[1:])
    else:
        raise ConfigError(
            f"`{scheme}://` is no memory; give a path, sqlite:///path, or"
            " postgresql://user@host/database"
        )
    if not path.name:
        raise ConfigError(
            "the memory needs the path of a file, such as .translate-pipeline/memory.sqlite"
        )
    from translate_pipeline.memory.sqlite import SqliteMemory  # noqa: PLC0415 - when it is opened

    return SqliteMemory(path.expanduser())
