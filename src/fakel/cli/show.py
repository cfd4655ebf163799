"""``fakel show``: serve the page and a flight, or write both as a static site."""

from __future__ import annotations

import argparse
import json
import sys
import webbrowser
from pathlib import Path

from fakel.model.errors import InputError

FLIGHTS = Path("flights")
HERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""Who listens on every address of the machine is reached by a browser on it at this one."""
ONLY_US = ("127.0.0.1", "::1", "localhost")


def run(args: argparse.Namespace) -> int:
    """Returns 0. Serving ends by Ctrl-C."""
    folder = flight_in(Path(args.folder) if args.folder else FLIGHTS)
    return write_site(folder, args) if args.export else serve(folder, args)


def flight_in(folder: Path) -> Path:
    """The folder itself, or the flight written last of those that lie in it. Raises InputError for the usual folder
    when no flight lies there."""
    if (folder / "flight.json").exists():
        return folder
    found = sorted(folder.glob("*/flight.json"), key=lambda path: path.stat().st_mtime)
    if not found and folder == FLIGHTS:
        raise InputError(f"{folder}: holds no flight; fly one (fakel fly sochi-torch), or give the folder of a flight")
    if len(found) > 1:
        print(f"fakel: {found[-1].parent} is the newest of {len(found)} flights", file=sys.stderr)
    return found[-1].parent if found else folder


def write_site(folder: Path, args: argparse.Namespace) -> int:
    from fakel.show.export import export
    from fakel.show.site import scene_of

    made, legs, told = scene_of(folder)
    complain(told)
    site = Path(args.export)
    sizes = export(site, made, legs, args.replace)
    total = sum(sizes.values())
    if args.json:
        print(json.dumps({"site": str(site), "files": len(sizes), "bytes": total, "complete": made["complete"]}))
    else:
        cut = "" if made["complete"] else "; the flight is not complete"
        print(f"{site}: {len(sizes)} files, {total / 1e6:.1f} MB; upload them to any web server, or open "
              f"{site / 'index.html'}{asked(args)}{cut}")
    return 0


def serve(folder: Path, args: argparse.Namespace) -> int:
    from fakel.cli.show_server import Source, server
    from fakel.show.site import page_files

    source = Source(folder, page_files())
    complain(source.told)
    with server(source, args.host, args.port) as httpd:
        port = httpd.server_address[1]
        here = HERE.get(args.host, args.host)
        host = f"[{here}]" if ":" in here else here
        url = f"http://{host}:{port}/{asked(args)}"
        if args.host not in ONLY_US:
            print(f"fakel: --host {args.host}: whoever reaches this machine can see the flight", file=sys.stderr)
        if args.json:
            print(json.dumps({"url": url, "folder": str(folder), "complete": source.complete}), flush=True)
        else:
            growing = "" if source.complete else "; it is not complete, the page follows it"
            print(f"{folder} is shown at {url} (Ctrl-C ends it){growing}", flush=True)
        if not args.no_browser:
            open_browser(url)
        httpd.serve_forever()
    return 0


def asked(args: argparse.Namespace) -> str:
    """What the page's address adds for the language that was wished."""
    return f"?lang={args.lang}" if args.lang else ""


def open_browser(url: str) -> None:
    """In a browser with windows; one that would take the terminal is not started."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return
    if type(browser) is not webbrowser.GenericBrowser:
        browser.open(url)


def complain(told: tuple[str, ...]) -> None:
    for line in told:
        print(f"fakel: {line}", file=sys.stderr)
