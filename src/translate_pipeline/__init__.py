"""Localise Markdown articles with any LLM: the public names, and nothing else.

>>> from translate_pipeline import Pipeline, PseudoBackend
>>> Pipeline(backend=PseudoBackend(), target="de").translate("A *word*.").text
'Ȃː *ŵȏːȓḓ*.'

The names are loaded when they are first used: importing the package loads no SDK.
"""

from __future__ import annotations

from translate_pipeline._version import __version__

# `typing.TYPE_CHECKING` by another way: importing typing would cost as much as all of this.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from translate_pipeline.backends import Backend
    from translate_pipeline.backends.apertium import ApertiumBackend
    from translate_pipeline.backends.openai import OpenAIBackend
    from translate_pipeline.backends.pseudo import PseudoBackend
    from translate_pipeline.errors import (
        ArticleError,
        BackendError,
        ConfigError,
        FatalBackendError,
        TranslatePipelineError,
        TransportError,
    )
    from translate_pipeline.model import (
        Batch,
        Finding,
        Locale,
        LocalePair,
        Origin,
        Reply,
        Result,
        Segment,
        Severity,
        State,
        Term,
        Translation,
        Usage,
    )
    from translate_pipeline.pipeline import Pipeline

__all__ = [
    "ApertiumBackend",
    "ArticleError",
    "Backend",
    "BackendError",
    "Batch",
    "ConfigError",
    "FatalBackendError",
    "Finding",
    "Locale",
    "LocalePair",
    "OpenAIBackend",
    "Origin",
    "Pipeline",
    "PseudoBackend",
    "Reply",
    "Result",
    "Segment",
    "Severity",
    "State",
    "Term",
    "TranslatePipelineError",
    "Translation",
    "TransportError",
    "Usage",
    "__version__",
]

# Where each name lives; `tests/test_public_names.py` holds it to the imports above.
_HOMES = {
    "ApertiumBackend": "backends.apertium",
    "ArticleError": "errors",
    "Backend": "backends",
    "BackendError": "errors",
    "Batch": "model",
    "ConfigError": "errors",
    "FatalBackendError": "errors",
    "Finding": "model",
    "Locale": "model",
    "LocalePair": "model",
    "OpenAIBackend": "backends.openai",
    "Origin": "model",
    "Pipeline": "pipeline",
    "PseudoBackend": "backends.pseudo",
    "Reply": "model",
    "Result": "model",
    "Segment": "model",
    "Severity": "model",
    "State": "model",
    "Term": "model",
    "TranslatePipelineError": "errors",
    "Translation": "model",
    "TransportError": "errors",
    "Usage": "model",
}


def __getattr__(name: str) -> object:
    """Load a public name at its first use (PEP 562)."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - `--version` does without it

    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
