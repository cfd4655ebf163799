"""A walk as a Word document: summary timeline as a table, then the procedure in columns."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from fakel.model.errors import InputError
from fakel.model.procedure import Procedure, Timeline
from fakel.reports.walk_csv import clock
from fakel.reports.walk_page import chapters, lede

SAID = {"warning": "WARNING", "caution": "CAUTION", "note": "NOTE", "comment": "COMMENT"}
MARGIN_MM, A4_MM = 15, (210, 297)


def render(timeline: Timeline, procedure: Procedure) -> bytes:
    """The document. Raises InputError when python-docx is not installed."""
    try:
        import docx
        from docx.shared import Mm, Pt
    except ImportError:
        raise InputError("DOCX needs python-docx; install it with: pip install 'fakel[eva]'") from None
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in A4_MM)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN_MM)
    document.styles["Normal"].font.size = Pt(9)
    document.core_properties.author, document.core_properties.title = "fakel", timeline.title
    document.add_heading(timeline.title, 0)
    document.add_paragraph(lede(timeline))
    document.add_heading("Summary timeline", 1)
    _summary(document, timeline, Mm)
    document.add_page_break()
    document.add_heading("Procedure", 1)
    _procedure(document, timeline, procedure)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _summary(document: Any, timeline: Timeline, mm: Any) -> None:
    """A row for each instant at which a block begins; blocks that several do together are one cell."""
    people = list(timeline.people)
    table = document.add_table(rows=1, cols=1 + len(people), style="Table Grid")
    _fill(table.rows[0], ("PET", *(f"EV{i + 1} {name}" for i, name in enumerate(timeline.people.values()))), bold=True)
    _repeat(table.rows[0])
    for start in sorted({b.start_min for b in timeline.blocks}):
        cells = table.add_row().cells
        utc = f"\n{(timeline.hatch_open + 60.0 * start).iso()[11:16]} UTC" if timeline.hatch_open else ""
        cells[0].text = clock(start) + utc
        for block in (b for b in timeline.blocks if b.start_min == start):
            at = sorted(1 + people.index(p) for p in block.who if p in people)
            if at and at[-1] - at[0] == len(at) - 1:
                cells[at[0]].merge(cells[at[-1]]) if len(at) > 1 else None
                at = at[:1]
            for column in at:
                cells[column].text = (f"{block.title} ({clock(block.stop_min - block.start_min)})"
                                      + ("" if block.granted else " *"))
    for row in table.rows:
        row.cells[0].width = mm(22)


def _procedure(document: Any, timeline: Timeline, procedure: Procedure) -> None:
    table = document.add_table(rows=1, cols=max(len(procedure.columns), 1), style="Table Grid")
    _fill(table.rows[0], [column.display for column in procedure.columns], bold=True)
    _repeat(table.rows[0])
    for chapter in chapters(procedure, timeline):
        cells = table.add_row().cells
        cell = cells[0].merge(cells[-1])
        cell.paragraphs[0].add_run(str(chapter["title"])).bold = True
        cell.paragraphs[0].add_run(f"   {chapter['when']}" if chapter["when"] else "")
        for row in chapter["rows"]:
            cells, column = table.add_row().cells, 0
            for told in row:
                last = min(column + told["span"], len(cells)) - 1
                cell = cells[column].merge(cells[last]) if last > column else cells[column]
                lines = ([told["who"]] if told["who"] else []) + [x for s in told["steps"] for x in _lines(s)]
                cell.text = "\n".join(lines)
                column += told["span"]


def _lines(step: Mapping[str, Any], indent: str = "") -> list[str]:
    out = [f"{indent}{SAID[kind]}: {text}" for kind, text in step["said"]]
    out += [f"{indent}{step['title']}"] if step["title"] else []
    out += [f"{indent}{step['number'] + i}. {text}" for i, text in enumerate(step["text"])]
    out += [f"{indent}Picture: {path}" for path in step["images"]] + [f"{indent}{line}" for line in step["kept"]]
    out += [f"{indent}\u2610 {text}" for text in step["checkboxes"]]
    return out + [line for sub in step["substeps"] for line in _lines(sub, indent + "    ")]


def _fill(row: Any, texts: Sequence[str], bold: bool = False) -> None:
    for cell, text in zip(row.cells, texts):
        cell.paragraphs[0].add_run(text).bold = bold


def _repeat(row: Any) -> None:
    """The row stands again at the head of each page."""
    from docx.oxml import OxmlElement
    mark = OxmlElement("w:tblHeader")
    row._tr.get_or_add_trPr().append(mark)
