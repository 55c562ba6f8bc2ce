"""`prose_parameters` of the config, as a user types the commands: translated, checked, stale."""

from __future__ import annotations

from pathlib import Path

import pytest

from translate_pipeline.cli import main

ARTICLE = (
    "---\ntitle: A title\nlang: en\n---\n\n"
    '{% include card.html caption="Words" caption_text="More words" id="plain" %}\n\nA paragraph.\n'
)
SITE = '[[paths]]\nsource = "{stem}-en.md"\ntarget = "{stem}-{locale}.md"\n'
CONFIG = """\
source = "en"
targets = ["de"]
backend = "pseudo"
dialect = "jekyll"
fail_on = ["broken"]
"""


@pytest.mark.parametrize("site", ["", SITE])
def test_a_parameter_of_a_sites_own_is_translated(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With files that are named, and with a site's own paths; `check` reads it as `translate`."""
    monkeypatch.chdir(tmp_path)
    source, target = tmp_path / "x-en.md", tmp_path / "x-de.md"
    source.write_text(ARTICLE)
    named = [] if site else ["x-en.md"]
    (tmp_path / "translate-pipeline.toml").write_text(CONFIG + site)
    assert main(["translate", *named]) == 0
    plain = target.read_text()
    assert 'caption_text="More words"' in plain
    assert 'caption="Words"' not in plain
    (tmp_path / "translate-pipeline.toml").write_text(
        CONFIG + 'prose_parameters = ["caption_text"]\n' + site
    )
    assert main(["translate", *named]) == 0, "the setting shapes targets, so they are stale"
    after = target.read_text()
    assert 'caption_text="More words"' not in after
    assert 'id="plain"' in after
    assert not site or main(["check"]) == 0, "what is pseudo-localised stays stale, not broken"


def test_a_name_that_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x-en.md").write_text(ARTICLE)
    (tmp_path / "translate-pipeline.toml").write_text(CONFIG + 'prose_parameters = ["a b"]\n')
    assert main(["translate", "x-en.md"]) == 2
    assert "`prose_parameters[1]` is no parameter's name" in capsys.readouterr().err
