# SPDX-License-Identifier: MIT
"""The import window from a file to the plan and back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.models.errors import AppError
from app.services.importing.fields import TableKind
from app.ui.dialogs.import_wizard import wizard as wizard_module
from app.ui.dialogs.import_wizard.wizard import ImportWizard
from app.ui.session import EditSession
from app.ui.widgets.elided_label import ElidedLabel

CSV = """Customer ID,Company,City,State,Zip,Annual Revenue
C0001,Houston Cycles No. 1,Houston,TX,77002,5000
N1,New & Old Bikes,Boston,MA,02108,1200.5
N2,<b>Bold</b> Bikes,Boston,MA,02110,900
,,Boston,MA,02110,1
"""


@pytest.fixture
def wizard(session: EditSession, tmp_path: Path, qtbot: QtBot) -> ImportWizard:
    made = ImportWizard(session, tmp_path)
    qtbot.addWidget(made)
    made.show()
    return made


def wait(qtbot: QtBot, wizard: ImportWizard) -> None:
    qtbot.waitUntil(lambda: not wizard.tasks.is_busy, timeout=10_000)


@pytest.fixture
def opened(wizard: ImportWizard, tmp_path: Path, qtbot: QtBot) -> ImportWizard:
    path = tmp_path / "customers.csv"
    path.write_text(CSV, encoding="utf-8")
    wizard.open_file(path)
    wait(qtbot, wizard)
    return wizard


def test_a_file_that_reads_leads_straight_to_its_columns(opened: ImportWizard) -> None:
    assert opened.pages.currentWidget() is opened.columns_page
    mapping = opened.columns_page.mapping()
    assert mapping is not None
    assert mapping.kind is TableKind.ACCOUNTS
    assert mapping.header_for("external_id") == "Customer ID"
    assert mapping.header_for("postal_code") == "Zip"
    assert mapping.header_for("measure") == "Annual Revenue"


def test_names_of_columns_stand_beside_their_choices(opened: ImportWizard) -> None:
    for row in opened.columns_page.rows.values():
        names = [label for label in row.findChildren(ElidedLabel) if label.isVisible()]
        assert names
        assert all(label.geometry().right() < row.target.x() for label in names)


def test_nothing_is_written_before_the_last_step_and_undo_takes_it_back(
    opened: ImportWizard, session: EditSession, qtbot: QtBot
) -> None:
    before, revision = len(session.workspace.accounts), session.workspace.revision
    opened.next.click()
    wait(qtbot, opened)
    assert opened.pages.currentWidget() is opened.check_page
    assert opened.next.text() == "Import 3 accounts"
    assert session.workspace.revision == revision
    opened.next.click()
    wait(qtbot, opened)
    assert opened.pages.currentWidget() is opened.result_page
    assert len(session.workspace.accounts) == before + 2
    zips = session.workspace.accounts.text("postal_code")
    assert "02108" in set(zips)
    opened.result_page.undo.click()
    wait(qtbot, opened)
    assert len(session.workspace.accounts) == before


def test_a_choice_survives_going_back(opened: ImportWizard, qtbot: QtBot) -> None:
    row = opened.columns_page.rows["City"]
    row.target.setCurrentIndex(row.target.findData("segment"))
    row.target.activated.emit(row.target.currentIndex())
    opened.next.click()
    wait(qtbot, opened)
    opened.back.click()
    mapping = opened.columns_page.mapping()
    assert mapping is not None
    assert mapping.column("City").target == "segment"


def test_without_an_id_or_a_name_it_cannot_go_on(opened: ImportWizard) -> None:
    for header in ("Customer ID", "Company"):
        row = opened.columns_page.rows[header]
        row.target.setCurrentIndex(row.target.findData("ignore"))
        row.target.activated.emit(row.target.currentIndex())
    assert not opened.next.isEnabled()


def test_another_row_of_column_names_is_read_at_once(opened: ImportWizard, qtbot: QtBot) -> None:
    opened.back.click()
    assert opened.pages.currentWidget() is opened.file_page
    opened.file_page.header_row.setValue(0)
    wait(qtbot, opened)
    assert opened.file_page.preview.array_model.columns()[0].title == "Column 1"


def test_a_file_that_is_no_table_is_explained(
    wizard: ImportWizard, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[AppError] = []
    monkeypatch.setattr(wizard_module, "show_problem", lambda error, _parent: told.append(error))
    path = tmp_path / "empty.csv"
    path.touch()
    wizard.open_file(path)
    wait(qtbot, wizard)
    assert len(told) == 1
    assert wizard.pages.currentWidget() is wizard.file_page
    assert not wizard.next.isEnabled()


def test_enter_on_the_first_page_chooses_a_file(
    wizard: ImportWizard, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(CSV, encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    qtbot.keyClick(wizard, Qt.Key.Key_Return)
    wait(qtbot, wizard)
    assert wizard.pages.currentWidget() is wizard.columns_page
    assert wizard.next.isDefault()
