"""A random source in, constructs of the dialects out, most of them well formed: to be fuzzed with.

A snippet is a line or a block; `{w}` in it are a few words, so that prose stands in every place
that may hold some. `article` mixes them with Markdown, `torn` cuts into them.
"""

from __future__ import annotations

import random

from tests.laws import documents

__all__ = ["PLACES", "SNIPPETS", "article", "placed", "torn"]

#: Where a snippet may stand: `{s}` is the snippet, `{i}` an indentation that its
#: further lines have, too.
PLACES = {
    "below a paragraph": "word\n{i}{s}\n",
    "between lines": "word\n{i}{s}\nmore words\n",
    "between wrapped lines": "word\nand\n{i}{s}\nmore\nwords\n",
    "after a blank line": "word\n\n{i}{s}\n\nmore\n",
    "in an item": "- word\n{i}{s}\n  more\n",
    "in an item, after a blank line": "- word\n\n  {i}{s}\n\n  more\n",
    "on an item's first line": "- {s}\n",
    "in a quotation": "> word\n> {i}{s}\n> more\n",
    "below a heading": "# word\n{i}{s}\nmore\n",
    "in a fence": "```\n{i}{s}\n```\n",
    "as a link's target": "a [b]({s}) c\n",
    "as a definition's target": "a [b] c\n\n[b]: {s}\n",
    "in a code span": "a `{s}` b\n",
    "in a longer code span": "a `` ` {s} `` b\n",
    "in a formula": "a ${s}$ b\n",
    "in an HTML block": "<div>\n{s}\n</div>\n",
    "in an inline element": "a <b>{s}</b> c\n",
    "in an attribute": "a <b title='{s}'>d</b> c\n",
    "in a class": "a <b class='{s}'>d</b> c\n",
    "in preformatted text": "<pre>\n{s}\n</pre>\n",
    "in a cell": "| a | b |\n|---|---|\n| {s} | c |\n",
    "in emphasis": "a **{s}** c\n",
}

