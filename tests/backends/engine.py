"""Takes the faults wanted, gives a folder with an Apertium mode whose stages are real processes.

The stages are small Python programs that speak the stream format of Apertium (NUL-flushed,
`[...]` blanks, `.[][\\n]` at the end). They stand for an engine that is broken in a known way,
as the loopback server does for a language model; the real engine has its own tests.
"""

from __future__ import annotations

import sys
from pathlib import Path

from translate_pipeline.locale import parse_locale
from translate_pipeline.model import Batch, Kind, LocalePair, Segment, Token

PAIR = LocalePair(parse_locale("en"), parse_locale("es"))

_STAGE = r"""#!{python} -S
import os, re, sys, time

fault, home = {fault!r}, {home!r}


def texts():
    buffer = b""
    while block := os.read(0, 65536):
        buffer += block
        while b"\0" in buffer:
            text, buffer = buffer.split(b"\0", 1)
            yield text.decode()


def once(name):
    path = os.path.join(home, name)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True


def send(data):
    while data:
        data = data[os.write(1, data):]


if fault == "dead":
    sys.stderr.write("Error: no such dictionary\n")
    sys.exit(1)
for text in texts():
    words, _, tail = text.rpartition(".[][\n]")
    answer = words.upper()
    if "HANG" in answer:
        time.sleep(600)
    if "CRASH" in answer:
        sys.exit("Error: Malformed input stream.")
    if "STUMBLE" in answer and once("stumbled"):
        sys.exit(1)
    if "NOISE" in answer:
        sys.stderr.write("warning " * 100_000)
        sys.stderr.flush()
    if "LOST" in answer:
        answer = re.sub(r"\[[0-9]+\]", "", answer)
    if "MARK" in answer:
        answer += "\\["
    if "EMPTY" == answer:
        answer = ""
    out = answer.encode() + b".[][\n]\0"
    if "UTF" in answer:
        out = b"\xff\0"
    if "STEP" in answer:
        out += b"MORE\0"
    if "TAIL" in answer:
        out = answer.encode() + b"\0"
    send(out)
"""


def engine(folder: Path, *, stages: int = 2, fault: str = "") -> tuple[Path, ...]:
    """`folders` for the backend: a mode `eng-spa` that answers in capitals.

    The last of `stages` does it, the others pass on. A segment with the word `hang`, `crash`,
    `stumble` (crash the first time only), `noise`, `lost`, `mark`, `empty`, `utf`, `step` or
    `tail` gets that fault; `fault="dead"` ends every process at its start.
    """
    script = folder / "stage"
    script.write_text(_STAGE.format(python=sys.executable, fault=fault, home=str(folder)))
    script.chmod(0o755)
    relay = folder / "relay"
    relay.write_text(
        f"#!{sys.executable} -S\nimport os\n"
        "while block := os.read(0, 65536):\n    while block:\n"
        "        block = block[os.write(1, block):]\n"
    )
    relay.chmod(0o755)
    modes = folder / "modes"
    modes.mkdir()
    chain = [f"'{relay}'"] * (stages - 1) + [f"'{script}' $1 $2"]
    (modes / "eng-spa.mode").write_text(" | ".join(chain) + "\n")
    return (modes,)


def segment(number: int, text: str, *marks: str) -> Segment:
    """A paragraph whose tokens are `marks`."""
    tokens = tuple(Token(mark, mark) for mark in marks)
    return Segment(number, Kind.PARAGRAPH, text, 0, len(text), tokens=tokens)


def batch(*texts: str | Segment, pair: LocalePair = PAIR) -> Batch:
    """The texts as segments 1, 2, …"""
    segments = tuple(
        text if isinstance(text, Segment) else segment(number, text)
        for number, text in enumerate(texts, start=1)
    )
    return Batch(pair=pair, segments=segments, article=segments)


def gone(pid: int) -> bool:
    """True when no process, not even a zombie, has this id."""
    return not Path(f"/proc/{pid}").exists()
