"""Keys that somebody wants to translate in, those that nobody else has in flight out.

The law: one key has one owner, so that it is paid for once. A claim is void when its holder
(a process, a connection) has ended or its lease is over, and may then be taken.
"""

from __future__ import annotations

from collections.abc import Collection

from translate_pipeline.memory.session import Session, pages
from translate_pipeline.memory.store import LEASE

__all__ = ["claim", "end", "release"]


def claim(
    session: Session, pair: int, keys: Collection[bytes], *, owner: str, holder: str
) -> frozenset[bytes]:
    """Claim for `owner` what is free; all that is the owner's now."""
    now = session.now()
    taken: set[bytes] = set()
    for page in pages(sorted(set(keys))):
        among, values = session.among(page)
        standing = [
            (key, its_holder)
            for key, its_owner, its_holder, until in session.rows(
                f"SELECT key, owner, holder, until FROM tm_claim WHERE pair = ? AND key {among}",  # noqa: S608
                (pair, *values),
            )
            if its_owner != owner and until > now
        ]
        # Only where somebody stands in the way is it worth asking whether he lives.
        dead = session.dead({its_holder for _, its_holder in standing} - {holder})
        others = {key for key, its_holder in standing if its_holder not in dead}
        free = [key for key in page if key not in others]
        session.many(
            "INSERT INTO tm_claim (pair, key, owner, holder, until) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (pair, key) DO UPDATE"
            " SET owner = excluded.owner, holder = excluded.holder, until = excluded.until",
            [(pair, key, owner, holder, now + LEASE) for key in free],
        )
        taken.update(free)
    return frozenset(taken)


def end(session: Session, pair: int, keys: Collection[bytes], *, holder: str) -> None:
    """End what `holder` has claimed of `keys`: they are stored now."""
    for page in pages(keys):
        among, values = session.among(page)
        session.count(
            f"DELETE FROM tm_claim WHERE pair = ? AND holder = ? AND key {among}",  # noqa: S608
            (pair, holder, *values),
        )


def release(session: Session, *, holder: str = "", pair: int = 0, owner: str = "") -> None:
    """End all claims of an owner in a pair, or all of a holder."""
    if holder:
        session.count("DELETE FROM tm_claim WHERE holder = ?", (holder,))
    else:
        session.count("DELETE FROM tm_claim WHERE pair = ? AND owner = ?", (pair, owner))
