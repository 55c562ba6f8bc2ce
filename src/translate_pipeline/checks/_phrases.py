"""Nothing in, patterns out: how models talk about their work, in a dozen languages.

Law: every pattern is bounded, and so linear on any text. A sort of phrase is one pattern over
all languages, since a model may chat in any, and the source may quote any.
"""

from __future__ import annotations

import re

__all__ = ["ANYWHERE", "AT_THE_START", "CLUES", "ENGLISH_NOTE", "EXCUSE", "TRANSLATION"]


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{phrase})" for phrase in phrases), re.IGNORECASE)


#: A word for translation: a source that has one may be headed "Translation:".
TRANSLATION = _any(
    "translat", "übersetz", "tradu", "traduz", "vertal", "tłumacz", "перевод", "перевед",
    "переклад", "çevir", "çeviri", "ترجم", "תרגו", "अनुवाद", "翻訳", "翻译", "翻譯", "译", "譯",
    "번역", "dịch", "terjemah", "rendering", "version",
)  # fmt: skip

_DONE = "translat(?:ion|ed)"

#: Matched at the first character of the prose.
AT_THE_START: dict[str, re.Pattern[str]] = {
    "lead-in": _any(
        r"(?:\w{2,12}[,!.]? )?here(?:'s|’s| is| are) (?:the|your|a|my) (?:\w{2,20} ){0,3}"
        + _DONE
        + r"\b",
        r"(?:the|this) (?:\w{2,20} ){0,3}" + _DONE + r"(?: \w{2,20}){0,4} "
        r"(?:is|reads|would be)(?: as follows)?:",
        r"below is (?:the|your|a|my) (?:\w{2,20} ){0,3}" + _DONE,
        r"(?:\w{2,12}[,!.]? )?hier (?:ist|kommt|folgt|sind) (?:die|der|das|ihre|deine|meine|eine) "
        r"(?:\w{2,20} ){0,3}(?:übersetzung|übersetzte)\w{0,2}\b",
        r"(?:aquí|aqui) (?:está|tienes|tiene|te dejo) (?:la|el|a|o|su|tu|una|sua) "
        r"(?:\w{2,20} ){0,2}tradu",
        r"voici (?:la|le|votre|une|ma) (?:\w{2,20} ){0,2}(?:traduction|texte traduit)",
        r"ecco (?:la|il|a te la|una) (?:\w{2,20} ){0,2}(?:traduzione|testo tradotto)",
        r"hier is de (?:\w{2,20} ){0,2}(?:vertaling|vertaalde)",
        r"oto (?:\w{2,20} ){0,2}(?:tłumaczenie|przetłumaczon)",
        r"вот (?:\w{2,20} ){0,2}(?:перевод|переклад|переведённый|переведенный)",
        r"ось (?:\w{2,20} ){0,2}(?:переклад|перекладений)",
        r"(?:işte|aşağıda) (?:\w{2,20} ){0,3}(?:çeviri|çevirisi|tercüme)",
        r"(?:إليك|فيما يلي|هذه هي) (?:\w{2,20} ){0,2}(?:ال)?(?:ترجمة|نص المترجم)",
        r"הנה (?:\w{2,20} ){0,2}ה?תרגום",
        r"(?:यहाँ|यहां|यह) (?:\w{1,20} ){0,3}अनुवाद (?:है|दिया)",
        r"(?:以下|下面|这|這)(?:是|为|為|就是)[^。，,]{0,12}(?:翻译|翻譯|译文|譯文)[^。，,]{0,10}[：:]",
        r"(?:以下|こちら)(?:は|が|に)[^。、]{0,16}(?:翻訳|訳文|和訳)[^。、]{0,12}(?:です|ます|示)",
        r"(?:다음은|아래는|여기) [^.]{0,20}번역[^.]{0,10}(?:입니다|이에요|:)",
        r"(?:đây là|dưới đây là) (?:bản )?(?:\w{2,20} ){0,2}dịch",
        r"berikut (?:adalah|ini) (?:\w{2,20} ){0,2}terjemahan",
    ),
    "label": _any(
        r"(?:(?:\w{2,20} ){0,2}translat(?:ion|ed(?: text| version)?)(?: \w{2,20}){0,3}"
        r"|(?:\w{2,20} )?übersetzung(?: \w{2,20}){0,2}|traducción|traduction|traduzione|tradução"
        r"|vertaling|tłumaczenie|перевод|переклад|çeviri|الترجمة|ترجمة|תרגום|अनुवाद"
        r"|翻訳|訳文|訳|和訳|翻译|翻譯|译文|譯文|번역|번역문|bản dịch|dịch|terjemahan) ?[:：]",
    ),
    "assent": _any(
        r"(?:sure|certainly|of course|absolutely)(?:!|, (?:here|i))",
        r"(?:gerne|natürlich|selbstverständlich|klar)(?:!|, hier (?:ist|sind|kommt))",
        r"(?:¡claro!|¡por supuesto!|claro(?: que sí)?, aquí|por supuesto, aquí)",
        r"(?:bien sûr|certainement|avec plaisir) ?(?:!|, voici)",
        r"(?:certamente|certo|claro|com certeza|certamente)(?:!|, (?:ecco|aqui))",
        r"(?:конечно|разумеется|звичайно|звісно)(?:!|, вот|, ось)",
        r"(?:当然|好的|當然|沒問題|没问题)(?:！|!|，以下|，这|，這|，下面)",
        r"(?:もちろんです|承知しました|承知いたしました|かしこまりました|わかりました)[。！!]",
        r"(?:물론입니다|물론이죠|알겠습니다|네, 알겠습니다)[.!]",
    ),
    "refusal": _any(
        r"(?:i['’]m|i am) (?:sorry|unable to|not able to)\b[^.]{0,60}"
        r"(?:can(?:['’]t|not)|unable|not able|translat|assist|help|compl[iy])",
        r"i (?:can(?:['’]t|not)|won['’]t) (?:help|assist|translate|provide|comply|fulfil)",
        r"as an? (?:ai|artificial intelligence|language model|large language model)\b",
        r"(?:sorry|unfortunately), (?:but )?i (?:can(?:['’]t|not)|am unable)",
        r"(?:es tut mir leid|tut mir leid|leider|entschuldigung)\b,? ?(?:aber )?"
        r"(?:(?:kann|darf) ich|ich (?:kann|darf))\b",
        r"ich kann (?:das|dies|diesen text|dabei|ihnen dabei|dir dabei) (?:leider )?nicht",
        r"(?:lo siento|desculpe|sinto muito|mi dispiace|je suis désolée?|désolée?)\b[^.]{0,12}"
        r"(?:no puedo|não posso|non posso|je ne peux pas|mais je ne)",
        r"(?:no puedo|não posso|non posso|je ne peux pas) "
        r"(?:ayudar|ajudar|aiutar|aider|tradu)",
        r"(?:извините|к сожалению|вибачте|на жаль),? (?:но |але )?я не (?:могу|можу)",
        r"(?:抱歉|很抱歉|对不起|對不起|非常抱歉)，?(?:但)?我?(?:无法|無法|不能)",
        r"(?:申し訳(?:ありません|ございません)が?|すみませんが?|恐れ入りますが)、[^。]{0,40}(?:できません|いたしかねます)",
        r"(?:죄송합니다|죄송하지만)[^.]{0,30}(?:수 없|어렵)",
        r"(?:üzgünüm|maalesef),? [^.]{0,40}(?:edemem|yapamam|çeviremem|olamam)",
        r"(?:عذر[اً]{1,2}|آسف|أعتذر)[^.]{0,20}لا (?:أستطيع|يمكنني)",
        r"(?:xin lỗi|rất tiếc|maaf)[^.]{0,20}(?:không thể|tidak (?:bisa|dapat))",
    ),
}

