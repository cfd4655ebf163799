"""A planted import that breaks the floors of the house is caught."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLANTED = {
    "fakel/physics/planted.py": ("import fakel.model.mission\nimport fakel.plan.start\n", "The house has floors"),
    "fakel/rules/planted.py": ("import fakel.physics.frames\n", "compute no motion"),
    "fakel/phases/landing.py": ("import fakel.phases.entry\n", "Phases meet only through Situation"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    tool = Path(sys.executable).parent / "lint-imports"
    return subprocess.run([str(tool), "--no-cache"], cwd=folder, capture_output=True, text=True,
                          env={"PYTHONPATH": str(folder / "src"), "PATH": "/usr/bin:/bin"}, check=False)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(ROOT / "src" / "fakel", folder / "src" / "fakel",
                    ignore=shutil.ignore_patterns("__pycache__", "*.npz", "*.gz"))
    return folder


def test_the_house_as_it_stands_keeps_its_contracts(house):
    result = lint(house)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_violation_is_named(house, name):
    path, (text, contract) = house / "src" / name, PLANTED[name]
    before = path.read_text() if path.exists() else None
    path.write_text((before or "") + text)
    try:
        result = lint(house)
        assert result.returncode == 1
        assert any(contract in line and "BROKEN" in line for line in result.stdout.splitlines()), result.stdout
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_text(before)
