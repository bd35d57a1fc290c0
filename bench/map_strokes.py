# SPDX-License-Identifier: MIT
"""Strokes of 500 ZIP areas in a plan with many accounts: painted, written, and all totals exact."""

import time
from pathlib import Path

import numpy as np
from common import Bench
from map_page import USA, DrivenPage
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId
from app.services.commands import AssignGeoUnits
from app.services.geography.geography import Geography
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from app.ui.map.map_controller import MapController
from app.ui.map.map_profile import MapProfile
from app.ui.map.map_view import MapView
from app.ui.selection import Selection
from app.ui.session import EditSession
from tests.helpers.plans import Place, make_large_plan

STROKES = 24
UNITS = 500


def measure_strokes(
    bench: Bench,
    app: QApplication,
    profile: MapProfile,
    geography: Geography,
    folder: Path,
    count: int,
) -> None:
    """Give 500 neighbouring areas away again and again.

    Args:
        folder: Where the plan is made; it does not exist yet.
        count: Number of accounts.
    """
    workspace = _plan(folder, geography, count)
    session, owner = EditSession(workspace), QObject()
    view = MapView(profile)
    page = DrivenPage(app, view, lambda: view.web_page)
    controller = MapController(session, view, Selection(owner), owner)
    controller.set_level("zip")
    view.fly_to(USA, animated=False)
    view.show()
    page.wait(lambda: controller.is_settled)
    page.rest(2.0)
    painted: list[float] = []
    counted: list[float] = []
    for number in range(STROKES):
        units = _blob(workspace.geography, number)
        target = workspace.territories[number % len(workspace.territories)]
        start = time.perf_counter()
        session.run(AssignGeoUnits(units, target.id, target.name))
        for measure in workspace.measures:
            workspace.balance(measure.id)
        counted.append((time.perf_counter() - start) * 1000)
        page.wait(lambda: controller.is_settled)
        painted.append((time.perf_counter() - start) * 1000)
        page.rest(0.2)
    note = f"{UNITS} areas, written to the file"
    bench.record(f"stroke_{count}_totals_ms", counted[2:], limit=100, note=f"{note}, every measure")
    bench.record(f"stroke_{count}_painted_ms", painted[2:], note=f"{note}, totals and the frame")
    _paint_only(bench, page, view, workspace, count)
    controller.stop()
    page.close()
    workspace.close()


def _paint_only(
    bench: Bench, page: DrivenPage, view: MapView, workspace: Workspace, count: int
) -> None:
    """What the eye waits for: the colours of 500 areas, from the call to their frame."""
    held = workspace.unit_territory("zip")
    samples: list[float] = []
    for number in range(STROKES):
        rows = np.argsort(np.abs(np.arange(len(held)) - number * 900))[:UNITS]
        rgba = np.tile(np.array([30 + number * 9, 90, 160, 190], np.uint8), (UNITS, 1))
        start = time.perf_counter()
        view.patch_colors(rows, rgba, np.full(UNITS, number % 7, np.int32))
        page.wait(lambda: view.is_settled)
        samples.append((time.perf_counter() - start) * 1000)
        page.rest(0.1)
    bench.record(f"stroke_{count}_colours_ms", samples[2:], limit=50)


def _blob(geography: Geography, number: int) -> tuple[GeoUnitId, ...]:
    """The 500 areas nearest to a place."""
    layer = geography.layer(GeoLevel.ZIP)
    chance = np.random.default_rng(number)
    lon, lat = chance.uniform(-118, -78), chance.uniform(31, 45)
    away = (layer.lon - lon) ** 2 + (layer.lat - lat) ** 2
    ids = layer.geounits
    return tuple(ids[i] for i in np.argsort(away)[:UNITS].tolist())


def _plan(folder: Path, geography: Geography, count: int) -> Workspace:
    """A plan with accounts in the areas."""
    layer, counties = geography.layer(GeoLevel.ZIP), geography.layer(GeoLevel.COUNTY)
    places: list[Place] = []
    for i, code in enumerate(layer.codes.tolist()):
        county = str(counties.codes[layer.parent[i]])
        places.append((float(layer.lon[i]), float(layer.lat[i]), county[:2], county, code))
    folders = AppFolders(folder / "work", folder / "backups", folder / "logs")
    folder.mkdir()
    path = folder / "large.evenfield"
    make_large_plan(path, count, folders=folders, places=places)
    workspace = Workspace.open(path, folders, geography)
    _deal(workspace)
    return workspace


def _deal(workspace: Workspace) -> None:
    """Give every ZIP area to the nearest of the territories' centres: compact territories."""
    layer, territories = workspace.geography.layer(GeoLevel.ZIP), workspace.territories
    chance = np.random.default_rng(5)
    lon = chance.uniform(-122, -72, len(territories))
    lat = chance.uniform(28, 47, len(territories))
    nearest = ((layer.lon[:, None] - lon) ** 2 + (layer.lat[:, None] - lat) ** 2).argmin(axis=1)
    for position, territory in enumerate(territories):
        rows = np.flatnonzero(nearest == position).tolist()
        units = tuple(layer.geounits[row] for row in rows)
        workspace.run(AssignGeoUnits(units, territory.id, territory.name))
