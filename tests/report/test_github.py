"""GitHub annotations: read back as the runner reads them, whatever the texts are."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.model import Severity
from translate_pipeline.report.github import Remark, annotation_lines
from translate_pipeline.report.text import printable

# What the runner accepts: `ActionCommand.TryParseV2` of github.com/actions/runner.
_UNDO_MESSAGE = (("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))
_UNDO_PROPERTY = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))


def undone(text: str, escapes: tuple[tuple[str, str], ...]) -> str:
    for escape, character in escapes:
        text = text.replace(escape, character)
    return text


def commands(output: str) -> list[tuple[str, dict[str, str], str]]:
    """Every command the runner would find in `output`: name, properties, message."""
    found = []
    # .NET's ReadLine ends a line at these three alone.
    for line in output.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        begun = line.lstrip()
        if not begun.startswith("::") or (end := begun.find("::", 2)) < 0:
            if "##[" in line:  # the older form is looked for anywhere in a line
                found.append(("old form", {}, line))
            continue
        name, _, rest = begun[2:end].partition(" ")
        pairs = [pair.split("=", 1) for pair in rest.strip().split(",") if "=" in pair]
        properties = {key: undone(value, _UNDO_PROPERTY) for key, value in pairs}
        found.append((name, properties, undone(begun[end + 2 :], _UNDO_MESSAGE)))
    return found


@pytest.mark.parametrize(
    ("remark", "line"),
    [
        (
            Remark("_posts/de/x-de.md", 7, Severity.ERROR, "code", "`a` is lost"),
            "::error file=_posts/de/x-de.md,line=7,title=translate-pipeline%3A code::`a` is lost",
        ),
        (
            Remark("x.md", 0, Severity.ERROR, "missing", "there is no `de`: 100% to do, all of it"),
            "::error file=x.md,title=translate-pipeline%3A missing"
            "::there is no `de`: 100%25 to do, all of it",
        ),
        (
            Remark("x.md", 1, Severity.WARNING, "", "two\nlines"),
            "::warning file=x.md,line=1,title=translate-pipeline::two%0Alines",
        ),
        (
            Remark("x.md", 1, Severity.RETRY, "length", "short"),
            "::warning file=x.md,line=1,title=translate-pipeline%3A length::short",
        ),
        (
            Remark("a,line=9:b%2C.md", 1, Severity.ERROR, "x", "y"),
            "::error file=a%2Cline=9%3Ab%252C.md,line=1,title=translate-pipeline%3A x::y",
        ),
    ],
)
def test_the_lines(remark: Remark, line: str) -> None:
    assert list(annotation_lines([remark])) == [line]


def test_a_site_below_the_repository() -> None:
    remark = Remark("de/x.md", 2, Severity.ERROR, "x", "y")
    for prefix in ("docs/site", "docs/site/"):
        [line] = annotation_lines([remark], prefix=prefix)
        assert "file=docs/site/de/x.md,line=2," in line


@pytest.mark.parametrize(
    "hostile",
    [
        "x\n::add-mask::y",
        "x\r::add-mask::y",
        "x\r\n::stop-commands::token",
        "::add-mask::y",
        "x%0A::add-mask::y",
        "a,file=/etc/passwd,line=1::",
        "##[add-mask]y",
        "\x1b[2J\x00\u2028\u202e\x85::error::\udcff",
    ],
)
@pytest.mark.parametrize("where", ["path", "check", "message"])
def test_no_text_becomes_a_command(where: str, hostile: str) -> None:
    remark = Remark("x.md", 3, Severity.ERROR, "code", "lost")._replace(**{where: hostile})
    output = "\n".join(annotation_lines([remark, remark]))
    assert [name for name, _, _ in commands(output)] == ["error", "error"]
    assert all(c.isprintable() or c == "\n" for c in output)
    output.encode("utf-8")


_TEXTS = st.text(
    st.sampled_from(":,%=#[]\r\n\x1b\x85\u2028\ud800" + string.ascii_letters + " 025AD")
)


@given(_TEXTS, st.integers(0, 10**6), st.sampled_from(Severity), _TEXTS, _TEXTS)
def test_what_the_runner_reads_is_what_was_said(
    path: str, line: int, severity: Severity, check: str, message: str
) -> None:
    [told] = annotation_lines([Remark(path, line, severity, check, message)])
    [(name, properties, read)] = commands(told)
    assert name == ("error" if severity is Severity.ERROR else "warning")
    wanted = {"file": printable(path), "title": f"translate-pipeline: {printable(check)}".strip()}
    if not check:
        wanted["title"] = "translate-pipeline"
    if line:
        wanted["line"] = str(line)
    assert properties == wanted
    assert read == "\n".join(printable(part) for part in message.splitlines())


def test_the_parser_of_this_test_finds_what_is_injected() -> None:
    assert [name for name, _, _ in commands("a\n ::add-mask::b\r::x y=1::\nz ##[c]d")] == [
        "add-mask",
        "x",
        "old form",
    ]
