# SPDX-License-Identifier: MIT
"""Every check finds exactly its accounts, and finds nothing in a healthy list."""

import time
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.geounit import GeoLevel
from app.models.ids import MeasureId, RepId
from app.models.measure import ACCOUNT_COUNT, Measure
from app.services.data_health.checking import data_health, health_facts
from app.services.data_health.facts import NO_DAY, HealthFacts, guessed_roles, iso_days
from app.services.data_health.report import HealthCheck, HealthGroup, Repair, Severity
from tests.helpers.tiny_plan import SALES, tiny_workspace
from tests.services.data_health.facts import TODAY, facts_of

_NAN = (float("nan"), float("nan"))


def _check(facts: HealthFacts, key: str) -> HealthCheck:
    return next(check for check in data_health(facts).checks if check.key == key)


def _rows(facts: HealthFacts, key: str) -> list[int]:
    return _check(facts, key).rows.tolist()


def test_a_healthy_list_has_no_findings() -> None:
    report = data_health(facts_of([{}] * 6, [10.0] * 6, [20.0] * 6, newest_import=TODAY))
    assert [check.key for check in report.found] == []
    assert report.affected_count == 0
    assert len(report.checks) == 20


def test_an_empty_plan_has_no_findings() -> None:
    report = data_health(facts_of([]))
    assert report.found == ()


@pytest.mark.parametrize(
    ("key", "hole"),
    [
        ("no_name", {"name": " "}),
        ("no_street", {"street": ""}),
        ("no_postal_code", {"postal_code": ""}),
        ("no_owner", {"owner": ""}),
        ("no_segment", {"segment": ""}),
        ("no_contact", {"phone": "", "website": ""}),
    ],
)
def test_holes_are_counted_per_field(key: str, hole: dict[str, str]) -> None:
    check = _check(facts_of([{}, hole, {}, {}]), key)
    assert check.rows.tolist() == [1]
    assert check.share_fraction == 0.25
    assert Repair.IMPORT in check.repairs


def test_a_website_is_enough_to_be_reached() -> None:
    assert _rows(facts_of([{"phone": "", "website": "a.example"}]), "no_contact") == []


def test_a_column_that_is_not_there_says_so() -> None:
    check = _check(facts_of([{"segment": ""}] * 3), "no_segment")
    assert check.count == 3
    assert check.sentence.startswith("No segment at all: the list has no such column")


def test_accounts_without_revenue_are_found_only_where_revenue_is_known() -> None:
    assert _rows(facts_of([{}] * 3, [5.0, 0.0, 5.0]), "no_revenue") == [1]
    keys = [check.key for check in data_health(facts_of([{}] * 3)).checks]
    assert "no_revenue" not in keys


# Places


def test_placed_and_roughly_placed() -> None:
    hows = ("city", "county", "region", "country", "postal_code", "by_hand", "po_box")
    accounts = [{"placed_by": how} for how in hows]
    accounts.append({"placed_by": "not_placed", "country": "", "postal_code": ""})
    facts = facts_of(accounts, places={7: _NAN})
    assert _rows(facts, "roughly_placed") == [0, 1, 2, 3]
    assert _rows(facts, "not_placed") == [7]
    assert Repair.ACCOUNT in _check(facts, "not_placed").repairs


def test_coordinates_far_from_their_zip_area() -> None:
    # The corners of the area are 14 km from its point; a degree of latitude is 111 km.
    own = {"placed_by": "coordinates"}
    accounts = [own, own, own, {**own, "postal_code": "10002-1234"}, {}, {**own, "country": "FR"}]
    places = {1: (-100.0, 40.34), 2: (-100.0, 40.37), 4: (-90.0, 40.0), 5: (2.0, 48.0)}
    facts = facts_of(accounts, places=places)
    # 38 km is inside 14 + 25, 41 km is not; account 3 is ten degrees off; 4 has no coordinates
    # of its own; 5 is abroad, where a ZIP code of the US means nothing.
    assert _rows(facts, "far_from_zip") == [2, 3]
    assert _check(facts, "far_from_zip").share_fraction == 0.5


