"""What is still in the source language: proven (error), suspected (retry), or rightly so."""

from __future__ import annotations

import pytest

from tests.checks.samples import segment, severity, verdict
from translate_pipeline.checks import untranslated
from translate_pipeline.model import Kind


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("The colour of the sky is blue.", "error"),
        ("Learn how to deploy your app.", "error"),
        ("See [the manual](u1) for more about this.", "error"),
        ("Select **Read and write permissions** for it.", "error"),
        # Only equal: names, titles of works and cognates are asked for once more.
        ("[The beginning of a new era of computing](u1)", "retry"),
        ("“To be or not to be, that is the question”", "retry"),
        ("Infrastructure as Code", "retry"),
        ("lorem ipsum dolor sit amet", "retry"),
        # All capitals outside a title, or too short: a name, for all that one segment can tell.
        ("Visual Studio Code", ""),
        ("HTTP/3", ""),
        ("Overview", ""),
        # Nothing to translate.
        ("`make` `test`", ""),
        ("3.5 %", ""),
        ("A", ""),
    ],
)
def test_a_target_that_equals_its_source(source: str, wanted: str) -> None:
    assert severity("untranslated", source, source) == wanted


def test_a_title_in_capitals_is_asked_for_once_more() -> None:
    title = "Advanced Configuration Options"
    found = verdict("untranslated", title, title, kind=Kind.HEADING)
    assert found == [("retry", f"not translated: {title!r} is the source")]
    assert verdict("untranslated", title, title, kind=Kind.TABLE_CELL) == []


def test_case_and_marks_do_not_hide_an_echo() -> None:
    source = segment("The colour of **the sky** is `blue`.")
    assert untranslated.echoes(source, "the Colour of the sky is `blue`.")
    assert not untranslated.echoes(source, "Die Farbe des Himmels ist `blue`.")


@pytest.mark.parametrize("tag", ["ja", "ar", "ru", "de", "zh-Hant"])
def test_a_paragraph_of_english_is_found_in_any_target(tag: str) -> None:
    source = "Open it with the editor that you like."
    target = "You can open the file with an editor that you like and save it for later."
    assert severity("untranslated", source, target, tag) == "error"


@pytest.mark.parametrize(
    ("target", "tag"),
    [
        ("Docker、Kubernetes、Visual Studio Code、GitHub Copilot を使う", "ja"),
        ("Mit Docker, Kubernetes, Visual Studio Code und GitHub Copilot arbeiten", "de"),
        ("Der Film „The Lord of the Rings: The Return of the King“ ist lang", "de"),
        ("Klicken Sie auf **Allow GitHub Actions to create and approve pull requests**.", "de"),
        ("Siehe [How to be a better editor of your own texts for the web](u1).", "de"),
        ("Was in der Datei ist, ist in der Datei, und das war es.", "de"),
    ],
)
def test_names_works_and_labels_may_stay(target: str, tag: str) -> None:
    source = "Work with Docker and with whatever else there is in [the list](u1)."
    assert severity("untranslated", source, target, tag) == ""


def test_a_copied_sentence_in_a_long_translation_is_found() -> None:
    copied = "it has to be the file that was made by the tool"
    source = f"Before we begin, a word of warning: {copied}."
    rest = "Bevor wir anfangen, lesen Sie bitte die folgende Warnung sehr genau durch; " * 3
    assert severity("untranslated", source, rest) == ""
    assert severity("untranslated", source, rest + copied) == "error"


@pytest.mark.parametrize(
    ("left", "wanted"),
    [
        ("Apart from that it is fine.", "error"),
        ("Most people use it every single day.", "error"),  # one common word is enough
        ("It also declares it.", ""),  # too short to be sure
        ("The Next Unit Of Computing.", ""),  # a name
    ],
)
def test_one_sentence_left_in_a_paragraph(left: str, wanted: str) -> None:
    rest = "Der Rest des Absatzes wurde sehr schön übersetzt, und zwar von vorn bis hinten. " * 2
    assert severity("untranslated", f"It begins here. {left} It ends.", rest + left) == wanted


@pytest.mark.parametrize(
    ("source", "of", "target", "to", "wanted"),
    [
        ("Das ist der Plan für die Reise.", "de", "This is the plan for the trip.", "en", ""),
        (
            "Das ist der Plan für die Reise.",
            "de",
            "Das ist der Plan für die lange Reise.",
            "en",
            "error",
        ),
        (
            "打开文件并保存到原来的位置上，然后再关闭",
            "zh-Hans",
            "Open the file, save it.",
            "en",
            "",
        ),
        (
            "打开文件并保存到原来的位置上，然后再关闭",
            "zh-Hans",
            "打开文件并保存到原来的位置上，然后再关闭",
            "ja",
            "retry",
        ),
        ("The colour is red.", "en", "The colour is red.", "en-GB", ""),
        ("打开文件并保存", "zh-Hans", "打开文件并保存", "zh-Hant", ""),  # the script check speaks
    ],
)
def test_other_source_languages(source: str, of: str, target: str, to: str, wanted: str) -> None:
    assert severity("untranslated", source, target, to, of=of) == wanted
