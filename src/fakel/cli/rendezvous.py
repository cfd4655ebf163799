"""``fakel rendezvous KIND``: each kind has the module ``fakel.cli.rendezvous_KIND``."""

from __future__ import annotations

import argparse
from importlib import import_module


def run(args: argparse.Namespace) -> int:
    """What the kind's own command returns."""
    return int(import_module(f"fakel.cli.rendezvous_{args.kind}").run(args))
