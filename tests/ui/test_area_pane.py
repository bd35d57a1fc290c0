# SPDX-License-Identifier: MIT
"""The list of areas: what the map shows and does, without the map."""

import time
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId, TerritoryId
from app.services.commands import AssignGeoUnits, SetTerritoryLock
from app.ui.formats import count, signed_percent
from app.ui.panes.area_filters import AreaFilter
from app.ui.panes.area_pane import AreaPane
from app.ui.session import EditSession

TEXAS, NEW_YORK = GeoUnitId("state:48"), GeoUnitId("state:36")
WASHINGTON, HOUSTON = GeoUnitId("state:53"), GeoUnitId("county:48201")


def id_of(session: EditSession, name: str) -> TerritoryId:
    return next(t.id for t in session.workspace.territories if t.name == name)


@pytest.fixture
def pane(session: EditSession, qtbot: QtBot) -> AreaPane:
    made = AreaPane(session)
    qtbot.addWidget(made)
    made.resize(1000, 400)
    made.show()
    made.show_view("state")
    return made


def line(pane: AreaPane, unit: GeoUnitId) -> dict[str, str]:
    """What the row of an area says, by header."""
    row = int(pane._columns.rows_of((unit,))[0])  # noqa: SLF001 -- the row of an id
    model = pane.table.array_model
    return {c.title: model.cell_text(at, row) for at, c in enumerate(model.columns())}


def shown(pane: AreaPane) -> list[str]:
    model = pane.table.array_model
    return [model.cell_text(0, row) for row in model.order().tolist()]


def select(pane: AreaPane, *units: GeoUnitId) -> None:
    """Select rows as a user does: the map is told."""
    pane.table.select_source_rows(pane._columns.rows_of(units))  # noqa: SLF001 -- likewise


def test_a_row_says_what_the_map_shows(pane: AreaPane) -> None:
    # Texas: accounts 1 to 80 with 1,000 x (n mod 7 + 1): 11 weeks of 28,000, then 2 + 3 + 4.
    deviation = next(
        each.deviation_fraction
        for each in pane.session.workspace.balance(pane.session.workspace.main_measure.id).rows
        if each.territory_id == id_of(pane.session, "Lone Star")
    )
    assert line(pane, TEXAS) == {
        "Area": "Texas",
        "Code": "48",
        "Territory": "Lone Star",
        "Rep": "Ana Reyes",
        "Accounts": "80",
        "Annual sales": "317,000",
        "Visit hours": "120 h",
        "Deviation": signed_percent(deviation),
    }
    assert line(pane, NEW_YORK)["Territory"] == "Unassigned"
    assert line(pane, NEW_YORK)["Deviation"] == ""
    assert line(pane, WASHINGTON)["Territory"] == "In dispute"


def test_every_area_of_the_view_has_one_row(pane: AreaPane) -> None:
    geography = pane.session.workspace.geography
    for key, _title in geography.view_titles:
        pane.show_view(key)
        view = geography.view(key)
        assert pane.table.array_model.rowCount() == len(view.geounits)
        assert shown(pane) == list(view.names)


def test_a_group_is_selected_and_assigned_with_all_its_members(pane: AreaPane) -> None:
    workspace = pane.session.workspace
    pane.show_view("zip3")
    view = workspace.geography.view("zip3")
    number = view.geounits.index(GeoUnitId("zip3:606"))
    members = view.members(number)
    assert len(members) > 50
    pane.show_selection(members)
    assert pane.table.selected_source_rows().tolist() == [number]
    pane.set_target(id_of(pane.session, "Pacific"))
    QTest.keyClick(pane.table, Qt.Key.Key_Return)
    assert workspace.holdings.territories_holding(members[7]) == (id_of(pane.session, "Pacific"),)
    row = {
        c.title: pane.table.array_model.cell_text(i, number)
        for i, c in enumerate(pane.table.array_model.columns())
    }
    assert (row["Code"], row["Territory"]) == ("606", "Pacific")


def test_the_chips_count_and_list_what_they_say(pane: AreaPane) -> None:
    held = pane.session.workspace.unit_territory(GeoLevel.STATE)
    chips = pane.filters.chips
    assert chips[AreaFilter.UNASSIGNED].text() == f"Unassigned  {count(int((held == -1).sum()))}"
    assert chips[AreaFilter.IN_DISPUTE].text() == "In dispute  1"
    chips[AreaFilter.IN_DISPUTE].click()
    assert shown(pane) == ["Washington"]
    pane.session.run(AssignGeoUnits((HOUSTON,), id_of(pane.session, "Pacific"), "Pacific"))
    chips[AreaFilter.DIVIDED].click()
    assert shown(pane) == ["Texas"]
    assert line(pane, TEXAS)["Territory"] == "Divided"


def test_an_empty_list_says_why(pane: AreaPane, qtbot: QtBot) -> None:
    pane.filters.chips[AreaFilter.DIVIDED].click()
    assert not pane.table.isVisible()
    assert "No area is divided" in pane._none.accessibleName()  # noqa: SLF001 -- what is read out
    pane.filters.chips[AreaFilter.ALL].click()
    pane.search.setText("no such place")
    qtbot.waitUntil(lambda: not pane.table.isVisible())
    pane.search.clear()
    qtbot.waitUntil(pane.table.isVisible)


def test_the_search_finds_names_codes_territories_and_reps(pane: AreaPane, qtbot: QtBot) -> None:
    for words, names in (
        ("wash", ["Washington"]),
        ("lone star", ["Texas"]),
        ("ben oka", ["California"]),
    ):
        pane.search.setText(words)
        qtbot.waitUntil(lambda names=names: shown(pane) == names)


