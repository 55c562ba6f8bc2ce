"""One entry of the translation memory: a source text, its target, and where that comes from."""

from __future__ import annotations

from dataclasses import dataclass

from translate_pipeline.model import Maker

__all__ = ["Entry"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A translation that passed its checks, or that a person wrote.

    `key` is `identity.key` of the source segment (16 bytes), `context` its
    `identity.context` (8 bytes, or empty). `source` and `target` are protected texts, tags are
    BCP 47 (`en`, `zh-Hant-HK`), `kind` is a `model.Kind`. `signature` says how it was made
    (backend, model, prompts, glossary, version), `made` when: ISO 8601, UTC, seconds.
    """

    key: bytes
    source_tag: str
    target_tag: str
    kind: str
    source: str
    target: str
    context: bytes = b""
    maker: Maker = Maker.MODEL
    signature: str = ""
    made: str = ""
    note: str = ""
