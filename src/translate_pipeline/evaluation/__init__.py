"""How good translations are: articles with references in, figures out.

The figures are for comparing one setup with another on the same articles. None of them is a
person's judgement: overlap with one reference says little about the best systems (quality.md 5.2).
"""

from translate_pipeline.evaluation.measure import Measured, measure
from translate_pipeline.evaluation.overlap import Overlap, overlap, paired
from translate_pipeline.evaluation.scores import Scores, scores

__all__ = ["Measured", "Overlap", "Scores", "measure", "overlap", "paired", "scores"]
