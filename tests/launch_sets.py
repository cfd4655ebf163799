"""Launch windows from public element sets of the station, each list found once."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import fakel

SETS = {
    "2013-10-01": ("1 25544U 98067A   13274.85334491  .00007046  00000-0  12878-3 0  7167",
                   "2 25544  51.6486 299.7368 0003212  97.7461 254.0523 15.50562392851247"),
    "2013-10-23": ("1 25544U 98067A   13296.21945383  .00015686  00000-0  28355-3 0  8638",
                   "2 25544 051.6494 193.9599 0002765 059.4235 046.7642 15.49870440854563"),
    "2013-11-11": ("1 25544U 98067A   13315.62124936  .00007508  00000-0  13914-3 0  9953",
                   "2 25544  51.6490  97.8906 0000903  85.4294 338.5297 15.50050758857575"),
    "2014-03-12": ("1 25544U 98067A   14071.55665703  .00023589  00000-0  39943-3 0  8548",
                   "2 25544  51.6469 218.5438 0002751 242.0531 238.2635 15.51424123876330"),
    "2014-03-25": ("1 25544U 98067A   14084.18185181  .00024868  00000-0  42670-3 0  9451",
                   "2 25544  51.6505 155.9288 0003632 348.6265 105.7694 15.51016925878291"),
    "2014-05-24": ("1 25544U 98067A   14144.25429147  .00013298  00000-0  23626-3 0  3470",
                   "2 25544  51.6479 218.2294 0003503  34.9920  27.7254 15.50515783887617")}
"""Public sets (NORAD), by their day; lines 1 and 2."""
OCTOBER = "\n".join(SETS["2013-10-23"]) + "\n"


@cache
def windows_of(profile=(), start="2013-10-25", stop="2013-11-12", reboost=None, pad="baikonur-1-5", spacecraft=""):
    """From the set of 2013-10-23, a Soyuz-FG from Baikonur."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "iss.tle"
        file.write_text(OCTOBER)
        return fakel.windows(tle=file, pad=pad, profile=profile, start=start, stop=stop, reboost=reboost,
                             spacecraft=spacecraft)
