# SPDX-License-Identifier: MIT
"""Seen from outside: the map runs where there is no network, and never asks for one."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.area_grid import GridView
from tests.helpers.shared import ROOT

pytestmark = [
    pytest.mark.webengine,
    pytest.mark.skipif(sys.platform != "linux", reason="watches system calls of Linux"),
]


def _run(grid: GridView, *wrapper: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "tests.helpers.map_alone", str(grid.polygons)]
    return subprocess.run(
        [*wrapper, *program], cwd=ROOT, capture_output=True, text=True, timeout=90, check=False
    )


@pytest.mark.usefixtures("page_folder")
def test_the_map_is_drawn_on_a_computer_without_network(grid: GridView) -> None:
    probe = subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False)
    if probe.returncode:
        pytest.skip("this system does not let a test switch its network off")
    done = _run(grid, "unshare", "-n")
    assert done.returncode == 0, done.stderr


@pytest.mark.usefixtures("page_folder")
def test_no_system_call_asks_for_the_internet(grid: GridView, tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    calls = tmp_path / "calls.txt"
    watched = "trace=connect,sendto,sendmsg,sendmmsg"
    done = _run(grid, "strace", "-f", "-qq", "-e", watched, "-o", str(calls))
    assert done.returncode == 0, done.stderr
    lines = calls.read_text(encoding="utf-8", errors="replace").splitlines()
    assert lines
    assert [line for line in lines if "AF_INET" in line] == []
