"""The command `translate`, as a user types it: files on disk, words on stderr, an exit code."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.servers import MODEL, LoopbackServer
from translate_pipeline.article import parse
from translate_pipeline.backends.pseudo import pseudo
from translate_pipeline.cli import main

Start = Callable[..., LoopbackServer]
Printed = tuple[int, str, str]

ARTICLE = """\
---
lang: en
title: A title
translated: false
---

# A heading

Some *words* with [a link](https://example.com/a) and `code`.

- one item
- another item
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture
def cli(site: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Printed]:
    """Runs the command line there; gives exit code, stdout and stderr."""

    def run(*arguments: str) -> Printed:
        capsys.readouterr()
        code = main(arguments)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return run


def put(site: Path, **texts: str) -> None:
    for name, text in texts.items():
        path = site / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_name(path.name + ".md").write_text(text)


def files(site: Path) -> set[str]:
    """All files but those that a run keeps for the next one."""
    found = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}
    return {name for name in found if not name.startswith(".translate-pipeline/")}


PSEUDO = ("--backend", "pseudo")


def test_an_article_in_two_languages(site: Path, cli: Callable[..., Printed]) -> None:
    (site / "x-en.md").write_text(ARTICLE)
    code, out, err = cli("translate", "x-en.md", "--to", "de,fr", *PSEUDO)
    assert (code, err) == (0, "")
    assert out.startswith("2 translations written in ")
    assert files(site) == {"x-en.md", "x-de.md", "x-fr.md"}
    german = (site / "x-de.md").read_text()
    assert "lang: de\n" in german
    assert "translated: true\n" in german
    assert "](https://example.com/a)" in german
    assert [s.text for s in parse(german).segments] == [
        pseudo(s.text, s.tokens) for s in parse(ARTICLE).segments
    ]


def test_a_folder_twice(site: Path, cli: Callable[..., Printed]) -> None:
    """The second run takes no translation of the first for a source, and changes nothing."""
    put(site, a="Words.\n", posts__b="More words.\n", posts__en__c="Other words.\n")
    arguments = ("translate", ".", "--to", "de", "--to", "hant,de", *PSEUDO)
    first = cli(*arguments)
    made = {name: (site / name).read_bytes() for name in files(site)}
    assert set(made) == {
        *("a.md", "a.de.md", "a.hant.md", "posts/b.md", "posts/b.de.md", "posts/b.hant.md"),
        *("posts/en/c.md", "posts/de/c.md", "posts/hant/c.md"),
    }
    second = cli(*arguments)
    assert {name: (site / name).read_bytes() for name in files(site)} == made
    assert [code for code, _, _ in (first, second)] == [0, 0]
    assert "skipped 6 files as translations" in second[1]


@pytest.mark.parametrize(
    ("out", "target"),
    [
        ("build", "build/x-de.md"),
        ("_posts/{locale}/{stem}-{locale}{ext}", "_posts/de/x-de.md"),
        ("../elsewhere", "../elsewhere/x-de.md"),
    ],
)
def test_out(site: Path, cli: Callable[..., Printed], out: str, target: str) -> None:
    put(site, **{"x-en": "Words.\n"})
    assert cli("translate", "x-en.md", "--to", "de", "--out", out, *PSEUDO)[0] == 0
    assert (site / target).read_text() == pseudo("Words.") + "\n"


# --- one JSON document -------------------------------------------------------------


def test_json(site: Path, cli: Callable[..., Printed]) -> None:
    put(site, **{"x-en": "Words.\n", "y-en": "More.\n", "z-fr": "Mots.\n", "x-de": "Alt.\n"})
    (site / "bad.md").write_bytes(b"caf\xe9")
    code, out, err = cli("translate", ".", "--to", "de,fr", "--json", *PSEUDO)
    document: dict[str, Any] = json.loads(out)
    assert code == document["exit_code"] == 1
    assert [(r["source"], r["locale"], r["status"]) for r in document["results"]] == [
        ("bad.md", "de", "unreadable"),
        ("bad.md", "fr", "unreadable"),
        ("x-en.md", "de", "adopted"),  # a translation that nobody recorded is a person's
        ("x-en.md", "fr", "written"),
        ("y-en.md", "de", "written"),
        ("y-en.md", "fr", "written"),
    ]
    assert document["totals"]["written"] == 3
    assert (site / "x-de.md").read_text() == "Alt.\n"
    assert [s["path"] for s in document["skipped"]] == ["x-de.md", "z-fr.md"]
    # Once, not for each locale.
    assert err.count("bad.md:1: byte 0xe9 at offset 3 (line 1) is not UTF-8") == 1


