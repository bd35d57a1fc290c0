# SPDX-License-Identifier: MIT
"""What the page before the last lets one mend and decide, and that it takes effect at once."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.models.errors import AppError
from app.models.ids import AccountId
from app.services.commands import CorrectAccounts
from app.services.importing.draft import GoneChoice, Problem, ProblemKind
from app.services.importing.readers import read_table
from app.services.importing.repairs import ROW_HEADER, Repair, RepairValue
from app.ui.dialogs.import_wizard import wizard as wizard_module
from app.ui.dialogs.import_wizard.repair_dialog import RepairDialog
from app.ui.dialogs.import_wizard.repair_table import MEANT, SUGGESTION
from app.ui.session import EditSession
from app.ui.widgets.segmented import Segmented
from tests.ui.import_steps import CUSTOMERS, ORDERS, Steps

MORE = "".join(f"K{n},Company {n},Boston,MA,02110,Gold,{n}00\n" for n in range(4, 30))
WITH_FAULTS = (
    CUSTOMERS.replace("Boston,MA,02108", "Boston,Massachusets,").replace("3000", "three") + MORE
)


@pytest.fixture
def steps(session: EditSession, tmp_path: Path, qtbot: QtBot) -> Steps:
    return Steps(session, tmp_path, qtbot)


def in_dialog(do: Callable[[RepairDialog], object]) -> None:
    """Do something in the repair dialog once it is open."""

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, RepairDialog):
            do(dialog)
        else:
            QTimer.singleShot(10, act)

    QTimer.singleShot(0, act)


def account_named(session: EditSession, name: str) -> int:
    """The row of an account."""
    return session.workspace.accounts.text("name").tolist().index(name)


def press(choice: Segmented, words: str) -> None:
    """Press one of several buttons."""
    next(b for b in choice.buttons() if b.text() == words).click()


def test_a_suggestion_counts_only_once_it_is_taken(steps: Steps, session: EditSession) -> None:
    steps.open(steps.file("customers.csv", WITH_FAULTS))
    steps.check()
    seen: list[dict[str, str]] = []

    def look_and_take(dialog: RepairDialog) -> None:
        seen.append(dialog.replacements())
        dialog.take_all.click()
        seen.append(dialog.replacements())
        dialog.apply.click()

    in_dialog(look_and_take)
    steps.card("state").repair.click()
    steps.wait()
    assert seen == [{"Massachusets": "Massachusets"}, {"Massachusets": "Massachusetts"}]
    assert steps.wizard.hands.tables[0].repairs.by_value == {
        "State": {"Massachusets": "Massachusetts"}
    }
    steps.next()
    row = account_named(session, "Kite Works")
    assert session.workspace.accounts.text("region")[row] == "Massachusetts"


def type_in(dialog: RepairDialog, words: str) -> None:
    """Type into the first line with the keyboard alone."""
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    (field,) = dialog.table.findChildren(QComboBox)
    QTest.keyClicks(field, words)


def test_a_number_is_typed_once_and_can_be_taken_back(steps: Steps) -> None:
    steps.open(steps.file("customers.csv", WITH_FAULTS))
    steps.check()

    def type_and_apply(dialog: RepairDialog) -> None:
        type_in(dialog, "3000")
        dialog.apply.click()

    in_dialog(type_and_apply)
    steps.card("Annual Revenue").repair.click()
    steps.wait()
    assert steps.wizard.hands.tables[0].repairs.by_value == {"Annual Revenue": {"three": "3000"}}
    undo = [b for b in steps.section().findChildren(QPushButton) if "repairs back" in b.text()]
    assert len(undo) == 1
    undo[0].click()
    steps.wait()
    assert not steps.wizard.hands.tables[0].repairs
    assert steps.card("Annual Revenue").repair.isVisibleTo(steps.wizard)


@pytest.mark.parametrize("way", ["mouse", "keyboard"])
def test_one_suggestion_is_taken(app: QApplication, qtbot: QtBot, way: str) -> None:
    values = (RepairValue("Bostn", 2, "Boston", 0.9), RepairValue("Camb", 1, "Cambridge", 0.8))
    repair = Repair("City", "City", values, ("Boston", "Cambridge"))
    dialog = RepairDialog(Problem(ProblemKind.PLACEMENT, "2 cities"), repair, {"Camb": "Cam"})
    qtbot.addWidget(dialog)
    dialog.show()
    index = dialog.model.index(0, SUGGESTION)
    if way == "mouse":
        at = dialog.table.visualRect(index).center()
        qtbot.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    else:
        dialog.table.setCurrentIndex(index)
        qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.replacements() == {"Bostn": "Boston", "Camb": "Cam"}
    assert dialog.isVisible()


def test_hundreds_of_values_with_thousands_of_choices_are_shown_at_once(
    app: QApplication, qtbot: QtBot
) -> None:
    values = tuple(RepairValue(f"value {n}", n, f"Option {n}", 0.8) for n in range(1, 501))
    repair = Repair("Owner", "Owner", values, tuple(f"Option {n}" for n in range(5000)))
    started = time.perf_counter()
    dialog = RepairDialog(Problem(ProblemKind.UNKNOWN_OWNER, "Owners"), repair, {})
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.table.edit(dialog.model.index(0, MEANT))
    assert time.perf_counter() - started < 1
    dialog.take_all.click()
    assert dialog.replacements()["value 500"] == "Option 500"


def test_a_dialog_in_which_nothing_is_chosen_repairs_nothing(steps: Steps) -> None:
    steps.open(steps.file("customers.csv", WITH_FAULTS))
    steps.check()
    in_dialog(lambda dialog: dialog.apply.click())
    steps.card("state").repair.click()
    steps.wait()
    assert not steps.wizard.hands.tables[0].repairs


def test_a_dialog_that_is_cancelled_changes_nothing(steps: Steps) -> None:
    steps.open(steps.file("customers.csv", WITH_FAULTS))
    steps.check()
    in_dialog(lambda dialog: (dialog.take_all.click(), dialog.reject()))
    steps.card("state").repair.click()
    assert not steps.wizard.tasks.is_busy
    assert not steps.wizard.hands.tables[0].repairs


@pytest.mark.parametrize("way", ["dialog", "drop"])
def test_rows_go_out_in_a_sheet_and_come_back_mended(
    steps: Steps, session: EditSession, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    steps.open(steps.file("customers.csv", WITH_FAULTS))
    steps.check()
    sheet = steps.folder / "to repair.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(sheet), ""))
    steps.wizard.check_page.sheet_requested.emit(steps.wizard.hands.tables[0].number, None)
    steps.wait()
    assert steps.wizard.check_page.saved.isVisibleTo(steps.wizard)
    saved = read_table(sheet)
    assert saved.headers[0] == ROW_HEADER
    lines = [",".join(saved.headers)]
    for row in range(len(saved)):
        cells = [str(saved.columns[header][row]) for header in saved.headers]
        lines.append(",".join(f'"{cell}"' for cell in cells).replace("three", "3000"))
    sheet = steps.file("mended.csv", "\n".join(lines))
    if way == "drop":
        steps.drop(sheet)
    else:
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(sheet), ""))
        steps.wizard.check_page.sheet_back_requested.emit()
        steps.wait()
    assert steps.wizard.pages.currentWidget() is steps.wizard.check_page
    assert steps.names == ["customers.csv"]
    assert steps.wizard.hands.tables[0].repairs.by_row == {4: {"Annual Revenue": "3000"}}
    steps.next()
    measure = next(m for m in session.workspace.measures if m.name == "Annual revenue")
    row = account_named(session, "Maple Tools")
    assert session.workspace.accounts.measure(measure.id)[row] == 3000


def test_the_rows_of_one_problem_go_out_alone(
    steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps.open(steps.file("customers.csv", WITH_FAULTS))
    steps.check()
    sheet = steps.folder / "numbers.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(sheet), ""))
    steps.card("Annual Revenue").sheet.click()
    steps.wait()
    lines = sheet.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "Maple Tools" in lines[1]


def test_a_sheet_that_mends_nothing_is_refused(
    steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[AppError] = []
    monkeypatch.setattr(wizard_module, "show_problem", lambda error, _parent: told.append(error))
    other = steps.file("orders.csv", ORDERS)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other), ""))
    steps.open(steps.file("customers.csv", WITH_FAULTS))
    steps.check()
    steps.wizard.check_page.sheet_back_requested.emit()
    steps.wait()
    assert [error.message for error in told] == ["orders.csv mends none of these tables."]
    assert steps.names == ["customers.csv"]


@pytest.fixture
def imported(steps: Steps, session: EditSession, qtbot: QtBot) -> Steps:
    """The list was imported; a window for the next month's list is open."""
    steps.open(steps.file("customers.csv", CUSTOMERS))
    steps.check()
    steps.next()
    steps.wizard.accept()
    return Steps(session, steps.folder, qtbot)


