# SPDX-License-Identifier: MIT
"""Repairs: each connects the territory, and the first moves least."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.models.edit_effect import Move
from app.models.repairs import RepairKind
from app.services.commands import AddLink, AssignGeoUnits, Reassign, SetTerritoryLock
from app.services.contiguity.border_lengths import shared_border_km
from app.services.geography.packed import read_ply1
from app.services.repairs import repairs_for
from app.services.workspace import Workspace
from tests.helpers.block_geography import COLUMNS, ISLAND, ROWS, zip_at
from tests.helpers.block_plan import block_workspace, draw, territory_id


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    workspace = block_workspace(tmp_path)
    yield workspace
    workspace.close()


def piece_count(plan: Workspace, name: str) -> int:
    position = plan.state.position_by_territory[territory_id(plan, name)]
    parts = plan.connections.graph.parts()
    return len(parts.of(position)) - len(parts.islands(position))


def test_a_territory_in_one_part_needs_no_repair(plan: Workspace) -> None:
    draw(plan, "AAA..... ........ ........ ........ ........ ........")
    assert repairs_for(plan, territory_id(plan, "A")) == ()


def test_a_cheap_corridor_comes_before_giving_away_what_is_dear(plan: Workspace) -> None:
    # Cut off is row 5 (worth 410 + 420); the way to it costs row 2 to 4 of column 0 or 1.
    draw(plan, "AAB..... BBB..... BBB..... BBB..... BBB..... AAB.....")
    first, second = repairs_for(plan, territory_id(plan, "A"))
    assert (first.kind, second.kind) == (RepairKind.GIVE_AWAY, RepairKind.CORRIDOR)
    assert first.moves == (Move((zip_at(0, 0), zip_at(0, 1)), territory_id(plan, "B")),)
    # The smaller part is given away for 30; the cheapest way between the parts costs 90 + 170 + ...
    assert first.effect is not None
    assert first.effect.moved_of(plan.main_measure.id) == 30.0
    assert second.effect is not None
    assert second.effect.moved_of(plan.main_measure.id) == 90.0 + 170.0 + 250.0 + 330.0
    assert [move.units for move in second.moves] == [
        tuple(zip_at(row, 0) for row in (1, 2, 3, 4)),
    ]


def test_the_corridor_wins_where_it_moves_less(plan: Workspace) -> None:
    draw(plan, "BABB.... AAAA.... BBBB.... AAAAAAAA AAAAAAAA ........")
    first = repairs_for(plan, territory_id(plan, "A"))[0]
    assert first.kind is RepairKind.CORRIDOR
    assert first.moves == (Move((zip_at(2, 0),), territory_id(plan, "A")),)


def test_what_is_cut_off_goes_to_whom_it_shares_most_border_with(plan: Workspace) -> None:
    # The single A touches C once and B three times.
    draw(plan, "..BBB... ..BAC... ..BBB... ........ ........ AAAA....")
    repairs = repairs_for(plan, territory_id(plan, "A"))
    taken = next(repair for repair in repairs if repair.kind is RepairKind.GIVE_AWAY)
    assert taken.moves == (Move((zip_at(1, 3),), territory_id(plan, "B")),)


def test_locked_neighbours_neither_give_nor_get(plan: Workspace) -> None:
    draw(plan, "AB.A.... BB...... ........ ........ ........ ........")
    plan.run(SetTerritoryLock(territory_id(plan, "B"), is_locked=True))
    repairs = repairs_for(plan, territory_id(plan, "A"))
    assert [repair.kind for repair in repairs] == []
    plan.run(SetTerritoryLock(territory_id(plan, "B"), is_locked=False))
    assert repairs_for(plan, territory_id(plan, "A"))
    plan.run(SetTerritoryLock(territory_id(plan, "A"), is_locked=True))
    assert repairs_for(plan, territory_id(plan, "A")) == ()


def test_a_stroke_that_would_split_becomes_part_of_the_repair(plan: Workspace) -> None:
    draw(plan, "AAAAA... ........ ........ ........ ........ ........")
    a, b = territory_id(plan, "A"), territory_id(plan, "B")
    stroke = Move((zip_at(0, 2),), b)
    repairs = repairs_for(plan, a, (stroke,))
    assert all(repair.moves[0] == stroke for repair in repairs)
    taken = next(repair for repair in repairs if repair.kind is RepairKind.GIVE_AWAY)
    assert taken.moves[1] == Move((zip_at(0, 0), zip_at(0, 1)), b)
    before = plan.account_territory.copy()
    plan.run(Reassign(taken.moves, "Repair A"))
    assert piece_count(plan, "A") == 1
    plan.undo()
    assert np.array_equal(before, plan.account_territory)


def test_an_island_is_to_be_linked_from_the_nearest_area(plan: Workspace) -> None:
    draw(plan, "AAAAAAAA ........ ........ ........ ........ ........")
    a = territory_id(plan, "A")
    plan.run(AssignGeoUnits((ISLAND,), a))
    (repair,) = repairs_for(plan, a)
    assert repair.kind is RepairKind.LINK
    # The island is worth more than the rest, so it is the main part.
    assert repair.link is not None
    assert set(repair.link) == {ISLAND, zip_at(0, 7)}
    plan.run(AddLink(*repair.link))
    assert repairs_for(plan, a) == ()


@pytest.mark.parametrize("seed", range(10))
def test_every_proposal_connects_the_territory_and_does_what_it_says(
    plan: Workspace, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    letters = chance.choice(list("AAABBC."), (ROWS, COLUMNS))
    draw(plan, " ".join("".join(row) for row in letters))
    measure = plan.main_measure.id
    for name in "ABC":
        repairs = repairs_for(plan, territory_id(plan, name))
        for repair in repairs:
            assert repair.effect is not None
            served = plan.account_territory.copy()
            plan.run(Reassign(repair.moves, "Repair"))
            assert piece_count(plan, name) == 1
            moved = np.flatnonzero(served != plan.account_territory)
            value = plan.accounts.measure(measure)[moved].sum()
            assert repair.effect.moved_of(measure) == pytest.approx(value)
            plan.undo()
        ranks = [(len(r.effect.splits), r.effect.moved_of(measure)) for r in repairs if r.effect]
        assert ranks == sorted(ranks)


def test_shared_borders_are_as_long_as_the_squares_sides(plan: Workspace) -> None:
    polygons = read_ply1(plan.geography.folder / "view_zip.ply")
    one, two, km = shared_border_km(polygons, np.arange(ROWS * COLUMNS + 2))
    found = dict(zip(zip(one.tolist(), two.tolist(), strict=True), km.tolist(), strict=True))
    assert len(found) == ROWS * (COLUMNS - 1) + (ROWS - 1) * COLUMNS
    # Half a degree of latitude, and half a degree of longitude at 39.5 north.
    assert found[0, 1] == pytest.approx(0.5 * 40_075.017 / 360, rel=0.02)
    width = 0.5 * 40_075.017 / 360 * np.cos(np.radians(39.5))
    assert found[0, COLUMNS] == pytest.approx(width, rel=0.001)
