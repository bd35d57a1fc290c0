# SPDX-License-Identifier: MIT
"""What the map is compared with: a plain folium GeoJson layer on Leaflet's canvas renderer."""

import json
import time
from itertools import pairwise
from pathlib import Path

import folium
import numpy as np
from common import ROOT, Bench
from map_page import USA, DrivenPage
from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication

from app.services.geography.packed import PackedPolygons

_LEAFLET = ROOT / "resources" / "vendor" / "map" / "leaflet"
# Answers after the two frames that Leaflet's canvas takes from asking to drawing.
_RECOLOUR = """
(() => { window.recoloured = null; const start = performance.now(); let i = 0;
  const colors = ['#1f77b4', '#ff7f0e', '#2ca02c', '#d62728', '#9467bd', '#8c564b'];
  map_page.eachLayer((layer) => { if (layer.setStyle && layer.feature)
    layer.setStyle({fillColor: colors[(i++ + %d) %% 6]}); });
  requestAnimationFrame(() => requestAnimationFrame(() => {
    window.recoloured = performance.now() - start; })); })()
"""


def measure_peer(bench: Bench, app: QApplication, polygons: PackedPolygons, folder: Path) -> None:
    """Show, recolour, pan and zoom the same areas, with figures named ``peer_...``."""
    path = folder / "peer.html"
    path.write_text(_document(polygons), encoding="utf-8")
    profile = QWebEngineProfile(app)
    view = QWebEngineView()
    page = QWebEnginePage(profile, view)
    view.setPage(page)
    driven = DrivenPage(app, view, lambda: page)
    start = time.perf_counter()
    page.load(QUrl.fromLocalFile(str(path)))
    view.show()
    driven.wait(lambda: driven.script("window.peerDrawn === true", 120) is True, 120)
    bench.record("peer_visible_s", time.perf_counter() - start, note="folium GeoJson, canvas")
    samples: list[float] = []
    for turn in range(5):
        begun = time.perf_counter()
        driven.script(_RECOLOUR % turn)
        driven.wait(lambda: driven.script("window.recoloured !== null") is True)
        samples.append((time.perf_counter() - begun) * 1000)
    bench.record("peer_recolour_ms", samples[1:])
    for movement in ("pan", "zoom"):
        frames = driven.frames(movement)
        bench.record(f"peer_{movement}_frame_ms", frames)
        bench.record(f"peer_{movement}_frame_p95_ms", frames, percentile=95)
        bench.record(f"peer_{movement}_frame_worst_ms", max(frames))
    bench.record("peer_renderer_mb", driven.renderer_mb())
    driven.close()
    profile.deleteLater()


class _PeerMap(folium.Map):
    """A folium map that loads Leaflet from the disk; the rest it does not need."""

    default_js = [("leaflet", QUrl.fromLocalFile(str(_LEAFLET / "leaflet.js")).toString())]  # noqa: RUF012 - folium reads the class attribute
    default_css = [("leaflet_css", QUrl.fromLocalFile(str(_LEAFLET / "leaflet.css")).toString())]  # noqa: RUF012 - likewise


def _document(polygons: PackedPolygons) -> str:
    made = _PeerMap(tiles=None, prefer_canvas=True, zoom_control=True)
    made._id = "page"  # noqa: SLF001 -- the scripts that move the map know its name
    folium.GeoJson(
        json.dumps(_geojson(polygons)),
        style_function=lambda _feature: {"weight": 0.5, "fillOpacity": 0.7},
    ).add_to(made)
    west, south, east, north = USA
    made.fit_bounds([[south, west], [north, east]])
    html = made.get_root().render()  # pyright: ignore[reportUnknownMemberType] -- branca types it loosely
    drawn = (
        "<script>window.addEventListener('load', () => requestAnimationFrame(() =>"
        " requestAnimationFrame(() => { window.peerDrawn = true; })));</script></html>"
    )
    return html.replace("</html>", drawn)


def _geojson(polygons: PackedPolygons) -> dict[str, object]:
    """All rings of an area as outer rings: for drawing the same, and quick to make."""
    lon = polygons.xy[:, 0].astype(np.float64) * 360 - 180
    lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * polygons.xy[:, 1].astype(np.float64)))))
    corners = np.round(np.column_stack([lon, lat]), 5).tolist()
    starts = polygons.coord_start.tolist()
    rings = [corners[a:b] for a, b in pairwise(starts)]
    firsts = polygons.ring_start.tolist()
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": str(number)},
                "geometry": {
                    "type": "MultiPolygon",
                    "coordinates": [[ring] for ring in rings[first:last]],
                },
            }
            for number, (first, last) in enumerate(pairwise(firsts))
        ],
    }
