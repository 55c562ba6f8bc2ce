"""Takes a locale pair, gives the installed Apertium mode for it: commands to chain with pipes.

A *mode* is a file `eng-spa.mode`: one shell line, programs joined by `|`. It is read here and
never given to a shell. Names are `source-target` in ISO 639-1 or -3, a variant after `_`
(`es-pt_BR`, `eng-cat_valencia`).
"""

from __future__ import annotations

import hashlib
import re
import shlex
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from translate_pipeline.errors import ConfigError
from translate_pipeline.model import Locale, LocalePair

__all__ = ["FOLDERS", "Mode", "find_mode"]

FOLDERS = (Path("/usr/share/apertium/modes"), Path("/usr/local/share/apertium/modes"))

# `en-eo-bytecode` and `Cyrl-Latn` in the same folder are not language pairs.
_NAME = re.compile(r"([a-z]{2,3})(?:_(\w+))?-([a-z]{2,3})(?:_(\w+))?\Z", re.ASCII)

# Languages that Apertium's data treats as one, with the variant that its names give them.
_MACRO: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "bos": (("hbs", "BS"),),
        "hrv": (("hbs", "HR"),),
        "srp": (("hbs", "SR"),),
        "nor": (("nob", ""), ("nor", "")),
        "nob": (("nob", ""), ("nor", "")),
        "nno": (("nno", ""), ("nor", "")),
        "msa": (("zlm", ""),),
    }
)

# Translation data in Debian 12, `apt-cache search apertium-`; the package name is the pair.
# `>` instead of `-`: the package is known to translate in this direction only.
_PACKAGES = """
afr-nld arg-cat bel-rus br>fr cat-ita cat-srd dan-nor en-gl eng-cat eng-spa eo-ca eo-en eo-es
eo-fr es-gl es-pt es-ro eu>en eu>es fr-es fra-cat fra-frp hbs-eng hbs-mkd hbs-slv ind-zlm
isl>eng isl-swe mkd-bul mkd>eng nno-nob oc-ca oc-es oci-fra pol-szl por-cat pt-gl rus-ukr
spa-arg spa-ast spa-cat spa-ita srd-ita swe-dan swe-nor urd-hin"""


@dataclass(frozen=True, slots=True)
class Mode:
    """One direction: the `commands` to chain, and a digest of the data files they read."""

    name: str
    package: str
    commands: tuple[tuple[str, ...], ...]
    digest: str  # 8 hex digits of the SHA-256 of the mode and its data

    @property
    def signature(self) -> str:
        """`apertium/eng-spa@1f2e3d4c`: another data version translates differently."""
        return f"apertium/{self.name}@{self.digest}"


def find_mode(pair: LocalePair, folders: Sequence[Path] = FOLDERS) -> Mode:
    """The installed mode that fits `pair` best (`es-pt_BR` for pt-BR, else `es-pt`).

    Raises `ConfigError` that names the Debian package when the engine or the pair is missing.
    """
    source, target = _codes(pair.source), _codes(pair.target)
    installed = {f.stem: f for d in reversed(folders) for f in sorted(d.glob("*.mode"))}
    best: tuple[int, str] | None = None
    for name in sorted(installed):
        match = _NAME.match(name)
        if match is None:
            continue
        score = _score(match[1], match[2], source), _score(match[3], match[4], target)
        if min(score) >= 0 and (best is None or sum(score) > best[0]):
            best = sum(score), name
    if best is None:
        raise ConfigError(_missing(pair, sorted(n for n in installed if _NAME.match(n))))
    return _read_mode(installed[best[1]])


def _codes(locale: Locale) -> dict[str, frozenset[str]]:
    """ISO 639-3 codes that may stand for the language, each with the variants it accepts."""
    from langcodes import Language

    language, *subtags = locale.tag.replace("_", "-").split("-")
    code = _iso3(language)
    if not code:
        code = Language.get(language).language or language
    wanted = {tag.casefold() for tag in subtags}
    pairs = _MACRO.get(code, ((code, ""),))
    return {c: frozenset(wanted | ({v.casefold()} if v else set())) for c, v in pairs}


def _iso3(language: str) -> str:
    from langcodes import Language

    if len(language) == 3:
        return language  # Apertium's own spelling; `hbs` would become `sr-Latn`
    try:
        return Language.get(language, normalize=False).to_alpha3()
    except LookupError:
        return ""


def _score(code: str, variant: str | None, wanted: Mapping[str, frozenset[str]]) -> int:
    """-1: another language or a variant nobody asked for; else how many variants agree."""
    accepted = wanted.get(_iso3(code))
    if accepted is None:
        return -1
    parts = variant.casefold().split("_") if variant else []
    return len(parts) if accepted.issuperset(parts) else -1


def _missing(pair: LocalePair, installed: Sequence[str]) -> str:
    source, target = _codes(pair.source), _codes(pair.target)
    wanted = f"{pair.source.tag} -> {pair.target.tag}"
    have = f"installed pairs: {', '.join(installed)}" if installed else "no pair is installed"
    for package in _PACKAGES.split():
        first, arrow, second = re.split("([->])", package)
        ways = [(_iso3(first), _iso3(second)), (_iso3(second), _iso3(first))]
        if any(a in source and b in target for a, b in ways[: 1 if arrow == ">" else 2]):
            hint = f"try `apt install apertium apertium-{first}-{second}` (Debian, Ubuntu)"
            return f"Apertium cannot translate {wanted}: {have}; {hint}"
    return (
        f"Apertium cannot translate {wanted}: {have}; Debian has no data for this pair, "
        "use another backend"
    )


def _read_mode(path: Path) -> Mode:
    commands = _parse(path)
    digest = hashlib.sha256(path.read_bytes())
    package = ""
    for data in (Path(word) for command in commands for word in command[1:]):
        if data.is_absolute() and data.is_file():
            digest.update(data.read_bytes())
            package = package or data.parent.name
    return Mode(path.stem, package, commands, digest.hexdigest()[:8])


def _parse(path: Path) -> tuple[tuple[str, ...], ...]:
    """The programs of a mode file, each with `-z`: flush at every NUL.

    `$1` is the place of the option that marks unknown words (`-n`: do not), `$2` of tracing.
    """
    try:
        # punctuation_chars also splits `a|b`; quotes keep a `|` in a path together.
        lexer = shlex.shlex(path.read_text("utf-8"), posix=True, punctuation_chars="|")
        lexer.whitespace_split = True
        lexer.commenters = ""
        words = list(lexer)
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: cannot be read as an Apertium mode: {error}") from None
    commands: list[list[str]] = [[]]
    for word in words:
        if word == "|":
            commands.append([])
        elif word != "$2":
            commands[-1].append("-n" if word == "$1" else word)
    return tuple(_command(path, command) for command in commands)


def _command(path: Path, command: Sequence[str]) -> tuple[str, ...]:
    if not command:
        raise ConfigError(f"{path}: a stage without a program; reinstall the Apertium pair")
    program = shutil.which(command[0])
    if program is None:
        raise ConfigError(
            f"{path} needs the program `{command[0]}`, which is not installed: "
            "try `apt install apertium apertium-lex-tools apertium-separable apertium-recursive "
            "apertium-anaphora cg3`"
        )
    return (program, "-z", *command[1:])
