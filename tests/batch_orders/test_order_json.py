"""What an order's files hold comes back as it was; what is none of ours is told by name."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.batch_orders.order import Asked, Order, Stage, Text
from translate_pipeline.batch_orders.order_json import (
    asked_line,
    read_asked,
    read_order,
    write_order,
)
from translate_pipeline.errors import ConfigError

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
COUNTS = st.integers(0, 10**9)
ORDERS = st.builds(
    Order,
    id=WORDS,
    base_url=WORDS,
    model=WORDS,
    made=WORDS,
    stage=st.sampled_from(Stage),
    batch=WORDS,
    told=WORDS,
    requests=COUNTS,
    flags=WORDS,
)
KEYS = st.binary(min_size=16, max_size=16)


@given(ORDERS)
def test_an_order_comes_back(order: Order) -> None:
    assert read_order(write_order(order), "x") == order


@given(WORDS, st.dictionaries(st.integers(1, 10**6), KEYS, min_size=1, max_size=5))
def test_a_request_comes_back(name: str, keys: dict[int, bytes]) -> None:
    asked = Asked(name, {number: Text("en", "zh-Hant", key) for number, key in keys.items()})
    assert list(read_asked([asked_line(asked)], "x")) == [asked]


GOOD = json.loads(write_order(Order(id="a", base_url="b", model="c", made="d")))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no order"),
        ("[" * 100_000, "no order"),
        ("[]", "no order"),
        (json.dumps({**GOOD, "version": 2}), "another version"),
        (json.dumps({**GOOD, "stage": "eaten"}), "stage"),
        (json.dumps({**GOOD, "batch": None}), "batch"),
        (json.dumps({**GOOD, "requests": True}), "requests"),
        (json.dumps({**GOOD, "more": 1}), "more"),
        (json.dumps({k: v for k, v in GOOD.items() if k != "flags"}), "flags"),
    ],
)
def test_what_is_no_order(text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said) as caught:
        read_order(text, "order.json")
    assert str(caught.value).startswith("order.json: ")


@pytest.mark.parametrize(
    "line", ["", "[]", '["a","en","de",[]]', '["a","en","de",{"x":"00"}]', "{"]
)
def test_what_is_no_request(line: str) -> None:
    with pytest.raises(ConfigError, match=r"asked\.jsonl:2: "):
        list(read_asked(['["a","en","de",{"1":"00"}]', line], "asked.jsonl"))