def test_json_of_a_run_that_cannot_begin(cli: Callable[..., Printed]) -> None:
    code, out, err = cli("translate", "none.md", "--to", "de", "--json", *PSEUDO)
    assert json.loads(out)["exit_code"] == code == 2
    assert "none.md: there is no such file or folder" in json.loads(out)["error"]
    assert "none.md" in err


def test_a_dry_run_sends_and_writes_nothing(site: Path, cli: Callable[..., Printed]) -> None:
    (site / "x-en.md").write_text(ARTICLE)
    (site / "bad.md").write_bytes(b"\xff")
    code, out, err = cli("translate", ".", "--to", "de,ja", "--dry-run")
    assert code == 1
    assert "bad.md:1: byte 0xff at offset 0" in err
    assert out.startswith("1 article into 2 locales: 10 segments, 10 to be sent, 0 kept by rule\n")
    assert re.search(r"about 2 requests, [1-9][\d,]+ prompt tokens, \d+ output tokens", out)
    assert files(site) == {"x-en.md", "bad.md"}
    code, out, _ = cli("translate", "x-en.md", "--to", "de", "--dry-run", "--json")
    document = json.loads(out)
    assert (code, document["dry_run"], document["estimate"]["requests"]) == (0, True, 1)


# --- usage and configuration -------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "the following arguments are required: COMMAND"),
        (("translat",), "invalid choice: 'translat'"),
        (("translate",), "no article is named"),
        (("translate", "x.md", "--bogus"), "unrecognized arguments: --bogus"),
        (("translate", "x.md", "--backen", "pseudo"), "unrecognized arguments"),
        (("translate", "x.md", "--concurrency", "many"), "invalid int value"),
        (("translate", "x.md", *PSEUDO), "no target locale: pass --to"),
        (("translate", "x.md", "--to", ",", *PSEUDO), "no target locale: pass --to"),
        (("translate", "x.md", "--to", "klingonish", *PSEUDO), "no language tag"),
        (("translate", "x.md", "--to", "../de", *PSEUDO), "no language tag"),
        (("translate", "x.md", "--to", "en", *PSEUDO), "is the source language"),
        (("translate", "x.md", "--to", "de"), "no model is named: pass --model"),
        (("translate", "x.md", "--to", "de", "--backend", "openai"), "has no default model"),
        (("translate", "x.md", "--to", "de", "--backend", "pseud"), "did you mean `pseudo`?"),
        (("translate", "x.md", "--to", "de", "--dialect", "latex", *PSEUDO), "unknown dialect"),
        (("translate", "x.md", "--to", "de", "--concurrency", "0", *PSEUDO), "must be 1 to 1024"),
        (("translate", "x.md", "--to", "de", "--out", "{stem}{ext}", *PSEUDO), "source itself"),
        (("translate", "x.md", "--to", "de", "--config", "no.toml", *PSEUDO), "no.toml: no such"),
        (("translate", "x.md", "--to", "de", "--root", "sub", *PSEUDO), "outside of the root"),
        (("translate", "empty", "--to", "de", *PSEUDO), "no article to translate"),
        (("translate", "x.md", "--to", "de", "--model", "m", "--base-url", "x"), "no web address"),
    ],
)
def test_usage(
    site: Path,
    cli: Callable[..., Printed],
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    message: str,
) -> None:
    put(site, x="Words.\n")
    (site / "sub").mkdir()
    (site / "empty").mkdir()
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    code, out, err = cli(*arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert files(site) == {"x.md"}


def test_the_config_file_and_flags_over_it(site: Path, cli: Callable[..., Printed]) -> None:
    put(site, **{"x-en": ARTICLE})
    (site / "translate-pipeline.toml").write_text(
        'targets = ["de", "hongkong"]\nbackend = "pseudo"\nout = "out"\n'
        'front_matter_keys = []\nvalues = { audio = false }\naliases = { hongkong = "zh-HK" }\n'
    )
    assert cli("translate", "x-en.md")[0] == 0
    assert files(site / "out") == {"x-de.md", "x-hongkong.md"}
    german = (site / "out/x-de.md").read_text()
    assert "title: A title\n" in german  # not a key to translate here
    assert "audio: false\n" in german
    assert cli("translate", "x-en.md", "--to", "fr", "--out", "other")[0] == 0
    assert files(site / "other") == {"x-fr.md"}
    # From elsewhere: `out` lies where the config lies.
    os.chdir(site.parent)
    (site / "out/x-de.md").unlink()
    config = str(site / "translate-pipeline.toml")
    assert cli("translate", "site/x-en.md", "--config", config)[0] == 0
    assert (site / "out/x-de.md").exists()


def test_a_misspelt_setting(site: Path, cli: Callable[..., Printed]) -> None:
    put(site, x="Words.\n")
    (site / "translate-pipeline.toml").write_text('modle = "x"\n')
    code, _, err = cli("translate", "x.md", "--to", "de", *PSEUDO)
    assert code == 2
    assert "there is no setting `modle`; did you mean `model`?" in err


# --- a model behind an endpoint ----------------------------------------------------


def endpoint(server: LoopbackServer) -> tuple[str, ...]:
    return ("--model", MODEL, "--base-url", server.base_url)


def test_a_model_translates(site: Path, cli: Callable[..., Printed], model_server: Start) -> None:
    """Without a key: a server on this machine needs none."""
    server = model_server(cost=0.001)
    put(site, **{"x-en": ARTICLE, "y-en": ARTICLE.replace("Some", "Other")})
    code, out, err = cli("translate", ".", "--to", "de", *endpoint(server))
    assert (code, err) == (0, "")
    assert len(server.chats) == 2
    assert re.search(
        r"^2 requests, [\d,]+ prompt tokens.*, [\d,]+ completion tokens, \$0\.\d+$", out, re.M
    )
    assert "lang: de" in (site / "y-de.md").read_text()


def test_a_refused_segment_leaves_the_old_file(
    site: Path, cli: Callable[..., Printed], model_server: Start
) -> None:
    server = model_server(faults={"link_changed": 1.0})
    put(site, **{"x-en": "Alt.\n"})
    assert cli("translate", "x-en.md", "--to", "de", *PSEUDO)[0] == 0
    old = (site / "x-de.md").read_text()
    put(site, **{"x-en": ARTICLE})
    code, out, err = cli("translate", "x-en.md", "--to", "de", *endpoint(server))
    assert code == 1
    assert (site / "x-de.md").read_text() == old
    assert re.search(
        r"^x-en\.md:9: de: .+ \[.+\]: «Some \*words\* with \[a link\]\(u1\)", err, re.M
    )
    assert "x-de.md was not written, what was there stays; run again, try another" in err
    assert "0 translations written, 1 refused" in out
    code, out, err = cli(
        "translate", "x-en.md", "--to", "de", "--on-failure", "keep-source", *endpoint(server)
    )
    assert code == 1
    assert "x-de.md has 1 segment untranslated" in err
    written = (site / "x-de.md").read_text()
    assert "Some *words* with [a link](https://example.com/a)" in written
    assert "translated: partial\n" in written


@pytest.mark.parametrize(
    ("options", "key", "message"),
    [
        ({"api_key": "sk-right"}, "sk-wrong", "key"),
        ({"models": ["other/model"]}, "sk-right", MODEL),
    ],
)
def test_a_backend_that_cannot_work_stops_the_run(
    site: Path,
    cli: Callable[..., Printed],
    model_server: Start,
    monkeypatch: pytest.MonkeyPatch,
    options: dict[str, Any],
    key: str,
    message: str,
) -> None:
    server = model_server(**options)
    monkeypatch.setenv("MY_KEY", key)
    put(site, **{f"x{n}": "Words.\n" for n in range(40)})
    assert cli("translate", "x0.md", "--to", "de", *PSEUDO)[0] == 0
    old = (site / "x0.de.md").read_text()
    arguments = ("--api-key-env", "MY_KEY", "--concurrency", "2", *endpoint(server))
    code, out, err = cli("translate", ".", "--to", "de", *arguments)
    assert code == 3
    assert "stopped: " in out
    assert message in out
    assert key not in out + err
    assert (site / "x0.de.md").read_text() == old
    assert len(server.requests) <= 2  # those under way at the first refusal


def test_no_key(site: Path, cli: Callable[..., Printed]) -> None:
    put(site, x="Words.\n")
    code, _, err = cli("translate", "x.md", "--to", "de", "--model", "m")
    assert code == 3
    assert "set OPENROUTER_API_KEY or OPENAI_API_KEY in the environment" in err


@pytest.mark.parametrize("name", ["sk-or-v1-abc", "skabc123", "sk_live_abc"])
def test_a_key_given_as_a_name_is_not_repeated(
    site: Path, cli: Callable[..., Printed], name: str
) -> None:
    put(site, x="Words.\n")
    code, out, err = cli("translate", "x.md", "--to", "de", "--model", "m", "--api-key-env", name)
    assert code == 2
    assert "not the key" in err
    assert name not in out + err


@pytest.mark.slow  # it is given 15 seconds to come up
def test_an_endpoint_that_is_not_there(site: Path, cli: Callable[..., Printed]) -> None:
    put(site, x="Words.\n")
    code, out, err = cli(
        *("translate", "x.md", "--to", "de", "--model", "m"),
        *("--base-url", "http://127.0.0.1:9", "--timeout", "1"),
    )
    assert code == 3
    assert "127.0.0.1:9" in err
    assert "1 failed" in out


# --- the unexpected ----------------------------------------------------------------


def test_a_defect_is_one_line_and_debug_shows_more(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(site, x="Words.\n")

    def broken(self: object, batch: object) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr("translate_pipeline.backends.pseudo.PseudoBackend.translate", broken)
    arguments = ["translate", "x.md", "--to", "de", *PSEUDO]
    assert main(arguments) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "internal error while translating" in err
    assert "x.md into de: KeyError: 'a bug'; --debug shows the traceback" in err
    assert main([*arguments, "--debug"]) == 1
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_ctrl_c_keeps_what_is_finished(site: Path, model_server: Start) -> None:
    server = model_server(latency=0.3)
    put(site, **{f"x{n:02}": "Words.\n" for n in range(40)})
    command = [sys.executable, "-m", "translate_pipeline", "translate", ".", "--to", "de"]
    with subprocess.Popen(
        [*command, "--concurrency", "1", "--json", *endpoint(server)],
        cwd=site,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        deadline = time.monotonic() + 60
        while not list(site.glob("*.de.md")) and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert err == ""
    document = json.loads(out)
    assert document["exit_code"] == 130
    assert document["stopped"].startswith("interrupted; what was finished is on disk")
    written = [r["target"] for r in document["results"] if r["status"] == "written"]
    assert 1 <= len(written) < 40
    assert sorted(written) == sorted(p.name for p in site.glob("*.de.md"))
    assert not list(site.rglob("*.tmp"))


def test_a_reader_that_has_enough(site: Path) -> None:
    put(site, **{f"x{n}": "Words.\n" for n in range(300)})
    done = subprocess.run(
        f"{sys.executable} -m translate_pipeline translate . --to de --backend pseudo --json"
        " | head -c 10",
        shell=True,
        cwd=site,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stdout == '{\n  "versi'
    assert done.stderr == ""


def test_a_terminal_that_speaks_ascii(site: Path) -> None:
    """A file name that is not even UTF-8, and a stdout that knows no umlaut."""
    name = os.fsencode("ü-en.md").replace("ü".encode(), b"\xff")
    with open(os.fsencode(site) + b"/" + name, "w") as file:
        file.write("\xff")
    os.truncate(os.fsencode(site) + b"/" + name, 1)
    done = subprocess.run(
        [sys.executable, "-m", "translate_pipeline", "translate", ".", "--to", "de", *PSEUDO],
        cwd=site,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"\\udcff-en.md:1: byte 0xc3 at offset 0" in done.stderr


def test_a_fallback_model_answers_and_it_is_told(
    tmp_path: Path,
    model_server: Callable[..., LoopbackServer],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    server = model_server(models=("second",))
    (tmp_path / "x.md").write_text("# The tide\n\nThe water is low now.\n")
    (tmp_path / "translate-pipeline.toml").write_text(
        f'model = "first"\nfallback_models = ["second"]\nbase_url = "{server.base_url}"\n'
    )
    assert main(("translate", "x.md", "--to", "de")) == 0
    said = capsys.readouterr().err
    assert "model first was asked no more" in said
    assert (tmp_path / "x.de.md").exists()
