# SPDX-License-Identifier: MIT
"""Makes the one map of the program, late, and lends it to the plan that is open."""

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.services.live_page import ensure_live_page
from app.ui.formats import uses_metric
from app.ui.resources import RESOURCES

if TYPE_CHECKING:
    # Importing it brings the web engine, which the start of the program must not wait for.
    from app.ui.map.map_view import MapView

_log = logging.getLogger(__name__)


class MapHost(QObject):
    """Keeps the map while no plan is open.

    The web engine takes a few hundred milliseconds to load, so it is imported and started after
    the window has been painted.

    Signals:
        map_ready(): The map page runs.
        settled(): Everything that was sent to the map is on the screen.
        gave_up(): The map page stopped too often.
    """

    map_ready = Signal()
    settled = Signal()
    gave_up = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._view: MapView | None = None
        self._is_dark = False

    def start(self) -> None:
        """Make the map unless there is one."""
        if self._view is None:
            self._make()

    def lend(self) -> "MapView":
        """The map, made now if it does not exist yet."""
        if self._view is None:
            self._make()
        assert self._view is not None  # noqa: S101 _make sets it or raises
        return self._view

    def take_back(self) -> None:
        """Keep the map while the screen that held it goes away."""
        if self._view is not None:
            self._view.hide()
            self._view.setParent(self._window)

    def set_dark(self, dark: bool) -> None:
        """Follow the theme of the window."""
        self._is_dark = dark
        if self._view is not None:
            self._view.set_theme(dark=dark, metric=uses_metric())

    def requests_left(self) -> int:
        """Requests that left this computer; stays 0."""
        return self._profile.guard.requests_left if self._view is not None else 0

    def shut_down(self) -> None:
        """Delete the page before its profile goes."""
        if self._view is not None:
            self._view.close()
            self._view.deleteLater()
            self._view = None

    def _make(self) -> None:
        # The web engine takes 60 to 120 ms to import and must not hold up the first paint.
        from app.ui.map.map_profile import MapProfile  # noqa: PLC0415
        from app.ui.map.map_view import MapView  # noqa: PLC0415
        from app.ui.map.scheme import register_scheme  # noqa: PLC0415

        register_scheme()
        folder = ensure_live_page(RESOURCES)
        self._profile = MapProfile(folder, QApplication.instance())  # type: ignore[arg-type]
        self._view = MapView(self._profile, self._window)
        self._view.hide()
        self._view.set_theme(dark=self._is_dark, metric=uses_metric())
        self._view.ready.connect(self.map_ready)
        self._view.settled.connect(self.settled)
        self._view.gave_up.connect(self.gave_up)
