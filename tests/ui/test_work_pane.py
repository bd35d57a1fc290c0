# SPDX-License-Identifier: MIT
"""The pages about workload as a user meets them."""

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
from app.models.errors import AppError
from app.models.ids import MeasureId, TerritoryId
from app.models.measure import INDEX, VISIT_HOURS
from app.models.reports import BalanceLine
from app.models.territory import TravelMode
from app.models.work import IndexWeight
from app.models.workload import TravelSource
from app.services.commands import (
    ClassifyAccounts,
    RemoveVisitClass,
    SetIndexWeights,
    SetRep,
    SetVisitClass,
)
from app.services.geography.geography import Geography
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from app.ui.formats import compact, uses_metric
from app.ui.panes.inspector import Inspector
from app.ui.panes.work.class_dialog import ClassDialog
from app.ui.panes.work.classes_page import ClassesPage
from app.ui.panes.work.classify_dialog import ClassifyDialog
from app.ui.panes.work.index_page import IndexPage
from app.ui.panes.work.territory_work_dialog import TerritoryWorkDialog
from app.ui.panes.work.travel_page import TravelPage
from app.ui.panes.work.trip_dialog import TripDialog
from app.ui.panes.work.trip_list import TripList
from app.ui.panes.work.work_pane import PAGES, WorkPane
from app.ui.panes.work.work_terms import travel_terms
from app.ui.panes.work.work_words import summary_words
from app.ui.panes.work.workload_page import WorkloadPage
from app.ui.selection import Focus
from app.ui.session import EditSession
from app.ui.tables.copyable_table import CopyableTable

SALES = MeasureId(1)


@pytest.fixture
def pane(session: EditSession, qtbot: QtBot) -> Iterator[WorkPane]:
    made = WorkPane(session)
    qtbot.addWidget(made)
    made.resize(1100, 420)
    made.show()
    yield made
    made.stop()


def id_of(session: EditSession, name: str) -> TerritoryId:
    return next(t.id for t in session.workspace.territories if t.name == name)


def cells(table: CopyableTable, title: str) -> list[str]:
    model = table.array_model
    at = [column.title for column in model.columns()].index(title)
    return [model.cell_text(at, row) for row in range(len(model.columns()[at].cells))]


def shown_dialog(kind: type) -> object:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind))


# Territories


@pytest.fixture
def workload(pane: WorkPane) -> WorkloadPage:
    return pane.pages["territories"].pane(WorkloadPage)


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
    pane: WorkPane, workload: WorkloadPage
) -> None:
    pane.follow(id_of(workload.session, "Northwest"))
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


# Index


@pytest.fixture
def index(pane: WorkPane) -> IndexPage:
    pane.show_page("index")
    return pane.pages["index"].pane(IndexPage)


def test_the_usual_weights_are_offered_and_the_measure_appears(index: IndexPage) -> None:
    assert index.empty.isVisible()
    index.start_button.click()
    weights = index.session.workspace.work.weights
    # The plan has visits and sales, but no potential.
    assert weights == (IndexWeight(VISIT_HOURS, 0.6), IndexWeight(SALES, 0.1))
    assert index.session.workspace.measure(INDEX).id == INDEX
    assert [round(row.box.value(), 1) for row in index.rows] == [85.7, 14.3]
    assert not index.empty.isVisible()


def test_what_the_closed_list_says_is_shown_whole(index: IndexPage) -> None:
    index.usual_button.click()
    QApplication.processEvents()
    box = index.add_box
    assert box.currentText() == "Add a measure…"
    assert box.width() >= box.fontMetrics().horizontalAdvance(box.currentText()) + 24


def test_the_index_of_a_territory_has_a_digit_more_where_it_is_small() -> None:
    assert [compact(each) for each in (7.46, 7.0, 99.94, 100.4, 0.02)] == [
        *("7.5", "7", "99.9", "100", "0"),
    ]


def test_a_weight_typed_in_keeps_the_proportions_of_the_others(index: IndexPage) -> None:
    index.start_button.click()
    index.add_box.setCurrentIndex(1)
    index.add_box.activated.emit(1)
    assert len(index.rows) == 3
    before = [each.weight for each in index.session.workspace.work.weights]
    index.rows[0].box.setValue(50.0)
    after = [each.weight for each in index.session.workspace.work.weights]
    assert after[0] == pytest.approx(0.5)
    assert after[1] / after[2] == pytest.approx(before[1] / before[2])
    assert sum(after) == pytest.approx(1.0)


def test_one_slide_is_one_step_and_100_percent_wipes_nothing_out(index: IndexPage) -> None:
    index.start_button.click()
    steps = len(index.session.workspace.history_steps())
    slider = index.rows[0].slider
    slider.sliderPressed.emit()
    for value in (180, 200, 100):
        slider.setValue(value)
    assert len(index.session.workspace.history_steps()) == steps + 1
    assert index.rows[0].box.value() == pytest.approx(50.0)
    index.session.undo()
    assert [round(row.box.value(), 1) for row in index.rows] == [85.7, 14.3]


