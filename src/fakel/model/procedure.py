"""Procedures and timelines of a spacewalk as planners write them: who does which steps, side by side, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fakel.model.epoch import Epoch

Kept = Mapping[str, Any]
"""What a file says and we have no name for: kept, and written again."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture beside a step; width and height in pixels, None: its own."""

    path: str
    width: float | None = None
    height: float | None = None
    kept: Kept = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """A numbered step. text: one line, or several. Warnings, cautions, comments and notes stand above it, check boxes
    and substeps below."""

    text: tuple[str, ...] = ()
    title: str = ""
    images: tuple[Image, ...] = ()
    checkboxes: tuple[str, ...] = ()
    warning: tuple[str, ...] = ()
    caution: tuple[str, ...] = ()
    comment: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    substeps: tuple[Step, ...] = ()
    kept: Kept = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """Steps that stand side by side: who (one role, or several joined by +) and their steps. simo: at the same time."""

    cells: tuple[tuple[str, tuple[Step, ...]], ...]
    simo: bool = False
    kept: Kept = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Role:
    """What a task asks of one person: how long, and how long after the person is free it begins."""

    name: str
    duration_s: float
    offset_s: float = 0.0
    description: str = ""
    kept: Kept = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One task: its steps, and the roles in it."""

    title: str
    roles: tuple[Role, ...]
    rows: tuple[Row, ...]
    kept: Kept = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Use:
    """A chapter's place in the procedure: its file, and who fills its roles."""

    file: str
    roles: Mapping[str, str]
    kept: Kept = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; actors: those whose steps stand in it, ``*`` for all others."""

    key: str
    display: str
    actors: tuple[str, ...]
    kept: Kept = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Procedure:
    """A whole walk: columns, chapters in their order, and each chapter by its file."""

    name: str
    columns: tuple[Column, ...]
    uses: tuple[Use, ...]
    chapters: Mapping[str, Chapter]
    kept: Kept = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Block:
    """A task in time, minutes after hatch opening. task: what a mission file says of it, by its keys, but for title and
    who."""

    id: str
    title: str
    who: tuple[str, ...]
    start_min: float
    stop_min: float
    task: Kept
    granted: bool = True

    @property
    def place(self) -> str:
        return str(self.task.get("place", ""))

    @property
    def scene(self) -> bool:
        return bool(self.task.get("scene", False))


@dataclass(frozen=True, slots=True)
class Timeline:
    """A walk's blocks in order of start. hatch_open: None when it is not known. people: id to name, in order of
    the columns. lit and linked: stretches, minutes after hatch opening. places: names of worksites; holders: names of
    those who hold things and are no people. left_out: titles of tasks for another day."""

    id: str
    title: str
    hatch_open: Epoch | None
    people: Mapping[str, str]
    blocks: tuple[Block, ...]
    lit: tuple[tuple[float, float], ...] = ()
    linked: tuple[tuple[float, float], ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    holders: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    def place(self, block: Block) -> str:
        """Where a block is done, in words; a handrail by its id."""
        rail = f"handrail {block.place}" if block.place[-1:].isdigit() else block.place
        return self.places.get(block.place) or rail

    def holder(self, id: str) -> str:
        """Whoever or whatever holds a thing, in words."""
        return self.people.get(id) or self.holders.get(id) or id

    @property
    def stop_min(self) -> float:
        return max((b.stop_min for b in self.blocks), default=0.0)
