"""Articles through the command line to servers of other people: nothing is ever damaged."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks._articles import article

from tests.foreign.running import aimock, llama
from translate_pipeline.article import parse
from translate_pipeline.cli import main

pytestmark = pytest.mark.slow

_ARTICLES = 8


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-none")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "en").mkdir()
    for number in range(_ARTICLES):
        (tmp_path / "en" / f"{number}.md").write_text(article(3, number, sections=1))
    return tmp_path


def translate(url: str, *more: str) -> int:
    return main(
        (
            "translate",
            "en",
            "--to",
            "de",
            "--model",
            "m",
            "--base-url",
            url,
            "--memory",
            "none",
            "--timeout",
            "5",
            *more,
        )
    )


def targets(site: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted((site / "de").glob("*.md"))}


def test_chaos_of_aimock(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with aimock() as url:
        assert translate(url) == 0, capsys.readouterr().err
    wanted = targets(site)
    assert len(wanted) == _ARTICLES
    for name, text in wanted.items():
        assert text != (site / "en" / name).read_text()
        assert parse(text).segments, name
    for path in (site / "de").iterdir():
        path.unlink()
    with aimock(rateLimitRate=0.2, malformedRate=0.1, disconnectRate=0.1, dropRate=0.1) as url:
        code = translate(url)
        found = targets(site)
        assert all(wanted[name] == text for name, text in found.items()), "none is damaged"
        assert (code == 0) == (len(found) == _ARTICLES)
        assert len(found) >= _ARTICLES - 2, "five tries each: one in a thousand gets no answer"
        # What is left is what a second run does.
        if code:
            assert translate(url) in (0, 1)
    assert all(wanted[name] == text for name, text in targets(site).items())


def test_garbage_of_llama(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (site / "en").iterdir():
        path.write_text("# The tide\n\nThe water is low now, and nobody asks why.\n")
        if path.stem not in ("0", "1"):
            path.unlink()
    old = "# Alt\n\nWas hier stand.\n"
    (site / "de").mkdir()
    (site / "de" / "1.md").write_text(old)
    with llama(site) as url:
        code = translate(url, "--timeout", "60", "--max-requests", "40")
    said = "".join(capsys.readouterr())
    assert code in (1, 3), said
    assert "Traceback" not in said
    assert targets(site) == {"1.md": old}, "every article is refused, and the old file is there"
