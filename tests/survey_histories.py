"""A site and a seed in, a random history out, and what a slow reference says of its end.

The reference reads everything again and remembers nothing; the survey must agree with it.
"""

from __future__ import annotations

import random

from tests.survey_trees import Tree, target_of
from translate_pipeline.memory.ledger import digest, path_of

__all__ = ["STEPS", "Editor", "reference", "surveyed"]


def reference(tree: Tree) -> dict[tuple[str, str], tuple[str, bool, bool]]:
    """(source, locale) → state, stale, edited; everything read again, nothing remembered."""

    def of(path: str) -> str | None:
        text = tree.text(path)
        return None if text is None else digest(text.encode())

    plan = list(tree.plan())
    sources = {item.source for item in plan}
    folder = tree.root / ".translate-pipeline/ledger"
    recorded = {
        path.relative_to(folder).as_posix().removesuffix(".ledger")
        for path in folder.rglob("*.ledger")
    }
    lost, new = recorded - sources, sources - recorded
    origins = {}
    for source in new:
        for old in lost:
            ledger = tree.ledger(old)
            lines = {line.source for s in ledger.sections.values() for line in s.lines}
            mine = set(tree.segments(source))
            if of(source) in {s.source_digest for s in ledger.sections.values()} or (
                len(mine & lines) >= len(mine) / 2
            ):
                origins[source] = old
    found = {}
    for item in plan:
        ledger = tree.ledger(origins.get(item.source, item.source))
        for locale, target in item.targets:
            section = ledger.sections.get(locale.name)
            now = of(target)
            if section is None:
                found[item.source, locale.name] = (
                    "missing" if now is None else "unrecorded", False, False
                )  # fmt: skip
                continue
            if now is None and section.target != target:
                now = of(section.target)
            if now is None:
                found[item.source, locale.name] = ("missing", False, False)
                continue
            edited = now not in (section.target_digest, section.was)
            stale = (
                now == section.was != section.target_digest
                or of(item.source) != section.source_digest
                or tree.settings != section.settings_digest
            )
            state = "edited" if edited else "stale" if stale else "fresh"
            if item.source in origins:
                state = "renamed"
            found[item.source, locale.name] = (state, stale, edited)
    for old in lost - set(origins.values()):
        for name, section in tree.ledger(old).sections.items():
            now = of(section.target)
            edited = now not in (None, section.target_digest, section.was)
            found[old, name] = ("orphaned", False, edited)
    return found


def surveyed(tree: Tree) -> dict[tuple[str, str], tuple[str, bool, bool]]:
    return {
        (found.source, view.locale): (view.state.value, view.stale, view.edited)
        for found in tree.survey()
        for view in found.states
    }


class Editor:
    """Does to a tree, at random, what people and runs do. Every text is used once."""

    def __init__(self, tree: Tree, rng: random.Random) -> None:
        self.tree, self.rng, self.count = tree, rng, 0

    def words(self, lines: int) -> str:
        return "".join(f"line {self.number()}\n" for _ in range(lines))

    def number(self) -> int:
        self.count += 1
        return self.count

    def source(self) -> str:
        return self.rng.choice([item.source for item in self.tree.plan()])

    def target(self) -> tuple[str, str, str]:
        source, locale = self.source(), self.rng.choice(self.tree.locales)
        return source, locale, target_of(source, locale)

    def edit_source(self) -> None:
        source = self.source()
        text = self.tree.text(source) or ""
        self.tree.put(source, text.replace(text.splitlines()[0], f"line {self.number()}", 1))

    def edit_target(self) -> None:
        _, _, target = self.target()
        if (text := self.tree.text(target)) is not None:
            # As long as it was: only the times tell.
            self.tree.put(target, f"{self.number():09}{text[9:]}")

    def edit_back(self) -> None:
        """A person edits, and thinks better of it."""
        _, _, target = self.target()
        if (text := self.tree.text(target)) is not None:
            self.tree.put(target, "other")
            self.tree.survey()
            self.tree.put(target, text)

    def delete_target(self) -> None:
        self.tree.remove(self.target()[2])

    def delete_source(self) -> None:
        self.tree.remove(self.source())

    def new_source(self) -> None:
        self.tree.put(f"posts/new-{self.number()}.md", self.words(6))

    def rename(self) -> None:
        new = f"posts/{self.rng.choice('abc')}/{self.number()}.md"
        self.tree.move(self.source(), new)

    def rename_and_edit(self) -> None:
        new = f"posts/{self.number()}.md"
        self.tree.move(self.source(), new)
        lines = (self.tree.text(new) or "").splitlines(keepends=True)
        self.tree.put(new, "".join(lines[1:]) + self.words(2))

    def touch(self) -> None:
        source, _, target = self.target()
        for path in (source, target, path_of(source)):
            if self.tree.text(path) is not None:
                self.tree.touch(path)

    def settings(self) -> None:
        self.tree.settings = f"settings-{self.rng.randint(1, 2):02}"

    def forget(self) -> None:
        self.tree.remove(path_of(self.source()))

    def run(self) -> None:
        """A run brings some articles up to date; renamed ones get their own ledger."""
        for found in self.tree.survey():
            if self.rng.random() < 0.5 and found.locale:
                if found.origin:
                    self.tree.remove(path_of(found.origin))
                self.tree.translate(found.source)

    def die(self) -> None:
        """A run dies between ledger and target."""
        source, locale, target = self.target()
        self.tree.record(source, locale, self.words(3), was=self.tree.text(target))


STEPS = (
    Editor.edit_source, Editor.edit_target, Editor.edit_back, Editor.delete_target,
    Editor.delete_source, Editor.new_source, Editor.rename, Editor.rename_and_edit, Editor.touch,
    Editor.settings, Editor.forget, Editor.die,
)  # fmt: skip
