"""What `verify` says of a translation: tables of texts that are right, and of texts that are not.

The table of examples has twins of damage that was really published; each row is one.
"""

from __future__ import annotations

import pytest

from translate_pipeline.article import Article, ArticleOptions, parse
from translate_pipeline.locale import load_style, parse_locale
from translate_pipeline.memory.ledger import digest
from translate_pipeline.memory.record import record
from translate_pipeline.memory.section import Section
from translate_pipeline.model import Brief, LocalePair
from translate_pipeline.settings import FAIL_ON_ALL
from translate_pipeline.verify import Flaw, verify
from translate_pipeline.verify_front_matter import HeadRules

DE = "de"


def flaws_of(
    source: str,
    target: str,
    locale: str = DE,
    *,
    dialect: str = "commonmark",
    rules: HeadRules | None = None,
    section: Section | None = None,
    stale: bool = False,
) -> tuple[Flaw, ...]:
    pair = LocalePair(parse_locale("en"), parse_locale(locale))
    return verify(
        parse(source, dialect),
        target,
        pair=pair,
        brief=Brief(load_style(pair.target), load_style(pair.source)),
        rules=rules,
        section=section,
        stale=stale,
    )


def told(flaws: tuple[Flaw, ...]) -> set[tuple[str, str, int]]:
    return {(flaw.kind, flaw.check, flaw.line) for flaw in flaws}


def section_of(article: Article, text: str, locale: str = DE) -> Section:
    return record(
        article,
        text,
        locale=locale,
        target="x-de.md",
        made="2026-01-01T00:00:00Z",
        signature="model",
        source_digest=digest(article.source),
        settings_digest="-" * 11,
    )


PYTHON = "Call it:\n\n```python\nout = TOOLS[name]({})  # run\n```\n"
LOOP = "Read them:\n\n```bash\nwhile [[ $# -gt 0 ]]; do {}\n  shift\ndone\n```\n"
CHUNK = """\
# Tools

Here is the last example of this chapter:

```python
run()
{fence}

## {summary}

{text}
"""
SETEXT = "# One\n\nThe first chapter is short.\n\n---\n\nThe second one is longer.\n"
FLOWS = """\
There are several flows:

* `implicit`
* {first}
    * `clientCredentials`
    * `authorizationCode`
* {last}
"""
BLOCK = "Read this first.\n\n/// note\n\n{}\n\n///\n\nThen go on.\n"
HERE = (
    "Run this script:\n\n```bash\npython3 - <<'EOF'\nprint(f{quote}  - {{cls}}{quote})\nEOF\n```\n"
)

