"""MkDocs (Material): Python-Markdown with its own extensions and PyMdown's.

A body belongs to its opener by four spaces (`!!! note`, `=== "Tab"`), so the shadow shows such
an opener as a list item. https://python-markdown.github.io/extensions/,
https://facelessuser.github.io/pymdown-extensions/, https://mkdocstrings.github.io/usage/.
"""

from translate_pipeline.article.dialects._dialect import (
    PROSE,
    Anchor,
    Closer,
    Construct,
    Dialect,
    Quoting,
    Slug,
    Title,
)
from translate_pipeline.article.parser import BASE

_END = rb"[ \t]*+(?:\r?\n|\Z)"
_WORDS = rb"[\w-]++(?: ++[\w-]++)*+"

# The label of a reference is defined elsewhere in the article, so a title with one stays.
_INLINE = rb"(.*)"
# The last quotation mark of the line ends a title, so it may hold others.
_QUOTED = (Title(rb"[^\"\n]*+\"" + _INLINE + rb"\"\Z", Quoting.LINE),)
_BLOCK_TITLES = (
    # What stands behind these is a tag, a number or a place, no title.
    Title(rb"/{3,}[ \t]*+(?:html|define|[\w-]*caption)\b()", Quoting.LINE),
    Title(rb"/{3,}[ \t]*+[\w-]++[ \t]*+\|[ \t]*+" + _INLINE + rb"\Z", Quoting.LINE),
)
_KEY = rb"(?:[\w-]{1,40}+|\"[^\"\n]{1,60}+\"|'[^'\n]{1,60}+')"
# The name of something in code, where a title would hold spaces or be one word.
_NAME = rb"(?:[A-Za-z_][\w-]*+(?:\.[\w-]++)++|\$\w++)"
_LATEX = (
    b"align", b"alignat", b"array", b"cases", b"eqnarray", b"equation", b"flalign", b"gather",
    b"matrix", b"multline", b"split", b"subequations",
)  # fmt: skip

