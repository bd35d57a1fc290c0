# SPDX-License-Identifier: MIT
"""Territories, their areas, rosters, goals, visits, contacts and market data."""

import datetime as dt

import pytest

from app.services.importing.draft import ProblemKind, Tally
from app.services.importing.fields import TableKind
from app.services.importing.job import with_rosters
from app.services.importing.reading_plan import read_current_plan
from app.services.store.store import Store
from tests.services.importing.plans import as_kind, bring_in, drafts_of, hands_of, write_drafts
from tests.services.importing.tables import made

REPS = made(
    "Employee ID, Full Name, Email",
    ("7", "Ann Example", "ann@example.com"),
    ("8", "Bob Example", "bob@example.com"),
)
TERRITORIES = made(
    "Territory ID, Territory Name, Parent Territory",
    ("T1", "North", "East coast"),
    ("T2", "South", "East coast"),
)
ACCOUNTS = made(
    "Account ID, Account Name, ZIP", ("A1", "Acme", "02139"), ("A2", "Blue Kite", "10001")
)


@pytest.fixture
def store() -> Store:
    """A plan with two reps, two territories below a region, and two accounts."""
    store = Store.in_memory()
    bring_in(store, REPS, TERRITORIES, ACCOUNTS)
    return store


@pytest.mark.parametrize("territories_come_along", [True, False])
def test_reps_that_name_their_territory_are_its_roster(*, territories_come_along: bool) -> None:
    reps = made(
        "Employee ID, Full Name, Email, Territory",
        ("7", "Ann Example", "ann@example.com", "T2"),
        ("8", "Bob Example", "bob@example.com", ""),
    )
    store = Store.in_memory()
    if not territories_come_along:
        bring_in(store, TERRITORIES)
    tables = (reps, TERRITORIES) if territories_come_along else (reps,)
    hands = with_rosters(hands_of(store, *tables), read_current_plan(store, ()))
    assert [hand.mapping.kind for hand in hands][-1] is TableKind.ROSTER
    write_drafts(store, drafts_of(store, hands))
    assert store.rows(
        "SELECT territory.name, rep.name FROM roster JOIN rep ON rep.id = rep_id"
        " JOIN territory ON territory.id = territory_id"
    ) == [("South", "Ann Example")]
    # Next month the list is still known as what it is first of all.
    (again_,) = hands_of(store, reps)
    assert again_.mapping.kind is TableKind.REPS


def test_the_roster_of_a_plan_is_not_overruled_by_a_list_of_reps_unasked(store: Store) -> None:
    reps = made(
        "Employee ID, Full Name, Territory", ("7", "Ann Example", "T1"), ("8", "Bob Example", "T2")
    )
    first = with_rosters(hands_of(store, reps), read_current_plan(store, ()))
    assert [hand.is_included for hand in first] == [True, True]
    write_drafts(store, drafts_of(store, first))
    second = with_rosters(hands_of(store, reps), read_current_plan(store, ()))
    assert [hand.is_included for hand in second] == [True, False]


def test_reps_make_no_roster_where_no_territory_is_known_or_a_roster_is_at_hand() -> None:
    store = Store.in_memory()
    reps = made(
        "Employee ID, Full Name, Email, Territory", ("7", "Ann Example", "ann@example.com", "T2")
    )
    roster = made("Territory ID, Rep Email, Role", ("T2", "ann@example.com", "Owner"))
    current = read_current_plan(store, ())
    alone, both = hands_of(store, reps), hands_of(store, reps, TERRITORIES, roster)
    assert [hand.mapping.kind for hand in alone] == [TableKind.REPS]
    assert with_rosters(alone, current) == tuple(alone)
    assert [hand.mapping.kind for hand in both][-1] is TableKind.ROSTER
    assert with_rosters(both, current) == tuple(both)


def day(text: str) -> int:
    return (dt.date.fromisoformat(text) - dt.date(1970, 1, 1)).days


def test_a_region_that_is_only_named_is_made(store: Store) -> None:
    found = store.rows(
        "SELECT t.name, t.external_id, above.name FROM territory AS t"
        " LEFT JOIN territory AS above ON above.id = t.parent_id ORDER BY t.id"
    )
    assert found == [
        ("North", "T1", "East coast"),
        ("South", "T2", "East coast"),
        ("East coast", "", None),
    ]
    assert bring_in(store, TERRITORIES)[0].tally == Tally(2, 0, 0, 2, 0)


