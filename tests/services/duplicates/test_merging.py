# SPDX-License-Identifier: MIT
"""What a merge proposes by itself is what a sales manager would choose."""

from app.models.account import Account, PlacedBy
from app.models.ids import AccountId, MeasureId
from app.models.measure import Measure, MeasureKind
from app.services.duplicates.merging import (
    PLACE,
    MeasureRule,
    MergeFacts,
    merged_value,
    propose_merge,
)

SALES = Measure(MeasureId(1), "Sales", MeasureKind.MONEY)
VISITS = Measure(MeasureId(2), "Visits", MeasureKind.COUNT)
FULL = Account(
    AccountId(1), "A", "Acme", "1 Main St", "Boston", created_on="2024-05-01", status="prospect"
)
THIN = Account(
    AccountId(2),
    "B",
    "ACME Inc",
    phone="555 0100",
    created_on="2022-01-01",
    last_activity_on="2026-01-01",
    placed_by=PlacedBy.COORDINATES,
)


def _facts(
    sales: tuple[float, float] = (10.0, 20.0), activity: tuple[int, int] = (0, 0)
) -> MergeFacts:
    values = {SALES.id: sales, VISITS.id: (4.0, 6.0)}
    return MergeFacts((FULL, THIN), activity, (SALES, VISITS), values)


def test_the_fullest_account_stays_and_activity_counts() -> None:
    # Both have five filled fields: the smaller id wins, unless the other has visits.
    assert propose_merge(_facts()).survivor == FULL.id
    assert propose_merge(_facts(activity=(0, 3))).survivor == THIN.id


def test_an_account_that_left_the_file_does_not_stay() -> None:
    gone = Account(AccountId(1), "A", "Acme", "1 Main St", "Boston", gone_since="2026-01-01")
    facts = MergeFacts((gone, Account(AccountId(2), "B", "Acme", "1 Main St")), (0, 0))
    assert propose_merge(facts).survivor == AccountId(2)


def test_each_field_takes_what_is_there() -> None:
    sources = propose_merge(_facts()).sources
    assert sources["name"] == FULL.id
    assert sources["phone"] == THIN.id
    assert sources["created_on"] == THIN.id  # the earlier one
    assert sources["last_activity_on"] == THIN.id
    assert sources["status"] == THIN.id  # a customer, not a prospect
    assert sources[PLACE] == THIN.id  # exact coordinates


def test_split_money_is_added_up_and_counts_are_not() -> None:
    rules = propose_merge(_facts()).rules
    assert rules == {SALES.id: MeasureRule.SUM, VISITS.id: MeasureRule.LARGEST}
    assert _facts().merged_value(SALES.id, MeasureRule.SUM, FULL.id) == 30.0


def test_a_copied_amount_is_not_added_up() -> None:
    assert propose_merge(_facts(sales=(10.0, 10.0))).rules[SALES.id] is MeasureRule.KEEP
    assert propose_merge(_facts(sales=(0.0, 10.0))).rules[SALES.id] is MeasureRule.KEEP


def test_the_user_chooses_who_stays() -> None:
    proposal = propose_merge(_facts(), THIN.id)
    assert proposal.survivor == THIN.id
    assert proposal.sources["name"] == THIN.id
    assert proposal.sources["street"] == FULL.id


def test_merged_values() -> None:
    assert merged_value([None, 2.0, 3.0], MeasureRule.KEEP) == 2.0
    assert merged_value([1.0, None, 3.0], MeasureRule.LARGEST) == 3.0
    assert merged_value([None, None], MeasureRule.SUM) is None


def test_differing_fields_are_named() -> None:
    assert "name" in _facts().differing()
    assert "region" not in _facts().differing()
