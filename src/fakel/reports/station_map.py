"""A station's outside drawn from starboard and from above: hulls, keep-outs, handrails, worksites, a way over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.structure import Solid, Structure

WIDTH, MARGIN_M, GAP = 1000.0, 3.0, 34.0
VIEWS = (("from starboard: forward to the right", 0, 2), ("from above: forward to the right, starboard below", 0, 1))
STYLE = ("text{font:12px 'IBM Plex Sans',sans-serif;fill:#14202b}.hull{fill:#ecebe5;stroke:#78848f}"
         ".keep{fill:#a32608;fill-opacity:.12;stroke:#a32608;stroke-dasharray:4 3}.rail{fill:#78848f}"
         ".way{fill:none;stroke:#006ca8;stroke-width:3;stroke-linejoin:round}.spot{fill:#14202b}"
         ".halo{paint-order:stroke;stroke:#fff;stroke-width:3px}.dim{fill:#5d6a76}")


def render(structure: Structure, rails_m: FloatArray, spots_m: Mapping[str, FloatArray], way_m: FloatArray | None,
           around_m: FloatArray) -> bytes:
    """SVG of two views of what lies about around_m (n, 3). rails_m (n, 3); spots_m: names and places; way_m (n, 3)."""
    low, high = around_m.min(axis=0) - MARGIN_M, around_m.max(axis=0) + MARGIN_M
    scale = WIDTH / (high[0] - low[0])
    out, top = [], 0.0
    for title, across, down in VIEWS:
        height = scale * (high[down] - low[down])
        pen = _Pen(low, scale, across, down)
        out.append(f'<g transform="translate(0 {top + GAP:.1f})"><clipPath id="v{down}"><rect width="{WIDTH:g}" '
                   f'height="{height:.1f}"/></clipPath><text class="dim" x="0" y="-10">{escape(title)}</text>'
                   f'<g clip-path="url(#v{down})">')
        out += [pen.solid(s, "hull") for s in structure.solids if s.kind == "cylinder"]
        out += [pen.solid(s, "keep") for s in structure.keep_outs]
        out += [pen.dot(at, 1.2, "rail") for at in rails_m if np.all((at > low) & (at < high))]
        if way_m is not None:
            out.append(f'<path class="way" d="M{"L".join(f"{x:.1f} {y:.1f}" for x, y in map(pen.at, way_m))}"/>')
        out += pen.named(spots_m, low, high)
        out.append("</g></g>")
        top += GAP + height
    head = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {top:.0f}"><style>{STYLE}</style>'
            f'<rect width="{WIDTH:g}" height="{top:.0f}" fill="#fff"/>')
    return "\n".join((head, *out, "</svg>\n")).encode()


class _Pen:
    """Draws metres as pixels in one view."""

    def __init__(self, low: FloatArray, scale: float, across: int, down: int) -> None:
        self.low, self.scale, self.across, self.down = low, scale, across, down

    def at(self, point_m: FloatArray) -> tuple[float, float]:
        return (float(self.scale * (point_m[self.across] - self.low[self.across])),
                float(self.scale * (point_m[self.down] - self.low[self.down])))

    def dot(self, point_m: FloatArray, radius: float, css: str) -> str:
        x, y = self.at(point_m)
        return f'<circle class="{css}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"/>'

    def solid(self, solid: Solid, css: str) -> str:
        x, y = self.at(solid.centre_lvlh_m - solid.half_m)
        w, h = (2 * self.scale * solid.half_m[k] for k in (self.across, self.down))
        if solid.along not in (-1, self.across, self.down):                     # a cylinder seen from its end
            return f'<circle class="{css}" cx="{x + w / 2:.1f}" cy="{y + h / 2:.1f}" r="{w / 2:.1f}"/>'
        return f'<rect class="{css}" x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}"/>'

    def named(self, spots_m: Mapping[str, FloatArray], low: FloatArray, high: FloatArray) -> list[str]:
        """Dots and names; names that would run into each other are moved down."""
        inside = sorted((self.at(at), name) for name, at in spots_m.items() if np.all((at > low) & (at < high)))
        taken: list[tuple[float, float]] = []
        out = []
        for (x, y), name in inside:
            out.append(f'<circle class="spot" cx="{x:.1f}" cy="{y:.1f}" r="4"/>')
            line = y + 4.0
            while _hit(taken, x, line):
                line += 14.0
            taken.append((x, line))
            out.append(f'<text class="halo" x="{x + 7:.1f}" y="{line:.1f}">{escape(name)}</text>')
        return out


def _hit(taken: Sequence[tuple[float, float]], x: float, y: float) -> bool:
    return any(abs(y - b) < 13.0 and abs(x - a) < 130.0 for a, b in taken)
