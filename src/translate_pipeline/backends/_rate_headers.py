"""Takes the headers of an answer, gives what they tell of requests and tokens left.

The law: nothing is believed that cannot be. A limit of 0 or -1 (some Azure set-ups), text that
is no number or a time that is long over is as if it were not there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

__all__ = ["Told", "rates_told"]

# `6m0s`, `1.5s`, `120ms`, `1h2m3s`: OpenAI, Groq and many that copy them. A number alone is
# seconds. Nine digits are thirty years.
_DURATION = re.compile(
    r"(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m(?!s))?(?:(\d{1,9}(?:\.\d{1,9})?)s)?"
    r"(?:(\d{1,9}(?:\.\d{1,9})?)ms)?"
)
_UNITS = (86_400.0, 3_600.0, 60.0, 1.0, 0.001)
# Numbers above are points in time: seconds since 1970, or milliseconds (OpenRouter).
_EPOCH = 1e9
_EPOCH_MS = 1e12
_LONGEST = 32 * 86_400.0


class Told(NamedTuple):
    """What an answer tells of one limit. `reset` is in seconds from now.

    `refills`: the limit fills up steadily and is full at `reset` (OpenAI); else all of it
    comes back at `reset` and nothing before (OpenRouter).
    """

    limit: float | None
    remaining: float
    reset: float | None
    refills: bool


def rates_told(
    headers: Mapping[str, str], *, now: datetime | None = None
) -> tuple[Told | None, Told | None]:
    """The limits of requests and of tokens; None where an answer says nothing of it.

    `headers` must have lower-case keys. A point in time is measured from the answer's `date`.

    >>> rates_told({"x-ratelimit-limit-requests": "500", "x-ratelimit-remaining-requests": "499",
    ...             "x-ratelimit-reset-requests": "120ms"})[0]
    Told(limit=500.0, remaining=499.0, reset=0.12, refills=True)
    """
    tokens = _told(headers, "-tokens", now)
    return _told(headers, "-requests", now) or _told(headers, "", now), tokens


def _told(headers: Mapping[str, str], suffix: str, now: datetime | None) -> Told | None:
    remaining = _number(headers.get(f"x-ratelimit-remaining{suffix}"))
    if remaining is None:
        return None
    limit = _number(headers.get(f"x-ratelimit-limit{suffix}"))
    if limit is not None and limit < 1:
        return None
    if limit is None and remaining < 1 and suffix:
        return None  # 0 of nobody knows how many
    reset = _reset(headers.get(f"x-ratelimit-reset{suffix}", ""), headers, now)
    return Told(
        limit,
        remaining if limit is None else min(remaining, limit),
        reset,
        refills=bool(suffix),
    )


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0 else None


def _reset(text: str, headers: Mapping[str, str], now: datetime | None) -> float | None:
    number = _number(text)
    if number is None:
        match = _DURATION.fullmatch(text.strip())
        if match is None or not text.strip():
            return None
        parts = zip(match.groups(), _UNITS, strict=True)
        number = sum(float(part) * unit for part, unit in parts if part)
    elif number >= _EPOCH:
        seconds = number / 1000 if number >= _EPOCH_MS else number
        number = max(0.0, seconds - _sent(headers, now).timestamp())
    return number if number <= _LONGEST else None


def _sent(headers: Mapping[str, str], now: datetime | None) -> datetime:
    """The server's own clock, so that a wrong one on either side does not matter."""
    try:
        date = parsedate_to_datetime(headers.get("date", ""))
    except (ValueError, OverflowError):
        return now or datetime.now(UTC)
    return date if date.tzinfo else date.replace(tzinfo=UTC)
