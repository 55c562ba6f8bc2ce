"""Which optional parameters are sent, and what is learnt from their refusal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.backends._openai_answer import Exhausted
from translate_pipeline.backends._openai_faults import Endpoint, UnsupportedParameter, fault_of
from translate_pipeline.backends._openai_request import EFFORTS, Options, Request, checked_extra
from translate_pipeline.errors import ConfigError, ReplyError, TransportError

HERE = Endpoint("https://models.example/v1", "vendor/model", "sk-test-0123456789")
SCHEMA = {"type": "json_schema"}
REQUEST = Request([], 100, format=SCHEMA)
ALL = Options(0.0, "max_tokens", "minimal")


def same(left: Options | None) -> Options | None:
    """Without the record of the way there."""
    return left and left._replace(refused=frozenset())


def refused(
    message: str, options: Options = ALL, *, status: int = 400, openrouter: bool = False
) -> Options | None:
    """The options after an error with that message; None if it is no parameter's fault."""
    sent = options.sent(REQUEST, openrouter=openrouter)
    fault = fault_of(HERE, status=status, error={"message": message}, sent=sent)
    return options.without(fault) if isinstance(fault, UnsupportedParameter) else None


def test_what_is_sent() -> None:
    assert ALL.sent(REQUEST) == {
        "temperature": 0.0,
        "max_tokens": 100,
        "reasoning_effort": "minimal",
        "response_format": SCHEMA,
    }
    assert ALL.sent(REQUEST, openrouter=True)["reasoning"] == {"effort": "minimal"}
    assert Options(None, None, None, formats=False).sent(REQUEST) == {}


@pytest.mark.parametrize(
    ("message", "left"),
    [
        # OpenAI's reasoning models
        (
            "Unsupported value: 'temperature' does not support 0 with this model. Only the default"
            " (1) value is supported.",
            ALL._replace(temperature=None),
        ),
        (
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use"
            " 'max_completion_tokens' instead.",
            ALL._replace(limit="max_completion_tokens"),
        ),
        # vLLM
        (
            "'max_tokens' or 'max_completion_tokens' is too large: 9000.",
            ALL._replace(limit="max_completion_tokens"),
        ),
        ("max_tokens must be less than 4096", ALL._replace(limit=None)),
        # Efforts: the nearest that is listed, sooner more than less
        (
            "Unsupported value: 'reasoning_effort' does not support 'minimal' with this model."
            " Supported values are: 'low', 'medium', and 'high'.",
            ALL._replace(effort="low"),
        ),
        (
            "Invalid reasoning_effort: minimal. Valid values are: high, low, medium, none",
            ALL._replace(effort="low"),
        ),
        (
            "reasoning_effort: expected one of 'none', received 'minimal'",
            ALL._replace(effort="none"),
        ),
        ("Invalid value for reasoning_effort", ALL._replace(effort="low")),
        ("Unsupported parameter: 'reasoning_effort'", ALL._replace(effort=None)),
        ("Unrecognized request argument supplied: reasoning_effort", ALL._replace(effort=None)),
        # Structured output
        ("response_format json_schema is not supported", ALL._replace(formats=False)),
        # No parameter's fault
        ("Something about the request is wrong.", None),
        ("The temperature in Paris is nice.", None),
    ],
)
def test_what_a_refusal_teaches(message: str, left: Options | None) -> None:
    assert same(refused(message)) == left


def test_an_effort_that_is_refused_without_a_list_goes_up_to_low() -> None:
    """Left out at once, a model that thinks at length would think at length."""
    options: Options | None = ALL._replace(effort="none")
    steps = []
    while options is not None and options.effort is not None:
        steps.append(options.effort)
        options = refused("reasoning_effort: invalid", options)
    assert steps == ["none", "minimal", "low"]


@given(st.lists(st.sampled_from([*EFFORTS, "reasoning", "supported", "max_tokens", "invalid"])))
def test_whatever_is_said_nothing_is_learnt_for_ever(words: list[str]) -> None:
    """An endpoint that refuses each request with the same words is asked a few times at most."""
    said = " ".join([*words, "is not supported"])
    for name in ("reasoning_effort", "temperature", "max_tokens", "max_completion_tokens"):
        options: Options | None = ALL
        for _ in range(len(EFFORTS) + 4):
            assert options is not None
            fault = UnsupportedParameter(
                name, options.sent(REQUEST).get(name), said, TransportError("x")
            )
            options = options.without(fault)
            if options is None:
                break
        assert options is None


def test_a_field_of_the_error_names_the_parameter() -> None:
    sent = ALL.sent(REQUEST)
    for name in sent:
        fault = fault_of(HERE, status=400, error={"message": "No.", "param": name}, sent=sent)
        assert isinstance(fault, UnsupportedParameter)
        assert (fault.parameter, fault.value) == (name, sent[name])


def test_where_no_provider_takes_them_all_the_dearest_is_left_out_last() -> None:
    """OpenRouter with `require_parameters`: it does not say which one is too many."""
    said = "No endpoints found that can handle the requested parameters."
    options, lost = ALL, []
    while (left := refused(said, options, status=404, openrouter=True)) is not None:
        gone = set(options.sent(REQUEST, openrouter=True)) - set(
            left.sent(REQUEST, openrouter=True)
        )
        lost += sorted(gone) or [f"reasoning {options.effort}"]
        options = left
    assert lost[:2] == ["response_format", "temperature"]
    assert lost[-1] == "max_tokens"


def test_what_another_task_has_learnt_meanwhile_is_not_learnt_twice() -> None:
    error = TransportError("x")
    value = UnsupportedParameter("reasoning_effort", "minimal", "Supported: low", error)
    assert same(ALL.without(value)) == ALL._replace(effort="low")
    assert ALL._replace(effort="low").without(value) is None
    assert ALL._replace(effort=None).without(value) is None
    old = UnsupportedParameter("max_tokens", 100, "use max_completion_tokens", error)
    assert ALL._replace(limit="max_completion_tokens").without(old) is None
    assert ALL._replace(limit=None).without(Exhausted(ReplyError("x"))) is None


def test_the_extra_members_of_a_body() -> None:
    assert checked_extra(None, None, openrouter=False) == {}
    assert checked_extra({"seed": 7}, {"sort": "price"}, openrouter=True) == {
        "seed": 7,
        "provider": {"sort": "price"},
        "usage": {"include": True},
    }
    for name in ("messages", "model", "stream", "n"):
        with pytest.raises(ConfigError, match=f"`extra_body` holds `{name}`"):
            checked_extra({name: 1}, None, openrouter=False)
