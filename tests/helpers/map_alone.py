# SPDX-License-Identifier: MIT
"""A program with nothing but the map: shows the grid of a file, says what left, and ends.

Started as ``python -m tests.helpers.map_alone GRID [card]`` by tests that watch it from outside;
with ``card`` it may use the graphics card. Says what was to draw its windows, what does draw them,
and the switches of the engine.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtQuick import QQuickWindow
from PySide6.QtWidgets import QApplication

from app.services.live_page import ensure_live_page
from app.ui.map.engine_flags import FLAGS_VARIABLE, configure_engine
from app.ui.map.map_profile import MapProfile
from app.ui.map.map_view import MapView
from app.ui.map.scheme import register_scheme
from tests.helpers.area_grid import GridView
from tests.helpers.shared import ROOT

_PATIENCE_MS = 40_000


def main() -> int:
    """0 once the map is drawn and nothing was asked of the network."""
    configure_engine(safe_graphics="card" not in sys.argv[2:])
    register_scheme()
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(sys.argv)
    profile = MapProfile(ensure_live_page(ROOT / "resources"), app)
    view = MapView(profile)
    view.resize(600, 400)
    view.settled.connect(app.quit)
    QTimer.singleShot(_PATIENCE_MS, app.quit)
    view.show_view(GridView(Path(sys.argv[1])))
    view.show()
    app.exec()
    is_drawn = view.is_settled
    asked = os.environ.get("QT_QUICK_BACKEND", "anything")
    drawn_by = QQuickWindow.sceneGraphBackend()
    sys.stdout.write(f"{asked}\n{drawn_by}\n{os.environ[FLAGS_VARIABLE]}\n")
    view.close()
    view.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return 0 if is_drawn and not profile.guard.blocked_count else 1


if __name__ == "__main__":
    sys.exit(main())
