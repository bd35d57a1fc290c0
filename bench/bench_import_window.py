# SPDX-License-Identifier: MIT
"""A million accounts through the import window: from the file to the drawn map, and memory.

While it works, every turn of the window's loop is timed: the longest is how long the window stood
still. Usage: ``python bench/run.py import_window``.
"""

import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench_import_large import HEADERS, MILLION, accounts, write
from common import ROOT, Bench, pss_mb

from app.services.geography.geography import Geography
from app.services.store.document import AppFolders

if TYPE_CHECKING:
    from app.ui.dialogs.import_wizard.wizard import ImportWizard

LONGEST_WAIT_S = 300.0


class Window:
    """The program's window, and a clock for every turn of its loop."""

    def __init__(self, folder: Path, geography: Geography, bench: Bench) -> None:
        # Imported here: the children that read workbooks start this file again.
        from PySide6.QtCore import QCoreApplication, QSettings, Qt  # noqa: PLC0415
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415

        from app.ui.main_window import MainWindow  # noqa: PLC0415
        from app.ui.map.engine_flags import configure_engine  # noqa: PLC0415
        from app.ui.plan_desk import PlanDesk  # noqa: PLC0415
        from app.ui.plan_opener import Surroundings  # noqa: PLC0415

        configure_engine()
        QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
        self._app = QApplication(["bench"])
        self._bench = bench
        settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        folders = AppFolders(folder / "work", folder / "backups", folder / "logs")
        around = Surroundings(geography, folders, folder)
        self.frame = MainWindow(settings, lambda frame: PlanDesk(frame, around))
        self.frame.show()
        self.desk = self.frame.desk

    def wait(self, condition: Callable[[], bool], what: str) -> float:
        """Let the window run; the seconds that it took. Records the longest turn."""
        begun = time.perf_counter()
        longest = 0.0
        while not condition():
            turn = time.perf_counter()
            if turn - begun > LONGEST_WAIT_S:
                message = f"waited too long for {what}"
                raise TimeoutError(message)
            self._app.processEvents()
            longest = max(longest, (time.perf_counter() - turn) * 1000.0)
            time.sleep(0.001)
        self._bench.record(f"{what}_longest_turn_ms", longest, limit=100)
        return time.perf_counter() - begun

    def is_drawn(self) -> bool:
        """Whether a plan is open and its map painted."""
        return self.desk.context.plan is not None and self.desk.map_host.lend().is_settled


def main() -> None:
    """Import, and report."""
    from app.ui.dialogs.import_wizard.wizard import ImportWizard  # noqa: PLC0415  see Window

    bench = Bench("import_window")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        geography = Geography.load(ROOT / "resources" / "geo")
        path = write(folder / "accounts.csv", HEADERS, accounts(geography, MILLION))
        window = Window(folder, geography, bench)
        until = time.monotonic() + 3
        window.wait(lambda: time.monotonic() > until, "start")
        window.desk.opener.create(folder / "plan.evenfield", "Bench")
        window.wait(window.is_drawn, "new_plan")
        window.desk.open_path(path)
        window.wait(lambda: window.frame.findChild(ImportWizard) is not None, "wizard")
        wizard = window.frame.findChild(ImportWizard)
        assert isinstance(wizard, ImportWizard)  # noqa: S101 it was just found
        steps: dict[str, float] = {}
        for step, what in ((1, "read"), (2, "check"), (3, "write")):
            steps[what] = window.wait(partial(_is_at, wizard, step), what)
            wizard.go_on()
        steps["draw"] = window.wait(window.is_drawn, "draw")
        for what, seconds in steps.items():
            bench.record(f"{what}_s", seconds)
        bench.record("total_s", sum(steps.values()), limit=45)
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
        bench.record("peak_own_process_mb", own)
        bench.record("memory_at_the_end_mb", pss_mb(), note="all processes, shared pages once")
        bench.record("peak_mb", own + _others_mb(), limit=2500, note="own peak and the others")
        window.frame.close()
    bench.finish()


def _is_at(wizard: "ImportWizard", step: int) -> bool:
    return wizard.pages.currentIndex() == step and not wizard.tasks.is_busy


def _others_mb() -> float:
    """Memory of the processes that draw the map."""
    own = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    pss = next(line for line in own.splitlines() if line.startswith("Pss:"))
    return pss_mb() - float(pss.split()[1]) / 1024.0


if __name__ == "__main__":
    multiprocessing.freeze_support()
    main()
