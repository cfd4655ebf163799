"""A walk as a Word document: summary timeline as a table, then the procedure in columns."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from fakel.model.errors import InputError
from fakel.model.procedure import Procedure, Timeline
from fakel.reports.walk_csv import clock
from fakel.reports.walk_page import chapters, handed, lede, live_spans, note

SAID = {"warning": "WARNING", "caution": "CAUTION", "note": "NOTE", "comment": "COMMENT"}
MARGIN_MM, A4_MM = 15, (210, 297)
PET_MM, IV_MM = 24, 40
FONT, SCENE, CHAPTER = "Arial", "FBE5C8", "EDEDEA"


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
    _styled(document, Pt)
    document.core_properties.author, document.core_properties.title = "fakel", timeline.title
    document.add_heading(timeline.title, 0)
    document.add_paragraph(lede(timeline))
    document.add_heading("Summary timeline", 1)
    _summary(document, timeline, Mm)
    document.add_paragraph(note(timeline, bars=False))
    document.add_page_break()
    document.add_heading("Procedure", 1)
    _procedure(document, timeline, procedure, Mm)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _styled(document: Any, pt: Any) -> None:
    """One plain letter for all, small, with little air between lines."""
    from docx.oxml.ns import qn
    for name, size in (("Normal", 9), ("Title", 18), ("Heading 1", 12)):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(key), FONT)
        for key in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(key), None)
        style.paragraph_format.space_after = pt(2)


def _summary(document: Any, timeline: Timeline, mm: Any) -> None:
    """A row for each instant at which a block begins; blocks that several do together are one cell."""
    people = list(timeline.people)
    table = document.add_table(rows=1, cols=2 + len(people), style="Table Grid")
    names = (f"EV{i + 1}  {name}" for i, name in enumerate(timeline.people.values()))
    _fill(table.rows[0], ("PET, UTC", "IV", *names), bold=True)
    _repeat(table.rows[0])
    numbers = {b.id: i for i, b in enumerate(timeline.blocks, 1)}
    for start in sorted({b.start_min for b in timeline.blocks}):
        row = table.add_row()
        _whole(row)
        utc = f"  {(timeline.hatch_open + 60.0 * start).iso()[11:16]}" if timeline.hatch_open else ""
        row.cells[0].text = clock(start) + utc
        row.cells[1].text = "\n".join(_inside(timeline, start))
        for block in (b for b in timeline.blocks if b.start_min == start):
            text = (f"{numbers[block.id]}. {block.title} ({clock(block.stop_min - block.start_min)})"
                    + ("" if block.granted else " *"))
            _side_by_side(row.cells, sorted(2 + people.index(p) for p in block.who if p in people), text,
                          SCENE if block.scene else "")
    wide = (A4_MM[0] - 2 * MARGIN_MM - PET_MM - IV_MM) / max(len(people), 1)
    _widths(table, [PET_MM, IV_MM, *[wide] * len(people)], mm)


def _inside(timeline: Timeline, start_min: float) -> list[str]:
    """What who is inside should know as a block begins: light, link, live television, what changed hands."""
    out = [word for spans, word in ((timeline.lit, "sunlight"), (timeline.linked, "link"))
           if any(a <= start_min < b for a, b in spans)]
    out = [", ".join(out) or ("night, no link" if timeline.lit else "")]
    out += [f"TV live to {clock(b)}" for a, b in live_spans(timeline) if a == start_min]
    out += [text for b in timeline.blocks if b.stop_min == start_min for text in handed(timeline, b)]
    return [line for line in out if line]


def _side_by_side(cells: Any, at: Sequence[int], text: str, colour: str) -> None:
    """A text in columns: one cell where they lie side by side."""
    joined = bool(at) and at[-1] - at[0] == len(at) - 1
    for column in at[:1] if joined else at:
        cell = cells[at[0]].merge(cells[at[-1]]) if joined and len(at) > 1 else cells[column]
        cell.text = text
        if colour:
            _shade(cell, colour)


def _procedure(document: Any, timeline: Timeline, procedure: Procedure, mm: Any) -> None:
    columns = max(len(procedure.columns), 1)
    table = document.add_table(rows=1, cols=columns, style="Table Grid")
    _fill(table.rows[0], [column.display for column in procedure.columns], bold=True)
    _repeat(table.rows[0])
    for chapter in chapters(procedure, timeline):
        head = table.add_row()
        _whole(head)
        cell = head.cells[0].merge(head.cells[-1])
        cell.paragraphs[0].add_run(str(chapter["title"])).bold = True
        cell.paragraphs[0].add_run(f"   {chapter['when']}" if chapter["when"] else "")
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        _shade(cell, CHAPTER)
        for row in chapter["rows"]:
            _steps(table.add_row(), row)
    _widths(table, [(A4_MM[0] - 2 * MARGIN_MM) / columns] * columns, mm)


def _steps(row: Any, cells: Sequence[Mapping[str, Any]]) -> None:
    _whole(row)
    column = 0
    for told in cells:
        last = min(column + told["span"], len(row.cells)) - 1
        cell = row.cells[column].merge(row.cells[last]) if last > column else row.cells[column]
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


def _whole(row: Any) -> None:
    """The row is not split between pages."""
    from docx.oxml import OxmlElement
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _shade(cell: Any, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    fill = OxmlElement("w:shd")
    for key, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour)):
        fill.set(qn(key), value)
    cell._tc.get_or_add_tcPr().append(fill)


def _widths(table: Any, widths_mm: Sequence[float], mm: Any) -> None:
    """Widths of the columns: Word reads them from the cells, others from the table's grid."""
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = mm(width)
    for row in table.rows:
        at = 0
        for cell in row._tr.tc_lst:
            span = cell.grid_span
            cell.width = mm(sum(widths_mm[at:at + span]))
            at += span
