"""Nothing in, the kinds of fault by what is expected of them out.

The law: every kind that the loopback server knows is in exactly one group of `GROUPS`.
"""

from __future__ import annotations

from tests.servers.faults import ANSWER_FAULTS, BODY_FAULTS, LINE_FAULTS, SEGMENT_FAULTS
from tests.servers.silent_faults import SILENT_FAULTS

__all__ = ["ENDING", "GROUPS", "ISSUE", "LOCALES", "SILENT"]

#: The kinds of the first issue, which `tests/test_faults.py` holds on to.
ISSUE = (
    "chatter", "fence", "placeholder_dropped", "placeholder_doubled", "placeholder_altered",
    "segment_missing", "two_merged", "truncated_length", "truncated_silent", "echo",
    "wrong_language", "refusal", "empty", "null", "malformed", "heading_marks_added",
    "code_changed", "link_changed", "extra_paragraph", "list_marker_lost",
)  # fmt: skip

#: Every number and mark is there, and the words are wrong or not where they belong.
SILENT = frozenset({*SILENT_FAULTS, "emphasis_lost", "shifted", "split_shifted", "two_swapped"})

#: The endpoint says that asking again is of no use, for this request or for all.
ENDING = frozenset((
    "http_400", "http_401", "http_402", "http_403", "http_404", "http_413_html", "redirect",
    "http_503_final", "error_200_credit", "http_429_quota", "http_429_hour",
))  # fmt: skip

#: Kinds that only strike in some languages.
LOCALES = {"variant_simplified": ("zh-Hant",), "variant_traditional": ("zh-Hans",)}

_TEXT = (*SEGMENT_FAULTS, *LINE_FAULTS)
GROUPS: dict[str, tuple[str, ...]] = {
    "text": tuple(kind for kind in _TEXT if kind not in SILENT),
    "silent": tuple(kind for kind in _TEXT if kind in SILENT),
    "answer": tuple(ANSWER_FAULTS),
    "transport": tuple(kind for kind in BODY_FAULTS if kind not in ENDING),
    "ending": tuple(kind for kind in BODY_FAULTS if kind in ENDING),
}
