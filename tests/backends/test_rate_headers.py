"""What headers of answers tell of requests and tokens left, and what is not believed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.backends._rate_headers import Told, rates_told

NOW = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)
MS = int(NOW.timestamp() * 1000)


def requests(limit: str = "", remaining: str = "", reset: str = "") -> dict[str, str]:
    named = {"limit": limit, "remaining": remaining, "reset": reset}
    return {f"x-ratelimit-{key}-requests": value for key, value in named.items() if value}


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({}, None),
        (requests("500", "499", "120ms"), Told(500, 499, 0.12, True)),
        (requests("500", "0", "6m0s"), Told(500, 0, 360, True)),
        (requests("14400", "14370", "2m59.56s"), Told(14400, 14370, 179.56, True)),
        (requests("10", "1", "1h2m3s"), Told(10, 1, 3723, True)),
        (requests("10", "1", "1d"), Told(10, 1, 86400, True)),
        (requests("10", "1", "7"), Told(10, 1, 7, True)),
        (requests("10", "1"), Told(10, 1, None, True)),
        (requests("", "100"), Told(None, 100, None, True)),  # Azure
        (requests("10", "50", "1s"), Told(10, 10, 1, True)),
        # Nothing to believe:
        (requests("-1", "-1", "0"), None),
        (requests("0", "0", "0"), None),
        (requests("", "0"), None),
        (requests("", "-1"), None),
        (requests("many", "few", "soon"), None),
        (requests("10", "1", "soon"), Told(10, 1, None, True)),
        (requests("10", "1", "-3s"), Told(10, 1, None, True)),
        (requests("10", "1", "9" * 400 + "s"), Told(10, 1, None, True)),
        (requests("10", "1", "nan"), Told(10, 1, None, True)),
        (requests("10", "1", "999d"), Told(10, 1, None, True)),
    ],
)
def test_requests(headers: dict[str, str], told: Told | None) -> None:
    assert rates_told(headers, now=NOW) == (told, None)


@pytest.mark.parametrize(
    ("reset", "date", "seconds"),
    [
        (str(MS + 30_000), "", 30.0),
        (str(MS // 1000 + 30), "", 30.0),
        ("30", "", 30.0),
        (str(MS - 30_000), "", 0.0),
        # The server's clock is an hour ahead of ours.
        (str(MS + 3_600_000 + 5_000), "Tue, 24 Nov 2026 13:00:00 GMT", 5.0),
        (str(MS + 5_000), "Tue, 99 Nov 2026 13:00:00 GMT", 5.0),
    ],
)
def test_openrouter_tells_a_point_in_time(reset: str, date: str, seconds: float) -> None:
    headers = {
        "x-ratelimit-limit": "20",
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": reset,
        "date": date,
    }
    assert rates_told(headers, now=NOW) == (Told(20, 0, seconds, False), None)


def test_tokens() -> None:
    headers = {
        "x-ratelimit-limit-tokens": "40000",
        "x-ratelimit-remaining-tokens": "39000",
        "x-ratelimit-reset-tokens": "1.5s",
    }
    assert rates_told(headers) == (None, Told(40000, 39000, 1.5, True))


@given(
    st.dictionaries(
        st.sampled_from(
            [f"x-ratelimit-{a}{b}" for a in ("limit", "remaining", "reset") for b in
             ("", "-requests", "-tokens")] + ["date"]
        ),
        st.text(max_size=30) | st.from_regex(r"[0-9dhms.\-]{0,20}", fullmatch=True),
    )
)  # fmt: skip
def test_law_any_header_is_taken(headers: dict[str, str]) -> None:
    for told in rates_told(headers, now=NOW):
        if told is not None:
            assert told.remaining >= 0
            assert told.limit is None or told.limit >= told.remaining
            assert told.reset is None or 0 <= told.reset <= 32 * 86_400
