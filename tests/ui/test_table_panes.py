# SPDX-License-Identifier: MIT
"""The tables of territories, reps and accounts: what they show, and changing it in them."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.models.errors import AppError
from app.models.ids import GeoUnitId, TerritoryId
from app.models.territory import TravelMode
from app.services.commands import AddRegion
from app.services.serving import ServedBy
from app.ui.formats import signed_percent
from app.ui.panes.account_filters import AccountFilter
from app.ui.panes.account_pane import AccountPane
from app.ui.panes.rep_pane import RepPane
from app.ui.panes.territory_table_pane import TerritoryTablePane
from app.ui.session import EditSession
from app.ui.tables.bulk_edit import EditButton
from app.ui.tables.copyable_table import CopyableTable


def line(table: CopyableTable, row: int) -> dict[str, str]:
    """What a row says, by header."""
    model = table.array_model
    return {c.title: model.cell_text(at, row) for at, c in enumerate(model.columns())}


def column_at(table: CopyableTable, key: str) -> int:
    return [column.key for column in table.array_model.columns()].index(key)


def write(table: CopyableTable, key: str, row: int, value: object) -> bool:
    """Change a cell as its editor does."""
    model = table.array_model
    at = int(model.shown_rows_of(np.array([row]))[0])
    return model.setData(model.index(at, column_at(table, key)), value)


def bulk(button: EditButton, path: tuple[str, ...]) -> None:
    """Choose an entry of the menu that changes many rows."""
    menu = button.menu()
    menu.aboutToShow.emit()
    for words in path:
        action = next(each for each in menu.actions() if each.text() == words)
        inner = action.menu()
        if isinstance(inner, QMenu):
            menu = inner
        else:
            action.trigger()


@pytest.fixture
def territories(session: EditSession, qtbot: QtBot) -> TerritoryTablePane:
    made = TerritoryTablePane(session)
    qtbot.addWidget(made)
    made.resize(1000, 400)
    made.show()
    return made


@pytest.fixture
def reps(session: EditSession, qtbot: QtBot) -> RepPane:
    made = RepPane(session)
    qtbot.addWidget(made)
    made.resize(1100, 400)
    made.show()
    return made


@pytest.fixture
def accounts(session: EditSession, qtbot: QtBot) -> AccountPane:
    made = AccountPane(session)
    qtbot.addWidget(made)
    made.resize(1100, 400)
    made.show()
    return made


def test_a_territory_row_has_its_figures(territories: TerritoryTablePane) -> None:
    workspace = territories.session.workspace
    report = workspace.balance(workspace.main_measure.id)
    work = workspace.work.report()
    said = line(territories.table, 0)
    first = workspace.territories[0]
    assert (said["Territory"], said["Rep"], said["Region"]) == ("Lone Star", "Ana Reyes", "")
    # Texas: 11 weeks of 28,000, then 2 + 3 + 4 thousand.
    assert (said["Accounts"], said["Annual sales"]) == ("80", "317,000")
    row = next(each for each in report.rows if each.territory_id == first.id)
    assert said["Deviation"] == signed_percent(row.deviation_fraction)
    found = work.line_of(first.id)
    assert found is not None
    assert said["Workload"] == f"{found.workload_hours:,.0f}\u202fh".replace("\u202f", " ")
    assert (said["Lock"], said["Travel"], said["Connection"]) == ("Open", "By car", "Required")
    assert line(territories.table, 2)["Rep"] == "Vacant"


def test_a_region_sums_up_what_lies_below(territories: TerritoryTablePane) -> None:
    workspace = territories.session.workspace
    south = tuple(t.id for t in workspace.territories[:2])
    assert territories.session.run(AddRegion("South", south))
    row = len(workspace.territories) - 1
    assert line(territories.table, row)["Accounts"] == "120"
    assert line(territories.table, 0)["Region"] == "South"


def test_cells_of_a_territory_are_changed_in_their_place(territories: TerritoryTablePane) -> None:
    workspace, table = territories.session.workspace, territories.table
    assert write(table, "name", 0, "Texas")
    dmitri = next(rep for rep in workspace.reps if rep.name == "Dmitri Petrov")
    assert write(table, "rep", 2, str(dmitri.id))
    assert write(table, "admin", 1, 80.0)
    assert write(table, "skills", 1, "Road bikes, repairs")
    first, second, third = workspace.territories[:3]
    assert first.name == "Texas"
    assert workspace.rep_of(third.id) == dmitri
    assert (second.admin_hours, second.skills) == (80.0, ("Road bikes", "repairs"))
    assert line(table, 2)["Rep"] == "Dmitri Petrov"
    assert write(table, "rep", 2, "")
    assert workspace.rep_of(third.id) is None


def test_many_territories_are_changed_in_one_step(territories: TerritoryTablePane) -> None:
    workspace, table = territories.session.workspace, territories.table
    table.select_source_rows(np.array([0, 1, 3]))
    bulk(territories.edit, ("Travel", "Bicycle"))
    modes = [territory.travel_mode for territory in workspace.territories]
    assert modes == [TravelMode.BICYCLE, TravelMode.BICYCLE, TravelMode.CAR, TravelMode.BICYCLE]
    assert table.selected_source_rows().tolist() == [0, 1, 3]
    label = workspace.history_status().undo_label
    assert label == "Change the travel of 3 territories"
    bulk(territories.edit, ("Lock", "Locked"))
    assert [t.is_locked for t in workspace.territories] == [True, True, False, True]
    bulk(territories.edit, ("Region", "Northwest"))
    assert workspace.territories[0].parent_id == workspace.territories[2].id
    for _ in range(3):
        territories.session.undo()
    assert all(t.travel_mode is TravelMode.CAR and not t.is_locked for t in workspace.territories)


def test_a_refused_edit_says_why_and_leaves_the_cell(
    territories: TerritoryTablePane, refusals: list[AppError]
) -> None:
    assert not write(territories.table, "name", 0, "Pacific")
    assert refusals[0].message == "There is already a territory named Pacific."
    assert line(territories.table, 0)["Territory"] == "Lone Star"


def test_rows_of_territories_are_told_and_shown(territories: TerritoryTablePane) -> None:
    told: list[tuple[TerritoryId, ...]] = []
    territories.territories_selected.connect(told.append)
    second = territories.session.workspace.territories[1].id
    territories.select_territories((second,))
    assert told == []
    assert territories.selected_territories() == (second,)
    territories.table.selectRow(0)
    assert told == [(territories.session.workspace.territories[0].id,)]


def test_reps_are_changed_one_and_many(reps: RepPane, refusals: list[AppError]) -> None:
    workspace, table = reps.session.workspace, reps.table
    assert write(table, "part_time", 0, 80.0)
    assert workspace.reps[0].part_time_fraction == 0.8
    assert line(table, 0)["Part of full time"] == "80\u202f%"
    assert line(table, 0)["Available"] == "1,280 h"
    assert write(table, "quota", 0, None)
    assert workspace.reps[0].quota is None
    table.select_source_rows(np.array([1, 2]))
    bulk(reps.edit, ("Manager", "Ana Reyes"))
    assert [rep.manager_id for rep in workspace.reps] == [None, *[workspace.reps[0].id] * 2, None]
    assert workspace.history_status().undo_label == "Edit 2 reps"
    assert not write(table, "manager", 0, str(workspace.reps[1].id))
    assert "reports to" in refusals[-1].message
    assert not write(table, "part_time", 0, 150.0)
    assert workspace.reps[0].part_time_fraction == 0.8


def test_accounts_say_what_decides_and_are_given_by_name(accounts: AccountPane) -> None:
    workspace, table = accounts.session.workspace, accounts.table
    assert line(table, 0)["Decided by"] == "Area"
    pacific = next(t for t in workspace.territories if t.name == "Pacific")
    assert write(table, "territory", 0, str(pacific.id))
    assert workspace.served.step[0] == ServedBy.NAMED
    assert (line(table, 0)["Territory"], line(table, 0)["Decided by"]) == ("Pacific", "Named")
    assert write(table, "territory", 0, "")
    assert line(table, 0)["Decided by"] == "Area"


def test_many_accounts_get_a_segment_in_one_step(accounts: AccountPane) -> None:
    workspace, table = accounts.session.workspace, accounts.table
    table.select_source_rows(np.array([1, 2, 4]))
    bulk(accounts.edit, ("Segment…",))
    form = accounts.edit.form
    assert form is not None
    assert [form.box.itemText(at) for at in range(form.box.count())] == ["Key", "Retail"]
    form.box.setCurrentText("Fleet")
    form.buttons.accepted.emit()
    assert workspace.accounts.text("segment")[[1, 2, 4]].tolist() == ["Fleet"] * 3
    assert workspace.history_status().undo_label == "Correct the segment of 3 accounts"
    accounts.session.undo()
    assert "Fleet" not in workspace.accounts.text("segment").tolist()


def test_many_accounts_are_locked_and_let_go(accounts: AccountPane) -> None:
    workspace, table = accounts.session.workspace, accounts.table
    table.select_source_rows(np.array([0, 1]))
    bulk(accounts.edit, ("Lock", "Locked"))
    assert sorted(workspace.state.account_locks) == [1, 2]
    assert [line(table, row)["Lock"] for row in (0, 1, 2)] == ["Locked", "Locked", "Open"]
    assert write(table, "lock", 0, "0")
    assert sorted(workspace.state.account_locks) == [2]


def test_accounts_of_the_selected_areas_are_one_chip_away(accounts: AccountPane) -> None:
    chip = accounts.filters.chips[AccountFilter.SELECTED_AREAS]
    assert not chip.isVisible()
    accounts.show_areas((GeoUnitId("state:06"), GeoUnitId("county:48201")))
    assert (chip.isVisible(), chip.text()) == (True, "In selected areas  80")
    chip.click()
    assert len(accounts.table.array_model.order()) == 80
    accounts.show_areas((GeoUnitId("county:48201"),))
    assert len(accounts.table.array_model.order()) == 40
    accounts.show_areas(())
    assert len(accounts.table.array_model.order()) == 242
    assert not chip.isVisible()


def test_a_read_only_plan_says_that_it_is(
    territories: TerritoryTablePane, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EditSession, "is_read_only", True)
    said: list[str] = []
    territories.message.connect(said.append)
    territories.table.setCurrentIndex(territories.table.array_model.index(0, 0))
    qtbot.keyClick(territories.table, Qt.Key.Key_F2)
    assert said == ["This plan is open for reading only. Save a copy to change it."]