def test_rows_that_are_selected_are_told_and_selected_areas_are_rows(pane: AreaPane) -> None:
    told: list[tuple[GeoUnitId, ...]] = []
    pane.geounits_selected.connect(told.append)
    select(pane, TEXAS, NEW_YORK)
    assert [set(units) for units in told] == [{TEXAS, NEW_YORK}]
    pane.show_selection((WASHINGTON, HOUSTON))
    assert pane.selected_geounits() == (WASHINGTON,)
    assert len(told) == 1, "what came from the map must not go back to it"
    assert pane.filters.chips[AreaFilter.SELECTED].text() == "Selected  1"


def test_the_selected_ones_stay_listed_while_one_selects_among_them(pane: AreaPane) -> None:
    pane.show_selection((TEXAS, NEW_YORK, WASHINGTON))
    pane.filters.chips[AreaFilter.SELECTED].click()
    assert sorted(shown(pane)) == ["New York", "Texas", "Washington"]
    select(pane, TEXAS)
    assert len(shown(pane)) == 3
    pane.show_selection((NEW_YORK,))
    assert shown(pane) == ["New York"]


def test_enter_gives_the_selected_areas_to_the_active_territory(pane: AreaPane) -> None:
    said: list[str] = []
    pane.message.connect(said.append)
    QTest.keyClick(pane.table, Qt.Key.Key_Return)
    assert said == ["Select rows of areas first."]
    select(pane, NEW_YORK)
    QTest.keyClick(pane.table, Qt.Key.Key_Return)
    assert said[-1] == "Choose a territory in the list at the left first."
    pane.set_target(id_of(pane.session, "Pacific"))
    QTest.keyClick(pane.table, Qt.Key.Key_Enter)
    assert line(pane, NEW_YORK)["Territory"] == "Pacific"
    assert pane.selected_geounits() == (NEW_YORK,)
    pane.session.undo()
    assert line(pane, NEW_YORK)["Territory"] == "Unassigned"


def test_the_keyboard_goes_on_with_the_next_unassigned_area(pane: AreaPane) -> None:
    pane.set_target(id_of(pane.session, "Pacific"))
    pane.filters.chips[AreaFilter.UNASSIGNED].click()
    before = shown(pane)
    index = pane.table.array_model.index(3, 0)
    pane.table.setCurrentIndex(index)
    QTest.keyClick(pane.table, Qt.Key.Key_Return)
    assert shown(pane) == before[:3] + before[4:]
    assert pane.table.currentIndex().row() == 3
    QTest.keyClick(pane.table, Qt.Key.Key_Down)
    assert [pane.session.workspace.geography.name(u) for u in pane.selected_geounits()] == [
        before[5]
    ]


def test_a_locked_territory_keeps_its_areas(pane: AreaPane) -> None:
    session = pane.session
    lone_star = id_of(session, "Lone Star")
    session.run(SetTerritoryLock(lone_star, True, "Lone Star"))
    refused: list[object] = []
    session.edit_failed.connect(refused.append)
    pane.set_target(id_of(session, "Pacific"))
    select(pane, TEXAS)
    QTest.keyClick(pane.table, Qt.Key.Key_Return)
    assert len(refused) == 1
    assert line(pane, TEXAS)["Territory"] == "Lone Star"


def test_areas_are_copied_with_headers_and_bare_numbers(pane: AreaPane, app: QApplication) -> None:
    select(pane, TEXAS)
    QTest.keyClick(pane.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = app.clipboard().text().split("\n")
    assert copied[0].split("\t")[:6] == [
        *("Area", "Code", "Territory", "Rep", "Accounts", "Annual sales")
    ]
    assert copied[1].split("\t")[:6] == ["Texas", "48", "Lone Star", "Ana Reyes", "80", "317000"]


def test_sorting_by_territory_keeps_areas_without_one_together(pane: AreaPane) -> None:
    model = pane.table.array_model
    at = [column.key for column in model.columns()].index("territory")
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        model.sort(at, order)
        words = [model.cell_text(at, row) for row in model.order().tolist()]
        assert words == sorted(
            words, key=str.casefold, reverse=order is Qt.SortOrder.DescendingOrder
        )


def test_forty_thousand_areas_follow_every_edit_without_a_pause(
    pane: AreaPane, app: QApplication
) -> None:
    session, pacific = pane.session, id_of(pane.session, "Pacific")
    pane.show_view(GeoLevel.ZIP.value)
    geounits = session.workspace.geography.view(GeoLevel.ZIP).geounits
    assert len(geounits) > 40_000
    pane.search.setText("county:0")  # nothing: the search has looked at every row once
    pane.search.clear()
    at = [column.key for column in pane.table.array_model.columns()].index("territory")
    pane.table.array_model.sort(at)
    times: dict[str, list[float]] = {"refresh": [], "select": [], "back": []}
    for turn in range(5):
        units = geounits[turn * 40 : turn * 40 + 40]
        session.workspace.run(AssignGeoUnits(units, pacific, "Pacific"))
        for name, work in (
            ("refresh", pane.refresh),
            ("select", partial(pane.show_selection, geounits[turn : 20_000 + turn])),
            ("back", pane.selected_geounits),
        ):
            start = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - start)
    app.processEvents()
    assert {name: round(float(np.median(taken)), 3) for name, taken in times.items()} == {
        name: pytest.approx(0.0, abs=0.1) for name in times
    }


def test_the_list_is_described_for_a_screen_reader(pane: AreaPane) -> None:
    assert pane.table.accessibleName() == "Areas"
    assert "Enter gives the selected areas" in pane.table.accessibleDescription()
    pane.table.selectionModel().setCurrentIndex(
        pane.table.array_model.index(0, 2), QItemSelectionModel.SelectionFlag.NoUpdate
    )
    assert pane.table.array_model.headerData(2, Qt.Orientation.Horizontal) == "Territory"
