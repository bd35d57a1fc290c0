# SPDX-License-Identifier: MIT
"""The pages of the index, visit classes and travel as a user meets them."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.errors import AppError
from app.models.measure import INDEX, VISIT_HOURS
from app.models.work import IndexWeight
from app.services.commands import (
    ClassifyAccounts,
    RemoveVisitClass,
    SetIndexWeights,
)
from app.ui.formats import compact, uses_metric
from app.ui.panes.work.class_dialog import ClassDialog
from app.ui.panes.work.classes_page import ClassesPage
from app.ui.panes.work.classify_dialog import ClassifyDialog
from app.ui.panes.work.index_page import IndexPage
from app.ui.panes.work.travel_page import TravelPage
from app.ui.panes.work.trip_dialog import TripDialog
from app.ui.panes.work.trip_list import TripList
from app.ui.panes.work.work_pane import WorkPane
from tests.ui.work_pages import SALES, cells, shown_dialog

# Index


@pytest.fixture
def index(work_pane: WorkPane) -> IndexPage:
    work_pane.show_page("index")
    return work_pane.pages["index"].pane(IndexPage)


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
def classes(work_pane: WorkPane) -> ClassesPage:
    work_pane.show_page("classes")
    return work_pane.pages["classes"].pane(ClassesPage)


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
def travel(work_pane: WorkPane) -> TravelPage:
    work_pane.show_page("travel")
    return work_pane.pages["travel"].pane(TravelPage)


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
