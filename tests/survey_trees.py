"""Small sites on disk for the tests of the survey: sources, targets, ledgers, and their plan."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from translate_pipeline.locale import parse_locale
from translate_pipeline.memory.ledger import (
    Ledger,
    Line,
    Section,
    digest,
    path_of,
    read,
    write,
)
from translate_pipeline.memory.stamps import Stamps
from translate_pipeline.sites.site import Planned
from translate_pipeline.survey import Row, survey

__all__ = ["SETTINGS", "Tree", "target_of"]

SETTINGS = "settings-01"


def target_of(source: str, locale: str) -> str:
    """`posts/x.md` → `de/posts/x.md`."""
    return f"{locale}/{source}"


@dataclass(slots=True)
class Tree:
    """A site whose articles are in `posts/`, one line a segment; times are set, never real."""

    root: Path
    locales: tuple[str, ...] = ("de", "fr")
    settings: str = SETTINGS
    clock: int = field(default=1_000_000_000)

    def put(self, path: str, text: str) -> str:
        """Write a file anew, at a time of its own; ext4 takes 0.2 ms to truncate an old one."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        file.write_text(text, encoding="utf-8")
        self.touch(path)
        return path

    def touch(self, path: str) -> None:
        """Give it a new time, as a checkout does."""
        self.clock += 1
        os.utime(self.root / path, (self.clock, self.clock))

    def text(self, path: str) -> str | None:
        file = self.root / path
        return file.read_text(encoding="utf-8") if file.exists() else None

    def remove(self, path: str) -> None:
        (self.root / path).unlink(missing_ok=True)

    def move(self, old: str, new: str) -> None:
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).rename(self.root / new)

    def ledger(self, source: str) -> Ledger:
        text = self.text(path_of(source))
        return Ledger(source) if text is None else read(text, source)

    def record(
        self, source: str, locale: str, made: str, *, was: str | None = None, target: str = ""
    ) -> None:
        """The section of a run that read `source` as it is and writes the text `made`."""
        text = self.text(source) or ""
        section = Section(
            locale=locale,
            target=target or target_of(source, locale),
            made="2026-11-23T22:31:05Z",
            signature="test",
            source_digest=digest(text.encode()),
            settings_digest=self.settings,
            target_digest=digest(made.encode()),
            frame=digest(b""),
            was="" if was is None else digest(was.encode()),
            lines=tuple(Line(short(line), short(line)) for line in text.splitlines()),
        )
        self.set(source, section)

    def set(self, source: str, section: Section) -> None:
        ledger = self.ledger(source)
        kept = {**ledger.sections, section.locale: section}
        self.put(path_of(source), write(replace(ledger, sections=kept)))

    def translate(self, source: str, *locales: str) -> None:
        """What a run does: the ledger first, then the target."""
        for locale in locales or self.locales:
            target = target_of(source, locale)
            made = f"{locale}: {self.text(source)}"
            self.record(source, locale, made, was=self.text(target))
            self.put(target, made)

    def plan(self) -> Iterator[Planned]:
        english = parse_locale("en")
        targets = [(name, parse_locale(name)) for name in self.locales]
        for path in sorted((self.root / "posts").rglob("*.md")):
            source = path.relative_to(self.root).as_posix()
            pairs = tuple((locale, target_of(source, name)) for name, locale in targets)
            yield Planned(source, english, pairs)

    def segments(self, source: str) -> Collection[str]:
        return [short(line) for line in (self.text(source) or "").splitlines()]

    def survey(
        self,
        *,
        settings: str | Callable[[str], str] = "",
        broken: Callable[[str, str, str], bool] | None = None,
    ) -> list[Row]:
        """All rows, with stamps that are kept for the next time."""
        with Stamps(self.root) as stamps:
            return list(
                survey(
                    self.root,
                    self.plan(),
                    stamps=stamps,
                    settings_digest=settings or self.settings,
                    broken=broken,
                    segments=self.segments,
                )
            )


def short(line: str) -> str:
    return digest(line.encode())[:8]
