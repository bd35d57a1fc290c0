# SPDX-License-Identifier: MIT
"""The map page: first view, recolouring from Python to the screen, dots, pan and zoom frames.

Everything is measured in a real page of 1280 x 800 pixels without a graphics card, as on the
slowest computer that the program is made for.
"""

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from common import ROOT, Bench, rss_mb

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt
from PySide6.QtWidgets import QApplication

from app.models.geounit import GeoLevel
from app.services.geography.geography import Geography
from app.services.live_page import ensure_live_page
from app.services.map_layers import mercator, territory_colors
from app.ui.map.engine_flags import configure_engine
from app.ui.map.map_profile import MapProfile
from app.ui.map.map_view import MapView
from app.ui.map.scheme import register_scheme

GEO = ROOT / "resources" / "geo"
LINES = (("lake", "lakes.ply"), ("river", "rivers.lin"), ("state", "state_lines.lin"))
USA = (-125.0, 24.5, -66.5, 49.5)
TERRITORIES = 60
POINTS = 100_000

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


class Page:
    """A map view with the event loop under our control."""

    def __init__(self, app: QApplication, profile: MapProfile) -> None:
        self._app = app
        self.started = time.perf_counter()
        self.view = MapView(profile)
        self.view.resize(1280, 800)

    def wait(self, condition: Callable[[], bool], seconds: float = 30.0) -> None:
        end = time.perf_counter() + seconds
        while not condition():
            if time.perf_counter() > end:
                raise TimeoutError
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)

    def settle(self) -> None:
        self.wait(lambda: self.view.is_settled)

    def rest(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)

    def script(self, code: str) -> object:
        answers: list[object] = []
        self.view.web_page.runJavaScript(code, answers.append)
        self.wait(lambda: bool(answers))
        return answers[0]

    def frames(self, code: str) -> list[float]:
        """Milliseconds between the frames of an animation in the page."""
        self.script(code)
        self.wait(lambda: self.script("window.frameTimes !== null") is True)
        return [float(each) for each in json.loads(str(self.script("JSON.stringify(frameTimes)")))]

    def close(self) -> None:
        self.view.close()
        self.view.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@dataclass(frozen=True, slots=True)
class Areas:
    """The areas of a level, without their tables."""

    key: str
    polygons: Path
    unit_of_feature: None = None


def view_of(level: GeoLevel) -> Areas:
    """The areas of a level as shipped."""
    return Areas(level.value, GEO / f"view_{level.value}.ply")


def first_view(app: QApplication, profile: MapProfile) -> tuple[float, Page]:
    """Seconds from the start of the page to the counties on the screen."""
    page = Page(app, profile)
    page.view.set_lines([(kind, GEO / name) for kind, name in LINES])
    page.view.show_view(view_of(GeoLevel.COUNTY))
    page.view.show()
    page.settle()
    return time.perf_counter() - page.started, page


def nearest_centers(geography: Geography, level: GeoLevel) -> np.ndarray:
    """Areas of the view dealt to made-up territories, each to the nearest of their centres."""
    layer = geography.layer(level)
    chance = np.random.default_rng(5)
    lon, lat = chance.uniform(-122, -72, TERRITORIES), chance.uniform(28, 47, TERRITORIES)
    held = np.full(len(geography.view(level).geounits), -1, np.int32)
    away = (layer.lon[:, None] - lon) ** 2 + (layer.lat[:, None] - lat) ** 2
    held[: len(layer)] = away.argmin(axis=1)
    return held


def bench_recolour(bench: Bench, page: Page, geography: Geography, level: GeoLevel) -> None:
    """All areas get other colours; the clock stops when their frame is on its way."""
    held = nearest_centers(geography, level)
    names = [f"Territory {i}" for i in range(TERRITORIES)]
    samples: list[float] = []
    for turn in range(12):
        indices = [(i + turn) % 9 for i in range(TERRITORIES)]
        colors = territory_colors(held, indices, names, dark=False)
        start = time.perf_counter()
        page.view.set_colors(colors.rgba, colors.groups)
        page.settle()
        samples.append((time.perf_counter() - start) * 1000)
    limit = 30.0 if level is GeoLevel.COUNTY else None
    note = "from the call to the frame, with the answer back"
    bench.record(f"recolour_{level.value}_ms", samples[2:], limit=limit, note=note)


def bench_patch(bench: Bench, page: Page, geography: Geography) -> None:
    """50 counties change hands."""
    held = nearest_centers(geography, GeoLevel.COUNTY)
    samples: list[float] = []
    for turn in range(12):
        features = np.arange(turn * 50, turn * 50 + 50)
        rgba = np.tile(np.array([200, 60, 60, 180], np.uint8), (50, 1))
        start = time.perf_counter()
        page.view.patch_colors(features, rgba, held[features])
        page.settle()
        samples.append((time.perf_counter() - start) * 1000)
    bench.record("patch_50_ms", samples[2:])


def bench_points(bench: Bench, page: Page) -> None:
    """100,000 dots, spread as customers are: in clusters."""
    chance = np.random.default_rng(9)
    towns = np.column_stack([chance.uniform(-122, -72, 400), chance.uniform(28, 47, 400)])
    at = towns[chance.integers(0, 400, POINTS)] + chance.normal(0, 0.35, (POINTS, 2))
    rgba = np.tile(np.array([40, 48, 56, 220], np.uint8), (POINTS, 1))
    samples: list[float] = []
    for _ in range(4):
        start = time.perf_counter()
        page.view.set_points(mercator(at[:, 0], at[:, 1]), rgba, 4.0)
        page.settle()
        samples.append((time.perf_counter() - start) * 1000)
    bench.record("points_100k_ms", samples, note="packing, fetch, index and all visible tiles")


def bench_frames(bench: Bench, page: Page, name: str) -> None:
    """Frame times of panning and zooming."""
    page.view.fly_to(USA, animated=False)
    page.settle()
    page.rest(0.5)
    for kind, code in (("pan", _PAN), ("zoom", _ZOOM)):
        frames = page.frames(code)
        bench.record(f"{kind}_{name}_frame_ms", frames)
        bench.record(f"{kind}_{name}_frame_p95_ms", frames, percentile=95)
        page.rest(0.5)


def main() -> None:
    """Opens maps, drives them, prints the figures."""
    configure_engine(safe_graphics=True)
    register_scheme()
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication([])
    bench = Bench("map")
    profile = MapProfile(ensure_live_page(Path(ROOT / "resources")), app)
    geography = Geography.load(GEO)
    seconds: list[float] = []
    for _ in range(5):
        taken, page = first_view(app, profile)
        seconds.append(taken)
        page.close()
    bench.record("counties_visible_s", seconds[1:], limit=0.6, note="from the start of the page")
    _, page = first_view(app, profile)
    page.view.fly_to(USA, animated=False)
    bench_recolour(bench, page, geography, GeoLevel.COUNTY)
    bench_patch(bench, page, geography)
    bench_frames(bench, page, "counties")
    bench_points(bench, page)
    bench_frames(bench, page, "100k")
    start = time.perf_counter()
    page.view.show_view(view_of(GeoLevel.ZIP))
    page.settle()
    bench.record("zip_areas_visible_s", time.perf_counter() - start)
    bench_recolour(bench, page, geography, GeoLevel.ZIP)
    bench_frames(bench, page, "zip_100k")
    bench.record("rss_mb", rss_mb(), note="with the web engine, shared pages counted repeatedly")
    page.close()
    bench.finish()


if __name__ == "__main__":
    main()
