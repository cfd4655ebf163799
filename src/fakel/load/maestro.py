"""Procedures in the YAML files of Maestro (github.com/xOPERATIONS/maestro, schema of 2020): read, and written again.

A folder holds ``procedures/*.yml`` and ``tasks/*.yml``. Short forms (a text in place of a list of steps, one text in
place of a list of texts) are read as what they stand for. Keys that the published schema does not name are kept and
told; ``color`` and ``columns``, which Maestro's own files use, are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from fakel.model.errors import InputError
from fakel.model.procedure import Chapter, Column, Image, Procedure, Role, Row, Step, Use

TEXTS = ("checkboxes", "warning", "caution", "comment", "note")
STEP_KEYS = ("step", "title", "images", *TEXTS, "substeps")
Data = Mapping[str, Any]


def yaml_module() -> Any:
    """PyYAML. Raises InputError when the extra is not installed."""
    try:
        import yaml
    except ImportError:
        raise InputError("YAML needs PyYAML; install it with: pip install 'fakel[eva]'") from None
    return yaml


def read_procedure(folder: Path, name: str = "") -> tuple[Procedure, tuple[str, ...]]:
    """The procedure of a folder (name: the file's stem, where there are several), and what a person should know.

    Raises InputError, in one line, for what cannot be read.
    """
    files = sorted(p for p in (folder / "procedures").glob("*.y*ml") if not name or p.stem == name)
    if len(files) != 1:
        there = ", ".join(sorted(p.stem for p in (folder / "procedures").glob("*.y*ml"))) or "none"
        raise InputError(f"{folder}: needs one procedure in procedures/, found {there}; name one with --procedure")
    path = files[0]
    table = _table(read_yaml(path), str(path))
    told = [f"{path.name}: {key} is not in Maestro's schema; kept" for key in table
            if key not in ("procedure_name", "columns", "tasks", "actors")]
    uses = tuple(_use(row, f"{path.name} tasks[{i + 1}]", told) for i, row in enumerate(_list(table, "tasks", path)))
    chapters = {}
    for file in dict.fromkeys(use.file for use in uses):
        chapters[file] = _chapter(_table(read_yaml(folder / "tasks" / file), f"tasks/{file}"), f"tasks/{file}", told)
    for use in uses:
        _require_roles(use, chapters[use.file], path.name)
    columns = tuple(_column(row, f"{path.name} columns[{i + 1}]", told)
                    for i, row in enumerate(table.get("columns") or ()))
    kept = {k: v for k, v in table.items() if k not in ("procedure_name", "columns", "tasks")}
    return Procedure(_text(table, "procedure_name", path.name), columns, uses, chapters, kept), tuple(told)


def read_yaml(path: Path) -> Any:
    """A YAML file as plain data. Raises InputError when it is absent or broken."""
    yaml = yaml_module()
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; mend its name or rights") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise InputError(f"{path}{where}: is not valid YAML ({getattr(error, 'problem', '') or 'not UTF-8'})") from None


def _table(data: Any, where: str) -> Data:
    if not isinstance(data, Mapping):
        raise InputError(f"{where}: takes keys with values, not {type(data).__name__}")
    return data


def _list(table: Data, key: str, where: Any) -> list[Any]:
    value = table.get(key)
    if not isinstance(value, list):
        raise InputError(f"{where}: {key} takes a list")
    return value


def _text(table: Data, key: str, where: str) -> str:
    value = table.get(key)
    if not isinstance(value, str):
        raise InputError(f"{where}: {key} takes a text")
    return value


def _texts(value: Any, where: str) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [] if value is None else [value]
    for item in values:
        if isinstance(item, (list, Mapping)):
            raise InputError(f"{where}: takes a text or a list of texts")
    return tuple(str(item) for item in values)


def _rest(table: Data, known: tuple[str, ...], where: str, told: list[str]) -> dict[str, Any]:
    rest = {str(k): v for k, v in table.items() if k not in known}
    told += [f"{where}: {key} is not in Maestro's schema; kept" for key in rest if key not in ("color", "fakel")]
    return rest


def _use(data: Any, where: str, told: list[str]) -> Use:
    row = _table(data, where)
    roles = {str(k): str(v) for k, v in _table(row.get("roles") or {}, f"{where} roles").items()}
    file = _text(row, "file", where)
    if Path(file).is_absolute() or ".." in Path(file).parts:
        raise InputError(f"{where}: file = {file!r} leads out of tasks/; write a name inside it")
    return Use(file, roles, _rest(row, ("file", "roles"), where, told))


def _column(data: Any, where: str, told: list[str]) -> Column:
    row = _table(data, where)
    key = _text(row, "key", where)
    return Column(key, str(row.get("display", key)), _texts(row.get("actors", key), f"{where} actors"),
                  _rest(row, ("key", "display", "actors"), where, told))


def _chapter(table: Data, where: str, told: list[str]) -> Chapter:
    roles = tuple(_role(_table(r, f"{where} roles"), where, told) for r in _list(table, "roles", where))
    rows = tuple(_row(_table(r, f"{where} steps[{i + 1}]"), f"{where} steps[{i + 1}]", told)
                 for i, r in enumerate(_list(table, "steps", where)))
    return Chapter(_text(table, "title", where), roles, rows, _rest(table, ("title", "roles", "steps"), where, told))


def _role(table: Data, where: str, told: list[str]) -> Role:
    name = _text(table, "name", where)
    duration = _table(table.get("duration"), f"{where} roles {name} duration")
    offset = _table(duration.get("offset") or {}, f"{where} roles {name} offset")
    rest = _rest(table, ("name", "duration", "description"), f"{where} roles {name}", told)
    return Role(name, _seconds(duration, f"{where} roles {name} duration"),
                _seconds(offset, f"{where} roles {name} offset"), str(table.get("description", "")), rest)


def _seconds(table: Data, where: str) -> float:
    total = 0.0
    for key, factor in (("hours", 3600.0), ("minutes", 60.0), ("seconds", 1.0)):
        value = table.get(key, 0)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e6:
            raise InputError(f"{where}: {key} = {value!r} cannot be; write a number, 0 or more")
        total += factor * value
    return total


def _row(table: Data, where: str, told: list[str]) -> Row:
    if "simo" in table:
        inner = _table(table["simo"], f"{where} simo")
        kept = {str(k): v for k, v in table.items() if k != "simo"}
        told += [f"{where}: {key} stands beside simo; kept" for key in kept]
        return Row(_cells(inner, where, told), True, kept)
    return Row(_cells(table, where, told))


def _cells(table: Data, where: str, told: list[str]) -> tuple[tuple[str, tuple[Step, ...]], ...]:
    return tuple((str(who), _steps(value, f"{where} {who}", told)) for who, value in table.items())


def _steps(value: Any, where: str, told: list[str]) -> tuple[Step, ...]:
    items = value if isinstance(value, list) else [] if value is None else [value]
    return tuple(_step(item, where, told) for item in items)


def _step(item: Any, where: str, told: list[str]) -> Step:
    if not isinstance(item, Mapping):
        return Step(_texts(item, where))
    texts = {key: _texts(item.get(key), f"{where} {key}") for key in TEXTS}
    return Step(_texts(item.get("step"), f"{where} step"), str(item.get("title", "")),
                _images(item.get("images"), f"{where} images", told), **texts,
                substeps=_steps(item.get("substeps"), f"{where} substeps", told),
                kept=_rest(item, STEP_KEYS, where, told))


def _images(value: Any, where: str, told: list[str]) -> tuple[Image, ...]:
    found = []
    for item in value if isinstance(value, list) else [] if value is None else [value]:
        if isinstance(item, Mapping):
            found.append(Image(_text(item, "path", where), item.get("width"), item.get("height"),
                               _rest(item, ("path", "width", "height"), where, told)))
        else:
            found.append(Image(str(item)))
    return tuple(found)


def _require_roles(use: Use, chapter: Chapter, where: str) -> None:
    for role in chapter.roles:
        if role.name not in use.roles:
            raise InputError(f"{where}: {use.file} has a role {role.name} that nobody fills; write roles: "
                             f"{{{role.name}: EV1}}")


# ---------------------------------------------------------------- written again

def as_files(procedure: Procedure, stem: str = "procedure") -> dict[str, dict[str, Any]]:
    """The files of a procedure as plain data, by their paths."""
    table: dict[str, Any] = {"procedure_name": procedure.name}
    if procedure.columns:
        table["columns"] = [{"key": c.key, "display": c.display, "actors": _short(c.actors), **c.kept}
                            for c in procedure.columns]
    table |= procedure.kept
    table["tasks"] = [{"file": use.file, **({"roles": dict(use.roles)} if use.roles else {}), **use.kept}
                      for use in procedure.uses]
    files = {f"procedures/{stem}.yml": table}
    files |= {f"tasks/{file}": _chapter_data(chapter) for file, chapter in procedure.chapters.items()}
    return files


def write_procedure(procedure: Procedure, folder: Path, stem: str = "procedure") -> list[Path]:
    """Write the files; returns their paths."""
    yaml, written = yaml_module(), []
    for name, data in as_files(procedure, stem).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100), encoding="utf-8")
        written.append(path)
    return written


def _short(texts: tuple[str, ...]) -> Any:
    return texts[0] if len(texts) == 1 else list(texts)


def _chapter_data(chapter: Chapter) -> dict[str, Any]:
    roles = []
    for role in chapter.roles:
        duration = _clock(role.duration_s)
        if role.offset_s:
            duration["offset"] = _clock(role.offset_s)
        told = {"description": role.description} if role.description else {}
        roles.append({"name": role.name, **told, "duration": duration, **role.kept})
    return {"title": chapter.title, "roles": roles, "steps": [_row_data(row) for row in chapter.rows], **chapter.kept}


def _clock(seconds: float) -> dict[str, Any]:
    hours, rest = divmod(seconds, 3600.0)
    minutes, left = divmod(rest, 60.0)
    parts = {"hours": int(hours), "minutes": int(minutes), "seconds": round(left, 3)}
    return {k: v for k, v in parts.items() if v} or {"minutes": 0}


def _row_data(row: Row) -> dict[str, Any]:
    cells = {who: _steps_data(steps) for who, steps in row.cells}
    return {"simo": cells, **row.kept} if row.simo else cells


def _steps_data(steps: tuple[Step, ...]) -> Any:
    told = [_step_data(step) for step in steps]
    if len(told) == 1 and list(told[0]) == ["step"] and isinstance(told[0]["step"], str):
        return told[0]["step"]
    return told


def _step_data(step: Step) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if step.title:
        data["title"] = step.title
    if step.text:
        data["step"] = _short(step.text)
    if step.images:
        data["images"] = [{"path": i.path, **({"width": i.width} if i.width is not None else {}),
                           **({"height": i.height} if i.height is not None else {}), **i.kept} for i in step.images]
    data |= {key: _short(getattr(step, key)) for key in TEXTS if getattr(step, key)}
    if step.substeps:
        data["substeps"] = _steps_data(step.substeps)
    return {**data, **step.kept}


# ---------------------------------------------------------------- what changed

def differences(before: Any, after: Any, where: str = "") -> Iterator[str]:
    """What differs between two files as plain data, short forms aside (a text for a list of one, ``step: x`` for x, a
    picture's path for its table, 90 minutes for 1 h 30)."""
    a, b = _plain(before, where), _plain(after, where)
    if isinstance(a, dict) and isinstance(b, dict):
        for key in dict.fromkeys((*a, *b)):
            here = f"{where}.{key}" if where else str(key)
            if key not in a or key not in b:
                yield f"{here}: {'is new' if key not in a else 'is gone'}"
            else:
                yield from differences(a[key], b[key], here)
    elif isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        for i, (one, other) in enumerate(zip(a, b)):
            yield from differences(one, other, f"{where}[{i + 1}]")
    elif a != b:
        yield f"{where}: {a!r} is now {b!r}"


def _plain(value: Any, where: str) -> Any:
    last = where.rsplit(".", 1)[-1].split("[")[0]
    if isinstance(value, dict) and last in ("duration", "offset"):
        rest = {k: v for k, v in value.items() if k not in ("hours", "minutes", "seconds")}
        return {"s": _seconds(value, where), **rest}
    if isinstance(value, dict) and list(value) == ["step"] and not isinstance(value["step"], (dict, list)):
        return str(value["step"])
    if isinstance(value, dict) and list(value) == ["path"]:
        return str(value["path"])
    if isinstance(value, list) and len(value) == 1:
        return _plain(value[0], where)
    return value
