"""One answer, one form of address: the rarer form is reported, and nothing where there is one."""

from __future__ import annotations

import pytest

from tests.shared import require_shared
from translate_pipeline.batch_checks import address
from translate_pipeline.locale import load_style, parse_locale
from translate_pipeline.model import Brief, Kind, Segment

EN = load_style(parse_locale("en"))


def reported(targets: list[str], to: str) -> list[int]:
    segments = [Segment(i, Kind.PARAGRAPH, "x", 0, 0) for i in range(1, len(targets) + 1)]
    brief = Brief(load_style(parse_locale(to)), EN)
    found = list(address.check(segments, dict(enumerate(targets, 1)), {}, brief))
    assert all(finding.severity == "warning" for finding in found)
    return [finding.segment for finding in found]


@pytest.mark.parametrize(
    ("to", "targets", "numbers"),
    [
        ("de", ["Wenn Sie das tun", "Hier sehen Sie es", "Nun kannst du gehen"], [3]),
        ("de", ["Wenn du das tust", "Hier siehst du es", "Nun können Sie gehen"], [3]),
        ("de", ["Wenn Sie das tun", "Nun kannst du gehen"], [2]),
        ("de", ["Wenn Sie das tun", "Hier sehen Sie es"], []),
        ("de", ["Sie sind da. Sie gehen", "Nun kannst du gehen"], []),  # `they`, perhaps
        ("de", ["Wenn Sie das tun", "Er sagt „kannst du“ dazu"], []),  # a quotation
        ("de", ["Wenn Sie das tun", "Nun `du` nutzen"], []),
        ("fr", ["Si vous voulez", "Quand vous allez", "Si tu veux"], [3]),
        ("zh", ["您可以", "您的", "你的"], [3]),
        ("ru", ["если вы хотите", "что вам нужно", "если ты хочешь"], [3]),
        ("ja", ["あなたは", "君は"], []),  # no lists
    ],
)
def test_the_rarer_form_is_reported(to: str, targets: list[str], numbers: list[int]) -> None:
    assert reported(targets, to) == numbers


def test_the_sentence_names_both_forms() -> None:
    segments = [Segment(i, Kind.PARAGRAPH, "x", 0, 0) for i in (1, 2, 3)]
    brief = Brief(load_style(parse_locale("de")), EN)
    targets = {1: "Wenn Sie gehen", 2: "Falls Sie gehen", 3: "Nun kannst du gehen"}
    (finding,) = address.check(segments, targets, {}, brief)
    assert finding.message == "addresses the reader informally, the rest of the answer formally"


@pytest.mark.slow
def test_published_articles_keep_to_one_form() -> None:
    require_shared("pairs")
    from benchmarks.fixes import published

    articles: dict[str, list[tuple[Segment, str]]] = {}
    styles = {}
    for pair, asked, target, style in published():
        articles.setdefault(pair, []).append((asked, target))
        styles[pair] = style
    mixed = {
        pair
        for pair, texts in articles.items()
        if list(
            address.check(
                [asked for asked, _ in texts],
                {asked.id: target for asked, target in texts},
                {},
                Brief(styles[pair], EN),
            )
        )
    }
    assert len(articles) > 70
    assert {pair.rpartition("__")[2] for pair in mixed} == {"multi-agent-basics"}
