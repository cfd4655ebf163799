"""Settings of the whole suite."""

import os
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

from flights import SHARED

# No deadline: the first call of a compiled function compiles it.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-pictures", action="store_true", help="write the pictures that the page is compared with")


def pytest_configure(config: pytest.Config) -> None:
    """The process that leads a test run makes the folder of the flights that its workers share."""
    if not hasattr(config, "workerinput"):
        folder = TemporaryDirectory(prefix="fakel-flights-")
        os.environ[SHARED] = folder.name
        config.add_cleanup(folder.cleanup)
