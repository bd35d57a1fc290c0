# SPDX-License-Identifier: MIT
"""Drawn areas: who they serve, and what the plan refuses."""

import json
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.drawn_area import Rings
from app.models.errors import EditRejected
from app.models.ids import AccountId, GeoUnitId, TerritoryId
from app.services.alignment import IN_DISPUTE, NOBODY
from app.services.commands import (
    AddDrawnArea,
    AssignAccounts,
    AssignGeoUnits,
    ChangeDrawnArea,
    CreateTerritory,
    DeleteTerritories,
    MergeTerritories,
    RemoveDrawnArea,
    SetTerritoryLock,
)
from app.services.drawn_polygons import closed_rings, points_inside, rings_of_text, rings_text
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from tests.helpers.overlaps import overlaps_of
from tests.helpers.plans import dump_hash
from tests.helpers.tiny_plan import SALES, tiny_workspace

NORTH, SOUTH = TerritoryId(1), TerritoryId(2)


def box(west: float, south: float, east: float, north: float) -> Rings:
    return (((west, south), (east, south), (east, north), (west, north)),)


ALL = box(-120.0, 30.0, -70.0, 50.0)
A, B, C, D, E, F, G, H = (AccountId(number) for number in range(1, 9))


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    """The tiny plan with two territories, its accounts a to f in a row from -100 to -95."""
    workspace = tiny_workspace(tmp_path)
    with workspace.document.store.transaction() as tx:
        tx.put("account", ("id", "lon", "lat"), [(i + 1, -100.0 + i, 40.0) for i in range(6)])
        tx.put("account", ("id", "lon", "lat"), [(7, 2.0, 46.0)])
    path = workspace.document.path
    folders = AppFolders(tmp_path / "work", tmp_path / "backups", tmp_path / "logs")
    geography = workspace.geography
    workspace.close()
    workspace = Workspace.open(path, folders, geography)
    workspace.run(CreateTerritory("North"))
    workspace.run(CreateTerritory("South"))
    yield workspace
    workspace.close()


def served(plan: Workspace) -> list[int]:
    return plan.account_territory.tolist()


def test_a_drawn_area_serves_the_accounts_in_it_and_no_others(plan: Workspace) -> None:
    plan.run(AddDrawnArea(NORTH, box(-100.5, 39.0, -97.5, 41.0), "West"))
    assert served(plan) == [0, 0, 0, *[NOBODY] * 5]
    assert plan.balance(SALES).rows[0].total == 100.0 + 50.0 + 70.0
    assert [area.name for area in plan.drawn_areas] == ["West"]


def test_a_drawn_area_wins_over_the_area_that_contains_the_account(plan: Workspace) -> None:
    plan.run(AssignGeoUnits((GeoUnitId("zip:10001"),), SOUTH, "South"))
    assert served(plan)[:3] == [1, NOBODY, 1]
    plan.run(AddDrawnArea(NORTH, box(-100.5, 39.0, -99.5, 41.0)))
    assert served(plan)[:3] == [0, NOBODY, 1]
    assert (
        plan.holdings.ownership(A).reason
        == "It lies in the drawn area Area 1, which belongs to North."
    )
    assert plan.holdings.ownership(C).territory_ids == (SOUTH,)


def test_a_named_account_stays_with_whom_it_is_named_for(plan: Workspace) -> None:
    plan.run(AssignAccounts((A,), SOUTH, "South"))
    plan.run(AddDrawnArea(NORTH, ALL))
    assert served(plan)[:2] == [1, 0]
    assert plan.holdings.ownership(A).is_by_name


def test_drawn_areas_of_two_territories_over_one_account_are_an_overlap(plan: Workspace) -> None:
    plan.run(AddDrawnArea(NORTH, box(-100.5, 39.0, -97.5, 41.0), "West"))
    plan.run(AddDrawnArea(SOUTH, box(-98.5, 39.0, -95.5, 41.0), "East"))
    assert served(plan)[:6] == [0, 0, IN_DISPUTE, 1, 1, NOBODY]
    report = overlaps_of(plan)
    assert (report.account_count, len(report.items)) == (1, 1)
    assert (report.items[0].account_id, report.items[0].territory_ids) == (C, (NORTH, SOUTH))
    assert plan.holdings.ownership(C).territory_ids == (NORTH, SOUTH)
    plan.run(AssignAccounts((C,), NORTH, "North"))
    assert served(plan)[:6] == [0, 0, 0, 1, 1, NOBODY]
    assert overlaps_of(plan).items == ()


def test_two_drawn_areas_of_one_territory_are_no_overlap(plan: Workspace) -> None:
    for _ in range(2):
        plan.run(AddDrawnArea(NORTH, ALL))
    assert served(plan)[:6] == [0] * 6
    assert overlaps_of(plan).account_count == 0


def test_changing_and_removing_move_the_accounts_and_undo_brings_them_back(
    plan: Workspace,
) -> None:
    plan.run(AddDrawnArea(NORTH, box(-100.5, 39.0, -99.5, 41.0)))
    before = dump_hash(plan.document.store)
    plan.run(ChangeDrawnArea(1, rings=box(-99.5, 39.0, -98.5, 41.0), name="Moved"))
    assert served(plan)[:2] == [NOBODY, 0]
    plan.run(ChangeDrawnArea(1, territory=SOUTH))
    assert served(plan)[:2] == [NOBODY, 1]
    plan.run(RemoveDrawnArea(1))
    assert served(plan)[:2] == [NOBODY, NOBODY]
    for _ in range(3):
        plan.undo()
    assert dump_hash(plan.document.store) == before
    assert served(plan)[:2] == [0, NOBODY]