def test_a_territory_is_never_above_itself(store: Store) -> None:
    table = made(
        "Territory ID, Territory Name, Parent Territory ID",
        ("1", "One", "2"),
        ("2", "Two", "3"),
        ("3", "Three", "1"),
    )
    bring_in(store, table)
    parents = store.rows(
        "SELECT name, parent_id IS NULL FROM territory WHERE external_id IN ('1', '2', '3')"
    )
    assert parents == [("One", 0), ("Two", 0), ("Three", 1)]


def test_areas_are_given_by_zip_range_county_and_state(store: Store) -> None:
    table = made(
        "Territory, ZIP",
        ("T1", "02139, 02140"),
        ("T1", "02141-02142"),
        ("South", "99999"),
        ("New one", "10001"),
    )
    (draft,) = drafts_of(store, [as_kind(store, table, TableKind.TERRITORY_AREAS)])
    assert draft.tally == Tally(4, 3, 0, 0, 1)
    write_drafts(store, [draft])
    held = store.rows(
        "SELECT name, geounit_id FROM geounit_assignment JOIN territory"
        " ON territory.id = territory_id ORDER BY name, geounit_id"
    )
    assert held == [
        ("New one", "zip:10001"),
        ("North", "zip:02139"),
        ("North", "zip:02140"),
        ("North", "zip:02141"),
        ("North", "zip:02142"),
    ]
    counties = made(
        "Territory, County, State", ("South", "Cook", "IL"), ("South", "Orleans Parish", "LA")
    )
    (draft,) = drafts_of(store, [as_kind(store, counties, TableKind.TERRITORY_AREAS)])
    write_drafts(store, [draft])
    found = store.rows("SELECT geounit_id FROM geounit_assignment WHERE geounit_id LIKE 'county%'")
    assert found == [("county:17031",), ("county:22071",)]
    (again,) = drafts_of(store, [as_kind(store, counties, TableKind.TERRITORY_AREAS)])
    assert again.tally == Tally(2, 0, 0, 2, 0)


def test_the_first_rep_of_a_roster_holds_the_territory_and_ended_entries_are_history(
    store: Store,
) -> None:
    table = made(
        "Territory ID, Employee ID, Start Date, End Date",
        ("T1", "7", "2020-01-01", "2020-12-31"),
        ("T1", "8", "2021-01-01", ""),
        ("T2", "7", "2021-01-01", ""),
        ("T2", "8", "2021-01-01", ""),
        ("T9", "8", "2021-01-01", ""),
    )
    (draft,) = drafts_of(store, [as_kind(store, table, TableKind.ROSTER)])
    assert draft.tally == Tally(5, 4, 0, 0, 1)
    write_drafts(store, [draft])
    sql = (
        "SELECT territory.name, rep.name, role, roster.start_on, roster.end_on FROM roster"
        " JOIN territory ON territory.id = territory_id JOIN rep ON rep.id = rep_id"
        " ORDER BY 1, 3 DESC, 4"
    )
    assert store.rows(sql) == [
        ("North", "Ann Example", "primary", "2020-01-01", "2020-12-31"),
        ("North", "Bob Example", "primary", "2021-01-01", ""),
        ("South", "Ann Example", "primary", "2021-01-01", ""),
        ("South", "Bob Example", "additional", "2021-01-01", ""),
    ]
    (again,) = drafts_of(store, [as_kind(store, table, TableKind.ROSTER)])
    assert again.tally == Tally(5, 0, 0, 4, 1)
    moved = made("Territory ID, Employee ID", ("T2", "8"))
    (draft,) = drafts_of(store, [as_kind(store, moved, TableKind.ROSTER)])
    write_drafts(store, [draft])
    assert store.rows("SELECT rep_id, role FROM roster WHERE territory_id = 2") == [(2, "primary")]
    assert len(store.rows("SELECT 1 FROM roster WHERE territory_id = 1")) == 2


def test_roles_and_shares_of_a_roster_are_read_and_what_is_left_is_shared(store: Store) -> None:
    table = made(
        "Territory ID, Employee ID, Role, Share",
        ("T1", "8", "Product specialist", "30%"),
        ("T1", "7", "Owner", "60"),
        ("T1", "8", "Primary", ""),
        ("T2", "7", "", ""),
        ("T2", "8", "Backup", ""),
    )
    (draft,) = drafts_of(store, [as_kind(store, table, TableKind.ROSTER)])
    assert draft.tally == Tally(5, 5, 0, 0, 0)
    write_drafts(store, [draft])
    found = store.rows(
        "SELECT territory_id, rep_id, role, round(share_fraction, 9) FROM roster"
        " ORDER BY territory_id, role, rep_id"
    )
    assert found == [
        (1, 2, "overlay", 0.3),
        (1, 1, "primary", 0.6),
        (1, 2, "primary", 0.4),
        (2, 2, "backup", 1.0),
        (2, 1, "primary", 1.0),
    ]


