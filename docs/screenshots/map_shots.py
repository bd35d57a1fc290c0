# SPDX-License-Identifier: MIT
"""What the pictures of the map show: tools at work, looks, boundaries, and a printed page."""

import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from app.models.map_look import (
    AccountStyle,
    AreaBasis,
    ChartStyle,
    ClassChoice,
    ClassMethod,
    MapLook,
)
from app.ui.dialogs.boundary_wizard.wizard import BoundaryWizard
from app.ui.dialogs.export_map.dialog import ExportMapDialog
from tests.helpers.map_places import place_on

if TYPE_CHECKING:
    from make_shots import Photographer

TEXAS = (-107.0, 25.5, -93.0, 37.0)
EUROPE = (-6.0, 43.5, 19.0, 55.5)
CHICAGO = (-89.2, 41.2, -86.8, 42.5)
_STROKE = ((-100.2, 33.2), (-98.6, 32.2), (-97.8, 31.2))
_PAGE_PX = 1366
_ASK = "getSaveFileName"
_REGIONS = {
    "West": [(-125, 32), (-125, 49), (-111, 49), (-109, 41), (-109, 31), (-117, 32)],
    "Central": [(-109, 31), (-109, 41), (-111, 49), (-90, 49), (-91, 40), (-94, 29), (-97, 25.5)],
    "South": [(-94, 29), (-91, 40), (-75, 38.5), (-79, 24), (-90, 28)],
    "Northeast": [(-91, 40), (-90, 49), (-66, 48), (-69, 41), (-75, 38.5)],
}


def plain_map(shooter: "Photographer") -> QWidget:
    """The whole plan in its usual look."""
    shooter.screen.drawer.open("")
    shooter.screen.map.set_level("county")
    shooter.screen.map.set_coloring("territory")
    shooter.screen.map.looks.set(MapLook())
    shooter.screen.show_territory(shooter.screen.session.workspace.territories[0].id)
    shooter.screen.map.show_everything(animated=False)
    return shooter.window


def _looking(look: MapLook, coloring: str = "territory") -> Callable[["Photographer"], QWidget]:
    def prepare(shooter: "Photographer") -> QWidget:
        plain_map(shooter)
        shooter.screen.map.set_coloring(coloring)
        shooter.screen.map.looks.set(look)
        return shooter.window

    return prepare


def _at(
    level: str, bounds: tuple[float, float, float, float]
) -> Callable[["Photographer"], QWidget]:
    def prepare(shooter: "Photographer") -> QWidget:
        plain_map(shooter)
        shooter.screen.map.set_tool("pick")
        shooter.screen.map.set_level(level)
        shooter.screen.map.show_bounds(bounds)
        return shooter.window

    return prepare


def _stroke(shooter: "Photographer") -> None:
    """Paint a few counties of Texas into the territory that borders them at the west."""
    plain_map(shooter)
    names = {each.name: each.id for each in shooter.screen.session.workspace.territories}
    shooter.screen.show_territory(names["Mountain"])
    shooter.screen.map.set_tool("paint")
    shooter.screen.map.show_bounds(TEXAS)
    shooter.settle()
    view = shooter.window.desk.map_host.lend()
    points = [place_on(view, *each) for each in _STROKE]
    target = view.event_target()
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(target, left, plain, points[0])
    for begin, end in itertools.pairwise(points):
        for step in range(1, 9):
            QTest.mouseMove(target, begin + QPoint(end - begin) * step / 8)
            QTest.qWait(30)
    QTest.qWait(400)


def _release(shooter: "Photographer") -> None:
    view = shooter.window.desk.map_host.lend()
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseRelease(view.event_target(), left, plain, place_on(view, *_STROKE[-1]))
    shooter.settle()


def _paint(shooter: "Photographer") -> QWidget:
    """While a stroke is under way; the next picture ends it."""
    _stroke(shooter)
    return shooter.window


def _take_back(shooter: "Photographer") -> None:
    shooter.window.actions_by_key["undo"].trigger()
    shooter.settle()


