# SPDX-License-Identifier: MIT
"""What rules see of a plan's accounts, against columns written by hand."""

import json
import math
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from app.models.days import day_number
from app.models.ids import GeoUnitId, RepId
from app.models.rule import (
    DateOperator,
    DateTest,
    DistanceOperator,
    DistanceTest,
    NumberOperator,
    NumberTest,
    PlaceOperator,
    PlaceTest,
    TextOperator,
    TextTest,
)
from app.services.rule_trials import field_maker
from app.services.rules.account_facts import AccountFacts, Sources
from app.services.rules.columns import Coded, FieldMissing
from app.services.rules.extra_columns import days_of
from app.services.rules.fields import FieldKind, extra_field
from app.services.rules.matching import matches
from app.services.rules.value_counts import value_counts
from app.services.workspace import Workspace
from tests.helpers.tiny_plan import tiny_workspace

TODAY = date(2026, 11, 24)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = tiny_workspace(tmp_path)
    with made.document.store.transaction() as tx:
        extras = [{"Tier": "1,200"}, {"Tier": "50", "Chain": "A; b"}, {"Start": "2026-01-31"}]
        rows = [(at + 1, json.dumps(extra)) for at, extra in enumerate(extras)]
        tx.put("account", ("id", "extra"), rows)
        tx.put("account", ("id", "segment"), [(1, "Large  Firms"), (2, "large firms"), (4, "É")])
        columns = ("id", "name", "line")
        tx.put("product", columns, [(1, "P1", "Pumps"), (2, "P2", "pumps "), (3, "V", "Valves")])
        transaction = ("id", "account_id", "day", "product_id", "amount", "stage")
        sold = [
            (1, 1, "2026-11-24", 1, 10.0, "sale"),
            (2, 1, "2025-11-25", 3, 30.0, "sale"),
            (3, 1, "2025-11-24", 2, 15.0, "sale"),
            (4, 2, "2024-02-01", 3, None, "sale"),
            (5, 2, "2024-03-01", 1, 99.0, "open"),
            (6, 4, "2024-02-29", None, 5.0, "sale"),
            (7, 5, "2024-02-29", 1, -5.0, "sale"),
        ]
        tx.put(
            "account_transaction",
            transaction,
            [(i, a, day_number(date.fromisoformat(d)), *rest) for i, a, d, *rest in sold],
        )
    made.accounts.forget_text()
    made.records.forget()
    yield made
    made.close()


@pytest.fixture
def facts(workspace: Workspace) -> AccountFacts:
    records = workspace.records
    sources = Sources(
        lambda: records.transactions, lambda: records.products, lambda: workspace.reps
    )
    return AccountFacts(workspace.accounts, workspace.geography, sources, TODAY)


def shown(column: object) -> list[object]:
    return [column.values[code] for code in column.codes]  # pyright: ignore[reportAttributeAccessIssue]


def test_texts_are_compared_in_their_plain_form(facts: AccountFacts) -> None:
    assert shown(facts.texts("segment")) == ["large firms", "large firms", "", "e", *[""] * 4]


def test_an_imported_column_is_text_number_date_or_list_as_the_test_asks(
    facts: AccountFacts,
) -> None:
    assert shown(facts.texts("extra:Tier")) == ["1,200", "50", *[""] * 6]
    numbers = facts.numbers("extra:Tier")
    assert numbers[:2].tolist() == [1200.0, 50.0]
    assert np.isnan(numbers[2:]).all()
    days = facts.days("extra:Start")
    assert days[2] == day_number(date(2026, 1, 31))
    assert np.isnan(days[[0, 1, 3]]).all()
    assert shown(facts.lists("extra:Chain"))[1] == {"a", "b"}


def test_sums_of_sales_by_period(facts: AccountFacts) -> None:
    assert facts.numbers("revenue:365")[:2].tolist() == [40.0, 0.0]
    assert facts.numbers("revenue:all")[:5].tolist() == [55.0, 0.0, 0.0, 5.0, -5.0]
    assert facts.numbers("revenue:y2025")[0] == 45.0
    assert facts.numbers("orders:365")[0] == 2.0


def test_last_order_is_the_last_sale_not_an_open_deal(facts: AccountFacts) -> None:
    last = facts.days("last_order")
    assert last[1] == day_number(date(2024, 2, 1))
    assert last[0] == day_number(TODAY)
    assert math.isnan(last[2])


def test_product_lines_bought_and_the_main_one(facts: AccountFacts) -> None:
    lines = shown(facts.lists("product_lines"))
    assert lines[:5] == [{"pumps", "valves"}, {"valves"}, set(), set(), {"pumps"}]
    # Account 1: valves 30, pumps 10 + 15; account 2 bought a line of an order without an amount.
    assert shown(facts.texts("main_product_line"))[:5] == ["valves", "", "", "", "pumps"]


def test_more_product_lines_than_a_number_has_bits(workspace: Workspace) -> None:
    with workspace.document.store.transaction() as tx:
        lines = [(100 + at, f"P{at}", f"Line {at:03}") for at in range(150)]
        tx.put("product", ("id", "name", "line"), lines)
        sold = [(100 + at, 1 + at % 2, 20_000, 100 + at, 1.0) for at in range(150)]
        columns = ("id", "account_id", "day", "product_id", "amount")
        tx.put("account_transaction", columns, sold)
    workspace.records.forget()
    records = workspace.records
    sources = Sources(lambda: records.transactions, lambda: records.products, tuple)
    lists = AccountFacts(workspace.accounts, workspace.geography, sources, TODAY).lists(
        "product_lines"
    )
    even = {f"line {at:03}" for at in range(0, 150, 2)} | {"pumps", "valves"}
    odd = {f"line {at:03}" for at in range(1, 150, 2)} | {"valves"}
    assert shown(lists)[:3] == [even, odd, set()]


