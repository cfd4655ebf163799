"""``fakel missions``: list the missions that ship."""

from __future__ import annotations

import argparse
import json

from fakel.load.library import read_toml
from fakel.load.mission import missions


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    titles = {name: str(read_toml(path).get("title", "")) for name, path in missions().items()}
    if args.json:
        print(json.dumps([{"id": name, "title": title} for name, title in titles.items()], ensure_ascii=False))
    else:
        print("\n".join(f"{name:20} {title}" for name, title in titles.items()))
    return 0
