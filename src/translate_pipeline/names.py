"""A target equal to its source in, whether that is right because it is a name, out.

"Docker", "GitHub Actions" and "HTTP/3" stay as they are in every language; "References"
does not. What the model kept inside the prose of other segments it holds for a name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from translate_pipeline.model import Segment

__all__ = ["is_name"]

_WORD = re.compile(r"[^\W_]+")


def is_name(segment: Segment, target: str, targets: Mapping[int, str]) -> bool:
    """True when every word of `target` is a name by its form or by use.

    By form: a digit or a capital inside (`HTTP`, `GitHub`, `v2`). By use: the word stands,
    spelt the same, in the accepted target of another segment (`targets` by id).
    """
    words = _WORD.findall(target)
    if not words:
        return True
    others = [text for number, text in targets.items() if number != segment.id]
    return all(
        any(char.isdigit() or char.isupper() for char in word[1:])
        or any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for text in others)
        for word in words
    )
