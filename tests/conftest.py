"""Settings of the whole suite."""

import pytest
from hypothesis import settings

# No deadline: the first call of a compiled function compiles it.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-pictures", action="store_true", help="write the pictures that the page is compared with")
