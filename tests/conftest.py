"""Settings of the whole suite."""

import os
from itertools import chain, zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

from flights import SHARED

# No deadline: the first call of a compiled function compiles it.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

LONG = ("test_orbits.py", "test_several_craft.py", "test_walk.py", "test_walk_rules.py", "test_cabin_air.py",
        "test_folders_and_terminals.py", "missions")
"""Files and folders that take ten seconds and more; those first that read no shipped mission's flight."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-pictures", action="store_true", help="write the pictures that the page is compared with")


def pytest_configure(config: pytest.Config) -> None:
    """The process that leads a test run makes the folder of the flights that its workers share."""
    if not hasattr(config, "workerinput"):
        folder = TemporaryDirectory(prefix="fakel-flights-")
        os.environ[SHARED] = folder.name
        config.add_cleanup(folder.cleanup)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, so that no worker is left alone with one at the end; and turn about one that waits for a
    browser and one that computes, so that two workers do not both wait for the same flight."""
    files = list(dict.fromkeys(item.path for item in items))
    pages = [file for file in files if file.parent.name == "pages"]
    long = [file for one in LONG for file in files if one in (file.name, file.parent.name)]
    first = [file for file in chain(*zip_longest(pages, long)) if file]
    place: dict[Path, int] = {file: k for k, file in enumerate(dict.fromkeys(first + files))}
    items.sort(key=lambda item: place[item.path])
