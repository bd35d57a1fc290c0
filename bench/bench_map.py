# SPDX-License-Identifier: MIT
"""The map on real ZIP areas: visible, recoloured, painted, moved; dots; placing; and its peer.

Everything is measured in a real page of 1280 x 800 pixels without a graphics card, as on the
slowest computer that the program is made for: 33,144 ZIP areas with 2.9 million corners, and
100,000 and then 1,000,000 accounts. The same areas are then shown by a plain folium layer.
"""

import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from common import ROOT, Bench, rss_mb, say

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from map_page import USA, DrivenPage
from map_peer import measure_peer
from map_strokes import measure_strokes
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication
from real_areas import SOURCE, layered, real_areas

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
TERRITORIES = 60
FEW, MANY = 100_000, 1_000_000
_DOT = np.array([40, 48, 56, 220], np.uint8)


@dataclass(frozen=True, slots=True)
class Areas:
    """The areas of a view, as the map takes them."""

    key: str
    polygons: Path | bytes
    unit_of_feature: np.ndarray | None


@dataclass(frozen=True, slots=True)
class Shown:
    """The areas that are measured, and who holds them."""

    view: Areas
    held: np.ndarray

    def recolour(self, map_view: MapView, turn: int) -> None:
        """Give every territory another colour."""
        names = [f"Territory {i}" for i in range(TERRITORIES)]
        colors = territory_colors(
            self.held, [(i + turn) % 9 for i in range(TERRITORIES)], names, dark=False
        )
        map_view.set_colors(colors.rgba, colors.groups)


def driven(app: QApplication, profile: MapProfile) -> tuple[MapView, DrivenPage]:
    """A map that is not shown yet."""
    view = MapView(profile)
    view.set_lines([(kind, GEO / name) for kind, name in LINES])
    return view, DrivenPage(app, view, lambda: view.web_page)


def areas_of(geography: Geography, key: str) -> Areas:
    """A view of the geography with its polygons."""
    view = geography.view(key)
    return Areas(view.key, view.polygons, view.unit_of_feature)


def dealt(geography: Geography, key: str) -> np.ndarray:
    """Areas of the view dealt to made-up territories, each to the nearest of their centres."""
    layer = geography.layer(GeoLevel(key))
    chance = np.random.default_rng(5)
    lon, lat = chance.uniform(-122, -72, TERRITORIES), chance.uniform(28, 47, TERRITORIES)
    held = np.full(len(geography.view(key).geounits), -1, np.int32)
    away = (layer.lon[:, None] - lon) ** 2 + (layer.lat[:, None] - lat) ** 2
    held[: len(layer)] = away.argmin(axis=1)[: len(held)]
    return held


def scattered(count: int) -> np.ndarray:
    """Longitudes and latitudes spread as customers are: in clusters."""
    chance = np.random.default_rng(9)
    towns = np.column_stack([chance.uniform(-122, -72, 400), chance.uniform(28, 47, 400)])
    return towns[chance.integers(0, 400, count)] + chance.normal(0, 0.35, (count, 2))


def bench_first(bench: Bench, app: QApplication, profile: MapProfile, shown: Shown) -> None:
    """From the making of the page to the areas in their colours on the screen."""
    seconds: list[float] = []
    for turn in range(4):
        start = time.perf_counter()
        view, page = driven(app, profile)
        view.show_view(shown.view)
        shown.recolour(view, turn)
        view.fly_to(USA, animated=False)
        view.show()
        page.wait(lambda view=view: view.is_settled)
        seconds.append(time.perf_counter() - start)
        page.close()
    bench.record("zip_visible_first_s", seconds[0], limit=3.0, note="the page starts with them")
    bench.record("zip_visible_fresh_page_s", seconds[1:], limit=3.0)


def bench_visible(
    bench: Bench, view: MapView, page: DrivenPage, shown: Shown, other: Areas
) -> None:
    """From another level to the ZIP areas, in a page that runs."""
    seconds: list[float] = []
    for turn in range(4):
        view.show_view(other)
        page.wait(lambda: view.is_settled)
        page.rest(0.3)
        start = time.perf_counter()
        view.show_view(shown.view)
        shown.recolour(view, turn)
        page.wait(lambda: view.is_settled)
        seconds.append(time.perf_counter() - start)
    bench.record("zip_visible_s", seconds, limit=1.5, note="from the counties to the ZIP areas")


