"""Mean elements as CCSDS orbit mean-elements messages (OMM 502.0): JSON, XML, KEY = value, CSV."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from sgp4 import omm
from sgp4.api import Satrec
from sgp4.exporter import export_tle

from fakel.model.errors import InputError

NEEDED = ("EPOCH", "MEAN_MOTION", "ECCENTRICITY", "INCLINATION", "RA_OF_ASC_NODE", "ARG_OF_PERICENTER", "MEAN_ANOMALY",
          "BSTAR")
_ONLY = {"CENTER_NAME": "EARTH", "REF_FRAME": "TEME", "TIME_SYSTEM": "UTC", "MEAN_ELEMENT_THEORY": "SGP4"}
_USUAL = {"OBJECT_ID": "2000-000A", "CLASSIFICATION_TYPE": "U", "EPHEMERIS_TYPE": "0", "ELEMENT_SET_NO": "999",
          "REV_AT_EPOCH": "0", "MEAN_MOTION_DOT": "0", "MEAN_MOTION_DDOT": "0"}


def is_omm(text: str) -> bool:
    """Whether a text is one of the four forms, rather than lines of two-line element sets."""
    head = text.lstrip("\ufeff \t\r\n")[:4000]
    return head[:1] in ("[", "{", "<") or "CCSDS_OMM_VERS" in head or "MEAN_MOTION," in head


Fields = tuple[tuple[str, str], ...]


def sets_from_omm(text: str, where: str) -> list[tuple[str, str, Fields]]:
    """Every message as the two lines of an element set, which keep its epoch to 0.5 ms (4 m along track), and its own
    fields, which keep all digits (for ``satrec_from_fields``).

    Raises InputError for a broken file, a missing or unusable field, another theory, frame or clock than SGP4's.
    """
    messages = list(_messages(text.lstrip("\ufeff \t\r\n"), where))
    if not messages:
        raise InputError(f"{where} holds no mean elements; give an orbit mean-elements message (OMM)")
    return [_lines(fields, f"{where}: message {number}") for number, fields in enumerate(messages, 1)]


def _messages(text: str, where: str) -> Iterator[Mapping[str, str]]:
    if text[:1] in ("[", "{"):
        yield from _from_json(text, where)
    elif text[:1] == "<":
        yield from _from_xml(text, where)
    elif "CCSDS_OMM_VERS" in text:
        yield from _from_kvn(text)
    else:
        yield from (dict(row) for row in csv.DictReader(io.StringIO(text)))


def _from_json(text: str, where: str) -> Iterator[Mapping[str, str]]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"{where} is not whole JSON (line {error.lineno}: {error.msg}); copy the file again"
                         ) from error
    for message in data if isinstance(data, list) else [data]:
        if not isinstance(message, dict):
            raise InputError(f"{where} holds {str(message)[:30]!r} where an OMM has an object of fields")
        yield {key: str(value) for key, value in message.items() if value is not None}


def _from_xml(text: str, where: str) -> Iterator[Mapping[str, str]]:
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise InputError(f"{where} is not whole XML ({error}); copy the file again") from error
    for message in root.iter("omm"):
        yield {item.tag: (item.text or "").strip() for item in message.iter() if len(item) == 0}


def _from_kvn(text: str) -> Iterator[Mapping[str, str]]:
    fields: dict[str, str] = {}
    for line in text.splitlines():
        key, equals, value = (part.strip() for part in line.partition("="))
        if not equals or key.startswith("COMMENT"):
            continue
        if key == "CCSDS_OMM_VERS" and fields:
            yield fields
            fields = {}
        fields[key] = value.split("[")[0].strip()            # a unit may follow in brackets
    yield fields


def _lines(given: Mapping[str, str], where: str) -> tuple[str, str, Fields]:
    fields = {key.strip().upper(): value for key, value in given.items() if key and value not in (None, "")}
    for key, wanted in _ONLY.items():
        have = fields.get(key, wanted).upper()
        if have != wanted and not (key == "MEAN_ELEMENT_THEORY" and have.startswith("SGP")):
            raise InputError(f"{where} has {key} = {fields[key]}; it must be {wanted}")
    for key in NEEDED:
        if key not in fields:
            raise InputError(f"{where} has no {key}; an OMM for SGP4 needs it")
    for key in NEEDED[1:]:
        if not _finite(fields[key]):
            raise InputError(f"{where} has {key} = {fields[key]}; it must be a number")
    whole = tuple(_as_the_package_wants({"NORAD_CAT_ID": "0", **_USUAL, **fields}).items())
    try:
        line1, line2 = export_tle(satrec_from_fields(whole))
    except ValueError as error:
        raise InputError(f"{where} is not an element set that SGP4 takes ({error}); copy it again") from error
    return line1, line2, whole


def satrec_from_fields(fields: Fields) -> Satrec:
    """The element set as the package sgp4 reads it out of a message. ValueError for a field that it cannot take."""
    satellite = Satrec()
    omm.initialize(satellite, dict(fields))
    return satellite


def _finite(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _as_the_package_wants(fields: Mapping[str, str]) -> dict[str, str]:
    """The epoch without Z and with a fraction."""
    epoch = fields["EPOCH"].strip().removesuffix("Z")
    return {**fields, "EPOCH": epoch if "." in epoch else epoch + ".0"}
