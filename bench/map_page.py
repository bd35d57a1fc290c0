# SPDX-License-Identifier: MIT
"""A map in a window of 1280 x 800 pixels, driven and timed from outside; ours, or its peer."""

import json
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWidgets import QApplication, QWidget

SIZE = (1280, 800)
USA = (-125.0, 24.5, -66.5, 49.5)

# Moves the map by a step in every frame and keeps the time between frames.
_PAN = """
(() => { window.frameTimes = null; const times = []; let last = performance.now(); let left = 90;
  const next = (now) => { times.push(now - last); last = now;
    if (--left) { map_page.panBy([left > 45 ? -9 : 9, left % 2 ? 4 : -4], {animate: false});
      requestAnimationFrame(next); } else window.frameTimes = times.slice(2); };
  requestAnimationFrame(next); })()
"""
# Zooms step by step with the usual animation and keeps the time between frames.
_ZOOM = """
(() => { window.frameTimes = null; const times = []; let last = performance.now(); let done = false;
  const next = (now) => { times.push(now - last); last = now;
    if (done) window.frameTimes = times.slice(2); else requestAnimationFrame(next); };
  requestAnimationFrame(next);
  const zooms = [6, 7, 8, 7, 5]; const step = () => { if (!zooms.length) { done = true; return; }
    map_page.once('zoomend', () => setTimeout(step, 120)); map_page.setZoom(zooms.shift()); };
  step(); })()
"""
MOVEMENTS = {"pan": _PAN, "zoom": _ZOOM}


class DrivenPage:
    """The event loop under our control while a page works.

    Args:
        app: The application.
        widget: What shows the page.
        page: Gives the page of the moment.
    """

    def __init__(
        self, app: QApplication, widget: QWidget, page: Callable[[], QWebEnginePage]
    ) -> None:
        self._app = app
        self._page = page
        self.widget = widget
        widget.resize(*SIZE)

    def wait(self, condition: Callable[[], bool], seconds: float = 60.0) -> None:
        """Let the program work until something is true."""
        end = time.perf_counter() + seconds
        while not condition():
            if time.perf_counter() > end:
                raise TimeoutError
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)

    def rest(self, seconds: float) -> None:
        """Let the program work for a while."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)

    def script(self, code: str, seconds: float = 60.0) -> object:
        """The value of a script in the page."""
        answers: list[object] = []
        self._page().runJavaScript(code, answers.append)
        self.wait(lambda: bool(answers), seconds)
        return answers[0]

    def frames(self, movement: str) -> list[float]:
        """Milliseconds between the frames while the map is panned or zoomed."""
        self.script(MOVEMENTS[movement])
        self.wait(lambda: self.script("window.frameTimes !== null") is True)
        return [float(each) for each in json.loads(str(self.script("JSON.stringify(frameTimes)")))]

    def renderer_mb(self) -> float:
        """Resident memory of the page's own process in MB; Linux only."""
        path = Path(f"/proc/{self._page().renderProcessPid()}/status")
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmRSS:"):
                return float(line.split()[1]) / 1024
        raise ValueError(path)

    def close(self) -> None:
        """End the page."""
        self.widget.close()
        self.widget.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
