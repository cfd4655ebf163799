"""ARCHITECTURE.md tells the truth about the house."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
TABLE = TEXT.split("<!-- subjects -->")[1].split("<!-- /subjects -->")[0]
NAMED = set(re.findall(r"`([^`]+)`", TABLE))


def modules() -> set[str]:
    package = ROOT / "src" / "fakel"
    return {str(p.relative_to(package)) for p in package.rglob("*.py") if p.name not in ("__init__.py", "__main__.py")}


def test_every_file_in_the_table_exists():
    package = ROOT / "src" / "fakel"
    missing = {name for name in NAMED if not (package / name).exists()}
    assert not missing


def test_every_module_has_its_place_in_the_table():
    assert modules() <= NAMED, sorted(modules() - NAMED)
