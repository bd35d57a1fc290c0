# SPDX-License-Identifier: MIT
"""Accounts in every style over the shipped counties: drawn anew, panned and zoomed.

A real page of 1280 x 800 pixels without a graphics card, as in ``bench_map``.
"""

import os
import time
from pathlib import Path

from common import ROOT, Bench

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from map_page import USA, DrivenPage
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from app.models.map_look import AccountStyle
from app.services.geography.geography import Geography
from app.services.live_page import ensure_live_page
from app.services.map_layers import mercator
from app.services.map_layers.account_marks import SHAPES, circle_radii
from app.ui.map.engine_flags import configure_engine
from app.ui.map.map_profile import MapProfile
from app.ui.map.map_state import PointExtra
from app.ui.map.map_view import MapView
from app.ui.map.scheme import register_scheme

COUNTS = {100_000: 300.0, 1_000_000: 2000.0}
"""Number of accounts, and the milliseconds in which they are to be drawn."""
_DOT = np.array([40, 48, 56, 220], np.uint8)
_REPEATS = 3


def scattered(count: int) -> np.ndarray:
    """Longitudes and latitudes spread as customers are: in clusters."""
    chance = np.random.default_rng(9)
    towns = np.column_stack([chance.uniform(-122, -72, 400), chance.uniform(28, 47, 400)])
    return towns[chance.integers(0, 400, count)] + chance.normal(0, 0.35, (count, 2))


def bench_style(
    bench: Bench, view: MapView, page: DrivenPage, style: AccountStyle, count: int
) -> None:
    """One style with so many accounts."""
    chance = np.random.default_rng(4)
    at = scattered(count)
    xy, rgba = mercator(at[:, 0], at[:, 1]), np.tile(_DOT, (count, 1))
    values = chance.pareto(1.5, count)
    shapes = chance.integers(0, len(SHAPES), count).astype(np.uint8)
    radius = circle_radii(values) if style is AccountStyle.SIZED else np.full(count, 2.0)
    extra = PointExtra(
        style,
        weights=values if style is AccountStyle.HEAT else None,
        shapes=shapes if style is AccountStyle.SYMBOLS else None,
    )
    view.fly_to(USA, animated=False)
    page.wait(lambda: view.is_settled)
    page.rest(0.5)
    samples: list[float] = []
    for _ in range(_REPEATS):
        start = time.perf_counter()
        view.set_points(xy, rgba, radius, extra)
        page.wait(lambda: view.is_settled)
        samples.append((time.perf_counter() - start) * 1000)
    name = f"{style.value}_{count}"
    bench.record(f"{name}_ms", samples, limit=COUNTS[count])
    page.rest(0.5)
    every = [frame for movement in ("pan", "zoom") for frame in page.frames(movement)]
    bench.record(f"{name}_frames_ms", every, limit=40)
    bench.record(f"{name}_frames_p95_ms", every, limit=110, percentile=95)


def main() -> None:
    """Opens a map, drives it, prints the figures."""
    configure_engine(safe_graphics=True)
    register_scheme()
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication([])
    bench = Bench("overlays")
    view = MapView(MapProfile(ensure_live_page(Path(ROOT / "resources")), app))
    page = DrivenPage(app, view, lambda: view.web_page)
    view.show_view(Geography.load(ROOT / "resources" / "geo").view("county"))
    view.show()
    for count in COUNTS:
        for style in AccountStyle:
            bench_style(bench, view, page, style, count)
    page.close()
    bench.finish()


if __name__ == "__main__":
    main()
