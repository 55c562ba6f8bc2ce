"""A random source in, articles out: what the laws are tried on.

Everything is drawn from a `random.Random` (or hypothesis' shrinking one), so a failing
case is reproduced by its seed. `FLAVOURS` says what an article may hold: `commonmark` only
what the independent parser of `oracle.py` reads the same way, `github` footnotes, math,
definition lists and alerts too, `jekyll` all that and Liquid and kramdown.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

FLAVOURS = ("commonmark", "github", "jekyll")

_WORDS = (
    "the cache keeps every page that a reader opened and drops old ones when memory ends "
    "Build time matters less than you think don't re-use it’s naïve Zürich Привет мир "
    "größer café 3.14 2024 A/B x_y_z snake_case C++ C# R&D 5% e.g. i.e. (see) “quoted” "
    "'single' \"double\" 重要 設定を変更 한국어 שלום مرحبا हिन्दी 😀 e\u0301te\u0301 end."
)
WORDS = _WORDS.split()


def words(rng: random.Random, least: int = 1, most: int = 8) -> str:
    """A few words; never empty, never with a line break."""
    return " ".join(rng.choice(WORDS) for _ in range(rng.randint(least, most)))


def _link(rng: random.Random, flavour: str, depth: int) -> str:
    text = inline(rng, flavour, depth - 1, links=False)
    target = rng.choice(
        ("/a/b", "https://x.example/a_b_c?d=e&f=g", "<a b>", "c(d)e", "", "../f%20g.md")
    )
    if flavour == "jekyll" and rng.random() < 0.3:
        target = rng.choice(("{{ site.baseurl }}/a", "{% link _posts/x.md %}", "{{ x }}"))
    title = rng.choice(("", "", "", ' "Some title"', " 'Another “title”'", " (In brackets)"))
    return rng.choice(
        (
            f"[{text}]({target}{title if target else ''})",
            f"[{text}]({target})",
            f"[{text}][ref one]",
            "[Ref one][]",
            "[ref one]",
            f"![{words(rng, 1, 3)}]({target or 'i.png'}{title})",
            f"![{words(rng, 1, 3)}][ref one]",
            f"[![{words(rng, 1, 2)}](i.png)]({target})",
            "<https://auto.example/link>",
            "https://bare.example/path_a_b",
            "me@mail.example",
        )
    )


def _atom(rng: random.Random, flavour: str, depth: int) -> str:
    choices = [
        "`code`",
        "``a ` b``",
        "`x < y`",
        "\\*no\\*",
        "\\[not\\]",
        "&amp;",
        "&copy;",
        "&#35;",
        "<br>",
        "<br/>",
        "<!-- note -->",
        ":smile:",
        f"<kbd>{rng.choice(('Ctrl', 'A'))}</kbd>",
        f"<b>{words(rng, 1, 3)}</b>",
        f"<span class='k' title='{rng.choice(('Tip', 'Two tips'))}'>{words(rng, 1, 2)}</span>",
        f'<a href="/q?r=s&amp;t">{inline(rng, flavour, depth - 1)}</a>',
        '<img src="a.png" alt="An image">',
        "a\\\nb",
        "a  \nb",
        "\n",
    ]
    if flavour != "commonmark":
        choices += ["$x_1 < y$", "[^1]", "$5", "~~gone~~", "a^2^", "$$z*z$$"]
    if flavour == "jekyll":
        choices += [
            "{{ page.title | escape }}",
            "{% if a %}",
            "{% endif %}",
            "{%- include x.html a='b' -%}",
            "{: .inline}",
            "{:target='_blank'}",
            "\\\\( a_b * c_d \\\\)",
            "{% raw %}{{ *x* }}{% endraw %}",
        ]
    return rng.choice(choices)


def inline(rng: random.Random, flavour: str, depth: int = 2, *, links: bool = True) -> str:
    """Inline Markdown, mostly well formed, sometimes over several lines."""
    pieces = []
    for _ in range(rng.randint(1, 4)):
        dice = rng.random()
        if dice < 0.45 or depth <= 0:
            pieces.append(words(rng, 1, 5))
        elif dice < 0.6:
            run = rng.choice(("*", "**", "_", "__", "~~", "***"))
            pieces.append(f"{run}{inline(rng, flavour, depth - 1, links=links)}{run}")
        elif dice < 0.8 and links:
            pieces.append(_link(rng, flavour, depth))
        else:
            pieces.append(_atom(rng, flavour, depth))
    return rng.choice((" ", " ", " ", "")).join(pieces)


def _lines(rng: random.Random, flavour: str) -> str:
    """A paragraph: a few lines of inline Markdown, none of them blank."""
    text = rng.choice(("\n", " ", "\n  ")).join(
        inline(rng, flavour) for _ in range(rng.randint(1, 3))
    )
    return "\n".join(line for line in text.split("\n") if line.strip()) or "x"


def _cell(rng: random.Random, flavour: str) -> str:
    if rng.random() < 0.15:
        return ""
    text = inline(rng, flavour, 1).replace("\n", " ").replace("|", "")
    return rng.choice((text, text, f"{text} a\\|b", f"`a\\|b` {text}"))


def _table(rng: random.Random, flavour: str) -> str:
    columns = rng.randint(1, 3)
    rows = [[_cell(rng, flavour) for _ in range(columns)] for _ in range(rng.randint(1, 3))]
    rule = "|".join(rng.choice(("---", ":--", "--:", ":-:")) for _ in range(columns))
    head, *body = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([head, f"|{rule}|", *body])


def _nest(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        [first + lines[0], *(rest + line if line.strip() else rest.rstrip() for line in lines[1:])]
    )


def block(rng: random.Random, flavour: str, depth: int = 2) -> str:
    """One block, without a final line break."""
    choices = ["para"] * 5 + ["head", "list", "list", "quote", "code", "html", "table", "rule"]
    choices += ["setext", "indented", "comment", "image", "lazy", "reflist"]
    if flavour != "commonmark":
        choices += ["note", "math", "term", "alert", "task", "headid"]
    if flavour == "jekyll":
        choices += ["liquid", "ial", "highlight", "raw", "toc", "kcomment", "ald"]
    what = rng.choice(choices)
    if depth <= 0 and what in ("list", "quote", "note", "alert", "task"):
        what = "para"
    if what == "para":
        return _lines(rng, flavour)
    if what == "head":
        return (
            f"{'#' * rng.randint(1, 6)} {inline(rng, flavour).replace(chr(10), ' ')}"
            + rng.choice(("", "", " #", " ###"))
        )
    if what == "headid":
        return f"## {words(rng)} {{#{rng.choice(('id-a', 'b', 'c_d'))}}}"
    if what == "setext":
        # markdown-it reads `a \\| b` above `---` as a table; no other parser does
        rules = ("===", "=") if flavour == "commonmark" else ("---", "===", "-", "=")
        return f"{_lines(rng, flavour)}\n{rng.choice(rules)}"
    if what in ("list", "task"):
        mark = rng.choice(("- ", "* ", "+ ", "1. ", "3) ", "-   "))
        gap = rng.choice(("\n", "\n\n"))
        items = []
        for _ in range(rng.randint(1, 3)):
            inner = _joined(
                rng, [block(rng, flavour, depth - 1) for _ in range(rng.choice((1, 1, 2)))]
            )
            if what == "task":  # a task marker stands before text, not before a block
                inner = rng.choice(("[ ] ", "[x] ")) + words(rng) + "\n" + inner
            items.append(_nest(inner, mark, " " * len(mark)))
        return gap.join(items)
    if what == "quote":
        inner = "\n\n".join(block(rng, flavour, depth - 1) for _ in range(rng.randint(1, 2)))
        return _nest(inner, "> ", rng.choice(("> ", ">")))
    if what == "alert":
        return _nest(f"[!{rng.choice(('NOTE', 'TIP'))}]\n{_lines(rng, flavour)}", "> ", "> ")
    if what == "lazy":
        return f"> {_lines(rng, flavour)}\n{words(rng)}"
    if what == "code":
        fence = rng.choice(("```", "~~~", "````"))
        return (
            f"{fence}{rng.choice(('', 'py', 'js {1}'))}\nif x < 1: *y*\n\n# no {{{{ t }}}}\n{fence}"
        )
    if what == "indented":
        return "    some *code*\n\n    more"
    if what == "html":
        return rng.choice(
            (
                f"<div class='a'>\n{words(rng)}\n</div>",
                f"<p align=center>{words(rng)} <b>{words(rng)}</b> <img src=x alt='A b'></p>",
                f"<details>\n<summary>{words(rng)}</summary>\n\n{words(rng)}\n\n</details>",
                "<script>\nvar a = '<b>no</b>';\n</script>",
                "<pre>\nKeep *this*\n</pre>",
                f"<table>\n<tr><td>{words(rng)}</td>\n<td>{words(rng)}</td></tr>\n</table>",
                f"<ul>\n<li>{words(rng)} <a href='u'>{words(rng)}</a></li>\n</ul>",
                '<p translate="no">Brand</p>',
            )
        )
    if what == "comment":
        return rng.choice(
            ("<!-- a comment *x* -->", "<!--\nlong\n\ncomment\n-->", "<!-- translate:note UI -->")
        )
    if what == "table":
        return _table(rng, flavour)
    if what == "image":
        return f"![{words(rng, 1, 4)}](pic.png)"
    if what == "reflist":
        return "\n".join(
            f"- [{words(rng)}](https://x{n}.example/)" for n in range(rng.randint(1, 3))
        )
    if what == "note":
        return f"[^1]: {_lines(rng, flavour).replace(chr(10), chr(10) + '    ')}"
    if what == "math":
        return "$$\na_1 * b_2 * c\n$$"
    if what == "term":
        return f"{words(rng)}\n: {words(rng)}\n: {words(rng)}"
    if what == "liquid":
        return rng.choice(
            (
                "{% include note.html text='Hi there' %}",
                "{% if x %}",
                "{{ content }}",
                "{% endif %}",
            )
        )
    if what == "ial":
        return f"{_lines(rng, flavour)}\n{{: .lead #top}}"
    if what == "highlight":
        return "{% highlight ruby %}\ndef a *b*\n\n# c\n{% endhighlight %}"
    if what == "raw":
        return "{% raw %}\n{{ not *this* }}\n{% endraw %}"
    if what == "toc":
        return "* toc\n{:toc}"
    if what == "kcomment":
        return "{::comment}\nHidden *words*\n{:/comment}"
    if what == "ald":
        return '{:ref: .cls #id key="value"}'
    return "---" if what == "rule" and flavour == "x" else "***"


def _joined(rng: random.Random, blocks: Sequence[str]) -> str:
    """Blocks with a blank line between them, sometimes none where that is unambiguous.

    No parser agrees with another on what ends a table, so a table always gets its blank line.
    """
    text = blocks[0]
    for last, block_ in pairwise(blocks):
        loose = rng.random() < 0.85 or "|" in last or "|" in block_
        text += ("\n\n" if loose else "\n") + block_
    return text


def article(rng: random.Random, flavour: str) -> str:
    """A whole article; most have a reference definition and a final line break."""
    blocks = [block(rng, flavour) for _ in range(rng.randint(1, 6))]
    text = _joined(rng, blocks)
    if flavour != "commonmark" and rng.random() < 0.3:
        title = rng.choice(("A plain title", '"Quoted: x"', "'Run `make` at https://a.b/c'"))
        text = f"---\nlayout: post\ntitle: {title}\n---\n{text}"
    text += rng.choice(
        ('\n\n[ref one]: /dest "Title"\n', "\n\n[Ref One]: <https://d.example>\n", "\n", "")
    )
    if "[^1]" in text and "[^1]:" not in text:
        text += "\n\n[^1]: A note.\n"
    if rng.random() < 0.1:
        text = text.replace("\n", "\r\n")
    return text
