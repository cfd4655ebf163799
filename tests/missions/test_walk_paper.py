"""Procedures and tables of planners: read, planned, written again, and the same but for what is told."""

import pytest

from fakel.api.walk_paper import read_walk, timeline_of
from fakel.cli.main import main
from fakel.load.maestro import as_files, differences, read_procedure, read_yaml
from fakel.model.procedure import Step
from fakel.plan.procedure import procedure_of
from fakel.reports import walk_csv

yaml = pytest.importorskip("yaml")

PROCEDURE = """
procedure_name: Torch before the Earth
actors:
  - id: EV1
    name: Oleg
  - id: EV2
columns:
  - {key: IV, display: IV, actors: "*"}
  - {key: EV1, display: EV1 (Oleg), actors: EV1}
  - {key: EV2, display: EV2 (Sergey), actors: [EV2]}
tasks:
  - file: egress.yml
    roles: {crewA: EV1, crewB: EV2}
  - file: show.yml
    color: "#E69F00"
    roles: {crewA: EV1, crewB: EV2}
  - file: ingress.yml
    roles: {crewA: EV1, crewB: EV2}
"""
EGRESS = """
title: EGRESS
roles:
  - name: crewA
    description: first out
    duration: {minutes: 8}
  - name: crewB
    duration:
      minutes: 16
      offset: {minutes: 8}
steps:
  - crewA: Open the thermal cover
  - crewB: [{step: Hand out the bag}, {step: [Follow, Hook on]}]
  - simo:
      IV: Watch both
      crewA + crewB:
        - title: Tether check
          step: Check all hooks
          warning: Two points hold at all times
          caution: [Sharp edge at the ring, Thruster aft]
          comment: as trained
          note: [See page 3]
          checkboxes: short hook closed
          images: ring.png
          substeps: Pull on each
        - step: Say so
          checkboxes: ["{{CHECKMARK}} EV1", EV2]
          images: [{path: a.png, width: 300, height: 200}, {path: b.png}]
          substeps:
            - step: first
              substeps: [{step: deeper, note: n}]
"""
SHOW = """
title: SHOW
roles:
  - {name: crewA, duration: {hours: 1, minutes: 0}}
  - {name: crewB, duration: {minutes: 60}}
steps:
  - IV + crewA: Torch up
"""
INGRESS = """
title: INGRESS
roles:
  - {name: crewA, duration: {minutes: 20}}
  - {name: crewB, duration: {minutes: 20}}
steps:
  - crewA + crewB: Go in, close the hatch
"""


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "made"
    for name, text in {"procedures/torch.yml": PROCEDURE, "tasks/egress.yml": EGRESS, "tasks/show.yml": SHOW,
                       "tasks/ingress.yml": INGRESS}.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(text)
    return made


def changed(folder, other):
    return [f"{name.relative_to(folder)} {line}" for name in sorted(folder.rglob("*.yml"))
            for line in differences(read_yaml(name), read_yaml(other / name.relative_to(folder)))]


def test_every_key_of_the_schema_comes_back(folder):
    procedure, told = read_procedure(folder)
    assert told == ()
    files = as_files(procedure, "torch")
    assert [x for name, data in files.items() for x in differences(read_yaml(folder / name), data)] == []
    step = procedure.chapters["egress.yml"].rows[2].cells[1][1][0]
    assert (step.title, step.warning, len(step.caution), step.substeps) == (
        "Tether check", ("Two points hold at all times",), 2, (Step(("Pull on each",)),))


def test_a_procedure_is_imported_planned_and_exported_with_nothing_changed_but_what_is_told(folder, tmp_path, capsys):
    walk, plan, out = tmp_path / "walk.toml", tmp_path / "plan.toml", tmp_path / "out"
    assert main(["eva", "import", str(folder), "--out", str(walk)]) == 0
    told = capsys.readouterr().out
    assert "egress.yml: its roles last 8, 16 min and begin apart; laid as tasks of their own" in told
    assert "egress.yml: its offsets are left to the planner, who lets nobody wait without a reason" in told
    assert main(["plan", str(walk), "--out", str(plan), "--quiet"]) == 0
    capsys.readouterr()
    assert main(["eva", "export", str(plan), "--yaml", str(out), "--like", str(folder)]) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("changed")]
    # crewB of egress begins at once, for nothing holds it; then crewA waits 8 min for crewB, which was out after 24.
    assert told == ["changed    egress.yml crewB: offset 8 min is now 0",
                    "changed    show.yml crewA: offset 0 min is now 8"]
    assert changed(folder, out) == ["tasks/egress.yml roles[2].duration.offset: is gone",
                                    "tasks/show.yml roles[1].duration.offset: is new"]


def test_an_unknown_key_is_kept_and_told(folder):
    path = folder / "tasks" / "show.yml"
    path.write_text(SHOW.replace("Torch up", "[{step: Torch up, pgt.set: B7}]") + "version: 3\n")
    procedure, told = read_procedure(folder)
    assert told == ("tasks/show.yml steps[1] IV + crewA: pgt.set is not in Maestro's schema; kept",
                    "tasks/show.yml: version is not in Maestro's schema; kept")
    assert as_files(procedure)["tasks/show.yml"]["version"] == 3
    assert list(differences(read_yaml(path), as_files(procedure)["tasks/show.yml"])) == []


