"""Shifted answers are noticed on published translations, and good ones are believed.

The pairs are not part of the repository. The whole table: `python -m benchmarks.alignment`.
"""

from __future__ import annotations

from collections import defaultdict

import pytest
from benchmarks.alignment import Count, answers, measure

from tests.shared import require_shared

pytestmark = pytest.mark.slow

require_shared("pairs", "MANIFEST.json")

_NOTICED = {"technical": 0.99, "plain": 0.96}  # issue 5, point 3
_ALARMS = 0.01


def test_merged_and_shifted_answers_are_noticed() -> None:
    counts: dict[str, Count] = defaultdict(Count)
    for sort in _NOTICED:
        for answer in answers(plain=sort == "plain"):
            if answer.held_out:  # nothing was fitted on these
                counts[sort] = counts[sort].plus(measure(answer))
    for sort, least in _NOTICED.items():
        count = counts[sort]
        assert count.shifted > 1_500
        assert count.found >= least * count.shifted, (sort, count)
        assert count.alarms.get("any", 0) <= _ALARMS * count.answers, (sort, count)
