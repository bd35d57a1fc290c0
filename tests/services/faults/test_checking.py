# SPDX-License-Identifier: MIT
"""The check of a plan: each fault by hand, and all of them against looking at every area."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.models.faults import Fault, FaultKind, FaultReport, Severity
from app.models.ids import AccountId, GeoUnitId
from app.services.commands import (
    AddDrawnArea,
    AssignAccounts,
    AssignGeoUnits,
    DescribeTerritories,
    SetTerritoryLock,
    SetTolerance,
)
from app.services.faults.checking import find_faults
from app.services.faults.facts import check_facts
from app.services.workspace import Workspace
from tests.helpers.block_geography import COLUMNS, ISLAND, ROWS, county_at, zip_at
from tests.helpers.block_plan import block_workspace, draw, territory_id

WHOLE = "AAAABBBB AAAABBBB AAAABBBB AAAABBBB AAAABBBB AAAABBBB"


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    workspace = block_workspace(tmp_path)
    yield workspace
    workspace.close()


def check(plan: Workspace) -> FaultReport:
    return find_faults(check_facts(plan))


def only(plan: Workspace, kind: FaultKind) -> Fault:
    (found,) = check(plan).of_kind(kind)
    return found


def test_a_new_plan_has_no_faults_only_things_to_do(plan: Workspace) -> None:
    report = check(plan)
    assert report.fault_count == 0
    assert {fault.kind for fault in report.faults} == {FaultKind.EMPTY, FaultKind.UNASSIGNED}
    (unassigned,) = report.of_kind(FaultKind.UNASSIGNED)
    # 49 accounts with sales of 10 to 490.
    assert (unassigned.geounits, unassigned.account_count) == (("country:US",), 49)
    assert unassigned.value == 12_250.0
    assert not report.is_finished


def test_a_finished_plan_is_all_fine(plan: Workspace) -> None:
    draw(plan, WHOLE)
    plan.run(AssignGeoUnits((ISLAND,), territory_id(plan, "C")))
    plan.run(SetTolerance(1.0))
    assert check(plan) == FaultReport((), is_finished=True)


def test_a_territory_in_parts_is_one_fault_with_its_parts(plan: Workspace) -> None:
    draw(plan, "A.A.A... ........ ........ ........ ........ ........")
    fault = only(plan, FaultKind.NOT_CONNECTED)
    assert fault.severity is Severity.FAULT
    assert fault.territory_ids == (territory_id(plan, "A"),)
    assert fault.parts == ((zip_at(0, 2),), (zip_at(0, 0),))
    assert (fault.account_count, fault.value) == (2, 40.0)


def test_a_territory_that_need_not_hang_together_may_be_in_parts(plan: Workspace) -> None:
    draw(plan, "A....... BBBB.... BAAB.... BBBB.... ........ ...AAA..")
    plan.run(DescribeTerritories((territory_id(plan, "A"),), "must_connect", "0"))
    assert not check(plan).of_kind(FaultKind.NOT_CONNECTED)
    assert only(plan, FaultKind.ENCLAVE).severity is Severity.TO_DO
    plan.undo()
    assert only(plan, FaultKind.NOT_CONNECTED).territory_ids == (territory_id(plan, "A"),)
    assert only(plan, FaultKind.ENCLAVE).severity is Severity.FAULT


def test_an_island_is_named_but_is_no_fault(plan: Workspace) -> None:
    draw(plan, WHOLE)
    plan.run(AssignGeoUnits((ISLAND,), territory_id(plan, "B")))
    report = check(plan)
    (island,) = report.of_kind(FaultKind.ISLAND)
    assert (island.severity, island.geounits) == (Severity.TO_DO, (ISLAND,))
    assert not report.of_kind(FaultKind.NOT_CONNECTED)


def test_an_enclosed_free_area_is_a_hole_and_the_rest_of_the_world_is_none(
    plan: Workspace,
) -> None:
    draw(plan, "AAAA.... A..A.... AAAA.... ........ ........ ........")
    hole = only(plan, FaultKind.HOLE)
    assert hole.territory_ids == (territory_id(plan, "A"),)
    assert set(hole.geounits) == {zip_at(1, 1), zip_at(1, 2)}
    assert (hole.account_count, hole.value) == (2, 210.0)


def test_a_part_inside_another_territory_is_an_enclave(plan: Workspace) -> None:
    draw(plan, "BBBB.... BAAB.... BBBB.... ........ ...AAA.. ........")
    fault = only(plan, FaultKind.ENCLAVE)
    assert fault.territory_ids == (territory_id(plan, "A"), territory_id(plan, "B"))
    assert set(fault.geounits) == {zip_at(1, 1), zip_at(1, 2)}
    assert fault.severity is Severity.FAULT
    draw(plan, "BBBB.... BAAB.... BBBB.... ........ ...CCC.. ........")
    assert only(plan, FaultKind.ENCLAVE).severity is Severity.TO_DO


def test_overlaps_of_areas_and_of_named_accounts_are_faults(plan: Workspace) -> None:
    draw(plan, WHOLE)
    plan.run(AssignGeoUnits((zip_at(1, 0), zip_at(0, 1)), territory_id(plan, "B"), add=True))
    rows = [(1, 41, int(territory_id(plan, name))) for name in "AB"]
    with plan.document.store.transaction() as tx:
        tx.put("account_assignment", ("scenario_id", "account_id", "territory_id"), rows)
    plan.state.reload()
    found = check(plan).of_kind(FaultKind.OVERLAP)
    assert [(fault.geounits, fault.account_id, fault.value) for fault in found] == [
        ((), 41, 410.0),
        ((zip_at(1, 0),), None, 90.0),
        ((zip_at(0, 1),), None, 20.0),
    ]


def test_the_tolerance_is_a_fault_only_once_every_account_is_served(plan: Workspace) -> None:
    draw(plan, "AAAABBBB ........ ........ ........ ........ ........")
    assert {f.severity for f in check(plan).of_kind(FaultKind.OUTSIDE_TOLERANCE)} == {
        Severity.TO_DO
    }
    draw(plan, WHOLE)
    plan.run(AssignGeoUnits((ISLAND,), territory_id(plan, "B")))
    found = check(plan).of_kind(FaultKind.OUTSIDE_TOLERANCE)
    assert {fault.severity for fault in found} == {Severity.FAULT}
    rows = {row.territory_id: row for row in plan.balance(plan.main_measure.id).rows}
    for fault in found:
        assert fault.deviation_fraction == rows[fault.territory_ids[0]].deviation_fraction


def test_a_locked_territory_that_moved_is_told_whatever_moved_it(plan: Workspace) -> None:
    draw(plan, WHOLE)
    a = territory_id(plan, "A")
    plan.run(AssignAccounts((AccountId(33),), a))
    plan.run(SetTerritoryLock(a, is_locked=True))
    assert not check(plan).of_kind(FaultKind.LOCKED_MOVED)
    key = (1, zip_at(0, 0), int(a))
    with plan.document.store.transaction() as tx:
        tx.delete("geounit_assignment", [key])
    plan.state.reload()
    assert only(plan, FaultKind.LOCKED_MOVED).territory_ids == (a,)
    plan.run(SetTerritoryLock(a, is_locked=False))
    assert not check(plan).of_kind(FaultKind.LOCKED_MOVED)


def test_what_is_cut_out_of_a_locked_unit_is_a_move(plan: Workspace) -> None:
    a, b = territory_id(plan, "A"), territory_id(plan, "B")
    plan.run(AssignGeoUnits((county_at(0, 0),), a))
    plan.run(SetTerritoryLock(a, is_locked=True))
    row = (1, zip_at(0, 0), int(b))
    with plan.document.store.transaction() as tx:
        columns = ("scenario_id", "geounit_id", "territory_id")
        tx.put("geounit_assignment", columns, [row])
    plan.state.reload()
    assert only(plan, FaultKind.LOCKED_MOVED).territory_ids == (a,)


def test_a_drawn_area_over_another_territory_is_for_the_user_to_judge(plan: Workspace) -> None:
    draw(plan, WHOLE)
    a, b = territory_id(plan, "A"), territory_id(plan, "B")
    # Around the middles of columns 3 and 4 of row 0: accounts 4 and 5.
    ring = ((-98.4, 39.9), (-97.6, 39.9), (-97.6, 39.6), (-98.4, 39.6), (-98.4, 39.9))
    plan.run(AddDrawnArea(a, (ring,), "Fair"))
    fault = only(plan, FaultKind.DRAWN_OVER)
    assert (fault.severity, fault.territory_ids) == (Severity.TO_DO, (a, b))
    assert (fault.name, fault.account_count, fault.value) == ("Fair", 2, 90.0)
    assert set(fault.geounits) == {zip_at(0, 3), zip_at(0, 4)}


def test_accounts_without_a_place_are_one_finding(plan: Workspace) -> None:
    draw(plan, WHOLE)
    with plan.document.store.transaction() as tx:
        rows = [(account, "", "", "", "") for account in (1, 2)]
        tx.put("account", ("id", "country", "state", "county", "zip_code"), rows)
    again = Workspace(plan.document, plan.geography)
    without = [f for f in check(again).of_kind(FaultKind.UNASSIGNED) if not f.geounits]
    assert [(fault.account_count, fault.value) for fault in without] == [(2, 30.0)]


def test_findings_come_by_kind_and_then_by_worth(plan: Workspace) -> None:
    draw(plan, "AAA.AAA. A.A.A.A. AAA.AAA. ........ ........ AB......")
    report = check(plan)
    order = list(FaultKind)
    kinds = [order.index(fault.kind) for fault in report.faults]
    assert kinds == sorted(kinds)
    assert [fault.value for fault in report.of_kind(FaultKind.HOLE)] == [140.0, 100.0]
    assert report.fault_count + report.to_do_count == len(report.faults)


@pytest.mark.parametrize("seed", range(12))
def test_every_fault_is_what_looking_at_every_area_finds(plan: Workspace, seed: int) -> None:
    chance = np.random.default_rng(seed)
    letters = chance.choice(list("AABBC."), (ROWS, COLUMNS))
    draw(plan, " ".join("".join(row) for row in letters))
    picture = {zip_at(r, c): str(letters[r, c]) for r in range(ROWS) for c in range(COLUMNS)}
    names = {territory.id: territory.name for territory in plan.territories}
    report = check(plan)

    def told(kind: FaultKind) -> set[tuple[tuple[str, ...], frozenset[GeoUnitId]]]:
        return {
            (tuple(names[t] for t in fault.territory_ids), _zips(plan, fault.geounits))
            for fault in report.of_kind(kind)
        }

    regions = _regions(picture)
    assert told(FaultKind.HOLE) == {
        ((around,), region)
        for letter, region in regions
        if letter == "." and (around := _around(region, picture)) is not None
    }
    assert told(FaultKind.ENCLAVE) == {
        ((letter, around), region)
        for letter, region in regions
        if letter != "." and (around := _around(region, picture)) is not None
    }
    worth = {zip_at(r, c): 10.0 * (8 * r + c + 1) for r in range(ROWS) for c in range(COLUMNS)}
    expected = set()
    for letter in "ABC":
        mine = [region for other, region in regions if other == letter]
        mine.sort(key=lambda region: -sum(worth[unit] for unit in region))
        if len(mine) > 1:
            expected.add(((letter,), frozenset().union(*mine[1:])))
    assert told(FaultKind.NOT_CONNECTED) == expected
    free = {unit for unit, letter in picture.items() if letter == "."}
    unassigned = report.of_kind(FaultKind.UNASSIGNED)
    covered = [_zips(plan, fault.geounits) for fault in unassigned]
    assert frozenset().union(*covered) == free | {ISLAND}
    assert sum(fault.account_count for fault in unassigned) == len(free) + 1


def _zips(plan: Workspace, units: tuple[GeoUnitId, ...]) -> frozenset[GeoUnitId]:
    found: set[GeoUnitId] = set()
    for unit in units:
        inside = [u for u in plan.geography.descendants_of(unit) if u.startswith("zip:")]
        found.update(inside or [unit])
    return frozenset(found)


def _places(region: frozenset[GeoUnitId]) -> list[tuple[int, int]]:
    return [(int(unit[5]), int(unit[7])) for unit in region]


def _near(unit: GeoUnitId) -> list[GeoUnitId]:
    row, column = int(unit[5]), int(unit[7])
    steps = ((-1, 0), (0, -1), (0, 1), (1, 0))
    places = [(row + down, column + right) for down, right in steps]
    return [zip_at(r, c) for r, c in places if 0 <= r < ROWS and 0 <= c < COLUMNS]


def _regions(picture: dict[GeoUnitId, str]) -> list[tuple[str, frozenset[GeoUnitId]]]:
    """Connected areas of one letter."""
    left, found = set(picture), []
    while left:
        waiting, region = [min(left)], set()
        letter = picture[waiting[0]]
        while waiting:
            unit = waiting.pop()
            if unit in left and picture[unit] == letter:
                left.discard(unit)
                region.add(unit)
                waiting += _near(unit)
        found.append((letter, frozenset(region)))
    return found


def _around(region: frozenset[GeoUnitId], picture: dict[GeoUnitId, str]) -> str | None:
    """The one letter around a region that lies within the box around all areas of that letter."""
    beside = {picture[other] for unit in region for other in _near(unit) if other not in region}
    if len(beside) != 1 or beside == {"."}:
        return None
    (letter,) = beside
    hull = [(int(u[5]), int(u[7])) for u, other in picture.items() if other == letter]
    for axis in (0, 1):
        inner = [place[axis] for place in _places(region)]
        outer = [place[axis] for place in hull]
        if min(inner) < min(outer) or max(inner) > max(outer):
            return None
    return letter
