"""``fakel rendezvous profiles``: which ways up there are, and what each burn of one is planned from."""

from __future__ import annotations

import argparse
import json

from fakel.api.suits import record_of
from fakel.cli.progress import columns
from fakel.load.library import Library
from fakel.model.plain import plain
from fakel.model.profile import Profile
from fakel.reports import profiles as told


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    if args.profile:
        found = [record_of(Profile, args.profile, "profile")]
    else:
        library = Library()
        found = [library.find(Profile, name, "profile") for name in library.paths(Profile)]
    if args.json:
        print(json.dumps({"profiles": plain(found)}, ensure_ascii=False))
        return 0
    print("\n".join(told.one(found[0], columns()) if args.profile else told.several(found, columns())))
    return 0
