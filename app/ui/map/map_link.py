# SPDX-License-Identifier: MIT
"""The connection to the page: starts it, counts what it has shown, starts it again if it dies."""

import logging
import os
import signal

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView

from app.ui.map.map_bridge import MapBridge
from app.ui.map.map_messages import ToPage
from app.ui.map.map_page import PAGE_ADDRESS, MapPage
from app.ui.map.map_profile import MapProfile
from app.ui.map.page_watch import PageWatch

_LOG = logging.getLogger(__name__)

_WATER = {False: "#d3e0e8", True: "#181e25"}
_RESTART_DELAY_MS = 150
_MOST_RESTARTS = 5
_RESTART_WINDOW_MS = 60_000


class MapLink(QObject):
    """One page after another, of which one at a time is alive.

    Attributes:
        bridge: What the pages report.
        page: The page of the moment.

    Signals:
        ready: A page has started and takes messages from now on.
        settled: Everything that was sent is on the screen.
        restarted: The page had stopped and is being started again.
        gave_up: The page stopped too often.
    """

    ready = Signal()
    settled = Signal()
    restarted = Signal()
    gave_up = Signal()

    def __init__(self, profile: MapProfile, web: QWebEngineView) -> None:
        super().__init__(web)
        self.bridge = MapBridge(self)
        self.bridge.page_ready.connect(self._on_ready)
        self.bridge.page_painted.connect(self._on_painted)
        self._profile = profile
        self._web = web
        self._is_ready = False
        self._is_dark = False
        self._sent = 0
        self._painted = 0
        self._restarts = 0
        self._calm = QTimer(self, interval=_RESTART_WINDOW_MS, singleShot=True)
        self._calm.timeout.connect(self._on_calm)
        self._watch = PageWatch(self)
        self._watch.hung.connect(self._on_hung)
        self.page = self._start_page()

    @property
    def is_ready(self) -> bool:
        """Whether the page takes messages."""
        return self._is_ready

    @property
    def is_settled(self) -> bool:
        """Whether everything that was sent is on the screen."""
        return self._is_ready and self._painted >= self._sent

    def send(self, message: ToPage) -> None:
        """Sends a message; without a page that listens it is dropped."""
        if self._is_ready:
            self._sent += 1
            self.bridge.send(message, self._sent)

    def set_dark(self, *, dark: bool) -> None:
        """What shows before a page has drawn: its water."""
        self._is_dark = dark
        self.page.setBackgroundColor(QColor(_WATER[dark]))

    def try_again(self) -> None:
        """Start a page once more after giving up."""
        self._restarts = 0
        self.restarted.emit()
        self._restart()

    def _start_page(self) -> MapPage:
        """A fresh page; one whose process ended would come back without its channel."""
        page = MapPage(self._profile, self)
        channel = QWebChannel(page)
        channel.registerObject("bridge", self.bridge)
        page.setWebChannel(channel)
        page.renderProcessTerminated.connect(self._on_terminated)
        page.setBackgroundColor(QColor(_WATER[self._is_dark]))
        self._web.setPage(page)
        page.load(PAGE_ADDRESS)
        return page

    def _on_ready(self) -> None:
        self._is_ready = True
        self._watch.watch(self.page)
        self.ready.emit()

    def _on_painted(self, serial: int) -> None:
        self._painted = max(self._painted, serial)
        if self.is_settled:
            self.settled.emit()

    def _on_terminated(
        self, status: QWebEnginePage.RenderProcessTerminationStatus, code: int
    ) -> None:
        _LOG.error("the map page stopped (%s, code %d)", status.name, code)
        self._is_ready = False
        self._watch.stop()
        self._restarts += 1
        if self._restarts > _MOST_RESTARTS:
            self.gave_up.emit()
            return
        self._calm.start()
        self.restarted.emit()
        QTimer.singleShot(_RESTART_DELAY_MS, self, self._restart)

    def _on_hung(self) -> None:
        """End a page that does not answer; `_on_terminated` starts another."""
        _LOG.error("the map page does not answer")
        process = self.page.renderProcessPid()
        if process:
            os.kill(process, getattr(signal, "SIGKILL", signal.SIGTERM))

    def _restart(self) -> None:
        old = self.page
        self.page = self._start_page()
        old.deleteLater()

    def _on_calm(self) -> None:
        self._restarts = 0