def test_each_changed_field_unfolds_to_what_it_was_and_will_be(imported: Steps) -> None:
    text = CUSTOMERS.replace("Gold,1000", "Silver,1000").replace("Gold,2000", "Silver,2500")
    imported.open(imported.file("customers.csv", text))
    imported.check()
    changes = imported.section().changes
    assert changes is not None
    assert [line.text() for line in changes.lines.values()] == [
        "Segment: 2 rows",
        "Annual revenue: 1 row",
    ]
    changes.lines["Segment"].click()
    imported.wait()
    table = changes.tables["Segment"]
    assert table.isVisibleTo(changes)
    assert table.copy_selection().splitlines()[1:] == [
        "Kite Works\tGold\tSilver",
        "Lantern Books\tGold\tSilver",
    ]
    changes.lines["Segment"].click()
    assert not table.isVisibleTo(changes)


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (GoneChoice.KEEP, "Keep"),
        (GoneChoice.FLAG, "Mark as gone"),
        (GoneChoice.REMOVE, "Remove"),
    ],
)
def test_accounts_that_are_gone_are_kept_marked_or_removed(
    imported: Steps, session: EditSession, choice: GoneChoice, words: str
) -> None:
    before = len(session.workspace.accounts)
    shorter = "\n".join(CUSTOMERS.splitlines()[:-1]) + "\n"
    imported.open(imported.file("customers.csv", shorter.replace("Gold,1000", "Gold,1001")))
    imported.check()
    (segmented,) = imported.section().findChildren(Segmented)
    press(segmented, words)
    imported.wait()
    imported.next()
    accounts = session.workspace.accounts
    assert len(accounts) == before - (choice is GoneChoice.REMOVE)
    if choice is not GoneChoice.REMOVE:
        store = session.workspace.document.store
        ((since,),) = store.rows("SELECT gone_since FROM account WHERE name = 'Maple Tools'")
        assert bool(since) is (choice is GoneChoice.FLAG)


@pytest.mark.parametrize(
    ("words", "kept"), [("Keep my corrections", "Platinum"), ("Take the file", "Silver")]
)
def test_a_correction_stays_unless_the_user_takes_the_file(
    imported: Steps, session: EditSession, words: str, kept: str
) -> None:
    row = account_named(session, "Kite Works")
    account = AccountId(int(session.workspace.accounts.ids[row]))
    assert session.run(CorrectAccounts((account,), "segment", "Platinum"))
    imported.open(
        imported.file(
            "customers.csv", CUSTOMERS.replace("Gold,1000", "Silver,1000").replace("2000", "2001")
        )
    )
    imported.check()
    (segmented,) = imported.section().findChildren(Segmented)
    press(segmented, words)
    imported.wait()
    imported.next()
    row = account_named(session, "Kite Works")
    assert session.workspace.accounts.text("segment")[row] == kept
