# SPDX-License-Identifier: MIT
"""Orders, order lines and deals: joined to accounts, priced, dated, and never counted twice."""

import pytest

from app.services.importing.draft import ProblemKind, Tally
from app.services.importing.repairs import Repairs
from app.services.store.store import Store
from tests.services.importing.plans import again, bring_in, repair_in
from tests.services.importing.tables import made

ACCOUNTS = made(
    "Account ID, Account Name, ZIP",
    ("A1", "Acme Corporation", "02139"),
    ("A2", "Blue Kite Ltd", "10001"),
)
ORDERS = made(
    "Order ID, Account ID, Order Date, Product, Amount, Quantity",
    ("O1", "A1", "2025-01-31", "Bolt", "100.50", "2"),
    ("O2", "A2", "2025-02-28", "Nut", "-20", "1"),
    ("O3", "A1", "2025-02-28", "", "", ""),
)


@pytest.fixture
def store() -> Store:
    """A plan with two accounts."""
    store = Store.in_memory()
    bring_in(store, ACCOUNTS)
    return store


def rows_of(store: Store) -> list[tuple[object, ...]]:
    return list(
        store.rows(
            "SELECT t.external_id, account.external_id, day, product.name, amount, quantity, stage"
            " FROM account_transaction AS t JOIN account ON account.id = t.account_id"
            " LEFT JOIN product ON product.id = t.product_id ORDER BY t.id"
        )
    )


def test_orders_are_joined_priced_and_dated(store: Store) -> None:
    (draft,) = bring_in(store, ORDERS)
    assert draft.tally == Tally(3, 3, 0, 0, 0)
    # 2025-01-31 is day 20119 after 1970-01-01, 2025-02-28 is 28 days later.
    assert rows_of(store) == [
        ("O1", "A1", 20119, "Bolt", 100.5, 2.0, "sale"),
        ("O2", "A2", 20147, "Nut", -20.0, 1.0, "sale"),
        ("O3", "A1", 20147, None, None, None, "sale"),
    ]


def test_the_same_export_again_changes_nothing_and_a_change_is_counted(store: Store) -> None:
    bring_in(store, ORDERS)
    (same,) = bring_in(store, ORDERS)
    assert same.tally == Tally(3, 0, 0, 3, 0)
    later = made(
        "Order ID, Account ID, Order Date, Product, Amount, Quantity",
        ("O1", "A1", "2025-01-31", "Bolt", "101", "2"),
        ("O4", "A2", "2025-03-01", "Nut", "5", "1"),
    )
    (draft,) = bring_in(store, later)
    assert draft.tally == Tally(2, 1, 1, 0, 0)
    assert draft.changed_fields == {"Amount": 1}
    assert rows_of(store)[0][4] == 101.0
    assert len(rows_of(store)) == 4


def test_an_empty_cell_keeps_what_the_plan_has_even_where_another_cell_changes(
    store: Store,
) -> None:
    bring_in(store, ORDERS)
    (draft,) = bring_in(
        store,
        made(
            "Order ID, Account ID, Order Date, Product, Amount, Quantity",
            ("O1", "A1", "2025-01-30", "", "", "3"),
            ("O2", "A2", "2025-02-27", "Nut", "", ""),
        ),
    )
    assert draft.changed_fields == {"Date": 2, "Quantity": 1}
    assert rows_of(store)[:2] == [
        ("O1", "A1", 20118, "Bolt", 100.5, 3, "sale"),
        ("O2", "A2", 20146, "Nut", -20, 1, "sale"),
    ]


def test_rows_without_an_id_are_the_same_where_all_is_equal(store: Store) -> None:
    headers = "Account, Date, Amount"
    two = made(headers, ("A1", "2025-01-01", "5"), ("A1", "2025-01-01", "5"))
    three = made(headers, *[("A1", "2025-01-01", "5")] * 3)
    assert bring_in(store, two)[0].tally == Tally(2, 2, 0, 0, 0)
    assert bring_in(store, three)[0].tally == Tally(3, 1, 0, 2, 0)
    assert bring_in(store, two)[0].tally == Tally(2, 0, 0, 2, 0)


def test_names_are_found_without_case_and_legal_form(store: Store) -> None:
    table = made(
        "Customer, Invoice Date, Amount",
        ("ACME CORP.", "1/15/2025", "1"),
        ("blue kite", "1/16/2025", "2"),
    )
    (draft,) = bring_in(store, table)
    assert draft.tally.added == 2
    assert [row[1] for row in rows_of(store)] == ["A1", "A2"]


