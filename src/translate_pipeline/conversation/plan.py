"""The segments to ask for in, the requests that ask for them out: who goes with whom, seeing what.

The laws: every segment is asked for in exactly one request; what reads like an order to a
model goes alone and sees nothing else; and the estimate counts the very plan that a run makes.

What a request sees is the `Context` (quality.md 6.4). `auto` shows the whole article where
the provider caches it, or where the tokens beyond those asked for cost at most 40 % of
what the answer is expected to cost; else the neighbourhood of what is asked for. A cached
prefix costs a tenth (2.2: 2-16 %, most 10 %), an output token four input tokens where no prices are
known (2.4: 2-8 times), an answer 1.3 times its source (2.1). Before the first answers have told
whether the prefix is cached, it is taken to be: all providers of 2.2 do above 1,024-4,096 tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from translate_pipeline.conversation.batch import Budget, batches
from translate_pipeline.conversation.context import WHOLE, around, neighbourhood, size
from translate_pipeline.conversation.orders import suspicious
from translate_pipeline.model import Segment

__all__ = [
    "CACHED",
    "LEAST_CACHED",
    "Context",
    "Rates",
    "Request",
    "alone",
    "cost",
    "part_of",
    "plan",
]

#: What a token of a cached prefix costs, as a share of one that is not (quality.md 2.2).
CACHED = 0.1
#: Tokens of a prefix below which no provider caches (quality.md 2.2).
LEAST_CACHED = 1024

_MOST_UNCACHED = 0.4  # of the expected cost of the answers
_EXPANSION = 1.3
_SYSTEM = 430  # tokens of the system prompt and of a task without extras


class Context(StrEnum):
    """What a request is shown of its article, beside what it asks for."""

    AUTO = "auto"
    ARTICLE = "article"
    WINDOW = "window"
    NONE = "none"


class Rates(NamedTuple):
    """What is known of an endpoint: the price of an output token in input tokens, and the
    share of repeated prefixes that it was seen to take from its cache (None: not seen yet)."""

    output: float = 4.0
    cached: float | None = None


class Request(NamedTuple):
    """The segments that one request asks for, and what it is shown of the article.

    `context` is never `auto`: it says by which rule `article` was chosen.
    """

    segments: tuple[Segment, ...]
    article: tuple[Segment, ...]
    context: Context = Context.ARTICLE


def plan(
    article: Sequence[Segment],
    asked: Sequence[Segment],
    budget: Budget,
    context: Context = Context.AUTO,
    rates: Rates = Rates(),  # noqa: B008 - frozen
) -> list[Request]:
    """The requests for the segments `asked` of `article`, in order; those alone come last."""
    alone = [segment for segment in asked if not segment.keep and suspicious(segment.text)]
    single = {segment.id for segment in alone}
    cut = batches([segment for segment in asked if segment.id not in single], budget)
    if context is Context.AUTO:
        context = _worth(article, asked, cut, rates)
    whole = around(article, asked) if context is Context.ARTICLE else ()
    result = [Request(part, _seen(article, part, context, whole), context) for part in cut]
    return result + [Request((segment,), (segment,), Context.NONE) for segment in alone]


def part_of(
    request: Request, part: Sequence[Segment], article: Sequence[Segment], rates: Rates
) -> Request:
    """The request for some of the segments of `request` again.

    It shows the whole article where that is cheaper because it is cached, else the neighbourhood.
    """
    seen = _seen(article, tuple(part), request.context, request.article)
    again = request._replace(segments=tuple(part), article=seen)
    if request.context is not Context.ARTICLE:
        return again
    near = Request(tuple(part), neighbourhood(article, part), Context.WINDOW)
    return min(again, near, key=lambda one: cost(one, rates, repeated=one is again))


def alone(request: Request, segment: Segment, article: Sequence[Segment]) -> Request:
    """The request for one segment of `request` with two neighbours on each side (6.6, step 4)."""
    if request.context is Context.NONE:
        return request._replace(segments=(segment,), article=(segment,))
    seen = neighbourhood(article, [segment], 2, 2)
    return Request((segment,), seen, Context.WINDOW)


def cost(request: Request, rates: Rates, *, repeated: bool = False) -> float:
    """What a request is expected to cost, in uncached input tokens.

    `repeated` says that its prefix was sent before, and may be cached.
    """
    prefix = _SYSTEM + min(size(request.article), WHOLE)
    if repeated and prefix >= LEAST_CACHED:
        prefix = round(prefix * _paid(rates))
    return prefix + size(request.segments) * _EXPANSION * rates.output


def _seen(
    article: Sequence[Segment],
    part: tuple[Segment, ...],
    context: Context,
    whole: tuple[Segment, ...],
) -> tuple[Segment, ...]:
    if context is Context.WINDOW:
        return neighbourhood(article, part)
    return whole if context is Context.ARTICLE else part


def _worth(
    article: Sequence[Segment],
    asked: Sequence[Segment],
    cut: Sequence[Sequence[Segment]],
    rates: Rates,
) -> Context:
    """ARTICLE or WINDOW, whichever the rule above says."""
    if len(cut) < 2:
        return Context.ARTICLE  # one request sees what it asks for anyway
    prefix = min(size(around(article, asked)), WHOLE)
    requested = size(segment for part in cut for segment in part)
    beyond = max(0, prefix * len(cut) - requested)
    share = _paid(rates) if prefix >= LEAST_CACHED else 1.0
    answers = requested * _EXPANSION * rates.output
    return Context.ARTICLE if beyond * share <= _MOST_UNCACHED * answers else Context.WINDOW


def _paid(rates: Rates) -> float:
    """The share of the full price that a repeated prefix costs."""
    return 1 - (1.0 if rates.cached is None else rates.cached) * (1 - CACHED)
