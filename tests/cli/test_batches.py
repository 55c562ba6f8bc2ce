"""`translate --batch` and `batches`: handed in, waited for, taken; nothing paid for twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.batch_api import BatchServer
from tests.servers.loopback import MODEL
from translate_pipeline.batch_orders import OrderFiles, Stage
from translate_pipeline.cli import main

CONFIG = """
source = "en"
targets = ["de", "fr"]
model = "{model}"
base_url = "{url}"
api_key_env = "TEST_KEY"
[[paths]]
source = "docs/{{stem}}.md"
target = "docs/{{locale}}/{{stem}}.md"
"""
TIDE = "---\ntitle: The tide\n---\n\nThe water is low now.\n\nIt will be high at noon.\n"
WIND = "# The wind\n\nThe water is low now.\n\nIt comes from the west today.\n"
SAND = "# The sand\n\nIt is warm in the evening.\n"


class Owner:
    """Somebody at a command line in the folder of a small site."""

    def __init__(self, root: Path, server: BatchServer, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.server, self._capsys = root, server, capsys
        self.files = OrderFiles(root)
        config = CONFIG.format(model=MODEL, url=server.base_url)
        (root / "translate-pipeline.toml").write_text(config)
        self.write("docs/tide.md", TIDE)
        self.write("docs/wind.md", WIND)
        self.write("docs/sand.md", SAND)

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(exist_ok=True)
        (self.root / path).write_text(text)

    def type(self, *arguments: str, code: int = 0) -> str:
        self._capsys.readouterr()
        got = main(arguments)
        said = "".join(self._capsys.readouterr())
        assert "Traceback" not in said
        assert "sk-planted" not in said
        assert got == code, said
        return said

    def targets(self) -> dict[str, str]:
        return {p.relative_to(self.root).as_posix(): p.read_text() for p in self._targets()}

    def _targets(self) -> list[Path]:
        return sorted(p for tag in ("de", "fr") for p in (self.root / "docs" / tag).glob("*.md"))

    def live(self) -> list[str]:
        """The texts that were sent to be answered at once, since the last call."""
        ordered = [
            segment.text
            for chat in self.server.chats
            if chat.task is not None
            for segment in chat.task.wanted
        ]
        self.server.requests.clear()
        return ordered


@pytest.fixture
def server() -> Iterator[BatchServer]:
    with BatchServer(api_key="sk-planted") as server:
        yield server


@pytest.fixture
def owner(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    server: BatchServer,
) -> Owner:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TEST_KEY", "sk-planted")
    return Owner(tmp_path, server, capsys)


def test_ordered_waited_for_and_taken(owner: Owner) -> None:
    said = owner.type("translate", "--batch")
    assert "5 ordered" in said
    assert len(owner.live()) == 2, "only the first request is answered at once"
    (order,) = owner.files.orders()
    assert order.stage is Stage.PLACED
    assert f"order {order.id}: " in said
    assert len(owner.targets()) == 1
    lines = owner.files.requests(order).read_text().splitlines()
    texts = [text for asked in owner.files.asked(order) for text in asked.texts.values()]
    assert len(lines) == order.requests
    assert len(texts) == len(set(texts)) == order.segments, "each text once"

    owner.server.looks = 2
    owner.server.shelf.batches[order.batch].left = 2
    assert "in_progress" in owner.type("batches", "fetch")
    said = owner.type("batches", "fetch")
    assert f"{order.segments} of {order.segments} texts answered" in said
    assert len(owner.targets()) == 6
    (order,) = owner.files.orders()
    assert order.stage is Stage.USED
    assert not owner.files.requests(order).exists(), "nothing of the articles is left behind"
    # What the provider answered is the only thing that was asked.
    asked_in_batch = sum(len(chat.task.wanted) for chat in owner.server.chats if chat.task)
    assert asked_in_batch == order.segments
    owner.live()

    assert "nothing to do" in owner.type("translate")
    assert owner.live() == []
    assert "no open orders" in owner.type("batches", "fetch")


def test_the_same_files_as_a_run_without(owner: Owner) -> None:
    owner.type("translate", "--batch", "--wait")
    ordered = owner.targets()
    for path in ordered:
        (owner.root / path).unlink()
    for folder in ("ledger",):
        for path in (owner.root / ".translate-pipeline" / folder).rglob("*.ledger"):
            path.unlink()
    (owner.root / ".translate-pipeline" / "memory.sqlite").unlink()
    owner.type("translate")
    assert owner.targets() == ordered


def test_what_is_on_order_is_not_sent_again(owner: Owner) -> None:
    owner.type("translate", "--batch")
    owner.live()
    said = owner.type("translate")
    assert owner.live() == []
    assert "5 ordered" in said
    assert len(owner.targets()) == 1
    owner.type("translate", "--batch")
    assert owner.live() == []
    assert len(owner.files.orders()) == 1
    # A new article is not held back by it.
    owner.write("docs/rain.md", "# Rain\n\nIt falls on the sea all day long.\n")
    owner.type("translate")
    assert set(owner.live()) == {"Rain", "It falls on the sea all day long."}


def test_an_article_that_changed_meanwhile(owner: Owner) -> None:
    owner.type("translate", "--batch")
    owner.live()
    owner.write("docs/sand.md", SAND + "\nAt night it is cold and wet.\n")
    owner.type("batches", "fetch")
    (order,) = owner.files.orders()
    live = owner.live()
    assert live.count("At night it is cold and wet.") == 2
    assert len(live) == order.segments + 2, "what was ordered, and the new text in two languages"
    assert len(owner.targets()) == 6


def test_lost_answers_are_asked_for_at_once(owner: Owner) -> None:
    owner.server.unanswered = ["The sand"]
    said = owner.type("translate", "--batch", "--wait")
    assert "not in time" in said
    assert len(owner.targets()) == 6
    (order,) = owner.files.orders()
    assert order.stage is Stage.USED
    assert order.failed > 0


def test_a_bad_answer_climbs_the_ladder(owner: Owner) -> None:
    owner.type("translate", "--batch")
    owner.live()
    # The model that answers the batch leaves every text in English; the one behind does not.
    owner.server.batch_translator = lambda text, kind: text
    owner.type("batches", "fetch")
    (order,) = owner.files.orders()
    live = owner.live()
    assert len(live) > order.segments, "what was answered badly was asked for again"
    assert len(owner.targets()) == 6
    assert all("It is warm in the evening" not in text for text in owner.targets().values())


def test_a_process_that_dies_after_the_order_was_placed(owner: Owner) -> None:
    """The provider has the order, and nobody here knows its id: it is found, not placed again."""
    owner.server.unsaid, owner.server.deaf = 1, True
    said = owner.type("translate", "--batch", code=1)
    assert "is written down" in said
    assert len(owner.server.shelf.batches) == 1
    (order,) = owner.files.orders()
    assert order.stage is Stage.PREPARED
    owner.server.deaf = False
    owner.type("batches", "resume", "--every", "0")
    assert len(owner.server.shelf.batches) == 1
    assert owner.server.uploads == 1
    assert len(owner.targets()) == 6


def test_an_answer_that_is_lost_on_the_way(owner: Owner) -> None:
    """A batch that was placed is not placed again because its answer did not arrive."""
    owner.server.unsaid = 1
    owner.type("translate", "--batch")
    assert len(owner.server.shelf.batches) == 1
    assert [order.stage for order in owner.files.orders()] == [Stage.PLACED]


def test_a_refused_file(owner: Owner) -> None:
    owner.type("translate", "--batch")
    owner.live()
    owner.server.refused = "Line 1 is no JSON"
    said = owner.type("batches", "fetch", code=1)
    assert "Line 1 is no JSON" in said
    (order,) = owner.files.orders()
    assert order.stage is Stage.FAILED
    # Its texts are free again.
    owner.type("translate")
    assert len(owner.targets()) == 6


def test_cancelled(owner: Owner) -> None:
    owner.type("translate", "--batch")
    (order,) = owner.files.orders()
    assert "cancelled" in owner.type("batches", "cancel", order.id)
    owner.type("batches", "fetch")
    (order,) = owner.files.orders()
    assert order.stage is Stage.CANCELLED
    owner.live()
    owner.type("translate")
    assert len(owner.live()) > 2


def test_the_estimate_is_at_half_the_price(owner: Owner) -> None:
    path = owner.root / "translate-pipeline.toml"
    path.write_text(path.read_text() + "[prices]\nprompt = 1000\ncompletion = 1000\n")

    def cost(*more: str) -> float:
        estimate = json.loads(owner.type("translate", "--dry-run", "--json", *more))["estimate"]
        return float(estimate["cost"])

    assert cost("--batch") == pytest.approx(cost() / 2)
    assert owner.files.orders() == []


def test_listed(owner: Owner) -> None:
    assert "no orders" in owner.type("batches")
    owner.type("translate", "--batch")
    owner.live()
    (order,) = owner.files.orders()
    said = owner.type("batches")
    assert order.id in said
    assert "placed" in said
    document = json.loads(owner.type("batches", "--json"))
    assert document["orders"][0]["batch"] == order.batch
    assert owner.live() == []


def test_what_cannot_be(owner: Owner) -> None:
    assert "no batch API" in owner.type("translate", "--batch", "--backend", "pseudo", code=2)
    assert "no order is called" in owner.type("batches", "fetch", "nope", code=2)
    assert "no order is called" in owner.type("batches", "fetch", "../../etc", code=2)
    assert "name the order" in owner.type("batches", "cancel", code=2)


def test_a_wrong_key_stops_before_anything_is_ordered(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEST_KEY", "sk-wrong")
    owner.type("translate", "--batch", code=3)
    assert owner.files.orders() == []


def test_an_order_that_cannot_be_read(owner: Owner) -> None:
    owner.type("translate", "--batch")
    (order,) = owner.files.orders()
    path = owner.files.folder / order.id / "order.json"
    path.write_text("{}")
    said = owner.type("batches", code=2)
    assert str(path) in said
