"""Takes a source's path and a locale, gives the path of its translation.

The laws: a target is never a source, never shared by two sources, and never outside the
folder it belongs to, symlinks followed. Only what stands below that folder is renamed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path, PurePath
from typing import NamedTuple

from translate_pipeline.errors import TargetPathError
from translate_pipeline.files import inside
from translate_pipeline.model import Locale, LocalePair

__all__ = ["Job", "Layout", "Source", "plan", "spellings", "split_locale", "target_path"]

_FIELDS = ("dir", "stem", "locale", "ext")
_FIELD = re.compile(r"\{([^{}]*)\}")
# What may stand as a locale in a file name: nothing that is a path of its own.
_SAFE_NAME = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
_SEPARATORS = ".-_"


class Source(NamedTuple):
    """An article to translate. `base` is the folder it was found in, from the top.

    `named` says that the user wrote this very path; such a file is never skipped.
    """

    path: Path
    base: Path
    named: bool = True


class Job(NamedTuple):
    """One article into one locale: the unit of a run."""

    source: Path
    target: Path
    pair: LocalePair


class Layout(NamedTuple):
    """Where targets go. All paths are absolute.

    `out` is a folder, or a pattern with `{dir}`, `{stem}`, `{locale}` and `{ext}`; empty
    puts the target beside the source. `strict` says that the user named the root: then an
    `out` elsewhere is refused too, else `out` itself is what targets must stay in.
    """

    root: Path
    out: str = ""
    strict: bool = False


def spellings(locale: Locale) -> frozenset[str]:
    """How a locale may be written in a path, case folded: `pt-br`, `pt_br`."""
    forms = {locale.name.casefold(), locale.tag.casefold()}
    return frozenset(
        s for form in forms for s in (form.replace("_", "-"), form.replace("-", "_"))
    ) | frozenset(forms)


def split_locale(stem: str, names: frozenset[str]) -> tuple[str, str] | None:
    """A file's stem without its locale, and the separator before it; None if it has none.

    >>> split_locale("2025-01-01-hello-en", frozenset({"en"}))
    ('2025-01-01-hello', '-')
    >>> split_locale("en", frozenset({"en"}))
    ('', '')
    >>> split_locale("open", frozenset({"en"})) is None
    True
    """
    folded = stem.casefold()
    if folded in names:
        return "", ""
    for name in sorted(names, key=len, reverse=True):
        cut = len(stem) - len(name) - 1
        # cut > 0: `.en.md` and `-en.md` have no stem to keep.
        if cut > 0 and folded.endswith(name) and stem[cut] in _SEPARATORS:
            return stem[:cut], stem[cut]
    return None


def target_path(source: Source, pair: LocalePair, layout: Layout) -> Path:
    """Where the translation of `source` into `pair.target` goes.

    The source's locale in folder names and at the end of the file name becomes the
    target's (`/en/x.md` → `/de/x.md`, `x-en.md` → `x-de.md`, `x.en.md`, `x_en.md`,
    `en.md`); where it stands nowhere, `.de` goes before the extension. Raises
    `TargetPathError` for a locale name that is a path, an unknown field of the pattern, a
    target that leaves its folder or is its own source.
    """
    target = _bordered(source, pair, layout)
    if _real(target) == _real(source.path):
        raise _own_target(source, pair)
    return target


def plan(
    sources: Sequence[Source], pairs: Iterable[LocalePair], layout: Layout
) -> tuple[tuple[Job, ...], tuple[Path, ...]]:
    """All jobs, articles in the given order and each in all locales; and what is no source.

    A file that was found (not named) where a target of another source goes is a
    translation of an earlier run: it is left out. Raises `TargetPathError` when a target
    would overwrite a source or two sources have one target: nothing has been done then.
    """
    wanted = [
        (source, Job(source.path, _bordered(source, pair, layout), pair))
        for source, pair in product(sources, pairs)
    ]
    owner: dict[str, Job] = {}
    own_targets: dict[Path, TargetPathError] = {}
    for source, job in wanted:
        place = _real(job.target)
        if place == _real(source.path):
            own_targets[source.path] = _own_target(source, job.pair)
        elif (other := owner.setdefault(place, job)) is not job:
            raise TargetPathError(
                f"{other.source} and {job.source} have the same target {job.target}"
                f" ({other.pair.target.name}, {job.pair.target.name});"
                " put `{dir}`, `{stem}` and `{locale}` into --out"
            )
    left_out: dict[Path, None] = {}
    for source in sources:
        other_job = owner.get(_real(source.path))
        if other_job is None:
            if source.path in own_targets:
                raise own_targets[source.path]
        elif source.named:
            raise TargetPathError(
                f"{other_job.source}: its {other_job.pair.target.name} target would overwrite"
                f" {source.path}, which is a source of this run; name only one of them"
            )
        else:
            left_out[source.path] = None
    return tuple(job for _, job in wanted if job.source not in left_out), tuple(left_out)


def _bordered(source: Source, pair: LocalePair, layout: Layout) -> Path:
    """The target, safely named and inside of the folder it belongs to."""
    name = pair.target.name
    if not _SAFE_NAME.fullmatch(name):
        raise TargetPathError(
            f"the locale name {name!r} cannot stand in a file name;"
            " use letters, digits, `-` and `_`, as in `pt-BR`"
        )
    target, border = _place(source, pair, layout)
    if layout.strict:
        border = layout.root
    if not inside(border, target):
        raise TargetPathError(
            f"{source.path}: its {name} target {target} would be outside of {border};"
            " set --root to the folder that holds both, or another --out"
        )
    return target


def _own_target(source: Source, pair: LocalePair) -> TargetPathError:
    return TargetPathError(
        f"{source.path}: its {pair.target.name} target is the source itself;"
        " put `{locale}` into --out, or name another folder"
    )


def _place(source: Source, pair: LocalePair, layout: Layout) -> tuple[Path, Path]:
    """The target, and the folder it must stay in."""
    if "{" in layout.out or "}" in layout.out:
        return _fill(source, pair, layout)
    if not layout.out:
        renamed = _renamed(source.path.relative_to(layout.root), pair)
        return layout.root / renamed, layout.root
    base = source.base
    # `docs/en --out build` is `build/de/...`: the folder's own name says the locale.
    if base.name.casefold() in spellings(pair.source) and base != layout.root:
        base = base.parent
    return Path(layout.out) / _renamed(source.path.relative_to(base), pair), Path(layout.out)


def _renamed(path: PurePath, pair: LocalePair) -> PurePath:
    """The relative path with the target's locale in the source's place, or added."""
    folder = _renamed_folder(path.parent, pair)
    split = split_locale(path.stem, spellings(pair.source))
    if split is not None:
        stem, separator = split
        return folder / f"{stem}{separator}{pair.target.name}{path.suffix}"
    if folder != path.parent:
        return folder / path.name
    return folder / f"{path.stem}.{pair.target.name}{path.suffix}"


def _renamed_folder(folder: PurePath, pair: LocalePair) -> PurePath:
    names = spellings(pair.source)
    return PurePath(*(pair.target.name if p.casefold() in names else p for p in folder.parts))


def _fill(source: Source, pair: LocalePair, layout: Layout) -> tuple[Path, Path]:
    """The pattern's fields: `{stem}` without its locale, `{dir}` below the root, renamed."""
    relative = source.path.relative_to(layout.root)
    split = split_locale(relative.stem, spellings(pair.source))
    values = {
        "dir": _renamed_folder(relative.parent, pair).as_posix(),
        # A file that is called by its locale alone (`en.md`) keeps a name.
        "stem": relative.stem if split is None else split[0] or "index",
        "locale": pair.target.name,
        "ext": relative.suffix,
    }
    for field in _FIELD.findall(layout.out):
        if field not in _FIELDS:
            raise TargetPathError(
                f"--out: there is no field {{{field}}}; use {{dir}}, {{stem}}, {{locale}}, {{ext}}"
            )
    filled = _FIELD.sub(lambda found: values[found[1]], layout.out)
    if "{" in _FIELD.sub("", layout.out) or "}" in _FIELD.sub("", layout.out):
        raise TargetPathError(f"--out: a brace has no partner in {layout.out!r}")
    fixed = layout.out[: layout.out.index("{")]
    # The pattern's folder before the first field; a relative pattern stands in the root.
    border = Path(fixed).parent if not fixed.endswith(("/", os.sep)) else Path(fixed)
    if not os.path.isabs(layout.out):
        return layout.root / filled, layout.root
    return Path(filled), layout.root if border.is_relative_to(layout.root) else border


def _real(path: Path) -> str:
    """What two names of one file have in common."""
    return os.path.normcase(os.path.realpath(path))
