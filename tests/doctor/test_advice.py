"""What is advised, and when: each line of the table is one thing seen and its advice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.backends.asking import KEY, backend
from translate_pipeline.backends._openai_request import Request
from translate_pipeline.doctor import Call, Cost, Diagnosis, Taken
from translate_pipeline.doctor.advice import advice
from translate_pipeline.doctor.price import Price, since
from translate_pipeline.locale import parse_locale
from translate_pipeline.model import Usage
from translate_pipeline.report.doctor import doctor_lines

FIRST = Call(2.0, Usage(1, 1150, 60, 0), "m", 3, 3, 0, 1129)
SECOND = Call(1.0, Usage(1, 1150, 30, 1100), "m", 1, 1, 0, 1128)
GOOD = Diagnosis(
    base_url="https://models.example/v1",
    model="m",
    listed=3,
    offered=True,
    context=128_000,
    calls=(FIRST, SECOND),
    taken=Taken(limit="max_tokens", structured=True),
    usage=FIRST.usage + SECOND.usage,
    cost=Cost(0.004, 0.001),
)


def second(**changes: object) -> Diagnosis:
    """`GOOD` with another second request."""
    return replace(GOOD, calls=(FIRST, SECOND._replace(**changes)))


def test_nothing_is_advised_without_a_cause() -> None:
    assert list(advice(GOOD)) == []
    assert list(advice(Diagnosis(base_url="u", model="m"))) == []


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (replace(GOOD, open_key=True), "use the `https://` address"),
        (
            replace(GOOD, offered=False, near=("m1", "m2")),
            "not in the list of models; near: m1, m2",
        ),
        (replace(GOOD, missing=("x",)), "`x` of the config is not in the list"),
        (replace(GOOD, context=4096), "a context of 4096 tokens is little"),
        (second(right=0), "1 of 4 segments came back missing or damaged"),
        (replace(GOOD, calls=(FIRST._replace(unchanged=3),)), "in the language of the source"),
        (replace(GOOD, calls=(FIRST._replace(usage=Usage(1)),)), "does not report tokens"),
        (second(usage=Usage(1, 400, 30, 0)), "read less than half of the prompt"),
        (second(usage=Usage(1, 1150, 30, 0)), "no cached tokens were reported"),
        (second(thinking=25), "25 of 90 output tokens were thoughts"),
        (replace(GOOD, taken=Taken(wished="none", effort="low")), "`low` is sent instead"),
        (replace(GOOD, taken=Taken(wished="none")), "nothing is sent instead"),
        (second(seconds=31.0), "set `timeout`"),
    ],
)
def test_each_piece_has_its_cause(found: Diagnosis, words: str) -> None:
    (said,) = advice(found)
    assert words in said
    assert found.usable  # advice alone makes nothing unusable


def test_a_short_prompt_need_not_be_cached() -> None:
    short = SECOND._replace(expected=350, usage=Usage(1, 350, 30, 0))
    assert list(advice(replace(GOOD, calls=(FIRST, short)))) == []


@pytest.mark.parametrize(
    ("url", "key", "open_key"),
    [
        ("http://models.example/v1", KEY, True),
        ("https://models.example/v1", KEY, False),
        ("http://192.168.0.7/v1", KEY, False),
        ("http://models.example/v1", "none", False),
    ],
)
def test_a_key_that_goes_out_unencrypted(url: str, key: str, open_key: bool) -> None:
    assert backend(url, api_key=key).probe(parse_locale("de")).open_key is open_key


def test_what_comes_from_an_endpoint_cannot_steer_the_terminal() -> None:
    evil = replace(GOOD, near=("\x1b[31mred",), offered=False, faults=("\x1b]0;title\x07",))
    found = replace(evil, advice=tuple(advice(evil)))
    text = "\n".join(doctor_lines(found, "de"))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert text.endswith("not usable: mend what is named above and run this again")


def test_what_requests_can_cost() -> None:
    request = Request([{"role": "user", "content": "word " * 1000}], 100)
    price = Price(1e-6, 1e-5)
    most = price.most(request, request)
    assert most is not None
    assert 2 * (1000e-6 + 100e-5) < most < 0.01
    assert price.most(request._replace(format={"type": "json_schema"})) > most / 2  # type: ignore[operator]
    assert price.of(Usage(1, 1000, 100)) == pytest.approx(0.002)
    assert price.of(Usage(1, 1000, 100, cost=0.5)) == 0.5
    assert Price(None, 1e-6).most(request) is Price(1e-6, None).of(Usage(1, 5, 5)) is None
    assert since(Usage(1, 10, 5, 2, 0.5), Usage(2, 30, 6, 2, 0.75)) == Usage(1, 20, 1, 0, 0.25)
    assert since(Usage(), Usage(1, 2, 3)) == Usage(1, 2, 3)
