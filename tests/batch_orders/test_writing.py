"""Orders hold no more than a provider takes, and exist only when all of them is on disk."""

from __future__ import annotations

from pathlib import Path

from translate_pipeline.batch_orders import Asked, Order, OrderFiles, Text
from translate_pipeline.batch_orders.writing import OrderWriter

PLAN = Order(id="", base_url="http://127.0.0.1/v1", model="m", made="")


def asked(number: int) -> Asked:
    return Asked(f"r{number}", {1: Text("en", "de", number.to_bytes(16, "big"))})


def test_many_requests_are_several_orders(tmp_path: Path) -> None:
    files = OrderFiles(tmp_path)
    writer = OrderWriter(files, PLAN, most_requests=3)
    for number in range(8):
        writer.put(f"{number}\n", asked(number))
    orders = writer.finish("openai:m")
    assert [order.requests for order in orders] == [3, 3, 2]
    assert len({order.id for order in orders}) == 3
    assert files.orders() == sorted(orders, key=lambda order: order.id)
    lines = [line for one in orders for line in files.requests(one).read_text().splitlines()]
    assert lines == [str(number) for number in range(8)]
    assert [a.request for one in orders for a in files.asked(one)] == [f"r{n}" for n in range(8)]
    assert all(order.signature == "openai:m" for order in orders)


def test_large_requests_are_several_orders(tmp_path: Path) -> None:
    files = OrderFiles(tmp_path)
    writer = OrderWriter(files, PLAN, most_bytes=10)
    for number in range(3):
        writer.put("é" * 3 + "\n", asked(number))  # 7 bytes
    writer.put("x" * 50 + "\n", asked(3))  # above the limit: alone
    sizes = [files.requests(order).stat().st_size for order in writer.finish("")]
    assert sizes == [7, 7, 7, 51]


def test_nothing_to_order(tmp_path: Path) -> None:
    writer = OrderWriter(OrderFiles(tmp_path), PLAN)
    assert writer.finish("") == []
    assert list(tmp_path.iterdir()) == []


def test_an_order_that_was_never_finished_is_nobody_s(tmp_path: Path) -> None:
    files = OrderFiles(tmp_path)
    writer = OrderWriter(files, PLAN)
    writer.put("1\n", asked(1))
    assert files.orders() == []
    assert files.on_order() == {}
    writer.finish("")
    assert set(files.on_order()) == {Text("en", "de", (1).to_bytes(16, "big"))}


def test_orders_are_not_committed(tmp_path: Path) -> None:
    writer = OrderWriter(OrderFiles(tmp_path), PLAN)
    writer.put("1\n", asked(1))
    writer.finish("")
    assert (tmp_path / ".translate-pipeline" / "batches" / ".gitignore").read_text() == "*\n"