def test_measures_and_places(facts: AccountFacts) -> None:
    large = NumberTest("measure:1", NumberOperator.AT_LEAST, (100.0,))
    assert np.flatnonzero(matches(large, facts)).tolist() == [0, 3]
    areas = tuple(map(GeoUnitId, ("county:01002", "zip:20001", "zip:99999")))
    lies = PlaceTest(PlaceOperator.IN, areas)
    assert np.flatnonzero(matches(lies, facts)).tolist() == [3, 4]


def test_zip3_areas_unite_zip_areas(facts: AccountFacts) -> None:
    lies = PlaceTest(PlaceOperator.IN, (GeoUnitId("zip3:100"),))
    assert np.flatnonzero(matches(lies, facts)).tolist() == [0, 1, 2, 3]


def test_distance_from_a_rep_and_from_a_point(facts: AccountFacts) -> None:
    # Ann lives at 99° W, Bob at 96° W, all placed accounts lie at 97° W on the same latitude.
    from_ann = facts.distances(DistanceTest(DistanceOperator.WITHIN, 1.0, rep_id=RepId(1)))
    from_bob = facts.distances(DistanceTest(DistanceOperator.WITHIN, 1.0, lon=-96.0, lat=40.0))
    assert from_ann[0] == pytest.approx(2 * from_bob[0], rel=1e-3)
    assert from_bob[0] == pytest.approx(85.18, abs=0.01)
    assert math.isnan(from_ann[7])


@pytest.mark.parametrize(
    "ask",
    [
        lambda facts: facts.texts("extra:Gone"),
        lambda facts: facts.texts("secret"),
        lambda facts: facts.numbers("measure:99"),
        lambda facts: facts.numbers("measure:x"),
        lambda facts: facts.numbers("revenue:soon"),
        lambda facts: facts.numbers("revenue:9999999999999999999"),
        lambda facts: facts.days("segment"),
        lambda facts: facts.areas("layer:3", ()),
        lambda facts: facts.distances(DistanceTest(DistanceOperator.WITHIN, 1.0, rep_id=RepId(99))),
        lambda facts: facts.distances(DistanceTest(DistanceOperator.WITHIN, 1.0, rep_id=RepId(3))),
    ],
)
def test_what_the_plan_has_not_is_said_in_a_sentence(facts: AccountFacts, ask: object) -> None:
    with pytest.raises(FieldMissing) as raised:
        ask(facts)  # pyright: ignore[reportCallIssue]
    assert raised.value.text.endswith(".")


def test_dates_of_accounts(workspace: Workspace, facts: AccountFacts) -> None:
    lately = DateTest("gone_since", DateOperator.EMPTY)
    assert matches(lately, facts).all()
    named = TextTest("name", TextOperator.ENDS, ("A",))
    assert np.flatnonzero(matches(named, facts)).tolist() == [0]


def test_values_are_offered_as_they_are_written_the_most_frequent_first(
    facts: AccountFacts,
) -> None:
    def offered(field: str, kind: FieldKind = FieldKind.TEXT) -> list[tuple[str, int]]:
        return [(value.text, value.accounts) for value in value_counts(facts, field, kind)]

    assert offered("segment") == [("Large Firms", 2), ("É", 1)]
    assert offered("owner") == [("Ann", 3), ("Bob", 2), ("Cy", 2)]
    assert offered("extra:Tier") == [("1,200", 1), ("50", 1)]
    assert offered("product_lines", FieldKind.LIST) == [("Pumps", 2), ("Valves", 2)]
    assert offered("main_product_line") == [("Pumps", 1), ("Valves", 1)]


def test_the_fields_of_a_plan_have_titles_of_their_own(workspace: Workspace) -> None:
    fields = field_maker(workspace)()
    titles = [field.title for field in fields]
    assert len(set(titles)) == len(titles)
    by_key = {field.key: field for field in fields}
    assert by_key["extra:Tier"].kind is FieldKind.NUMBER
    assert by_key["extra:Start"].kind is FieldKind.DATE
    assert by_key["extra:Chain"].kind is FieldKind.TEXT
    assert by_key["measure:1"].title == "Sales"
    assert "revenue:y2025" in by_key
    assert "measure:0" not in by_key


@pytest.mark.parametrize(
    ("texts", "kind", "first"),
    [
        (["3/31/2026", "4/1/2026"], FieldKind.DATE, date(2026, 3, 31)),
        (["31/3/2026", "4/1/2026"], FieldKind.DATE, date(2026, 3, 31)),
        (["31.12.2025", ""], FieldKind.DATE, date(2025, 12, 31)),
        (["5 Jan 2026", "soon"], FieldKind.TEXT, None),
        (["46027", "46028"], FieldKind.NUMBER, None),
        (["", ""], FieldKind.TEXT, None),
    ],
)
def test_what_an_imported_column_holds(
    texts: list[str], kind: FieldKind, first: date | None
) -> None:
    column = Coded(np.arange(len(texts), dtype=np.int32), texts)
    assert extra_field("Start", column).kind is kind
    if first is not None:
        assert days_of(texts)[0] == day_number(first)