#: Dialect → its constructs. Blocks hold a line break.
SNIPPETS: dict[str, tuple[str, ...]] = {
    "jekyll": (
        '{% include a.html title="{w}" %}',
        "{{ site.title | escape }}",
        "{: .note #{w}}",
        "{%- if a -%}{w}{%- endif -%}",
        "[{w}]({% link a.md %})",
        "{% raw %}{{ {w} }}{% endraw %}",
        "{% highlight js %}\n{w}\n{% endhighlight %}\n",
        "{:toc}\n",
        "* {w}\n{: .a}\n",
        "{::comment}\n{w}\n{:/comment}\n",
        '<div markdown="1">\n{w}\n</div>\n',
        "{w}\n: {w}\n",
        "*[HTML]: {w}\n",
        "\\\\( a_b \\\\)",
        "$$ a_b $$",
        "## {w} {#id}\n",
        "{% comment %}{w}",
        "{:: options /}",
        '<aside class="a">\n## {w}\n</aside>\n',
        '[{w}](a){:target="_blank"}',
        '{% if a == "{{ b }}" %}',
    ),
    "hugo": (
        "{{< note >}}\n{w}\n{{< /note >}}\n",
        '{{% alert title="{w}" %}}\n*{w}*\n{{% /alert %}}\n',
        '{{< figure src="a.png" caption="{w} \\"{w}\\"" >}}\n',
        "{{< ref `a` >}}",
        "{{</* note */>}}",
        "{{< highlight go >}}\n{w}\n{{< /highlight >}}\n",
        '{{< tab "{w}" >}}\n',
        '[{w}]({{< ref "a.md" >}})',
        "> {w}\n{.a #b}\n",
        "\\(a_b\\)",
        "\\[ a_b = {w} \\]\n",
        "{{< br />}}",
        '{{< a "{w}',
        "`{{< {w} >}}`",
        "{{% a `{w} >}}` %}}",
    ),
    "mdx": (
        "import A from './a'\n\n",
        "export const a = {\n  b: '{w}',\n}\n\n",
        "{/* {w} */}",
        "{a.b}",
        '<Tabs>\n  <TabItem label="{w}">\n\n  {w}\n\n  </TabItem>\n</Tabs>\n',
        "<B>{w}</B>",
        '<A title="{w}" b={`{w} ${c}`} {...d} />',
        ":::note[{w} *{w}*]\n\n{w}\n\n:::\n",
        "## {w} {#id}\n",
        "## {w} {/*id*/}\n",
        "{`{w} } {w}`}",
        "<>\n{w}\n</>\n",
        "<A b='{",
        "    <A>\n      {w}\n    </A>\n",
        "{a ? <b>{w}</b> : null}",
        "::leaf[{w}]{#a}\n",
        "<Trans>\n    {w} <b>{w}</b>\n</Trans>\n",
        "export default ({ children }) => <>{w}</>\n\n",
        ":::tip {w}\n{w}\n:::\n",
        "{'}'}",
        "{/* {w}",
    ),
    "vitepress": (
        "::: tip {w}\n{w}\n:::\n",
        "::: code-group\n\n```js [{w}]\n1\n```\n\n:::\n",
        "{{ a + '}}' }}",
        '<Badge type="tip" text="{w}" />',
        "<script setup>\nimport a from 'b'\n</script>\n\n",
        "[[toc]]\n",
        "<<< @/a.js#b{2}\n",
        '[{w}](a){target="_self"}',
        "## {w} {#id}\n",
        '<A v-if="a > b" :c="d">{w}</A>',
        ":::: details {w} {open}\n::: info\n{w}\n:::\n::::\n",
        "<a-b>{w}</a-b>",
        "{{ {w}",
        "<<<",
        "::: raw\n{w}\n:::\n",
    ),
    "mkdocs": (
        '!!! note "{w}"\n\n    {w}\n\n    - {w}\n',
        "??? tip\n    {w}\n",
        '???+ a "{w}"\n\n    !!! b\n        {w}\n',
        '=== "{w}"\n\n    {w}\n\n=== "{w}"\n\n    ```js\n    1\n    ```\n',
        '--8<-- "a.md"\n',
        "--8<--\na.md\n--8<--\n",
        '[{w}](a){ .a title="{w}" }',
        "## {w} { #id }\n",
        "++ctrl+x++",
        "{++{w}++}",
        "{~~{w}~>{w}~~}",
        "{>>{w}<<}",
        "==<b>{w}</b>==",
        ":material-a:{ .b }",
        "*[A]: {w}\n",
        "::: a.b.c\n    options:\n      d: {w}\n",
        "/// note | {w}\n{w}\n///\n",
        "[TOC]\n",
        '!!! a "{w}\n',
        "-   {w}\n\n    {w}\n",
        "1. {w}\n\n    ```\n    {w}\n    ```\n",
        "![{w}](a){ loading=lazy }",
        '<div class="a" markdown>\n\n- {w}\n\n</div>\n',
        "- [x] {w}\n",
        "!!! note inline end\n    {w}\n",
    ),
    "quarto": (
        '::: {.callout-note title="{w}"}\n\n## {w}\n\n{w}\n:::\n',
        '[{w}]{.a b="{w}"}',
        "@fig-a",
        "[@a; @b, p. 3]",
        '```{r}\n#| fig-cap: "{w}"\n1 + 1\n```\n',
        '![{w}](a.png){#fig-a fig-alt="{w}"}\n',
        "{{< meta a >}}",
        ": {w} {#tbl-a}\n",
        "| {w}\n| {w}\n",
        "+---+---+\n| {w} | {w} |\n+---+---+\n",
        "`1 + 1`{=html}",
        "```{=html}\n<b>{w}</b>\n```\n",
        "$a_b$",
        "\\ref{a}",
        "^[{w} *{w}*]",
        ":::: {.a}\n::: b\n{w}\n:::\n::::\n",
        "`r a`",
        "# {w} {.a -}\n",
        "{{< include _a.qmd >}}\n",
        "[{w}]{.a",
        "(@a) {w}\n",
        "H~2~O^{w}^",
    ),
    "myst": (
        "```{note} {w}\n{w}\n```\n",
        ":::{tip}\n:class: a\n\n{w}\n:::\n",
        "{ref}`{w} <a>`",
        "(a)=\n# {w}\n",
        "% {w}\n",
        "{{ a }}",
        "```{code-block} js\n:caption: {w}\n1\n```\n",
        "[{w}](#a)",
        "{abbr}`{w}`",
        "+++ {w}\n",
        "````{b}\n```{note}\n{w}\n```\n````\n",
        "- {w}\n\n  ```{note}\n  {w}\n  ```\n",
        "{math}`a_b`",
        "```{note\n{w}\n",
    ),
    "obsidian": (
        "[[A|{w}]]",
        "![[a.png]]",
        "%%{w}%%",
        "> [!note]- {w}\n> {w}\n",
        "{w} ^a-b\n",
        "#a/b",
        "[[A#b]]",
        "[[A|{w}",
        "| [[A\\|{w}]] | {w} |\n|---|---|\n",
        "%%\n{w}\n%%\n",
        "=={w}==",
        "> [!a] {w}\n> > [!b]+ {w}\n> > {w}\n",
    ),
    "mdbook": (
        "{{#include a.rs:b}}\n",
        "```rust,editable\n{{#playground a.rs}}\n```\n",
        "{{#title {w}}}\n",
        "\\{{#a}}",
        '<Listing number="1" caption="{w} `a`">\n\n```rust\n1\n```\n\n</Listing>\n',
        "{{#a\n",
    ),
    "github_docs": (
        "{% data variables.a %}",
        "[AUTOTITLE](/a)",
        "{% ifversion a %}{w}{% endif %}",
        '{% octicon "a" aria-label="{w}" %}',
        "{% note %}\n\n**{w}**\n\n{% endnote %}\n",
        "> [!NOTE]\n> {w} {% data a %}\n",
        "{% rowheaders %}\n\n| {w} | {w} |\n|---|---|\n",
    ),
    "hexo": (
        "{% post_link a '{w}' %}",
        "{% note info %}\n{w}\n{% endnote %}\n",
        "{% codeblock {w} lang:js %}\n{w}\n{% endcodeblock %}\n",
        "<!-- more -->\n",
        "{% asset_img a.png {w} %}",
        "{% blockquote {w}, {w} %}\n{w}\n{% endblockquote %}\n",
    ),
    "zola": (
        '{{ a(b="{w}") }}',
        '{% quote(author="{w}") %}\n{w}\n{% end %}\n',
        "[{w}](@/a.md)",
        "{{/* a() */}}",
        "<!-- more -->\n",
        "## {w} {#a}\n",
        "{{ a(b='{w}', c=`{w}`, d=[1, 2]) }}",
        "{% a() %}\n{w}",
    ),
    "docfx": (
        "> [!NOTE]\n> {w}\n",
        "[!INCLUDE [{w}](a.md)]",
        "<xref:A.B>",
        "[{w}](xref:A.B)",
        ':::image source="a" alt-text="{w}":::\n',
        '::: zone pivot="a"\n{w}\n::: zone-end\n',
        "# [{w}](#tab/a)\n\n{w}\n\n---\n",
        "[!code-js[{w}](a.js)]\n",
        "@A.B",
        '> [!div class="a"]\n> {w}\n',
    ),
}


