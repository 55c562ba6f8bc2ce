"""Every error an operator can meet. Each message names the place and says what to do next.

- TranslatePipelineError
    - ConfigError                 usage or configuration; exit code 2
        - LocaleError             a language name that is unknown or ambiguous
        - TargetPathError         a target would leave the root or overwrite the source
    - ArticleError                this article cannot be read; exit code 1
        - FrontMatterError        front matter that cannot be edited safely
    - TargetError                 a target or its ledger is not as it may be replaced; exit code 1
    - SegmentError                a target that cannot stand in its segment's place
    - StructureError              the merged article is not the source's structure; exit code 1
    - BackendError                the backend did not do its work
        - ReplyError              an answer that is no translation (HTML, empty, null); retried
            - RefusalError        the model declined, or a content filter did
        - BudgetError             a limit of this run (--max-cost …) is reached; exit code 1
        - OrderedError            no fault: the answer comes later, from a batch API
        - TransportError          network, timeout, rate limit, 5xx after all retries
        - FatalBackendError       no later request can succeed; stops the run, exit code 3
            - AuthenticationError
            - CreditError
            - ModelError          the model does not exist at this endpoint

Faults of a *translation* are not exceptions but `Finding`s; exceptions are for the operator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from translate_pipeline.model import Finding, Usage

__all__ = [
    "ArticleError",
    "AuthenticationError",
    "BackendError",
    "BudgetError",
    "ConfigError",
    "CreditError",
    "FatalBackendError",
    "FrontMatterError",
    "LocaleError",
    "ModelError",
    "OrderedError",
    "RefusalError",
    "ReplyError",
    "SegmentError",
    "StructureError",
    "TargetError",
    "TargetPathError",
    "TranslatePipelineError",
    "TransportError",
]


class TranslatePipelineError(Exception):
    """The base: catch this to catch everything this library raises on purpose."""


class ConfigError(TranslatePipelineError):
    """A setting or an argument is wrong; the message names it."""


class LocaleError(ConfigError):
    """A language name that is no BCP 47 tag, no known alias, or too vague (`zh`)."""


class TargetPathError(ConfigError):
    """The target path would overwrite the source or leave the root folder."""


class ArticleError(TranslatePipelineError):
    """The article cannot be read as text or parsed; `line` is 1-based, 0 if not known."""

    def __init__(self, message: str, *, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class FrontMatterError(ArticleError):
    """Front matter that is invalid or cannot be edited without touching other bytes."""


class TargetError(TranslatePipelineError):
    """What stands at the target, or its ledger, must be looked at by a person first."""


class SegmentError(TranslatePipelineError):
    """A target that cannot take its segment's place; `findings` say why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(str(f) for f in findings))
        self.findings = findings


class StructureError(TranslatePipelineError):
    """The merged article does not have the source's structure. Nothing may be written.

    `segments` are the ids of the guilty segments, empty when none could be blamed.
    """

    def __init__(self, message: str, *, segments: tuple[int, ...] = ()) -> None:
        super().__init__(message)
        self.segments = segments


class BackendError(TranslatePipelineError):
    """The backend could not answer; `usage` is what the attempt has cost."""

    def __init__(self, message: str, *, usage: Usage | None = None) -> None:
        super().__init__(message)
        self.usage = usage


class ReplyError(BackendError):
    """The endpoint answered, but not with a translation."""


class RefusalError(ReplyError):
    """The model declined to translate, or a content filter stopped it."""


class BudgetError(BackendError):
    """The run's limit of requests, tokens or money is reached; nothing more is sent."""


class OrderedError(BackendError):
    """The request is put down for a batch API; its answer comes with a later command."""


class TransportError(BackendError):
    """No usable answer after all retries: network, timeout, rate limit, server error."""


class FatalBackendError(BackendError):
    """Nothing later in this run can succeed; the run stops at once (exit code 3)."""


class AuthenticationError(FatalBackendError):
    """The key is missing or was refused."""


class CreditError(FatalBackendError):
    """The account has no credit left."""


class ModelError(FatalBackendError):
    """The endpoint does not know the model (retired, renamed, misspelt)."""
