"""What a newcomer may type: examples at the foot of each command's help that has none of its own."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

EXAMPLES: Mapping[str, str] = {
    "fly": """\
fakel fly sochi-torch                            into flights/sochi-torch, with report.html and an OEM for each craft
fakel fly my-visit.toml --out flights/second     a mission file of your own (fakel new visit writes one)
fakel fly sochi-torch --dispersions soyuz-2013 --seed 2013 --run 17   one flight of a campaign, with its errors""",
    "plan": """\
fakel plan sochi-torch --out plan.toml           to be read, changed, and flown: fakel fly plan.toml
fakel plan my-visit.toml --json                  the filled values alone""",
    "check": """\
fakel check flights/sochi-torch                  every rule, by its place in the flight
fakel check flights/sochi-torch --rule TISSUE-RATIO   all that is behind one verdict
fakel check campaign-folder --rules mine.toml    many flights, by rules of your own: in what share each holds""",
    "rules": """\
fakel rules                                      the rules that ship
fakel rules --out pages --flight flights/sochi-torch   a page for each, with examples from that flight""",
    "report": """\
fakel report flights/sochi-torch                 written again into the flight's folder
fakel report flights/sochi-torch --out pages""",
    "new visit": """\
fakel new visit --tle iss.tle --date 2014-05-28 --pad baikonur-1-5 --profile 4
fakel new visit --tle iss.tle --date 2014-05-28 --pad baikonur-1-5 --profile 4 --days 165 --zone zhezkazgan""",
    "propagate": """\
fakel propagate --tle iss.tle --until 2013-11-08 --events ascending_node,sunset
fakel propagate --oem ISS.oem --until 2024-02-23 --step 120 --out path.oem
fakel propagate --state "2013-11-20 GCRF 6.8e6 0 0 0 4750 6000" --mass 420e3 --area 1500 --until 2013-11-21 --json""",
    "fit": """\
fakel fit --oem ISS.oem --plot fit.svg           a day of it, and how well that foretells the rest of the file
fakel fit --oem ISS.oem --from 2024-02-24T00:40Z --predict 2024-02-27 --json
fakel fit --sp3 swarm.sp3                        a precise orbit""",
    "coverage": """\
fakel coverage --tle iss.tle --network iss-2013 --from 2013-11-09 --to 2013-11-10 --plot reach.svg
fakel coverage --tle iss.tle --antennas iss-2013 --rule highest --overlap 60 --carrier 143.625
fakel coverage --flight flights/sochi-torch --craft soyuz-tma-11m --with station --range-km 200 --out reach""",
    "sightings": """\
fakel sightings --tle iss.tle --place Sochi --place 55.75,37.62,150
fakel sightings --tle iss.tle --place "Springfield, Illinois" --html passes.html --ics passes.ics
fakel sightings --oem ISS.oem --transits --place Munich --within-km 60   where to stand to see it cross Sun or Moon""",
    "land": """\
fakel land --tle iss.tle --zone all --from 2013-11-12 --to 2013-12-12 --plot landings.svg --ics landings.ics
fakel land --oem ISS.oem --zone 47.3733,69.6092,400 --from 2024-02-22 --to 2024-02-28 --daylight
fakel land --tle iss.tle --from 2013-11-11 --to 2013-11-12 --runs 1000 --plot map.svg   where the crew comes down""",
    "launch slip": """\
fakel launch slip sochi-torch                    the launch of a mission, a minute either way
fakel launch slip --tle iss.tle --date 2013-11-07 --step 5 --plot slip.svg --csv slip.csv
fakel launch slip --oem ISS.oem --date 2024-03-04 --pad ksc-39a --vehicle falcon-9-land --profile dragon-day""",
    "launch recycle": """\
fakel launch recycle sochi-torch --days 14 --plot tries.svg
fakel launch recycle --tle iss.tle --date 2013-11-07 --light day --ics tries.ics
fakel launch recycle --oem ISS.oem --date 2024-03-01 --pad ksc-39a --vehicle falcon-9-land --spacecraft crew-dragon""",
    "launch cutouts": """\
fakel launch cutouts --tle iss.tle --date 2013-10-25 --catalogue catalogue.3le.gz --plot strip.svg
fakel launch cutouts sochi-torch --catalogue catalogue.3le --early 30 --late 30 --step 0.5 --burns --json
fakel launch cutouts --tle iss.tle --date 2013-10-25 --catalogue catalogue.3le --debris-km 25 --ics cuts.ics""",
    "rendezvous profiles": """\
