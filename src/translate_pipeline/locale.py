"""A language as a site writes it in, the language of the standards and its style out.

The law: `parse_locale` is idempotent on canonical tags, and never invents a language; a
name it does not know is refused with a hint. Tags are BCP 47, canonical by langcodes (whose
`language_data` is not needed); the script comes from CLDR's likely subtags.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from langcodes import Language
from langcodes.tag_parser import LanguageTagError

from translate_pipeline.errors import ConfigError, LocaleError
from translate_pipeline.model import Locale, Style
from translate_pipeline.resources import has_prompt, read_prompt
from translate_pipeline.typography import typography

__all__ = ["ALIASES", "load_style", "parse_locale", "parse_style"]

# Site spellings whose meaning a tag parser would miss or get wrong. Chinese always gets its
# script: "Chinese" alone gives a random one (quality.md 3, row 10). Compared without case.
ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "zh": "zh-Hans",
        "cn": "zh-Hans",
        "cmn": "zh-Hans",
        "hans": "zh-Hans",
        "zh-cn": "zh-Hans-CN",
        "zh-sg": "zh-Hans-SG",
        "zh-my": "zh-Hans-MY",
        "zh-chs": "zh-Hans",
        "hant": "zh-Hant-HK",
        "hk": "zh-Hant-HK",
        "zh-hk": "zh-Hant-HK",
        "zh-mo": "zh-Hant-MO",
        "tw": "zh-Hant-TW",
        "zh-tw": "zh-Hant-TW",
        "zh-cht": "zh-Hant",
        "no": "nb",
    }
)

# What people write for a language, though it is a country or a name; only for hints.
_HINTS = {"jp": "ja", "kr": "ko", "cz": "cs", "dk": "da", "gr": "el", "ua": "uk", "vn": "vi"}

_SHAPE = re.compile(r"[A-Za-z]{1,8}(?:[-_][A-Za-z0-9]{1,8}){0,7}")

# ISO 15924 scripts that run from right to left.
_RTL = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})

_ENGLISH = dict(
    entry.strip().split(" ", 1)
    for entry in """
    af Afrikaans; am Amharic; ar Arabic; as Assamese; az Azerbaijani; be Belarusian;
    bg Bulgarian; bn Bengali; bs Bosnian; ca Catalan; ckb Central Kurdish; cs Czech; cy Welsh;
    da Danish; de German; el Greek; en English; en-XA Pseudo-English; eo Esperanto; es Spanish;
    et Estonian; eu Basque; fa Persian; fi Finnish; fil Filipino; fr French; ga Irish;
    gl Galician; gu Gujarati; ha Hausa; he Hebrew; hi Hindi; hr Croatian; hu Hungarian;
    hy Armenian; id Indonesian; ig Igbo; is Icelandic; it Italian; ja Japanese; jv Javanese;
    ka Georgian; kk Kazakh; km Khmer; kn Kannada; ko Korean; ku Kurdish; ky Kyrgyz; la Latin;
    lb Luxembourgish; lo Lao; lt Lithuanian; lv Latvian; mk Macedonian; ml Malayalam;
    mn Mongolian; mr Marathi; ms Malay; mt Maltese; my Burmese; nb Norwegian Bokmål; ne Nepali;
    nl Dutch; nn Norwegian Nynorsk; or Odia; pa Punjabi; pl Polish; ps Pashto; pt Portuguese;
    pt-BR Brazilian Portuguese; pt-PT European Portuguese; ro Romanian; ru Russian; si Sinhala;
    sk Slovak; sl Slovenian; so Somali; sq Albanian; sr Serbian; sv Swedish; sw Swahili;
    ta Tamil; te Telugu; tg Tajik; th Thai; tk Turkmen; tr Turkish; uk Ukrainian; ur Urdu;
    uz Uzbek; vi Vietnamese; xh Xhosa; yi Yiddish; yo Yoruba; yue Cantonese;
    zh-Hans Simplified Chinese; zh-Hant Traditional Chinese; zu Zulu
    """.strip().split(";")
)
_REGIONS = dict(
    entry.strip().split(" ", 1)
    for entry in """
    AO Angola; AR Argentina; AT Austria; AU Australia; BE Belgium; BO Bolivia; BR Brazil;
    CA Canada; CH Switzerland; CL Chile; CN Mainland China; CO Colombia; DE Germany; EG Egypt;
    ES Spain; FR France; GB United Kingdom; HK Hong Kong; ID Indonesia; IE Ireland; IL Israel;
    IN India; IR Iran; IT Italy; JP Japan; KR South Korea; LI Liechtenstein; LU Luxembourg;
    MA Morocco; MO Macao; MX Mexico; MZ Mozambique; NL Netherlands; NZ New Zealand; PE Peru;
    PL Poland; PT Portugal; RU Russia; SA Saudi Arabia; SG Singapore; TR Türkiye; TW Taiwan;
    UA Ukraine; US United States; UY Uruguay; VE Venezuela; VN Vietnam; ZA South Africa;
    419 Latin America; 001 World
    """.strip().split(";")
)
_SCRIPTS = {"Arab": "Arabic", "Cyrl": "Cyrillic", "Deva": "Devanagari", "Latn": "Latin"}

# CLDR parent locales where cutting the region off would lead to the wrong style.
_PARENTS = {
    "zh-Hant-MO": "zh-Hant-HK",
    "pt-AO": "pt-PT",
    "pt-MZ": "pt-PT",
    "en-AU": "en-GB",
    "en-IE": "en-GB",
    "en-NZ": "en-GB",
    "en-ZA": "en-GB",
    "de-LI": "de-CH",
}


def parse_locale(name: str, aliases: Mapping[str, str] = ALIASES) -> Locale:
    """The language that `name` means on this site; `.name` keeps the site's spelling.

    `aliases` map site spellings to tags, compared without case and with `-` for `_`; a
    mapping of your own replaces the default one. Raises LocaleError for what is no language.

    >>> parse_locale("hant").tag, parse_locale("pt_br").english, parse_locale("he").rtl
    ('zh-Hant-HK', 'Brazilian Portuguese', True)
    """
    spelling = name.strip()
    key = spelling.replace("_", "-").lower()
    known = {alias.replace("_", "-").lower(): tag for alias, tag in aliases.items()}
    wanted = known.get(key, spelling)
    # An alias of the user's may itself be a spelling such as `zh`: once more, never in a loop.
    wanted = ALIASES.get(wanted.replace("_", "-").lower(), wanted)
    if not _SHAPE.fullmatch(wanted):
        raise LocaleError(_advice(name))
    try:
        language = Language.get(wanted, normalize=True)
        full = language.maximize()
    except LanguageTagError as error:
        raise LocaleError(_advice(name)) from error
    code = language.language or "und"
    if code in ("und", "mul", "zxx") or code.startswith("x-") or not language.is_valid():
        raise LocaleError(_advice(name))
    script = full.script or "Latn"
    return Locale(
        tag=language.to_tag(),
        name=spelling,
        english=_english(language),
        script=script,
        rtl=script in _RTL,
    )


def load_style(locale: Locale) -> Style:
    """How `locale` is written: the nearest file in `prompts/locales`, else a neutral style.

    `zh-Hant-MO` takes zh-Hant-HK, `de-AT` takes de, `pt` takes pt-BR; a file in another
    script (`sr` for `sr-Latn`) never matches. `tag` and `name` are those of `locale`.
    Raises ConfigError if the file is damaged.
    """
    for tag in _candidates(locale):
        name = f"locales/{tag}"
        if not has_prompt(name):
            continue
        style = parse_style(tag, read_prompt(name))
        if style.script == locale.script:
            english = style.name if style.tag == locale.tag else locale.english
            return replace(style, tag=locale.tag, name=english)
    return Style(
        tag=locale.tag,
        name=locale.english,
        rules="Follow the conventions of the target language for address, quotation marks, "
        "numbers, dates and spacing. Headings in sentence case.",
        script=locale.script,
    )


def parse_style(tag: str, text: str) -> Style:
    """A style file (TOML head between `+++` lines, then prose) as a value.

    Keys of the head: name, script, quotes (4 strings: outer, inner), length and length_short
    (lowest and highest target/source ratio), stopwords; `formal` and `informal` (words of
    address) and the table `[typography]` may be left out. Raises ConfigError that names the file
    and the fault.
    """
    lines = text.splitlines()
    where = f"prompts/locales/{tag}.md"
    if not lines or lines[0].strip() != "+++" or "+++" not in lines[1:]:
        raise ConfigError(f"{where}: the head is missing. Begin with `+++`, TOML, `+++`.")
    end = lines.index("+++", 1)
    try:
        head = tomllib.loads("\n".join(lines[1:end]))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{where}: the head is no TOML: {error}. Correct it.") from error
    marks = typography(head.pop("typography", {}), where)
    address = [_strings(head, key, where) for key in ("formal", "informal") if key in head]
    if len(address) == 1:
        raise ConfigError(f"{where}: `formal` and `informal` go together; write both or none.")
    formal, informal = (frozenset(words) for words in address or ([], []))
    required = {"name", "script", "quotes", "length", "length_short", "stopwords"}
    keys = head.keys() - {"formal", "informal"}
    if required != keys:
        raise ConfigError(
            f"{where}: missing keys {sorted(required - keys)}, "
            f"unknown keys {sorted(keys - required)}. Correct the head."
        )
    quotes, words = _strings(head, "quotes", where), _strings(head, "stopwords", where)
    if len(quotes) != 4:
        raise ConfigError(f"{where}: `quotes` needs 4 strings: outer pair, inner pair.")
    if not isinstance(head["name"], str) or not re.fullmatch(r"[A-Z][a-z]{3}", str(head["script"])):
        raise ConfigError(f"{where}: `name` is text, `script` an ISO 15924 code such as `Latn`.")
    rules = " ".join(" ".join(lines[end + 1 :]).split())
    return Style(
        tag=tag,
        name=head["name"],
        rules=rules,
        script=head["script"],
        quotes=(quotes[0], quotes[1], quotes[2], quotes[3]),
        length=_bounds(head, "length", where),
        length_short=_bounds(head, "length_short", where),
        stopwords=frozenset(words),
        formal=formal,
        informal=informal,
        typography=marks,
    )


def _strings(head: Mapping[str, object], key: str, where: str) -> list[str]:
    value = head[key]
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"{where}: `{key}` must be a list of strings.")
    return [str(item) for item in value]


def _bounds(head: Mapping[str, object], key: str, where: str) -> tuple[float, float]:
    value = head[key]
    if isinstance(value, list) and len(value) == 2:
        low, high = value
        if isinstance(low, int | float) and isinstance(high, int | float) and 0 < low < high:
            return float(low), float(high)
    raise ConfigError(f"{where}: `{key}` must be [lowest, highest], for example [0.8, 1.7].")


def _candidates(locale: Locale) -> Iterator[str]:
    language = Language.get(locale.tag)
    code, region = language.language, language.territory
    yield locale.tag
    if locale.tag in _PARENTS:
        yield _PARENTS[locale.tag]
    if region:
        yield f"{code}-{locale.script}-{region}"
        yield f"{code}-{region}"
    yield f"{code}-{locale.script}"
    yield str(code)
    # `pt` alone means Brazil by the likely subtags; a pt of no other kind ends there too.
    yield f"{code}-{Language.make(language=code).maximize().territory}"


def _english(language: Language) -> str:
    code = str(language.language)
    tag, script, region = language.to_tag(), language.script, language.territory
    if tag in _ENGLISH:
        return _ENGLISH[tag]
    name = _ENGLISH.get(f"{code}-{script}") if script else None
    marks = [] if name or not script else [f"{_SCRIPTS.get(script, script)} script"]
    name = name or _ENGLISH.get(code)
    if name is None:
        return tag
    marks += [_REGIONS.get(region, region)] if region else []
    return f"{name} ({', '.join(marks)})" if marks else name


def _advice(name: str) -> str:
    shown = name.strip()[:40]
    code = _HINTS.get(shown.lower())
    if code:
        return (
            f"`{shown}` is a country, no language: write `{code}`, "
            f'or keep the spelling with an alias: {shown.lower()} = "{code}".'
        )
    return (
        f"`{shown}` is no language tag. Write a BCP 47 tag such as de, pt-BR or zh-Hant, "
        "or give the site's spelling an alias."
    )
