"""A run: bounded, each fault its article's own, nothing paid for is lost, Ctrl-C keeps the rest."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.disks import tiny_disk
from translate_pipeline.backends.pseudo import PseudoBackend, pseudo
from translate_pipeline.conversation.batch import Budget
from translate_pipeline.errors import (
    AuthenticationError,
    ConfigError,
    ReplyError,
    TransportError,
)
from translate_pipeline.locale import parse_locale
from translate_pipeline.model import Batch, LocalePair, Reply, Result, State, Usage
from translate_pipeline.outcome import Outcome, Status, Stop
from translate_pipeline.pipeline import Pipeline
from translate_pipeline.run import Tally, interleaved, run
from translate_pipeline.target_path import Job
from translate_pipeline.update import Updater

DE = LocalePair(parse_locale("en"), parse_locale("de"))


class Backend:
    """Translates as `pseudo`; `fault` may raise, and `delay` seconds pass first."""

    name = signature = "test"
    writes = "en-XA"  # what `pseudo` writes, whatever the target
    fallbacks = 0

    def __init__(
        self, fault: Callable[[str], Exception | None] = lambda text: None, delay: float = 0.0
    ) -> None:
        self._fault, self._delay = fault, delay
        self.now = self.most = self.asked = 0

    async def translate(self, batch: Batch) -> Reply:
        self.asked += 1
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            await asyncio.sleep(self._delay)
            if error := self._fault(batch.segments[0].text):
                raise error
        finally:
            self.now -= 1
        return Reply(
            {s.id: pseudo(s.text, s.tokens) for s in batch.segments}, usage=Usage(requests=1)
        )

    async def aclose(self) -> None:
        pass


def pipeline(backend: Backend, on_failure: str = "refuse") -> dict[str, Pipeline]:
    return {"de": Pipeline(backend=backend, target="de", on_failure=on_failure)}


def jobs(folder: Path, *texts: str | bytes) -> list[Job]:
    made = []
    for number, text in enumerate(texts):
        source = folder / f"{number}-en.md"
        source.write_bytes(text if isinstance(text, bytes) else text.encode())
        made.append(Job(source, folder / f"{number}-de.md", DE))
    return made


def updater(todo: Sequence[Job], translators: dict[str, Pipeline]) -> Updater:
    root = todo[0].source.parent
    return Updater(root=root, translators=lambda pair: translators[pair.target.name])


def go(
    todo: Sequence[Job], translators: dict[str, Pipeline], window: int = 4
) -> tuple[Stop | None, list[Outcome]]:
    outcomes: list[Outcome] = []
    work = updater(todo, translators)
    stop = asyncio.run(run(todo, work, window=window, on_done=outcomes.append))
    return stop, sorted(outcomes, key=lambda outcome: outcome.job.source)


def tally_of(outcomes: Sequence[Outcome]) -> Tally:
    tally = Tally()
    for outcome in outcomes:
        tally.add(outcome)
    return tally


def test_articles_become_files(tmp_path: Path) -> None:
    todo = jobs(tmp_path, "One word.\n", "Two *words*.\r\n", "")
    stop, outcomes = go(todo, pipeline(Backend()))
    assert stop is None
    assert [o.status for o in outcomes] == [Status.WRITTEN] * 3
    assert (tmp_path / "1-de.md").read_bytes() == f"{pseudo('Two *words*.')}\r\n".encode()
    assert (tmp_path / "2-de.md").read_bytes() == b""
    assert outcomes[0].segments == {State.TRANSLATED: 1}
    assert outcomes[0].usage == Usage(requests=1)


@pytest.mark.parametrize("window", [1, 3, 50])
def test_no_more_than_the_window_is_under_way(tmp_path: Path, window: int) -> None:
    backend = Backend(delay=0.01)
    go(jobs(tmp_path, *["Some words."] * 9), pipeline(backend), window)
    assert backend.most == min(window, 9)


def test_finished_articles_are_let_go(tmp_path: Path) -> None:
    """Memory does not grow with the articles: only those in the window are alive."""
    alive: weakref.WeakSet[Result] = weakref.WeakSet()
    most = 0

    class Watched(Pipeline):
        async def atranslate(self, text: str) -> Result:
            nonlocal most
            result = await super().atranslate(text)
            watched = _Result(result)
            alive.add(watched)
            gc.collect()
            most = max(most, len(alive))
            return watched

    class _Result(Result):  # frozen and slotted values cannot be referred to weakly
        def __init__(self, result: Result) -> None:
            for name in Result.__dataclass_fields__:
                object.__setattr__(self, name, getattr(result, name))

    watched = Watched(backend=Backend(delay=0.001), target="de")
    stop, outcomes = go(jobs(tmp_path, *["Some words."] * 12), {"de": watched}, window=3)
    assert (stop, len(outcomes)) == (None, 12)
    assert most <= 3


def test_one_fault_is_one_articles(tmp_path: Path) -> None:
    def fault(text: str) -> Exception | None:
        return ReplyError("no translation") if text.startswith("Bad") else None

    broken = "---\ntitle: [\n---\n"
    todo = jobs(tmp_path, "Good words.", "Bad words.", b"\xff", broken, "More words.")
    go([todo[1]], pipeline(Backend()))
    old = (tmp_path / "1-de.md").read_bytes()
    (tmp_path / "1-en.md").write_text("Bad words again.")
    stop, outcomes = go(todo, pipeline(Backend(fault)))
    assert stop is None
    assert [o.status.value for o in outcomes] == [
        "written",
        "refused",
        "unreadable",
        "unreadable",
        "written",
    ]
    assert (tmp_path / "1-de.md").read_bytes() == old
    (problem,) = outcomes[1].problems
    assert (problem.line, problem.segment, problem.excerpt) == (1, 1, "Bad words again.")
    assert outcomes[2].problems[0].message.startswith("byte 0xff at offset 0 (line 1)")
    assert tally_of(outcomes).exit_code(stop) == 1


def test_problems_have_their_line(tmp_path: Path) -> None:
    def fault(text: str) -> Exception | None:
        return ReplyError("no translation") if "Bad" in text else None

    text = "---\ntitle: Good\n---\n\n# Heading\n\n- item\n- Bad item\n"
    backend = Backend(fault)
    # One segment a request, so that the others are accepted.
    each = {
        "de": Pipeline(
            backend=backend, target="de", on_failure="keep-source", budget=Budget(segments=1)
        )
    }
    _, (outcome,) = go(jobs(tmp_path, text), each)
    assert outcome.status is Status.PARTIAL
    assert [(p.line, p.check) for p in outcome.problems] == [(8, "reply")]
    assert outcome.segments[State.SOURCE] == 1
    written = (tmp_path / "0-de.md").read_text()
    assert "- Bad item\n" in written
    assert "translated: partial\n" in written
    assert tally_of([outcome]).exit_code(None) == 1


def test_a_fatal_error_stops_but_what_is_under_way_is_finished(tmp_path: Path) -> None:
    refused = asyncio.Event()

    class Gate(Backend):
        async def translate(self, batch: Batch) -> Reply:
            if batch.segments[0].text.startswith("Bad"):
                refused.set()
                raise AuthenticationError("the key was refused")
            await refused.wait()  # still under way when the other is refused
            await asyncio.sleep(0.01)
            return await super().translate(batch)

    todo = jobs(tmp_path, "Good words.", "Bad words.", *["More words."] * 20)
    stop, outcomes = go(todo, pipeline(Gate()), window=2)
    assert stop == Stop("the key was refused", backend=True)
    assert [(o.job.source.name, o.status.value) for o in outcomes] == [
        ("0-en.md", "written"),
        ("1-en.md", "failed"),
    ]
    assert tally_of(outcomes).exit_code(stop) == 3


def test_a_dead_endpoint_is_given_up(tmp_path: Path) -> None:
    backend = Backend(lambda text: TransportError("connection refused"))
    stop, outcomes = go(jobs(tmp_path, *["Some words."] * 50), pipeline(backend), window=2)
    assert stop == Stop("the last 8 articles got no answer: connection refused")
    assert 8 <= len(outcomes) <= 10
    assert tally_of(outcomes).exit_code(stop) == 3


def test_a_flaky_endpoint_is_not_given_up(tmp_path: Path) -> None:
    texts = ["Good words." if n % 7 == 6 else "Bad words." for n in range(40)]
    backend = Backend(lambda text: TransportError("late") if "Bad" in text else None)
    stop, outcomes = go(jobs(tmp_path, *texts), pipeline(backend), window=1)
    assert (stop, len(outcomes)) == (None, 40)
    assert tally_of(outcomes).exit_code(stop) == 1


def test_no_answer_at_all_is_the_backends_fault(tmp_path: Path) -> None:
    backend = Backend(lambda text: TransportError("late"))
    stop, outcomes = go(jobs(tmp_path, "Some words.", "More words."), pipeline(backend))
    assert stop is None
    assert tally_of(outcomes).exit_code(stop) == 3


def test_nothing_is_paid_for_that_cannot_be_written(tmp_path: Path) -> None:
    backend = Backend()
    (todo,) = jobs(tmp_path, "Some words.")
    (tmp_path / "file").write_text("")
    blocked = [todo._replace(target=tmp_path / "file" / "x.md"), todo._replace(target=tmp_path)]
    _, outcomes = go(blocked, pipeline(backend))
    assert {o.status for o in outcomes} == {Status.FAILED}
    assert "is no folder; change its rights" in outcomes[0].problems[0].message
    assert backend.asked == 0


def test_a_cancelled_run_keeps_what_is_done(tmp_path: Path) -> None:
    backend = Backend(delay=0.02)
    todo = jobs(tmp_path, *["Some words."] * 40)
    outcomes: list[Outcome] = []

    async def main() -> None:
        task = asyncio.create_task(
            run(todo, updater(todo, pipeline(backend)), window=2, on_done=outcomes.append)
        )
        while len(outcomes) < 4:
            await asyncio.sleep(0.005)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        assert task.cancelled()

    asyncio.run(main())
    written = sorted(path.name for path in tmp_path.glob("*-de.md"))
    assert written == sorted(o.job.target.name for o in outcomes)
    assert 4 <= len(written) < 40
    assert backend.now == 0


@pytest.mark.parametrize("error", [RuntimeError("a bug"), ConfigError("no such dialect")])
def test_a_defect_is_raised_when_the_others_are_done(tmp_path: Path, error: Exception) -> None:
    backend = Backend(lambda text: error if text.startswith("Bad") else None, delay=0.01)
    todo = jobs(tmp_path, "Bad words.", *["Good words."] * 30)
    outcomes: list[Outcome] = []
    with pytest.raises(type(error)) as caught:
        asyncio.run(run(todo, updater(todo, pipeline(backend)), window=3, on_done=outcomes.append))
    assert caught.value.__notes__ == [f"while translating {tmp_path / '0-en.md'} into de"]
    assert len(outcomes) == 2  # the two that were under way
    assert all(o.job.target.exists() for o in outcomes)


def test_a_full_disk_stops_the_run(tmp_path: Path) -> None:
    backend = Backend()
    todo = jobs(tmp_path, "Some words. " * 10_000, *["More words."] * 9)
    with tiny_disk(tmp_path) as disk:
        todo = [job._replace(target=disk / job.target.name) for job in todo]
        stop, outcomes = go(todo, pipeline(backend), window=1)
        assert stop == Stop(f"{disk}: no space left on device; make room", backend=False)
        assert len(outcomes) == backend.asked == 1
        assert tally_of(outcomes).exit_code(stop) == 1
        assert list(disk.iterdir()) == []


def test_locales_of_an_article_follow_each_other_in_blocks() -> None:
    pairs = [LocalePair(DE.source, parse_locale(name)) for name in ("de", "fr")]
    todo = [Job(Path(s), Path(), p) for s in "abc" for p in pairs]
    order = [f"{j.source}-{j.pair.target}" for j in interleaved(todo, 2)]
    assert order == ["a-de", "b-de", "a-fr", "b-fr", "c-de", "c-fr"]
    assert [j.pair.target.name for j in interleaved(todo, 64)] == ["de"] * 3 + ["fr"] * 3


def test_pseudo_runs_without_a_loop_of_its_own(tmp_path: Path) -> None:
    todo = jobs(tmp_path, "Some words.")
    translators = {"de": Pipeline(backend=PseudoBackend(), target="de")}
    stop, (outcome,) = go(todo, translators)
    assert (stop, outcome.status) == (None, Status.WRITTEN)
