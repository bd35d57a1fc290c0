# SPDX-License-Identifier: MIT
"""The effect of an edit is what the edit then does: compared with really doing it."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.models.edit_effect import EditEffect, Move
from app.models.errors import EditRejected
from app.models.ids import AccountId, GeoUnitId, TerritoryId
from app.models.measure import ACCOUNT_COUNT
from app.models.reports import BalanceReport
from app.services.alignment import NOBODY
from app.services.commands import (
    AddDrawnArea,
    AssignAccounts,
    AssignGeoUnits,
    DescribeTerritories,
    SetTerritoryLock,
)
from app.services.edit_effect import edit_effect, effect_of_moves
from app.services.workspace import Workspace
from tests.helpers.block_geography import COLUMNS, ISLAND, ROWS, county_at, zip_at
from tests.helpers.block_plan import block_workspace, draw, territory_id


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    workspace = block_workspace(tmp_path)
    yield workspace
    workspace.close()


def random_units(chance: np.random.Generator) -> tuple[GeoUnitId, ...]:
    """A few neighbouring ZIP areas, sometimes a county, a state or the island among them."""
    row, column = int(chance.integers(ROWS - 1)), int(chance.integers(COLUMNS - 2))
    units = [zip_at(row + int(i) // 3, column + int(i) % 3) for i in chance.choice(6, 3, False)]
    extra = chance.random()
    if extra < 0.2:
        units.append(county_at((row + 2) % ROWS, column))
    elif extra < 0.25:
        units.append(GeoUnitId("state:02"))
    elif extra < 0.35:
        units.append(ISLAND)
    return tuple(units)


def piece_counts(plan: Workspace) -> dict[TerritoryId, int]:
    """Connected parts that are no islands, by territory."""
    graph = plan.connections.graph
    values = plan.accounts.measure(plan.main_account_measure.id)
    parts = graph.parts(graph.worth(plan.accounts.unit_index, values))
    return {
        territory.id: len(parts.of(at)) - len(parts.islands(at))
        for at, territory in enumerate(plan.territories)
    }


def check_effect(plan: Workspace, units: tuple[GeoUnitId, ...], to: TerritoryId | None) -> None:
    """Do the edit and compare all figures with what was told before."""
    effect = edit_effect(plan, units, to)
    served, pieces = plan.account_territory.copy(), piece_counts(plan)
    before = plan.balance(plan.main_measure.id)
    taken = tuple(unit for unit in units if unit not in effect.refused)
    if taken:
        plan.run(AssignGeoUnits(taken, to))
    moved = np.flatnonzero(served != plan.account_territory)
    assert effect.account_count == len(moved)
    for measure, value in effect.moved:
        assert value == pytest.approx(plan.accounts.measure(measure)[moved].sum())
    gone = (plan.account_territory == NOBODY).sum() - (served == NOBODY).sum()
    assert effect.unassigned_change == gone
    _check_territories(plan, effect, before, pieces)


def _check_territories(
    plan: Workspace, effect: EditEffect, before: BalanceReport, pieces: dict[TerritoryId, int]
) -> None:
    after = plan.balance(plan.main_measure.id)
    pieces_after = piece_counts(plan)
    told = {each.territory_id: each for each in effect.territories}
    for old, new in zip(before.rows, after.rows, strict=False):
        if old.territory_id is None:
            break
        each = told.get(old.territory_id)
        if each is None:
            assert old.total == new.total
            assert pieces[old.territory_id] == pieces_after[old.territory_id]
            continue
        assert (each.total_before, each.total_after) == (old.total, new.total)
        assert each.deviation_before == old.deviation_fraction
        assert each.deviation_after == new.deviation_fraction
        assert each.account_change == new.account_count - old.account_count
        assert each.parts_before == pieces[old.territory_id]
        assert each.parts_after == pieces_after[old.territory_id]


@pytest.mark.parametrize("seed", range(6))
def test_the_effect_is_what_the_edit_then_does(plan: Workspace, seed: int) -> None:
    chance = np.random.default_rng(seed)
    first, second = (t.id for t in plan.territories[:2])
    ids: list[TerritoryId | None] = [*(t.id for t in plan.territories), None]
    plan.run(AssignAccounts((AccountId(1),), second))
    for step in range(25):
        to = ids[int(chance.integers(len(ids)))]
        check_effect(plan, random_units(chance), to)
        if step == 12:
            plan.run(SetTerritoryLock(first, is_locked=True))
        if step == 18:
            plan.run(SetTerritoryLock(first, is_locked=False))
            plan.run(AssignGeoUnits((zip_at(2, 2),), first, add=True))


@pytest.fixture
def region(plan: Workspace) -> Workspace:
    """The plan with C as the region above A and B."""
    a, b, c = (territory.id for territory in plan.territories)
    with plan.document.store.transaction() as tx:
        tx.put("territory", ("id", "parent_id"), [(a, c), (b, c)])
    return Workspace(plan.document, plan.geography)


def test_a_region_counts_while_it_has_a_drawn_area(region: Workspace) -> None:
    a, _, c = (territory.id for territory in region.territories)
    region.run(AddDrawnArea(c, (((-100, 39.5), (-99.5, 39.5), (-99.5, 40), (-100, 40)),)))
    check_effect(region, (zip_at(2, 2),), a)
    assert len(region.leaf_territories) == 3


def test_a_region_counts_no_more_when_it_loses_its_claim(region: Workspace) -> None:
    a, b, c = (territory.id for territory in region.territories)
    region.run(AssignGeoUnits((zip_at(2, 2),), c))
    region.run(AssignGeoUnits((zip_at(2, 2),), a, add=True))
    assert len(region.leaf_territories) == 3
    region.run(AssignGeoUnits((zip_at(0, 0), zip_at(0, 1)), a))
    told = edit_effect(region, (zip_at(2, 2),), b).territories
    region.run(AssignGeoUnits((zip_at(2, 2),), b))
    assert len(region.leaf_territories) == 2
    rows = {row.territory_id: row for row in region.balance(region.main_measure.id).rows}
    after = {each.territory_id: each.deviation_after for each in told}
    assert (after[a], after[b]) == (rows[a].deviation_fraction, rows[b].deviation_fraction)
    assert after[c] is None


def test_cut_off_units_are_told_with_their_territory(plan: Workspace) -> None:
    draw(plan, "AAAAA... ........ ........ ........ ........ ........")
    effect = edit_effect(plan, (zip_at(0, 2),), territory_id(plan, "B"))
    split = effect.splits[0]
    assert split.territory_id == territory_id(plan, "A")
    # Accounts 1 and 2 are worth 30, accounts 4 and 5 are worth 90.
    assert split.cut_off == (zip_at(0, 0), zip_at(0, 1))
    assert (split.parts_before, split.parts_after) == (1, 2)


def test_a_territory_that_need_not_hang_together_is_not_split(plan: Workspace) -> None:
    draw(plan, "AAAAA... ........ ........ ........ ........ ........")
    lone = territory_id(plan, "A")
    assert plan.connections.units_that_split(lone) != ()
    plan.run(DescribeTerritories((lone,), "must_connect", "0"))
    assert edit_effect(plan, (zip_at(0, 2),), territory_id(plan, "B")).splits == ()
    assert plan.connections.units_that_split(lone) == ()


def test_what_was_cut_off_already_is_not_told_again(plan: Workspace) -> None:
    draw(plan, "AA.AAA.. ........ ........ ........ ........ ........")
    effect = edit_effect(plan, (zip_at(0, 5),), territory_id(plan, "B"))
    assert effect.splits == ()


def test_units_that_come_without_touching_the_target_are_told(plan: Workspace) -> None:
    draw(plan, "AA...... ........ ........ ........ ........ ........")
    a = territory_id(plan, "A")
    effect = edit_effect(plan, (zip_at(5, 0), ISLAND), a)
    (mine,) = effect.territories
    assert mine.cut_off == (zip_at(5, 0),)
    assert mine.islands == (ISLAND,)


def test_the_targets_own_units_do_not_count(plan: Workspace) -> None:
    draw(plan, "AAB..... ........ ........ ........ ........ ........")
    a, b = territory_id(plan, "A"), territory_id(plan, "B")
    effect = edit_effect(plan, (zip_at(0, 0), zip_at(0, 1), zip_at(0, 2)), a)
    assert (effect.unit_count, effect.account_count) == (1, 1)
    assert effect.moved_of(plan.main_measure.id) == 30.0
    assert [each.territory_id for each in effect.territories] == [a, b]


def test_units_of_locked_territories_are_refused_also_inside_coarser_ones(plan: Workspace) -> None:
    draw(plan, "AB...... ........ ........ ........ ........ ........")
    b = territory_id(plan, "B")
    plan.run(SetTerritoryLock(b, is_locked=True))
    units = (county_at(0, 0), zip_at(0, 0), zip_at(0, 1))
    effect = edit_effect(plan, units, territory_id(plan, "C"))
    assert set(effect.refused) == {county_at(0, 0), zip_at(0, 1)}
    assert effect.refused_by == (b,)
    assert effect.account_count == 1
    with pytest.raises(EditRejected, match="locked"):
        plan.run(AssignGeoUnits(units, territory_id(plan, "C")))


def test_a_locked_target_gets_nothing(plan: Workspace) -> None:
    a = territory_id(plan, "A")
    plan.run(SetTerritoryLock(a, is_locked=True))
    effect = edit_effect(plan, (zip_at(0, 0),), a)
    assert (effect.unit_count, effect.refused, effect.refused_by) == (0, (zip_at(0, 0),), (a,))


def test_accounts_by_name_stay_when_their_area_moves(plan: Workspace) -> None:
    a, b = territory_id(plan, "A"), territory_id(plan, "B")
    plan.run(AssignAccounts((AccountId(1),), b))
    effect = edit_effect(plan, (zip_at(0, 0), zip_at(0, 1)), a)
    assert (effect.unit_count, effect.account_count) == (2, 1)
    assert dict(effect.moved)[ACCOUNT_COUNT] == 1.0


def test_accounts_in_a_drawn_area_stay_when_the_area_below_moves(plan: Workspace) -> None:
    a, b = territory_id(plan, "A"), territory_id(plan, "B")
    ring = ((-99.9, 39.9), (-99.6, 39.9), (-99.6, 39.6), (-99.9, 39.6), (-99.9, 39.9))
    plan.run(AddDrawnArea(b, (ring,), "Centre"))
    effect = edit_effect(plan, (zip_at(0, 0), zip_at(0, 1)), a)
    assert (effect.unit_count, effect.account_count) == (2, 1)
    check_effect(plan, (zip_at(0, 0), zip_at(0, 1)), a)


def test_moves_follow_one_another(plan: Workspace) -> None:
    a, b = territory_id(plan, "A"), territory_id(plan, "B")
    moves = (Move((county_at(0, 0),), a), Move((zip_at(0, 0),), b))
    effect = effect_of_moves(plan, moves)
    plan.run(AssignGeoUnits(moves[0].units, a))
    plan.run(AssignGeoUnits(moves[1].units, b))
    rows = {row.territory_id: row.total for row in plan.balance(plan.main_measure.id).rows}
    assert {each.territory_id: each.total_after for each in effect.territories} == {
        a: rows[a],
        b: rows[b],
    }


def test_an_effect_is_told_where_the_first_territory_alone_holds_what_is_not_in_dispute(
    plan: Workspace,
) -> None:
    a, b = (territory.id for territory in plan.territories[:2])
    plan.run(AssignGeoUnits((zip_at(0, 0), zip_at(0, 1)), a))
    plan.run(AssignGeoUnits((zip_at(0, 1),), b, add=True))
    effect = edit_effect(plan, (zip_at(0, 0),), None)
    assert effect.account_count == 1
