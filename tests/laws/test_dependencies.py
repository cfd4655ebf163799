"""What a plain install brings is enough to start: no module asks at its top for more than the core dependencies."""

import ast
import re
import sys
import tomllib
from pathlib import Path

HOUSE = Path(__file__).parents[2]
NAMES = {"pyerfa": "erfa", "astropy-iers-data": "astropy_iers_data"}
"""Packages that are imported by another name than they are installed by."""


def core():
    asked = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    installed = [re.match(r"[\w.-]+", line)[0] for line in asked]
    return {NAMES.get(name, name) for name in installed}


def at_the_top(path):
    """Packages that importing the file imports; those under ``if TYPE_CHECKING`` or inside functions are left out."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.split(".")[0]


def test_no_module_needs_an_extra_to_be_imported():
    given = core() | set(sys.stdlib_module_names) | {"fakel"}
    files = sorted((HOUSE / "src/fakel").rglob("*.py"))
    missing = {str(path.relative_to(HOUSE)): name for path in files for name in at_the_top(path) if name not in given}
    assert len(files) > 200 and not missing
