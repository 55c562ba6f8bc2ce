"""Obsidian: CommonMark with wikilinks, embeds, callouts, block ids, highlights and comments.

Syntax: https://help.obsidian.md/obsidian-flavored-markdown, https://help.obsidian.md/callouts.
"""

from translate_pipeline.article.dialects._dialect import (
    Anchor,
    Closer,
    Construct,
    Dialect,
    Quoting,
    Title,
)
from translate_pipeline.article.parser import BASE, MATH

_END = rb"(?=[ \t]*+(?:\r?\n|\Z))"
_LETTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

# [[target|alias]]; the bar is escaped in a table, and behind an image a size is no alias.
_ALIAS = (
    Title(
        rb"!?\[\[[^\[\]|\n]*+\|(?!\d+(?:x\d+)?\])([^\[\]\n]++)\]\]\Z",
        Quoting.BRACKET,
        markdown=False,
    ),
)

# A link to a heading names its words (`[[#Heading]]`), so an id of its own helps only `](#id)`.
# That of another note (`[[note#Heading]]`) is in another file, and stays as it is.
DIALECT = Dialect(
    name="obsidian",
    options=BASE | MATH,
    anchor=Anchor.HTML,
    heading_link=rb"!?\[\[#(?!\^)([^\[\]|\n\\]++)",
    keeps_lines=True,  # unless a vault has "Strict line breaks"
    trigger=(b"[[", b"[!", b" ^", b"\n^", b"==", b"%%", b" #", b"\t#",
             *(b"#%c" % letter for letter in _LETTERS)),
    constructs=(
        # %%a comment, which may hold blank lines%%
        Construct(rb"%%", b"%%", block=True, code=False),
        # ![[an embed#part|300]], [[a page#part|alias]]
        Construct(rb"!\[\[(?=[^\[\]\n]{1,400}\]\])", b"]]", block=True, code=False, titles=_ALIAS),
        Construct(rb"\[\[(?=[^\[\]\n]{1,400}\]\])", b"]]", code=False, titles=_ALIAS),
        # > [!note]- The title
        Construct(
            rb"\[!(?:(?<=>\[!)|(?<=>[ \t]\[!))"
            rb"(?=[^\s\[\]][^\[\]\n]{0,60}\][+-]?(?:[ \t]|\r?\n|\Z))",
            closer=Closer.LINE,
            block=True,
            code=False,
            titles=(Title(rb"\[![^\[\]\n]++\][+-]?[ \t]++(.*)\Z", Quoting.LINE),),
        ),
        # ^block-id at the end of a block, or on a line of its own below it
        Construct(rb"\^(?<=[ \t\n]\^)[A-Za-z0-9-]{1,100}+" + _END, block=True, fill=b" ",
                  code=False),
        # ==highlighted==: what is between is prose
        Construct(rb"==(?<!===)(?!=)(?:(?=[^\s])|(?<=[^\s]==))", fill=b".", code=False),
        # #tag/of-a-note
        Construct(rb"#(?<![^\s]#)(?=[0-9/_-]{0,40}[A-Za-z\x80-\xff])[\w/\x80-\xff-]{1,200}+",
                  code=False),
    ),
)  # fmt: skip
