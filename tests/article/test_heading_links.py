"""Links that name a heading by its words: after a translation they lead to the same heading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.article.dialects.laws import loud, proven
from translate_pipeline.article import merge, parse, prove
from translate_pipeline.article.dialects import find
from translate_pipeline.article.heading_links import canonical, headings
from translate_pipeline.errors import StructureError

#: why → (before, after in capitals)
CASES = {
    "a link to a heading above, and below": (
        "# One two\n\nSee [[#One two]] or [[#Three]].\n\n## Three\n",
        "# ONE TWO\n\nSEE [[#ONE TWO]] OR [[#THREE]].\n\n## THREE\n",
    ),
    "its alias is prose, too": (
        "# One\n\n[[#One|this *part*]], ![[#One]]\n",
        "# ONE\n\n[[#ONE|THIS *PART*]], ![[#ONE]]\n",
    ),
    "alone, and in a table": (
        "# One\n\n[[#One]]\n\n| a |\n|---|\n| [[#One\\|b]] |\n",
        "# ONE\n\n[[#ONE]]\n\n| A |\n|---|\n| [[#ONE\\|B]] |\n",
    ),
    "one heading below another": (
        "# One\n\n## Two\n\n# Three\n\n## Two\n\na [[#Three#Two]]\n",
        "# ONE\n\n## TWO\n\n# THREE\n\n## TWO\n\nA [[#THREE#TWO]]\n",
    ),
    "signs and case do not count": (
        "# One: *two* `code`\n\na [[#one two code]]\n",
        "# ONE: *TWO* `code`\n\nA [[#one two code]]\n",
    ),
    "another note's, a block, a heading that is not there, code": (
        "# One\n\na [[Note#One]] [[#^one]] [[#Two]] `[[#One]]`\n",
        "# ONE\n\nA [[Note#One]] [[#^one]] [[#Two]] `[[#One]]`\n",
    ),
}


@pytest.mark.parametrize("front", ["", "---\ntags: [a]\n---\n"])
@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES.keys())
def test_links_to_headings(before: str, after: str, front: str) -> None:
    """Capitals are the same words to Obsidian, so here the words are others as well."""
    assert loud(front + before, "obsidian").casefold() == (front + after).casefold()
    article, output = proven(front + before, "obsidian")
    assert prove(article, output.encode()) == ""


def test_the_words_of_the_new_heading() -> None:
    article = parse("---\ntitle: a\n---\n# One\n\nSee [[#One]] and [[#One|it]].\n", "obsidian")
    number = {segment.text: segment.id for segment in article.segments}
    output = merge(article, {number["One"]: "Eins: das #1 | [x]"}, {"lang": "de"})
    assert output.endswith(
        "# Eins: das #1 | [x]\n\nSee [[#Eins das 1 x]] and [[#Eins das 1 x|it]].\n"
    )
    assert merge(parse(output, "obsidian"), {}, {}) == output


def test_two_headings_that_become_one() -> None:
    """A link to the second would lead to the first."""
    article = parse("# One\n\n# Two\n\nSee [[#Two]].\n", "obsidian")
    with pytest.raises(StructureError):
        merge(article, {1: "Eins", 2: "Eins"}, {})


WORDS = st.text("abÀß :#[]|^*`&-", max_size=8)


@given(st.lists(WORDS, min_size=1, max_size=5), st.lists(WORDS, max_size=5))
def test_the_same_heading_before_and_after(titles: list[str], links: list[str]) -> None:
    text = "\n\n".join([*(f"# {t}" for t in titles), *(f"c [[#{link}]] d" for link in links)])
    article, output = proven(text + "\n", "obsidian")
    dialect = find("obsidian")
    found = []
    for one in (article, parse(output, "obsidian")):
        body = one.source[one.body :]
        masks = [body[mask.start : mask.end] for mask in one.shadow.masks]
        found.append(canonical(masks, headings(one.shadow, body, dialect), dialect))
    assert [b"\0" in link for link in found[0]] == [b"\0" in link for link in found[1]]
