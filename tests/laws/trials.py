"""How often a law is tried: always the same cases, bounded by their number and never by time."""

from __future__ import annotations

from hypothesis import HealthCheck, settings


def trials(count: int) -> settings:
    """Settings for `count` cases; a slow machine tries the very same ones."""
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
