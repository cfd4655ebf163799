"""``fakel eva export``: a walk's timeline in the files that planners use."""

from __future__ import annotations

import argparse
from pathlib import Path

from fakel.api.walk_paper import timeline_of
from fakel.load.folder import check_writable
from fakel.load.maestro import read_procedure, write_procedure
from fakel.model.errors import InputError
from fakel.model.procedure import Procedure, Timeline
from fakel.plan.procedure import procedure_of, retimed
from fakel.reports import walk_csv


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    if not (args.yaml or args.csv or args.ics or args.html or args.docx):
        raise InputError("fakel eva export: nothing to write; give one or more of --html, --docx, --yaml, --csv, --ics")
    if args.like and not (args.yaml or args.html or args.docx):
        raise InputError("--like needs --yaml, --html or --docx; say what to write")
    timeline = timeline_of(args.source)
    for path, text in _texts(args, timeline).items():
        if path.exists() and not args.replace:
            raise InputError(f"{path} is there already; give another name or --replace")
        check_writable(path.parent)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
        print(f"written    {path}")
    if args.yaml:
        _yaml(args, timeline)
    return 0


def _texts(args: argparse.Namespace, timeline: Timeline) -> dict[Path, bytes]:
    out: dict[Path, bytes] = {}
    if args.csv:
        out[Path(args.csv)] = walk_csv.rows(timeline).encode()
    if args.ics:
        from fakel.reports.walk_page import calendar
        out[Path(args.ics)] = calendar(timeline)
    if args.docx:
        from fakel.reports.walk_docx import render as document
        out[Path(args.docx)] = document(timeline, _procedure(args, timeline))
    if args.html:
        from fakel.reports.walk_page import render
        out[Path(args.html)] = render(timeline, _procedure(args, timeline))
    return out


def _procedure(args: argparse.Namespace, timeline: Timeline) -> Procedure:
    return retimed(read_procedure(Path(args.like))[0], timeline)[0] if args.like else procedure_of(timeline)


def _yaml(args: argparse.Namespace, timeline: Timeline) -> None:
    folder = Path(args.yaml)
    if (folder / "procedures").exists() and not args.replace:
        raise InputError(f"{folder} holds a procedure already; give another folder or --replace")
    stem, told = timeline.id, ()
    if args.like:
        procedure, _ = read_procedure(Path(args.like))
        stem = next((Path(args.like) / "procedures").glob("*.y*ml")).stem
        procedure, told = retimed(procedure, timeline)
    else:
        procedure = procedure_of(timeline)
    for line in told:
        print(f"changed    {line}")
    print(f"written    {folder}: {len(write_procedure(procedure, folder, stem))} files")
