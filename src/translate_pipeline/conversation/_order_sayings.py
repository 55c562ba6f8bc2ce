"""What orders to a language model say, as data: words to look for, and the pattern behind them.

The law: each pattern is linear, and none can match a text that has none of its words, because
looking for a word is far cheaper than looking for a pattern. All texts are in lower case.
"""

# ruff: noqa: E501 - a pattern is easier to read on one line

from __future__ import annotations

__all__ = ["HOSTILE", "SAYINGS"]

_GAP = r"[^.!?\n]{0,60}?"
_MODEL = (
    r"(?:a\.?i\.?|llms?|language models?|translators?|translation (?:models?|systems?|engines?)"
    r"|assistants?|chat ?bots?|gpt|chatgpt|claude|gemini|machine)"
)
_LANGUAGE = (
    r"(?:english|german|french|spanish|italian|russian|chinese|japanese|korean|arabic|klingon"
    r"|latin|esperanto|pirate|portuguese|dutch|hindi|polish|turkish)"
)
_WHERE = r"(?:translations?|output|answers?|repl(?:y|ies)|responses?|segments?|paragraphs?)"
_SAID = r"(?:instructions?|rules?|prompts?|orders?|guidelines?|directions?|directives?"
#: What nobody says who has a wish for the wording: `word|word`, and the pattern.
HOSTILE: tuple[tuple[str, str], ...] = (
    # Tags of our own request and of chat templates, in the text itself.
    (
        "</|<task|<faults|<done|<article|<glossary|<memory|<prompt|<instruction",
        r"</(?:author|notes|system|assistant|user|end)\b[^<>]{0,60}>"
        r"|</?(?:article|task|glossary|memory|done|faults|prompt|instructions?)\b[^<>]{0,60}>",
    ),
    ("<|＜", r"<\s?\d{1,6}(?:\s[a-z0-9-]{1,16})?\s?>(?=[^`<,]{4})|<end>\s|<\|[a-z_]{2,20}\|>"),
    ("inst]|<sys>|</sys>", r"\[/?inst\]|</?sys>"),
    ("system:|assistant:|user:|human:", r"(?:^\W{0,4}|\bhuman:.{0,200}\b)(?:system|assistant|user):\s"),
    # Disregard what you were told.
    (
        "ignor|disregard|forget|overrid|bypass|neglect|dismiss",
        rf"\b(?:ignore|disregard|forget|override|bypass|neglect|dismiss)\b{_GAP}\b{_SAID}"
        r"|told|above|previous(?:ly)?|prior|preceding|earlier|so far)\b",
    ),
    (
        "instruction|task|order|rules",
        r"\b(?:new|updated|real|actual|true|revised|following) (?:instructions?|task|orders?|rules?)"
        r"(?: are\b| is\b|:| follow\b)",
    ),
    ("system |developer m", r"\bsystem (?:override|message|note|notice)\b|\bdeveloper (?:mode|message)\b[^.]{0,80}\byou"),
    ("jailbreak|end of", r"\bjailbreak|\bend of (?:the )?(?:article|input|source text|prompt|text to)\b"),
    # You are somebody else.
    (
        "you are|from now",
        rf"\byou are (?:now |no longer |not )(?:an?|the|in) {_GAP}\b(?:{_MODEL}|mode|pirate|poet"
        r"|copywriter|persona|character|expert)\b"
        r"|\bfrom now on,? (?:you|answer|reply|respond|write|speak|output|translate)\b",
    ),
    (
        "pretend|imagine|role|act as",
        r"\b(?:pretend|imagine) (?:that )?(?:you are|to be|you're)\b"
        rf"|\b(?:role-?play|act) as (?:an?|if|my) {_GAP}\b(?:{_MODEL}|pirate|poet|persona|character)\b",
    ),
    # Tell me what you were told.
    (
        "prompt|instruction|message|rules|guideline|above",
        r"\b(?:print|repeat|reveal|show|output|reproduce|recite|quote|copy|translate|write|tell)\b"
        rf"{_GAP}\b(?:(?:system|initial|hidden|secret|original|entire|full) (?:prompt|instructions?"
        r"|message)|your (?:instructions?|prompt|rules|guidelines)|(?:text|words|everything) above)\b",
    ),
    # You there, the model.
    (
        " ai|ai |ai,|ai:|ai!|a.i|llm|model|translat|assistant|chat|gpt|claude|gemini|machine",
        rf"\b(?:notes?|message|instructions?|attention|dear|hey|hello) (?:to |for )?(?:the |an? |any |all )?"
        rf"{_MODEL}\b\s?[:,!—–]|\bto (?:the |any |all )?{_MODEL}\s?:"
        rf"|\b{_MODEL}\b{_GAP}\b(?:must|should|shall|has to|needs to|is to|please)\b"
        rf"{_GAP}\b(?:ignore|reply|respond|answer|output|write|say|translate|insert|append|stop|leave)\b",
    ),
    (
        "answer|reply|respond|say",
        r"(?:^|[.!?:;,(\"“*>]\s?|\b(?:and|then|please|now|simply|must|you|to)\s)"
        r"(?:answer|reply|respond|say)\b(?: to this| to everything)? (?:only|exactly|just|with|nothing"
        r"|the words?|in the|as)\b(?! an? )",
    ),
    # Other numbers, other languages.
    (
        "segment|paragraph|rest|everything",
        r"\b(?:skip|omit|drop|leave out) (?:the |all )?(?:rest|remainder|everything)\b|"
        r"\bsegments? (?:number )?\d|\b(?:other|remaining|following|every|any|next) segments?\b"
        r"|\b(?:skip|omit|drop|merge|delete|leave out) (?:the |all |every )?(?:\w+ )?(?:segments?|paragraphs?)\b",
    ),
    # Hidden words.
    (
        "decod|decrypt|scramble|base64|base 64|rot13|rot 13",
        rf"\b(?:decode|decrypt|unscramble|base ?64|rot ?13)\b{_GAP}\b(?:follow|execute|obey|carry out"
        r"|do (?:what|as)|comply|output|say|instructions?|command)\b",
    ),
    # The same in other languages.
    (
        "ignorier|vergiss|vergessen|missacht|beacht",
        rf"\b(?:ignorier|vergiss|vergessen sie|missacht|beacht\w+ nicht){_GAP}(?:anweisung|regel|vorgabe"
        r"|befehl|prompt|oben|bisherig)",
    ),
    (
        "ignor|oubli|olvid|dimentica|esque|desconsidere|omite",
        rf"\b(?:ignor(?:e[rz]?|a)|oubli(?:e[rz]?)|olvid(?:a|e)|dimentica|esque[çc]a|desconsidere|omite)\b{_GAP}"
        r"(?:instruc|istruzion|consigne|r[èe]gl|regol|regr|orden|ordin|anterior|pr[ée]c[ée]dent)",
    ),
    (
        "répond|repond|rispond|respond|escrib|écri|ecri|tradui|traduz|tradur",
        rf"\b(?:r[ée]pond(?:s|ez)|responde|rispondi|responda|escribe|[ée]cri(?:s|vez))\b{_GAP}\b(?:seulement"
        r"|uniquement|solo|soltanto|apenas|somente|solamente)\b|\bne tradui(?:s|sez) pas\b|\bno traduzcas\b"
        r"|\bnon tradurre\b",
    ),
    (
        "игнор|забудь|обращай|ответь|напиши|выведи|перевод",
        r"(?:игнорируй|забудь|не обращай)[^.!?\n]{0,60}?(?:инструкц|указани|правил|выше|предыдущ)"
        r"|(?:ответь|напиши|выведи)[^.!?\n]{0,40}?(?:только|вместо)|не переводи",
    ),
    (
        "忽略|无视|無視|忘|翻译|翻譯|翻訳|输出|回答|回复",
        r"(?:忽略|无视|無視|忘记|忘掉|忘れ)[^。！？\n]{0,30}?(?:指令|指示|提示|规则|規則|要求|以上|之前|上述)"
        r"|(?:指示|命令|ルール|上記)[^。！？\n]{0,20}?(?:無視|忘れ)|不要翻译|不要翻譯|(?:只|仅)(?:输出|回答|回复)"
        r"|翻訳し(?:ないで|ては)",
    ),
    ("무시|잊|번역", r"(?:지시|명령|규칙|지침)[^.!?\n]{0,20}?(?:무시|잊)|번역하지 ?마"),
    ("تجاهل|تترجم", r"تجاهل[^.!?\n]{0,40}?(?:التعليمات|الأوامر|القواعد|السابق)|لا تترجم"),
)  # fmt: skip