def snippet(rng: random.Random, dialect: str) -> str:
    """One construct: of the dialect mostly, of any other sometimes."""
    own = SNIPPETS.get("mdx" if dialect == "docusaurus" else dialect, ())
    if not own or rng.random() < 0.15:
        own = SNIPPETS[rng.choice(tuple(SNIPPETS))]
    text = rng.choice(own)
    while "{w}" in text:
        text = text.replace("{w}", documents.words(rng, 1, 4), 1)
    return text


def placed(text: str, place: str, indent: str = "") -> str:
    """`text` in one of `PLACES`; its further lines begin as the first one does."""
    line = "\n> " if place.startswith("> ") else "\n  " if place.startswith("- {s}") else "\n"
    return place.replace("{i}", indent).replace("{s}", text.replace("\n", line + indent))


def article(rng: random.Random, dialect: str) -> str:
    """Constructs in paragraphs, lists, quotations, tables and headings, and among them."""
    blocks: list[str] = []
    for _ in range(rng.randint(1, 6)):
        made, dice = snippet(rng, dialect), rng.random()
        if dice < 0.3 and "\n" not in made:
            made = f"{documents.words(rng)} {made} {documents.words(rng)}"
        elif dice < 0.36:
            made = "> " + made.replace("\n", "\n> ")
        elif dice < 0.44:
            made = rng.choice(("- ", "1. ", "* ")) + made.replace("\n", "\n" + " " * 3)
        elif dice < 0.5 and "\n" not in made:
            made = f"## {made} {documents.words(rng, 1, 2)}"
        elif dice < 0.54 and "\n" not in made:
            made = f"| {made} | {documents.words(rng)} |\n|---|---|\n| {documents.words(rng)} | b |"
        elif dice < 0.7:
            made += rng.choice(("", "\n")) + documents.block(rng, "github", 1)
        elif dice < 0.85:
            place = rng.choice(tuple(PLACES.values()))
            made = placed(made.rstrip("\n"), place, rng.choice(("  ", "    ", "      ", "\t")))
        blocks.append(made)
    text = rng.choice(("\n\n", "\n\n", "\n")).join(blocks)
    return text if rng.random() < 0.8 else text.replace("\n", "\r\n")


def torn(rng: random.Random, dialect: str) -> str:
    """An article cut and put together in a few places, so that openers lose their ends."""
    text = article(rng, dialect)
    for _ in range(rng.randint(1, 4)):
        at = rng.randint(0, len(text))
        middle = rng.choice(("", "\n", "\n\n", "    ", "`", "\\", '"', snippet(rng, dialect)))
        text = text[:at] + middle + text[at + rng.randint(0, 9) :]
    return text
