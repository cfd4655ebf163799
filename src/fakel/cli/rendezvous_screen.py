"""``fakel rendezvous screen``: the way up against a catalogue of objects in orbit."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from fakel.api.screening import STATION, screened
from fakel.cli.progress import columns, spinner
from fakel.load.library import Library
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.screening import CatalogueErrors, Screening
from fakel.reports import screening as told


def run(args: argparse.Namespace) -> int:
    """Returns 0."""
    folder = Path(args.cdm) if args.cdm else None
    if folder and folder.exists() and any(folder.iterdir()) and not args.replace:
        raise InputError(f"{args.cdm} holds files already; give another folder or --replace")
    with spinner("reading the catalogue, three sieves", args.json):
        ignore = (STATION, *args.ignore.split(",")) if args.ignore else (STATION,)
        found = screened(Path(args.flight), [Path(c) for c in args.catalogue], args.miss_km * 1000.0, _errors(args),
                         ignore)
    written = _write(folder, found) if folder else 0
    if args.json:
        print(json.dumps(told.data(found), ensure_ascii=False))
        return 0
    print("\n".join(told.lines(found, columns())))
    if folder:
        print(f"written    {written} conjunction data messages in {folder}, each as .cdm and .xml")
    return 0


def _errors(args: argparse.Namespace) -> CatalogueErrors:
    errors: CatalogueErrors = Library(None).find(CatalogueErrors, "element-sets", "errors")
    for option, name in (("sigma_m", "sigma_rtn_m"), ("growth_m_day", "growth_rtn_m_day")):
        text = getattr(args, option)
        if text:
            errors = replace(errors, **{name: _three(text, option)}, confidence="given")
    if args.radius_m is not None:
        if not 0.0 < args.radius_m < 1000.0:
            raise InputError(f"--radius-m {args.radius_m:g} is no object's size; write metres, more than 0")
        errors = replace(errors, radius_m=args.radius_m)
    return errors


def _three(text: str, option: str) -> np.ndarray:
    try:
        numbers = np.array([float(part) for part in text.split(",")])
    except ValueError:
        numbers = np.zeros(0)
    if numbers.shape != (3,) or not (np.isfinite(numbers).all() and (numbers >= 0.0).all()):
        raise InputError(f"--{option.replace('_', '-')} {text}: write three numbers with commas, radial, along track, "
                         "across, such as 100,500,200")
    return numbers


def _write(folder: Path, found: Screening) -> int:
    from fakel.reports.cdm import kvn, message_id, xml
    made = Epoch.utc(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
    folder.mkdir(parents=True, exist_ok=True)
    for passing in found.passings:
        name = message_id(found, passing)
        (folder / f"{name}.cdm").write_text(kvn(found, passing, made), encoding="utf-8")
        (folder / f"{name}.xml").write_text(xml(found, passing, made), encoding="utf-8")
    return len(found.passings)
