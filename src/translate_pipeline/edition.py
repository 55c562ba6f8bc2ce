"""What a site changes in an article besides its language: the place, front matter, links."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from translate_pipeline.dialect_choice import AUTO, Choice, choose
from translate_pipeline.target_path import Job

__all__ = ["AsIs", "Edition"]


class Edition(Protocol):
    """What a site changes in an article besides its language."""

    @property
    def digest(self) -> str:
        """11 characters that change with the rules; then targets are made anew, at no cost."""
        ...

    def place(self, job: Job, text: str) -> str:
        """The source as it would stand in the target's place. Raises ArticleError."""
        ...

    def dialect(self, source: Path, text: str) -> Choice:
        """In which dialect `text`, the file `source`, is written, and why."""
        ...

    def values(self, job: Job) -> Mapping[str, object]:
        """Front matter to set besides `lang` and `translated`."""
        ...

    def instruction(self, text: str) -> str:
        """What the author of this article says to its translator, as data."""
        ...


class AsIs:
    """The edition of articles without a site: their language changes, and `values` are set.

    `digest` stands for the settings that shape a target, `dialect` is the configured one.
    """

    def __init__(
        self,
        values: Mapping[str, object] = {},
        digest: str = "as-it-is---",
        dialect: str = AUTO,
    ) -> None:
        self.digest = digest
        self._dialect = dialect
        self._values = dict(values)

    def place(self, job: Job, text: str) -> str:
        return text

    def dialect(self, source: Path, text: str) -> Choice:
        return choose(source, text, configured=self._dialect)

    def values(self, job: Job) -> Mapping[str, object]:
        return self._values

    def instruction(self, text: str) -> str:
        return ""
