# SPDX-License-Identifier: MIT
"""The canary hears whoever speaks to it, and neither page nor exported file ever does."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.html_export import write_html_map
from app.ui.map.map_messages import HomeMarker, LegendEntry, MapLabel
from app.ui.map.map_profile import MapProfile
from app.ui.map.scheme import ORIGIN
from tests.helpers.area_grid import COUNT, center
from tests.helpers.canary import (
    NAVIGATION_MS,
    Canary,
    as_one_script,
    heard_ways,
    listening,
    markup_to,
    ways_to,
)
from tests.helpers.log_watch import LogWatch
from tests.helpers.shared import ROOT
from tests.map.conftest import Driver
from tests.services.test_html_export import grid_export

_PATIENCE_MS = NAVIGATION_MS + 600
_RGBA = (1, 2, 3, 255)


def open_unguarded(page: Path, script: str = "", until: Callable[[], bool] = lambda: False) -> None:
    """Open a file in a browser that has none of our guards, and run a script in it.

    Args:
        page: The file.
        script: Runs when the page is loaded.
        until: Ends the browser when it is true; with a script it is given ten times as long.
    """
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith("QTWEBENGINE")}
    surroundings |= {"QTWEBENGINE_CHROMIUM_FLAGS": "--disable-gpu"}
    if os.environ.get("QTWEBENGINE_DISABLE_SANDBOX"):
        surroundings["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
    program = [sys.executable, "-m", "tests.helpers.unguarded_page", str(page)]
    seconds = _PATIENCE_MS / 1000 * (10 if script else 1)
    with subprocess.Popen(
        [*program, str(seconds), script], cwd=ROOT, env=surroundings, stderr=subprocess.DEVNULL
    ) as browser:
        end = time.monotonic() + 60
        while browser.poll() is None and not until() and time.monotonic() < end:
            time.sleep(0.05)
        if browser.poll() is None:
            browser.terminate()
        else:
            assert browser.returncode == 0


@pytest.mark.webengine
def test_the_canary_hears_every_way_of_an_unguarded_page(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<body></body>", encoding="utf-8")
    with listening() as own:
        ways = ways_to(own.address)
        open_unguarded(
            page,
            as_one_script(ways),
            lambda: heard_ways(own.address, own.heard) == set(ways),
        )
        assert heard_ways(own.address, own.heard) == set(ways)


@pytest.mark.webengine
def test_the_canary_hears_names_that_were_taken_for_markup(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    with listening() as own:
        page.write_text(f"<body>{''.join(markup_to(own.address))}</body>", encoding="utf-8")
        open_unguarded(page, "0", lambda: _requests(own) >= 10)
        assert _requests(own) >= 10


def _requests(canary: Canary) -> int:
    return sum("/markup" in line for line in canary.heard)


@pytest.mark.webengine
def test_a_script_that_runs_in_the_map_page_reaches_nothing(
    driver: Driver, canary: Canary, profile: MapProfile, log_watch: LogWatch
) -> None:
    with log_watch.expect("map page"):
        driver.run(as_one_script(ways_to(canary.address)))
        QTest.qWait(_PATIENCE_MS)
    assert driver.run("location.href") == f"{ORIGIN}index.html"
    profile.guard.blocked.clear()  # what the policy let through, the guard has refused
    assert canary.heard == ()


@pytest.fixture
def bare_page(qapp: QApplication, profile: MapProfile) -> Iterator[QWebEnginePage]:
    """A page of the map's profile without the content policy: the guard is alone."""
    page = QWebEnginePage(profile, qapp)
    yield page
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    profile.guard.blocked.clear()


@pytest.mark.webengine
def test_without_its_policy_the_page_reaches_nothing_either(
    bare_page: QWebEnginePage, canary: Canary, qtbot: QtBot, log_watch: LogWatch
) -> None:
    with qtbot.waitSignal(bare_page.loadFinished, timeout=10_000):
        bare_page.setHtml("<body></body>", QUrl(ORIGIN))
    with log_watch.expect("was refused"):
        bare_page.runJavaScript(as_one_script(ways_to(canary.address)))
        QTest.qWait(_PATIENCE_MS)
    assert canary.heard == ()


@pytest.mark.webengine
def test_names_on_the_map_reach_nothing(driver: Driver, canary: Canary) -> None:
    view, names = driver.view, markup_to(canary.address)
    view.set_labels(
        "territories",
        [MapLabel(*center(i % COUNT), name, sub=name, rank=i) for i, name in enumerate(names)],
    )
    view.set_homes([HomeMarker(*center(i % COUNT), n, _RGBA) for i, n in enumerate(names)])
    for name in names:
        view.set_legend(name, [LegendEntry(name, _RGBA)], name)
        view.set_tooltip([name, name])
    driver.settle()
    QTest.qWait(200)
    assert canary.heard == ()


@pytest.mark.webengine
@pytest.mark.usefixtures("page_folder")
def test_names_in_an_exported_file_reach_nothing(canary: Canary, tmp_path: Path) -> None:
    names = markup_to(canary.address)
    path = tmp_path / "map.html"
    every = tuple(names[i % len(names)] for i in range(COUNT))
    write_html_map(path, grid_export(ROOT / "resources", tmp_path, every))
    open_unguarded(path)
    assert canary.heard == ()


def test_a_run_in_which_the_canary_heard_something_fails(tmp_path: Path) -> None:
    speaking = tmp_path / "test_speaking.py"
    speaking.write_text(
        "import subprocess, sys\n\n"
        "def test_it_passes_but_speaks(canary):\n"
        "    host, port = canary.address.hosts[0].split(':')\n"
        "    speak = f'import socket; socket.create_connection(({host!r}, {port})).close()'\n"
        "    subprocess.run([sys.executable, '-c', speak], check=True)\n",
        encoding="utf-8",
    )
    program = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-c"]
    done = subprocess.run(
        [*program, str(ROOT / "pyproject.toml"), str(speaking)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "1 passed, 1 error" in done.stdout
    assert "the network was spoken to" in done.stdout