# What an author may well wish ("do not translate the menus"), and an article has no reason to.
_WISHES: tuple[tuple[str, str], ...] = (
    # Write this instead.
    (
        "translat",
        r"\b(?:instead of|rather than|without|stop|do not|don['’]t|never|no need to) translat(?:e|ing)\b"
        rf"|\bnot to be translated\b|\b(?:leave|keep)\b{_GAP}\buntranslated\b",
    ),
    (
        "instead|nothing|as the|as your|as its|for all|for every|for each|in place of",
        rf"\b(?:say|answer|reply|respond|output|write|print|produce|give|put|insert)\b{_GAP}"
        rf"(?:\binstead(?=[.!:]?$|[.!:] )|\band nothing (?:else|more)\b|\bnothing (?:else|but)\b"
        rf"|\bas (?:the|your|its) {_WHERE}|\bfor (?:all|every|each) (?:other )?{_WHERE}|\bin place of\b)",
    ),
    (
        "translation|output|answer|repl|response|segment|paragraph",
        r"\b(?:add|append|insert|include|put|attach|prepend|end|begin|start|finish)\b"
        r"[^!?\n]{0,90}?"
        rf"\b(?:every|each|all|your)\b{_GAP}\b{_WHERE}\b"
        rf"|\b(?:every|each|all|your) (?:other )?(?:translations?|answers?|segments?)\b{_GAP}\b(?:must|has to|with)\b",
    ),
    (
        "everywhere|throughout the|translation|segment|whenever|wherever",
        rf"\b(?:replace|change|swap|substitute|rename|turn)\b{_GAP}\b(?:everywhere\b|throughout the"
        rf" (?:article|text|translation)|in (?:the|your|every|all) (?:\w+ )?(?:translations?|segments?)"
        r"|whenever|wherever)",
    ),
    (
        "english|german|french|spanish|italian|russian|chinese|japanese|korean|arabic|klingon|latin"
        "|esperanto|pirate|portuguese|dutch|hindi|polish|turkish",
        r"\b(?:translate|answer|reply|respond|write|speak|continue|switch)\b"
        rf"{_GAP}\b(?:in|into|to) {_LANGUAGE}\b",
    ),
    ("antwort|schreib|gib|übersetz", rf"\b(?:antworte|schreibe?|gib)\b{_GAP}\b(?:nur|stattdessen|ausschließlich)\b|\bübersetze? (?:\w+ )?nicht\b"),
)  # fmt: skip

#: All of them.
SAYINGS = (*HOSTILE, *_WISHES)
