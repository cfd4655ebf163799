"""Launches to be flown many times, each made ready once, for tests of dispersed climbs."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from fakel.load.library import Library, shipped
from fakel.model.climb import AscentRun, AscentSpread
from fakel.model.launcher import Launcher
from fakel.model.place import Site
from fakel.plan.ascent import aim, steering_of
from fakel.plan.climb_cases import Case, fly_cases

SHIP_KG = 7220.0
AS_FILED, WITH_RESERVE = 0.0, 700.0


@cache
def case(reserve_kg: float = AS_FILED, spread: str = "rockets") -> Case:
    """A Soyuz-FG; reserve_kg: how much lighter its third stage is when empty, so that as much more is left."""
    library = Library()
    launcher, pad = library.find(Launcher, "soyuz-fg", "test"), library.find(Site, "baikonur-1-5", "test")
    last = launcher.stages[-1]
    launcher = replace(launcher, stages=(*launcher.stages[:-1],
                                         replace(last, dry_mass_kg=last.dry_mass_kg - reserve_kg)))
    return Case(launcher, pad, SHIP_KG, steering_of(launcher, pad, SHIP_KG, aim(launcher, pad)),
                library.find(AscentSpread, spread, "test"))


@cache
def runs(reserve_kg: float = AS_FILED, seed: int = 1, count: int = 200) -> tuple[AscentRun, ...]:
    return tuple(run for run, _ in fly_cases(case(reserve_kg), seed, range(count), 1))


def file_with(tmp_path, *changes: tuple[str, str]) -> str:                     # type: ignore[no-untyped-def]
    """A launcher's file of one's own: that of Soyuz-FG with text changed."""
    text = shipped("launchers", "soyuz-fg.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    folder = tmp_path / "launchers"
    folder.mkdir(exist_ok=True)
    (folder / "mine.toml").write_text(text.replace('id = "soyuz-fg"', 'id = "mine"'), encoding="utf-8")
    return str(folder / "mine.toml")