def test_a_difference_is_seen(folder):
    procedure, _ = read_procedure(folder)
    before, after = read_yaml(folder / "tasks/show.yml"), as_files(procedure)["tasks/show.yml"]
    assert list(differences(before, {**after, "title": "SHOWN"})) == ["title: 'SHOW' is now 'SHOWN'"]
    assert list(differences(before, {k: v for k, v in after.items() if k != "roles"})) == ["roles: is gone"]


def test_a_shipped_walk_becomes_a_procedure_and_comes_back_with_every_task_as_it_was(tmp_path, capsys):
    out, back = tmp_path / "out", tmp_path / "back.toml"
    assert main(["eva", "export", "torch-walk", "--yaml", str(out)]) == 0
    assert main(["eva", "import", str(out), "--out", str(back)]) == 0
    assert "told" not in capsys.readouterr().out
    assert read_walk(str(back)).plan.tasks == read_walk("torch-walk").plan.tasks
    assert set(read_procedure(out)[0].chapters) == {f"{t['id']}.yml" for t in read_walk("torch-walk").tasks}


def test_edits_of_the_table_come_back_in(tmp_path, capsys):
    table, back = tmp_path / "walk.csv", tmp_path / "back.toml"
    assert main(["eva", "export", "torch-walk", "--csv", str(table)]) == 0
    text = table.read_text().replace(",16,,00:00", ",18,yes,00:00")
    assert text != table.read_text()
    table.write_text(text)
    assert main(["eva", "import", str(table), "--out", str(back)]) == 0
    said = capsys.readouterr().out
    assert "told       out: duration_min = 16 is now 18.0" in said
    new, old = read_walk(str(back)).plan.tasks, read_walk("torch-walk").plan.tasks
    assert new[0].duration_s == 1080.0 and new[0].start_s == 0.0
    assert new[1:] == old[1:]


def test_a_row_taken_out_is_a_task_less(tmp_path):
    walk = read_walk("torch-walk")
    lines = walk_csv.rows(timeline_of("torch-walk")).splitlines(keepends=True)
    text = "".join(line for line in lines if not line.startswith("scene-kotov,"))
    tasks, told = walk_csv.edited(text, walk.tasks, "t")
    assert "scene-kotov: is gone" in told
    assert all("scene-kotov" not in task.get("after", ()) for task in tasks)


def test_a_procedure_says_who_takes_a_thing_and_that_it_is_hooked():
    chapter = procedure_of(timeline_of("torch-walk")).chapters["scene-kotov.yml"]
    simo = chapter.rows[-1]
    assert simo.simo
    assert {who: steps[0].text[0].split(",")[0] for who, steps in simo.cells} == {
        "crewB": "Hook the torch", "crewA": "Give the torch to Sergey Ryazansky"}


@pytest.mark.parametrize(("name", "text", "said"), [
    ("tasks/show.yml", "title: [", "line 1: is not valid YAML"),
    ("tasks/show.yml", "just words", "tasks/show.yml: takes keys with values, not str"),
    ("tasks/show.yml", SHOW.replace("title: SHOW", "name: SHOW"), "tasks/show.yml: title takes a text"),
    ("tasks/show.yml", SHOW.replace("hours: 1", "hours: -1"),
     "tasks/show.yml roles crewA duration: hours = -1 cannot be; write a number, 0 or more"),
    ("procedures/torch.yml", PROCEDURE.replace("show.yml", "gone.yml"), "gone.yml: No such file or directory; mend its "
                                                                        "name or rights"),
    ("procedures/torch.yml", PROCEDURE.replace("show.yml", "../show.yml"),
     "file = '../show.yml' leads out of tasks/; write a name inside it"),
    ("procedures/torch.yml", PROCEDURE.replace(", crewB: EV2}", "}"),
     "torch.yml: egress.yml has a role crewB that nobody fills; write roles: {crewB: EV1}"),
    ("procedures/torch.yml", PROCEDURE.replace("crewB: EV2}", "crewB: EV7}"),
     "egress.yml: crewB is EV7, whom nobody is; write --crew EV7=ID"),
])
def test_files_that_cannot_be_are_refused_in_one_line(folder, tmp_path, capsys, name, text, said):
    (folder / name).write_text(text)
    assert main(["eva", "import", str(folder), "--out", str(tmp_path / "x.toml")]) == 2
    told = capsys.readouterr().err
    assert said in told and told.count("\n") == 1
    assert not (tmp_path / "x.toml").exists()


@pytest.mark.parametrize(("crew", "said"), [
    ("EV9=kotov", "--crew EV9=kotov: the procedure has no EV9; it has EV1, EV2"),
    ("EV1", "--crew EV1: write ACTOR=ID, such as EV1=kotov"),
])
def test_a_crew_that_the_procedure_does_not_have_is_refused_in_one_line(folder, tmp_path, capsys, crew, said):
    assert main(["eva", "import", str(folder), "--crew", crew, "--out", str(tmp_path / "x.toml")]) == 2
    told = capsys.readouterr().err
    assert said in told and told.count("\n") == 1


