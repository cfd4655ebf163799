"""``fakel missions``: list the missions that ship."""

from __future__ import annotations

import argparse

from fakel.load.library import read_toml
from fakel.load.mission import missions


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    del args
    for name, path in missions().items():
        print(f"{name:20} {read_toml(path).get('title', '')}")
    return 0
