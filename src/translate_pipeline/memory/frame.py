"""A published article in, digests of all that is not its prose out: whether a person changed that.

Law: words of a segment may change without changing the frame; a link's target, a tag, code, the
order or number of blocks cannot. Front matter is digested by key, because some of it is prose
and some is set.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from hashlib import blake2b

from translate_pipeline.article import Article, front_matter
from translate_pipeline.memory.ledger import digest
from translate_pipeline.memory.published import tops
from translate_pipeline.memory.reading import children_of, holders
from translate_pipeline.memory.renumber import numbered
from translate_pipeline.model import Segment

__all__ = ["data_of", "frame_digest", "head_digests"]


def frame_digest(theirs: Article) -> str:
    """The digest of what stands between the segments, and of what their marks stand for.

    The marks of one segment count in any order, since word order is prose.
    """
    pieces: list[bytes] = []
    position = theirs.body
    inner = children_of(theirs)
    for segment in tops(theirs):
        pieces += [theirs.source[position : segment.start], b"\0"]
        pieces += [source.encode() for source in sorted(_sources(theirs, segment, inner))]
        position = segment.end
    pieces.append(theirs.source[position:])
    return digest(b"\1".join(pieces))


def _sources(
    theirs: Article, segment: Segment, inner: Mapping[int, Iterable[Segment]]
) -> list[str]:
    """What the numbered marks stand for, without the prose in it (a link's title)."""
    sources = {i: t.source for i, t in enumerate(segment.tokens) if numbered(t.mark)}
    for index, fixed, _ in holders(theirs, segment, tuple(inner.get(segment.id, ()))):
        if index in sources:
            sources[index] = "\2".join(fixed)
    return list(sources.values())


def data_of(theirs: Article) -> dict[str, object]:
    """The top-level front matter, its prose blanked where that stands deeper."""
    if theirs.front_matter is None:
        return {}
    data = {str(key): value for key, value in front_matter.metadata(theirs.front_matter).items()}
    for field in theirs.front_matter.fields:
        head, *path = field.key.split(".")
        if path and isinstance(data.get(head), dict):
            data[head] = _blanked(data[head], path)
    return data


def _blanked(value: object, path: list[str]) -> object:
    """A copy of nested mappings without the text at `path`."""
    if not isinstance(value, dict) or path[0] not in value:
        return value
    copy = top = dict(value)
    for step in path[:-1]:
        below = copy.get(step)
        if not isinstance(below, dict):
            return top
        copy[step] = copy = dict(below)
    copy[path[-1]] = ""
    return top


def head_digests(theirs: Article) -> dict[str, str]:
    """6 characters for each top-level front matter key's value, by key."""
    return {key: _short(value) for key, value in data_of(theirs).items()}


def _short(value: object) -> str:
    try:
        text = json.dumps(value, sort_keys=True, default=_text)
    except (TypeError, ValueError):  # keys that are no text, beside others that are
        text = repr(value)
    hashed = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).digest()
    return urlsafe_b64encode(hashed)[:6].decode("ascii")


def _text(value: object) -> str:
    if isinstance(value, set | frozenset):
        return repr(sorted(map(repr, value)))
    return f"{type(value).__name__} {value}"
