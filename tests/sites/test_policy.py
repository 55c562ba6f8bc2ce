"""What becomes of front matter keys, per layout and locale."""

from __future__ import annotations

import pytest

from translate_pipeline.article import DEFAULT_KEYS
from translate_pipeline.errors import ConfigError
from translate_pipeline.locale import parse_locale
from translate_pipeline.sites import all_layouts, find
from translate_pipeline.sites.policy import Policy, instruction_of, policy_of

DE, AR, HANT = parse_locale("de"), parse_locale("ar"), parse_locale("hant")


def test_defaults() -> None:
    policy = Policy()
    assert policy.keys == DEFAULT_KEYS
    assert policy.values_for(DE) == {"lang": "de"}
    assert policy.values_for(AR) == {"lang": "ar"}


def test_values_and_generator_keys() -> None:
    policy = Policy(
        values={"audio": False, "rank": 1.5, "ref": "own"},
        generator={"hreflang": "{tag}", "ref": "x-{locale}", "locale": "{locale}"},
    )
    assert policy.values_for(HANT) == {
        "hreflang": "zh-Hant-HK",
        "ref": "own",
        "locale": "hant",
        "audio": False,
        "rank": 1.5,
        "lang": "hant",
    }


def test_right_to_left() -> None:
    policy = Policy(rtl_dir=True)
    assert policy.values_for(AR) == {"dir": "rtl", "lang": "ar"}
    assert policy.values_for(DE) == {"lang": "de"}
    assert Policy(rtl_dir=True, values={"dir": "auto"}).values_for(AR)["dir"] == "auto"


def test_translated_keys() -> None:
    policy = Policy(
        translate=("title", "description", "hero.text", "hero.link", "lang", "summary"),
        values={"description": "fixed"},
        drop=("summary",),
        keep=("hero.link",),
    )
    assert policy.keys == ("title", "hero.text")
    assert Policy(translate=("title", "hero.text"), drop=("hero",)).keys == ("title",)


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        ({"drop": ("audio",), "values": {"audio": False}}, "both in `drop` and in `values`"),
        ({"drop": ("lang",)}, "every target needs"),
        ({"drop": ("translated",)}, "every target needs"),
        ({"drop": ("ref",), "generator": {"ref": "{locale}"}}, "every target needs"),
        ({"values": {"lang": "de"}}, "use `aliases`"),
        ({"values": {"translated": True}}, "it is a translation"),
    ],
)
def test_contradictions(policy: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Policy(**policy)  # type: ignore[arg-type]


def test_of_a_layout() -> None:
    layout = find("jekyll-user")
    policy = policy_of(layout, values={"audio": False}, drop=("prompt",))
    assert policy.values_for(DE) == {"lang": "de", "audio": False}
    assert policy.drop == ("prompt",)
    assert policy.keys == DEFAULT_KEYS
    kept = layout.keep[0]
    assert kept not in policy_of(layout).keys
    assert kept in policy_of(layout, translate=("title", kept)).keys
    assert policy_of(None) == Policy()


def test_every_layout_has_a_policy() -> None:
    for layout in all_layouts():
        policy = policy_of(layout)
        assert "title" in policy.keys, layout.name
        assert policy.values_for(DE)["lang"] == "de", layout.name
        assert not any("{" in str(value) for value in policy.values_for(DE).values())


@pytest.mark.parametrize(
    ("metadata", "wanted"),
    [
        ({"prompt": " Keep the tone.\n"}, "Keep the tone."),
        ({"prompt": "{lang} %s"}, "{lang} %s"),
        ({"prompt": ""}, ""),
        ({"prompt": None}, ""),
        ({"prompt": ["a"]}, ""),
        ({"prompt": 3}, ""),
        ({"title": "x"}, ""),
        ({}, ""),
    ],
)
def test_instruction(metadata: dict[str, object], wanted: str) -> None:
    assert instruction_of(metadata) == wanted
