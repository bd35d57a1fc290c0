# SPDX-License-Identifier: MIT
"""The ways from the list of accounts and from the map to a new rule, and back to the accounts."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.models.ids import AccountId, GeoUnitId
from app.models.rule import TextOperator, TextTest
from app.services.commands import AddRule, RuleDraft
from app.services.tables.filters import Between, OneOf
from app.ui.drawer import Drawer
from app.ui.panes.account_pane import AccountPane
from app.ui.rule_links import RuleLinks
from app.ui.selection import Selection
from app.ui.session import EditSession


@pytest.fixture
def accounts(session: EditSession, qtbot: QtBot) -> Iterator[AccountPane]:
    made = AccountPane(session)
    qtbot.addWidget(made)
    yield made
    made.stop()


@pytest.fixture
def selection() -> Selection:
    return Selection()


@pytest.fixture
def drawer(accounts: AccountPane, tmp_path: Path, qtbot: QtBot) -> Drawer:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = Drawer(QWidget(), settings)
    made.resize(1000, 700)
    made.add_pane("accounts", "Accounts", "building", accounts)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def links(
    session: EditSession,
    accounts: AccountPane,
    selection: Selection,
    drawer: Drawer,
    qtbot: QtBot,
) -> Iterator[RuleLinks]:
    made = RuleLinks(session, selection, accounts, drawer)
    made.add_to(drawer)
    drawer.show()
    yield made
    made.stop()


def opened(links: RuleLinks, qtbot: QtBot) -> None:
    links.open()
    qtbot.waitUntil(lambda: links.pane.watch.is_settled)


def test_the_page_is_made_when_it_is_opened(links: RuleLinks, qtbot: QtBot) -> None:
    assert not links.lazy.is_made
    opened(links, qtbot)
    assert links.lazy.is_made


def test_a_rule_from_the_filter_of_the_account_list(
    links: RuleLinks, accounts: AccountPane, drawer: Drawer, qtbot: QtBot
) -> None:
    drawer.open("accounts")
    opened(links, qtbot)
    said: list[str] = []
    links.message.connect(said.append)
    links.new_rule_from_filter()
    assert said[0].startswith("Filter the list of accounts")
    model = accounts.table.array_model
    filters = (("city", OneOf(frozenset({"Dallas"}))), ("measure 1", Between(2000.0, None)))
    model.want(replace(model.wanted, filters=filters))
    links.new_rule_from_filter()
    dialog = links.pane.editing.dialog
    assert dialog is not None
    assert dialog.words.text().startswith("City is Dallas and ")
    assert dialog.words.text().endswith(" is at least 2,000.")
    dialog.reject()


def test_a_rule_for_the_accounts_that_are_selected(
    links: RuleLinks, accounts: AccountPane, drawer: Drawer, session: EditSession, qtbot: QtBot
) -> None:
    drawer.open("accounts")
    accounts.select_accounts((AccountId(3), AccountId(5)))
    opened(links, qtbot)
    links.new_rule_for_accounts()
    dialog = links.pane.editing.dialog
    assert dialog is not None
    draft = dialog.draft()
    assert draft is not None
    ids = session.workspace.accounts.text("external_id")
    assert draft.condition == TextTest("external_id", TextOperator.IS, (ids[2], ids[4]))
    dialog.reject()


def test_a_rule_for_what_is_selected_on_the_map(
    links: RuleLinks, selection: Selection, qtbot: QtBot
) -> None:
    opened(links, qtbot)
    selection.select_geounits((GeoUnitId("county:48201"),))
    links.new_rule()
    dialog = links.pane.editing.dialog
    assert dialog is not None
    assert dialog.words.text() == "County is Harris County, TX."
    dialog.reject()
    selection.select_geounits(())
    links.new_rule()
    assert links.pane.editing.dialog is not None
    links.pane.editing.dialog.reject()


def test_the_accounts_of_a_rule_are_listed(
    links: RuleLinks, accounts: AccountPane, session: EditSession, drawer: Drawer, qtbot: QtBot
) -> None:
    dallas = TextTest("city", TextOperator.IS, ("Dallas",))
    session.run(AddRule(RuleDraft(dallas, session.workspace.territories[0].id)))
    opened(links, qtbot)
    links.pane.view.select_rows([0])
    links.pane.list_accounts()
    assert drawer.open_key == "accounts"
    shown = accounts.table.array_model.order()
    cities = session.workspace.accounts.text("city")
    assert sorted(shown.tolist()) == np.flatnonzero(cities == "Dallas").tolist()
