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
from pathlib import Path

from bench_import_large import HEADERS, MILLION, accounts, write
from common import ROOT, Bench, pss_mb

from app.services.geography.geography import Geography
from app.services.store.document import AppFolders

LONGEST_WAIT_S = 300.0


def main() -> None:
    """Import, and report."""
    # Imported here: the children that read workbooks start this file again.
    from PySide6.QtCore import QCoreApplication, QSettings, Qt  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from app.ui.dialogs.import_wizard.wizard import ImportWizard  # noqa: PLC0415
    from app.ui.main_window import MainWindow  # noqa: PLC0415
    from app.ui.map.engine_flags import configure_engine  # noqa: PLC0415
    from app.ui.plan_desk import PlanDesk  # noqa: PLC0415
    from app.ui.plan_opener import Surroundings  # noqa: PLC0415

    bench = Bench("import_window")
    configure_engine()
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(["bench"])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        geography = Geography.load(ROOT / "resources" / "geo")
        path = write(folder / "accounts.csv", HEADERS, accounts(geography, MILLION))
        settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        folders = AppFolders(folder / "work", folder / "backups", folder / "logs")
        around = Surroundings(geography, folders, folder)
        window = MainWindow(settings, lambda frame: PlanDesk(frame, around))
        window.show()
        desk = window.desk
        longest: list[float] = [0.0]

        def wait(condition: Callable[[], bool], what: str) -> float:
            """Let the window run; the seconds that it took."""
            begun = time.perf_counter()
            longest[0] = 0.0
            while not condition():
                turn = time.perf_counter()
                if turn - begun > LONGEST_WAIT_S:
                    message = f"waited too long for {what}"
                    raise TimeoutError(message)
                app.processEvents()
                longest[0] = max(longest[0], (time.perf_counter() - turn) * 1000.0)
                time.sleep(0.001)
            bench.record(f"{what}_longest_turn_ms", longest[0], limit=100)
            return time.perf_counter() - begun

        def is_drawn() -> bool:
            return desk.context.plan is not None and desk.map_host.lend().is_settled

        until = time.monotonic() + 3
        wait(lambda: time.monotonic() > until, "start")
        desk.opener.create(folder / "plan.evenfield", "Bench")
        wait(is_drawn, "new_plan")
        steps: dict[str, float] = {}
        desk.open_path(path)
        wait(lambda: window.findChild(ImportWizard) is not None, "wizard")
        wizard = window.findChild(ImportWizard)
        assert isinstance(wizard, ImportWizard)  # noqa: S101 it was just found
        for step, what in ((1, "read"), (2, "check"), (3, "write")):
            steps[what] = wait(
                lambda step=step: wizard.pages.currentIndex() == step and not wizard.tasks.is_busy,
                what,
            )
            wizard.go_on()
        steps["draw"] = wait(is_drawn, "draw")
        for what, seconds in steps.items():
            bench.record(f"{what}_s", seconds)
        bench.record("total_s", sum(steps.values()), limit=45)
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
        bench.record("peak_own_process_mb", own)
        bench.record("memory_at_the_end_mb", pss_mb(), note="all processes, shared pages once")
        bench.record("peak_mb", own + _others_mb(), limit=2500, note="own peak and the others")
        window.close()
    bench.finish()


def _others_mb() -> float:
    """Memory of the processes that draw the map."""
    own = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    pss = next(line for line in own.splitlines() if line.startswith("Pss:"))
    return pss_mb() - float(pss.split()[1]) / 1024.0


if __name__ == "__main__":
    multiprocessing.freeze_support()
    main()
