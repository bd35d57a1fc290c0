# SPDX-License-Identifier: MIT
"""The window of boundaries from a file to the plan and back, and the list of what was added."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.models.boundary_layer import BoundaryRole
from app.models.errors import AppError
from app.models.geounit import GeoLevel
from app.ui.dialogs.boundary_wizard import wizard as wizard_module
from app.ui.dialogs.boundary_wizard.wizard import BoundaryWizard
from app.ui.panes.boundaries_pane import BoundariesPane
from app.ui.session import EditSession
from tests.helpers.boundary_files import NAMES, squares, write_areas, write_squares
from tests.helpers.boundary_layers import adding, layer_of_boxes


@pytest.fixture
def wizard(session: EditSession, tmp_path: Path, qtbot: QtBot) -> Iterator[BoundaryWizard]:
    made = BoundaryWizard(session, tmp_path)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def wait(qtbot: QtBot, wizard: BoundaryWizard) -> None:
    drawing = wizard.choice_page.drawing_tasks
    qtbot.waitUntil(lambda: not wizard.tasks.is_busy and not drawing.is_busy, timeout=60_000)


def opened(wizard: BoundaryWizard, qtbot: QtBot, path: Path) -> BoundaryWizard:
    wizard.open_path(path)
    wait(qtbot, wizard)
    return wizard


@pytest.fixture
def regions(wizard: BoundaryWizard, qtbot: QtBot, tmp_path: Path) -> BoundaryWizard:
    """Six own regions in Ohio."""
    path = write_areas(tmp_path / "regions.kml", squares(), {"Region": list(NAMES)})
    return opened(wizard, qtbot, path)


def click(qtbot: QtBot, wizard: BoundaryWizard, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    wait(qtbot, wizard)


def test_a_file_leads_to_its_areas_with_a_drawing(regions: BoundaryWizard, qtbot: QtBot) -> None:
    page = regions.choice_page
    assert regions.pages.currentWidget() is page
    assert page.form.code.currentText() == "Region"
    assert page.form.samples.text() == "Alba · Berne · Cadiz · Dover"
    assert page.form.roles["group"].isChecked()
    assert page.form.title.text() == "regions"
    qtbot.waitUntil(lambda: page.drawing.has_picture, timeout=10_000)
    assert page.drawing.accessibleName() == "Drawing of 6 areas"
    assert not page.places.isVisible()


def test_own_regions_come_into_the_plan_and_are_taken_back(
    regions: BoundaryWizard, session: EditSession, qtbot: QtBot
) -> None:
    regions.choice_page.form.title.setText("Ohio & more")
    click(qtbot, regions, regions.next)
    assert regions.pages.currentWidget() is regions.found_page
    assert regions.next.text() == "Add 6 areas"
    assert session.workspace.areas.layers == ()
    click(qtbot, regions, regions.next)
    assert regions.pages.currentWidget() is regions.done_page
    (layer,) = session.workspace.areas.layers
    assert (layer.name, layer.role, layer.area_count) == ("Ohio & more", BoundaryRole.GROUP, 6)
    assert layer.file_name == "regions.kml"
    assert session.workspace.geography.has_view(f"layer:{layer.id}")
    click(qtbot, regions, regions.done_page.undo)
    assert session.workspace.areas.layers == ()
    assert not regions.done_page.undo.isEnabled()


def test_going_back_keeps_what_was_chosen(regions: BoundaryWizard, qtbot: QtBot) -> None:
    form = regions.choice_page.form
    form.roles["join"].click()
    assert not regions.next.isEnabled()
    form.country.setCurrentIndex(form.country.findData("US"))
    form.country.activated.emit(form.country.currentIndex())
    assert regions.next.isEnabled()
    form.vintage.setText("2024")
    click(qtbot, regions, regions.next)
    assert regions.pages.currentWidget() is regions.found_page
    click(qtbot, regions, regions.back)
    chosen = form.choices
    assert chosen is not None
    assert (chosen.purpose.role, chosen.purpose.country, chosen.vintage) == ("join", "US", "2024")


def test_exact_shapes_say_what_changes_before_they_are_added(
    wizard: BoundaryWizard,
    session: EditSession,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened(wizard, qtbot, write_squares(tmp_path / "cb_2020_us_zcta520_500k.shp"))
    form = wizard.choice_page.form
    form.roles["replace"].click()
    form.level.setCurrentIndex(form.level.findData(GeoLevel.ZIP))
    form.level.activated.emit(form.level.currentIndex())
    click(qtbot, wizard, wizard.next)
    assert wizard.work.effect is not None
    # None of the demo plan's accounts stands in these squares.
    assert wizard.work.effect.accounts == 240
    assert wizard.work.effect.accounts_elsewhere == 0
    found = wizard.found_page
    assert found.list.array_model.rowCount() > 1000
    sheet = tmp_path / "changes.xlsx"
    monkeypatch.setattr(
        wizard_module.QFileDialog, "getSaveFileName", lambda *_args: (str(sheet), "")
    )
    click(qtbot, wizard, found.save)
    assert sheet.read_bytes().startswith(b"PK")
    assert session.workspace.areas.layers == ()


def test_what_cannot_be_read_is_explained_and_nothing_changes(
    wizard: BoundaryWizard, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[AppError] = []
    monkeypatch.setattr(wizard_module, "show_problem", lambda error, _parent: shown.append(error))
    path = tmp_path / "letter.geojson"
    path.write_text("Dear reader")
    opened(wizard, qtbot, path)
    assert [error.message for error in shown] == ["letter.geojson is no file of boundaries."]
    assert wizard.pages.currentWidget() is wizard.file_page
    assert not wizard.next.isEnabled()


def test_a_file_can_be_chosen(
    wizard: BoundaryWizard, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_squares(tmp_path / "a.fgb")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    click(qtbot, wizard, wizard.file_page.choose)
    assert wizard.pages.currentWidget() is wizard.choice_page


def test_the_list_names_the_country_of_areas_that_joined(
    session: EditSession, qtbot: QtBot
) -> None:
    areas = layer_of_boxes({"M5V": (-79.45, 43.60, -79.35, 43.70)})
    session.run(adding(areas, BoundaryRole.JOIN, country="CA"))
    pane = BoundariesPane(session)
    qtbot.addWidget(pane)
    pane.show()
    words = [each.text() for each in pane.fields.findChildren(QLabel)]
    assert words[words.index("Country") + 1] == "Canada"


def test_the_list_shows_layers_and_removes_them(
    regions: BoundaryWizard, session: EditSession, qtbot: QtBot
) -> None:
    pane = BoundariesPane(session)
    qtbot.addWidget(pane)
    pane.show()
    asked: list[bool] = []
    pane.add_requested.connect(lambda: asked.append(True))
    assert pane.layers == ()
    click(qtbot, regions, regions.next)
    click(qtbot, regions, regions.next)
    assert pane.summary.text() == "1 layer"
    assert pane.table.array_model.rowCount() == 1
    qtbot.mouseClick(pane.add, Qt.MouseButton.LeftButton)
    assert asked == [True]
    told: list[str] = []
    pane.removed.connect(told.append)
    qtbot.mouseClick(pane.remove, Qt.MouseButton.LeftButton)
    assert session.workspace.areas.layers == ()
    assert told == ["Removed the boundaries regions."]
    session.undo()
    assert pane.summary.text() == "1 layer"