fakel rendezvous profiles                        a line for each
fakel rendezvous profiles soyuz-four-orbit       one, burn by burn""",
    "rendezvous plan": """\
fakel rendezvous plan --tle iss.tle --date 2013-11-07 --pad baikonur-1-5 --plot way.svg
fakel rendezvous plan --tle iss.tle --date 2013-11-07 --pad baikonur-1-5 --dock 2013-11-07T10:26Z --ground iss-2013
fakel rendezvous plan --tle iss.tle --at 2013-11-07T04:00:00Z --ahead 30 --profile 4   without a launch""",
    "rendezvous reboost": """\
fakel rendezvous reboost --tle iss.tle --date 2013-11-20 --pad baikonur-1-5 --profile 4
fakel rendezvous reboost --oem ISS.xml --from 2024-02-23T13:00Z --date 2024-02-28 --pad baikonur-31-6 --profile 34""",
    "rendezvous move": """\
fakel rendezvous move --from "1 km behind" --to "500 m above" --by straight --legs 8 --duration 2h --plot line.svg
fakel rendezvous move --from "300 m above, 1 km behind" --to "2 km behind" --by football
fakel rendezvous move --from "rassvet-nadir 220 m" --to "rassvet-nadir 4 m" --by glideslope --duration 11min""",
    "rendezvous disperse": """\
fakel rendezvous disperse sochi-torch --runs 200 --workers 2 --out campaign
fakel rendezvous disperse sochi-torch --runs 50 --missed-share 0.1   when one burn in ten does not happen""",
    "rendezvous safety": """\
fakel rendezvous safety sochi-torch --plot safety.svg      flown first; what is known is the climb's own covariance
fakel rendezvous safety flights/sochi-torch --json         as it was flown; what is known is one fix at each burn


What is known changes the column "three sigma" alone, and by it the verdict. A flight's folder keeps no covariance of
its climb, so one fix is taken at each burn; one flown with --dispersions keeps what its filter knew at the aim, and hop
1 begins with that. One fix is mostly the more hopeful: quote what comes from the mission.""",
    "rendezvous screen": """\
fakel rendezvous screen flights/sochi-torch catalogue.3le.gz
fakel rendezvous screen flights/sochi-torch catalogue.3le.gz --miss-km 10 --cdm messages""",
    "eva suits": """\
fakel eva suits                                  an Orlan-MK at its design effort
fakel eva suits emu --watts 300 --lit 40 --set leak_g_h=10""",
    "eva decompression": """\
fakel eva decompression                          Orlan: half an hour of oxygen
fakel eva decompression campout --break 60:10    ten minutes of cabin air, an hour after the begin""",
    "eva margins": """\
fakel eva margins flights/sochi-torch --plot margins.svg
fakel eva margins --suit emu --case water --at 44 --set react_min=23 --set water_l_h=1.7 --repress 15""",
    "eva adrift": """\
fakel eva adrift flights/sochi-torch --item torch --speeds 0.1,0.3 --hours 12""",
    "eva export": """\
fakel eva export flights/sochi-torch --html walk.html --csv walk.csv""",
    "eva import": """\
fakel eva import walk.csv --into sochi-torch --out edited.toml     what fakel eva export wrote, edited""",
    "eva shots": """\
fakel eva shots flights/sochi-torch --ics shots.ics""",
    "eva way": """\
fakel eva way                                    the places from which ways lead
fakel eva way pirs zvezda-antenna --plot way.svg""",
    "missions": "fakel fly sochi-torch                            flies one of them",
    "where": """\
fakel where flights/sochi-torch torch            everywhere it was
fakel where flights/sochi-torch torch --at 15:30""",
    "inventory": """\
fakel inventory flights/sochi-torch --at 2013-11-11T02:40 --craft soyuz-tma-09m""",
    "ledger": """\
fakel ledger flights/sochi-torch --csv ledger.csv
fakel ledger flights/sochi-torch --verify ledger.csv       has a copy been changed?""",
}


def add_examples(parser: argparse.ArgumentParser, command: str = "") -> None:
    """Give each command below a parser its examples."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                add_examples(below, f"{command} {name}".strip())
    if command in EXAMPLES:
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.epilog = "examples:\n" + "\n".join(f"  {line}".rstrip() if line.startswith("fakel") else line
                                                  for line in EXAMPLES[command].splitlines())
