"""The one door of the command line. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import argparse
import codecs
import difflib
import gc
import os
import re
import sys
import warnings
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from fakel import __version__
from fakel.cli.aborts_options import add_aborts
from fakel.cli.air_options import add_air
from fakel.cli.ascent_options import add_ascent
from fakel.cli.burn_options import add_burn
from fakel.cli.check_options import add_check
from fakel.cli.coverage_options import add_coverage
from fakel.cli.custody_options import add_custody
from fakel.cli.eva_options import add_eva
from fakel.cli.examples import add_examples
from fakel.cli.faults_options import add_faults
from fakel.cli.land_options import add_land
from fakel.cli.launch_options import add_launch_day
from fakel.cli.link_options import add_downlink, add_link
from fakel.cli.rendezvous_options import add_rendezvous
from fakel.cli.rules_options import add_rules
from fakel.cli.show_options import add_show
from fakel.cli.sightings_options import add_sightings
from fakel.cli.tv_options import add_tv
from fakel.cli.windows_options import add_windows
from fakel.model.errors import FakelError

DONE, RULE_FAILED, BAD_INPUT, STOPPED, NOBODY_READS = 0, 1, 2, 130, 141
PLAIN = {"\N{BOX DRAWINGS HEAVY HORIZONTAL}": "=", "\N{BOX DRAWINGS LIGHT HORIZONTAL}": "-",
         "\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{HORIZONTAL ELLIPSIS}": "..."}
"""What stands for the characters of tables where the terminal knows only its own few."""

EXAMPLES = """\
examples:
  fakel fly sochi-torch                      the reference mission, from the pad to the landing
  fakel fly sochi-torch --json               the same, as one JSON object
  fakel plan sochi-torch --out plan.toml     its mission file with every blank filled in
  fakel new visit --tle iss.tle --date 2014-05-28 --pad baikonur-1-5 --profile 4
  fakel show flights/sochi-torch             watch it in the browser
  fakel check flights/sochi-torch            judge a flown mission again by the flight rules
  fakel check flights/sochi-torch --rule TISSUE-RATIO   all that is behind one verdict
  fakel propagate --tle iss.tle --until 2013-11-08    an orbit, a state each minute
  fakel fit --oem ISS.OEM_J2K_EPH.txt --plot fit.svg   fit a day of an ephemeris, see how well it goes on
  fakel coverage --tle iss.tle --network iss-2013 --plot reach.svg   who is in reach, and when
  fakel sightings --tle iss.tle --place 55.75,37.62 --time-zone Europe/Moscow   when it can be seen from there
  fakel windows --tle iss.tle --pad baikonur-1-5 --from 2013-11-01 --to 2014-11-01   launch windows of a year
  fakel land --tle iss.tle --zone zhezkazgan --from 2013-11-10 --to 2013-11-20   when a crew can come home
  fakel ascent --vehicle soyuz-fg --spacecraft soyuz-ms --plot climb.svg   a guided climb; --runs 1000: as many
  fakel aborts --vehicle soyuz-fg --spacecraft soyuz-ms --map aborts.svg   a way out at every second of a launch
  fakel launch recycle --tle iss.tle --date 2013-11-07 --days 14   the next days; also: launch slip, launch cutouts
  fakel eva plan sochi-torch --out planned.toml       a spacewalk's hatch, order and minutes, with their bounds
  fakel rendezvous plan --tle iss.tle --date 2013-11-07 --pad baikonur-1-5 --plot way.svg    burns to the station
  fakel tv --tle iss.tle --audience RU,US --over atlantic   the best live television windows, and a run-of-show
  fakel link station-ku-return --set transmitter.eirp_dbw=55 --tle iss.tle    margin and bit rate along the passes
  fakel eva margins flights/sochi-torch --plot margins.svg   when it goes wrong outside, at every minute
  fakel eva shots flights/sochi-torch --ics shots.ics   moments for photographs and television of a walk
  fakel air --people 9 --volume 916 --scrubbers off   what nine people do to the air; also: air FLIGHT, air leak
  fakel where flights/sochi-torch torch --at 15:30    who had it then, and where
  fakel faults torch-return                           the way home again, with each fault of a tree
  fakel burn --fuel propane --mass-g 100 --place pirs    could we light it? numbers, alarms, rules broken

