"""Pictures as PNG, drawn from their SVG by resvg with fonts that travel along; no browser, no fonts of the machine."""

from __future__ import annotations

from importlib.resources import as_file, files
from importlib.util import find_spec

from fakel.model.errors import InputError

NEEDS = "PNG needs resvg-py; pip install 'fakel[png]', or ask for SVG"


def require_png() -> None:
    """Raises InputError where the extra is not installed."""
    if find_spec("resvg_py") is None:
        raise InputError(NEEDS)


def as_png(svg: str, width_px: int) -> bytes:
    """The picture width_px wide. Raises InputError where the extra is not installed."""
    try:
        import resvg_py
    except ImportError:
        raise InputError(NEEDS) from None
    with as_file(files("fakel.reports").joinpath("page", "fonts")) as folder:
        fonts = [str(folder / f"fakel-sans-{weight}.ttf") for weight in (400, 600)]
        return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width_px, font_files=fonts, skip_system_fonts=True,
                                           font_family="Fakel Sans", sans_serif_family="Fakel Sans"))
