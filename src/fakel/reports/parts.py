"""What pages carry inside themselves: style, pictures, fonts."""

from __future__ import annotations

import base64
from importlib.resources import files

FONTS = (("latin", 400), ("latin", 600), ("cyrillic", 400), ("cyrillic", 600))
RANGES = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,"
    "U+2212,U+2215",
    "cyrillic": "U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116",
}


def part(name: str) -> str:
    return files("fakel.reports").joinpath("page", name).read_text(encoding="utf-8")


def data_url(name: str, kind: str) -> str:
    data = files("fakel.reports").joinpath("page", name).read_bytes()
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def fonts(page: str) -> str:
    """The faces that the page's letters need: Cyrillic only when there is Cyrillic."""
    cyrillic = any("\u0400" <= c <= "\u045f" for c in page)
    return "".join(
        f'@font-face{{font-family:"IBM Plex Sans";font-weight:{weight};font-display:swap;src:url('
        f'{data_url(f"fonts/plex-sans-{script}-{weight}.woff2", "font/woff2")}) format("woff2");'
        f"unicode-range:{RANGES[script]}}}\n"
        for script, weight in FONTS
        if script == "latin" or cyrillic
    )
