# SPDX-License-Identifier: MIT
"""Starts Evenfield: builds each part once and hands it over."""

import multiprocessing
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSettings, Qt
from PySide6.QtWidgets import QApplication

import app
from app.services.app_log import AppLog
from app.services.crash_watch import CrashWatch
from app.ui.command_line import parse
from app.ui.crash import CrashCatcher
from app.ui.folders import app_folders, data_folder, documents_folder
from app.ui.main_window import MainWindow
from app.ui.map.engine_flags import configure_engine
from app.ui.qt_messages import log_qt_messages
from app.ui.resources import RESOURCES
from app.ui.start_script import StartScript

if TYPE_CHECKING:
    from app.ui.plan_desk import PlanDesk


def load() -> None:
    """Import what plans need: 0.6 s that the first paint does not wait for."""
    import app.ui.plan_desk  # noqa: PLC0415
    import app.ui.plan_screen  # noqa: F401, PLC0415


def make_desk(window: MainWindow) -> "PlanDesk":
    """Everything that plans need, after `load` or at the user's first click."""
    from app.services.geography.geography import Geography  # noqa: PLC0415
    from app.ui.plan_desk import PlanDesk  # noqa: PLC0415
    from app.ui.plan_opener import Surroundings  # noqa: PLC0415

    geography = Geography.load(RESOURCES / "geo")
    return PlanDesk(window, Surroundings(geography, app_folders(), documents_folder()))


def main(arguments: list[str]) -> int:
    """Run the program until its window is closed."""
    started = time.time()
    options = parse(arguments)
    folders = app_folders()
    log = AppLog(folders.logs)
    log.start()
    watch = CrashWatch(folders.logs)
    last_crash = watch.start()
    log_qt_messages()
    configure_engine(safe_graphics=options.safe_graphics)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    qt = QApplication([sys.argv[0]])
    qt.setApplicationName("Evenfield")
    qt.setApplicationVersion(app.__version__)
    catcher = CrashCatcher(folders.logs, qt)
    catcher.install()
    settings = QSettings(str(data_folder() / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(settings, make_desk, load)
    catcher.quit_chosen.connect(window.close)
    StartScript(window, options, started)
    window.show()
    if last_crash is not None:
        catcher.tell_of_native_crash(last_crash)
    code = qt.exec()
    catcher.uninstall()
    watch.stop()
    log.stop()
    return code


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main(sys.argv[1:]))
