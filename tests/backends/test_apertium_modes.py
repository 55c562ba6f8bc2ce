"""Which mode file serves a locale pair, how it is read, and what is said when there is none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from translate_pipeline.backends._apertium_modes import find_mode
from translate_pipeline.errors import ConfigError
from translate_pipeline.locale import parse_locale
from translate_pipeline.model import LocalePair


def pair(source: str, target: str) -> LocalePair:
    return LocalePair(parse_locale(source), parse_locale(target))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Mode names as Debian's packages have them."""
    for name in (
        "eng-spa", "spa-eng", "spa-eng_US", "es-pt", "es-pt_BR", "en-gl", "eng-cat", "en-eo",
        "eng-cat_valencia", "eng-cat_valencia_uni", "en-eo-bytecode", "Cyrl-Latn", "eng-hbs",
        "eng-hbs_SR", "swe-nor", "dan-nob", "dan-nno", "ind-zlm", "eu-en",
    ):  # fmt: skip
        (tmp_path / f"{name}.mode").write_text("cat\n")
    return tmp_path


FOUND = [
    ("en", "es", "eng-spa"),
    ("en-GB", "es-419", "eng-spa"),
    ("es", "en", "spa-eng"),
    ("es", "en-US", "spa-eng_US"),
    ("es", "pt", "es-pt"),
    ("es", "pt-BR", "es-pt_BR"),
    ("en", "gl", "en-gl"),
    ("en", "eo", "en-eo"),
    ("en", "ca", "eng-cat"),
    ("en", "ca-valencia", "eng-cat_valencia"),
    ("en", "sr", "eng-hbs_SR"),
    ("en", "hr", "eng-hbs"),
    ("sv", "nb", "swe-nor"),
    ("da", "nn", "dan-nno"),
    ("id", "ms", "ind-zlm"),
    ("eu", "en", "eu-en"),
]


@pytest.mark.parametrize(("source", "target", "name"), FOUND)
def test_found(folder: Path, source: str, target: str, name: str) -> None:
    assert find_mode(pair(source, target), (folder,)).name == name


MISSING = [
    # what Debian would have: its package, or nothing
    ("fr", "ca", "apt install apertium apertium-fra-cat"),
    ("pt", "gl", "apt install apertium apertium-pt-gl"),
    ("ru", "uk", "apt install apertium apertium-rus-ukr"),
    ("nb", "nn", "apt install apertium apertium-nno-nob"),
    ("is", "en", "apt install apertium apertium-isl-eng"),
    ("en", "is", "Debian has no data for this pair"),
    ("en", "de", "Debian has no data for this pair"),
    ("en", "zh-Hans", "Debian has no data for this pair"),
    ("en", "en", "Debian has no data for this pair"),
]


@pytest.mark.parametrize(("source", "target", "advice"), MISSING)
def test_missing(folder: Path, source: str, target: str, advice: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(advice)) as caught:
        find_mode(pair(source, target), (folder,))
    assert "installed pairs: dan-nno, dan-nob, en-eo, en-gl, eng-cat," in str(caught.value)
    assert "Cyrl" not in str(caught.value)


def test_the_first_folder_wins(tmp_path: Path) -> None:
    for name, program in (("a", "cat"), ("b", "tac")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "en-es.mode").write_text(program)
    for first, second in ("ab", "ba"):
        mode = find_mode(pair("en", "es"), (tmp_path / first, tmp_path / second))
        assert mode.commands[0][0].endswith("cat" if first == "a" else "tac")


def test_a_mode_is_split_and_never_given_to_a_shell(tmp_path: Path) -> None:
    data = tmp_path / "my|pair; data" / "auto.bin"
    data.parent.mkdir()
    data.write_bytes(b"1")
    mode = tmp_path / "eng-spa.mode"
    mode.write_text(f"cat '{data}' |tac -g $2 \"{data}\" | cat $1 -b\n")
    found = find_mode(pair("en", "es"), (tmp_path,))
    assert [command[1:] for command in found.commands] == [
        ("-z", str(data)),
        ("-z", "-g", str(data)),
        ("-z", "-n", "-b"),
    ]


def test_the_signature_follows_the_data(tmp_path: Path) -> None:
    data = tmp_path / "apertium-eng-spa" / "eng-spa.bin"
    data.parent.mkdir()
    data.write_bytes(b"1")
    (tmp_path / "eng-spa.mode").write_text(f"cat '{data}'")
    first = find_mode(pair("en", "es"), (tmp_path,))
    assert re.fullmatch(r"apertium/eng-spa@[0-9a-f]{8}", first.signature)
    assert first.package == "apertium-eng-spa"
    assert find_mode(pair("en", "es"), (tmp_path,)) == first
    data.write_bytes(b"2")
    assert find_mode(pair("en", "es"), (tmp_path,)).signature != first.signature


BROKEN = [
    ("", "a stage without a program"),
    ("cat | | cat", "a stage without a program"),
    ("cat 'open", "cannot be read as an Apertium mode"),
    ("cat | no-such-program-here x", "needs the program `no-such-program-here`"),
    ("cat | cat; echo", "needs the program `cat;`"),
]


@pytest.mark.parametrize(("text", "fault"), BROKEN)
def test_a_broken_mode_is_a_message(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "eng-spa.mode").write_text(text)
    with pytest.raises(ConfigError, match=re.escape(fault)):
        find_mode(pair("en", "es"), (tmp_path,))
