"""GitHub Docs: each construct before and after; its Liquid changes nothing in other articles."""

from __future__ import annotations

import pytest

from tests.article.dialects.laws import corpus, covered, loud
from translate_pipeline.article import merge, parse
from translate_pipeline.errors import SegmentError

#: why → (before, after in capitals)
CASES = {
    "a variable": (
        "On {% data variables.product.github %} text.\n",
        "ON {% data variables.product.github %} TEXT.\n",
    ),
    "a reusable on its line": (
        "{% data reusables.repositories.navigate %}\n1. Text\n{%- data reusables.a -%}\n1. Text\n",
        "{% data reusables.repositories.navigate %}\n1. TEXT\n{%- data reusables.a -%}\n1. TEXT\n",
    ),
    "versions, on lines and in one": (
        "{% ifversion fpt or ghes > 3.1 %}\ntext\n{% else %}\ntext\n{% endif %}\n\n"
        "Is{% ifversion ghes %} text{% endif %}.\n",
        "{% ifversion fpt or ghes > 3.1 %}\nTEXT\n{% else %}\nTEXT\n{% endif %}\n\n"
        "IS{% ifversion ghes %} TEXT{% endif %}.\n",
    ),
    "versions in a table": (
        "| a | b |\n|---|---|\n{% ifversion ghes %}\n| c | d |\n{% endif %}\n",
        "| A | B |\n|---|---|\n{% ifversion ghes %}\n| C | D |\n{% endif %}\n",
    ),
    "the site writes the title of a link": (
        'See "[AUTOTITLE](/a/b#c)" and [Text](/a).\n',
        'SEE "[AUTOTITLE](/a/b#c)" AND [TEXT](/a).\n',
    ),
    "an icon's label is prose": (
        'Click {% octicon "gear" aria-label="The gear" %} text.\n',
        'CLICK {% octicon "gear" aria-label="THE GEAR" %} TEXT.\n',
    ),
    "a variable in a target": (
        "A [b]({% data variables.url %}/c) d.\n",
        "A [B]({% data variables.url %}/c) D.\n",
    ),
    "Liquid is live in code": (
        "```shell\ngit clone {% data variables.a %}\n```\n\n`{{ a }}` text\n",
        "```shell\ngit clone {% data variables.a %}\n```\n\n`{{ a }}` TEXT\n",
    ),
    "tabs and notes": (
        "{% webui %}\n\n1. text\n\n{% endwebui %}\n\n{% note %}\n\ntext\n\n{% endnote %}\n",
        "{% webui %}\n\n1. TEXT\n\n{% endwebui %}\n\n{% note %}\n\nTEXT\n\n{% endnote %}\n",
    ),
    "raw text is none": (
        "{% raw %}${{ a }} text{% endraw %} text\n",
        "{% raw %}${{ a }} text{% endraw %} TEXT\n",
    ),
    "an alert": ("> [!NOTE]\n> Text.\n", "> [!NOTE]\n> TEXT.\n"),
    "a heading": (
        "## Text {% data variables.a %}\n\ntext\n",
        "## TEXT {% data variables.a %}\n\nTEXT\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES.keys())
def test_constructs(before: str, after: str) -> None:
    assert loud(before, "github_docs") == after


def test_a_label_may_not_end_its_string() -> None:
    article = parse('Text {% octicon "a" aria-label="b" %}.\n', "github_docs")
    with pytest.raises(SegmentError, match="would end the text"):
        merge(article, {2: 'a "b"'}, {})


def test_sample() -> None:
    covered(corpus("readme", sample=40), "github_docs")


@pytest.mark.slow
def test_everything() -> None:
    covered(corpus("readme", "misc", "jekyll"), "github_docs")
