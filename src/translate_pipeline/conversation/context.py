"""A batch in, the segments of its article that the model is shown out, and the last targets.

The laws: every requested segment is shown, in article order, and the choice depends only on
the article and on which of its pages the batch touches; so the requests for one article
share one prefix, in all languages, which providers cache (quality.md 2.2). What reads like an
order to a model (`orders.py`) is shown only to the request that asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from translate_pipeline.conversation.batch import Budget, batches
from translate_pipeline.conversation.orders import suspicious
from translate_pipeline.conversation.tokens import estimate
from translate_pipeline.model import Batch, Kind, Segment

__all__ = ["WHOLE", "around", "done_before", "neighbourhood", "shown", "size"]

# Tokens up to which the whole article is shown. quality.md 6.4 has 6,000; but pages of a longer
# one share no prefix, and up to here a cached whole costs less (measured: 1.66 against 1.92
# tokens per source token at 8,000), while the answers stay far from where length does harm.
WHOLE = 8000
# An article above it is cut into pages; a batch sees its own and the pages beside them.
_PAGE = Budget(tokens=1500, segments=200, output=4000)
_TAG = 5
_OUTLINE = frozenset({Kind.TITLE, Kind.FRONT_MATTER, Kind.HEADING})
# Front matter that tells what an article is about, and how many tokens of it are worth it.
_SUMMARIES = frozenset({"description", "summary", "excerpt", "subtitle"})
_SUMMARY = 120


def shown(batch: Batch, whole: int = WHOLE) -> tuple[Segment, ...]:
    """What stands in `<article>`: all of it up to `whole` estimated tokens, else its outline
    (title, front matter, headings) and the pages of the batch with their neighbours.

    Kept segments (reference lists) and repeats (the hundredth "yes" in a table) are left out:
    they cost tokens and explain nothing. Nobody asks for them either, except by name. So is
    what reads like an order to the model.
    """
    requested = {segment.id for segment in batch.segments}
    article = tuple(_telling(batch.article or batch.segments, requested))
    missing = requested - {segment.id for segment in article}
    if missing:
        extra = tuple(segment for segment in batch.segments if segment.id in missing)
        article = tuple(sorted(article + extra, key=lambda segment: segment.id))
    if size(article) <= whole:
        return article
    chosen = requested | {segment.id for segment in article if segment.kind in _OUTLINE}
    room = whole - size([segment for segment in article if segment.id in chosen])
    pages = batches(article, _PAGE)
    touched = [i for i, page in enumerate(pages) if any(s.id in requested for s in page)]
    beside = sorted({i + step for i in touched for step in (-1, 1)} - set(touched))
    for index in [*touched, *beside]:
        if not 0 <= index < len(pages):
            continue
        added = [segment for segment in pages[index] if segment.id not in chosen]
        room -= size(added)
        if room < 0:
            break
        chosen.update(segment.id for segment in added)
    return tuple(segment for segment in article if segment.id in chosen)


def around(article: Sequence[Segment], requested: Sequence[Segment]) -> tuple[Segment, ...]:
    """The part of the article that a request for a few changed segments needs.

    That is their neighbourhood; the whole article where more than a third of it is requested:
    then most of it is shown anyway, and later requests share the prefix.
    """
    if 3 * size(requested) > size([segment for segment in article if not segment.keep]):
        return tuple(article)
    return neighbourhood(article, requested)


def neighbourhood(
    article: Sequence[Segment], requested: Sequence[Segment], before: int = 2, after: int = 1
) -> tuple[Segment, ...]:
    """Each requested segment, its neighbours (`before` and `after` it), and the article's card:
    title, summary, and the headings above (quality.md 6.4, `window`).

    The summary is what the front matter says of the article, else its first paragraph.
    """
    wanted = {segment.id for segment in requested}
    visible = [segment for segment in article if segment.id in wanted or not segment.keep]
    chosen = wanted | {segment.id for segment in visible if segment.kind is Kind.TITLE}
    chosen.update(_summary(visible))
    path: dict[int, int] = {}  # heading level → the last heading of that level
    for index, segment in enumerate(visible):
        if segment.kind is Kind.HEADING:
            path = {level: i for level, i in path.items() if level < segment.level}
            path[segment.level] = segment.id
        if segment.id in wanted:
            chosen.update(path.values())
            near = visible[max(0, index - before) : index + after + 1]
            chosen.update(neighbour.id for neighbour in near)
    return tuple(segment for segment in article if segment.id in chosen)


def _summary(visible: Sequence[Segment]) -> Iterator[int]:
    """The ids of the summary, if it is short enough to pay for itself."""
    for segment in visible:
        told = segment.kind is Kind.FRONT_MATTER and segment.key in _SUMMARIES
        if told or segment.kind is Kind.PARAGRAPH:
            if estimate(segment.text) <= _SUMMARY:
                yield segment.id
            return


def done_before(batch: Batch, most: int = 3) -> tuple[tuple[int, str], ...]:
    """The last accepted targets before the batch, as (id, target), at most `most`.

    They carry gender, address and term choice into the next request (quality.md 1.2).
    """
    if not batch.segments:
        return ()
    requested = {segment.id for segment in batch.segments}
    first = min(requested)
    # The translation of an order is one, too.
    orders = {segment.id for segment in batch.article if suspicious(segment.text)}
    ids = sorted(i for i in batch.done if i < first and i not in requested | orders)
    return tuple((i, batch.done[i]) for i in ids[-most:]) if most > 0 else ()


def _telling(segments: Iterable[Segment], requested: set[int]) -> Iterator[Segment]:
    """The requested segments, and of the others the first of each text that is not kept."""
    seen: set[tuple[Kind, str, str]] = set()
    for segment in segments:
        text = (segment.kind, segment.text, segment.note)
        if segment.id in requested or not (
            segment.keep or text in seen or suspicious(segment.text)
        ):
            yield segment
        if not segment.keep:
            seen.add(text)


def size(segments: Iterable[Segment]) -> int:
    """About how many tokens the segments take in a request, tags included."""
    return sum(estimate(segment.text) + _TAG for segment in segments)
