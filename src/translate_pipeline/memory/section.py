"""The values of a ledger; text ⇄ values is `ledger.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from translate_pipeline.model import Maker

__all__ = ["NONE", "Ledger", "Line", "Section"]

#: Stands for a text that is not there: the target has no such segment.
NONE = "-"


class Line(NamedTuple):
    """One segment. `source` is `identity.short` of its key, `target` of its published text.

    The published text is digested as the target's own parse gives it, so a ledger can be
    compared with a target alone; `NONE` where the target has no such segment. `order` says
    which of the source's marks the target's are, in the target's order, where that is not the
    same order: `u21` for two links that changed places, `=` where the marks cannot be told by
    number. It keeps links right when their addresses change. `trusted` is False for what
    nobody shall use again: kept source text, pseudo-translations.
    """

    source: str
    target: str
    maker: Maker = Maker.MODEL
    order: str = ""
    trusted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What is known of one target. Digests are `digest`'s 11 characters.

    `target` is a POSIX path below the root, `made` ISO 8601 in UTC with seconds. `was` is empty
    or the digest of the file that `target` replaced: a run that dies between ledger and target
    leaves a file that is still the old one, and this says so. `head` maps front matter keys to
    6 characters.
    """

    locale: str
    target: str
    made: str
    signature: str
    source_digest: str
    settings_digest: str
    target_digest: str
    frame: str
    was: str = ""
    head: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """All targets of the article `source`, a POSIX path below the root."""

    source: str
    sections: Mapping[str, Section] = field(default_factory=dict)
