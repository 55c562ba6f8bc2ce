"""The commands: each is a module of its own, imported when it is named and not before."""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib import import_module

import pytest

from translate_pipeline.cli import main
from translate_pipeline.cli._command_line import COMMANDS


def leaves(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    """The parser, or those of its own subcommands."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return [leaf for part in action.choices.values() for leaf in leaves(part)]
    return [parser]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_a_module(name: str) -> None:
    module = import_module(f"translate_pipeline.cli.{name}")
    assert module.DESCRIPTION.strip()
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)
    for leaf in leaves(parser):
        assert "--debug" in leaf.format_help(), "its errors could not be looked into"
    assert callable(module.execute)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_names_every_command(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert f"    {name} " in out
    assert COMMANDS[name].split()[0] in out
    assert main([name, "--help"]) == 0
    assert f"usage: translate-pipeline {name} " in capsys.readouterr().out


def test_only_the_named_command_is_imported() -> None:
    code = (
        "import sys; from translate_pipeline.cli import main; main(['init', '--help']);"
        "print(sorted(m for m in sys.modules if m.startswith('translate_pipeline.cli.')),"
        " file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    wanted = ["translate_pipeline.cli._command_line", "translate_pipeline.cli.init"]
    assert done.stderr.strip() == str(wanted)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "required: COMMAND"),
        (["chek"], "invalid choice: 'chek'"),
        (["_choices"], "invalid choice: '_choices'"),
        (["--nonsense", "init"], "--nonsense"),
        (["init", "--nonsense"], "unrecognized arguments: --nonsense"),
    ],
)
def test_a_wrong_command_line(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert message in capsys.readouterr().err
