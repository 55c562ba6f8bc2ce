"""A segment in, translations out that no careful model would give (unlike `accent.py`)."""

from __future__ import annotations

import random
from collections.abc import Sequence

from tests.laws.documents import WORDS
from translate_pipeline.article.marks import split
from translate_pipeline.model import Segment, Token

_SYNTAX = (
    "* ** *** _ __ ~ ~~ ` `` ``` [ ] ( ) ![ ]( ](u1) ](u9) <x1/> <x9/> <b1> </b1> <b2> < > & "
    "# ## ###### - + 1. 2) > >> | || : = === --- *** ___ $ $$ ^ [^1] [^1]: [x]: [x] [] { } {: "
    "{:.x} {% {%raw%} %} {{ }} {#id} {% endraw %} \\ \\\\ \\* \\[ \\\\( \\\\) ! !!! ::: ~~~ <!-- "
    "--> <div> "
    "</div> <br> <br/> <b> </b> <script> </pre> <?x?> <a href='y'> http://x.y www.x.y a@b.cd "
    ":x: :smile: &amp; &lt; &#42; &x; < x1 /> ＜x1/＞ ](javascript:x) [ref] [a](b) ![i](j) "
    "[x][y] <http://z.z> <m@n.op> \" ' ** ** 「 」 。 ， % @ a 重 é"
)
#: Pieces of syntax from which hostile translations are made.
ATOMS = (
    *_SYNTAX.split(),
    " ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "  \n",
    "\\\n",
    "\r\n",
    "\u00a0",
    "\u200b",
    "\u2028",
    "\x0b",
    "\x0c",
    "\x00",
    "\n    ",
    "\n- ",
    "\n> ",
    "\n# ",
    "\n---\n",
    "\n===\n",
    "\n```\n",
    "\n|---|\n",
    "\n[x]: y\n",
)

_STARTS = (
    "1. 1) 12345678. 1234567890. # ## ####### - + * > | || ``` ~~~ : = == --- === *** ___ - - - "
    "!!! ::: <div> </div> <!-- <?x <![CDATA[ <script> <b> {%x%} {{y}} {:.z} {::comment} "
    "[x]: [x]:y [^1]: [ ] [x] $$ \\ & &#35; "
)
#: What a model may put before its translation, or a segment may begin with.
PREFIXES = (
    *_STARTS.split(),
    "1. ",
    "# ",
    "- ",
    "> ",
    "    ",
    "[ ] ",
    "[x]: y ",
    "| a |",
    "{% x %} ",
    "term\n: ",
)


def hostile(rng: random.Random, segment: Segment) -> str:
    """A translation that no careful model would give."""
    marks = [token.mark for token in segment.tokens]
    dice = rng.random()
    if dice < 0.25:
        return rng.choice(PREFIXES) + rng.choice(("", " ")) + segment.text
    if dice < 0.5:
        at = rng.randint(0, len(segment.text))
        return segment.text[:at] + "".join(_atoms(rng, 2)) + segment.text[at:]
    if dice < 0.65:
        pieces = segment.text.split(" ")
        rng.shuffle(pieces)
        return " ".join(pieces)
    if dice < 0.75:
        at = rng.randint(0, len(segment.text))
        end = min(len(segment.text), at + rng.randint(1, 4))
        return segment.text[:at] + segment.text[end:]
    rest = [*_atoms(rng, 5), *(rng.choice(WORDS) for _ in range(rng.randint(0, 3)))]
    if dice < 0.9:
        rest += ["[" for mark in marks if mark.startswith("](")] + marks
    rng.shuffle(rest)
    return rng.choice(("", " ")).join(rest)


def _atoms(rng: random.Random, most: int) -> list[str]:
    return [rng.choice(ATOMS) for _ in range(rng.randint(1, most))]


def rotated(text: str, tokens: Sequence[Token]) -> str:
    """The words of `text` moved on by one place, the marks where they were."""
    pieces = split(text, tokens)
    places = [i for i, (is_mark, piece) in enumerate(pieces) if not is_mark and piece.strip()]
    result = [piece for _, piece in pieces]
    if len(places) > 1:
        moved = [result[i] for i in places]
        for place, piece in zip(places, [*moved[1:], moved[0]], strict=True):
            result[place] = piece
    return "".join(result)