def bench_recolour(bench: Bench, view: MapView, page: DrivenPage, shown: Shown) -> None:
    """All areas get other colours; the clock stops when their frame is on its way."""
    samples: list[float] = []
    for turn in range(14):
        start = time.perf_counter()
        shown.recolour(view, turn)
        page.wait(lambda: view.is_settled)
        samples.append((time.perf_counter() - start) * 1000)
    note = "computing the colours, the call, the frame, and the answer back"
    bench.record("recolour_ms", samples[2:], limit=50, note=note)


def bench_points(bench: Bench, view: MapView, page: DrivenPage, count: int) -> None:
    """Dots for so many accounts."""
    at = scattered(count)
    xy, rgba = mercator(at[:, 0], at[:, 1]), np.tile(_DOT, (count, 1))
    samples: list[float] = []
    for _ in range(4):
        start = time.perf_counter()
        view.set_points(xy, rgba, 2.0)
        page.wait(lambda: view.is_settled)
        samples.append((time.perf_counter() - start) * 1000)
    limit = 300 if count == FEW else 2000
    note = "packing, fetch, index and all visible tiles"
    bench.record(f"points_{count}_ms", samples, limit=limit, note=note)


def bench_frames(bench: Bench, view: MapView, page: DrivenPage, name: str) -> None:
    """Frame times of panning and zooming."""
    view.fly_to(USA, animated=False)
    page.wait(lambda: view.is_settled)
    page.rest(1.0)
    every: list[float] = []
    for movement in ("pan", "zoom"):
        frames = page.frames(movement)
        every += frames
        bench.record(f"{movement}_{name}_frame_ms", frames)
        bench.record(f"{movement}_{name}_frame_p95_ms", frames, percentile=95)
        page.rest(1.0)
    bench.record(f"frames_{name}_ms", every, limit=40)
    bench.record(f"frames_{name}_p95_ms", every, limit=110, percentile=95)


def bench_placing(bench: Bench, geography: Geography) -> None:
    """The areas of a million points."""
    at = scattered(MANY)
    start = time.perf_counter()
    geography.locate(at[:10, 0], at[:10, 1])
    bench.record("placing_index_s", time.perf_counter() - start, note="once for each plan")
    samples: list[float] = []
    for _ in range(3):
        start = time.perf_counter()
        geography.locate(at[:, 0], at[:, 1])
        samples.append(time.perf_counter() - start)
    bench.record("placing_1000000_s", samples, limit=5.0)


def bench_page(bench: Bench, app: QApplication, profile: MapProfile, geography: Geography) -> None:
    """Everything about one page."""
    shown = Shown(areas_of(geography, "zip"), dealt(geography, "zip"))
    bench_first(bench, app, profile, shown)
    view, page = driven(app, profile)
    view.fly_to(USA, animated=False)
    view.show()
    bench_visible(bench, view, page, shown, areas_of(geography, "county"))
    bench_recolour(bench, view, page, shown)
    bench_frames(bench, view, page, "no_dots")
    for count in (FEW, MANY):
        bench_points(bench, view, page, count)
        bench_frames(bench, view, page, f"{count}_dots")
        bench.record(f"renderer_{count}_dots_mb", page.renderer_mb(), limit=600)
    bench_recolour(bench, view, page, shown)
    page.close()


def main() -> None:
    """Opens maps, drives them, prints the figures."""
    configure_engine(safe_graphics=True)
    register_scheme()
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication([])
    bench = Bench("map")
    if not SOURCE.is_file():
        say(f"skipped: the real ZIP areas are not at {SOURCE}; set EVENFIELD_SHARED")
        sys.exit(0)
    profile = MapProfile(ensure_live_page(Path(ROOT / "resources")), app)
    areas = real_areas(bench)
    start = time.perf_counter()
    geography = layered(areas)
    assert geography.view("zip").polygons  # noqa: S101 composes them
    bench.record("zip_composed_s", time.perf_counter() - start, note="once for each opened plan")
    bench_page(bench, app, profile, geography)
    bench_placing(bench, geography)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        for count in (FEW, MANY):
            measure_strokes(bench, app, profile, geography, Path(name) / str(count), count)
        bench.record("rss_mb", rss_mb(), note="all processes, shared pages counted repeatedly")
        measure_peer(bench, app, areas.polygons, Path(name))
    bench.finish()


if __name__ == "__main__":
    main()