def test_a_drawn_area_that_is_gone_cannot_be_changed(plan: Workspace) -> None:
    for command in (ChangeDrawnArea(9, name="x"), RemoveDrawnArea(9)):
        with pytest.raises(EditRejected, match="no longer"):
            plan.run(command)


def test_a_locked_territory_neither_gains_nor_loses_by_drawing(plan: Workspace) -> None:
    plan.run(AssignGeoUnits((GeoUnitId("county:01001"),), SOUTH, "South"))
    plan.run(AddDrawnArea(SOUTH, box(-95.5, 39.0, -94.5, 41.0)))
    plan.run(SetTerritoryLock(SOUTH, is_locked=True, territory_name="South"))
    west_of_all = box(-110.0, 39.0, -105.0, 41.0)
    with pytest.raises(EditRejected, match="South is locked"):
        plan.run(AddDrawnArea(SOUTH, west_of_all))
    with pytest.raises(EditRejected, match="South is locked"):
        plan.run(AddDrawnArea(NORTH, box(-100.5, 39.0, -99.5, 41.0)))  # account a
    with pytest.raises(EditRejected, match="South is locked"):
        plan.run(AddDrawnArea(NORTH, box(-95.2, 39.0, -94.5, 41.0)))  # account f, drawn
    for command in (ChangeDrawnArea(1, rings=west_of_all), RemoveDrawnArea(1)):
        with pytest.raises(EditRejected, match="South is locked"):
            plan.run(command)
    plan.run(AddDrawnArea(NORTH, box(-97.5, 39.0, -96.5, 41.0)))  # account d
    assert served(plan)[:6] == [1, 1, 1, 0, NOBODY, 1]


def test_drawn_areas_go_with_their_territory_and_move_when_it_is_merged(plan: Workspace) -> None:
    plan.run(AddDrawnArea(NORTH, box(-100.5, 39.0, -99.5, 41.0)))
    plan.run(MergeTerritories(SOUTH, (NORTH,), "South", "North"))
    assert [area.territory_id for area in plan.drawn_areas] == [SOUTH]
    assert served(plan)[0] == 0
    plan.run(DeleteTerritories((SOUTH,), "South"))
    assert plan.drawn_areas == ()
    plan.undo()
    plan.undo()
    assert [area.territory_id for area in plan.drawn_areas] == [NORTH]


@pytest.mark.parametrize(
    "rings",
    [
        (),
        ((),),
        (((0.0, 0.0), (1.0, 1.0)),),
        (((0.0, 0.0), (1.0, 1.0), (2.0, 2.0)),),
        (((0.0, 0.0), (1.0, 0.0), (1.0, float("nan"))),),
        (((0.0, 0.0), (200.0, 0.0), (1.0, 1.0)),),
        (tuple((0.001 * i, (i % 7) / 10) for i in range(20_001)),),
    ],
)
def test_areas_without_an_inside_or_beyond_the_map_are_refused(
    rings: Rings, plan: Workspace
) -> None:
    with pytest.raises(EditRejected):
        plan.run(AddDrawnArea(NORTH, rings))
    assert plan.drawn_areas == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "{}",
        "[" * 50_000,
        "[[1, 2]]",
        '[[["a", "b"], [1, 2], [3, 4], ["a", "b"]]]',
        "[[[0, 0], [1, 0], [1, 1]]]",
        "[[[0, 0], [1, 0], [1, 1e999], [0, 0]]]",
        "[[[0, 0], [1, 0], [true, 99], [0, 0]]]",
        json.dumps([[[0, 0], *[[i / 1e6, 1] for i in range(30_000)], [0, 0]]]),
    ],
)
def test_a_damaged_outline_serves_nobody(text: str) -> None:
    assert rings_of_text(text) == ()


def test_an_outline_that_crosses_itself_everywhere_takes_no_time() -> None:
    chance = np.random.default_rng(3)
    corners = [tuple(corner) for corner in chance.uniform(0.0, 1.0, (19_000, 2)).tolist()]
    rings = ((*corners, corners[0]),)
    start = time.monotonic()
    assert len(points_inside(rings, np.array([0.5]), np.array([0.5]))) == 0
    with pytest.raises(EditRejected, match="crosses itself"):
        closed_rings(rings)
    assert time.monotonic() - start < 5


def is_inside(rings: Rings, x: float, y: float) -> bool:
    """By counting crossings, the slow way."""
    crossings = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                crossings += 1
    return crossings % 2 == 1


corner = st.tuples(st.integers(0, 9).map(float), st.integers(0, 9).map(float))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(corner, min_size=3, max_size=7), min_size=1, max_size=3))
def test_points_lie_inside_by_the_even_odd_rule(drawn: list[list[tuple[float, float]]]) -> None:
    try:
        rings = closed_rings(drawn)
    except EditRejected:
        return
    assert rings_of_text(rings_text(rings)) == rings
    # Between the corners, so that no point lies on a border.
    xs, ys = np.meshgrid(np.arange(0.137, 9, 0.71), np.arange(0.119, 9, 0.73))
    lon, lat = xs.ravel(), ys.ravel()
    expected = [at for at in range(len(lon)) if is_inside(rings, lon[at], lat[at])]
    assert points_inside(rings, lon, lat).tolist() == expected


def test_points_without_a_place_lie_nowhere() -> None:
    lon = np.array([np.nan, 0.5])
    assert points_inside(closed_rings(box(0, 0, 1, 1)), lon, np.array([0.5, 0.5])).tolist() == [1]
