"""Articles and their edits in, what each run sent and wrote out: the real update over real files.

The translator is a function of the text (a backend object, no mock of ours), so that what was
sent can be counted and what was written can be predicted.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.laws import accent
from tests.laws.editor import KINDS, edit, edited_by_a_person
from translate_pipeline.article import Article, parse
from translate_pipeline.conversation.prompts import Templates, compose
from translate_pipeline.conversation.tokens import estimate
from translate_pipeline.errors import ArticleError
from translate_pipeline.locale import load_style, parse_locale
from translate_pipeline.memory.identity import key
from translate_pipeline.memory.store import Memory
from translate_pipeline.model import Batch, LocalePair, Origin, Reply, Usage
from translate_pipeline.outcome import Outcome
from translate_pipeline.pipeline import Pipeline
from translate_pipeline.resources import read_prompt
from translate_pipeline.target_path import Job
from translate_pipeline.update import Updater

#: A word that a person added (`editor.edited_by_a_person`).
MARK = re.compile(r"Handarbeit[0-9]+x")
TEMPLATES = Templates(read_prompt("system"), read_prompt("task"), read_prompt("repair"))
PAIR = LocalePair(parse_locale("en"), parse_locale("eo"))


class Accents:
    """Translates by accenting letters; remembers which texts it was sent."""

    name = signature = "accents"
    writes = ""
    fallbacks = 0

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.tokens = 0
        self.prompt_tokens = 0  # what a model would be sent: system, neighbours, task

    async def translate(self, batch: Batch) -> Reply:
        self.sent += [key(segment) for segment in batch.segments]
        self.tokens += sum(estimate(segment.text) for segment in batch.segments)
        messages = compose(batch, load_style(batch.pair.target), TEMPLATES).messages()
        self.prompt_tokens += sum(estimate(message["content"]) for message in messages)
        targets = {segment.id: accent.accented(segment) for segment in batch.segments}
        return Reply(targets, usage=Usage(requests=1))

    async def aclose(self) -> None:
        pass


@dataclass
class Tally:
    """What happened over all edits."""

    edits: Counter[str] = field(default_factory=Counter)
    sent: int = 0
    sent_tokens: int = 0
    prompt_tokens: int = 0
    article_tokens: int = 0
    people: int = 0
    faults: list[str] = field(default_factory=list)


class History:
    """One article in a folder of its own, translated again after each edit."""

    def __init__(
        self, folder: Path, text: str, *, dialect: str, memory: Memory | None, tally: Tally
    ) -> None:
        self.source, self.target = folder / "x-en.md", folder / "x-eo.md"
        self.job = Job(self.source, self.target, PAIR)
        self.backend = Accents()
        self.dialect = dialect
        self.tally = tally
        self.text = text
        pipeline = Pipeline(backend=self.backend, target="eo", dialect=dialect, memory=memory)
        self.updater = Updater(root=folder, translators=lambda pair: pipeline, memory=memory)
        self.source.write_bytes(text.encode())

    def run(self) -> Outcome:
        self.backend.sent, self.backend.tokens, self.backend.prompt_tokens = [], 0, 0
        return asyncio.run(self.updater.update(self.job))

    def parse(self, text: str) -> Article:
        return parse(text, self.dialect)

    def edits(self, rng: random.Random, *, person: bool) -> None:
        """One edit of each kind that the article has a place for."""
        for kind in KINDS:
            before = self.source.read_bytes().decode()
            after = edit(before, kind, rng)
            if after is None or after == before or not self._readable(after):
                continue
            mark = self._by_a_person(rng) if person else None
            self._one(kind, before, after, mark)

    def _readable(self, text: str) -> bool:
        try:
            self.parse(text)
        except ArticleError:  # a front matter that is indented, say
            return False
        return True

    def _by_a_person(self, rng: random.Random) -> str | None:
        """Add a word to the published target; returns it."""
        text = self.target.read_bytes().decode()
        head = self.parse(text).body
        edited = edited_by_a_person(text, len(text.encode()[:head].decode()), rng)
        if edited is None:
            return None
        changed, mark = edited
        self.target.write_bytes(changed.encode())
        return mark

    def _one(self, kind: str, before: str, after: str, mark: str | None) -> None:
        tally = self.tally
        old = {key(s) for s in self.parse(before).segments}
        article = self.parse(after)
        fresh = {key(s) for s in article.segments if not s.keep} - old
        published = self.target.read_bytes()
        self.source.write_bytes(after.encode())
        outcome = self.run()
        tally.edits[kind] += 1
        tally.sent += len(self.backend.sent)
        tally.sent_tokens += self.backend.tokens
        tally.prompt_tokens += self.backend.prompt_tokens
        tally.article_tokens += sum(estimate(s.text) for s in article.segments if not s.keep)
        where = f"{kind} in {self.source.parent.name}"
        if not outcome.status.good:
            tally.faults.append(f"{where}: {outcome.status}: {outcome.problems[:1]}")
            return
        if Counter(self.backend.sent) != Counter(fresh):
            tally.faults.append(
                f"{where}: sent {len(self.backend.sent)} segments, changed are {len(fresh)}"
            )
        written = self.target.read_bytes()
        self._unchanged(where, published.decode(), written.decode(), len(fresh))
        tally.people += mark is not None
        told = " ".join(problem.message for problem in outcome.problems)
        for theirs in MARK.findall(published.decode()):  # this edit, and all before it
            if theirs not in written.decode() and theirs not in told:
                tally.faults.append(f"{where}: the person's {theirs} is lost")
        self._again(where)

    def _unchanged(self, where: str, before: str, after: str, fresh: int) -> None:
        """Every published segment is still there, but for at most as many as changed."""
        old = Counter(s.text for s in self.parse(before).segments)
        new = Counter(s.text for s in self.parse(after).segments)
        if (new - old).total() > fresh:
            gone = list((new - old).elements())[:3]
            self.tally.faults.append(f"{where}: more than the changed segments differ: {gone}")

    def _again(self, where: str) -> None:
        """A second run sends nothing and touches no file."""
        files = [self.target, *self.source.parent.rglob("*.ledger")]
        before = [(path.read_bytes(), path.stat().st_mtime_ns) for path in files]
        outcome = self.run()
        after = [(path.read_bytes(), path.stat().st_mtime_ns) for path in files]
        if self.backend.sent or before != after:
            self.tally.faults.append(
                f"{where}: the second run is not silent: {outcome.status},"
                f" {len(self.backend.sent)} sent"
            )
        if outcome.origins.get(Origin.MODEL):
            self.tally.faults.append(f"{where}: the second run asked the model")
