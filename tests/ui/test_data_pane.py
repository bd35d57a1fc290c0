# SPDX-License-Identifier: MIT
"""The pages about data in the drawer, and the accounts that they list elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.models.changes import Changes
from app.models.ids import AccountId, StrokeId, TerritoryId
from app.services.commands import AssignAccounts, RenameTerritory
from app.services.commands.account_removal import remove_accounts
from app.services.commands.base import Edit
from app.ui.data_links import DataLinks
from app.ui.drawer import Drawer
from app.ui.panes.account_card import AccountCard
from app.ui.panes.account_filters import AccountFilter
from app.ui.panes.account_pane import AccountPane
from app.ui.panes.data_pane import PAGES, DataPane
from app.ui.panes.duplicates_pane import DuplicatesPane
from app.ui.panes.health_pane import HealthPane
from app.ui.panes.lazy_pane import LazyPane
from app.ui.session import EditSession


@dataclass(frozen=True, slots=True)
class RemoveAccounts:
    """Take accounts out, as an import may do."""

    ids: tuple[AccountId, ...]
    label: str = "Remove"
    stroke: StrokeId | None = None

    def apply(self, edit: Edit) -> Changes:
        """Remove them with all that refers to them."""
        remove_accounts(edit, self.ids)
        return Changes(all_accounts=True)


@pytest.fixture
def pane(session: EditSession, qtbot: QtBot) -> Iterator[DataPane]:
    made = DataPane(session)
    qtbot.addWidget(made)
    made.resize(820, 400)
    yield made
    made.stop()


@pytest.fixture
def accounts(session: EditSession, qtbot: QtBot) -> AccountPane:
    made = AccountPane(session)
    qtbot.addWidget(made)
    made.resize(1000, 400)
    made.show()
    return made


def listed(accounts: AccountPane) -> list[int]:
    rows = accounts.table.array_model.order()
    return sorted(accounts.session.workspace.accounts.ids[rows].tolist())


def mark_gone(session: EditSession, *ids: int) -> None:
    with session.workspace.document.store.transaction() as tx:
        tx.put("account", ("id", "gone_since"), [(i, "2026-03-04") for i in ids])
    session.workspace.accounts.forget_text()


# The pages


def test_a_page_is_made_when_it_is_first_shown(pane: DataPane) -> None:
    assert not any(page.is_made for page in pane.pages.values())
    pane.show()
    assert [key for key, page in pane.pages.items() if page.is_made] == ["health"]
    pane.show_page("duplicates")
    assert pane.pages["duplicates"].is_made
    assert not pane.pages["imports"].is_made


@pytest.mark.parametrize("key", [key for key, _title in PAGES])
def test_every_page_opens_by_its_button(pane: DataPane, qtbot: QtBot, key: str) -> None:
    pane.show()
    at = [other for other, _title in PAGES].index(key)
    qtbot.mouseClick(pane.switch.buttons()[at], Qt.MouseButton.LeftButton)
    assert pane.shown_key == key
    assert pane.pages[key].isVisible()


def test_the_arrow_keys_walk_over_the_pages(pane: DataPane, qtbot: QtBot) -> None:
    pane.show()
    pane.switch.buttons()[0].setFocus()
    qtbot.keyClick(pane.switch, Qt.Key.Key_Right)
    assert pane.shown_key == "duplicates"
    assert pane.pages["duplicates"].isVisible()


def test_health_leads_to_the_pages_beside_it(pane: DataPane) -> None:
    pane.show()
    health = pane.pages["health"].pane(HealthPane)
    health.owners_requested.emit()
    assert pane.shown_key == "owners"
    health.duplicates_requested.emit()
    assert pane.shown_key == "duplicates"


def test_what_pages_ask_for_is_passed_on(pane: DataPane, qtbot: QtBot) -> None:
    pane.show()
    health = pane.pages["health"].pane(HealthPane)
    for name in ("rows_requested", "sheet_requested"):
        with qtbot.waitSignal(getattr(pane, name)) as asked:
            getattr(health, name).emit("No owner", np.array([3]))
        assert asked.args is not None
        assert asked.args[0] == "No owner"
    duplicates = pane.pages["duplicates"].pane(DuplicatesPane)
    with qtbot.waitSignal(pane.accounts_focused) as focused:
        duplicates.accounts_focused.emit((AccountId(1), AccountId(2)))
    assert focused.args == [(1, 2)]


def test_a_lazy_pane_knows_what_it_makes(qtbot: QtBot) -> None:
    lazy = LazyPane(QWidget)
    qtbot.addWidget(lazy)
    lazy.stop()
    assert lazy.pane(QWidget) is lazy.pane(QWidget)
    with pytest.raises(TypeError):
        lazy.pane(HealthPane)
    lazy.stop()


# The accounts behind a figure


def test_rows_of_a_check_open_in_the_account_list(
    session: EditSession, accounts: AccountPane, qtbot: QtBot, tmp_path: Path
) -> None:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    drawer = Drawer(QWidget(), settings)
    qtbot.addWidget(drawer)
    links = DataLinks(session, accounts, drawer)
    drawer.add_pane("accounts", "Accounts", "building", accounts)
    links.add_to(drawer)
    drawer.resize(900, 600)
    drawer.show()
    links.show_data("health")
    assert drawer.open_key == "data"
    links.data.rows_requested.emit("Not placed", np.array([242, 241]))
    assert drawer.open_key == "accounts"
    assert listed(accounts) == [241, 242]
    links.stop()


def test_a_chip_names_the_rows_and_ends_the_filter(accounts: AccountPane, qtbot: QtBot) -> None:
    accounts.search.setText("Nowhere")
    accounts.show_rows("No postal code", np.array([5, 3, 3, 9]))
    assert accounts.search.text() == ""
    chip = accounts.filters.only_chip
    assert chip.isVisible()
    assert chip.text() == "No postal code  3  ×"
    assert chip.accessibleName() == "Only No postal code; press to list all"
    assert not any(other.isChecked() for other in accounts.filters.chips.values())
    assert listed(accounts) == [3, 5, 9]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert not chip.isVisible()
    assert len(listed(accounts)) == 242


def test_rows_that_are_gone_drop_out_and_come_back(
    accounts: AccountPane, session: EditSession
) -> None:
    accounts.show_rows("Not placed", np.array([241, 242]))
    session.run(RemoveAccounts((AccountId(241),)))
    assert listed(accounts) == [242]
    assert accounts.filters.only_chip.text() == "Not placed  1  ×"
    session.undo()
    assert listed(accounts) == [241, 242]
    session.run(RemoveAccounts((AccountId(241), AccountId(242))))
    assert not accounts.filters.only_chip.isVisible()
    assert len(listed(accounts)) == 240


def test_another_edit_leaves_the_filter_as_it_is(
    accounts: AccountPane, session: EditSession
) -> None:
    accounts.show_rows("No owner", np.array([7]))
    session.run(RenameTerritory(TerritoryId(1), "Other"))
    assert listed(accounts) == [7]


def test_rows_can_be_asked_for_before_the_list_is_shown(session: EditSession, qtbot: QtBot) -> None:
    made = AccountPane(session)
    qtbot.addWidget(made)
    made.show_rows("No owner", np.array([7, 8]))
    made.show()
    assert listed(made) == [7, 8]


def test_the_selection_outlives_an_edit_while_some_are_listed(accounts: AccountPane) -> None:
    session = accounts.session
    accounts.show_rows("Not placed", np.array([241, 242]))
    accounts.select_accounts((AccountId(242),))
    territory = session.workspace.territories[1]
    session.run(AssignAccounts((AccountId(242),), territory.id, territory.name))
    assert accounts.selected_accounts() == (242,)
    session.run(RemoveAccounts((AccountId(241),)))
    assert listed(accounts) == [242]


def test_one_filter_replaces_the_other(accounts: AccountPane, session: EditSession) -> None:
    accounts.show_rows("No owner", np.array([7]))
    accounts.show_territory(session.workspace.territories[0].id)
    assert accounts.filters.only_chip.text().startswith(session.workspace.territories[0].name)
    assert len(listed(accounts)) > 1
    accounts.show_rows("No owner", np.array([7]))
    accounts.filters.chips[AccountFilter.NOT_PLACED].click()
    assert listed(accounts) == [241, 242]
    assert not accounts.filters.only_chip.isVisible()


def test_gone_accounts_have_a_chip_only_when_there_are_any(
    accounts: AccountPane, session: EditSession
) -> None:
    chip = accounts.filters.chips[AccountFilter.GONE]
    assert not chip.isVisible()
    mark_gone(session, 4, 6)
    session.run(RemoveAccounts((AccountId(1),)))
    assert chip.isVisible()
    assert chip.text() == "Gone  2"
    chip.click()
    assert listed(accounts) == [4, 6]
    session.run(RemoveAccounts((AccountId(4), AccountId(6))))
    assert not chip.isVisible()
    assert len(listed(accounts)) == 239


# The account's card and the drawer


def test_the_card_says_what_happened_and_since_when_it_is_gone(
    session: EditSession, qtbot: QtBot
) -> None:
    store = session.workspace.document.store
    with store.transaction() as tx:
        tx.put("account_transaction", ("id", "account_id", "day"), [(1, 5, 20_000), (2, 5, 20_454)])
    mark_gone(session, 5)
    card = AccountCard(session)
    qtbot.addWidget(card)
    card.show()
    assert card.show_account(AccountId(5))
    assert card.gone.isVisible()
    assert card.gone.text() == "Gone since 3/4/26: the last complete list no longer had it."
    figures = card.figures.accessibleName().split("; ")
    assert figures == [
        *("Annual sales: 6,000", "Visit hours: 1.5 h"),
        "Transactions: 2, the last on 1/1/26",
    ]
    assert card.show_account(AccountId(6))
    assert not card.gone.isVisible()
    assert "Transactions" not in card.figures.accessibleName()
