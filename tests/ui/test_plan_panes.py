# SPDX-License-Identifier: MIT
"""Balance, overlaps, accounts, reps, inspector and history."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem
from pytestqt.qtbot import QtBot

from app.models.ids import AccountId, GeoUnitId, MeasureId, RepId, TerritoryId
from app.models.measure import ACCOUNT_COUNT
from app.models.reports import BalanceRow
from app.services.commands import AssignGeoUnits, SetTerritoryLock, SetTolerance
from app.ui.panes.account_filters import AccountFilter
from app.ui.panes.account_pane import AccountPane
from app.ui.panes.balance_pane import BalancePane
from app.ui.panes.history_pane import HistoryPane
from app.ui.panes.inspector import Inspector
from app.ui.panes.rep_pane import RepPane
from app.ui.selection import Focus
from app.ui.session import EditSession


def id_of(session: EditSession, name: str) -> TerritoryId:
    return next(t.id for t in session.workspace.territories if t.name == name)


# Balance


@pytest.fixture
def balance(session: EditSession, qtbot: QtBot) -> BalancePane:
    made = BalancePane(session)
    qtbot.addWidget(made)
    made.resize(1100, 400)
    made.show()
    return made


def test_the_summary_tells_how_many_are_within_and_who_is_furthest(balance: BalancePane) -> None:
    assert balance.summary.text() == (
        "2 of 4 territories within ±15\u202f%; furthest: Lone Star +100\u202f%."
    )


def test_the_tolerance_is_an_edit_and_one_spin_is_one_step(balance: BalancePane) -> None:
    before = len(balance.session.workspace.history_steps())
    balance.tolerance_box.stepUp()
    balance.tolerance_box.stepUp()
    assert balance.session.workspace.settings.tolerance_fraction == pytest.approx(0.17)
    assert len(balance.session.workspace.history_steps()) == before + 1
    balance.session.undo()
    assert balance.tolerance_box.value() == 15


def test_roughly_placed_accounts_can_be_left_out(balance: BalancePane) -> None:
    # The last two accounts of the plan are not placed: 4,000 and 5,000.
    assert balance.well_placed.text() == "Leave out 2 roughly placed"
    balance.well_placed.click()
    assert balance.summary.text().endswith("Left out: 2 accounts with Annual sales 9,000.")
    unassigned = balance.table.array_model.cell_text(3, 4)
    balance.well_placed.click()
    assert "Left out" not in balance.summary.text()
    assert balance.table.array_model.cell_text(3, 4) != unassigned


def test_another_measure_is_looked_at_without_an_edit(balance: BalancePane) -> None:
    before = balance.session.workspace.revision
    balance.show_measure(ACCOUNT_COUNT)
    # Lone Star serves 80 accounts, Pacific and Great Lakes 40 each: the ideal is 40.
    assert balance.table.array_model.cell_text(3, 0) == "80"
    assert balance.session.workspace.revision == before
    assert balance.make_main.isVisible()
    balance.make_main.click()
    assert balance.session.workspace.settings.main_measure == ACCOUNT_COUNT


def test_what_is_shown_can_be_saved_as_a_sheet(balance: BalancePane, qtbot: QtBot) -> None:
    balance.well_placed.click()
    with qtbot.waitSignal(balance.table_requested) as asked:
        balance.save.click()
    assert asked.args is not None
    (table,) = asked.args
    cells = {column.header: list(column.cells) for column in table.columns}
    assert "Lone Star" in cells["Territory"]
    assert cells["Accounts"] == [row.account_count for row in shown_rows(balance)]
    assert cells["Annual sales"] == [row.total for row in shown_rows(balance)]


def shown_rows(balance: BalancePane) -> tuple[BalanceRow, ...]:
    """The lines that are shown, without the roughly placed accounts."""
    workspace = balance.session.workspace
    return workspace.balance(workspace.main_measure.id, well_placed_only=True).rows


def test_the_ideal_can_follow_capacity(balance: BalancePane) -> None:
    balance.ideal_switch.buttons()[1].click()
    assert balance.session.workspace.settings.ideal_by_capacity


def test_a_bar_leads_to_its_territory(balance: BalancePane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(balance.territory_activated) as activated:
        balance.chart.activated.emit(2)
    assert activated.args == [2]


def test_the_formula_shows_the_plans_own_figures(balance: BalancePane) -> None:
    words = balance.formula.accessibleDescription()
    assert "(317,000 − 158,250) ÷ 158,250 = +100.3\u202f%" in words


def test_a_hidden_pane_waits_until_it_is_seen(balance: BalancePane) -> None:
    balance.hide()
    balance.session.run(SetTolerance(0.5))
    assert "±15" in balance.summary.text()
    balance.show()
    assert "±50" in balance.summary.text()


# Accounts


@pytest.fixture
def accounts(session: EditSession, qtbot: QtBot) -> AccountPane:
    made = AccountPane(session)
    qtbot.addWidget(made)
    made.resize(1000, 400)
    made.show()
    return made


@pytest.mark.parametrize(
    ("kind", "amount"),
    [
        (AccountFilter.ALL, 242),
        (AccountFilter.UNASSIGNED, 42),
        (AccountFilter.IN_DISPUTE, 40),
        (AccountFilter.NOT_PLACED, 2),
    ],
)
def test_a_chip_lists_what_it_counts(
    accounts: AccountPane, kind: AccountFilter, amount: int
) -> None:
    accounts.filters.chips[kind].click()
    assert accounts.table.array_model.rowCount() == amount
    assert accounts.filters.chips[kind].text().endswith(f"  {amount}")


def test_only_another_selection_is_told(accounts: AccountPane) -> None:
    told: list[tuple[AccountId, ...]] = []
    accounts.accounts_selected.connect(told.append)
    accounts.select_accounts((AccountId(7),))
    accounts.refresh()
    assert told == [(AccountId(7),)], "an edit elsewhere does not bring the account back"
    accounts.select_accounts((AccountId(7), AccountId(8)))
    assert told[1:] == [(AccountId(7), AccountId(8))]


def test_the_accounts_of_a_territory(accounts: AccountPane) -> None:
    accounts.show_territory(id_of(accounts.session, "Pacific"))
    assert accounts.table.array_model.rowCount() == 40
    accounts.filters.only_chip.click()
    assert accounts.table.array_model.rowCount() == 242


def test_accounts_are_assigned_by_name_and_let_go(accounts: AccountPane) -> None:
    session = accounts.session
    accounts.select_accounts((AccountId(241), AccountId(242)))
    pacific = id_of(session, "Pacific")
    accounts.assign.chosen.emit(int(pacific))
    assert session.workspace.holdings.ownership(AccountId(241)).territory_ids == (pacific,)
    assert accounts.selected_accounts() == (AccountId(241), AccountId(242))
    accounts.assign.extra_chosen.emit()
    assert session.workspace.holdings.ownership(AccountId(241)).territory_ids == ()


def test_double_click_shows_the_account(accounts: AccountPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(accounts.account_activated) as shown:
        accounts.table.row_activated.emit(4)
    assert shown.args == [5]


# Reps


@pytest.fixture
def reps(session: EditSession, qtbot: QtBot) -> RepPane:
    made = RepPane(session)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    return made


def test_a_field_counts_when_it_is_left(reps: RepPane, qtbot: QtBot) -> None:
    line = reps.form.lines["title"]
    qtbot.keyClicks(line, "Account executive")
    assert reps.session.workspace.reps[0].title == ""
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert reps.session.workspace.reps[0].title == "Account executive"
    reps.session.undo()
    assert reps.form.lines["title"].text() == ""


def test_skills_and_quota_are_written(reps: RepPane) -> None:
    reps.form.skills.set_tags(["Road bikes", "Spanish"])
    reps.form.quota.setValue(-1)
    reps.form.commit()
    rep = reps.session.workspace.reps[0]
    assert (rep.skills, rep.quota) == (("Road bikes", "Spanish"), None)


def test_a_rep_without_a_name_is_refused_and_the_form_shows_the_old_one(reps: RepPane) -> None:
    reps.form.lines["name"].setText("  ")
    reps.form.commit()
    assert reps.session.workspace.reps[0].name == "Ana Reyes"
    assert reps.form.lines["name"].text() == "Ana Reyes"


def test_assign_vacate_and_swap(reps: RepPane) -> None:
    session = reps.session
    lone_star, pacific = id_of(session, "Lone Star"), id_of(session, "Pacific")
    staffing = reps.staffing
    staffing.swap.menu().aboutToShow.emit()
    swap = next(a for a in staffing.swap.menu().actions() if a.text().startswith("Pacific"))
    swap.trigger()
    assert session.workspace.rep_of(pacific) == session.workspace.reps[0]
    staffing.links.removed.emit(int(pacific))
    assert session.workspace.rep_of(pacific) is None
    staffing.assign.chosen.emit(int(lone_star))
    assert session.workspace.rep_of(lone_star) == session.workspace.reps[0]


def test_locked_territories_are_not_offered_for_a_swap(reps: RepPane) -> None:
    session, menu = reps.session, reps.staffing.swap.menu()
    session.run(SetTerritoryLock(id_of(session, "Pacific"), is_locked=True))
    reps.staffing.fill_swap_menu()
    offered = {a.text().split(" (")[0]: a.isEnabled() for a in menu.actions()}
    assert offered == {"Pacific": False, "Northwest": True, "Great Lakes && Plains": True}
    session.run(SetTerritoryLock(id_of(session, "Lone Star"), is_locked=True))
    reps.staffing.fill_swap_menu()
    assert not any(action.isEnabled() for action in menu.actions())


def test_a_new_rep_is_selected_for_naming_and_removed_again(reps: RepPane) -> None:
    reps.add_rep()
    assert reps.form.lines["name"].text() == "New rep 1"
    reps.remove_selected()
    assert len(reps.session.workspace.reps) == 4


# Inspector


@pytest.fixture
def inspector(session: EditSession, qtbot: QtBot) -> Inspector:
    made = Inspector(session)
    qtbot.addWidget(made)
    made.resize(320, 600)
    made.show()
    return made


def test_a_territory_and_its_rep_are_one_click_apart(inspector: Inspector, qtbot: QtBot) -> None:
    inspector.show_focus(Focus(territory=id_of(inspector.session, "Pacific")))
    assert inspector.territory.title.text() == "Pacific"
    with qtbot.waitSignal(inspector.rep_requested) as requested:
        inspector.territory.rep_link.click()
    assert requested.args is not None
    inspector.show_focus(Focus(rep=RepId(requested.args[0])))
    assert inspector.rep.title.text() == "Ben Okafor"
    with qtbot.waitSignal(inspector.territory_requested):
        inspector.rep.staffing.links.chosen.emit(2)


def test_the_inspector_follows_an_edit(inspector: Inspector) -> None:
    inspector.show_focus(Focus(territory=id_of(inspector.session, "Pacific")))
    inspector.territory.lock.click()
    assert inspector.territory.lock.text() == "Unlock"


def test_why_an_account_is_where_it_is(inspector: Inspector) -> None:
    inspector.show_focus(Focus(account=AccountId(1)))
    card = inspector.account
    assert "Texas" in card.reason.text()
    assert not card.let_area_decide.isVisible()
    card.assign.chosen.emit(int(id_of(inspector.session, "Pacific")))
    assert card.let_area_decide.isVisible()
    card.let_area_decide.click()
    assert "Texas" in card.reason.text()


def test_an_area_is_given_and_taken_out(inspector: Inspector) -> None:
    session = inspector.session
    new_york = GeoUnitId("county:36061")
    inspector.show_focus(Focus(geounit=new_york))
    assert inspector.geounit.title.text() == "New York County, NY"
    inspector.geounit.assign.chosen.emit(int(id_of(session, "Pacific")))
    assert session.workspace.holdings.territories_claiming(new_york) == (id_of(session, "Pacific"),)
    inspector.geounit.release.click()
    assert session.workspace.holdings.territories_claiming(new_york) == ()


def test_an_area_whose_parts_belong_to_somebody_is_not_nobodys(inspector: Inspector) -> None:
    session = inspector.session
    session.run(AssignGeoUnits((GeoUnitId("county:36061"),), id_of(session, "Pacific"), "Pacific"))
    inspector.show_focus(Focus(geounit=GeoUnitId("state:36")))
    assert inspector.geounit.state.text() == "Divided: a part of it belongs to"
    assert inspector.geounit.owners.isVisible()
    inspector.show_focus(Focus(geounit=GeoUnitId("state:30")))
    assert inspector.geounit.state.text() == "Nobody"


def test_what_is_gone_is_no_longer_shown(inspector: Inspector) -> None:
    inspector.show_focus(Focus(territory=TerritoryId(999)))
    assert not inspector.territory.isVisible()
    inspector.show_focus(Focus(account=AccountId(999)))
    assert not inspector.account.isVisible()


# History


def test_a_click_goes_to_a_step_and_back(session: EditSession, qtbot: QtBot) -> None:
    pane = HistoryPane(session)
    qtbot.addWidget(pane)
    pane.resize(320, 500)
    pane.show()
    labels = [pane.list.item(row).text() for row in range(pane.list.count())]
    assert labels[0] == "Assign Chloë Martin to Great Lakes & Plains"
    at = labels.index("Assign 1 state to Pacific")
    chosen: QListWidgetItem = pane.list.item(at)
    pane.list.itemClicked.emit(chosen)
    assert session.workspace.history_status().undo_label == "Assign 1 state to Pacific"
    assert session.workspace.rep_of(id_of(session, "Pacific")) is None
    pane.list.itemClicked.emit(pane.list.item(0))
    assert session.workspace.history_status().redo_label is None


def test_the_main_measure_is_the_imported_one(session: EditSession) -> None:
    assert session.workspace.main_measure.id == MeasureId(1)
