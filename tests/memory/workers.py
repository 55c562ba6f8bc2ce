"""Takes a task and a memory, does the task in a process of its own, prints what it did.

    python -m tests.memory.workers TASK PLACE ARGUMENTS…

Each printed line is a fact that its reader may count on: it is printed after the memory's
method has returned.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from contextlib import closing

from tests.memory.entries import EN_DE, entry, key
from translate_pipeline.memory import Memory, open_memory, sqlite


def start(task: str, place: str, *arguments: object) -> subprocess.Popen[str]:
    """The task in a new process; its lines are on `stdout`."""
    command = [sys.executable, "-m", "tests.memory.workers", task, place, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def say(text: object) -> None:
    print(text, flush=True)


def batch(seed: str, number: int) -> list[str]:
    """The texts of one `add`: 1 to 30 of them."""
    count = random.Random(f"{seed} {number}").randint(1, 30)
    return [
        f"Text {n} of batch {number} with seed {seed} is one of the several." for n in range(count)
    ]


def write(memory: Memory, seed: str) -> None:
    """Store batch after batch until somebody kills this process."""
    number = 0
    while True:
        memory.add([entry(text, text.upper()) for text in batch(seed, number)])
        say(number)
        number += 1


def claim(memory: Memory, owner: str, count: str) -> None:
    """Claim so many keys and sit on them; the memory is never closed."""
    keys = [key(f"Sentence {n}") for n in range(int(count))]
    say(len(memory.claim(EN_DE, keys, owner)))
    time.sleep(300)


def pay(memory: Memory, owner: str, seed: str, total: str, mine: str) -> None:
    """Have `mine` of `total` texts translated, each paid for only if it is nowhere in flight."""
    draw = random.Random(int(seed))
    texts = draw.sample([f"Sentence {n}" for n in range(int(total))], int(mine))
    while texts:
        page, texts = texts[:20], texts[20:]
        by_key = {key(text): text for text in page}
        claimed = memory.claim(EN_DE, set(by_key), owner)
        known = memory.find(EN_DE, list(by_key))
        for each in sorted(claimed - known.keys()):
            time.sleep(draw.random() * 0.002)  # the model thinks
            say(by_key[each])
            memory.add([entry(by_key[each], f"{owner}: {by_key[each]}")])
        memory.release(EN_DE, owner)
        elsewhere = [text for each, text in by_key.items() if each not in claimed | known.keys()]
        if elsewhere and not texts:
            time.sleep(0.005)
        texts += elsewhere


def count(memory: Memory) -> None:
    """Open the memory, and say how much is in it."""
    say(memory.stats().entries)


TASKS = {task.__name__: task for task in (write, claim, pay, count)}


if __name__ == "__main__":
    sqlite._LOG = 2**16  # so that a writer that is killed is sometimes killed while it copies
    task, place, *arguments = sys.argv[1:]
    with closing(open_memory(place)) as opened:
        TASKS[task](opened, *arguments)