def test_goals_are_read_long_and_wide(store: Store) -> None:
    wide = made(
        "Rep, Q1 2026, Q2 2026", ("Ann Example", "100", "200"), ("bob@example.com", "", "50")
    )
    (draft,) = drafts_of(store, [as_kind(store, wide, TableKind.GOALS)])
    assert draft.tally == Tally(2, 2, 0, 0, 0)
    write_drafts(store, [draft])
    sql = "SELECT rep_id, first_day, last_day, amount FROM goal ORDER BY rep_id, first_day"
    assert store.rows(sql) == [
        (1, day("2026-01-01"), day("2026-03-31"), 100.0),
        (1, day("2026-04-01"), day("2026-06-30"), 200.0),
        (2, day("2026-04-01"), day("2026-06-30"), 50.0),
    ]
    long = made(
        "Rep, Period, Quota",
        ("Ann Example", "Q1 2026", "110"),
        ("Ann Example", "2026-07", "70"),
        ("Carl", "2026-07", "1"),
    )
    (draft,) = drafts_of(store, [as_kind(store, long, TableKind.GOALS)])
    assert draft.tally == Tally(3, 1, 1, 0, 1)
    write_drafts(store, [draft])
    assert store.rows(sql)[0][3] == 110.0


def test_first_days_of_quarters_become_quarters(store: Store) -> None:
    table = made(
        "Employee ID, Quota Date, Sales Quota",
        *[("7", date, "1") for date in ("2025-01-01", "2025-04-01", "2025-07-01", "2025-10-01")],
    )
    (draft,) = drafts_of(store, [as_kind(store, table, TableKind.GOALS)])
    write_drafts(store, [draft])
    found = store.rows("SELECT first_day, last_day FROM goal ORDER BY first_day")
    ends = ("2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31")
    assert [last for _, last in found] == [day(end) for end in ends]


def test_visits_are_joined_and_contacts_are_counted(store: Store) -> None:
    visits = made(
        "Visit ID, Account ID, Visit Date, Minutes, Rep",
        ("V1", "A1", "2025-01-02", "90", "Ann Example"),
        ("V2", "A9", "2025-01-03", "30", "Ann Example"),
    )
    contacts = made(
        "Contact ID, Account ID, First Name, Last Name",
        ("C1", "A1", "Zoë", "Sample"),
        ("C2", "A1", "Yan", "Sample"),
        ("C3", "A2", "Xia", "Sample"),
    )
    drafts = bring_in(store, visits, contacts)
    assert {draft.kind: draft.tally for draft in drafts} == {
        TableKind.VISITS: Tally(2, 1, 0, 0, 1),
        TableKind.CONTACTS: Tally(3, 0, 3, 0, 0),
    }
    assert store.rows("SELECT account_id, day, hours, owner FROM visit") == [
        (1, day("2025-01-02"), 1.5, "Ann Example")
    ]
    counts = "SELECT account_id, value FROM account_measure JOIN measure ON measure.id = measure_id"
    assert store.rows(f"{counts} WHERE name = 'Contacts' ORDER BY 1") == [(1, 2.0), (2, 1.0)]
    assert bring_in(store, contacts)[0].tally == Tally(3, 0, 0, 3, 0)


def test_market_data_is_kept_by_area_and_sums_repeated_areas(store: Store) -> None:
    table = made(
        "ZIP, Households",
        ("02139", "10"),
        ("2140", "20"),
        ("02139", "5"),
        ("00001", "7"),
    )
    (draft,) = drafts_of(store, [as_kind(store, table, TableKind.MARKET)])
    assert draft.tally == Tally(4, 3, 0, 0, 1)
    assert any(p.kind is ProblemKind.REPEATED_ID for p in draft.problems)
    write_drafts(store, [draft])
    assert store.rows("SELECT name, level FROM measure") == [("Households", "zip")]
    assert store.rows("SELECT geounit_id, value FROM geounit_measure ORDER BY 1") == [
        ("zip:02139", 15.0),
        ("zip:02140", 20.0),
    ]
    (same,) = drafts_of(store, [as_kind(store, table, TableKind.MARKET)])
    assert same.tally == Tally(4, 0, 0, 3, 1)


def test_accounts_of_territories_are_given_by_name(store: Store) -> None:
    table = made("Territory, Account", ("T1", "A2"), ("South", "Nobody"))
    (draft,) = drafts_of(store, [as_kind(store, table, TableKind.TERRITORY_ACCOUNTS)])
    assert draft.tally == Tally(2, 1, 0, 0, 1)
    write_drafts(store, [draft])
    assert store.rows("SELECT account_id, territory_id FROM account_assignment") == [(2, 1)]
