"""Reference lists: recognised, kept by default, translated on request."""

from __future__ import annotations

import pytest

from translate_pipeline.article import ArticleOptions, parse
from translate_pipeline.article.references import HEADINGS, is_reference_heading
from translate_pipeline.model import Kind


@pytest.mark.parametrize(
    "heading",
    [
        "References", "## Sources".lstrip("# "), "Further reading", "3. Further Reading",
        "**Quellen:**",
        "Références", "Referencias", "参考資料", "參考資料", "المراجع", "संदर्भ", "Источники",
        "IV. Sources",
        "📚 References", "Literatur",
    ],
)  # fmt: skip
def test_headings(heading: str) -> None:
    assert is_reference_heading(heading)


@pytest.mark.parametrize(
    "heading", ["How references work", "Source code", "Preferences", "See also", "", "1."]
)
def test_no_headings(heading: str) -> None:
    assert not is_reference_heading(heading)


def test_headings_are_folded() -> None:
    assert all(heading == heading.casefold().strip() for heading in HEADINGS)


KEPT = {
    "links to other sites": "- [A work](https://a.b/)\n- [Another](http://c.d/)\n",
    "protocol-relative": "- [A work](//a.b/)\n",
    "with author and year": "- Ada Writer, [A work](https://a.b/), 2019\n",
    "autolinks": "- Work: <https://a.b/>\n",
    "numbered": "1. [A work](https://a.b/)\n2. [Another](http://c.d/)\n",
    "by reference": "- [A work][w]\n\n[w]: https://a.b/\n",
    "under the heading, own site": "# References\n\n- [A work](/a)\n- Text, [B](/b)\n",
    "under a German heading": "# Quellen\n\n- Ada Writer with a longer story to it, [B](/b)\n",
}
SENT = {
    "contents": "- [Chapter](#chapter)\n- [Next](#next)\n",
    "own site": "- [Page](/page)\n",
    "a story": "- I read [a work](https://a.b/) and liked it so much that I wrote home\n",
    "two links": "- [A](https://a.b/) and [B](https://c.d/)\n",
    "no link": "- a\n- b\n",
    "one of many": "- [A](https://a.b/)\n- no link here\n",
    "paragraph": "[A work](https://a.b/)\n",
    "under another heading": "# See also\n\n- [A work](/a)\n",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT.keys())
def test_kept(text: str) -> None:
    items = [s for s in parse(text).segments if s.kind is not Kind.HEADING]
    assert items
    assert all(s.keep and s.kind is Kind.REFERENCE for s in items)
    headings = [s for s in parse(text).segments if s.kind is Kind.HEADING]
    assert not any(s.keep for s in headings)


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT.keys())
def test_translated_on_request(text: str) -> None:
    segments = parse(text, options=ArticleOptions(references="translate")).segments
    assert not any(s.keep for s in segments)
    assert any(s.kind is Kind.REFERENCE for s in segments)


@pytest.mark.parametrize("text", SENT.values(), ids=SENT.keys())
def test_sent(text: str) -> None:
    segments = parse(text).segments
    assert segments
    assert not any(s.keep or s.kind is Kind.REFERENCE for s in segments)
