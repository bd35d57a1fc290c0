# SPDX-License-Identifier: MIT
"""The imports page: every import with its sum, what was found, and every row."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.models.errors import AppError
from app.services.exporting.table import ExportTable
from app.services.importing.commands import import_command
from app.services.importing.outcomes import Outcome
from app.services.importing.table import ImportedTable
from app.ui.panes import import_rows
from app.ui.panes.imports_pane import ImportsPane
from app.ui.session import EditSession
from app.ui.widgets.empty_state import EmptyState
from tests.services.importing.plans import drafts_of, hands_of
from tests.services.importing.tables import made

ACCOUNTS = made(
    "Account ID, Account Name, City, State, ZIP, Owner, Annual Revenue",
    ("X1", "Made-up One", "Cambridge", "MA", "02139", "Ann Lee", "100"),
    ("X2", "Made-up Two", "Cambridge", "MA", "02139", "Ann Lee", "many"),
    ("", "Made-up Three", "Cambridge", "MA", "02139", "Bob Gray", "300"),
)
REPS = made("User ID, Full Name, Email", ("R91", "Zoe Lee", "zoe@example.com"))


def bring_in(session: EditSession, table: ImportedTable) -> None:
    """Import a table as the wizard does."""
    store = session.workspace.document.store
    assert session.run(import_command(*drafts_of(store, hands_of(store, table))))


@pytest.fixture
def pane(session: EditSession, qtbot: QtBot) -> Iterator[ImportsPane]:
    bring_in(session, REPS)
    bring_in(session, ACCOUNTS)
    shown = ImportsPane(session)
    qtbot.addWidget(shown)
    shown.resize(806, 320)
    shown.show()
    yield shown
    shown.stop()


def said(pane: ImportsPane) -> str:
    """All that the card says."""
    return "\n".join(label.text() for label in pane.card.findChildren(QLabel))


def cells(pane: ImportsPane, column: int) -> list[str]:
    model = pane.card.rows.table.array_model
    return [model.cell_text(column, row) for row in model.order().tolist()]


def test_the_newest_import_is_shown_with_its_sum(pane: ImportsPane) -> None:
    assert [entry.file_name for entry in pane.entries] == ["made.csv", "made.csv"]
    assert pane.summary.text() == "2 imports, 4 rows"
    assert pane.card.sum.text() == "3 rows = 2 added + 0 updated + 0 unchanged + 1 left out"
    assert "1 row has no id." in said(pane)


def test_every_row_is_listed_on_demand(pane: ImportsPane, qtbot: QtBot) -> None:
    assert pane.card.rows.rows is None
    qtbot.mouseClick(pane.card.views.buttons()[1], Qt.MouseButton.LeftButton)
    assert cells(pane, 0) == ["2", "3", "4"]
    assert cells(pane, 1) == ["Added", "Added", "Left out"]
    assert cells(pane, 2) == ["Made-up One", "Made-up Two", ""]


def test_rows_are_narrowed_by_outcome_and_by_words(pane: ImportsPane, qtbot: QtBot) -> None:
    pane.card.show_view("rows")
    rows = pane.card.rows
    qtbot.mouseClick(rows.chips[int(Outcome.SKIPPED)], Qt.MouseButton.LeftButton)
    assert cells(pane, 0) == ["4"]
    qtbot.mouseClick(rows.chips[-1], Qt.MouseButton.LeftButton)
    qtbot.keyClicks(rows.search, "two")
    qtbot.waitUntil(lambda: cells(pane, 0) == ["3"])
    qtbot.keyClicks(rows.search, "zzz")
    qtbot.waitUntil(lambda: not rows.save.isEnabled())


def test_rows_are_copied_and_saved_as_they_are_shown(pane: ImportsPane, qtbot: QtBot) -> None:
    pane.card.show_view("rows")
    rows = pane.card.rows
    rows.show_outcome(int(Outcome.ADDED))
    rows.table.copy_selection()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[:2] == ["Row\tOutcome\tAccount\tWhy", "2\tAdded\tMade-up One\t"]
    with qtbot.waitSignal(pane.table_requested) as asked:
        qtbot.mouseClick(rows.save, Qt.MouseButton.LeftButton)
    assert asked.args is not None
    (table,) = asked.args
    assert isinstance(table, ExportTable)
    assert (table.title, len(table)) == ("made rows", 2)


def test_a_row_leads_to_its_account(pane: ImportsPane, qtbot: QtBot) -> None:
    pane.card.show_view("rows")
    rows = pane.card.rows
    rows.table.setFocus()
    rows.table.setCurrentIndex(rows.table.array_model.index(1, 0))
    with qtbot.waitSignal(pane.account_activated) as asked:
        qtbot.keyClick(rows.table, Qt.Key.Key_Return)
    assert rows.rows is not None
    assert asked.args == [int(rows.rows.outcomes.targets[1])]
    with qtbot.assertNotEmitted(pane.account_activated):
        rows.table.row_activated.emit(2)


def test_another_import_is_shown_when_it_is_selected(pane: ImportsPane) -> None:
    pane.card.show_view("rows")
    pane.table.select_source_rows(np.array([1]))
    assert pane.card.about.accessibleName().startswith("Reps")
    assert cells(pane, 2) == ["Zoe Lee"]
    assert pane.card.rows.table.array_model.columns()[2].title == "Rep"


def test_undo_takes_the_import_out_and_redo_brings_it_back(pane: ImportsPane) -> None:
    pane.session.undo()
    assert len(pane.entries) == 1
    assert pane.card.about.accessibleName().startswith("Reps")
    pane.session.redo()
    assert len(pane.entries) == 2


def test_a_large_import_is_read_in_the_background(
    pane: ImportsPane, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_rows, "LARGE", 0)
    pane.card.show_view("rows")
    assert pane.card.rows.rows is None
    qtbot.waitUntil(lambda: pane.card.rows.rows is not None)
    assert cells(pane, 0) == ["2", "3", "4"]


def test_rows_of_an_older_import_were_not_kept(pane: ImportsPane) -> None:
    store = pane.session.workspace.document.store
    with store.transaction() as tx:
        tx.put("import_ledger", ("id", "outcomes", "row_count"), [(2, "", 9)])
    pane.refresh()
    assert pane.card.sum.text().endswith("The sum is 3: the plan file was changed elsewhere.")
    pane.card.show_view("rows")
    note = pane.card.rows.findChild(EmptyState)
    assert isinstance(note, EmptyState)
    assert note.isVisible()
    assert note.accessibleName() == "The rows were not kept"


def test_without_imports_it_says_how_to_begin(
    session: EditSession, qtbot: QtBot, refusals: list[AppError]
) -> None:
    shown = ImportsPane(session)
    qtbot.addWidget(shown)
    shown.show()
    page = shown._stack.currentWidget()  # noqa: SLF001  which page is seen has no other sign
    assert isinstance(page, EmptyState)
    with qtbot.waitSignal(shown.import_requested):
        page.chosen.emit("import")
    assert not refusals
