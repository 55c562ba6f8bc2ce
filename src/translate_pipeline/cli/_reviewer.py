"""Takes the settings, gives the reviewer they ask for, under the limits of the run.

The law: what a review costs is part of what the run costs, and ends at the same limits.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from translate_pipeline.cli._choices import make_backend
from translate_pipeline.errors import BackendError, ConfigError
from translate_pipeline.limits import Limited
from translate_pipeline.model import Usage
from translate_pipeline.resources import read_prompt
from translate_pipeline.review import Reviewer
from translate_pipeline.settings import Settings

if TYPE_CHECKING:
    from translate_pipeline.backends.openai import OpenAIBackend

__all__ = ["Counted", "reviewer_of"]


class Counted:
    """`critic` under the limits of `limited`, which counts it."""

    def __init__(self, critic: OpenAIBackend, limited: Limited) -> None:
        self._critic = critic
        self._limited = limited

    async def answer(
        self, messages: Sequence[tuple[str, str]], *, longest_output: int
    ) -> tuple[str, Usage]:
        """The critic's answer. Raises BudgetError at a limit, else as the critic."""
        self._limited.check()
        try:
            text, usage = await self._critic.answer(messages, longest_output=longest_output)
        except BackendError as error:
            self._limited.add(error.usage or Usage())
            raise
        self._limited.add(usage)
        return text, usage

    async def aclose(self) -> None:
        await self._critic.aclose()


def reviewer_of(settings: Settings, limited: Limited) -> tuple[Reviewer, Counted] | None:
    """The reviewer, and the connection that is to be closed; None where nobody reviews.

    Raises ConfigError for a backend that is no language model, and what opening it raises.
    """
    if settings.review == "off":
        return None
    chosen = replace(settings, model=settings.review_model, fallback_models=(), models={})
    backend = make_backend(chosen, os.environ)
    from translate_pipeline.backends.openai import OpenAIBackend as LanguageModel

    if not isinstance(backend, LanguageModel):
        raise ConfigError(
            f"`review` needs a language model, and the backend is {backend.name}; set"
            ' `backend = "openai"`, or `review = "off"`'
        )
    critic = Counted(backend, limited)
    everything = settings.review == "all"
    return Reviewer(critic, read_prompt("review.md"), everything=everything), critic
