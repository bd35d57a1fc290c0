# SPDX-License-Identifier: MIT
"""Why is this account here? From the card, from any list of accounts, and with its lock."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMenu
from pytestqt.qtbot import QtBot

from app.models.errors import AppError
from app.models.ids import AccountId
from app.models.rule import TextOperator, TextTest
from app.services.commands import AddRule, AssignAccounts, CorrectAccounts, RuleDraft
from app.ui.dialogs.families_dialog import FamiliesDialog
from app.ui.dialogs.why_dialog import WhyDialog
from app.ui.panes.account_pane import AccountPane
from app.ui.panes.inspector import Inspector
from app.ui.selection import Focus
from app.ui.session import EditSession
from app.ui.widgets.trace_list import TraceList

ONE, TWO, LOST = AccountId(1), AccountId(2), AccountId(241)


@pytest.fixture
def inspector(session: EditSession, qtbot: QtBot) -> Inspector:
    made = Inspector(session)
    qtbot.addWidget(made)
    made.resize(300, 700)
    made.show()
    made.show_focus(Focus(account=ONE))
    return made


@pytest.fixture
def accounts(session: EditSession, qtbot: QtBot) -> AccountPane:
    made = AccountPane(session)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    return made


def opened(parent: QDialog | Inspector | AccountPane) -> WhyDialog:
    """The dialog that is open over a widget."""
    found = parent.findChild(WhyDialog)
    assert isinstance(found, WhyDialog)
    return found


def titles(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def trigger(menu: QMenu, title: str) -> None:
    next(action for action in menu.actions() if action.text() == title).trigger()


def test_the_card_leads_to_every_step(inspector: Inspector) -> None:
    inspector.account.every_step.click()
    dialog = opened(inspector)
    assert isinstance(dialog.steps, TraceList)
    texts = "\n".join(dialog.steps.texts)
    assert "Nobody has it by name." in texts
    assert "5  Area – decides" in texts
    assert "To move it: assign" in texts
    assert dialog.state.text().startswith("Served by ")
    dialog.accept()


def test_the_dialog_follows_the_plan(inspector: Inspector) -> None:
    session = inspector.session
    inspector.account.every_step.click()
    dialog = opened(inspector)
    other = session.workspace.territories[-1]
    name = str(session.workspace.accounts.text("name")[0])
    test = TextTest("name", TextOperator.IS, (name,))
    session.run(AddRule(RuleDraft(test, other.id, "Special")))
    assert dialog.state.text() == f"Served by {other.name}."
    rule = next(text for text in dialog.steps.texts if text.startswith("Rule 1"))
    assert rule.startswith(f"Rule 1 gives it to {other.name}: ")
    dialog.accept()


def test_an_account_is_locked_and_unlocked_in_the_dialog_and_on_the_card(
    inspector: Inspector, refusals: list[AppError]
) -> None:
    session = inspector.session
    territories = session.workspace.territories
    inspector.account.every_step.click()
    dialog = opened(inspector)
    dialog.lock.click()
    assert ONE in session.workspace.state.account_locks
    assert dialog.state.text().endswith(", locked.")
    assert dialog.lock.text() == "Unlock account"
    assert inspector.account.lock.text() == "Unlock account"
    assert not inspector.account.let_area_decide.isVisibleTo(inspector)
    other = next(
        t for t in territories if t.id not in session.workspace.state.account_locks.values()
    )
    session.run(AssignAccounts((ONE,), other.id, other.name))
    assert "is locked for" in refusals[0].message
    inspector.account.lock.click()
    assert not session.workspace.state.account_locks
    assert dialog.lock.text() == "Lock account"
    dialog.accept()


def test_an_account_that_nobody_serves_cannot_be_locked(inspector: Inspector) -> None:
    inspector.show_focus(Focus(account=LOST))
    assert not inspector.account.lock.isEnabled()
    inspector.account.every_step.click()
    dialog = opened(inspector)
    assert dialog.state.text() == "Nobody serves it."
    assert not dialog.lock.isEnabled()
    assert not dialog.show_on_map.isEnabled()
    dialog.accept()


def test_show_on_map_leads_from_the_dialog_to_the_account(
    inspector: Inspector, qtbot: QtBot
) -> None:
    inspector.account.every_step.click()
    with qtbot.waitSignal(inspector.go_to) as told:
        opened(inspector).show_on_map.click()
    assert told.args == [int(ONE), True]


def test_a_list_of_accounts_asks_why_and_locks_several(accounts: AccountPane) -> None:
    assert accounts.menu.menu() is None
    accounts.select_accounts((ONE,))
    menu = accounts.menu.menu()
    assert menu is not None
    assert titles(menu) == ["Why is this account here?", "Lock account"]
    trigger(menu, "Why is this account here?")
    opened(accounts).accept()
    accounts.select_accounts((ONE, TWO))
    menu = accounts.menu.menu()
    assert menu is not None
    assert titles(menu) == ["Lock 2 accounts", "Keep these two apart"]
    trigger(menu, "Lock 2 accounts")
    assert set(accounts.session.workspace.state.account_locks) == {ONE, TWO}
    accounts.select_accounts((ONE, TWO))
    menu = accounts.menu.menu()
    assert menu is not None
    assert titles(menu) == ["Unlock 2 accounts", "Keep these two apart"]
    trigger(menu, "Unlock 2 accounts")
    assert not accounts.session.workspace.state.account_locks


def test_families_that_names_suggest_are_made_at_once(session: EditSession, qtbot: QtBot) -> None:
    session.run(CorrectAccounts((ONE,), "name", "Northwind Foods Inc"))
    session.run(CorrectAccounts((TWO,), "name", "Northwind Foods #2 South"))
    session.run(CorrectAccounts((AccountId(3),), "family", _external_id(session, AccountId(4))))
    dialog = FamiliesDialog(session, None)
    qtbot.addWidget(dialog)
    dialog.accepted_families.connect(session.run)
    lines = [dialog.list.item(place).text() for place in range(dialog.list.count())]
    assert any("Northwind Foods" in line and "names alike" in line for line in lines)
    assert any("named as parents" in line for line in lines)
    assert dialog.make.text() == "Make 1 family"
    dialog.none.click()
    assert not dialog.make.isEnabled()
    place = next(at for at, line in enumerate(lines) if "Northwind Foods" in line)
    dialog.list.item(place).setCheckState(Qt.CheckState.Checked)
    dialog.make.click()
    families = session.workspace.accounts.text("family")
    assert families[0] == families[1] == "Northwind Foods Inc"
    assert session.workspace.history_status().undo_label == "Make the family Northwind Foods Inc"


def test_the_families_found_say_what_is_to_be_looked_at(session: EditSession, qtbot: QtBot) -> None:
    def said() -> str:
        dialog = FamiliesDialog(session, None)
        qtbot.addWidget(dialog)
        return dialog.state.text()

    by_name = said()
    assert "found by names that are alike. Look at each" in by_name
    session.run(CorrectAccounts((AccountId(3),), "family", _external_id(session, AccountId(4))))
    assert "Those by parent are ticked; look at the others first." in said()


def _external_id(session: EditSession, account: AccountId) -> str:
    accounts = session.workspace.accounts
    return str(accounts.text("external_id")[accounts.row_of(account)])