@pytest.mark.parametrize(("old", "new", "said"), [
    ("out,Both", "in,Both", "task in is there twice; give each its own id"),
    (",16,,", ",long,,", "length_min = 'long' is not a number"),
    ("task,title", "tusk,title", "has no column task; it takes: task, title"),
    ("kotov ryazansky,pirs-ring,0", "kotov hopkins,pirs-ring,0", "who = 'hopkins' is not a walker"),
])
def test_tables_that_cannot_be_are_refused_in_one_line(tmp_path, capsys, old, new, said):
    table = tmp_path / "walk.csv"
    assert main(["eva", "export", "torch-walk", "--csv", str(table)]) == 0
    assert old in table.read_text()
    table.write_text(table.read_text().replace(old, new, 1))
    capsys.readouterr()
    assert main(["eva", "import", str(table), "--out", str(tmp_path / "x.toml")]) == 2
    told = capsys.readouterr().err
    assert said in told and told.count("\n") == 1


def test_nothing_to_write_is_said(capsys):
    assert main(["eva", "export", "torch-walk"]) == 2
    assert "nothing to write; give one or more of --html, --docx, --yaml, --csv, --ics" in capsys.readouterr().err


def test_the_page_holds_every_task_once_in_the_summary_and_fits_a_sheet(tmp_path):
    page = tmp_path / "walk.html"
    assert main(["eva", "export", "sochi-torch", "--html", str(page), "--ics", str(tmp_path / "w.ics")]) == 0
    text, timeline = page.read_text(), timeline_of("sochi-torch")
    drawing = text[text.index('<svg viewBox="0 0 720'):]
    drawing = drawing[:drawing.index("</svg>")]
    assert drawing.count('class="block"') + drawing.count('class="scene"') == len(timeline.blocks)
    assert drawing.count('class="scene"') == sum(b.scene for b in timeline.blocks)
    height = float(drawing.split('viewBox="0 0 720 ')[1].split('"')[0])
    assert height < 273 / 186 * 720 - 100             # A4 less 12 mm all round, 720 units across, and the head above
    assert text.count('class="chapter"') == len(timeline.blocks)
    for number, block in enumerate(timeline.blocks, 1):         # the same numbers in summary and procedure
        assert f">{number}. {block.title[:12]}" in drawing and f">{number}. {block.title}<" in text.split("</svg>")[-1]
    assert drawing.count(">05:00<") == 2 and ">EVA = 05:33<" in drawing                  # PET down both sides
    assert "Zvezda, workstation" in text and "zvezda-workstation" not in text and "pirs" not in text   # by name
    assert "http" not in text.replace("http://www.w3.org", "")


def test_the_calendar_holds_a_planned_walk(tmp_path):
    calendar, walk = tmp_path / "w.ics", tmp_path / "plan.toml"
    assert main(["plan", "torch-walk", "--out", str(walk), "--quiet"]) == 0
    assert main(["eva", "export", str(walk), "--ics", str(calendar)]) == 0
    text = calendar.read_text()
    assert text.count("BEGIN:VEVENT") == len(timeline_of(str(walk)).blocks) == 5
    hatch = timeline_of(str(walk)).hatch_open
    assert f"DTSTART:{hatch.iso()[:10].replace('-', '')}T" in text


def test_a_files_own_letters_do_not_become_markup(folder, tmp_path):
    (folder / "tasks" / "show.yml").write_text(SHOW.replace("Torch up", "<b>up & away</b>"))
    walk, page = tmp_path / "walk.toml", tmp_path / "walk.html"
    assert main(["eva", "import", str(folder), "--out", str(walk)]) == 0
    assert main(["eva", "export", str(walk), "--html", str(page), "--like", str(folder)]) == 0
    assert "&lt;b&gt;up &amp; away&lt;/b&gt;" in page.read_text() and "<b>up" not in page.read_text()


def test_the_word_document_holds_every_step(folder, tmp_path):
    docx = pytest.importorskip("docx")
    walk, paper = tmp_path / "walk.toml", tmp_path / "walk.docx"
    assert main(["eva", "import", str(folder), "--out", str(walk)]) == 0
    assert main(["eva", "export", str(walk), "--docx", str(paper), "--like", str(folder)]) == 0
    summary, steps = docx.Document(str(paper)).tables
    text = "\n".join(cell.text for row in steps.rows for cell in row.cells)
    for said in ("WARNING: Two points hold at all times", "CAUTION: Thruster aft", "NOTE: See page 3",
                 "COMMENT: as trained",
                 "\u2610 short hook closed", "Picture: b.png", "1. deeper", "Tether check", "Torch up"):
        assert said in text
    head = [cell.text for cell in summary.rows[0].cells]
    assert head == ["PET, UTC", "IV", "EV1  Oleg Kotov", "EV2  Sergey Ryazansky"]
    assert len(summary.rows) == 1 + len({b.start_min for b in timeline_of(str(walk)).blocks})