def _marks(shooter: "Photographer") -> QWidget:
    """Changes since the marking began."""
    _release(shooter)
    _take_back(shooter)
    shooter.screen.map.marks.begin()
    _stroke(shooter)
    _release(shooter)
    return shooter.window


def _areas(shooter: "Photographer") -> QWidget:
    if shooter.screen.map.marks.is_on:
        shooter.screen.map.marks.take_back()
    plain_map(shooter)
    shooter.screen.map.set_tool("pick")
    shooter.screen.drawer.open("areas")
    return shooter.window


def _boundary_file(folder: Path) -> Path:
    """Regions of an invented company."""
    features = [
        {
            "type": "Feature",
            "properties": {"Region": name},
            "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
        }
        for name, ring in _REGIONS.items()
    ]
    path = folder / "sales regions.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def _boundary_step(step: int) -> Callable[["Photographer"], QWidget]:
    def prepare(shooter: "Photographer") -> QWidget:
        if step == 1:
            plain_map(shooter)
            shooter.window.desk.plans.add_boundary_file(_boundary_file(shooter.folder))
        wizard = shooter.find(BoundaryWizard)
        assert isinstance(wizard, BoundaryWizard)  # noqa: S101 a script's own order
        if step > 1:
            wizard.go_on()
        shooter.wait(lambda: wizard.pages.currentIndex() == step, f"step {step}")
        shooter.wait(lambda: not wizard.tasks.is_busy, "the boundaries")
        return wizard

    return prepare


def _book_page(shooter: "Photographer") -> QWidget:
    """A page of the map book, as a program for PDF documents shows it."""
    plain_map(shooter)
    shooter.screen.map.looks.set(MapLook(figures=("accounts", "total:1")))
    path = shooter.folder / "book.pdf"
    asked = QFileDialog.getSaveFileName
    setattr(QFileDialog, _ASK, staticmethod(lambda *_args: (str(path), "")))
    try:
        shooter.window.desk.plans.export_map()
        dialog = shooter.find(ExportMapDialog)
        assert isinstance(dialog, ExportMapDialog)  # noqa: S101 a script's own order
        dialog.kinds.set_chosen("book")
        dialog.kinds.chosen.emit("book")
        shooter.wait(lambda: dialog.preview.image is not None, "the preview")
        dialog.accept()
        shooter.wait(path.is_file, "the map book")
    finally:
        setattr(QFileDialog, _ASK, asked)
    document = QPdfDocument(shooter.window)
    document.load(str(path))
    size = document.pagePointSize(1)
    high = round(_PAGE_PX * size.height() / size.width())
    page = QLabel()
    image = document.render(1, QSize(_PAGE_PX, high))
    page.setStyleSheet("background: white")
    page.setPixmap(QPixmap.fromImage(image))
    page.resize(image.size())
    document.close()
    return page


_CLASSES = ClassChoice(ClassMethod.NATURAL, 5, AreaBasis.PER_ACCOUNT)
MAP_SHOTS: tuple[tuple[str, Callable[["Photographer"], QWidget]], ...] = (
    ("paint", _paint),
    ("marks", _marks),
    ("areas", _areas),
    ("zip3", _at("zip3", CHICAGO)),
    ("metro", _at("metro", (-91.0, 39.0, -84.0, 44.0))),
    ("world", _at("state", EUROPE)),
    ("classes", _looking(MapLook(classes=_CLASSES), "measure")),
    ("heat", _looking(MapLook(accounts=AccountStyle.HEAT))),
    ("clusters", _looking(MapLook(accounts=AccountStyle.CLUSTERS))),
    (
        "layers",
        _looking(
            MapLook(
                accounts=AccountStyle.SYMBOLS,
                charts=ChartStyle.PIES,
                figures=("accounts", "total:1"),
            )
        ),
    ),
    ("boundaries-areas", _boundary_step(1)),
    ("boundaries-check", _boundary_step(2)),
    ("map-book", _book_page),
)
"""Name of each picture and what brings the window there, each ends what the last began."""
