# SPDX-License-Identifier: MIT
"""Workload and index of an open plan, kept in step with every edit, undo and redo."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.models.errors import EditRejected
from app.models.geounit import GeoLevel
from app.models.ids import AccountId, GeoUnitId, MeasureId, RepId, TerritoryId, VisitClassId
from app.models.measure import ACCOUNT_COUNT, INDEX, VISIT_HOURS
from app.models.territory import TravelMode
from app.models.visit_class import KnownTrip, VisitClass
from app.models.work import IndexWeight, Surroundings, WorkSettings
from app.models.workload import BaseKind, TravelSource
from app.services.commands import (
    AssignGeoUnits,
    ClassifyAccounts,
    CorrectAccounts,
    CreateTerritory,
    OrderVisitClasses,
    PutKnownTrip,
    PutVisitClass,
    RemoveKnownTrips,
    RemoveVisitClass,
    SetIndexWeights,
    SetMainMeasure,
    SetRep,
    SetTerritoryWork,
    SetTolerance,
    SetVisitClass,
    SetVisitsMeasure,
    SetWorkSettings,
)
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from tests.helpers.tiny_plan import SALES, tiny_workspace

ONE = TerritoryId(1)
A_HOURS, B_HOURS, C_HOURS = 12 * 1.5, 6 * 1.0, 2 * 0.75


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    """The tiny plan with one territory that holds county 01001: accounts a, b and c."""
    workspace = tiny_workspace(tmp_path)
    workspace.run(CreateTerritory("One"))
    workspace.run(AssignGeoUnits((GeoUnitId("county:01001"),), ONE))
    yield workspace
    workspace.close()


def ids(*numbers: int) -> tuple[AccountId, ...]:
    return tuple(AccountId(number) for number in numbers)


def reopened(plan: Workspace, folder: Path) -> Workspace:
    """The plan file opened once more."""
    folders = AppFolders(folder / "work", folder / "backups", folder / "logs")
    return Workspace.open(plan.document.path, folders, plan.geography)


def hours(plan: Workspace) -> list[float]:
    return plan.accounts.measure(VISIT_HOURS).tolist()


def test_visit_hours_are_a_measure_of_every_plan(plan: Workspace) -> None:
    assert [m.id for m in plan.measures] == [ACCOUNT_COUNT, SALES, VISIT_HOURS]
    assert hours(plan) == [C_HOURS] * 8
    assert plan.balance(VISIT_HOURS).rows[0].total == 3 * C_HOURS
    assert plan.unit_values(GeoLevel.COUNTY, VISIT_HOURS).sum() == 7 * C_HOURS


def test_classes_of_accounts_change_their_hours_and_undo_takes_it_back(plan: Workspace) -> None:
    plan.run(SetVisitClass(ids(1, 4), "A"))
    assert hours(plan) == [A_HOURS, C_HOURS, C_HOURS, A_HOURS, *[C_HOURS] * 4]
    plan.run(SetVisitClass(ids(1), ""))
    assert hours(plan)[0] == C_HOURS
    plan.undo()
    assert hours(plan)[0] == A_HOURS
    plan.undo()
    assert hours(plan) == [C_HOURS] * 8
    plan.redo()
    assert hours(plan)[3] == A_HOURS


def test_an_unknown_class_is_refused(plan: Workspace) -> None:
    with pytest.raises(EditRejected, match="no visit class Z"):
        plan.run(SetVisitClass(ids(1), "Z"))
    with pytest.raises(EditRejected, match="no visit class Z"):
        plan.run(ClassifyAccounts((("Z", ids(1)),), "Sales"))


def test_accounts_follow_a_class_that_gets_another_name(plan: Workspace) -> None:
    plan.run(SetVisitClass(ids(1, 2), "A"))
    first = plan.work.classes[0]
    plan.run(PutVisitClass(replace(first, name="Key", visits_per_year=24.0)))
    assert plan.accounts.text("visit_class").tolist()[:3] == ["Key", "Key", ""]
    assert hours(plan)[:3] == [36.0, 36.0, C_HOURS]
    plan.undo()
    assert hours(plan)[:3] == [A_HOURS, A_HOURS, C_HOURS]


def test_a_removed_class_leaves_its_accounts_with_another_one(plan: Workspace) -> None:
    plan.run(SetVisitClass(ids(1, 2), "A"))
    plan.run(RemoveVisitClass(VisitClassId(1), "A", replacement="B"))
    assert [each.name for each in plan.work.classes] == ["B", "C"]
    assert hours(plan)[:3] == [B_HOURS, B_HOURS, C_HOURS]


def test_there_is_always_one_usual_class(plan: Workspace) -> None:
    plan.run(RemoveVisitClass(VisitClassId(3), "C"))
    assert [each.is_default for each in plan.work.classes] == [False, True]
    plan.run(PutVisitClass(replace(plan.work.classes[0], is_default=True)))
    assert [each.is_default for each in plan.work.classes] == [True, False]
    plan.run(PutVisitClass(replace(plan.work.classes[0], is_default=False)))
    assert [each.is_default for each in plan.work.classes] == [True, False]


def test_the_last_class_stays(plan: Workspace) -> None:
    plan.run(RemoveVisitClass(VisitClassId(1), "A"))
    plan.run(RemoveVisitClass(VisitClassId(2), "B"))
    with pytest.raises(EditRejected, match="last visit class"):
        plan.run(RemoveVisitClass(VisitClassId(3), "C"))


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (VisitClass(VisitClassId(0), " ", 1.0, 1.0), "needs a name"),
        (VisitClass(VisitClassId(0), "a", 1.0, 1.0), "already a visit class A"),
        (VisitClass(VisitClassId(0), "D", -1.0, 1.0), "Visits per year"),
        (VisitClass(VisitClassId(0), "D", float("nan"), 1.0), "Visits per year"),
        (VisitClass(VisitClassId(99), "D", 1.0, 1.0), "no longer in the plan"),
    ],
)
def test_a_class_that_makes_no_sense_is_refused(
    plan: Workspace, wanted: VisitClass, words: str
) -> None:
    with pytest.raises(EditRejected, match=words):
        plan.run(PutVisitClass(wanted))
    assert len(plan.work.classes) == 3


def test_classes_can_be_added_and_ordered(plan: Workspace) -> None:
    plan.run(PutVisitClass(VisitClass(VisitClassId(0), "D", 1.0, 0.5)))
    assert [each.name for each in plan.work.classes] == ["A", "B", "C", "D"]
    plan.run(OrderVisitClasses((VisitClassId(4), VisitClassId(1))))
    assert [each.name for each in plan.work.classes] == ["D", "A", "B", "C"]


def test_many_accounts_are_classed_in_one_step(plan: Workspace) -> None:
    plan.run(ClassifyAccounts((("A", ids(1, 2)), ("B", ids(3))), "Sales"))
    assert hours(plan)[:4] == [A_HOURS, A_HOURS, B_HOURS, C_HOURS]
    assert plan.history_status().undo_label == "Class 3 accounts by Sales"
    plan.undo()
    assert hours(plan) == [C_HOURS] * 8


def test_a_measure_can_say_the_visits(plan: Workspace) -> None:
    plan.run(SetVisitsMeasure(SALES, "Sales"))
    assert hours(plan) == [value * 0.75 for value in plan.accounts.measure(SALES).tolist()]
    plan.run(SetVisitsMeasure(None))
    assert hours(plan) == [C_HOURS] * 8
    with pytest.raises(EditRejected):
        plan.run(SetVisitsMeasure(MeasureId(77), "Gone"))


def test_a_name_that_is_taken_is_told_apart(tmp_path: Path) -> None:
    workspace = tiny_workspace(tmp_path)
    with workspace.document.store.transaction() as tx:
        tx.put("measure", ("id", "name"), [(2, "visit hours")])
    workspace.close()
    again = reopened(workspace, tmp_path)
    assert again.measure(VISIT_HOURS).name == "Visit hours (computed)"
    again.close()


def test_a_computed_measure_can_be_the_main_one(plan: Workspace, tmp_path: Path) -> None:
    plan.run(SetMainMeasure(VISIT_HOURS, "Visit hours"))
    assert plan.main_measure.id == VISIT_HOURS
    plan.run(SetIndexWeights((IndexWeight(VISIT_HOURS, 0.6), IndexWeight(SALES, 0.4))))
    plan.run(SetMainMeasure(INDEX, "Index"))
    assert plan.main_measure.id == INDEX
    plan.close()
    again = reopened(plan, tmp_path)
    assert again.main_measure.id == INDEX
    assert again.accounts.measure(INDEX).sum() == pytest.approx(100.0)
    again.close()


def test_the_index_appears_with_its_weights_and_follows_the_plan(plan: Workspace) -> None:
    plan.run(SetIndexWeights((IndexWeight(VISIT_HOURS, 0.5), IndexWeight(SALES, 0.5))))
    sales = plan.accounts.measure(SALES)
    assert [m.id for m in plan.measures][-1] == INDEX
    assert plan.accounts.measure(INDEX) == pytest.approx(50 / 8 + 50 * sales / sales.sum())
    plan.run(SetVisitClass(ids(1), "A"))
    work = np.array(hours(plan))
    expected = 50 * work / work.sum() + 50 * sales / sales.sum()
    assert plan.accounts.measure(INDEX) == pytest.approx(expected)
    plan.run(SetIndexWeights(()))
    assert INDEX not in [m.id for m in plan.measures]


def test_weights_that_say_nothing_are_refused(plan: Workspace) -> None:
    with pytest.raises(EditRejected, match="All weights"):
        plan.run(SetIndexWeights((IndexWeight(SALES, 0.0),)))
    with pytest.raises(EditRejected, match="below 0"):
        plan.run(SetIndexWeights((IndexWeight(SALES, -1.0),)))


def test_an_index_ignores_measures_that_are_gone_and_itself(plan: Workspace) -> None:
    weights = (IndexWeight(SALES, 1.0), IndexWeight(MeasureId(88), 1.0), IndexWeight(INDEX, 1.0))
    plan.run(SetIndexWeights(weights))
    assert [each.measure for each in plan.work.weights] == [SALES]
    assert plan.accounts.measure(INDEX).sum() == pytest.approx(100.0)


def test_the_workload_of_a_territory_by_its_parts(plan: Workspace) -> None:
    plan.run(SetRep(ONE, RepId(1), "One", "Ann"))
    line = plan.work.report().line_of(ONE)
    assert line is not None
    assert line.travel is not None
    assert (line.visits, line.visit_hours, line.admin_hours) == (6.0, 3 * C_HOURS, 120.0)
    assert line.travel.base_kind is BaseKind.REP
    assert line.travel.base == pytest.approx((-99.0, 40.0))
    assert line.capacity_hours == 1600.0
    assert line.workload_hours == line.visit_hours + line.travel.hours + 120.0
    assert not line.is_vacant


def test_a_vacant_territory_has_the_capacity_of_a_full_time_rep(plan: Workspace) -> None:
    plan.run(SetWorkSettings(WorkSettings(full_time_hours=1500.0)))
    line = plan.work.report().line_of(ONE)
    assert line is not None
    assert (line.is_vacant, line.capacity_hours) == (True, 1500.0)
    assert line.reps_needed == pytest.approx(line.workload_hours / 1500.0)


def test_moved_accounts_change_the_way_to_them(plan: Workspace) -> None:
    plan.run(SetRep(ONE, RepId(1), "One", "Ann"))
    before = plan.work.report().lines[0].travel_hours
    plan.run(CorrectAccounts(ids(2), "name", "Other"))
    assert plan.work.report().lines[0].travel_hours == before
    plan.run(SetRep(ONE, RepId(2), "One", "Bob"))
    assert plan.work.report().lines[0].travel_hours < before


def test_settings_of_a_territory_are_kept(plan: Workspace) -> None:
    plan.run(SetTerritoryWork(ONE, TravelMode.TRANSIT, 80.0, 40.0, "One"))
    line = plan.work.report().lines[0]
    assert line.travel is not None
    assert (line.admin_hours, line.travel_hours) == (80.0, 40.0)
    assert line.travel.source is TravelSource.BY_HAND
    plan.run(SetTerritoryWork(ONE, TravelMode.REMOTE, None, None, "One"))
    line = plan.work.report().lines[0]
    assert (line.admin_hours, line.travel_hours) == (120.0, 0.0)
    with pytest.raises(EditRejected):
        plan.run(SetTerritoryWork(ONE, TravelMode.CAR, -1.0))


def test_settings_of_work_come_back_as_they_were_put(plan: Workspace) -> None:
    slow = tuple(replace(each, local_kmh=11.0) for each in WorkSettings().speeds)
    wanted = WorkSettings(4.0, 1.3, False, 99.0, 1700.0, slow)
    plan.run(SetWorkSettings(wanted))
    assert plan.settings.work == wanted
    plan.undo()
    assert plan.settings.work == WorkSettings()


@pytest.mark.parametrize(
    "wanted",
    [
        WorkSettings(visits_per_day=0.0),
        WorkSettings(circuity=0.9),
        WorkSettings(admin_hours=-1.0),
        WorkSettings(full_time_hours=float("nan")),
        WorkSettings(speeds=(replace(WorkSettings().speeds[0], long_kmh=0.0),)),
    ],
)
def test_settings_out_of_their_range_are_refused(plan: Workspace, wanted: WorkSettings) -> None:
    with pytest.raises(EditRejected):
        plan.run(SetWorkSettings(wanted))


def test_known_trips_make_estimates_longer_by_their_median(plan: Workspace) -> None:
    plan.run(SetRep(ONE, RepId(1), "One", "Ann"))
    before = plan.work.report().lines[0].travel_hours
    for minutes in (100.0, 200.0, 9000.0):
        trip = KnownTrip(0, "Here", (-99.0, 40.0), "There", (-97.0, 40.0), minutes)
        plan.run(PutKnownTrip(trip))
    checks = plan.work.trip_checks
    middle = sorted(each.ratio or 0.0 for each in checks)[1]
    factor = plan.work.factors[TravelMode.CAR, checks[0].surroundings]
    assert (factor.value, factor.trip_count) == (middle, 3)
    assert plan.work.report().lines[0].travel_hours == pytest.approx(before * middle)
    # Nobody measured the city or other modes: the first follow the mode, the others nothing.
    others = [s for s in Surroundings if s is not checks[0].surroundings]
    assert all(plan.work.factors[TravelMode.CAR, s].is_from_elsewhere for s in others)
    assert plan.work.factors[TravelMode.FOOT, Surroundings.CITY].trip_count == 0
    plan.run(RemoveKnownTrips(tuple(each.id for each in plan.work.trips)))
    assert plan.work.report().lines[0].travel_hours == pytest.approx(before)


def test_a_trip_that_says_nothing_is_refused(plan: Workspace) -> None:
    here = (-99.0, 40.0)
    for trip in (
        KnownTrip(0, "A", here, "B", here, 10.0),
        KnownTrip(0, "A", here, "B", (-97.0, 40.0), 0.0),
        KnownTrip(0, "A", here, "B", (-97.0, 40.0), 10.0, TravelMode.REMOTE),
    ):
        with pytest.raises(EditRejected):
            plan.run(PutKnownTrip(trip))


def test_sensitivity_of_the_plan_has_every_compared_territory(plan: Workspace) -> None:
    plan.run(CreateTerritory("Two"))
    plan.run(AssignGeoUnits((GeoUnitId("county:01002"),), TerritoryId(2)))
    plan.run(SetIndexWeights((IndexWeight(VISIT_HOURS, 0.6), IndexWeight(SALES, 0.4))))
    report = plan.work.sensitivity(SALES)
    assert [each.territory_id for each in report.territories] == [1, 2]
    assert report.weight == pytest.approx(0.4)
    # One has 3/8 of the visits and 220/580 of the sales, both together 4/8 and 420/580. With t on
    # sales it is over as long as 3/8 (1 - t) + 220/580 t > 1.15 / 2 (4/8 (1 - t) + 420/580 t).
    one = report.territories[0]
    assert one.flips
    gap_at_zero, gap_at_one = 3 / 8 - 1.15 / 4, 220 / 580 - 1.15 / 2 * 420 / 580
    assert one.spans[0].last == pytest.approx(gap_at_zero / (gap_at_zero - gap_at_one))


def test_columns_that_others_keep_are_taken_anew_when_computed_values_change(
    plan: Workspace,
) -> None:
    kept = plan.accounts
    plan.run(SetTolerance(0.2))
    assert plan.accounts is kept
    plan.run(PutVisitClass(replace(plan.work.classes[2], visits_per_year=4.0)))
    assert plan.accounts is not kept
    assert hours(plan)[0] == 2 * C_HOURS
    plan.undo()
    assert hours(plan)[0] == C_HOURS
