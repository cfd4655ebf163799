"""Compiled functions do not outlive the sources they were made from."""

import pytest

from fakel.kernels import FOLDERS, forget_stale


@pytest.fixture
def package(tmp_path):
    for folder in FOLDERS:
        (tmp_path / folder / "__pycache__").mkdir(parents=True)
        (tmp_path / folder / "sums.py").write_text("def add(a, b): return a + b\n")
        (tmp_path / folder / "__pycache__" / "sums.add-1.nbi").write_text("compiled")
    return tmp_path


def compiled(package):
    return sorted(package.rglob("*.nbi"))


def test_what_no_stamp_vouches_for_is_thrown_away(package):
    assert forget_stale(package, package / "stamp")
    assert not compiled(package)


def test_while_the_sources_stay_nothing_is_thrown_away(package):
    forget_stale(package, package / "stamp")
    (package / "physics" / "__pycache__" / "sums.add-1.nbi").write_text("compiled anew")
    assert not forget_stale(package, package / "stamp")
    assert len(compiled(package)) == 1


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_change_of_the_same_size_in_any_file_throws_all_away(package, folder):
    forget_stale(package, package / "stamp")
    (package / "guidance" / "__pycache__" / "sums.add-1.nbi").write_text("compiled with the old sum in it")
    (package / folder / "sums.py").write_text("def add(a, b): return a - b\n")
    assert forget_stale(package, package / "stamp")
    assert not compiled(package)