def test_the_chart_has_the_break_points_of_the_slid_weight(index: IndexPage) -> None:
    index.start_button.click()
    workspace = index.session.workspace
    index.slide(SALES)
    report = workspace.work.sensitivity(SALES)
    rows = index.chart.rows()
    assert {row.key for row in rows} == {int(t.territory_id) for t in report.territories}
    by_id = {int(t.territory_id): t for t in report.territories}
    for row in rows:
        assert [s.last for s in row.spans] == [s.last for s in by_id[row.key].spans]
    assert index.sentence.text().startswith("Sliding Annual sales: ")
    flips = sum(t.flips for t in report.territories)
    assert f" {flips} territor" in index.sentence.text()


def test_the_list_beside_the_chart_says_the_weights_in_words(index: IndexPage) -> None:
    index.start_button.click()
    report = index.session.workspace.work.sensitivity(VISIT_HOURS)
    listed = cells(index.table, "Territory")
    for spans in report.territories:
        row = listed.index(index.session.workspace.territory(spans.territory_id).name)
        for title in ("Under", "Within", "Over"):
            wanted = [s for s in spans.spans if s.standing.value == title.lower()]
            assert cells(index.table, title)[row].count("–") == len(wanted)
    assert set(cells(index.table, "Now")) <= {"under", "within", "over", "undefined"}


def test_territories_can_be_balanced_by_the_index(index: IndexPage) -> None:
    index.start_button.click()
    index.main_button.click()
    workspace = index.session.workspace
    assert workspace.main_measure.id == INDEX
    assert not index.main_button.isEnabled()
    index.end_button.click()
    assert workspace.main_measure.id == 0
    assert index.empty.isVisible()


def test_removing_the_last_measure_ends_the_index(index: IndexPage) -> None:
    index.session.run(SetIndexWeights((IndexWeight(SALES, 1.0),)))
    index.rows[0].remove.click()
    assert not index.session.workspace.settings.index_weights


# Visit classes


@pytest.fixture
def classes(pane: WorkPane) -> ClassesPage:
    pane.show_page("classes")
    return pane.pages["classes"].pane(ClassesPage)


def test_classes_show_what_they_ask_for(classes: ClassesPage) -> None:
    count = len(classes.session.workspace.accounts)
    assert cells(classes.table, "Class") == ["A", "B", "C"]
    assert cells(classes.table, "Accounts") == ["0", "0", f"{count}"]
    assert cells(classes.table, "Usual for") == ["", "", "Accounts without a class"]


def test_a_class_is_added_and_changed(classes: ClassesPage, refusals: list[AppError]) -> None:
    classes.add.click()
    form = shown_dialog(ClassDialog)
    assert isinstance(form, ClassDialog)
    form.save.click()
    assert refusals[-1].text.startswith("A visit class needs a name.")
    form.name.setText("Key")
    form.visits.setValue(24.0)
    form.minutes.setValue(90.0)
    form.preparation.setValue(30.0)
    assert form.total.text() == "48.0 hours per account and year"
    form.save.click()
    made = classes.session.workspace.work.classes[-1]
    assert (made.name, made.visits_per_year, made.visit_hours) == ("Key", 24.0, 1.5)
    assert made.preparation_hours == 0.5


def test_classes_move_and_go(classes: ClassesPage) -> None:
    classes.table.select_source_rows(np.array([0]))
    classes.down.click()
    assert cells(classes.table, "Class") == ["B", "A", "C"]
    assert classes.chosen() is not None
    classes.remove.click()
    assert cells(classes.table, "Class") == ["B", "C"]


def test_the_accounts_of_a_class_are_listed(classes: ClassesPage, qtbot: QtBot) -> None:
    classes.table.select_source_rows(np.array([2]))
    with qtbot.waitSignal(classes.rows_requested) as asked:
        classes.list_accounts.click()
    assert asked.args is not None
    title, ids = asked.args
    assert title == "Visit class C"
    assert len(ids) == len(classes.session.workspace.accounts)


def test_accounts_are_classed_by_a_measure_after_a_look_at_the_outcome(
    classes: ClassesPage,
) -> None:
    classes.classify.click()
    form = shown_dialog(ClassifyDialog)
    assert isinstance(form, ClassifyDialog)
    assert form.measure.currentText() == "Annual sales"
    words = [each.text() for each in form.outcomes]
    form.limits[0].setValue(96.0)
    assert form.status.text() == "The shares have to grow from class to class."
    assert not form.apply_button.isEnabled()
    form.limits[0].setValue(50.0)
    assert [each.text() for each in form.outcomes] != words
    promised = [int(each.text().split()[0].replace(",", "")) for each in form.outcomes]
    form.apply_button.click()
    workspace = classes.session.workspace
    texts = workspace.accounts.text("visit_class").tolist()
    assert [texts.count(name) for name in ("A", "B", "C")] == promised
    classes.session.undo()
    assert set(workspace.accounts.text("visit_class").tolist()) == {""}


