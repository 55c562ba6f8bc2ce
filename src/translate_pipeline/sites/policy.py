"""A site's wishes for front matter in, what becomes of each key for a locale out.

The law: a key that nobody names is copied byte for byte. Translated, set, dropped: one of these
at most happens to a key, and a contradiction is refused before anything is paid for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from translate_pipeline.article import DEFAULT_KEYS
from translate_pipeline.errors import ConfigError
from translate_pipeline.model import Locale
from translate_pipeline.sites.layout import Layout

__all__ = ["Policy", "Value", "instruction_of", "policy_of"]

Value = bool | int | float | str

# Set in every target, whatever the layout: how a site, and the next run, know a translation.
_ALWAYS = ("lang", "translated")
#: The key under which an author writes an instruction for the translation of one article.
INSTRUCTION = "prompt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What becomes of front matter keys; what is not named here is copied.

    `translate` are dotted keys whose text is prose, but for those in `keep`. `values` are set
    in every target, `generator` as well with `{locale}` (as the site writes it) and `{tag}`
    (BCP 47) filled in. `drop` are top-level keys that targets do not have. `rtl_dir` adds
    `dir: rtl` to targets in a language written from right to left, and removes nothing.

    Raises ConfigError where a key is to be both dropped and set, or set against `lang`.
    """

    translate: tuple[str, ...] = DEFAULT_KEYS
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    drop: tuple[str, ...] = ()
    rtl_dir: bool = False
    generator: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    keep: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for key in self.drop:
            if key in _ALWAYS or key in self.generator:
                raise ConfigError(
                    f"`drop` has `{key}`, which every target needs; take it out of `drop`"
                )
            if key in self.values:
                raise ConfigError(
                    f"`{key}` is both in `drop` and in `values`; take it out of one of them"
                )
        for key in _ALWAYS:
            if key in self.values:
                raise ConfigError(
                    f"`values` has `{key}`, which says the target's language or that it is a"
                    " translation; for another spelling of a language use `aliases`"
                )

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys to translate: `front_matter_keys` of a pipeline."""
        left_out = {*self.drop, *self.keep, *self.values, *self.generator, *_ALWAYS}
        return tuple(
            key
            for key in self.translate
            if key not in left_out and key.partition(".")[0] not in left_out
        )

    def values_for(self, locale: Locale) -> dict[str, Value]:
        """What is set in a target of `locale`; the site's own `values` win over the layout's."""
        found: dict[str, Value] = {
            key: text.replace("{locale}", locale.name).replace("{tag}", locale.tag)
            for key, text in self.generator.items()
        }
        if self.rtl_dir and locale.rtl:
            found["dir"] = "rtl"
        return {**found, **self.values, "lang": locale.name}


def policy_of(
    layout: Layout | None,
    *,
    translate: tuple[str, ...] | None = None,
    values: Mapping[str, Value] = MappingProxyType({}),
    drop: tuple[str, ...] = (),
    rtl_dir: bool = False,
) -> Policy:
    """The policy of a layout with a site's own wishes; `translate` None means the usual keys.

    A key that the user names in `translate` is translated even if the layout would keep it.
    Raises ConfigError as `Policy`.
    """
    keep = layout.keep if layout else ()
    return Policy(
        translate=DEFAULT_KEYS if translate is None else translate,
        values=values,
        drop=drop,
        rtl_dir=rtl_dir,
        generator=layout.values if layout else MappingProxyType({}),
        keep=tuple(key for key in keep if key not in (translate or ())),
    )


def instruction_of(metadata: Mapping[str, object]) -> str:
    """The author's instruction for this article: the text under `prompt`, else nothing.

    It is data for the translator, never a format string. It stands in the source and, unless
    `drop` has the key, in the targets too.

    >>> instruction_of({"title": "A", "prompt": " Keep {names}. "})
    'Keep {names}.'
    """
    wish = metadata.get(INSTRUCTION)
    return wish.strip() if isinstance(wish, str) else ""
