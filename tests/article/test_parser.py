"""Pins what the other files rely on in the parser, so that an upgrade that changes it fails here.

Every quirk of `parsing.md` 2 is one row: Markdown, and the events with their byte ranges.
"""

from __future__ import annotations

import pytest

from translate_pipeline.article import parse, parser, prove
from translate_pipeline.article.parser import BASE, MATH
from translate_pipeline.errors import ArticleError


def _events(text: str) -> list[tuple[str, object, int, int]]:
    result: list[tuple[str, object, int, int]] = []
    for event, span in parser.events(text, BASE | MATH):
        name, value = (event, None) if isinstance(event, str) else next(iter(event.items()))
        result.append((name, value, span["start"], span["end"]))
    return result


QUIRKS = {
    "the backslash of an escape belongs to no event": ("\\*a\n", ("Text", "*a", 1, 3)),
    "an entity is decoded, its range is not": ("&amp;b\n", ("Text", "&", 0, 5)),
    "text in bytes, not characters": ("é *b*\n", ("Text", "b", 4, 5)),
    "a soft break is the newline only": ("> a\n> b\n", ("SoftBreak", None, 3, 4)),
    "the text behind it starts behind the prefix": ("> a\n> b\n", ("Text", "b", 6, 7)),
    "a hard break holds its spaces and the newline": ("> a  \n> b\n", ("HardBreak", None, 3, 6)),
    "a hard break holds its backslash": ("a\\\nb\n", ("HardBreak", None, 1, 3)),
    "a tight item has no paragraph": ("- a\n", ("Text", "a", 2, 3)),
    "a footnote mark is one event": ("a[^1]\n\n[^1]: n\n", ("FootnoteReference", "1", 1, 5)),
    "a byte order mark is text": ("\ufeff# T\n", ("Text", "\ufeff# T", 0, 6)),
    "formulae hold their dollars": ("$x$ $$y$$\n", ("DisplayMath", "y", 4, 9)),
    "a code span holds its backticks": ("a ``b`` c\n", ("Code", "b", 2, 7)),
    "a partly used tab is text in an HTML block": (
        "- q\n\n   <!-- n -->\n",
        ("Text", " ", 8, 8),
    ),
}


@pytest.mark.parametrize(("markdown", "event"), QUIRKS.values(), ids=QUIRKS.keys())
def test_quirk(markdown: str, event: tuple[str, object, int, int]) -> None:
    assert event in _events(markdown)


def test_collapsed_reference_lacks_its_brackets() -> None:
    start = _events("[a][]\n\n[a]: x\n")[1]
    assert start[0] == "Start"
    assert start[2:] == (0, 3)  # and not 5
    assert isinstance(start[1], dict)
    assert start[1]["Link"]["link_type"] == "Collapsed"


def test_task_marker_precedes_its_paragraph() -> None:
    names = [(name, value, start) for name, value, start, _ in _events("- [x] a\n\n  b\n")]
    assert names.index(("Start", "Paragraph", 6)) < names.index(("TaskListMarker", True, 2))
    assert ("TaskListMarker", True, 2) in [(n, v, s) for n, v, s, _ in _events("- [x] a\n")]


def test_empty_cell_has_an_empty_range() -> None:
    cells = [e[2:] for e in _events("|a||\n|-|-|\n") if e[:2] == ("Start", "TableCell")]
    assert cells == [(1, 2), (3, 3)]


@pytest.mark.parametrize("heading", ["# H {#i .c}\n", "# H # {#i .c}\n"])
def test_heading_attributes_are_outside_its_text(heading: str) -> None:
    start, text = _events(heading)[:2]
    assert isinstance(start[1], dict)
    assert (start[1]["Heading"]["id"], start[1]["Heading"]["classes"]) == ("i", ("c",))
    assert text == ("Text", "H", 2, 3)


def test_attributes_before_closing_hashes_are_text() -> None:
    start, text = _events("# H {#i} #\n")[:2]
    assert isinstance(start[1], dict)
    assert start[1]["Heading"]["id"] is None
    assert text == ("Text", "H {#i}", 2, 8)


def test_definition_list() -> None:
    names = [value for name, value, _, _ in _events("t\n: d\n") if name == "Start"]
    assert names == ["DefinitionList", "DefinitionListTitle", "DefinitionListDefinition"]


def test_undefined_reference_is_text() -> None:
    assert [e[1] for e in _events("[x][no]\n") if e[0] == "Text"] == ["[", "x", "]", "[", "no", "]"]


def test_autolink_type() -> None:
    (link,) = [e[1] for e in _events("<https://a.b>\n") if e[0] == "Start" and e[1] != "Paragraph"]
    assert isinstance(link, dict)
    assert link["Link"]["link_type"] == "Autolink"


def test_options_are_commonmark_plus() -> None:
    html = parser.render("a ~~b~~ $c$\n\n- [ ] d\n\n> [!TIP]\n> e\n\n|f|\n|-|\n", BASE | MATH)
    for found in ("<del>b</del>", "math-inline", "checkbox", "markdown-alert-tip", "<th>f</th>"):
        assert found in html
    assert "math" not in parser.render("$c$\n", BASE)


PANIC = "- e\n   {}\n  =\n"  # attributes in an underlined heading in an item, found by fuzzing


def test_a_failing_parser_is_an_article_error() -> None:
    with pytest.raises(ArticleError, match=r"parser failed.*byte range.*exclude the file"):
        parser.render(PANIC, BASE)
    with pytest.raises(ArticleError, match="parser failed"), parser.panics():
        list(parser.events(PANIC, BASE))
    with pytest.raises(ArticleError, match="parser failed"):
        parse(PANIC)


def test_a_translation_on_which_the_parser_fails_is_refused() -> None:
    assert "parser failed" in prove(parse("- e\n"), PANIC.encode())


def test_other_exceptions_pass() -> None:
    with pytest.raises(KeyboardInterrupt), parser.panics():
        raise KeyboardInterrupt
