# SPDX-License-Identifier: MIT
"""Who holds which territory on a day, and the hours that a territory can count on."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.ids import RepId, TerritoryId
from app.models.rep import FULL_TIME_CAPACITY_HOURS, Rep, RosterEntry, RosterRole
from app.services.roster import Roster, capacity_by_territory, hours_by_territory

NORTH, SOUTH, EAST = TerritoryId(1), TerritoryId(2), TerritoryId(3)
ANN, BOB, CY = RepId(1), RepId(2), RepId(3)
TODAY = date(2026, 6, 15)


def roster(*entries: RosterEntry) -> Roster:
    return Roster(entries, lambda: TODAY)


def test_a_primary_entry_holds_from_its_first_to_its_last_day() -> None:
    found = roster(
        RosterEntry(NORTH, ANN, end_on="2026-06-15"),
        RosterEntry(NORTH, BOB, start_on="2026-06-16"),
    )
    assert found.holder(NORTH) == ANN
    assert found.holder(NORTH, "2026-06-16") == BOB
    assert found.holder(SOUTH) is None


def test_without_a_primary_rep_a_territory_is_vacant() -> None:
    others = [r for r in RosterRole if r is not RosterRole.PRIMARY]
    found = roster(*(RosterEntry(NORTH, ANN, role) for role in others))
    assert found.holder(NORTH) is None
    assert found.held_by(ANN) == set()


def test_of_several_primary_reps_the_larger_share_leads_then_the_later_start() -> None:
    shares = roster(
        RosterEntry(NORTH, ANN, share_fraction=0.4), RosterEntry(NORTH, BOB, share_fraction=0.6)
    )
    starts = roster(
        RosterEntry(NORTH, ANN, start_on="2025-01-01"),
        RosterEntry(NORTH, BOB, start_on="2026-01-01"),
    )
    assert (shares.holder(NORTH), starts.holder(NORTH)) == (BOB, BOB)
    assert shares.held_by(ANN) == {NORTH}


def test_the_clock_is_asked_each_time() -> None:
    days = iter((date(2026, 1, 1), date(2027, 1, 1)))
    found = Roster([RosterEntry(NORTH, ANN, end_on="2026-12-31")], lambda: next(days))
    assert [found.holder(NORTH), found.holder(NORTH)] == [ANN, None]


def test_hours_are_shared_by_the_territories_that_a_rep_leads() -> None:
    """Ann 1,600 h: North 1, South 1. Bob 800 h: South 0.5. Cy is a stand-in only."""
    found = roster(
        RosterEntry(NORTH, ANN),
        RosterEntry(SOUTH, ANN),
        RosterEntry(SOUTH, BOB, RosterRole.ADDITIONAL, 0.5),
        RosterEntry(NORTH, CY, RosterRole.BACKUP),
        RosterEntry(SOUTH, CY, start_on="2030-01-01"),
    )
    reps = [Rep(ANN, "Ann"), Rep(BOB, "Bob", part_time_fraction=0.5), Rep(CY, "Cy")]
    hours = capacity_by_territory((NORTH, SOUTH, EAST), found, reps)
    assert hours == {NORTH: 800.0, SOUTH: 1600.0, EAST: FULL_TIME_CAPACITY_HOURS}


def test_days_off_lower_the_hours_and_other_sales_forces_take_their_part() -> None:
    found = roster(RosterEntry(NORTH, ANN), RosterEntry(EAST, ANN))
    reps = [Rep(ANN, "Ann", days_off=23.0)]
    assert capacity_by_territory((NORTH,), found, reps) == {NORTH: pytest.approx(1440.0)}
    shared = capacity_by_territory((NORTH,), found, reps, frozenset((EAST,)))
    assert shared == {NORTH: pytest.approx(720.0)}


def test_the_hours_of_a_rep_follow_the_shares() -> None:
    """0.5 of North and 1 of East: East takes two thirds of 1,500 hours."""
    found = roster(
        RosterEntry(NORTH, ANN, share_fraction=0.5),
        RosterEntry(EAST, ANN),
        RosterEntry(SOUTH, ANN, RosterRole.OVERLAY),
        RosterEntry(SOUTH, BOB),
    )
    ann = Rep(ANN, "Ann", capacity_hours=1500.0)
    shared = hours_by_territory(ann, found, {NORTH, SOUTH, EAST})
    assert shared == {NORTH: pytest.approx(500.0), EAST: pytest.approx(1000.0)}
    assert found.territories_beside({NORTH, EAST}) == {SOUTH}


@given(
    st.lists(
        st.tuples(
            st.integers(1, 4), st.integers(1, 3), st.sampled_from(RosterRole), st.floats(0, 1)
        ),
        max_size=12,
    )
)
def test_no_hour_is_counted_twice(raw: list[tuple[int, int, RosterRole, float]]) -> None:
    """The hours of all staffed territories are those of the reps who lead one."""
    entries = [RosterEntry(TerritoryId(t), RepId(r), role, s) for t, r, role, s in raw]
    found = roster(*entries)
    reps = [Rep(RepId(r), str(r), capacity_hours=100.0 * 2**r) for r in (1, 2, 3)]
    leaves = [TerritoryId(t) for t in (1, 2, 3, 4)]
    leading = (RosterRole.PRIMARY, RosterRole.ADDITIONAL)
    counts = {(e.rep_id, e.territory_id) for e in entries if e.role in leading and e.share_fraction}
    hours = capacity_by_territory(leaves, found, reps)
    staffed = sum(hours[t] for t in leaves if any(t == held for _, held in counts))
    busy = sum(rep.capacity_hours for rep in reps if any(rep.id == r for r, _ in counts))
    assert staffed == pytest.approx(busy)
    assert sum(found.held_by(rep.id) != set() for rep in reps) <= len(reps)
