"""DocFX: each construct before and after, and the laws over real pages."""

from __future__ import annotations

import pytest

from tests.article.dialects.laws import corpus, covered, loud
from translate_pipeline.article import merge, parse
from translate_pipeline.errors import SegmentError

#: why → (before, after in capitals)
CASES = {
    "an alert": ("> [!NOTE]\n> Text\n> more.\n", "> [!NOTE]\n> TEXT MORE.\n"),
    "an alert of DocFX alone, and in a list": (
        "> [!SUCCESS]\n> Text.\n\n- a\n\n  > [!TIP]\n  > b\n",
        "> [!SUCCESS]\n> TEXT.\n\n- A\n\n  > [!TIP]\n  > B\n",
    ),
    "an alert below text": ("Text\n> [!NOTE]\n> Text.\n", "TEXT\n> [!NOTE]\n> TEXT.\n"),
    "a div": (
        '> [!div class="checklist"]\n> * one\n> * two\n',
        '> [!div class="checklist"]\n> * ONE\n> * TWO\n',
    ),
    "a video": ("> [!Video https://a.b/c]\n\ntext\n", "> [!Video https://a.b/c]\n\nTEXT\n"),
    "an include on its line and in one": (
        "[!INCLUDE [Shown nowhere](../a.md)]\n\nIs [!INCLUDE[a](b.md)] text.\n",
        "[!INCLUDE [Shown nowhere](../a.md)]\n\nIS [!INCLUDE[a](b.md)] TEXT.\n",
    ),
    "code from a file": (
        "[!code-csharp[Main](a.cs?name=b&highlight=2)]\n\ntext\n",
        "[!code-csharp[Main](a.cs?name=b&highlight=2)]\n\nTEXT\n",
    ),
    "triple colons: code": (
        ':::code language="csharp" source="~/a.cs" range="1-2":::\n\ntext\n',
        ':::code language="csharp" source="~/a.cs" range="1-2":::\n\nTEXT\n',
    ),
    "triple colons: an image's description is prose": (
        'text\n:::image type="content" source="a.png" alt-text="A ::: b":::\ntext\n',
        'TEXT\n:::image type="content" source="a.png" alt-text="A ::: B":::\nTEXT\n',
    ),
    "triple colons in a line": (
        'Is :::no-loc text="Word"::: text.\n',
        'IS :::no-loc text="Word"::: TEXT.\n',
    ),
    "monikers and zones": (
        '::: moniker range=">=a-1"\ntext\n::: moniker-end\n\n:::row:::\ntext\n:::row-end:::\n',
        '::: moniker range=">=a-1"\nTEXT\n::: moniker-end\n\n:::row:::\nTEXT\n:::row-end:::\n',
    ),
    "tabs": (
        "# [Linux text](#tab/linux)\n\ntext\n\n# [Mac](#tab/mac/x)\n\ntext\n\n---\n",
        "# [LINUX TEXT](#tab/linux)\n\nTEXT\n\n# [MAC](#tab/mac/x)\n\nTEXT\n\n---\n",
    ),
    "cross-references": (
        'A <xref:System.String?text=a>, [b](xref:c.d), @System.String and @"a b?text=c".\n',
        'A <xref:System.String?text=a>, [B](xref:c.d), @System.String AND @"a b?text=c".\n',
    ),
    "a cross-reference as HTML": (
        'A <xref href="System.String" data-throw-if-not-resolved="false"/> text.\n',
        'A <xref href="System.String" data-throw-if-not-resolved="false"/> TEXT.\n',
    ),
    "an image in a link is none of these": (
        "[![Text](a.png)](b)\n",
        "[![TEXT](a.png)](b)\n",
    ),
    "what is shown as code": (
        "`[!NOTE]` and `@a` text\n\n```\n:::code a:::\n```\n",
        "`[!NOTE]` AND `@a` TEXT\n\n```\n:::code a:::\n```\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES.keys())
def test_constructs(before: str, after: str) -> None:
    assert loud(before, "docfx") == after


def test_a_description_may_not_end_its_string() -> None:
    article = parse(':::image source="a.png" alt-text="b":::\n', "docfx")
    with pytest.raises(SegmentError, match="would end the text"):
        merge(article, {1: 'a "b"'}, {})


def test_the_old_id_of_a_heading() -> None:
    article = parse("[a](#one)\n\n## One\n", "docfx")
    assert merge(article, {2: "Eins"}, {}) == '[a](#one)\n\n## <a id="one"></a>Eins\n'


def test_sample() -> None:
    covered(corpus("docfx", sample=40), "docfx")


@pytest.mark.slow
def test_everything() -> None:
    covered(corpus("docfx", "misc"), "docfx")
