# SPDX-License-Identifier: MIT
"""Policies that settle overlaps and gaps, by hand on the block plan; what is told is what happens.

Sales of the account of row r and column c are 10 (8 r + c + 1). The reps are Ann (A, home in the
north-west), Bob (B, home in the north-east); C is vacant.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.errors import EditRejected, TaskCancelled
from app.models.ids import AccountId, GeoUnitId, RepId, TerritoryId
from app.models.settling import Policy, Settlement
from app.services.alignment import IN_DISPUTE, NOBODY
from app.services.commands import (
    AddDrawnArea,
    AssignAccounts,
    AssignGeoUnits,
    SetRep,
    SetTerritoryLock,
    SettleClaims,
)
from app.services.overlaps.claim_items import ClaimItems
from app.services.overlaps.plan_overlaps import OverlapFacts
from app.services.overlaps.settling import settle
from app.services.overlaps.settling_effect import settling_effect
from app.services.overlaps.settling_facts import settling_facts
from app.services.workspace import Workspace
from tests.helpers.block_geography import county_at, zip_at
from tests.helpers.block_plan import block_workspace, draw, territory_id
from tests.helpers.overlaps import overlaps_of


@pytest.fixture
def plan(tmp_path: Path) -> Workspace:
    """A holds the west of the two top rows, B the east; C holds nothing."""
    made = block_workspace(tmp_path)
    with made.document.store.transaction() as tx:
        columns = ("id", "name", "external_id", "lon", "lat", "capacity_hours")
        reps = [(1, "Ann", "R1", -99.9, 39.9, 1600.0), (2, "Bob", "R2", -96.1, 39.9, 1600.0)]
        tx.put("rep", columns, reps)
    made.state.reload()
    draw(made, "AAAABBBB AAAABBBB")
    made.run(SetRep(territory_id(made, "A"), RepId(1)))
    made.run(SetRep(territory_id(made, "B"), RepId(2)))
    return made


def claim(plan: Workspace, unit: GeoUnitId, name: str) -> None:
    """Claim a unit besides who has it."""
    plan.run(AssignGeoUnits((unit,), territory_id(plan, name), name, add=True))


def own(plan: Workspace, account: int, owner: str) -> None:
    """Write the owner of an account as imported."""
    with plan.document.store.transaction() as tx:
        tx.put("account", ("id", "owner"), [(account, owner)])
    plan.accounts.forget_text()


def overlaps_settled(
    plan: Workspace, policy: Policy, territory: TerritoryId | None = None
) -> Settlement:
    """All overlaps by a policy."""
    facts = settling_facts(plan)
    items = facts.overlaps.overlaps
    return settle(facts, items, range(len(items)), policy, territory)


def check_lists(plan: Workspace, facts: OverlapFacts) -> None:
    """The lists agree with what the check of the plan lists one by one, and with the counts."""
    items, values = facts.overlaps, facts.values[0]
    names = facts.territories
    found = {
        (
            None if unit < 0 else facts.borders.geounit(unit),
            None if row < 0 else facts.accounts.account(row),
            tuple(sorted(names[at] for at in facts.numbers.sets[number])),
        )
        for unit, row, number in zip(
            items.unit.tolist(), items.account_row.tolist(), items.sets.tolist(), strict=True
        )
    }
    report = overlaps_of(plan)
    assert found == {(i.geounit_id, i.account_id, i.territory_ids) for i in report.items}
    assert items.counts.sum() == report.account_count
    assert items.sums(values).sum() == pytest.approx(report.value)
    assert facts.gaps.counts.sum() == plan.unserved_counts()[0]


def gaps_settled(plan: Workspace, units: Sequence[GeoUnitId], policy: Policy) -> Settlement:
    """The gaps at some units by a policy."""
    facts = settling_facts(plan)
    items = facts.overlaps.gaps
    numbers = facts.overlaps.borders.numbers_of(units).tolist()
    chosen = [int(np.flatnonzero(items.unit == number)[0]) for number in numbers]
    return settle(facts, items, chosen, policy)


def run(plan: Workspace, settlement: Settlement) -> None:
    """Carry a settlement out."""
    plan.run(SettleClaims(settlement.units, settlement.accounts, "Settle"))


def names_of(plan: Workspace, settlement: Settlement) -> dict[str, str]:
    """Unit or account -> name of the territory that gets it."""
    names = {territory.id: territory.name for territory in plan.territories}
    found = {str(unit): names[each] for unit, each in settlement.units}
    return found | {str(account): names[each] for account, each in settlement.accounts}


# Overlaps


def test_the_rep_of_most_of_the_value_keeps_it(plan: Workspace) -> None:
    plan.run(AssignGeoUnits((county_at(0, 0),), territory_id(plan, "A"), "A"))
    claim(plan, county_at(0, 0), "B")
    for account, owner in ((1, "Ann"), (2, "ann "), (9, "Bob"), (10, "Bob")):
        own(plan, account, owner)
    # The county's accounts 1, 2, 9, 10 have sales of 10, 20 (Ann) and 90, 100 (Bob).
    settlement = overlaps_settled(plan, Policy.KEEP_REP)
    assert set(names_of(plan, settlement).values()) == {"B"}


def test_without_an_owner_in_question_nothing_is_decided(plan: Workspace) -> None:
    claim(plan, zip_at(0, 0), "C")
    own(plan, 1, "Bob")  # he is a rep, but B does not claim it
    settlement = overlaps_settled(plan, Policy.KEEP_REP)
    assert settlement.decided_count == 0
    assert settlement.undecided == (
        ("Block 10000", "No owner of its accounts is the rep of a territory in question."),
    )


def test_the_nearest_home_gets_it_and_vacant_territories_do_not(plan: Workspace) -> None:
    claim(plan, zip_at(0, 3), "B")
    claim(plan, zip_at(1, 7), "A")
    claim(plan, zip_at(0, 7), "C")
    settlement = overlaps_settled(plan, Policy.NEAREST_HOME)
    # Column 3 ends at 98 west, the homes are at 99.9 and 96.1: Ann is nearer to its middle.
    expected = {str(zip_at(0, 3)): "A", str(zip_at(1, 7)): "B", str(zip_at(0, 7)): "B"}
    assert names_of(plan, settlement) == expected


def test_the_less_loaded_gets_the_next_and_what_was_settled_counts(plan: Workspace) -> None:
    claim(plan, zip_at(0, 0), "C")
    claim(plan, zip_at(0, 1), "C")
    claim(plan, zip_at(1, 7), "C")
    # C has nothing and gets the largest (1,7: 160); it still has least and gets 20, then 10.
    settlement = overlaps_settled(plan, Policy.LESS_LOADED)
    assert set(names_of(plan, settlement).values()) == {"C"}


def test_one_large_overlap_can_make_a_territory_the_more_loaded_one(plan: Workspace) -> None:
    plan.run(AssignGeoUnits((zip_at(5, 0), zip_at(5, 1)), territory_id(plan, "C"), "C"))
    for unit in (zip_at(5, 6), zip_at(5, 7)):
        plan.run(AssignGeoUnits((unit,), territory_id(plan, "A"), "A"))
        claim(plan, unit, "C")
    # A: 520; C: 410 + 420 = 830; in dispute 470 and 480. A gets 480 and has 1000, C gets 470.
    settlement = overlaps_settled(plan, Policy.LESS_LOADED)
    assert names_of(plan, settlement) == {str(zip_at(5, 7)): "A", str(zip_at(5, 6)): "C"}


def test_the_largest_share_around_decides(plan: Workspace) -> None:
    claim(plan, zip_at(0, 0), "B")
    settlement = overlaps_settled(plan, Policy.LARGEST_SHARE)
    # In its county, only A serves accounts alone.
    assert names_of(plan, settlement) == {str(zip_at(0, 0)): "A"}


def test_the_nearest_own_land_splits_an_overlap_along_the_border(plan: Workspace) -> None:
    for column in (2, 3):
        claim(plan, zip_at(0, column), "B")
        claim(plan, zip_at(1, column), "B")
    for column in (4, 5):
        claim(plan, zip_at(0, column), "A")
        claim(plan, zip_at(1, column), "A")
    # A holds columns 0 and 1 alone, B 6 and 7; the border comes to lie between 3 and 4.
    settlement = overlaps_settled(plan, Policy.NEAREST_TERRITORY)
    names = names_of(plan, settlement)
    assert {names[str(zip_at(row, at))] for row in (0, 1) for at in (2, 3)} == {"A"}
    assert {names[str(zip_at(row, at))] for row in (0, 1) for at in (4, 5)} == {"B"}


def test_who_holds_no_land_alone_is_not_the_nearest(plan: Workspace) -> None:
    plan.run(AssignGeoUnits((zip_at(5, 0),), territory_id(plan, "C"), "C"))
    plan.run(AssignAccounts((AccountId(1),), territory_id(plan, "C"), "C"))
    claim(plan, zip_at(5, 0), "C")
    claim(plan, zip_at(0, 0), "C")
    settlement = overlaps_settled(plan, Policy.NEAREST_TERRITORY)
    assert names_of(plan, settlement) == {str(zip_at(0, 0)): "A"}


def test_by_hand_any_territory_gets_it(plan: Workspace) -> None:
    claim(plan, zip_at(0, 0), "B")
    settlement = overlaps_settled(plan, Policy.BY_HAND, territory_id(plan, "C"))
    run(plan, settlement)
    assert plan.holdings.territories_claiming(zip_at(0, 0)) == (territory_id(plan, "C"),)


def test_what_a_locked_territory_claims_stays(plan: Workspace) -> None:
    claim(plan, zip_at(0, 0), "B")
    plan.run(SetTerritoryLock(territory_id(plan, "B"), True, "B"))
    settlement = overlaps_settled(plan, Policy.LARGEST_SHARE)
    assert settlement.undecided == (("Block 10000", "A locked territory claims it."),)
    with pytest.raises(EditRejected, match="locked"):
        run(plan, Settlement(units=((zip_at(0, 0), territory_id(plan, "A")),)))


def test_settling_a_large_area_leaves_what_is_said_inside_it(plan: Workspace) -> None:
    plan.run(AssignGeoUnits((county_at(2, 0),), territory_id(plan, "A"), "A"))
    claim(plan, county_at(2, 0), "B")
    plan.run(AssignGeoUnits((zip_at(2, 0),), territory_id(plan, "C"), "C"))
    plan.run(AssignGeoUnits((zip_at(2, 1),), territory_id(plan, "A"), "A"))
    settlement = overlaps_settled(plan, Policy.BY_HAND, territory_id(plan, "A"))
    run(plan, settlement)
    assert plan.holdings.territories_claiming(zip_at(2, 0)) == (territory_id(plan, "C"),)
    assert plan.holdings.territories_claiming(zip_at(3, 0)) == (territory_id(plan, "A"),)
    # What repeats the area around it is not said any more.
    assert zip_at(2, 1) not in plan.state.alignment.units
    plan.undo()
    assert plan.state.alignment.units[county_at(2, 0)] == {
        territory_id(plan, "A"),
        territory_id(plan, "B"),
    }


def test_an_account_in_two_drawn_areas_goes_to_one_by_name(plan: Workspace) -> None:
    corners = ((-99.9, 37.1), (-99.1, 37.1), (-99.1, 37.9), (-99.9, 37.9), (-99.9, 37.1))
    for name in ("A", "C"):
        plan.run(AddDrawnArea(territory_id(plan, name), (corners,)))
    settlement = overlaps_settled(plan, Policy.BY_HAND, territory_id(plan, "C"))
    assert settlement.units == ()
    assert settlement.accounts
    run(plan, settlement)
    assert not (plan.account_territory == IN_DISPUTE).any()


# Gaps


def test_gaps_go_to_the_nearest_territory_and_home(plan: Workspace) -> None:
    units = (county_at(2, 0), county_at(2, 6))
    for policy in (Policy.NEAREST_TERRITORY, Policy.NEAREST_HOME):
        settlement = gaps_settled(plan, units, policy)
        assert names_of(plan, settlement) == {str(units[0]): "A", str(units[1]): "B"}


def test_gaps_fill_from_the_less_loaded_neighbour_inwards(plan: Workspace) -> None:
    units = (county_at(2, 0), county_at(4, 0))
    settlement = gaps_settled(plan, units, Policy.LESS_LOADED)
    # Counties 01010 and 01020 in the south-west touch A only, the lower one through the upper one.
    assert names_of(plan, settlement) == {str(unit): "A" for unit in units}
    run(plan, settlement)
    assert plan.unserved_counts()[0] == 49 - 16 - 8


def test_an_account_without_a_place_goes_to_the_territory_of_its_owner(plan: Workspace) -> None:
    with plan.document.store.transaction() as tx:
        columns = ("id", "external_id", "name", "owner", "placed_by")
        tx.put("account", columns, [(60, "K60", "Example 60", "Bob", "not_placed")])
    again = Workspace(plan.document, plan.geography)
    facts = settling_facts(again)
    items = facts.overlaps.gaps
    item = int(np.flatnonzero(items.account_row >= 0)[0])
    settlement = settle(facts, items, [item], Policy.KEEP_REP)
    assert names_of(again, settlement) == {"60": "B"}
    refused = settle(facts, items, [item], Policy.NEAREST_HOME)
    assert refused.undecided == (("Account 60", "It has no place on the map."),)
    again.close()


def test_the_work_stops_when_nobody_waits_for_it(plan: Workspace) -> None:
    facts = settling_facts(plan)
    items = facts.overlaps.gaps

    def check() -> None:
        raise TaskCancelled

    for policy in Policy:
        with pytest.raises(TaskCancelled):
            settle(facts, items, range(len(items)), policy, check=check)


def test_an_empty_settlement_is_refused(plan: Workspace) -> None:
    with pytest.raises(EditRejected, match="nothing to settle"):
        run(plan, Settlement())


def test_a_family_goes_with_its_head_and_the_effect_knows(plan: Workspace) -> None:
    with plan.document.store.transaction() as tx:
        tx.put("sales_force", ("id", "keeps_families"), [(1, 1)])
        # Account 1 leads, account 40 far away in an area of nobody follows.
        tx.put("account", ("id", "family"), [(1, "K1"), (40, "K1")])
    again = Workspace(plan.document, plan.geography)
    again.run(AssignGeoUnits((zip_at(0, 0),), territory_id(again, "B"), "B", add=True))
    facts = settling_facts(again)
    assert facts.overlaps.overlaps.rows_of(0).tolist() == [0, 39]
    settlement = settle(facts, facts.overlaps.overlaps, [0], Policy.LARGEST_SHARE)
    effect = settling_effect(again, settlement)
    assert (effect.disputed_before, effect.disputed_after) == (2, 0)
    (gained,) = effect.territories
    assert (gained.territory_id, gained.account_change) == (territory_id(again, "A"), 2)
    run(again, settlement)
    assert again.unserved_counts()[1] == 0
    assert again.account_territory[[0, 39]].tolist() == [0, 0]


# What is told before is what happens


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    picture=st.lists(st.text("ABC.", min_size=8, max_size=8), min_size=6, max_size=6),
    twice=st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 7), st.sampled_from("ABC"), st.booleans()),
        max_size=6,
    ),
    named=st.lists(st.tuples(st.integers(1, 49), st.sampled_from("ABC")), max_size=3),
    policy=st.sampled_from(list(Policy)),
    overlapping=st.booleans(),
)
def test_the_effect_told_is_the_effect(
    tmp_path_factory: pytest.TempPathFactory,
    picture: list[str],
    twice: list[tuple[int, int, str, bool]],
    named: list[tuple[int, str]],
    policy: Policy,
    overlapping: bool,
) -> None:
    plan = block_workspace(tmp_path_factory.mktemp("effect"))
    draw(plan, " ".join(picture))
    for row, column, name, by_county in twice:
        claim(plan, county_at(row, column) if by_county else zip_at(row, column), name)
    for account, name in named:
        plan.run(AssignAccounts((AccountId(account),), territory_id(plan, name), name))
    facts = settling_facts(plan)
    check_lists(plan, facts.overlaps)
    items: ClaimItems = facts.overlaps.overlaps if overlapping else facts.overlaps.gaps
    target = territory_id(plan, "B")
    settlement = settle(facts, items, range(len(items)), policy, target)
    assert settlement.decided_count + len(settlement.undecided) == len(items)
    if not settlement.decided_count:
        plan.close()
        return
    effect = settling_effect(plan, settlement)
    before = plan.account_territory.copy()
    others = [plan.holdings.territories_claiming(zip_at(*cell)) for cell in np.ndindex(6, 8)]
    run(plan, settlement)
    after = plan.account_territory
    assert effect.disputed_after == int((after == IN_DISPUTE).sum())
    assert effect.unserved_after == int((after == NOBODY).sum())
    report = plan.balance(plan.main_measure.id)
    told = {each.territory_id: each.total_after for each in effect.territories}
    for line in report.rows:
        if line.territory_id is not None and line.territory_id in told:
            assert told[line.territory_id] == pytest.approx(line.total)
    assert effect.within_after == report.within_count
    assert effect.worst_after == report.max_abs_deviation
    # Nobody who had something alone has lost it.
    assert (after[before >= 0] == before[before >= 0]).all()
    cells = list(np.ndindex(6, 8))
    for cell, claimants in zip(cells, others, strict=True):
        if len(claimants) == 1:
            assert plan.holdings.territories_claiming(zip_at(*cell)) == claimants
    plan.undo()
    assert (plan.account_territory == before).all()
    plan.close()
