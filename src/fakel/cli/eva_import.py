"""``fakel eva import``: a procedure or an edited table becomes the tasks of a mission's walk."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from fakel.api.walk_paper import read_walk, tasks_from_procedure, with_tasks
from fakel.cli.plan import at_home, check_file
from fakel.load.maestro import read_procedure
from fakel.model.errors import InputError
from fakel.reports.walk_csv import edited


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    source, out = Path(args.source), Path(args.out)
    walk = read_walk(args.into)
    check_file(out, walk.path)
    if source.suffix == ".csv":
        try:
            text = source.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            raise InputError(f"{source}: cannot be read as UTF-8 text; mend its name or save it so") from None
        tasks, told = edited(text, walk.tasks, str(source))
    elif source.is_dir():
        procedure, kept = read_procedure(source, args.procedure)
        tasks, told = tasks_from_procedure(procedure, walk, args.crew)
        told = (*kept, *told)
    else:
        raise InputError(f"{source}: is neither a folder of Maestro's files nor a .csv; give one of them")
    text = at_home(with_tasks(walk, tasks), walk.path.parent, out.parent, walk.mission)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8")
    for line in told:
        print(f"told       {line}")
    print(f"written    {out}: {len(tasks)} tasks; plan it: fakel plan {shlex.quote(str(out))}")
    return 0
