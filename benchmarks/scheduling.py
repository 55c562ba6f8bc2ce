"""A slow server in, the share of the waiting that was ideal out: ideal time ÷ measured time.

The loopback server answers each request after a fixed latency, in a process of its own. The
command line, in a second process, translates articles × locales through the real openai
client, enough of them for a few waves. With R requests, concurrency C and latency L no
program can be faster than ceil(R / C) × L, nor than one article's own chain.

    python -m benchmarks.scheduling [--concurrency 8,64,256] [--latency 1] [--waves 4] [--profile]

`run` is the time of the command's own work in a process that has imported the SDK; `whole`
is the command as a user starts it, with Python and imports.
"""

from __future__ import annotations

import argparse
import contextlib
import cProfile
import io
import json
import math
import os
import pstats
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.servers.loopback import MODEL

from benchmarks._articles import write_articles
from benchmarks._corpus import ROOT, Table

__all__ = ["main"]

_LOCALES = ("de", "fr", "es", "it")
_CHILD = "--child"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scheduling", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--concurrency", default="8,64,256")
    parser.add_argument("--latency", type=float, default=1.0, help="seconds, default: 1")
    parser.add_argument("--waves", type=int, default=4, help="requests per place, default: 4")
    parser.add_argument("--sections", type=int, default=3, help="of an article; 3: 1,600 tokens")
    parser.add_argument("--profile", action="store_true", help="where the client's time goes")
    parser.add_argument(_CHILD, type=json.loads, help=argparse.SUPPRESS)
    given = parser.parse_args(argv)
    if given.child:
        return _child(given.child, profile=given.profile)
    table = Table(
        "concurrency", "requests", "ideal s", "run s", "efficiency", "CPU ms/request",
        "server ms/request", "whole s", "whole efficiency",
    )  # fmt: skip
    for text in given.concurrency.split(","):
        measured = _measure(
            int(text), given.latency, given.waves, given.sections, profile=given.profile
        )
        requests = measured["requests"]
        ideal = math.ceil(requests / int(text)) * given.latency
        table.add(
            int(text), int(requests), ideal, measured["run"], ideal / measured["run"],
            measured["cpu"] * 1000 / requests, measured["server"] * 1000 / requests,
            measured["whole"], ideal / measured["whole"],
        )  # fmt: skip
    print(table)
    return 0


def _measure(
    concurrency: int, latency: float, waves: int, sections: int, *, profile: bool
) -> dict[str, float]:
    """Run server and command, each in its own process; seconds, and the requests made."""
    jobs = concurrency * waves
    with tempfile.TemporaryDirectory() as folder, _server(latency) as (url, process):
        count = math.ceil(jobs / len(_LOCALES))
        write_articles(Path(folder), count, sections=sections)
        options = ["translate", folder, "--to", ",".join(_LOCALES), "--json"]
        options += ["--base-url", url, "--model", MODEL, "--concurrency", str(concurrency)]
        command = [sys.executable, "-m", "benchmarks.scheduling", _CHILD, json.dumps(options)]
        begun = time.perf_counter()
        child = subprocess.run(
            command + ["--profile"] * profile, cwd=ROOT, check=True, capture_output=True, text=True
        )
        whole = time.perf_counter() - begun
        server = _cpu_seconds(process.pid)
    sys.stderr.write(child.stderr)
    return {"whole": whole, "server": server, **json.loads(child.stdout)}


def _child(options: list[str], *, profile: bool) -> int:
    """The command's work in this process, timed from where the SDK is imported."""
    import openai  # noqa: F401 - a second run of a long-lived program has it too

    from translate_pipeline.cli import _translate  # noqa: F401
    from translate_pipeline.cli import main as command_line

    out = io.StringIO()
    profiler = cProfile.Profile()
    with contextlib.redirect_stdout(out):
        begun, cpu = time.perf_counter(), time.process_time()
        if profile:
            profiler.enable()
        code = command_line(options)
        profiler.disable()
        run, cpu = time.perf_counter() - begun, time.process_time() - cpu
    report = json.loads(out.getvalue())
    if code:
        raise SystemExit(f"exit code {code}: {out.getvalue()[:1000]}")
    if profile:
        pstats.Stats(profiler, stream=sys.stderr).sort_stats("tottime").print_stats(40)
    requests = report["totals"]["usage"]["requests"]
    print(json.dumps({"run": run, "cpu": cpu, "requests": requests}))
    return 0


@contextlib.contextmanager
def _server(latency: float) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    command = [sys.executable, "-m", "tests.servers", "--latency", str(latency)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[0], process
        finally:
            process.terminate()


def _cpu_seconds(pid: int) -> float:
    """CPU time of another process, where the system tells (Linux); else 0."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
