# SPDX-License-Identifier: MIT
"""The data health pane: what it finds in the demo plan, and where its buttons lead."""

from datetime import date

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.models.ids import AccountId, RepId
from app.models.rep import Rep
from app.services.commands import AddRep, AssignAccounts
from app.services.data_health.report import HealthGroup, Repair, Severity
from app.services.workspace import Workspace
from app.ui.panes import frozen_work
from app.ui.panes.health_line import HealthLine, share_words
from app.ui.panes.health_pane import HealthPane
from app.ui.session import EditSession

TODAY = date(2026, 11, 14)


@pytest.fixture
def pane(session: EditSession, qtbot: QtBot) -> HealthPane:
    made = HealthPane(session, today=lambda: TODAY)
    qtbot.addWidget(made)
    made.resize(806, 340)
    made.show()
    return made


def _line(pane: HealthPane, key: str) -> HealthLine:
    return pane.lines[key]


def test_the_summary_counts_checks_and_accounts(pane: HealthPane) -> None:
    assert pane.report is not None
    assert pane.summary.text() == "8 checks of 17 found something, in 242 accounts (100\u202f%)."


def test_the_demo_plan_has_two_accounts_without_a_place(pane: HealthPane) -> None:
    check = _line(pane, "not_placed").check
    assert pane.session.workspace.accounts.ids[check.rows].tolist() == [241, 242]


def test_a_line_unfolds_to_what_it_means(pane: HealthPane, qtbot: QtBot) -> None:
    line = _line(pane, "not_placed")
    others = [b for b in line.findChildren(QPushButton) if b.text() == "Save as a sheet…"]
    assert not others[0].isVisible()
    qtbot.keyClick(line.title, Qt.Key.Key_Space)
    assert others[0].isVisible()
    with qtbot.waitSignal(pane.sheet_requested) as asked:
        others[0].click()
    assert asked.args is not None
    assert asked.args[0] == "Not placed"


def test_the_accounts_behind_a_finding_are_one_click_away(pane: HealthPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.rows_requested) as asked:
        _line(pane, "not_placed").main_repair.click()
    assert asked.args is not None
    title, ids = asked.args
    assert title == "Not placed"
    np.testing.assert_array_equal(ids, [241, 242])


@pytest.mark.parametrize(
    ("repair", "signal"),
    [
        (Repair.DUPLICATES, "duplicates_requested"),
        (Repair.OWNERS, "owners_requested"),
        (Repair.IMPORT, "import_requested"),
    ],
)
def test_every_repair_leads_somewhere(
    pane: HealthPane, qtbot: QtBot, repair: Repair, signal: str
) -> None:
    with qtbot.waitSignal(getattr(pane, signal)):
        _line(pane, "not_placed").repair_chosen.emit("not_placed", repair)


def test_the_first_account_is_opened_to_be_corrected(pane: HealthPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.account_activated) as asked:
        _line(pane, "not_placed").repair_chosen.emit("not_placed", Repair.ACCOUNT)
    assert asked.args == [241]


def test_a_check_that_is_fine_is_a_sentence_without_buttons(pane: HealthPane) -> None:
    line = _line(pane, "no_name")
    assert line.check.severity is Severity.GOOD
    assert line.title.accessibleName() == "Every account has a name."
    assert not line.main_repair.isVisible()


def test_findings_stand_above_what_is_fine(pane: HealthPane) -> None:
    body = pane.sections[HealthGroup.COMPLETENESS].layout_of_body
    shown = [item.widget() for at in range(body.count()) if (item := body.itemAt(at))]
    is_good = [line.check.is_good for line in shown if isinstance(line, HealthLine)]
    assert is_good == sorted(is_good)
    assert len(is_good) == 7


def test_another_measure_can_be_revenue(pane: HealthPane) -> None:
    assert "no_revenue" in pane.lines
    pane.revenue_box.setCurrentIndex(0)
    pane.revenue_box.activated.emit(0)
    assert pane.report is not None
    assert "no_revenue" not in {check.key for check in pane.report.checks}
    assert not pane.lines["no_revenue"].isVisible()


def test_the_pane_follows_the_edits_that_concern_it(pane: HealthPane) -> None:
    before = pane.report
    territory = pane.session.workspace.territories[0]
    pane.session.run(AssignAccounts((AccountId(1),), territory.id, territory.name))
    assert pane.report is before
    pane.session.run(AddRep(Rep(RepId(0), "Eve Example")))
    assert pane.report is not before


def test_a_large_plan_is_checked_in_the_background(
    session: EditSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frozen_work, "LARGE", 10)
    made = HealthPane(session, today=lambda: TODAY)
    qtbot.addWidget(made)
    made.show()
    assert made.report is None
    qtbot.waitUntil(lambda: made.report is not None)
    assert made.report is not None
    assert made.report.account_count == 242
    made.refresh()
    made.stop()


def test_an_empty_plan_says_what_to_do_next(
    app: QApplication, bare_workspace: Workspace, qtbot: QtBot
) -> None:
    with bare_workspace.document.store.transaction() as tx:
        tx.delete("account_measure", [(1, n) for n in range(1, 243)])
        tx.delete("account", [(n,) for n in range(1, 243)])
    session = EditSession(Workspace(bare_workspace.document, bare_workspace.geography))
    made = HealthPane(session)
    qtbot.addWidget(made)
    made.show()
    button = made.findChildren(QPushButton)[-1]
    with qtbot.waitSignal(made.import_requested):
        button.click()


def test_a_share_above_nothing_is_never_zero_percent() -> None:
    assert share_words(0.0004) == "< 1\u202f%"
    assert share_words(0.0) == "0\u202f%"
    assert share_words(None) == "–"