def test_one_name_in_one_place_twice() -> None:
    accounts = [
        {"name": "Acme  Corp"},
        {"name": "ACME corp "},
        {"name": "Acme Corp", "postal_code": "10002"},
        {"name": "Solo"},
        {"name": "Bolt", "postal_code": "", "city": "Springfield"},
        {"name": "Bolt", "postal_code": "", "city": "springfield"},
        {"name": "", "postal_code": "10001"},
        {"name": "", "postal_code": "10001"},
    ]
    check = _check(facts_of(accounts), "repeated")
    assert check.rows.tolist() == [0, 1, 4, 5]
    assert check.repairs[0] is Repair.DUPLICATES


# Owners


def test_owners_that_are_no_rep_are_named() -> None:
    accounts = [{"owner": o} for o in ("Ann Example", "ann  EXAMPLE", "Old Hand", "", "Old Hand")]
    check = _check(facts_of(accounts), "unknown_owners")
    assert check.rows.tolist() == [2, 4]
    assert check.share_fraction == 0.5
    assert "“Old Hand”" in check.sentence
    assert check.repairs[0] is Repair.OWNERS


def test_an_owner_that_the_user_has_named_is_known() -> None:
    facts = facts_of([{"owner": "Old Hand"}], aliases={"old hand": RepId(1)})
    assert _rows(facts, "unknown_owners") == []


def test_without_reps_it_is_the_reps_that_are_missing() -> None:
    assert "no reps yet" in _check(facts_of([{}], reps=()), "unknown_owners").sentence


# Values


def test_revenue_above_potential_and_below_zero() -> None:
    facts = facts_of([{}] * 4, [10.0, 30.0, -5.0, 7.0], [20.0, 20.0, 20.0, 0.0])
    assert _rows(facts, "above_potential") == [1]
    assert _check(facts, "above_potential").share_fraction == pytest.approx(1 / 3)
    assert _rows(facts, "negative_revenue") == [2]


def test_one_account_that_holds_more_than_half() -> None:
    facts = facts_of([{}] * 5, [10.0, 10.0, 10.0, 10.0, 41.0])
    check = _check(facts, "one_account_holds_most")
    assert check.rows.tolist() == [4]
    assert "Example 4 of Revenue" in check.sentence
    assert _rows(facts_of([{}] * 5, [10.0, 10.0, 10.0, 10.0, 40.0]), check.key) == []


def test_a_hundred_times_the_median_of_the_segment() -> None:
    # Retail: median 10, so 1,000 is found. Key: median 1,000, so 1,000 is usual there.
    segments = ["Retail"] * 5 + ["Key"] * 5
    revenue = [10.0, 10.0, 10.0, 10.0, 1000.0] + [1000.0] * 5
    facts = facts_of([{"segment": s} for s in segments], revenue)
    assert _rows(facts, "outliers") == [4]
    facts = facts_of([{"segment": s} for s in segments], [*revenue[:4], 999.0, *revenue[5:]])
    assert _rows(facts, "outliers") == []


def test_a_small_segment_is_measured_by_the_whole_list() -> None:
    # The segment of one account has no median of its own; that of the list is 10.
    segments = ["Retail"] * 6 + ["Odd"]
    facts = facts_of([{"segment": s} for s in segments], [10.0] * 6 + [1000.0])
    assert _rows(facts, "outliers") == [6]


def test_dates_in_the_future() -> None:
    accounts = [{"created_on": "2026-07-01"}, {"created_on": "2026-06-30"}, {}, {}, {}]
    sold, visited = [(2, "2027-01-01", 5.0), (3, "2026-01-01", 5.0)], [(4, "2026-12-01")]
    assert _rows(facts_of(accounts, sold=sold, visited=visited), "future_dates") == [0, 2, 4]


# Freshness


def test_silence_is_counted_from_the_last_sale_visit_or_activity() -> None:
    silent = {"last_activity_on": ""}
    accounts = [
        {"last_activity_on": "2025-06-30"},
        {"last_activity_on": "2025-06-29"},
        {"last_activity_on": "2024-06-29"},
        {"last_activity_on": "2024-06-29"},
        silent,
        silent,
        {"last_activity_on": "2099-01-01"},
    ]
    facts = facts_of(accounts, sold=[(3, "2026-05-01", 1.0)], visited=[(4, "2025-01-01")])
    assert _rows(facts, "silent_12_months") == [1, 4]
    assert _rows(facts, "silent_24_months") == [2]
    assert _check(facts, "silent_24_months").share_fraction == 0.2


def test_without_any_date_the_check_asks_for_dates() -> None:
    check = _check(facts_of([{"last_activity_on": ""}]), "no_dates")
    assert check.severity is Severity.NOTICE
    assert check.count == 0


