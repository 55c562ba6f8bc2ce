"""Law: `kill -9` at any moment loses no accepted segment and damages no file.

Every target is the old file or the new one; what the memory had accepted is never asked for
again; and the tree at the end is that of a run nobody killed. Two runs at once pay once.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from tests.crashes import Site, make_site, moments, warm
from tests.servers.loopback import LoopbackServer

Start = Callable[..., LoopbackServer]


def _killed(tmp_path: Path, server: LoopbackServer, *, articles: int, kills: int) -> None:
    warm(make_site(tmp_path / "warm", server, articles=1))  # the forked process has imported all
    undisturbed = make_site(tmp_path / "undisturbed", server, articles=articles)
    longest = warm(undisturbed)
    old = undisturbed.targets()
    # The old state of the disturbed site: some articles translated, and changed since.
    site = Site(tmp_path / "site", server)
    changed = range(0, articles, 3)
    undisturbed.change(changed, 1)
    copytree(undisturbed.root, site.root)
    for path in list(old)[::2]:
        (site.root / path).unlink()
    (site.root / ".translate-pipeline" / "memory.sqlite").unlink()
    for rest in (site.root / ".translate-pipeline").glob("memory.sqlite-*"):
        rest.unlink()
    start = copytree(site.root, tmp_path / "start")
    before = site.targets()
    assert undisturbed.run() == 0
    new = undisturbed.targets()

    done = killed = number = 0
    for number, moment in enumerate(moments(3 * kills, min(0.6 * longest, 1.2), seed=9), 1):
        if killed == kills:
            break
        accepted, since = site.remembered(), len(server.chats)
        code = site.run(kill_after=moment)
        killed += code is None
        for path, data in site.targets().items():
            assert data in (before.get(path), new[path]), (number, path)
        again = accepted & site.asked(since).keys()
        assert not again, (number, sorted(again)[:3])
        if code == 0:  # finished in time: begin anew, for there are kills to come
            done += 1
            assert site.targets() == new
            site = Site(copytree(start, tmp_path / f"site-{number}"), server)
    while (code := site.run()) is None:
        pass
    assert code == 0
    assert site.targets() == new
    assert site.intact()
    ledgers = [
        {
            p.relative_to(s.root): [line for line in p.read_text().splitlines() if _lasting(line)]
            for p in s.root.rglob("*.ledger")
        }
        for s in (site, undisturbed)
    ]
    assert ledgers[0] == ledgers[1]
    assert not list(site.root.rglob("*.tmp*")) or killed
    print(f"{killed} of {number} runs killed, {done} finished; a whole run takes {longest:.1f} s")
    assert killed == kills


def _lasting(line: str) -> bool:
    """All of a ledger but the time and the file it replaced."""
    return not line.startswith(("made ", "was "))


def test_killed_a_few_times(tmp_path: Path, model_server: Start) -> None:
    _killed(tmp_path, model_server(latency=0.02), articles=6, kills=6)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_killed_two_hundred_times(tmp_path: Path, model_server: Start) -> None:
    _killed(tmp_path, model_server(latency=0.05), articles=100, kills=200)


def test_two_runs_at_once_pay_once(tmp_path: Path, model_server: Start) -> None:
    from tests.crashes import _FORKED
    from tests.crashes_child import translate

    server = model_server(latency=0.05)
    alone = make_site(tmp_path / "alone", server, articles=8)
    assert alone.run() == 0
    paid = alone.asked()
    since = len(server.chats)
    site = make_site(tmp_path / "site", server, articles=8)
    runs = [_FORKED.Process(target=translate, args=(str(site.root),)) for _ in range(2)]
    for process in runs:
        process.start()
    for process in runs:
        process.join()
    assert [process.exitcode for process in runs] == [0, 0]
    assert site.targets() == alone.targets()
    assert site.asked(since) == paid
