"""Nothing in, the reasons why kinds of fault miss a target out.

The law: a reason says what would have to be different; `_fault_page.py` prints it only where
the numbers miss, and says so where there is none.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["WHY"]

_PLACES = (
    "texts in wrong places cost up to a whole answer, for all behind the first are doubted; and"
    " the second such answer within 20 halves the model's requests (12 texts at least), so that"
    " later articles pay for their instructions twice. A real model confuses less in smaller"
    " requests; this server goes on at the same rate."
)
_WHOLE = (
    "nothing of the answer can be used, so it costs a whole answer again; at 50 % half of the"
    " repairs fail in the same way, and theirs."
)

WHY: Mapping[str, str] = {
    **dict.fromkeys(("ids_shifted", "id_doubled", "shifted", "split_shifted"), _PLACES),
    "two_swapped": (
        "where neither numbers, names nor lengths tell two neighbours apart, a swap is not seen;"
        f" where it is, {_PLACES}"
    ),
    **dict.fromkeys(
        ("refusal", "exhausted", "content_filter", "json_instead", "null", "truncated_length",
         "truncated_silent"),
        _WHOLE,
    ),
    "answer_repeated": (
        "where the two versions differ, nobody knows which is right, so the whole answer is asked"
        " for again, and requests of such a model get smaller."
    ),
    "emphasis_lost": (
        "emphasis is the translator's: reviewed translations change it in 0.2 to 5 % of their"
        " texts, so it is written with a warning, and all of these files are told."
    ),
    "sentence_added": (
        "languages differ in length, and the bound of `length` leaves room for a sentence in a"
        " long text. To find it, the text must be understood (`review`)."
    ),
    "negation_lost": "to find it, both languages must be understood (`review`).",
    "number_changed": (
        "a number that stands in its text once more is not missed, nor is one below 10; else it"
        " is asked for once more, and a model that insists is believed, with a warning, for"
        " numbers are written in words."
    ),
    "sentence_dropped": (
        "`sentences` asks for half of three or more, for good translations join sentences; one of"
        " two is seen by its length alone."
    ),
    "glossary_broken": (
        "a sentence may be better off with a pronoun, so it is asked for once more, then taken"
        " with a warning; of several terms in one text, one rendering is enough."
    ),
}  # fmt: skip
