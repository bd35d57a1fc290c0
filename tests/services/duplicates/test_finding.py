# SPDX-License-Identifier: MIT
"""The search finds what is one customer, and leaves chains and neighbours alone."""

import threading
import time
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.errors import TaskCancelled
from app.services.duplicates.finding import PairJudge, find_duplicates
from app.services.duplicates.keys import make_keys
from app.services.duplicates.report import DuplicateReport
from app.services.duplicates.scoring import LIKELY, POSSIBLE, points_for
from app.services.importing.table import Watch
from tests.services.duplicates.invented import Row, columns_of, invented_list


def _score(first: Row, second: Row) -> float:
    """The score of two rows, 0 where it is below the threshold."""
    report = find_duplicates(columns_of([first, second]))
    return float(report.score[0]) if len(report) else 0.0


def _reasons(first: Row, second: Row) -> tuple[str, ...]:
    return find_duplicates(columns_of([first, second])).pair(0).reasons


def _likely(report: DuplicateReport) -> set[tuple[int, int]]:
    pairs = zip(report.first, report.second, report.score, strict=True)
    return {(int(a), int(b)) for a, b, score in pairs if score >= LIKELY}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_duplicates_are_found_and_look_alikes_are_not(seed: int) -> None:
    made = invented_list(2000, 200, seed)
    found = _likely(find_duplicates(made.columns()))
    right = len(found & made.same)
    assert right / len(made.same) >= 0.95
    assert right / len(found) >= 0.95


def test_legal_forms_case_and_address_spelling_do_not_matter() -> None:
    first = Row("001A000001XYZabIAG", "Acme Inc", "1 Main St\nSuite 5", "Boston", "02139")
    second = Row("001A000001XYZacIAG", "ACME, Inc.", "1 Main Street", "Boston", "02139-4307")
    assert _score(first, second) > 0.95
    assert "Names differ only in case and punctuation" in _reasons(first, second)
    assert "Same street and ZIP" in _reasons(first, second)


def test_two_companies_of_one_name_without_anything_else_are_possible_only() -> None:
    # 5 for the name, 4 against any pair: odds of 2 to 1.
    assert _score(Row("1", "Acme"), Row("2", "acme")) == pytest.approx(2 / 3)
    # Half a point less for the legal forms: 2 ** 0.5 to 1, which is 0.586.
    assert _score(Row("1", "Acme Corp"), Row("2", "Acme Inc")) == 0.0


def test_stores_of_a_chain_are_different_customers() -> None:
    first = Row("1", "McBurger #12", "1 Main St", "Boston", "02139", phone="800-555-0199")
    second = Row("2", "McBurger #34", "9 Oak Ave", "Boston", "02140", phone="800-555-0199")
    assert _score(first, second) == 0.0


def test_a_shared_phone_number_or_domain_alone_is_not_enough() -> None:
    first = Row("1", "Alder Dental", phone="617 555 0100", website="alder.example")
    second = Row("2", "Birch Roofing", phone="(617) 555-0100", website="info@alder.example")
    assert _score(first, second) < LIKELY


def test_the_same_name_far_away_is_another_customer() -> None:
    first = Row("1", "Acme", "1 Main St", "Springfield", lon=-72.6, lat=42.1)
    second = Row("2", "Acme", "1 Main St", "Springfield", lon=-89.6, lat=39.8)
    assert _score(first, second) == 0.0


def test_free_mail_is_no_common_domain() -> None:
    first = Row("1", "Alder", website="alder@gmail.com")
    second = Row("2", "Alder", website="birch@gmail.com")
    assert "Same domain" not in _reasons(first, second)


def test_both_forms_of_a_salesforce_id_are_one_account_whatever_else_differs() -> None:
    first = Row("001A000001XYZab", "Acme", city="Boston", postal_code="02139")
    second = Row("001A000001XYZabIAG", "Acme Holdings", city="Denver", postal_code="80202")
    assert _score(first, second) > 0.95
    assert _reasons(first, second)[0] == "15 and 18 characters of one Salesforce ID"


