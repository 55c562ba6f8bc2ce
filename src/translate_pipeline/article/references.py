"""Leaves and lists in, the leaves of reference lists out.

A list is a reference list when each item is essentially one link to another site, or when
it stands under a heading such as *References*, *Sources* or *Further reading* in any of
our languages and its items hold links. Works must stay findable, so their titles are kept
by default (`quality.md` 4.2); a table of contents (links into the page or the site) is not
a reference list, and neither is what stands under *See also*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate_pipeline.article.leaves import ATOM, CLOSE, Leaf, Leaves
from translate_pipeline.model import Kind

__all__ = ["HEADINGS", "is_reference_heading", "reference_leaves"]

#: What such a heading is called, casefolded, in the languages that ship with a style file.
HEADINGS = frozenset(
    heading.casefold()
    for heading in """
    references|reference|reference list|sources|source|further reading|bibliography|works cited
    citations|external links
    literature|additional reading|suggested reading
    referenzen|quellen|quellenangaben|literatur|literaturverzeichnis|weiterführende literatur
    weiterführende links|weiterlesen|einzelnachweise|quellenverzeichnis|weblinks
    nachweise
    referencias|fuentes|bibliografía|lecturas adicionales|lecturas recomendadas|enlaces externos
    références|sources et références|bibliographie|liens externes
    lectures complémentaires
    riferimenti|fonti|bibliografia|letture consigliate|collegamenti esterni
    referências|fontes|leitura adicional|leituras recomendadas|leitura complementar
    ligações externas|links externos
    referenties|bronnen|literatuur|literatuurlijst|verder lezen|externe links
    bronvermelding
    źródła|bibliografia|przypisy|literatura|dalsza lektura|linki zewnętrzne|odnośniki
    odniesienia
    ссылки|источники|литература|список литературы|дополнительная литература
    внешние ссылки|библиография|использованные источники
    посилання|джерела|література|список літератури|додаткова література
    kaynaklar|kaynakça|referanslar|dış bağlantılar|ileri okuma
    المراجع|مراجع|المصادر|مصادر|قراءات إضافية|روابط خارجية|قراءة إضافية
    מקורות|הפניות|לקריאה נוספת|קישורים חיצוניים|ביבליוגרפיה
    संदर्भ|सन्दर्भ|स्रोत|संदर्भ सूची|आगे पढ़ें|बाहरी कड़ियाँ|अतिरिक्त पठन
    参考|参考文献|参考資料|参考リンク|出典|外部リンク|さらに読む|参照
    참고|참고 문헌|참고문헌|참고 자료|참고자료|출처|더 읽을거리|더 읽어보기|외부 링크
    参考资料|参考链接|参考来源|参考|引用|资料来源|来源|延伸阅读|扩展阅读|外部链接|参考书目
    參考資料|參考|參考文獻|參考連結|參考來源|資料來源|來源|延伸閱讀|外部連結|引用來源
    tài liệu tham khảo|tham khảo|nguồn|đọc thêm|liên kết ngoài|nguồn tham khảo
    referensi|sumber|daftar pustaka|bacaan lanjutan|bacaan lebih lanjut|pranala luar
    """.replace("\n", "|").split("|")
    for heading in [heading.strip()]
    if heading
)
# 1., 1), I., emoji, emphasis and colons around the words do not matter.
_AROUND = re.compile(r"^[\W\d_]*(?:[ivx]{1,4}[.)]\s+)?|[\W_]*$", re.IGNORECASE)
_EXTERNAL = re.compile(rb"^\]\(\s*<?(?:https?:)?//", re.IGNORECASE)
_WORDS = re.compile(r"\w+")
# An item may say who wrote a work, where or when, but not tell a story about it.
_MOST_WORDS_BESIDE_THE_LINK = 6


def is_reference_heading(text: str) -> bool:
    """True for *References*, **Quellen:**, 參考資料 …

    >>> is_reference_heading("3. Further Reading"), is_reference_heading("How references work")
    (True, False)
    """
    return _AROUND.sub("", text).casefold() in HEADINGS


def reference_leaves(found: Leaves, source: bytes) -> set[int]:
    """Indices of the leaves that are entries of reference lists."""
    result: set[int] = set()
    under: dict[int, bool] = {}
    for listing in found.lists:
        if not listing.outermost or listing.first == listing.last:
            continue
        if not found.leaves[listing.first].parts:
            continue  # every entry must hold a link
        leaves = found.leaves[listing.first : listing.last]
        if all(_is_one_link(leaf, source, external=True) for leaf in leaves) or (
            _under_reference_heading(found.leaves, listing.first, source, under)
            and all(_is_one_link(leaf, source, external=False) for leaf in leaves)
        ):
            result.update(range(listing.first, listing.last))
    return result


def _under_reference_heading(
    leaves: Sequence[Leaf], first: int, source: bytes, known: dict[int, bool]
) -> bool:
    index = first - 1
    while index >= 0 and leaves[index].kind is not Kind.HEADING:
        index -= 1
        if first - index > 200:  # a list 200 leaves below its heading is no reference list
            return False
    if index < 0:
        return False
    if index not in known:
        leaf = leaves[index]
        known[index] = is_reference_heading(source[leaf.start : leaf.end].decode())
    return known[index]


def _is_one_link(leaf: Leaf, source: bytes, *, external: bool) -> bool:
    """One link, or one bare URL, and at most a few words beside it."""
    closers = [part for part in leaf.parts if part[0] == CLOSE]
    atoms = [
        part
        for part in leaf.parts
        if part[0] == ATOM and source[part[1] : part[1] + 5] in (b"<http", b"<HTTP")
    ]
    if len(closers) + len(atoms) != 1:
        return False
    if closers:
        _, close, end, label, start = closers[0]
        if external and label is None and not _EXTERNAL.match(source[close:end]):
            return False
        beside = source[leaf.start : start] + b" " + source[end : leaf.end]
    else:
        beside = source[leaf.start : atoms[0][1]] + b" " + source[atoms[0][2] : leaf.end]
    words = _WORDS.findall(beside.decode())
    allowed = _MOST_WORDS_BESIDE_THE_LINK if external else 4 * _MOST_WORDS_BESIDE_THE_LINK
    return len(words) <= allowed