exit codes: 0 done, 1 a flight rule failed, 2 the input cannot be used, 130 stopped by Ctrl-C
"""


class Parser(argparse.ArgumentParser):
    """Complains in one line, like the rest of the program, and guesses what was meant."""

    def error(self, message: str) -> NoReturn:
        told = message.replace("the following arguments are required:", "it needs")
        self.exit(BAD_INPUT, f"{self.prog}: {told}; see: {self.prog} --help\n")

    def _check_value(self, action: argparse.Action, value: str) -> None:
        if action.choices is not None and value not in action.choices:
            near = difflib.get_close_matches(value, action.choices, 1)
            hint = f"did you mean {near[0]}?" if near else f"write one of: {', '.join(action.choices)}"
            self.error(f"{value} is not a {str(action.metavar).lower()}; {hint}")


def parser() -> argparse.ArgumentParser:
    """The whole command line, with its help."""
    top = Parser(
        prog="fakel", description="Plan, fly, check and show a crewed visit to a space station.",
        epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    top.add_argument("--version", action="version", version=f"fakel {__version__}")
    commands = top.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    for add in (_add_fly, _add_plan, add_check, add_rules, _add_report, _add_new, _add_missions, _add_propagate,
                _add_fit, add_coverage, add_sightings, add_windows, add_land, add_ascent, add_aborts, add_launch_day,
                add_link, add_downlink, add_tv, add_rendezvous, add_eva, add_air, add_burn, add_custody, add_faults,
                add_show):
        add(commands)
    add_examples(top)
    return top


def _add_fly(commands: Any) -> None:
    fly = commands.add_parser("fly", help="plan and fly a mission, leg by leg, and judge it")
    fly.add_argument("mission", metavar="MISSION",
                     help="a mission file, or the name of a shipped mission (see: fakel missions)")
    fly.add_argument("--out", metavar="DIR", help="folder for the flight (default: flights/<mission id>, written over)")
    fly.add_argument("--replace", action="store_true", help="overwrite an older flight in --out")
    fly.add_argument("--dispersions", metavar="ID",
                     help="fly with errors of navigation and burns, such as soyuz-2013; a burn that "
                          "is missed takes the mission's then.missed_burn")
    fly.add_argument("--seed", type=int, metavar="N", help="with --dispersions: the campaign (default: the mission's)")
    fly.add_argument("--run", type=int, metavar="N", help="with --dispersions: which flight of it, from 0 on")
    fly.add_argument("--json", action="store_true", help="print one JSON object instead of text")
    fly.add_argument("--no-report", action="store_true", help="do not write report.html and the OEM files")
    fly.add_argument("--quiet", action="store_true", help="no progress display")


def _add_plan(commands: Any) -> None:
    plan = commands.add_parser("plan", help="write the mission file with every blank filled in")
    plan.add_argument("mission", metavar="MISSION",
                      help="a mission file, or the name of a shipped mission (see: fakel missions)")
    plan.add_argument("--out", metavar="FILE", help="where to write the filled file (default: standard output)")
    plan.add_argument("--json", action="store_true", help="print the filled values as JSON")
    plan.add_argument("--quiet", action="store_true", help="no progress display")


def _add_report(commands: Any) -> None:
    report = commands.add_parser("report", help="write report.html and one OEM for each craft")
    report.add_argument("folder", metavar="FLIGHT", help="a folder that fakel fly wrote")
    report.add_argument("--out", metavar="DIR", help="where to write them (default: the flight's folder)")


def _add_new(commands: Any) -> None:
    new = commands.add_parser("new", help="write a commented mission file to start from")
    kinds = new.add_subparsers(title="kinds of mission", dest="kind", metavar="KIND", required=True)
    visit = kinds.add_parser("visit", help="a launch to a station, and its docking")
    for option, metavar, told in (
            ("tle", "FILE", "element set of the station"),
            ("date", "DATE", "UTC date of the launch, such as 2014-05-28"),
            ("pad", "ID", "launch pad, such as baikonur-1-5"),
            ("profile", "ID", "revolutions until docking (2, 4, 34) or a profile id")):
        visit.add_argument(f"--{option}", required=True, metavar=metavar, help=told)
    visit.add_argument("--port", metavar="ID", default="rassvet-nadir", help="docking port (default: %(default)s)")
    visit.add_argument("--launcher", metavar="ID", help="rocket (default: the one in service at the date)")
    visit.add_argument("--days", type=int, metavar="N",
                       help="land so many days after the launch day (default: stay docked)")
    visit.add_argument("--zone", metavar="ID", default="zhezkazgan", help="landing zone, with --days (default: "
                                                                          "%(default)s)")
    visit.add_argument("--out", metavar="FILE.toml", help="the file to write (default: visit-DATE.toml)")
    visit.add_argument("--replace", action="store_true", help="overwrite the file")


def _add_missions(commands: Any) -> None:
    known = commands.add_parser("missions", help="list the missions that ship")
    known.add_argument("--json", action="store_true", help="print a list with id and title of each")


def _add_propagate(commands: Any) -> None:
    fly = commands.add_parser("propagate", help="fly orbits from element sets, ephemerides or states")
    for option, metavar, told in (
            ("tle", "FILE", "two-line element sets, or OMM (JSON, XML, KVN, CSV)"),
            ("oem", "FILE", "orbit ephemeris message; NASA's mass and drag are used"),
            ("state", "TEXT", "'UTC FRAME X Y Z VX VY VZ' in m and m/s, FRAME one of GCRF, EME2000, TEME, ITRF")):
        fly.add_argument(f"--{option}", metavar=metavar, action="append", default=[],
                         help=f"{told}; several craft: each as NAME={metavar}")
    fly.add_argument("--until", "--to", required=True, metavar="UTC",
                     help="fly until then (before the start: backward)")
    fly.add_argument("--from", dest="start", metavar="UTC",
                     help="with --oem: start at the state then or before (default: its first); "
                          "with --tle: take the newest set of then (default: of --until)")
    fly.add_argument("--step", type=float, default=60.0, metavar="S",
                     help="seconds between states (default: %(default)g)")
    fly.add_argument("--events", metavar="NAMES", default="",
                     help="with commas between: ascending_node, descending_node, perigee, apogee, sunrise, sunset, "
                          "altitude:METRES, elevation:LAT_DEG:LON_DEG:MASK_DEG, load:G; of two craft: distance:METRES, "
                          "closing_speed:M_S, nearest, farthest, ellipsoid:R:T:N (with :NAME:NAME); a last :stop ends "
                          "the flight")
    fly.add_argument("--burn", metavar="TEXT", action="append", default=[],
                     help="'UTC SECONDS NEWTONS ISP X Y Z FRAME', the push along X Y Z in FRAME, RTN (default) or GCRF "
                          "(may be repeated)")
    _add_forces(fly, PROPAGATED, action="append", type=str)
    fly.add_argument("--json", action="store_true", help="print states, events and warnings as JSON")
    fly.add_argument("--out", metavar="FILE.oem", help="write the states as orbit ephemeris messages, one a craft")
    fly.add_argument("--replace", action="store_true", help="overwrite the file")


def _add_fit(commands: Any) -> None:
    fit = commands.add_parser("fit", help="fit an orbit and its drag to an ephemeris or a precise orbit")
    given = fit.add_mutually_exclusive_group(required=True)
    given.add_argument("--sp3", metavar="FILE", help="precise orbit, SP3-a to d")
    given.add_argument("--oem", metavar="FILE", help="orbit ephemeris message, text or XML")
    fit.add_argument("--satellite", metavar="ID", help="with --sp3: which satellite, where the file has several")
    fit.add_argument("--from", dest="start", metavar="UTC", help="begin of the span (default: begin of the file)")
    fit.add_argument("--to", dest="stop", metavar="UTC",
                     help="end of the span (default: a day later, or three quarters of a shorter coast)")
    fit.add_argument("--predict", metavar="UTC", help="also say where it will be then, and how sure that is")
    fit.add_argument("--drag-hours", type=float, metavar="H",
                     help="a drag scale for each H hours (default: 6 for --sp3, one in all for --oem)")
    fit.add_argument("--burns", action="store_true", help="find the burns inside the span too")
    fit.add_argument("--no-empirical", action="store_true",
                     help="with --sp3: without the small accelerations that come back each revolution")
    fit.add_argument("--allow-gaps", action="store_true", help="use a file with missing states; says where they miss")
    _add_forces(fit, FITTED)
    fit.add_argument("--json", action="store_true", help="print one JSON object")
    fit.add_argument("--plot", metavar="FILE.svg", help="draw the residuals and the forecast's error")
    fit.add_argument("--replace", action="store_true", help="overwrite the picture")


PROPAGATED = {"degree": "36", "mass": "what the OEM says; 1000 with --tle, else 1", "sun": "0",
              "area": "what the OEM says; with --tle 10, and the drag that fits; else 0, no drag"}
FITTED = {"degree": "120 for a precise orbit, else 36",
          "mass": "what the file says; 450 for a precise orbit, else 450000",
          "area": "what the file says; 1 for a precise orbit, else 1500", "sun": "3 for a precise orbit, else 0"}
"""What is taken where an option is not given, in words: ``api.start`` and ``api.fit`` take it."""


def _add_forces(command: argparse.ArgumentParser, usual: Mapping[str, str], **several: Any) -> None:
    """Options of forces; several: how argparse takes those of several craft."""
    number, whole = several or {"type": float}, several or {"type": int}
    for option, metavar, told, kind in (
            ("degree", "N", f"degree of the gravity field (default: {usual['degree']})", whole),
            ("mass", "KG", f"mass of the craft (default: {usual['mass']})", number),
            ("area", "M2", f"area that the air meets (default: {usual['area']})", number),
            ("cd", "CD", "drag coefficient (default: what the file says, else 2.2)", number),
            ("sun-area", "M2", f"area that sunlight pushes; 0: none (default: {usual['sun']})", number),
            ("cr", "CR", "coefficient of the push of sunlight (default: 1.3)", number),
            ("air", "MODEL", "msis21 (default) or msis00, the older NRLMSISE-00", several)):
        command.add_argument(f"--{option}", metavar=metavar, help=told, **kind)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    gc.set_threshold(100_000)            # modules are no garbage: looking for it among them took a tenth of a second
    _speak_any_terminal()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")                  # a library's doubts about a far date are not for people
    args = parser().parse_args(_with_south(sys.argv[1:] if argv is None else argv))
    if args.command is None:
        parser().print_help()
        return DONE
    try:
        code = _run(args)
        sys.stdout.flush()
        return code
    except FakelError as error:
        print(f"fakel: {error}", file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())     # nothing is left to say at exit
        return NOBODY_READS
    except OSError as error:
        print(f"fakel: {error.filename or 'the output'}: {error.strerror or error}; mend its path or rights, or make "
              "room", file=sys.stderr)
        return BAD_INPUT
    except (KeyboardInterrupt, SystemError) as stop:
        if isinstance(stop, SystemError):
            from fakel.cli.fly import by_hand
            if not by_hand(stop):
                raise
            stop = KeyboardInterrupt()                   # compiled code wrapped it
        print(f"fakel: {str(stop) or 'stopped'}", file=sys.stderr)
        return STOPPED


def _with_south(words: Sequence[str]) -> list[str]:
    """``--place -33.9,151.2`` as one word: a place in the south is no option."""
    out: list[str] = []
    for word in words:
        if out and out[-1].startswith("--") and re.match(r"-[\d.]+\s*,", word):
            out[-1] += f"={word}"
        else:
            out.append(word)
    return out


def _speak_any_terminal() -> None:
    """A character that the terminal does not know becomes a plain one instead of an error."""
    codecs.register_error("fakel", lambda error: (
        "".join(PLAIN.get(c, "?") for c in error.object[error.start:error.end]), error.end)  # type: ignore[attr-defined]
    )
    nowhere = Path(os.devnull)
    sys.stdout = sys.stdout or nowhere.open("w")            # a closed one is None
    sys.stderr = sys.stderr or nowhere.open("w")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="fakel")


def _run(args: argparse.Namespace) -> int:
    """Each command has the module of its name."""
    return int(import_module(f"fakel.cli.{args.command}").run(args))


if __name__ == "__main__":
    raise SystemExit(main())