def test_exact_positions_tell_where_addresses_do_not() -> None:
    first = Row("1", "Acme Tool Works", placed_by="coordinates", lon=-71.0, lat=42.0)
    second = Row("2", "Acme Tool Wroks", placed_by="coordinates", lon=-71.0, lat=42.0009)
    assert _score(first, second) >= LIKELY
    assert "100 m apart" in _reasons(first, second)


def test_what_the_user_said_is_different_stays_out() -> None:
    rows = [Row("1", "Acme", "1 Main St", "Boston"), Row("2", "Acme", "1 Main St", "Boston")]
    columns = columns_of(rows)
    assert len(find_duplicates(columns)) == 1
    told = columns.of(
        columns.ids.tolist(), columns.text.__getitem__, columns.lon, columns.lat, [(2, 1)]
    )
    report = find_duplicates(told)
    assert len(report) == 0
    assert report.groups == ()


def test_an_empty_plan_has_no_duplicates() -> None:
    assert len(find_duplicates(columns_of([]))) == 0
    assert len(find_duplicates(columns_of([Row(), Row()]))) == 0


def test_a_thousand_equal_rows_stay_bounded() -> None:
    rows = [
        Row(str(n), "Acme", "1 Main St", "Boston", "02139", phone="617 555 0100")
        for n in range(1000)
    ]
    report = find_duplicates(columns_of(rows))
    assert 1000 <= len(report) <= 40_000
    assert max(len(group.members) for group in report.groups) <= 12


_WORDS = st.sampled_from(
    ("acme", "acne", "blue", "bird", "bluebird", "north", "tool", "co", "7", "8")
)
_ROWS = st.builds(
    Row,
    external_id=st.sampled_from(("a1", "A1", "001A000001XYZab", "001A000001XYZabIAG", "x", "y")),
    name=st.lists(_WORDS, max_size=3).map(" ".join),
    street=st.sampled_from(("", "1 Main St", "1 Mian St", "1 Main", "2 Main St", "Main St", "1")),
    city=st.sampled_from(("", "Boston", "Denver")),
    postal_code=st.sampled_from(("", "02139", "02140", "80202")),
    country=st.sampled_from(("", "US")),
    phone=st.sampled_from(("", "6175550100", "6175550101")),
    website=st.sampled_from(("", "acme.example", "bird.example")),
    placed_by=st.sampled_from(("coordinates", "city")),
    lon=st.sampled_from((float("nan"), -71.0, -71.001, -71.0049, -105.0)),
    lat=st.just(42.0),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_ROWS, max_size=25))
def test_blocking_misses_no_pair_that_comparing_all_would_find(rows: list[Row]) -> None:
    columns = columns_of(rows)
    for row in np.flatnonzero(np.isnan(columns.lon)):
        columns.lat[row] = np.nan
    report = find_duplicates(columns)
    found = set(zip(report.first.tolist(), report.second.tolist(), strict=True))
    pairs = list(combinations(range(len(rows)), 2))
    first, second = (np.array([pair[at] for pair in pairs], dtype=np.int64) for at in (0, 1))
    judge = PairJudge(make_keys(columns, Watch(), 0.0), Watch())
    all_pairs = judge.judged((first, second), points_for(POSSIBLE))
    assert found == set(zip(all_pairs.first.tolist(), all_pairs.second.tolist(), strict=True))


def test_cancel_stops_the_search_within_half_a_second() -> None:
    columns = invented_list(60_000, 6_000).columns()
    asked: list[float] = []
    stop = threading.Event()

    def cancelled() -> bool:
        return stop.is_set()

    def stop_soon() -> None:
        time.sleep(0.4)
        asked.append(time.perf_counter())
        stop.set()

    thread = threading.Thread(target=stop_soon)
    thread.start()
    with pytest.raises(TaskCancelled):
        find_duplicates(columns, Watch(cancelled=cancelled))
    thread.join()
    assert time.perf_counter() - asked[0] < 0.5


def test_progress_runs_from_nought_to_one() -> None:
    seen: list[float] = []
    find_duplicates(
        invented_list(300, 30).columns(), Watch(lambda share, _text: seen.append(share))
    )
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
