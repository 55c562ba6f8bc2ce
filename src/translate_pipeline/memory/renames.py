"""Lost articles and new ones in, out which is which under another name.

The law: equal bytes decide before equal segments, each article is used once, and the answer
depends on nothing but what is given. Only where bytes do not decide is anything read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

__all__ = ["renames"]

# Old ledgers that are read and newcomers that are parsed: about 2 s of both.
_MOST_READ = 1000
# A line that more old articles share (a greeting, a licence) tells none of them.
_MOST_SHARED = 20


def renames(
    orphans: Mapping[str, Collection[str]],
    newcomers: Mapping[str, str],
    *,
    lines: Callable[[str], Collection[str]] | None = None,
    segments: Callable[[str], Collection[str]] | None = None,
) -> dict[str, str]:
    """Which of `newcomers` is which of `orphans` under another name: new path → old path.

    `orphans` gives the digests a lost source had when it was translated, `newcomers` the
    digest each new one has. Equal bytes decide first, those of the same file name before
    others; then equal segments: at least half of the newcomer's must be the orphan's `lines`
    (`identity.short` of both), and a fifth of the orphan's must be left. Each is used once.
    """
    found: dict[str, str] = {}
    by_digest: dict[str, list[str]] = {}
    for old in sorted(orphans):
        for digest in orphans[old]:
            by_digest.setdefault(digest, []).append(old)
    taken: set[str] = set()
    for same_name in (True, False):
        for new, digest in sorted(newcomers.items()):
            if new in found:
                continue
            for old in by_digest.get(digest, ()):
                if old not in taken and (not same_name or _name(old) == _name(new)):
                    found[new] = old
                    taken.add(old)
                    break
    if lines is not None and segments is not None:
        left = [old for old in sorted(orphans) if old not in taken]
        others = [new for new in sorted(newcomers) if new not in found]
        found |= _by_content(left[:_MOST_READ], others[:_MOST_READ], lines, segments)
    return found


def _by_content(
    orphans: Sequence[str],
    newcomers: Sequence[str],
    lines: Callable[[str], Collection[str]],
    segments: Callable[[str], Collection[str]],
) -> dict[str, str]:
    if not orphans or not newcomers:
        return {}
    sizes: dict[str, int] = {}
    holders: dict[str, list[str]] = {}
    for old in orphans:
        of_old = set(lines(old))
        sizes[old] = len(of_old)
        for line in of_old:
            holders.setdefault(line, []).append(old)
    pairs: list[tuple[int, str, str]] = []
    for new in newcomers:
        of_new, shared = set(segments(new)), dict[str, int]()
        for line in of_new:
            if len(owners := holders.get(line, ())) <= _MOST_SHARED:
                for old in owners:
                    shared[old] = shared.get(old, 0) + 1
        pairs += [
            (-common, new, old)
            for old, common in shared.items()
            if 2 * common >= len(of_new) and 5 * common >= sizes[old]
        ]
    found: dict[str, str] = {}
    taken: set[str] = set()
    for _, new, old in sorted(pairs):  # the most in common first
        if new not in found and old not in taken:
            found[new] = old
            taken.add(old)
    return found


def _name(path: str) -> str:
    return path.rpartition("/")[2]
