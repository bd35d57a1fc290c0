# SPDX-License-Identifier: MIT
"""The whole program with 100,000 accounts: start, reopen, one edit to map, totals and file, memory.

Start is measured in fresh processes, from the command to the first paint and to the drawn map.
The rest happens in one real window on the screen that there is.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from common import ROOT, Bench, pss_mb, rss_mb

from app.models.geounit import GeoLevel, geounit_id
from app.services.commands import AssignGeoUnits
from app.services.geography.geography import Geography
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from tests.helpers.plans import Place, make_large_plan

ACCOUNTS = 100_000
EDITS = 40
UNITS_PER_EDIT = 50
STARTS = 5
FROZEN = ROOT / "dist" / "evenfield" / "evenfield"


def main() -> None:
    """Measure and report."""
    bench = Bench("window")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        _starts(bench, folder / "source", [sys.executable, str(ROOT / "main.py")], "source")
        if FROZEN.is_file():
            _starts(bench, folder / "frozen", [str(FROZEN)], "frozen")
        plan = _large_plan(folder)
        _reopening(bench, folder, plan)
        _window(bench, folder, plan)
    bench.finish()


def _starts(bench: Bench, home: Path, command: list[str], kind: str) -> None:
    """Start the program on the sample plan, once to warm up and then five times."""
    home.mkdir()
    visible: list[float] = []
    usable: list[float] = []
    for number in range(STARTS + 1):
        begun = time.time()
        environment = {**os.environ, "EVENFIELD_HOME": str(home), "EVENFIELD_BEGUN": str(begun)}
        done = subprocess.run(
            [*command, "--open-sample", "--profile-start"],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        times = json.loads(done.stdout.splitlines()[-1])
        if number:
            visible.append(times["window_visible_s"])
            usable.append(times["map_usable_s"])
    bench.record(f"{kind}_window_visible_s", visible, limit=0.5)
    bench.record(f"{kind}_map_usable_s", usable, limit=2.0)


def _large_plan(folder: Path) -> Path:
    """A plan file with accounts at the shipped ZIP areas."""
    geography = Geography.load(ROOT / "resources" / "geo")
    layer, counties = geography.layer(GeoLevel.ZIP), geography.layer(GeoLevel.COUNTY)
    places: list[Place] = []
    for i, code in enumerate(layer.codes.tolist()):
        county = str(counties.codes[layer.parent[i]])
        places.append((float(layer.lon[i]), float(layer.lat[i]), county[:2], county, code))
    path = folder / "large.evenfield"
    make_large_plan(path, ACCOUNTS, folders=_folders(folder), places=places)
    return path


def _reopening(bench: Bench, folder: Path, plan: Path) -> None:
    geography = Geography.load(ROOT / "resources" / "geo")
    samples: list[float] = []
    for _ in range(5):
        begun = time.perf_counter()
        workspace = Workspace.open(plan, _folders(folder), geography)
        samples.append(time.perf_counter() - begun)
        workspace.close()
    bench.record("workspace_reopen_100k_s", samples, note="file, gate, accounts, assignments")


def _window(bench: Bench, folder: Path, plan: Path) -> None:
    """Reopen in the window, edit, and look at the memory."""
    # The window is imported here, after the processes above have had the machine for themselves.
    from PySide6.QtCore import QCoreApplication, QSettings, Qt  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from app.ui.main_window import MainWindow  # noqa: PLC0415
    from app.ui.map.engine_flags import configure_engine  # noqa: PLC0415
    from app.ui.plan_desk import PlanDesk  # noqa: PLC0415
    from app.ui.plan_opener import Surroundings  # noqa: PLC0415

    configure_engine()
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(["bench"])
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    around = Surroundings(Geography.load(ROOT / "resources" / "geo"), _folders(folder), folder)
    window = MainWindow(settings, lambda frame: PlanDesk(frame, around))
    window.show()
    desk = window.desk

    def wait(condition: Callable[[], bool]) -> None:
        end = time.monotonic() + 60
        while not condition():
            if time.monotonic() > end:
                message = "the window did not get there in a minute"
                raise TimeoutError(message)
            app.processEvents()
            # A loop without a pause would take the core that the map needs.
            time.sleep(0.001)

    def is_drawn() -> bool:
        return desk.context.plan is not None and desk.map_host.lend().is_settled

    warm_until = time.monotonic() + 3
    wait(lambda: time.monotonic() > warm_until)
    begun = time.perf_counter()
    desk.open_path(plan)
    wait(is_drawn)
    bench.record("window_reopen_100k_s", time.perf_counter() - begun, limit=1.5)
    assert desk.context.plan is not None  # noqa: S101 is_drawn says so
    desk.context.plan.screen.drawer.open("balance")
    wait(is_drawn)
    bench.record("memory_100k_mb", pss_mb(), limit=700, note="all processes, shared pages once")
    bench.record("memory_100k_rss_sum_mb", rss_mb(), note="shared pages once for each process")
    _edits(bench, desk, wait)
    window.close()


def _edits(bench: Bench, desk: object, wait: Callable[[Callable[[], bool]], None]) -> None:
    """50 counties at a time, from the command to file, all totals on the screen, and the map."""
    session = desk.context.plan.session  # type: ignore[attr-defined]
    controller = desk.context.plan.screen.map  # type: ignore[attr-defined]
    codes = session.workspace.geography.layer(GeoLevel.COUNTY).codes.tolist()
    territories = session.workspace.territories
    committed: list[float] = []
    drawn: list[float] = []
    for number in range(EDITS):
        start = (number * 71) % (len(codes) - UNITS_PER_EDIT)
        units = tuple(
            geounit_id(GeoLevel.COUNTY, code) for code in codes[start : start + UNITS_PER_EDIT]
        )
        target = territories[number % len(territories)]
        begun = time.perf_counter()
        session.run(AssignGeoUnits(units, target.id, target.name))
        committed.append((time.perf_counter() - begun) * 1000)
        wait(lambda: controller.is_settled)
        drawn.append((time.perf_counter() - begun) * 1000)
    bench.record("edit_file_and_totals_p95_ms", committed, percentile=95)
    bench.record("edit_to_paint_p95_ms", drawn, percentile=95, limit=100)
    bench.record("edit_to_paint_ms", drawn)


def _folders(folder: Path) -> AppFolders:
    return AppFolders(folder / "work", folder / "backups", folder / "logs")


if __name__ == "__main__":
    main()
