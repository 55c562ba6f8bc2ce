"""Where a construct's title is prose, and where it is shown as it is written."""

from __future__ import annotations

import pytest

from translate_pipeline.article import parse

PROSE = {
    "on its line": '{{< a title="B" >}}\n',
    "in a paragraph": 'c {{< a title="B" >}} d\n',
    "far right below a paragraph": 'c\n      {{< a title="B" >}}\n',
    "in an item": '- {{< a title="B" >}}\n',
    "in a deep item": '- c\n  - d\n    - e\n\n      {{< a title="B" >}}\n',
    "in a quotation": '> {{< a title="B" >}}\n',
    "in a cell": '| {{< a title="B" >}} | c |\n|---|---|\n',
    "in an HTML block": '<div>\n{{< a title="B" >}}\n</div>\n',
    "below a tag": '<div>\n\n    c\n\n</div>\n\n{{< a title="B" >}}\n',
    "behind a less-than sign": 'c < d {{< a title="B" >}}\n',
    "in a heading": '# c {{< a title="B" >}}\n',
    "in an image's words": '![c {{< a title="B" >}}](d)\n',
}

NO_PROSE = {
    "indented code": '    {{< a title="B" >}}\n',
    "indented by a tab": 'c\n\n\t{{< a title="B" >}}\n',
    "indented code in an item": '- c\n\n      {{< a title="B" >}}\n',
    "indented code in a quotation": '>     {{< a title="B" >}}\n',
    "a fence": '```\n{{< a title="B" >}}\n```\n',
    "a code span": 'c `{{< a title="B" >}}` d\n',
    "a formula": 'c ${{< a title="B" >}}$ d\n',
    "a link's target": '[c]({{< a title="B" >}})\n',
    "an image's": '![c]({{< a title="B" >}})\n',
    "a definition's": '[c]\n\n[c]: {{< a title="B" >}}\n',
    "an address": '<https://c.d/{{< a title="B" >}}>\n',
    "an inline tag": 'c <b class="{{< a title="B" >}}">d</b>\n',
    "a tag of a block": '<div class="{{< a title="B" >}}">\nc\n</div>\n',
    "a comment": '<!-- {{< a title="B" >}} -->\n',
}


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE.keys())
def test_prose(text: str) -> None:
    assert "B" in [segment.text for segment in parse(text, "hugo").segments]


@pytest.mark.parametrize("text", NO_PROSE.values(), ids=NO_PROSE.keys())
def test_no_prose(text: str) -> None:
    assert "B" not in [segment.text for segment in parse(text, "hugo").segments]
