"""Takes requests and what a token costs, gives what they can cost at the most, and what they did.

The law: the most is never below what is charged by these prices, as long as the endpoint keeps
to the output limit; what nobody knows is None, never 0.
"""

from __future__ import annotations

from typing import NamedTuple

from translate_pipeline.backends._openai_request import Request
from translate_pipeline.conversation import tokens
from translate_pipeline.model import Usage

__all__ = ["Price", "expected", "since"]

# The estimate of tokens lies up to 26 % too low (`conversation.tokens`).
_DOUBT = 1.35
# Tokens; some endpoints put the schema into the prompt.
_SCHEMA = 150


class Price(NamedTuple):
    """US dollars per token; None: nobody knows."""

    prompt: float | None
    completion: float | None

    def most(self, *requests: Request) -> float | None:
        """What requests can cost, each using up its output limit."""
        if self.prompt is None or self.completion is None:
            return None
        sent = sum(expected(r) * _DOUBT + (_SCHEMA if r.format else 0) for r in requests)
        return sent * self.prompt + sum(r.longest_output for r in requests) * self.completion

    def of(self, usage: Usage) -> float | None:
        """What was spent: the endpoint's own word, else by the price."""
        if usage.cost is not None or self.prompt is None or self.completion is None:
            return usage.cost
        return usage.prompt_tokens * self.prompt + usage.completion_tokens * self.completion


def expected(request: Request) -> int:
    """About how many tokens the prompt is."""
    return sum(tokens.estimate(message["content"]) for message in request.messages)


def since(before: Usage, now: Usage) -> Usage:
    """What was used between two sums."""
    cost = None if now.cost is None else now.cost - (before.cost or 0.0)
    return Usage(
        now.requests - before.requests,
        now.prompt_tokens - before.prompt_tokens,
        now.completion_tokens - before.completion_tokens,
        now.cached_tokens - before.cached_tokens,
        cost,
    )
