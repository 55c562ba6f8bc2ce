"""What an article costs in, how much its repairs may cost out."""

from __future__ import annotations

import pytest

from translate_pipeline.ladder.allowance import LEAST, Allowance


@pytest.mark.parametrize(("first", "most"), [(0, LEAST), (30_000, LEAST), (100_000, 50_000)])
def test_repairs_cost_half_of_the_article_and_never_less_than_a_short_one_needs(
    first: float, most: float
) -> None:
    allowance = Allowance(first)
    assert not allowance.take(most + 1)
    assert allowance.take(most - 10)
    assert not allowance.take(11)
    assert allowance.take(10)
    assert not allowance.take(1)


@pytest.mark.parametrize(
    ("requests", "stops_at"),
    [
        ([(50, 11)], 0),  # more than a fifth
        ([(50, 10)], None),  # a fifth
        ([(11, 10)], None),  # few segments, whatever their share
        ([(50, 5), (50, 5), (50, 21)], 2),  # together more than a fifth
        ([(50, 0), (50, 0), (50, 0), (50, 50)], None),  # the first three decide
    ],
)
def test_a_fifth_of_the_first_three_requests_stops_an_article(
    requests: list[tuple[int, int]], stops_at: int | None
) -> None:
    allowance = Allowance(1000)
    stops = [allowance.repaired(asked, failing) for asked, failing in requests]
    assert stops == [number == stops_at for number in range(len(requests))]
    assert allowance.stopped == (stops_at is not None)
