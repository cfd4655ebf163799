"""Verdicts of the flight rules as rows for people."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from fakel.model.epoch import Epoch
from fakel.show.quantities import Text
from fakel.show.words import Words, table

SAYS = re.compile(r"(?P<value>.*); the rule says (?P<limit>.*)")
HERE = re.compile(r"(?P<why>.*) \(here (?P<value>.*)\)")
NUMBER = re.compile(r"(?P<number>[+\-\N{MINUS SIGN}]?[\d.]+(?:e[+-]?\d+)?) ?(?P<unit>.*)")
NO_LIMIT, NOT_KNOWN, NOT_FLOWN = "no public limit is known", " is not known", "not flown"


def rows(verdicts: Sequence[Mapping[str, Any]], start: Epoch, end_s: float, words: Words) -> list[dict[str, Any]]:
    """timed: whether the rule looks at an instant or a stretch of its own."""
    out = []
    for verdict in verdicts:
        window = verdict.get("window") or {}
        timed = bool(window.get("start") and window.get("stop"))
        from_s, to_s = ((Epoch.utc(window["start"]) - start, Epoch.utc(window["stop"]) - start) if timed
                        else (0.0, end_s))
        out.append({"rule": verdict["rule"], "title": words.text(str(verdict.get("title", verdict["rule"]))),
                    "status": verdict["status"], "from_s": from_s, "to_s": to_s, "timed": timed,
                    "message": message(str(verdict.get("message", ""))),
                    "evidence": str(verdict.get("evidence", "")), "source": str(verdict.get("source", "")),
                    **_numbers(verdict)})
    return out


def _numbers(verdict: Mapping[str, Any]) -> dict[str, Any]:
    """Value, limit and margin, as far as they are known, in the rule's unit. Yes-or-no rules have none to show."""
    unit = str(verdict.get("unit", ""))
    found = {key: verdict[key] for key in ("value", "limit", "margin") if verdict.get(key) is not None}
    return {**found, "unit": unit} if found and unit else {}


def message(english: str) -> Text:
    """What was found and what is asked; words of a rule of one's own stay as they are."""
    return {"en": english, "ru": russian(english)}


def russian(english: str) -> str:
    said, here = SAYS.fullmatch(english), HERE.fullmatch(english)
    if said:
        return f"{measured(said['value'])}; {_word('says')} {asked(said['limit'])}"
    if here:
        return f"{russian(here['why'])} ({_word('here')} {measured(here['value'])})"
    if english == NO_LIMIT:
        return _word("no_limit")
    if english.endswith(NOT_KNOWN):
        return f"{english.removesuffix(NOT_KNOWN)}: {_word('unknown')}"
    return _missing(english) or english


def _missing(english: str) -> str | None:
    """``no channel suit.*.pressure_pa`` in Russian."""
    for said, russian_words in table()["missing"].items():
        shape = re.escape(said).replace(r"\{a\}", "(?P<a>.+)").replace(r"\{b\}", "(?P<b>.+)")
        found = re.fullmatch(shape, english)
        if found:
            return str(russian_words).format(**found.groupdict())
    return None


def asked(limit: str) -> str:
    """``at most 4.3 g``."""
    for said, (_, russian_word) in table()["rule"].items():
        if limit == said:
            return str(russian_word)
        if limit.startswith(f"{said} "):
            return f"{russian_word} {measured(limit.removeprefix(f'{said} '))}"
    return limit


def measured(text: str) -> str:
    """``4.07 g`` with a comma and a Russian unit."""
    if text in table()["rule"]:
        return _word(text)
    found = NUMBER.fullmatch(text)
    if found is None:
        return text
    unit = table()["units"].get(found["unit"], found["unit"])
    return f"{found['number'].replace('.', ',')} {unit}".rstrip()


def _word(key: str) -> str:
    return str(table()["rule"][key][1])
