"""The plan as an iCalendar file (RFC 5545), for the calendar of whoever follows the visit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fakel.model.epoch import Epoch
from fakel.model.flight import Event, Flight
from fakel.model.verdict import Verdict
from fakel.reports.table import NO_BREAK
from fakel.reports.timeline import details, names, title

MOMENTS = ("liftoff", "insertion", "docking_contact", "undocking", "landing")
SPANS = (("hatch_open", "hatch_closed", "Spacewalk"), ("deorbit_burn_start", "landing", "Way home"),
         ("liftoff", "docking_contact", "Way up"))
OCTETS = 75


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the calendar; stop is None for a moment. alarms_min: reminders so many minutes before."""

    id: str
    title: str
    start: Epoch
    stop: Epoch | None
    note: str
    alarms_min: tuple[int, ...] = ()


def entries(flight: Flight) -> list[Entry]:
    """Moments, stretches between two events of one subject, and tasks, in order of time."""
    told = names(flight)
    found = [Entry(f"{e.name}-{e.subject}", f"{title(e)}: {told.get(e.subject, e.subject)}", e.epoch, None,
                   details(e, told)) for e in flight.events if e.name in MOMENTS]
    found += [entry for span in SPANS for entry in _spans(flight, *span, told)]
    found += [Entry(f"task-{a.subject}", title(a), a.epoch, b.epoch, details(a, told))
              for a, b in _pairs(flight, "task_start", "task_end")]
    return sorted(found, key=lambda entry: entry.start)


def _pairs(flight: Flight, first: str, last: str) -> Iterator[tuple[Event, Event]]:
    for a in flight.events:
        if a.name == first:
            ends = (e for e in flight.events if (e.name, e.subject) == (last, a.subject) and e.epoch >= a.epoch)
            yield from ((a, b) for b in list(ends)[:1])


def _spans(flight: Flight, first: str, last: str, text: str, told: dict[str, str]) -> Iterator[Entry]:
    for a, b in _pairs(flight, first, last):
        yield Entry(f"{first}-to-{last}-{a.subject}", f"{text}: {told.get(a.subject, a.subject.capitalize())}", a.epoch,
                    b.epoch, "")


def render(flight: Flight, verdicts: Iterable[Verdict]) -> dict[str, bytes]:
    """``plan.ics``. Times to the second, UTC. Its stamp is the flight's first instant, so that files repeat."""
    del verdicts
    stamp = min((leg.before.epoch for leg in flight.legs), default=Epoch(0))
    return {"plan.ics": written(str(flight.mission.get("title", "Flight")), str(flight.mission.get("id", "flight")),
                                "flight plan", stamp, entries(flight))}


def written(title: str, id: str, what: str, stamp: Epoch, told: Iterable[Entry]) -> bytes:
    """Entries as a calendar of that title; id begins the name of each entry."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//fakel//{what}//EN", "CALSCALE:GREGORIAN",
             f"X-WR-CALNAME:{_escaped(title)}"]
    for entry in told:
        lines += ["BEGIN:VEVENT", f"UID:{id}-{entry.id}-{entry.start.tai_ns}@fakel",
                  f"DTSTAMP:{_time(stamp)}", f"DTSTART:{_time(entry.start)}"]
        lines += [f"DTEND:{_time(entry.stop)}"] if entry.stop else []
        lines += [f"SUMMARY:{_escaped(entry.title)}"]
        lines += [f"DESCRIPTION:{_escaped(entry.note)}"] if entry.note else []
        for minutes in entry.alarms_min:
            lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-PT{minutes}M",
                      f"DESCRIPTION:{_escaped(entry.title)}", "END:VALARM"]
        lines += ["END:VEVENT"]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _time(epoch: Epoch) -> str:
    return epoch.iso().replace("-", "").replace(":", "")


def _escaped(text: str) -> str:
    for plain, escaped in ((NO_BREAK, " "), ("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def _folded(line: str) -> Iterator[str]:
    """Content lines of at most 75 octets, cut between characters; each continuation begins with a space."""
    part = ""
    for character in line:
        if len((part + character).encode()) > OCTETS:
            yield part
            part = " "
        part += character
    yield part
