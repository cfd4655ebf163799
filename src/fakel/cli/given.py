"""What several commands read from the command line alike: paths of craft, windows, numbers, files to write."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path

from fakel.api.forces import as_epoch
from fakel.api.track import Track, from_elements, from_ephemeris, from_flight
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.flight import STATION
from fakel.reports.png import as_png, require_png

PNG_PX = 1800


def track_of(args: argparse.Namespace) -> Track:
    """The path of --tle, --oem or --flight (there of --craft, where the command knows it) over --from to --to."""
    start, stop = window_of(args)
    if args.tle:
        age = getattr(args, "max_age", None)
        return from_elements(Path(args.tle), start, stop, None if age is None else
                             checked(age, "--max-age", 0.0, 1e5, "days"))
    if args.oem:
        return from_ephemeris(Path(args.oem), start, stop)
    return from_flight(Path(args.flight), getattr(args, "craft", STATION), start, stop)


def window_of(args: argparse.Namespace) -> tuple[Epoch | None, Epoch | None]:
    """--from and --to, where they are given."""
    return (as_epoch(args.start, "--from") if args.start else None,
            as_epoch(args.stop, "--to") if args.stop else None)


def checked(value: float, where: str, low: float, high: float, unit: str) -> float:
    """The number. InputError when it lies outside the limits, or is none."""
    if not low <= value <= high:
        raise InputError(f"{where} = {value:g} {unit} cannot be; write {low:g} to {high:g}")
    return value


def listed(text: str) -> tuple[str, ...]:
    """Words with commas between."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def check_picture(file: str, replace: bool) -> None:
    """InputError, before anything is flown, for a picture that could not be written in the end."""
    if not file:
        return
    refuse_written((file,), replace)
    if Path(file).suffix.lower() not in (".svg", ".png"):
        raise InputError(f"{file}: a picture is an .svg or a .png; give such a name")
    if not Path(file).parent.is_dir():
        raise InputError(f"{file}: there is no folder {Path(file).parent}; make it first")
    if file.lower().endswith(".png"):
        require_png()


def write_picture(file: str, svg: str) -> None:
    """As SVG, or as PNG by the name's ending."""
    write_whole(Path(file), as_png(svg, PNG_PX) if file.lower().endswith(".png") else svg.encode())


def write_whole(file: Path, content: bytes) -> None:
    """Stopped half-way, no file is half a file."""
    part = file.with_name(file.name + ".part")
    part.write_bytes(content)
    part.replace(file)


def refuse_written(files: Iterable[str | Path | None], replace: bool) -> None:
    """InputError for a file that is there already and must not be written over."""
    for file in files:
        if file and Path(file).exists() and not replace:
            raise InputError(f"{file} is there already; give another name or --replace")


def refuse_beside_a_mission(args: argparse.Namespace, defaults: Mapping[str, object]) -> None:
    """Raises InputError for an option that the mission answers itself."""
    for option, default in defaults.items():
        if args.mission is not None and getattr(args, option) != default:
            raise InputError(f"--{option} is the mission's own; leave it out, or the mission")


def check_files(files: Iterable[str | Path | None], replace: bool) -> None:
    """Raises InputError where a file exists already, or its folder does not."""
    files = [file for file in files if file]
    refuse_written(files, replace)
    for file in files:
        if not Path(file).parent.is_dir():
            raise InputError(f"{file}: there is no folder {Path(file).parent}; make it first")


def check_launched(args: argparse.Namespace) -> None:
    """Raises InputError for a mass or an inclination that cannot be, and for files that cannot be written."""
    for option in ("mass", "propellant"):
        if getattr(args, option) is not None:
            checked(getattr(args, option), f"--{option}", 0.0, 1e6, "kg")
    checked(args.inclination, "--inclination", 0.1, 180.0, "deg")
    for file in (args.map, args.plot):
        check_picture(file, args.replace)
    check_files((args.csv,), args.replace)