#: Searched in the whole prose.
ANYWHERE: dict[str, re.Pattern[str]] = {
    "remark": _any(
        r"\btranslat(?:or|ion)(?:['’]s)? note\b",
        r"\b(?:Anm(?:erkung|\.) (?:des Übersetzers|d\. Übers\.)|N\. ?d(?:e la|u|el) T\.|NdT\b)",
        r"\b(?:note de traduction|note du traducteur|nota del? tradu\w{2,5}|nota do tradutor)",
        r"(?:примечание переводчика|примітка перекладача|çevirmenin notu|ملاحظة المترجم)",
        r"(?:译者注|譯者註|譯者注|譯註|译注|訳注|訳者注|翻訳者注|역주|옮긴이 주)[：:）)\s]",
        r"\bI(?:['’]ve| have) (?:translated|kept|preserved|left|maintained) "
        r"(?:the|all|this|your)\b",
        r"\b(?:let me know|feel free to ask) if you(?:['’]d like| would like| need| want) "
        r"(?:any|me|further|more)",
    ),
    "omission": _any(
        r"\[ ?(?:\.{3}|…) ?\]",
        r"[\[(（](?:the )?(?:rest|remainder|translation|text|content)s? (?:of the \w{2,20} )?"
        r"(?:continues?|omitted|truncated|follows|unchanged|remains)\b",
        r"[\[(（](?:omitted|truncated|abridged|continued|gekürzt|ausgelassen|omis|omitido|omesso"
        r"|以下省略|中略|後略|省略|略|이하 생략|생략|сокращено|опущено)[\])）]",
        r"\[(?:translation|insert|your) [^\]]{1,40}\](?!\()",
    ),
}

