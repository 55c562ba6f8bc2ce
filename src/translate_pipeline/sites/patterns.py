"""A path pattern in, a matcher and a filler out: what one fills the other reads back, both ways.

`{dir}` is any number of folders (also none), `{stem}` the file name before what follows it,
`{locale}` the locale as the site writes it, `{ext}` one of the extensions with its dot. All
paths are POSIX paths relative to the root. The law: nothing that is filled leaves the root,
whatever the names are; and matching takes time linear in the path.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import NamedTuple

from translate_pipeline.errors import ConfigError, TargetPathError

__all__ = ["ANY_LOCALE", "FIELDS", "Fields", "Pattern", "foreign", "odd_name", "safe_locale"]

FIELDS = ("dir", "stem", "locale", "ext")
_FIELD = re.compile(r"\{([^{}]{0,20})\}")
# What may stand as a locale in a file name: nothing that is a path of its own. The same
# rule as in `target_path`.
_SAFE_NAME = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
# Three letters and longer are too often plain words (`api`, `min`) to be taken for a language.
ANY_LOCALE = r"[A-Za-z]{2}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|[0-9]{3}))?|[hH]an[st]"
# A ledger is a text file of lines, and `\` is a separator elsewhere.
_ODD = re.compile(r"[\x00-\x1f\x7f\\\ud800-\udfff\u2028\u2029]")


class Fields(NamedTuple):
    """What a path says: `dir` without slashes around it, `ext` with its dot."""

    dir: str = ""
    stem: str = ""
    locale: str = ""
    ext: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern, sound by construction: `Pattern.read` is how to make one.

    `top` is the folder before the first field (`content` of `content/{dir}/{stem}{ext}`),
    empty for the root itself; `fields` those that occur.
    """

    text: str
    top: str
    fields: frozenset[str]
    _template: str

    @classmethod
    def read(cls, text: str, *, where: str = "paths") -> Pattern:
        """The pattern that `text` means. Raises ConfigError, naming the fault, for any other."""
        fault = _fault(text)
        if fault:
            raise ConfigError(f"{where}: the pattern {text[:200]!r} {fault}")
        first = text.index("{")
        top = text[: text.rfind("/", 0, first) + 1].rstrip("/")
        # An empty `{dir}` takes its slash with it, so the slash belongs to the value.
        template = text.replace("{dir}/", "{0}").replace("{stem}", "{1}")
        template = template.replace("{locale}", "{2}").replace("{ext}", "{3}")
        return cls(text, top, frozenset(_FIELD.findall(text)), template)

    def fill(self, fields: Fields) -> str:
        """The path for these fields.

        Raises TargetPathError for a locale name that is a path, and for a folder or stem that
        would lead elsewhere; `form` is for fields that were read from a path.

        >>> Pattern.read("content/{dir}/{stem}.{locale}{ext}").fill(
        ...     Fields("", "index", "de", ".md"))
        'content/index.de.md'
        """
        if "locale" in self.fields:
            safe_locale(fields.locale)
        parts = fields.dir.split("/") if fields.dir else []
        if "stem" in self.fields:
            # A stem with a slash in it is no name at all.
            parts.append("" if "/" in fields.stem else fields.stem)
        if any(part in {"", ".", ".."} or odd_name(part) for part in parts):
            raise TargetPathError(
                f"{fields.dir}/{fields.stem}: this is no path below the root; rename the file"
            )
        if "/" in fields.ext or odd_name(fields.ext) or (fields.ext and fields.ext[0] != "."):
            raise TargetPathError(f"{fields.ext!r} is no extension such as `.md`; rename the file")
        folder = f"{fields.dir}/" if fields.dir else ""
        return self.form(folder, fields.stem, fields.locale, fields.ext)

    @property
    def form(self) -> Callable[[str, str, str, str], str]:
        """A fast `fill` of what `reader` read: the folders with their slash, stem, locale, ext."""
        return self._template.format

    def match(
        self, path: str, *, locales: Collection[str], extensions: Collection[str]
    ) -> Fields | None:
        """The fields of a path; None if it is not of this pattern, or no path below the root.

        `locales` are the names that may stand at `{locale}`, spelled just so; the longest
        wins (`x-zh-hant` is `zh-hant`, not `hant`).

        >>> Pattern.read("{dir}/{stem}-{locale}{ext}").match(
        ...     "a/b/x-zh-hant.md", locales=["hant", "zh-hant"], extensions=[".md"])
        Fields(dir='a/b', stem='x', locale='zh-hant', ext='.md')
        """
        found = self.reader(locales, extensions)(path)
        if found is None or foreign(path):
            return None
        folder, stem, locale, ext = found.group("dir", "stem", "locale", "ext")
        return Fields(folder.rstrip("/"), stem, locale, ext)

    def reader(
        self, locales: Collection[str], extensions: Collection[str]
    ) -> Callable[[str], re.Match[str] | None]:
        """A fast `match` for paths that are known to be sound: groups `dir` (with its slash),
        `stem`, `locale` and `ext`, each empty where the pattern has no such field.
        """
        names = "|".join(re.escape(name) for name in sorted(locales, key=lambda n: (-len(n), n)))
        return self._compiled(names or r"(?!)", extensions)

    def any_reader(self, extensions: Collection[str]) -> Callable[[str], re.Match[str] | None]:
        """As `reader`, for whatever has the form of a locale."""
        return self._compiled(ANY_LOCALE, extensions)

    def _compiled(
        self, names: str, extensions: Collection[str]
    ) -> Callable[[str], re.Match[str] | None]:
        endings = "|".join(re.escape(ending) for ending in sorted(extensions))
        # `{stem}` is lazy: it leaves the locale all it can have. Both it and `{dir}` are
        # bounded by slashes, so no two of them compete for the same text.
        form = {
            "dir": r"(?P<dir>(?:[^/]+/)*)",
            "stem": r"(?P<stem>[^/]+?)",
            "locale": rf"(?P<locale>{names})",
            "ext": rf"(?P<ext>{endings or '(?!)'})",
        }
        out, at, seen = [], 0, set()
        for found in _FIELD.finditer(self.text):
            out.append(re.escape(self.text[at : found.start()]))
            out.append(form[found[1]] if found[1] not in seen else f"(?P={found[1]})")
            seen.add(found[1])
            at = found.end() + (found[1] == "dir")
        out.append(re.escape(self.text[at:]))
        out += [f"(?P<{name}>)" for name in FIELDS if name not in seen]
        return re.compile("".join(out)).fullmatch


