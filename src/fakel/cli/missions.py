"""``fakel missions``: list the missions that ship."""

from __future__ import annotations

import argparse
import tomllib

from fakel.load.library import shipped


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    del args
    for path in sorted((shipped().parent / "missions").glob("*.toml")):
        with path.open("rb") as file:
            print(f"{path.stem:20} {tomllib.load(file).get('title', '')}")
    return 0