DIALECT = Dialect(
    name="mkdocs",
    options=BASE,
    # `{#id}` needs the extension attr_list, which a plain MkDocs does not have.
    anchor=Anchor.HTML,
    slug=Slug.PYTHON,
    trigger=(
        b"!!!", b"???", b"===", b"///", b":::", b"8<-", b"{", b"markdown", b"++", b"==", b"^^",
        b"*[", b"[TOC]", b"][", b"]:", b"\\(", b"\\[", b"\\begin", b"\n:", b"    :", b"$",
    ),
    code_keeps_pipes=True,
    prose=(*PROSE, "aria-label", "data-toc-label", "data-title"),
    constructs=(
        # The opener of the next in a line that begins a definition: its words are no prose.
        Construct(rb"!!!(?<=: {3}!!!)[ ]?" + _WORDS + rb"(?=" + _END + rb")", code=False),
        # !!! note inline end "Title"
        Construct(rb"!!!(?=[ ]?" + _WORDS + rb"(?: ++\"[^\n]{0,300}\")?" + _END + rb")",
                  closer=Closer.LINE, block=True, code=False, item=True, titles=_QUOTED),
        # ??? question "Title", ???+ note
        Construct(rb"\?\?\?(?=\+?[ ]?(?:" + _WORDS + rb")?(?: *+\"[^\n]{0,300}\")?" + _END + rb")",
                  closer=Closer.LINE, block=True, code=False, item=True, titles=_QUOTED),
        # === "Tab", ===! "New group", ===+ "Selected"
        Construct(rb"===(?=[!+]{0,2} ++\"[^\n]{0,300}\"" + _END + rb")",
                  closer=Closer.LINE, block=True, code=False, item=True, titles=_QUOTED),
        # /// note | Title … ///, with more slashes outside than inside
        Construct(rb"///(?<!////)(?=/*+(?:[ \t]*+[A-Za-z][\w-]*+[ \t]*+(?:\||\r?\n|\Z)|"
                  + _END + rb"))", closer=Closer.LINE, block=True, code=False,
                  titles=_BLOCK_TITLES),
        # ::: package.module, with its options below, which are indented like code
        Construct(rb":::(?=[ \t]+[\w.*:/-]++" + _END + rb")", closer=Closer.LINE, block=True,
                  code=False),
        # Snippets: a block of file names, and a single one.
        Construct(rb"--8<-(?=-*+" + _END + rb")", b"--8<--", limit=4_000, block=True, code=False),
        Construct(rb"--8<-(?=-*+[ \t]+[\"'\[])", closer=Closer.LINE, block=True, code=False),
        # *[HTML]: Hyper Text Markup Language
        Construct(rb"\*\[(?=[^\]\n]{1,200}\] ?:)", closer=Closer.LINE, block=True, code=False,
                  titles=(Title(rb"\*\[[^\]\n]++\] ?:[ \t]*+(.*)\Z", Quoting.LINE, False),)),
        # The body of a definition belongs to its colon as that of a list's item to its sign, and
        # the term may be something that is no paragraph to the parser.
        Construct(rb":(?=(?<=\n:)|(?<=\n> :)|(?<=\n    :)|(?<=\n        :))"
                  rb"(?= {1,3}(?!!!!|\?{3}|===)[^ :|-])",
                  fill=b"+", code=False),
        Construct(rb"\[TOC\]", closer=Closer.LINE, block=True, code=False),
        # Plugins: {{ macro() }}, {% include %}, {! file !}, {* file hl[1] *}
        Construct(rb"\{\{", b"}}", limit=4_000, block=True, code=False),
        Construct(rb"\{%", b"%}", limit=4_000, block=True, code=False),
        Construct(rb"\{!(?=[^{}\n]{1,500}!\})", b"!}", block=True, code=False),
        Construct(rb"\{\*(?=[^{}\n]{1,500}\*\})", b"*}", block=True, code=False),
        # {>>a comment<<} of an editor; {++new++}, {--old--}, {~~old~>new~~}, {==marked==}
        Construct(rb"\{>>", b"<<}", limit=4_000, block=True, code=False),
        Construct(rb"\{(?:\+\+|--|~~|==)", block=True, code=False),
        *(Construct(sign + rb"\}", block=True, code=False)
          for sign in (rb"\+\+", b"--", b"~~", b"==")),
        Construct(rb"~>(?=[^{}\n]{0,500}~~\})", code=False),
        # {: .class #id key="value" }, {.class}, { width=300 }: of a block, or of what is before
        Construct(
            rb"\{(?!:?[ \t]*#[\w-]{1,200}[ \t]*\}" + _END + rb")"
            rb"(?=:?[ \t]*(?:[.#][\w-]|[\w:-]{1,40}=|[a-z]+(?:-[a-z]+)+[ \t]*\})[^{}\n]{0,500}\}"
            rb"|:[^{}\n]{1,500}\}" + _END + rb")",
            b"}",
            block=True,
            fill=b".",
            heading=b" ",
            code=False,
            parameters=Quoting.RAW,
        ),
        # ++ctrl+alt+"My key"++
        Construct(rb"\+\+(?=" + _KEY + rb"(?:\+" + _KEY + rb"){0,9}\+\+)", b"++", limit=800,
                  blank=False, code=False),
        # ==marked== and ^^inserted^^: what is between is prose
        Construct(rb"==(?<!===)(?!=)(?:(?=[^\s])|(?<=[^\s]==))", fill=b".", code=False),
        Construct(rb"\^\^(?<!\^\^\^)(?!\^)(?:(?=[^\s])|(?<=[^\s]\^\^))", fill=b".", code=False),
        # [text][package.Class], [package.Class][], [package.Class]: a plugin knows the target
        Construct(rb"\]\[(?=" + _NAME + rb"\])", b"]", limit=300, fill=b".", code=False),
        Construct(rb"\[(?=" + _NAME + rb"\](?:\[\]|(?!\[[^\^]|[(:])))", b"]", limit=300,
                  code=False),
        # [text] [label] is one link, as in the first Markdown; `[ ] [label]` begins a task.
        Construct(rb"\](?<!\[[ xX]\])(?=(?: |\r?\n[ >]{0,12})\[[^\[\]\n]{1,200}+\](?![\[(:]))",
                  b"]", limit=300, fill=b".", code=False),
        # <div class="grid cards" markdown>: what follows is Markdown, not HTML.
        Construct(
            rb"<[A-Za-z]\w{0,20}(?=\s[^<>]{0,300}?(?<=[\s\"'])markdown[\s=>])",
            b">",
            limit=2_000,
            block=True,
            code=False,
            parameters=Quoting.HTML,
        ),
        # $ a_b $ is the formula it would be to Arithmatex, when no word touches it: not `$A/$B`.
        Construct(rb"\$\$", b"$$", limit=4_000, blank=False, block=True, code=False),
        Construct(rb"\$(?<![\w$]\$)(?=[^\s$](?:[^\\$]|\\[^$]){0,500}+(?<=\S)\$(?!\w))", b"$",
                  limit=600, blank=False, code=False),
        # \( a_b \), \[ … \], \begin{x}…\end{x}
        Construct(rb"\\\((?<!\\\\\()", rb"\)", limit=2_000, blank=False, code=False),
        Construct(rb"\\\[(?<!\\\\\[)(?=[^\]]{0,80}[\\^_=])", rb"\]", block=True, limit=4_000,
                  blank=False, code=False),
        Construct(rb"\\begin\{(?=[a-z]{1,20}\*?\})", b"}", block=True, limit=30, code=False,
                  verbatim=_LATEX, ending=(b"\\end{", b"", b"}")),
    ),
)  # fmt: skip
