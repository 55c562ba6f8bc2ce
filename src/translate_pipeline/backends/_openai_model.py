"""Takes a request for one model, gives the model's answer, and learns which options it takes.

The law: each model has options of its own. What it refused once is not sent to it again, and
says nothing about the next model.
"""

from __future__ import annotations

from collections.abc import Mapping

from translate_pipeline.backends._gate import Gate, Ticket
from translate_pipeline.backends._openai_answer import (
    Answer,
    Exhausted,
    decode,
    read_answer,
    usage_of,
)
from translate_pipeline.backends._openai_client import Client, Refused
from translate_pipeline.backends._openai_faults import (
    Endpoint,
    Fault,
    UnsupportedParameter,
    fault_of,
)
from translate_pipeline.backends._openai_request import Options, Request
from translate_pipeline.backends._retry import Passing, pause_asked
from translate_pipeline.errors import FatalBackendError, ReplyError
from translate_pipeline.model import Usage

__all__ = ["Model"]

# For limits of tokens a minute, where endpoints themselves count by such a rule of thumb.
_CHARS_PER_TOKEN = 4
_STATUSES = frozenset(str(status) for status in range(400, 600))


class Model:
    """One model of an endpoint. `gone` is why nothing more is asked of it in this run.

    `extra` goes into the body of every request, over the options of the same name.
    """

    def __init__(
        self, client: Client, endpoint: Endpoint, options: Options, extra: Mapping[str, object]
    ) -> None:
        self.endpoint = endpoint
        self.options = options
        self.gone: FatalBackendError | None = None
        self._client = client
        self._extra = dict(extra)

    @property
    def name(self) -> str:
        return self.endpoint.model

    def body(self, request: Request) -> dict[str, object]:
        """The whole body of a request, as far as it is known what the model takes."""
        sent = self.options.sent(request, openrouter=self.endpoint.is_openrouter)
        return {"model": self.name, "messages": request.messages, **sent, **self._extra}

    async def attempt(
        self,
        request: Request,
        spent: list[Usage],
        *,
        gate: Gate,
        turn: int,
        patient: bool = True,
    ) -> Answer:
        """One request, or a few while the endpoint still teaches us which options it takes.

        Each passes the gate, which may raise; `spent` gets what each took. One that is
        not `patient` raises `Exhausted` for a model that used up its output limit by thinking.
        """
        letters = sum(len(message["content"]) for message in request.messages)
        size = letters / _CHARS_PER_TOKEN + request.longest_output
        while True:
            async with gate.pass_through(self.name, tokens=size, turn=turn) as ticket:
                sent = self.options.sent(request, openrouter=self.endpoint.is_openrouter)
                outcome = await self._exchange(request, sent, spent, ticket)
            if isinstance(outcome, Answer):
                if outcome.truncated and outcome.thinking and patient:
                    # Part of the limit went into thoughts: the next answers would be cut, too.
                    self.options = self.options._replace(limit=None)
                return outcome
            if isinstance(outcome, Passing):
                ticket.excuse(outcome)
            if not isinstance(outcome, UnsupportedParameter | Exhausted):
                raise outcome
            learnt = self.options.without(outcome)
            if isinstance(outcome, Exhausted) and not patient:
                raise outcome
            if learnt is not None:
                self.options = learnt
            elif sent == self.options.sent(request, openrouter=self.endpoint.is_openrouter):
                # Nothing is left to leave out, nor has another task learnt it meanwhile.
                raise outcome.error

    async def _exchange(
        self, request: Request, sent: Mapping[str, object], spent: list[Usage], ticket: Ticket
    ) -> Answer | Fault | Exhausted:
        """One request and what it came to, which the gate is told, too."""
        spent.append(Usage(requests=1))
        heard = await self._client.chat(self.name, request.messages, {**sent, **self._extra})
        if isinstance(heard, Refused):
            fault = fault_of(
                self.endpoint,
                status=heard.status,
                error=heard.error,
                sent=sent,
                pause=pause_asked(heard.headers),
                final=heard.headers.get("x-should-retry") == "false",
                location=heard.headers.get("location", ""),
            )
            ticket.answered(heard.status, heard.headers, str(fault))
            return fault
        if isinstance(heard, Passing):
            ticket.failed(str(heard))
            return heard
        if isinstance(heard, ReplyError):
            ticket.answered(200, {})
            return heard
        payload = decode(self.endpoint, heard.body, heard.content_type)
        if isinstance(payload, Passing):
            ticket.answered(200, heard.headers)
            return payload
        spent.append(usage_of(payload))
        outcome = read_answer(self.endpoint, payload, sent)
        ticket.answered(_status_within(payload), heard.headers, str(outcome))
        return outcome


def _status_within(payload: Mapping[str, object]) -> int:
    """200, or the status of an error that came with HTTP 200 (503 if it tells none)."""
    choices = payload.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    error = payload.get("error") or (choice.get("error") if isinstance(choice, Mapping) else None)
    if not error:
        return 200
    code = str(error.get("code")) if isinstance(error, Mapping) else ""
    return int(code) if code in _STATUSES else 503
