"""Makes the two fonts of the PNG pictures: Latin with its many accents and Cyrillic of IBM Plex Sans in one file.

    npm pack @fontsource/ibm-plex-sans@5.2.8     (untar it; pip install fonttools brotli)
    python tests/make_fonts.py PACKAGE

The licence (OFL) reserves the name Plex for the original, so the merged ones are called Fakel Sans.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "src/fakel/reports/page/fonts"
DROPPED = ["GSUB", "GDEF", "GPOS", "DSIG", "meta", "gasp", "fpgm", "prep", "cvt ", "LTSH"]


def main(package: Path) -> None:
    for weight in (400, 600):
        with tempfile.TemporaryDirectory() as folder:
            parts = []
            for script in ("latin", "latin-ext", "vietnamese", "cyrillic"):
                font = TTFont(package / "files" / f"ibm-plex-sans-{script}-{weight}-normal.woff2")
                font.flavor = None
                options = subset.Options(layout_features=[], hinting=False, name_IDs=[0, 1, 2, 6, 13, 14],
                                         notdef_outline=True, drop_tables=DROPPED)
                cut = subset.Subsetter(options)
                cut.populate(unicodes=list(font.getBestCmap()))
                cut.subset(font)
                parts.append(f"{folder}/{script}.ttf")
                font.save(parts[-1])
            merged = Merger().merge(parts)
        for record in list(merged["name"].names):
            if record.nameID in (1, 6):
                record.string = "Fakel Sans" if record.nameID == 1 else f"FakelSans-{weight}"
            elif record.nameID not in (0, 2, 13, 14):
                merged["name"].names.remove(record)
        merged.save(FONTS / f"fakel-sans-{weight}.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
