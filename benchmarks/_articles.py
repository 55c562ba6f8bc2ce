"""A seed and a number in, an article in English out that holds every mark a model can break.

The law: the same seed and number give the same article, and no two articles of a seed share
a sentence, so that a server that counts how often a text was asked sees each text once.
"""

from __future__ import annotations

import random
from pathlib import Path

__all__ = ["article", "write_articles"]

_HARBOURS = (
    "Aberdovey", "Brixham", "Clovelly", "Dunmore", "Exmouth", "Fowey", "Glandore", "Holyhead",
    "Ilfracombe", "Kinsale", "Looe", "Mevagissey", "Newlyn", "Oban", "Polperro", "Ramsey",
    "Salcombe", "Tobermory", "Ullapool", "Whitby",
)  # fmt: skip
_THINGS = (
    "crane", "ferry", "gauge", "harbour", "lantern", "lock", "mooring", "pilot", "pulley",
    "quay", "rope", "sail", "slipway", "tide", "winch", "beacon", "buoy", "channel", "dredger",
    "wharf",
)  # fmt: skip
_SENTENCES = (
    "The {thing} at {place} was built in {year} and has been repaired {few} times since then.",
    "Nobody who has seen the {thing} of {place} move would say that it is old.",
    "It takes {few} people and about {many} minutes to bring the {thing} of {place} back.",
    "In {year} the town of {place} paid for a second {thing}, which was never used.",
    "You can watch {place} from the wall of the {thing}, if the wind is not too strong.",
    "What the visitors of {place} do not see is the work at the {thing} before the sun is up.",
    "A keeper writes down the height of the water in {place} every {few} hours, for {many} years.",
)
_MARKED = (
    "Run `{code}` first, and then read [what the {thing} at {place} does]({url}) before you go on.",
    "The file `{code}` holds *all* the numbers of {place}, and **none** of them may be changed.",
    "Press <kbd>Enter</kbd> when the {thing} in {place} has stopped; wait {few} seconds. :anchor:",
    "The height is $h_{{{few}}}(t)$ at {place}; the [tables of {year}]({url}) give it hourly.",
    "As a pilot of {place} said in {year}, ~~nothing~~ almost nothing is lost at sea.[^n{number}]",
    'The mail goes to <harbour@{lower}.example> and [the office]({url} "The office in {place}").',
    "![A {thing} in the harbour of {place}]({url}) That is **the {thing}**, drawn with `{code}`.",
    "See {url}, or `{code}` and [the manual]({url}#part-{few}) of the {thing} in {place}.",
)


def article(seed: int, number: int, *, sections: int = 3) -> str:
    """One article of about `sections` × 170 words."""
    rng = random.Random(f"{seed}/{number}")
    place = f"{rng.choice(_HARBOURS)} {number}"
    parts = [
        f'---\ntitle: "The harbour of {place}, and who keeps it"\nlang: en\n'
        f"description: How the {_THINGS[number % len(_THINGS)]} of {place} is kept alive.\n"
        f"date: 2025-11-{number % 28 + 1:02}\n---\n"
    ]
    for section in range(1, sections + 1):
        parts.append(_section(rng, place, number, section))
    parts.append(f"[^n{number}]: {_fill(rng, rng.choice(_SENTENCES), place, number)}\n")
    return "\n".join(parts)


def write_articles(folder: Path, count: int, *, seed: int = 0, sections: int = 3) -> list[Path]:
    """`count` articles as `folder/NNN-en.md`."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(1, count + 1):
        path = folder / f"{number:03}-en.md"
        path.write_bytes(article(seed, number, sections=sections).encode())
        paths.append(path)
    return paths


def _section(rng: random.Random, place: str, number: int, section: int) -> str:
    def line(templates: tuple[str, ...]) -> str:
        return _fill(rng, rng.choice(templates), place, number)

    def mark(kind: str) -> str:  # keeps texts of one article, and of all articles, apart
        return f"{kind} {number}.{section}"

    thing = rng.choice(_THINGS)
    prose = "\n\n".join(f"{line(_SENTENCES)} {line(_MARKED)}" for _ in range(2))
    steps = "\n".join(f"{i}. {line(_SENTENCES)} ({mark('step')}.{i})" for i in (1, 2, 3))
    tasks = "\n".join(
        f"- [{'x' if i % 2 else ' '}] {line(_SENTENCES + _MARKED)}" for i in (1, 2, 3)
    )
    return (
        f"## The {thing} of {place}, {mark('part')}\n\n{prose}\n\n{steps}\n\n"
        f"```sh\n{_code(rng)} --place {number}\n```\n\n{tasks}\n\n"
        f"> {line(_SENTENCES)} That was said in {mark('chapter')}.\n\n"
        f"| {mark('Name of the thing')} | {mark('How it is used')} |\n|---|---|\n"
        f"| The {thing} of {mark('row')} | {line(_SENTENCES)} |\n\n"
        f"{line(_MARKED)} {line(_MARKED)}\n"
    )


def _fill(rng: random.Random, template: str, place: str, number: int) -> str:
    thing = rng.choice(_THINGS)
    return template.format(
        thing=thing,
        place=place,
        lower=place.lower().replace(" ", "-"),
        year=rng.randint(1801, 1999),
        few=rng.randint(2, 9),
        many=rng.randint(10, 99),
        code=_code(rng),
        url=f"https://example.org/{thing}/{number}/{rng.randint(100, 999)}",
        number=number,
    )


def _code(rng: random.Random) -> str:
    return f"{rng.choice(('make', 'tide', 'read'))}-{rng.choice(_THINGS)}{rng.randint(1, 99)}"
