"""A second model looks at new translations; what it finds is told, what it corrects is judged.

The law: a proposal never replaces a target that it is not better than by every check there is;
a reviewer that talks nonsense changes nothing.
"""

from translate_pipeline.review.review import Critic, Reviewed, Reviewer
from translate_pipeline.review.verdict import Verdict, read_verdict

__all__ = ["Critic", "Reviewed", "Reviewer", "Verdict", "read_verdict"]
