"""DocFX and Microsoft Learn: Markdig with alerts, includes, tabs, triple colons and xrefs.

https://dotnet.github.io/docfx/docs/markdown.html,
https://learn.microsoft.com/contribute/content/markdown-reference. Tabs are headings with a
link (`# [Linux](#tab/linux)`) and `<xref:uid>` is an autolink: the parser knows both.
"""

from translate_pipeline.article.dialects._dialect import (
    Anchor,
    Closer,
    Construct,
    Dialect,
    Quoting,
)
from translate_pipeline.article.parser import BASE, MATH

DIALECT = Dialect(
    name="docfx",
    options=BASE | MATH,
    anchor=Anchor.HTML,
    trigger=(b"[!", b":::", b"@"),
    prose=("title", "alt", "alt-text", "lightbox-alt-text"),
    constructs=(
        # [!INCLUDE [shown nowhere](file.md)], [!code-csharp[name](file.cs?name=x)]
        Construct(rb"\[!(?i:include|code|notebook)[\w+#-]{0,40}\*?[ \t]*\[[^\[\]\n]{0,400}\]"
                  rb"[ \t]*\([^()\n]{0,1000}\)[ \t]*\]", block=True, code=False),
        # [!div class="checklist"], [!Video https://…]
        Construct(rb"\[!(?i:div|video)\b(?=[^\[\]\n]{0,1000}\])", b"]", block=True, code=False),
        # [!NOTE]: what stands behind it on its line, or in a list, is no alert to the parser
        Construct(rb"\[![A-Za-z]{2,20}\](?![(\[])", block=True, code=False),
        # :::image source="x.png" alt-text="…":::, :::no-loc text="Word":::
        Construct(rb":::(?<!::::)(?=[ \t]*[a-z][\w-]*[^\n]{0,2000}:::)", b":::",
                  closer=Closer.QUOTED, block=True, code=False, parameters=Quoting.RAW),
        # ::: moniker range=">=x", :::row-end, and a fence's end
        Construct(rb":::(?<!::::):*+(?=[ \t]*(?:[a-z]|\r?\n|\Z))", closer=Closer.LINE, block=True,
                  code=False, parameters=Quoting.RAW),
        # @System.String, @"System.String?text=x"
        Construct(rb"@(?<![\w\x80-\xff@./-]@)(?:\"[^\"\n]{1,300}\"|'[^'\n]{1,300}'"
                  rb"|[A-Za-z_](?:\w|[.#*/-](?=\w))*+(?:`\d)?)", code=False),
    ),
)  # fmt: skip