def test_a_name_that_is_merely_like_one_is_suggested_and_taken_once_confirmed(
    store: Store,
) -> None:
    table = made(
        "Customer, Invoice Date, Amount",
        ("Acme Corporatoin", "1/15/2025", "1"),
        ("Acme Corporatoin", "1/16/2025", "2"),
        ("Nobody We Know", "1/17/2025", "3"),
    )
    (draft,) = bring_in(store, table)
    assert draft.tally == Tally(3, 0, 0, 0, 3)
    repair = repair_in(draft, ProblemKind.UNKNOWN_ACCOUNT)
    assert [(v.raw, v.count, v.suggestion) for v in repair.values] == [
        ("Acme Corporatoin", 2, "Acme Corporation"),
        ("Nobody We Know", 1, ""),
    ]
    chosen = Repairs().with_values("Customer", {"Acme Corporatoin": "Acme Corporation"})
    draft = again(store, table, repairs=chosen)
    assert draft.tally == Tally(3, 2, 0, 0, 1)
    assert draft.outcomes.sentence(0) == "Repaired as you chose."
    # The next such file is repaired by itself.
    assert bring_in(store, table)[0].tally == Tally(3, 0, 0, 2, 1)


def test_order_lines_stand_instead_of_their_orders(store: Store) -> None:
    lines = made(
        "OrderID, ProductID, UnitPrice, Quantity, Discount",
        ("O1", "P1", "10", "3", "0.1"),
        ("O1", "P2", "4", "1", "0"),
        ("O9", "P1", "10", "1", "0"),
    )
    orders = made("OrderID, CustomerID, OrderDate", ("O1", "A1", "2025-01-31"))
    drafts = bring_in(store, lines, orders)
    assert [draft.tally for draft in drafts] == [Tally(1, 1, 0, 0, 0), Tally(3, 2, 0, 0, 1)]
    assert rows_of(store) == [
        ("O1/1", "A1", 20119, "P1", pytest.approx(27.0), 3.0, "sale"),
        ("O1/2", "A1", 20119, "P2", 4.0, 1.0, "sale"),
    ]
    assert [draft.tally for draft in bring_in(store, orders, lines)] == [
        Tally(1, 0, 0, 1, 0),
        Tally(3, 0, 0, 2, 1),
    ]
    assert len(rows_of(store)) == 2


def test_deals_are_won_open_or_lost(store: Store) -> None:
    table = made(
        "Opportunity ID, Account ID, Close Date, Amount, Stage",
        ("D1", "A1", "2025-01-01", "1", "Closed Won"),
        ("D2", "A1", "2025-01-02", "2", "Negotiation"),
        ("D3", "A2", "2025-01-03", "3", "Closed Lost"),
    )
    bring_in(store, table)
    assert [row[6] for row in rows_of(store)] == ["sale", "open", "lost"]
    flags = made(
        "Id, AccountId, CloseDate, Amount, StageName, IsClosed, IsWon",
        ("006000000000001AAA", "A1", "2025-01-04", "1", "Odd", "TRUE", "FALSE"),
        ("006000000000002AAA", "A1", "2025-01-05", "1", "Odd", "FALSE", "FALSE"),
        ("006000000000003AAA", "A1", "2025-01-06", "1", "Odd", "TRUE", "TRUE"),
    )
    bring_in(store, flags)
    assert [row[6] for row in rows_of(store)][3:] == ["lost", "open", "sale"]


def test_an_unreadable_date_leaves_the_row_out_and_can_be_repaired(store: Store) -> None:
    table = made(
        "Order ID, Account ID, Order Date, Amount",
        ("O1", "A1", "2025-01-31", "1"),
        ("O2", "A1", "soon", "2"),
        ("O3", "A1", "", "3"),
    )
    draft = again(store, table)
    assert draft.tally == Tally(3, 1, 0, 0, 2)
    assert repair_in(draft, ProblemKind.UNREADABLE_DATE).values[0].raw == "soon"
    chosen = Repairs().with_values("Order Date", {"soon": "2025-02-01"})
    assert again(store, table, repairs=chosen).tally == Tally(3, 1, 0, 1, 1)


def test_a_product_list_that_comes_later_meets_what_transactions_named(store: Store) -> None:
    bring_in(store, ORDERS)
    products = made(
        "Product ID, Product Name, Category, Unit Price",
        ("Bolt", "Steel bolt", "Hardware", "50.25"),
        ("X", "Unsold", "Hardware", ""),
    )
    (draft,) = bring_in(store, products)
    assert draft.tally == Tally(2, 1, 1, 0, 0)
    found = store.rows("SELECT external_id, name, line, unit_price FROM product ORDER BY id")
    assert found == [
        ("Bolt", "Steel bolt", "Hardware", 50.25),
        ("Nut", "Nut", "", None),
        ("X", "Unsold", "Hardware", None),
    ]
