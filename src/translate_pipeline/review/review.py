"""New targets in, those that a second model has corrected out, with what it had to say.

The law: a proposal is taken only for a grave error in words that stand in the target, if it has
no finding that the target has not, and its segment's structure; everything else is told as a
warning. Whatever the reviewer does, the targets stay at least as good as they were.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from translate_pipeline.article import Article
from translate_pipeline.conversation import wire
from translate_pipeline.errors import ReplyError, TransportError
from translate_pipeline.ladder import judge
from translate_pipeline.model import Batch, Brief, Finding, Segment, Severity, Usage
from translate_pipeline.review.request import Asked, asked
from translate_pipeline.review.verdict import Verdict, read_verdict

__all__ = ["Critic", "Reviewed", "Reviewer"]

NAME = "review"


class Critic(Protocol):
    """A model that is asked for text; `OpenAIBackend` is one."""

    async def answer(
        self, messages: Sequence[tuple[str, str]], *, longest_output: int
    ) -> tuple[str, Usage]:
        """The model's text, and what it cost. Raises BackendError."""
        ...


@dataclass(slots=True)
class Reviewed:
    """`better` are the targets that replace what was reviewed; `findings` what was said."""

    better: dict[int, str] = field(default_factory=dict)
    findings: dict[int, tuple[Finding, ...]] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)


class Reviewer:
    """Has new targets looked at by `critic`. `everything`: all of them, else those with findings.

    `system` is the text of `prompts/review.md`.
    """

    def __init__(self, critic: Critic, system: str, *, everything: bool) -> None:
        self.everything = everything
        self._critic = critic
        self._system = system

    async def review(
        self,
        article: Article,
        targets: Mapping[int, str],
        findings: Mapping[int, Sequence[Finding]],
        frame: Batch,
        brief: Brief,
    ) -> Reviewed:
        """Look at `targets`, by segment id, of which the checks have said `findings`.

        `frame` holds the languages, and what is wished of the wording.

        Raises FatalBackendError and BudgetError; a reviewer that does not answer leaves
        everything as it is.
        """
        chosen = [
            segment
            for segment in article.segments
            if segment.id in targets and (self.everything or findings.get(segment.id))
        ]
        reviewed = Reviewed()
        requests = list(asked(chosen, targets, frame.pair, self._system, frame.instruction))
        answers = await asyncio.gather(*(self._verdicts(one, reviewed) for one in requests))
        for verdicts, one in zip(answers, requests, strict=True):
            for segment in one.segments:
                if segment.id not in verdicts:
                    note = Finding(
                        NAME, Severity.WARNING, segment.id, "the reviewer gave no verdict"
                    )
                    reviewed.findings[segment.id] = (*findings.get(segment.id, ()), note)
                elif verdict := verdicts[segment.id]:
                    _weigh(reviewed, article, segment, targets[segment.id], verdict, brief)
        return reviewed

    async def _verdicts(self, request: Asked, reviewed: Reviewed) -> dict[int, Verdict | None]:
        """The verdicts by segment id, None for `ok`; without those that did not come."""
        try:
            text, usage = await self._critic.answer(
                request.messages, longest_output=request.longest_output
            )
        except (ReplyError, TransportError) as error:
            reviewed.usage += error.usage or Usage(requests=1)
            return {}
        reviewed.usage += usage
        lines = wire.read(text, [segment.id for segment in request.segments]).targets
        return {number: read_verdict(line) for number, line in lines.items()}


def _weigh(
    reviewed: Reviewed,
    article: Article,
    segment: Segment,
    target: str,
    verdict: Verdict,
    brief: Brief,
) -> None:
    said = f"{verdict.severity} {verdict.category} at “{verdict.span[:80]}”"
    before = judge(article, segment, target, brief)
    if _better(article, segment, target, verdict, before, brief):
        reviewed.better[segment.id] = verdict.proposal
        before = judge(article, segment, verdict.proposal, brief)
        said = f"{said}, corrected"
    note = Finding(NAME, Severity.WARNING, segment.id, said)
    reviewed.findings[segment.id] = (*before, note)


def _better(
    article: Article,
    segment: Segment,
    target: str,
    verdict: Verdict,
    before: Sequence[Finding],
    brief: Brief,
) -> bool:
    """True if the proposal of `verdict` may stand in the place of `target`."""
    if not verdict.grave or not verdict.proposal or verdict.proposal == target:
        return False
    if not verdict.span or verdict.span not in target:
        return False  # it speaks of something else
    known = {(finding.check, finding.severity) for finding in before}
    after = judge(article, segment, verdict.proposal, brief)
    return all(
        finding.severity is not Severity.ERROR and (finding.check, finding.severity) in known
        for finding in after
    )
