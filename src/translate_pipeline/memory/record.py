"""A merged translation in, its ledger section out: what was written from what.

Law: `recover` on the same article, text and section knows every segment, and finds nothing
edited.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from translate_pipeline.article import Article
from translate_pipeline.memory import identity
from translate_pipeline.memory.frame import frame_digest, head_digests
from translate_pipeline.memory.ledger import digest
from translate_pipeline.memory.published import parsed, pieces, unit_digest
from translate_pipeline.memory.section import NONE, Line, Section
from translate_pipeline.model import Maker

__all__ = ["record"]


def record(
    article: Article,
    output: str,
    *,
    locale: str,
    target: str,
    made: str,
    signature: str,
    source_digest: str,
    settings_digest: str,
    was: str = "",
    makers: Mapping[int, Maker] = MappingProxyType({}),
    untrusted: Collection[int] = (),
    targets: Mapping[int, str] = MappingProxyType({}),
) -> Section:
    """The section of `output`, which `merge` made of `article` (the source as it was placed).

    `targets` are those it was made of, as far as they are at hand: they save looking for them.
    `makers` names who made a segment, by id; a model where it does not. `untrusted` are those
    whose target is no translation. `source_digest` and `settings_digest` are what the next run
    compares, `was` is the digest of the file that `output` replaces. Raises ArticleError if
    `output` is no article.
    """
    theirs = parsed(article, output)
    found = pieces(article, theirs, targets)
    lines = []
    for segment in article.segments:
        piece = found.get(segment.id)
        maker = makers.get(segment.id, Maker.MODEL)
        lines.append(
            Line(
                source=identity.short(identity.key(segment)),
                target=unit_digest(piece.unit) if piece else NONE,
                maker=maker,
                order=piece.order if piece and piece.unit is not None else "",
                trusted=segment.id not in untrusted or maker is Maker.PERSON,
            )
        )
    return Section(
        locale=locale,
        target=target,
        made=made,
        signature=signature,
        source_digest=source_digest,
        settings_digest=settings_digest,
        target_digest=digest(output.encode()),
        was=was,
        head=head_digests(theirs),
        frame=frame_digest(theirs),
        lines=tuple(lines),
    )
