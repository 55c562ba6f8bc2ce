"""Takes one model of a backend, gives what its endpoint offers and single answers to look into.

The law: no answer is asked for twice, and the output limit of a request stays whatever a model
makes of it; so whoever examines an endpoint knows beforehand what it can cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from translate_pipeline.backends._gate import Gate
from translate_pipeline.backends._openai_answer import Answer, Exhausted
from translate_pipeline.backends._openai_client import Client
from translate_pipeline.backends._openai_keys import NO_KEY, is_local
from translate_pipeline.backends._openai_model import Model
from translate_pipeline.backends._openai_offers import Offers, read_offers
from translate_pipeline.backends._openai_request import Options, Request
from translate_pipeline.backends._retry import Passing
from translate_pipeline.errors import BackendError
from translate_pipeline.model import Usage

__all__ = ["Probe", "Tried"]


class Tried(NamedTuple):
    """What came of one request, and what all requests took that it became.

    More than one where the endpoint had to be taught out of an option.
    """

    outcome: Answer | Exhausted | BackendError
    usage: Usage


class Probe:
    """`model` of an endpoint; `names` are all models that its backend may ask."""

    def __init__(self, client: Client, gate: Gate, model: Model, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self._client = client
        self._gate = gate
        self._model = model

    @property
    def model(self) -> str:
        return self._model.name

    @property
    def base_url(self) -> str:
        """Where requests go; holds no key."""
        return self._model.endpoint.base_url

    @property
    def options(self) -> Options:
        """What the model is sent, as far as it is known what it takes."""
        return self._model.options

    @property
    def has_key(self) -> bool:
        """False for the placeholder that a server of one's own is sent."""
        return self._model.endpoint.key != NO_KEY

    @property
    def open_key(self) -> bool:
        """True if the key goes over a network unencrypted."""
        url = self.base_url
        return self.has_key and urlsplit(url).scheme == "http" and not is_local(url)

    async def offers(self) -> Offers:
        """What the endpoint says of its models; costs nothing.

        Raises `AuthenticationError`, and `TransportError` where nobody answers.
        """
        async with self._gate.pass_through(self.model):
            heard = await self._client.models()
        return read_offers(self._model.endpoint, heard)

    async def ask(self, request: Request) -> Tried:
        """One answer to a request, or what came instead."""
        spent: list[Usage] = []
        outcome: Answer | Exhausted | BackendError
        try:
            outcome = await self._model.attempt(
                request, spent, gate=self._gate, turn=self._gate.turn(), patient=False
            )
        except Passing as passing:
            outcome = passing.error
        except (Exhausted, BackendError) as fault:
            outcome = fault
        return Tried(outcome, sum(spent, Usage()))