# number in the collection of real damage, source, target, locale, what is found (kind, check, line)
EXAMPLES = {
    "1 the rewriter of links took code for one": (
        PYTHON.format('""'),
        PYTHON.format('../../../Workshop/""').replace("Call it:", "So geht der Aufruf:"),
        DE,
        ("broken", "code-logic", 4),
    ),
    "2 a keyword of the shell is translated": (
        LOOP.format(""),
        LOOP.format("").replace("; do ", "; 執行中").replace("Read them:", "逐一讀取："),
        "zh-TW",
        ("broken", "code-logic", 4),
    ),
    "3 a placeholder in a link": (
        "# Plan\n\nSee the [manual checklist](#plan) before you begin.\n",
        "# Plan\n\nVor dem Beginn die [manuelle Checkliste](#codeblock1) lesen.\n",
        DE,
        ("leftovers", "leaked", 3),
    ),
    "4 the closing fence is lost": (
        CHUNK.format(fence="```", summary="Summary", text="You have seen all of it."),
        CHUNK.format(fence="", summary="Zusammenfassung", text="Das war nun alles.").replace(
            "Here is the last example of this chapter:", "Das letzte Beispiel des Kapitels:"
        ),
        DE,
        ("broken", "headings", 1),
    ),
    "5 the end is gone": (
        "# A\n\nThe first part is here.\n\n```\nx = 1\n```\n\nThe last part is here.\n\n- one\n",
        "# A\n\nDer erste Teil steht hier.\n",
        DE,
        ("broken", "code-count", 1),
    ),
    "6 a diagram is gone": (
        "# A\n\nHow it works:\n\n```mermaid\ngraph TD\n```\n\nIt works like that.\n",
        "# A\n\nSo geht es vor sich:\n\nUnd so ist es auch gedacht.\n",
        DE,
        ("broken", "code-count", 1),
    ),
    "7 links in the page are dead": (
        "- [Overview](#overview)\n\n## Overview\n\nAll of it is here.\n",
        "- [Überblick](#overview)\n\n## Überblick\n\nAlles davon steht hier.\n",
        DE,
        ("anchors", "anchors", 1),
    ),
    "8 a paragraph has become a heading": (
        SETEXT,
        "# Eins\n\nDas erste Kapitel ist kurz.\n---\n\nDas zweite ist länger.\n",
        DE,
        ("broken", "headings", 3),
    ),
    "9 a heading is none any more": (
        "# Act One\n\nThe play begins.\n\n# Act Two\n\nThe play ends.\n",
        "# Erster Akt\n\nDas Stück beginnt.\n\n#Zweiter Akt\n\nDas Stück endet.\n",
        DE,
        ("broken", "headings", 1),
    ),
    "10 an item is none any more": (
        "You may:\n\n* (optional) add fields\n* remove fields\n",
        "您可以：\n\n*（可選）加入欄位\n* 移除欄位\n",
        "zh-Hant",
        ("broken", "list-items", 4),
    ),
    "11 a paragraph of an admonition is dropped": (
        BLOCK.format("It was a fork.\n\nIt is not any more."),
        BLOCK.format("Es war eine Abspaltung.").replace("Read this first.", "Zuerst das lesen."),
        DE,
        ("broken", "paragraphs", 1),
    ),
    "12 a nested list is cut": (
        FLOWS.format(first="`oauth2` has more:", last="`openIdConnect` finds them"),
        "Es gibt mehrere Abläufe:\n\n* `implicit`\n* `oauth2` hat mehr:\n"
        "* `openIdConnect` findet sie\n",
        DE,
        ("broken", "list-items", 3),
    ),
    "13 blank lines round an admonition are gone": (
        BLOCK.format("It was a fork."),
        "Zuerst das lesen.\n/// note\nEs war eine Abspaltung.\n///\nDann geht es weiter.\n",
        DE,
        ("broken", "paragraphs", 1),
    ),
    "15 escapes are doubled in code": (
        HERE.format(quote='"'),
        HERE.format(quote='\\"').replace("Run this script:", "Dieses Skript ausführen:"),
        DE,
        ("broken", "code-logic", 5),
    ),
    "16 the target of a link is NUL": (
        "Read [the guide](https://example.com/guide) before you start.\n",
        "Vor dem Start [die Anleitung](\x00\x00) lesen.\n",
        DE,
        ("leftovers", "leaked", 1),
    ),
    "18 asterisks are to be seen": (
        "Use the **“weight” setting** to change the order of the results.\n",
        "結果の順序を変えるには、次の**「重み付け」**を使ってください。\n",
        "ja",
        ("broken", "emphasis-literal", 1),
    ),
    "19 options are left in English": (
        "Start here.\n\nThe tool reads every file and writes a translation of it.\n",
        "Hier beginnen.\n\nThe tool reads every file and writes a translation of it.\n",
        DE,
        ("language", "untranslated", 3),
    ),
    "20 a heading is doubled": (
        "# A\n\n## Change it\n\nNow you can change it.\n",
        "# A\n\n## Ändern\n\n## Ändern\n\nJetzt kann man es ändern.\n",
        DE,
        ("broken", "headings", 5),
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_damage_is_found(name: str) -> None:
    source, target, locale, expected = EXAMPLES[name]
    assert expected in told(flaws_of(source, target, locale))


# 14 is a sentence round a block of code: two halves may be merged and must not be forced apart.
# 17 is a lost span inside a sentence, which the ledger's proof alone can tell (below).
RIGHT = {
    "the same": ("# A\n\nIt is **good**.\n", "# A\n\nEs ist **gut**.\n", DE),
    "bold is not bold in every language": ("It is **good** now.\n", "今は良いです。\n", "ja"),
    "paths are adapted": (
        "![The plan](./img/plan.png) and [more](../a/b.md).\n",
        "![Der Plan](../../translated/plan.de.png) und [mehr](../../../de/a/b.md).\n",
        DE,
    ),
    "a link leads to the page in the language": (
        "See [the docs](https://learn.example.com/en-us/x/) and [RFC](https://en.example.org/r).\n",
        "Siehe [die Doku](https://learn.example.com/de-de/x) und [RFC](https://de.example.org/r).\n",
        DE,
    ),
    "comments and texts in code": (
        '```python\n# Say it\nprint("Hello", x)  # now\n```\n',
        '```python\n# Sag es\nprint("Hallo", x)  # jetzt\n```\n',
        DE,
    ),
    "remarks in a tree of files": (
        "```\n├── app      # the package\n│   └── a.py  (Optional, may be missing)\n```\n",
        "```\n├── app      # das Paket\n│   └── a.py  (Optional, kann fehlen)\n```\n",
        DE,
    ),
    "text in a diagram": (
        "```mermaid\nA[User asks] --> B[Answer]\n```\n",
        "```mermaid\nA[Benutzer fragt] --> B[Antwort]\n```\n",
        DE,
    ),
    "words between tags in code": (
        "```jsx\n<h1>{name}'s list</h1>\n```\n",
        "```jsx\n<h1>Die Liste von {name}</h1>\n```\n",
        DE,
    ),
    "a notice at the end": (
        "# A\n\nIt is good.\n",
        "# A\n\nEs ist gut.\n\n---\n\n**Haftungsausschluss**: Von einer Maschine übersetzt.\n",
        DE,
    ),
    "a notice between comments": (
        "# A\n\n- It is good.\n",
        "# A\n\n- Es ist gut.\n\n<!-- NOTICE -->\nVon einer Maschine übersetzt.\n<!-- END -->\n",
        DE,
    ),
    "a notice at the beginning": (
        "It is good.\n",
        "<Note> Von einer Maschine, siehe das [Original](/en/x). </Note>\n\nEs ist gut.\n",
        DE,
    ),
    "an abbreviation explained": (
        "The ORM does it.\n",
        'Das <abbr title="Object Relational Mapper">ORM</abbr> macht es.\n',
        DE,
    ),
    "names stay": (
        "## Visual Studio Code\n\nIt works.\n",
        "## Visual Studio Code\n\nEs geht.\n",
        DE,
    ),
    "a reference list stays": (
        "# A\n\nAll of it is known.\n\n## References\n\n"
        "- Shannon, C. E. (1948). A Mathematical Theory of Communication. Bell, 27, 379.\n"
        "- Lamport, L. (1978). Time, Clocks, and the Ordering of Events. CACM, 21(7), 558.\n",
        "# A\n\nDas alles ist bekannt.\n\n## Literatur\n\n"
        "- Shannon, C. E. (1948). A Mathematical Theory of Communication. Bell, 27, 379.\n"
        "- Lamport, L. (1978). Time, Clocks, and the Ordering of Events. CACM, 21(7), 558.\n",
        DE,
    ),
    "a link that is dead in the source as well": (
        "See [it](#nowhere).\n",
        "Siehe [hier](#nirgends).\n",
        DE,
    ),
    "a heading with its old id": (
        "[Overview](#overview)\n\n## Overview\n\nIt is here.\n",
        '[Überblick](#overview)\n\n## <a id="overview"></a>Überblick\n\nEs steht hier.\n',
        DE,
    ),
    "a placeholder that the source is about": (
        "Type `@@1@@` or codeblock1 to see it.\n",
        "Zum Ansehen `@@1@@` oder codeblock1 eingeben.\n",
        DE,
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_what_translators_rightly_do_is_no_flaw(name: str) -> None:
    source, target, locale = RIGHT[name]
    found = [flaw for flaw in flaws_of(source, target, locale) if flaw.kind != "warnings"]
    assert found == []


# check, source, broken target, right target
PAIRS = {
    "admonitions": (":::tip\n\nGood.\n\n:::\n", "Gut.\n\n:::\n", ":::tip\n\nGut.\n\n:::\n"),
    "footnotes": ("Known.[^1]\n\n[^1]: Or not.\n", "Klar.\n", "Klar.[^1]\n\n[^1]: Oder nicht.\n"),
    "formulae": ("Here $a^2$ is.\n", "Hier ist $a^3$.\n", "$a^2$ ist hier.\n"),
    "html": ("A <kbd>K</kbd> key.\n", "Taste K.\n", "Taste <kbd>K</kbd>.\n"),
    "images": ("![A tree](a.png)\n", "Ein Baum\n", "![Ein Baum](b.png)\n"),
    "links": ("Read [it](https://a.org/b).\n", "Lies es.\n", "Lies [es](https://a.org/b).\n"),
    "quotes": ("> [!NOTE]\n> Good.\n", "> [!HINWEIS]\n> Gut.\n", "> [!NOTE]\n> Gut.\n"),
    "tables": (
        "| a | b |\n| - | - |\n| c | d |\n",
        "| ä | b |\n| - | - |\n",
        "| ä | b |\n|---|---|\n| c | d |\n",
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_each_check_of_structure_speaks_and_is_silent(name: str) -> None:
    source, broken, right = PAIRS[name]
    assert name in {flaw.check for flaw in flaws_of(source, broken)}
    assert name not in {flaw.check for flaw in flaws_of(source, right)}


def test_template_tags_are_those_of_the_dialect() -> None:
    source = "{% include note.html %}\n\nRead {{ page.title }} now.\n"
    broken = "{% include hinweis.html %}\n\n{{ page.title }} jetzt lesen.\n"
    right = "{% include note.html %}\n\n{{ page.title }} jetzt lesen.\n"
    found = flaws_of(source, broken, dialect="jekyll")
    assert {flaw.message for flaw in found if flaw.check == "template-tags"} == {
        "`{% include note.html %}` is lost",
        "`{% include hinweis.html %}` is not in the source",
    }
    assert flaws_of(source, right, dialect="jekyll") == ()


def test_an_added_script_is_told() -> None:
    source = "It is good.\n"
    assert ("broken", "html", 3) in told(
        flaws_of(source, "Es ist gut.\n\n<script>steal()</script>\n")
    )


def test_links_within_the_site_are_counted() -> None:
    (flaw,) = flaws_of("Read [a](/en/a) and [b](/en/b).\n", "Lies [a](/de/a) und auch b.\n")
    assert (flaw.kind, flaw.message) == ("broken", "1 links within the site, 2 in the source")


def test_the_whole_article_in_a_fence() -> None:
    source = "# A\n\nThe first.\n\nThe second.\n"
    wrapped = "```markdown\n# Ä\n\nDer erste.\n\nDer zweite.\n```\n"
    assert ("leftovers", "leaked", 1) in told(flaws_of(source, wrapped))
    quoted = "Write this:\n\n```markdown\n# A\n```\n\nThen go on.\n\nIt is good.\n"
    german = "So geht das:\n\n```markdown\n# A\n```\n\nDann geht es weiter.\n\nEs ist gut.\n"
    assert flaws_of(quoted, german) == ()


TALK = "Here is the translation of the text:\n\nEs ist gut.\n"


def test_talk_of_a_model_is_left_over_wherever_it_stands() -> None:
    source = "It is good.\n"
    assert ("leftovers", "chatter", 1) in told(flaws_of(source, TALK))
    assert ("leftovers", "chatter", 1) in told(flaws_of(source, TALK, stale=True))


def test_an_article_about_such_talk_may_quote_it() -> None:
    source = "Here is the translation of the text, it says.\n\nIt is not.\n"
    target = "Here is the translation of the text:\n\nDas ist nicht wahr.\n\nUnd noch eines.\n"
    assert "chatter" not in {flaw.check for flaw in flaws_of(source, target)}


def test_the_wrong_language() -> None:
    source = "Open the file and save it again, then wait for the answer.\n"
    french = "Ouvrez le fichier et enregistrez-le, puis attendez la réponse.\n"
    assert ("language", "script", 0) in {
        (kind, check, 0) for kind, check, _ in told(flaws_of(source, french, "ja"))
    }
    assert flaws_of(source, "ファイルを開いて保存し、応答を待ちます。\n", "ja") == ()


def test_one_echo_is_a_name_and_three_are_a_habit() -> None:
    heads = ["Advanced Setup Options", "Common Error Messages", "Useful Command Flags"]
    source = "".join(f"## {head}\n\nThis is part {i}.\n\n" for i, head in enumerate(heads))
    german = source.replace("This is part", "Das ist Teil")
    found = flaws_of(source, german)
    assert {(f.kind, f.check, f.line) for f in found} == {
        ("warnings", "untranslated", line) for line in (1, 5, 9)
    }
    one = german.replace(heads[1], "Häufige Fehler").replace(heads[2], "Nützliche Schalter")
    assert flaws_of(source, one) == ()


def test_a_stale_translation_is_judged_without_its_source() -> None:
    source = "# New\n\nAll of it is new now.\n\n- and more\n"
    assert flaws_of(source, "# Alt\n\nDas ist der alte Text.\n", stale=True) == ()
    left = "# Alt\n\nThis is the old text that was not translated by the tool at all.\n"
    assert ("language", "untranslated", 3) in told(flaws_of(source, left, stale=True))


def test_what_cannot_be_parsed_is_broken() -> None:
    (flaw,) = flaws_of("It is good.\n", "---\ntitle: [\n---\n\nEs ist gut.\n")
    assert (flaw.kind, flaw.check) == ("broken", "syntax")
    assert flaw.line > 0


# --- the proof -------------------------------------------------------------------------------

PROVEN = "The **feedback button** - a `click` helps.\n"


def test_the_proof_is_asked_of_what_the_ledger_knows() -> None:
    source, target = "Use `a` here.\n", "Hier `a` verwenden.\n"
    section = section_of(parse(source), target)
    edited = "Hier a verwenden.\n"
    assert flaws_of(source, target, section=section) == ()
    (flaw,) = flaws_of(source, edited, section=section)
    assert (flaw.kind, flaw.check) == ("broken", "proof")
    assert "<code>a</code>" in flaw.message
    assert flaws_of(source, edited) == ()


def test_a_link_may_lead_to_a_translation_that_came_later() -> None:
    source, target = "Read [it](/en/b) now.\n", "Jetzt [das](/de/b) lesen.\n"
    section = section_of(parse(source), target)
    assert flaws_of(source, target, section=section) == ()
    other = "Jetzt [das](/de/c) lesen.\n"
    assert [f.check for f in flaws_of(source, other, section=section)] == ["proof"]


def test_one_fault_is_told_once() -> None:
    source, target = "# A\n\nIt is good.\n\nIt is new.\n", "# A\n\nEs ist gut.\n\nEs ist neu.\n"
    section = section_of(parse(source), target)
    found = flaws_of(source, "# A\n\nEs ist gut.\n", section=section)
    assert [f.check for f in found] == ["paragraphs"]


# --- front matter ----------------------------------------------------------------------------

HEAD = "---\ntitle: Good\naudio: true\ntags: [a]\n---\n\nIt is good.\n"
RULES = HeadRules({"audio": False, "lang": "de"}, drop=("prompt",))
WRITTEN = (
    "---\ntitle: Gut\naudio: false\ntags: [a]\nlang: de\ntranslated: true\n---\n\nEs ist gut.\n"
)
HEADS = {
    "as the site wants it": (WRITTEN, set()),
    "another spelling of the language": (WRITTEN.replace("lang: de", "lang: de-DE"), {"lang"}),
    "the wrong language": (WRITTEN.replace("lang: de", "lang: fr"), {"lang"}),
    "no language": (WRITTEN.replace("lang: de\n", ""), {"lang"}),
    "partly translated": (WRITTEN.replace("d: true", "d: partial"), {"translated"}),
    "no translation": (WRITTEN.replace("d: true", "d: false"), {"translated"}),
    "a value is not set": (WRITTEN.replace("audio: false", "audio: true"), {"audio"}),
    "a value is missing": (WRITTEN.replace("audio: false\n", ""), {"audio"}),
    "a key is not dropped": (WRITTEN.replace("lang:", "prompt: x\nlang:"), {"prompt"}),
    "a key is lost": (WRITTEN.replace("tags: [a]\n", ""), {"tags"}),
    "a key is another": (WRITTEN.replace("tags: [a]", "tags: [b]"), {"tags"}),
    "it is gone": ("Es ist gut.\n", {"front matter"}),
}


@pytest.mark.parametrize("name", HEADS)
def test_the_policy_of_the_front_matter(name: str) -> None:
    target, keys = HEADS[name]
    found = [f for f in flaws_of(HEAD, target, rules=RULES) if f.check == "front-matter"]
    assert len(found) == len(keys)
    assert all(any(key in flaw.message for key in keys) for flaw in found)


def test_the_line_of_a_key() -> None:
    (flaw,) = flaws_of(HEAD, WRITTEN.replace("lang: de", "lang: fr"), rules=RULES)
    assert (flaw.kind, flaw.line) == ("front-matter", 5)
    assert flaw.message == "`lang` is 'fr'; it must be `de`"


def test_a_persons_own_value_is_theirs_but_for_the_language() -> None:
    section = section_of(parse(HEAD), WRITTEN)
    own = WRITTEN.replace("tags: [a]", "tags: [b]").replace("audio: false", "audio: true")
    assert flaws_of(HEAD, own, rules=RULES, section=section) == ()
    (flaw,) = flaws_of(HEAD, own.replace("lang: de", "lang: fr"), rules=RULES, section=section)
    assert "`lang`" in flaw.message
    lost = WRITTEN.replace("tags: [a]\n", "")
    (flaw,) = flaws_of(HEAD, lost, rules=RULES, section=section)
    assert (flaw.kind, flaw.message) == ("front-matter", "`tags` is missing; the source has it")


def test_other_publishers_keep_what_keys_they_like() -> None:
    (flaw,) = flaws_of(HEAD, "---\ntitle: Gut\naudio: true\n---\n\nEs ist gut.\n")
    assert flaw.kind == "warnings"
    nested = "---\nhero:\n  text: Good words\n  link: a\n---\n\nIt is good.\n"
    german = "---\nhero:\n  text: Gute Worte\n  link: b\n---\n\nEs ist gut.\n"
    pair = LocalePair(parse_locale("en"), parse_locale("de"))
    article = parse(nested, "commonmark", ArticleOptions(("hero.text",)))
    brief = Brief(load_style(pair.target), load_style(pair.source))
    (flaw,) = verify(article, german, pair=pair, brief=brief)
    assert "`hero`" in flaw.message
    same = german.replace("link: b", "link: a")
    assert verify(article, same, pair=pair, brief=brief) == ()


def test_a_copy_in_its_own_language_is_no_translation() -> None:
    pair = LocalePair(parse_locale("en"), parse_locale("en"))
    style = load_style(pair.source)
    rules = HeadRules({"lang": "en"})
    copy = HEAD.replace("tags", "lang: en\ntranslated: false\ntags")
    article = parse(HEAD)
    assert verify(article, copy, pair=pair, brief=Brief(style, style), rules=rules) == ()
    claim = copy.replace("d: false", "d: true")
    (flaw,) = verify(article, claim, pair=pair, brief=Brief(style, style), rules=rules)
    assert "`translated`" in flaw.message


def test_every_kind_is_one_of_fail_on() -> None:
    found = {
        flaw.kind
        for source, target, locale, _ in EXAMPLES.values()
        for flaw in flaws_of(source, target, locale)
    }
    found |= {flaw.kind for target, _ in HEADS.values() for flaw in flaws_of(HEAD, target)}
    assert found <= set(FAIL_ON_ALL)
    assert {"broken", "leftovers", "language", "front-matter", "anchors", "warnings"} <= found


def test_a_component_that_a_translation_adds_is_a_warning_unless_the_ledger_knows_better() -> None:
    source = "The tide comes in slowly.\n\n<Box />\n"
    target = "<Note>\n\n\n</Note>\n\nDie Flut kommt langsam.\n\n<Box />\n"
    added = {flaw.kind for flaw in flaws_of(source, target, dialect="mdx") if "tag" in flaw.check}
    assert added == {"warnings"}
    ours = section_of(parse(source, "mdx"), "Die Flut kommt langsam.\n\n<Box />\n")
    known = flaws_of(source, target, dialect="mdx", section=ours)
    assert "broken" in {flaw.kind for flaw in known}
    # In Jekyll a lost tag is a page that is not built.
    lost = flaws_of(
        "{% include a.html %}\n\nWords stand here.\n", "Hier stehen Worte.\n", dialect="jekyll"
    )
    assert "broken" in {flaw.kind for flaw in lost}