def test_visits_can_come_from_a_measure(classes: ClassesPage) -> None:
    at = classes.source.findText("Annual sales")
    classes.source.setCurrentIndex(at)
    classes.source.activated.emit(at)
    workspace = classes.session.workspace
    assert workspace.settings.visits_measure == SALES
    assert workspace.work.visits.visits.sum() == workspace.accounts.measure(SALES).sum()
    assert classes.source.currentText() == "Annual sales"


def test_an_unknown_class_is_told(classes: ClassesPage) -> None:
    session = classes.session
    session.run(ClassifyAccounts((("A", tuple(session.workspace.accounts.ids[:5].tolist())),), "x"))
    session.run(RemoveVisitClass(session.workspace.work.classes[0].id, "A", replacement="Gone"))
    assert "5 accounts have a class that is not in this list: Gone." in classes.summary.text()


# Travel


@pytest.fixture
def travel(pane: WorkPane) -> TravelPage:
    pane.show_page("travel")
    return pane.pages["travel"].pane(TravelPage)


def test_settings_are_edits_and_follow_undo(travel: TravelPage) -> None:
    session = travel.session
    travel.boxes["visits_per_day"].setValue(4.0)
    travel.clustered.click()
    work = session.workspace.settings.work
    assert (work.visits_per_day, work.are_days_clustered) == (4.0, False)
    session.undo()
    session.undo()
    assert travel.boxes["visits_per_day"].value() == 6.0
    assert travel.clustered.isChecked()


def test_a_speed_is_changed_in_place_in_the_unit_that_is_shown(travel: TravelPage) -> None:
    model = travel.speeds.array_model
    column = [each.key for each in model.columns()].index("local_kmh")
    assert model.setData(model.index(0, column), 20.0)
    found = travel.session.workspace.settings.work.speeds[0].local_kmh
    assert found == pytest.approx(20.0 if uses_metric() else 20.0 * 1.609344)
    before = travel.session.workspace.settings.work
    assert not model.setData(model.index(0, column), 0.0)
    assert travel.session.workspace.settings.work == before


def test_a_known_trip_is_placed_and_shown_beside_its_estimate(
    travel: TravelPage, qtbot: QtBot
) -> None:
    trips: TripList = travel.trips
    assert not trips.table.isVisible()
    trips.add.click()
    form = shown_dialog(TripDialog)
    assert isinstance(form, TripDialog)
    form.start.setText("Dallas, TX")
    form.end.setText("Nowhere at all, ZZ")
    form.save.click()
    assert "was not found" in form.problem.text()
    form.end.setText("Houston, TX")
    form.minutes.setValue(235.0)
    form.save.click()
    (check,) = trips.session.workspace.work.trip_checks
    assert 340 < check.distance_km < 380
    assert cells(trips.table, "To") == ["Houston, TX"]
    # What was typed stands beside what was estimated, where the list is narrow too.
    heads = [each.title for each in trips.table.array_model.columns()]
    assert heads[:4] == ["From", "To", "Minutes", "Estimated"]
    assert trips.factors.text().startswith("Estimates are multiplied. By car: countryside × ")
    trips.table.select_source_rows(np.array([0]))
    trips.remove.click()
    assert not trips.session.workspace.work.trips


# All of it


def test_a_plan_that_is_only_looked_at_offers_no_edits(
    session: EditSession, pane: WorkPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.run(SetIndexWeights((IndexWeight(SALES, 1.0),)))
    monkeypatch.setattr(type(session), "is_read_only", property(lambda _self: True))
    for key, _title in PAGES:
        pane.show_page(key)
    index = pane.pages["index"].pane(IndexPage)
    index.refresh()
    assert not any(row.isEnabled() for row in index.rows)
    classes = pane.pages["classes"].pane(ClassesPage)
    classes.refresh()
    assert not classes.add.isEnabled()
    assert not classes.classify.isEnabled()
    travel = pane.pages["travel"].pane(TravelPage)
    travel.refresh()
    assert not any(box.isEnabled() for box in travel.boxes.values())
    assert travel.speeds.array_model.columns()[2].edit is None


def test_vacating_shows_at_once(workload: WorkloadPage) -> None:
    session = workload.session
    chosen = id_of(session, "Lone Star")
    workload.select_territory(chosen)
    session.run(SetRep(chosen, None, "Lone Star"))
    assert "as it is vacant" in workload.terms.accessibleName()