def safe_locale(name: str) -> str:
    """The name itself. Raises TargetPathError if it cannot stand in a path.

    >>> safe_locale("pt-BR")
    'pt-BR'
    """
    if not _SAFE_NAME.fullmatch(name):
        raise TargetPathError(
            f"the locale name {name!r} cannot stand in a file name;"
            " use letters, digits, `-` and `_`, as in `pt-BR`"
        )
    return name


def odd_name(path: str) -> bool:
    r"""True for a path that no ledger can hold: control characters, `\`, bytes that are no UTF-8.

    >>> odd_name("a\nb.md"), odd_name("日本　語.md")
    (True, False)
    """
    # `isprintable` is a fast no for almost all names; it also refuses the wide space.
    return "\\" in path or (not path.isprintable() and _ODD.search(path) is not None)


def foreign(path: str) -> bool:
    """True for what is no plain path below the root: absolute, `..`, an odd name.

    >>> foreign("a/../../b.md"), foreign("/etc/x.md"), foreign("a/b..md")
    (True, True, False)
    """
    return not {"", ".", ".."}.isdisjoint(path.split("/")) or odd_name(path)


def _fault(text: str) -> str:
    """What is wrong with a pattern, as the end of a sentence; empty if nothing is."""
    if len(text) > 1000 or odd_name(text):
        return "is too long or holds control characters; write a plain path with `/`"
    if text.startswith("/") or re.match(r"[A-Za-z]:", text):
        return "is absolute; write it relative to the folder of the config"
    fields = _FIELD.findall(text)
    unknown = [name for name in fields if name not in FIELDS]
    if unknown:
        return f"has no such field {{{unknown[0]}}}; use {{dir}}, {{stem}}, {{locale}}, {{ext}}"
    rest = _FIELD.sub("", text)
    if "{" in rest or "}" in rest:
        return "has a brace without its partner; fields are {dir}, {stem}, {locale}, {ext}"
    for name in ("dir", "stem", "ext"):
        if fields.count(name) > 1:
            return f"has {{{name}}} twice; once is enough"
    if "stem" not in fields and "dir" not in fields:
        return "needs {stem} or {dir}, else all files would be one"
    parts = text.split("/")
    if not {"", ".", ".."}.isdisjoint(parts):
        return "has an empty part, `.` or `..`; write folders as they are called"
    if any("{dir}" in part and part != "{dir}" for part in parts):
        return "needs {dir} between slashes, for it stands for whole folders"
    if parts[-1] == "{dir}" or "{stem}" in parts[:-1] or "{ext}" in "".join(parts[:-1]):
        return "must end with the file name, where {stem} and {ext} belong"
    if re.search(r"\{(?:stem|locale|ext)\}\{(?:stem|locale)\}", text):
        return "needs a mark such as `.` or `-` between two fields, else they run together"
    return ""
