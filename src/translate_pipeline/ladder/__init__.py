"""Segments in, accepted targets or refusals out: the only loop of the pipeline.

The law: a target is accepted when every check passes and it can take its segment's place, and
what it costs to get there is bounded. `climb` is the loop, `judge` says what is acceptable,
`Experience` is what a run learns of its models on the way.
"""

from __future__ import annotations

from translate_pipeline.ladder.ask import Outcome
from translate_pipeline.ladder.climb import ATTEMPTS_ALONE, climb
from translate_pipeline.ladder.experience import Experience
from translate_pipeline.ladder.judge import judge

__all__ = ["ATTEMPTS_ALONE", "Experience", "Outcome", "climb", "judge"]
