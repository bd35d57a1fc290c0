# SPDX-License-Identifier: MIT
"""The page about workload as a user meets it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.days import day_number
from app.models.reports import BalanceLine
from app.models.territory import TravelMode
from app.models.work import IndexWeight
from app.models.workload import TravelSource
from app.services.commands import (
    SetIndexWeights,
    SetRep,
    SetVisitClass,
)
from app.services.geography.geography import Geography
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from app.ui.panes.inspector import Inspector
from app.ui.panes.work.classes_page import ClassesPage
from app.ui.panes.work.index_page import IndexPage
from app.ui.panes.work.territory_work_dialog import TerritoryWorkDialog
from app.ui.panes.work.travel_page import TravelPage
from app.ui.panes.work.work_pane import PAGES, WorkPane
from app.ui.panes.work.work_terms import travel_terms
from app.ui.panes.work.work_words import summary_words
from app.ui.panes.work.workload_page import WorkloadPage
from app.ui.selection import Focus
from app.ui.session import EditSession
from tests.ui.work_pages import SALES, cells, id_of, shown_dialog

# Territories


@pytest.fixture
def workload(work_pane: WorkPane) -> WorkloadPage:
    return work_pane.pages["territories"].pane(WorkloadPage)


def test_every_territory_has_its_work_and_what_nobody_serves_its_own_line(
    workload: WorkloadPage,
) -> None:
    workspace = workload.session.workspace
    lines = workspace.work.report().lines
    assert cells(workload.table, "Territory")[:4] == [t.name for t in workspace.territories]
    assert cells(workload.table, "Territory")[4:] == ["Unassigned", "In dispute"]
    assert cells(workload.table, "Visits")[0] == f"{round(lines[0].visits)}"
    assert cells(workload.table, "Workload")[0].startswith("≈")
    assert cells(workload.table, "Travel")[4] == ""
    assert "full-time reps" in workload.summary.text()


def test_a_click_explains_a_territory_with_its_inputs(workload: WorkloadPage) -> None:
    workload.select_territory(id_of(workload.session, "Pacific"))
    assert workload.title.text() == "Pacific"
    line = workload.session.workspace.work.report().line_of(id_of(workload.session, "Pacific"))
    assert line is not None
    assert line.travel is not None
    spoken = workload.travel.accessibleName()
    assert f"= {line.travel.days}, " in spoken
    assert "There and back: 2 × " in spoken
    assert "0.7124 × √(" in spoken
    assert "Reps needed: ≈" in workload.terms.accessibleName()


def test_a_day_that_nobody_can_drive_is_flagged(workload: WorkloadPage) -> None:
    session = workload.session
    pacific = id_of(session, "Pacific")
    line = session.workspace.work.report().line_of(pacific)
    assert line is not None
    assert line.travel is not None
    short = replace(line, travel=replace(line.travel, day_long_hours=11.0, day_local_hours=0.5))
    far = replace(line, travel=replace(line.travel, day_long_hours=32.7, day_local_hours=1.2))
    told = {each.caption: each for each in travel_terms(session.workspace, far)}
    assert told["Too far for a day"].words.startswith("33.9 h on the road each day: set the hours")
    assert told["Too far for a day"].kind == "warning"
    captions = [each.caption for each in travel_terms(session.workspace, short)]
    assert "Too far for a day" not in captions


def test_the_sentence_says_whose_visits_come_on_top(workload: WorkloadPage) -> None:
    report = workload.session.workspace.work.report()
    both = summary_words(report, ())
    assert "with the visits that nobody makes or that are in dispute." in both
    for line, words in (
        (BalanceLine.IN_DISPUTE, "with the visits in dispute."),
        (BalanceLine.UNASSIGNED, "with the visits that nobody makes."),
    ):
        lines = [each for each in report.lines if each.territory_id or each.line is line]
        alone = replace(report, lines=tuple(lines), full_time_hours=800.0)
        assert words in summary_words(alone, ())


def test_speeds_are_precise_enough_to_work_out_the_hours_again(workload: WorkloadPage) -> None:
    workspace = workload.session.workspace
    line = workspace.work.report().line_of(id_of(workload.session, "Pacific"))
    assert line is not None
    words = {each.caption: each.words for each in travel_terms(workspace, line)}
    two, d, kappa, v, told = (
        float(each) for each in re.findall(r"\d+[.]?\d*", words["There and back"])
    )
    assert told == pytest.approx(two * d * kappa / v, abs=0.005, rel=0.005)


def test_a_missing_home_is_told_and_a_known_one_is_used(workload: WorkloadPage) -> None:
    session = workload.session
    vacant = id_of(session, "Northwest")
    workload.select_territory(id_of(session, "Lone Star"))
    before = workload.travel.accessibleName()
    assert ("middle of its visits" in before) or ("Where the days of" in before)
    workload.select_territory(vacant)
    assert "one full-time rep, as it is vacant" in workload.terms.accessibleName()


def test_an_edit_is_followed_and_the_chosen_territory_stays(workload: WorkloadPage) -> None:
    session = workload.session
    chosen = id_of(session, "Pacific")
    workload.select_territory(chosen)
    visits = cells(workload.table, "Visits")[1]
    ids = session.workspace.accounts.ids[session.workspace.account_territory == 1]
    session.run(SetVisitClass(tuple(ids.tolist()), "A"))
    assert cells(workload.table, "Visits")[1] != visits
    assert workload.title.text() == "Pacific"
    session.undo()
    assert cells(workload.table, "Visits")[1] == visits


def test_visits_made_are_held_against_those_planned(session: EditSession, qtbot: QtBot) -> None:
    workspace = session.workspace
    row = int(np.flatnonzero(workspace.account_territory == 0)[0])
    account = int(workspace.accounts.ids[row])
    day = day_number(workspace.today())
    with workspace.document.store.transaction() as tx:
        tx.put("visit", ("id", "account_id", "day"), [(1, account, day)])
    workspace.records.forget()
    page = WorkloadPage(session)
    qtbot.addWidget(page)
    page.show()
    page.select_territory(id_of(session, "Lone Star"))
    spoken = page.terms.accessibleName()
    assert "Reached: 1\u202f%: 1 of 80 accounts had a visit" in spoken
    assert "Frequency: 1\u202f% of the planned visits" in spoken
    page.stop()


def test_enter_shows_the_territory_elsewhere(workload: WorkloadPage, qtbot: QtBot) -> None:
    workload.table.selectRow(1)
    workload.table.setCurrentIndex(workload.table.array_model.index(1, 0))
    with qtbot.waitSignal(workload.territory_activated) as asked:
        QTest.keyClick(workload.table, Qt.Key.Key_Return)
    assert asked.args == [int(id_of(workload.session, "Pacific"))]


def test_travel_of_a_territory_can_be_set_by_hand(workload: WorkloadPage) -> None:
    session = workload.session
    chosen = id_of(session, "Pacific")
    workload.select_territory(chosen)
    workload.settings_button.click()
    form = shown_dialog(TerritoryWorkDialog)
    assert isinstance(form, TerritoryWorkDialog)
    form.mode.setCurrentIndex(form.mode.findText("By bus and train"))
    form.own_travel.setChecked(True)
    form.travel.setValue(333.0)
    form.save.click()
    territory = session.workspace.territory(chosen)
    assert (territory.travel_mode, territory.travel_hours) == (TravelMode.TRANSIT, 333.0)
    line = session.workspace.work.report().line_of(chosen)
    assert line is not None
    assert line.travel is not None
    assert line.travel.source is TravelSource.BY_HAND
    assert "as you set for this territory" in workload.travel.accessibleName()


def test_without_accounts_the_page_says_how_to_begin(bare: EditSession, qtbot: QtBot) -> None:
    page = WorkloadPage(bare)
    qtbot.addWidget(page)
    page.show()
    assert page.empty.isVisible()
    with qtbot.waitSignal(page.import_requested):
        page.empty.chosen.emit("import")
    page.stop()


@pytest.fixture
def bare(
    app: QApplication, tmp_path: Path, app_folders: AppFolders, geography: Geography
) -> Iterator[EditSession]:
    """A plan without accounts."""
    path = tmp_path / "bare.evenfield"
    workspace = Workspace.create(path, app_folders, geography, "Bare")
    yield EditSession(workspace)
    workspace.close()


def test_a_territory_that_is_selected_elsewhere_is_explained(
    work_pane: WorkPane, workload: WorkloadPage
) -> None:
    work_pane.follow(id_of(workload.session, "Northwest"))
    assert workload.title.text() == "Northwest"
    assert workload.table.selected_source_rows().tolist() == [2]


def test_the_workload_can_be_saved_as_a_sheet(workload: WorkloadPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(workload.table_requested) as asked:
        workload.save.click()
    assert asked.args is not None
    (table,) = asked.args
    columns = {column.header: list(column.cells) for column in table.columns}
    lines = workload.session.workspace.work.report().lines
    assert columns["Territory"][-2:] == ["Unassigned", "In dispute"]
    assert columns["Workload hours"] == [line.workload_hours for line in lines]
    assert columns["Travel is"][-1] == ""
    assert set(columns["Travel is"][:4]) <= {
        "estimated",
        "estimated from the middle of the visits",
        "no visits",
    }


# Inspector


def test_the_card_of_a_territory_shows_its_work(session: EditSession, qtbot: QtBot) -> None:
    inspector = Inspector(session)
    qtbot.addWidget(inspector)
    inspector.show()
    chosen = id_of(session, "Lone Star")
    inspector.show_focus(Focus(territory=chosen))
    spoken = inspector.territory.work.fields.accessibleName()
    assert spoken.startswith("Workload: ≈")
    assert "Utilisation: " in spoken
    with qtbot.waitSignal(inspector.workload_requested) as asked:
        inspector.territory.work.link.click()
    assert asked.args == [int(chosen)]


# All of it


def test_a_plan_that_is_only_looked_at_offers_no_edits(
    session: EditSession, work_pane: WorkPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.run(SetIndexWeights((IndexWeight(SALES, 1.0),)))
    monkeypatch.setattr(type(session), "is_read_only", property(lambda _self: True))
    for key, _title in PAGES:
        work_pane.show_page(key)
    index = work_pane.pages["index"].pane(IndexPage)
    index.refresh()
    assert not any(row.isEnabled() for row in index.rows)
    classes = work_pane.pages["classes"].pane(ClassesPage)
    classes.refresh()
    assert not classes.add.isEnabled()
    assert not classes.classify.isEnabled()
    travel = work_pane.pages["travel"].pane(TravelPage)
    travel.refresh()
    assert not any(box.isEnabled() for box in travel.boxes.values())
    assert travel.speeds.array_model.columns()[2].edit is None


def test_vacating_shows_at_once(workload: WorkloadPage) -> None:
    session = workload.session
    chosen = id_of(session, "Lone Star")
    workload.select_territory(chosen)
    session.run(SetRep(chosen, None, "Lone Star"))
    assert "as it is vacant" in workload.terms.accessibleName()
