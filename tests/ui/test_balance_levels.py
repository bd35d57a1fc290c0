# SPDX-License-Identifier: MIT
"""The balance by level: territories, districts, regions."""

import pytest
from pytestqt.qtbot import QtBot

from app.models.ids import TerritoryId
from app.models.measure import ACCOUNT_COUNT
from app.models.sales_force import FIRST_SALES_FORCE
from app.services.commands import AddRegion, SetLevelWords
from app.services.plan_export import balance_for_export
from app.ui.panes.account_pane import AccountPane
from app.ui.panes.balance_pane import BalancePane
from app.ui.panes.figures import territory_figures
from app.ui.panes.territory_card import TerritoryCard
from app.ui.session import EditSession


@pytest.fixture
def pane(session: EditSession, qtbot: QtBot) -> BalancePane:
    made = BalancePane(session)
    qtbot.addWidget(made)
    made.resize(1000, 340)
    made.show()
    return made


def id_of(session: EditSession, name: str) -> TerritoryId:
    return next(t.id for t in session.workspace.territories if t.name == name)


def unite(session: EditSession) -> TerritoryId:
    """Put Lone Star and Pacific into the region South."""
    inside = tuple(id_of(session, name) for name in ("Lone Star", "Pacific"))
    assert session.run(AddRegion("South", inside))
    return id_of(session, "South")


def names(pane: BalancePane) -> list[str]:
    model = pane.table.array_model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_levels_are_offered_once_there_are_regions(pane: BalancePane) -> None:
    assert pane.level_box.isHidden()
    unite(pane.session)
    assert pane.level_box.isVisible()
    offered = [pane.level_box.itemText(at) for at in range(pane.level_box.count())]
    assert offered == ["Territory", "Region"]
    assert "South" not in names(pane)


def test_a_region_has_the_sums_of_its_territories(pane: BalancePane) -> None:
    session = pane.session
    region = unite(session)
    whole = pane.session.workspace.balance(session.workspace.main_measure.id).total
    pane.level_box.setCurrentIndex(1)
    pane.level_box.activated.emit(1)
    assert set(names(pane)) == {
        "South",
        "Northwest",
        "Great Lakes & Plains",
        "Unassigned",
        "In dispute",
    }
    report = pane._report()  # noqa: SLF001 what is shown
    assert report.total == whole
    (line,) = (row for row in report.rows if row.territory_id == region)
    assert line.account_count == 120
    assert line.ideal == 2 * 158_250.0
    assert pane.summary.text().startswith("Region: ")
    pane.session.undo()
    assert pane.level_box.isHidden()
    assert "Lone Star" in names(pane)


def test_own_words_name_levels_rows_and_the_card(pane: BalancePane, qtbot: QtBot) -> None:
    session = pane.session
    region = unite(session)
    session.run(SetLevelWords(FIRST_SALES_FORCE, ("Zone", "Patch")))
    offered = [pane.level_box.itemText(at) for at in range(pane.level_box.count())]
    assert offered == ["Patch", "Zone"]
    card = TerritoryCard(session)
    qtbot.addWidget(card)
    card.show_territory(region)
    assert card.kind.text() == "Zone"
    card.show_territory(id_of(session, "Pacific"))
    assert card.kind.text() == "Patch"


def test_a_saved_balance_names_the_regions_of_each_territory(session: EditSession) -> None:
    unite(session)
    workspace = session.workspace
    table = balance_for_export(workspace, workspace.balance(ACCOUNT_COUNT))
    headers = [column.header for column in table.columns]
    assert headers[:3] == ["Region", "Territory", "Rep"]
    regions = dict(zip(table.columns[1].cells, table.columns[0].cells, strict=True))
    assert (regions["Pacific"], regions["Northwest"], regions["Unassigned"]) == ("South", "", "")


def test_the_card_of_a_region_sums_every_measure(session: EditSession) -> None:
    region = unite(session)
    figure = territory_figures(session.workspace, region)[0]
    assert figure.deviation is not None
    assert figure.deviation.fraction is not None
    accounts = next(f for f in territory_figures(session.workspace, region) if f.name == "Accounts")
    assert accounts.total == "120"


def test_the_card_of_a_region_offers_the_accounts_below(session: EditSession, qtbot: QtBot) -> None:
    region = unite(session)
    card = TerritoryCard(session)
    qtbot.addWidget(card)
    card.show_territory(region)
    assert card.accounts_button.text() == "List 120 accounts"
    pane = AccountPane(session)
    qtbot.addWidget(pane)
    pane.show()
    pane.show_territory(region)
    assert len(pane.table.array_model.order()) == 120
