"""The death of a process is seen where it is certain, and only there."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from translate_pipeline.memory.process import Process, gone, this_process

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux's /proc")


def child() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)


def test_this_process_runs() -> None:
    assert this_process().pid == os.getpid()
    assert not gone(this_process())


def test_it_is_read_as_it_was_written() -> None:
    assert Process.read(str(this_process())) == this_process()


@pytest.mark.parametrize("text", ["", "1", "1 2", "x 2 here", "1 x here", "-1 2 here", "² 2 here"])
def test_anything_else_is_none(text: str) -> None:
    assert Process.read(text) is None


def test_a_child_that_ended_is_gone() -> None:
    process = child()
    seen = this_process()._replace(pid=process.pid, start=0)
    assert not gone(seen)
    process.kill()
    process.communicate()
    assert gone(seen)


@LINUX
def test_so_is_one_that_nobody_waited_for() -> None:
    process = child()
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert gone(this_process()._replace(pid=process.pid, start=0))
    process.communicate()


@LINUX
def test_a_later_process_with_its_number_is_another() -> None:
    assert gone(this_process()._replace(start=this_process().start - 1))


def test_of_another_machine_nothing_is_known() -> None:
    assert not gone(Process(2**22 + 1, 1, "elsewhere"))
    assert gone(this_process()._replace(pid=2**22 + 1))
    assert gone(this_process()._replace(pid=2**80))


def test_another_users_process_runs() -> None:
    assert not gone(this_process()._replace(pid=1, start=0))
