"""What a site generator expects of a translated site, as data: a layout is one `Layout` value.

The law: a layout holds no code. `site.py` reads its rules, `links.py` its link rule,
`policy.py` its front matter keys and `detect.py` its marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from translate_pipeline.errors import ConfigError
from translate_pipeline.sites.patterns import Pattern

__all__ = [
    "DEFAULT_EXCLUDE",
    "REPOSITORY_PAPERS",
    "Layout",
    "Links",
    "Rule",
    "SourceLocale",
    "with_paths",
]

# Never sources: installed packages and what generators build. `/x` is anchored at the root,
# because `docs/public/` may well be an article's folder; hidden folders are never entered.
DEFAULT_EXCLUDE = (
    "node_modules",
    "bower_components",
    "_site",
    "__pycache__",
    "/vendor",
    "/public",
    "/site",
    "/build",
    "/dist",
    "/out",
    "/_book",
    "/_output",
)

# Papers of a repository that a generator with its sources at the root does not publish.
REPOSITORY_PAPERS = (
    "/README.md",
    "/CHANGELOG.md",
    "/CONTRIBUTING.md",
    "/CODE_OF_CONDUCT.md",
    "/SECURITY.md",
    "/LICENSE.md",
    "/AGENTS.md",
    "/CLAUDE.md",
)


class SourceLocale(StrEnum):
    """What says in which language a source is written."""

    SITE = "site"  # every source is in the site's language; other languages are translations
    PATH = "path"  # each path says its own: one site has sources in several languages
    FRONT_MATTER = "front-matter"  # the key says it; a file in another language is no source


class Links(StrEnum):
    """How the links of an article are brought to the target's place."""

    # The generator takes a link by the source's name to the page in the reader's language, and
    # the target stands in the source's folder: nothing changes.
    KEEP = "keep"
    # The tree of a language mirrors that of the source: a link between two pages stays as it
    # is when both have a place in the tree; other relative targets (images, files, pages
    # without a translation) are rewritten so that they still lead to the same file.
    SAME_DEPTH = "same-depth"
    # A link is the path of a file: a link to a source page becomes a link to its target where
    # that is or will be, everything else relative is rewritten from the new place.
    REWRITE_RELATIVE = "rewrite-relative"


class Rule(NamedTuple):
    """Where the targets of some sources go: two patterns over the same fields."""

    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One way to keep a translated site.

    `rules` are tried in order: the first whose source pattern fits is the file's.
    `extensions` have their dot. `dialect` is a name of `article.dialects`, or `auto`
    where it is a matter of the file.
    `copy_source`: the source also stands among the targets, as a plain copy.
    `values` are front matter keys that the generator expects in a target, with `{locale}` and
    `{tag}` filled in (`lang: de`); `keep` are keys that must stay as they are in the source,
    because they are what pairs the languages or are no prose.
    `url_prefix` is how the URL path of a target begins, `source_url_prefix` that of a source:
    a site-root link `/en/x` becomes `/de/x` with `/{locale}/` for both, `/x` becomes `/de/x`
    with `/` and `/{locale}/`. Empty: site-root links stay, the generator takes care of them.
    `exclude` adds to `DEFAULT_EXCLUDE`. `markers` are files that show the generator (any of
    them), `plugin` a word of `site_configs.py` that shows this very layout.
    """

    name: str
    description: str
    rules: tuple[Rule, ...] = ()
    extensions: tuple[str, ...] = (".md", ".markdown")
    dialect: str = "auto"
    source_locale: SourceLocale = SourceLocale.SITE
    copy_source: bool = False
    links: Links = Links.REWRITE_RELATIVE
    url_prefix: str = ""
    source_url_prefix: str = ""
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    keep: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    markers: tuple[str, ...] = ()
    plugin: str = ""

    def patterns(self) -> tuple[tuple[Pattern, Pattern], ...]:
        """The rules, read. Raises ConfigError for a pair that cannot be followed back."""
        return tuple(_pair(rule, self.name, self.source_locale) for rule in self.rules)


def with_paths(layout: Layout, paths: Iterable[tuple[str, str]]) -> Layout:
    """The layout with the user's own pairs of patterns in place of its rules, if there are any.

    Raises ConfigError for patterns that are unsound, and where a layout without rules (plain)
    gets none.
    """
    rules = tuple(Rule(source, target) for source, target in paths)
    if not rules and not layout.rules:
        raise ConfigError(
            f"the layout {layout.name!r} says no paths; add to the config:"
            ' paths = [{ source = "docs/{dir}/{stem}{ext}",'
            ' target = "docs/{locale}/{dir}/{stem}{ext}" }]'
        )
    changed = replace(layout, rules=rules) if rules else layout
    changed.patterns()
    return changed


def _pair(rule: Rule, name: str, source_locale: SourceLocale) -> tuple[Pattern, Pattern]:
    source = Pattern.read(rule.source, where=f"layout {name}")
    target = Pattern.read(rule.target, where=f"layout {name}")
    if "locale" not in target.fields:
        raise ConfigError(
            f"layout {name}: the target pattern {rule.target!r} needs {{locale}},"
            " else all languages would be one file"
        )
    for field_name in ("dir", "stem", "ext"):
        in_source, in_target = field_name in source.fields, field_name in target.fields
        if in_source is not in_target:
            there, missing = ("source", "target") if in_source else ("target", "source")
            raise ConfigError(
                f"layout {name}: {{{field_name}}} is in the {there} pattern but not in the"
                f" {missing} pattern of {rule.source!r}; put it into both or none"
            )
    if source_locale is SourceLocale.PATH and rule.source == rule.target:
        raise ConfigError(
            f"layout {name}: {rule.source!r} is both source and target, so no file says which"
            " it is; put the sources of several languages into a folder of their own"
        )
    return source, target