#: One of these stands in every case-folded text in which the pattern is found: a quick look
#: first. None has an i, since the Turkish dotted and dotless ones fold into something else.
CLUES: dict[str, tuple[str, ...]] = {
    "remark": (
        " note", "anm", " t.", "ndt", "note d", "nota d", "переводч", "перекладач", "n notu",
        "ملاحظة", "译注", "譯註", "訳注", "者注", "者註", "역주", "옮긴",
        "'ve ", "’ve ", " have ", " me know", "free to ask",
    ),
    "omission": ("[", "(", "（"),
}  # fmt: skip

#: What in the source explains a phrase of that sort.
EXCUSE: dict[str, re.Pattern[str]] = {
    "refusal": _any(
        r"sorry|unfortunately|apolog|regret|forgive|can(?:no|['’])t|can not|unable|not able"
        r"|won['’]t|\b(?:ai|language model)\b|leider|tut mir leid|entschuldig|kann [^.]{0,40}nicht"
        r"|siento|puedo|désolé|peux pas|dispiace|posso|извин|жаль|сожалению|не мо[гж]"
        r"|抱歉|对不起|對不起|无法|無法|不能|申し訳|すみません|できません|죄송|수 없|üzgün|maalesef"
        r"|عذر|آسف|xin lỗi|rất tiếc|không thể|maaf|tidak (?:bisa|dapat)|क्षमा|खेद"
    ),
    "label": TRANSLATION,
    "remark": _any(r"translator|editor['’]s note|译者|譯者|訳者"),
    "omission": _any(
        r"\.\.\.|…|omit|truncat|abridg|continued|shorten|cut\b|snip|省略|略|gekürzt|omis"
    ),
}

#: For targets that are not English: an English remark before or behind the text. Behind a text
#: without a full stop (a cell, a title) it must go on in English, for others have the word, too.
ENGLISH_NOTE = re.compile(
    r"(?:^|[.!?。！？:)\n] ?|[(（\[] ?)(?:please )?note(?: that |: ?)"
    r"|\bnote: (?:i (?:have|kept|left|used|did|translated|changed)|the|this|these|some|all) ",
    re.IGNORECASE,
)