def test_gone_accounts_and_the_age_of_the_list() -> None:
    facts = facts_of([{"gone_since": "2026-05-01"}, {}], newest_import=date(2025, 12, 1))
    assert _rows(facts, "gone") == [0]
    check = _check(facts, "list_age")
    assert check.on == date(2025, 12, 1)
    assert check.severity is Severity.NOTICE
    assert _check(facts_of([{}], newest_import=TODAY), "list_age").is_good


def test_days_of_texts() -> None:
    texts = np.array(["1970-01-02", "", "no date"], dtype=object)
    assert iso_days(texts).tolist() == [1, NO_DAY, NO_DAY]
    assert iso_days(texts[:2]).tolist() == [1, NO_DAY]


# The report


def test_findings_come_first_in_their_group_and_accounts_are_counted_once() -> None:
    report = data_health(facts_of([{"segment": "", "phone": ""}, {}, {}, {}]))
    own = report.of_group(HealthGroup.COMPLETENESS)
    assert [check.key for check in own][:2] == ["no_segment", "no_contact"]
    assert report.affected_count == 1


def test_measures_are_recognised_by_their_names() -> None:
    names = ("Accounts", "Sales potential", "Annual revenue", "Visits")
    measures = tuple(Measure(MeasureId(n), name) for n, name in enumerate(names))
    market = Measure(MeasureId(9), "Revenue of the market", level=GeoLevel.COUNTY)
    roles = guessed_roles((market, *measures))
    assert (roles.revenue, roles.potential) == (2, 1)
    assert guessed_roles(measures[:1]).revenue is None


def test_the_facts_are_read_from_a_plan(tmp_path: Path) -> None:
    workspace = tiny_workspace(tmp_path)
    # The tiny geography has no bounds; no account has a postal code to compare with.
    facts = health_facts(workspace, guessed_roles(workspace.measures), TODAY)
    workspace.close()
    assert facts.roles.revenue == SALES
    assert ACCOUNT_COUNT not in facts.values
    assert len(facts) == 8
    assert facts.newest_import is None
    assert facts.blank("owner").tolist() == [False] * 5 + [True, False, False]


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "name": st.sampled_from(["", "Acme", "acme "]),
                "owner": st.sampled_from(["", "Ann Example", "X"]),
                "segment": st.sampled_from(["", "Retail"]),
                "placed_by": st.sampled_from(["city", "coordinates", "not_placed", "odd"]),
                "postal_code": st.sampled_from(["", "10001", "1000", "W1"]),
                "created_on": st.sampled_from(["", "2030-01-01", "12/31/2020"]),
            }
        ),
        max_size=12,
    ),
    st.sampled_from([-1.0, 0.0, 5.0, 1e6]),
)
def test_rows_are_positions_and_shares_are_shares(
    accounts: list[dict[str, str]], amount: float
) -> None:
    facts = facts_of(accounts, [amount] * len(accounts), [3.0] * len(accounts))
    for check in data_health(facts).checks:
        assert check.sentence
        assert sorted(set(check.rows.tolist())) == check.rows.tolist()
        assert all(0 <= row < len(accounts) for row in check.rows.tolist())
        assert check.share_fraction is None or 0 <= check.share_fraction <= 1
        assert check.is_good or check.repairs


def test_a_hundred_thousand_accounts_are_checked_in_a_moment() -> None:
    facts = _large(100_000)
    started = time.perf_counter()
    report = data_health(facts)
    assert time.perf_counter() - started < 1.5  # 0.2 s on the machine that it was written on
    assert len(report.checks) > 15


def _large(count: int) -> HealthFacts:
    made = [
        {
            "name": f"Example {n % (count - 50)}",
            "postal_code": "10001" if n % 3 else "10002",
            "owner": f"Rep {n % 60}",
            "segment": f"Segment {n % 12}",
            "placed_by": "coordinates" if n % 2 else "city",
            "last_activity_on": f"202{n % 6}-0{n % 9 + 1}-15",
        }
        for n in range(count)
    ]
    values = np.random.default_rng(1).lognormal(8, 1, count).tolist()
    return facts_of(made, values, values[::-1], newest_import=TODAY)


def test_what_cannot_be_asked_is_left_out() -> None:
    keys = {check.key for check in data_health(facts_of([{"owner": ""}])).checks}
    assert not keys & {"unknown_owners", "far_from_zip", "list_age", "above_potential"}
