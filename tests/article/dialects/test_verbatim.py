"""What a real parser showed us to damage once: each with the text that showed it."""

from __future__ import annotations

import pytest

from tests.article.dialects.laws import loud

#: name: (dialect, before, after with the prose in capitals)
CASES = {
    "the label of a reference is the source's, not what the parser saw": (
        "docfx",
        "See [@name][] there.\n\n[@name]: https://x.example\n",
        "SEE [@name][] THERE.\n\n[@name]: https://x.example\n",
    ),
    "a link to the top is no link to a heading": (
        "hugo",
        "# Head {#my-id}\n\nA [link](#) here.\n",
        "# HEAD {#my-id}\n\nA [LINK](#) HERE.\n",
    ),
    "an attribute in highlighted code is code": (
        "hugo",
        '{{< highlight html >}}<a title="b c">d e</a>{{< /highlight >}}\n\nProse.\n',
        '{{< highlight html >}}<a title="b c">d e</a>{{< /highlight >}}\n\nPROSE.\n',
    ),
    "an attribute in raw text is not read": (
        "hexo",
        '{% raw %}<a title="b c">{{ x }}</a>{% endraw %}\n\nProse.\n',
        '{% raw %}<a title="b c">{{ x }}</a>{% endraw %}\n\nPROSE.\n',
    ),
}


@pytest.mark.parametrize(("dialect", "before", "after"), CASES.values(), ids=CASES)
def test_what_once_was_damaged(dialect: str, before: str, after: str) -> None:
    assert loud(before, dialect) == after
