"""Takes a golden site's name, gives the `Site` that its config means, and its plan as a table."""

from __future__ import annotations

import tomllib
from pathlib import Path

from translate_pipeline.locale import parse_locale
from translate_pipeline.sites import find
from translate_pipeline.sites.detect import Detected, detect
from translate_pipeline.sites.layout import with_paths
from translate_pipeline.sites.site import Site

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
Table = dict[str, list[str]]


def before(name: str) -> Path:
    return GOLDEN / name / "before"


def golden_site(name: str) -> Site:
    config = tomllib.loads((before(name) / "translate-pipeline.toml").read_text("utf-8"))
    paths = [(pair["source"], pair["target"]) for pair in config.get("paths", [])]
    return Site(
        root=before(name),
        layout=with_paths(find(config["layout"]), paths),
        source=parse_locale(config["source"]),
        targets=tuple(parse_locale(locale) for locale in config["targets"]),
    )


def table(site: Site) -> Table:
    """Source → targets in order; a plain copy stands last."""
    return {
        row.source: [path for _, path in row.targets] + ([row.copy] if row.copy else [])
        for row in site.plan(skip=site.no_source)
    }


def check_golden(name: str, expected: Table, *, there: dict[str, str]) -> Detected:
    """The plan is `expected`, each target leads back, `there` (target → source) is on disk, and
    the layout is the first that is detected; what was detected is given for a closer look.
    """
    site = golden_site(name)
    assert table(site) == expected
    assert list(expected) == sorted(expected)
    for source, targets in expected.items():
        for target in targets:
            found = site.source_of(target)
            assert found is not None, target
            assert found[0] == source
            assert site.plan_one(target) is None, f"{target} would be a source, too"
    assert {row.path: row.source for row in site.targets_on_disk()} == there
    first = detect(site.root)[0]
    assert (first.layout, first.source, first.dialect) == (name, "en", site.layout.dialect)
    assert first.targets
    # What is written to the config finds the same sources.
    again = Site(
        root=site.root,
        layout=with_paths(find(first.layout), first.paths),
        source=site.source,
        targets=site.targets,
    )
    assert table(again) == expected
    return first
