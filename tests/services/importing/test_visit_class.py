# SPDX-License-Identifier: MIT
"""Visit classes of accounts come in with their list, and leave with it."""

import pytest

from app.services.store.store import Store
from tests.services.importing.plans import bring_in
from tests.services.importing.tables import chosen, made, understood

HEADERS = "Account ID, Account Name, ZIP, Segment, {}"


@pytest.mark.parametrize(
    "header", ["Visit class", "Call Class", "visit_tier", "Besuchsklasse", "Service Level"]
)
def test_a_column_of_classes_is_understood(header: str) -> None:
    table = made(HEADERS.format(header), ("1", "Acme", "02139", "Gold", "A"))
    found = chosen(understood(table))
    assert found["visit_class"] == header
    assert found["segment"] == "Segment"


def test_the_class_of_an_account_is_imported_and_updated() -> None:
    store = Store.in_memory()
    headers = HEADERS.format("Visit class")
    bring_in(store, made(headers, ("1", "Acme", "02139", "Gold", "A")))
    assert store.rows("SELECT visit_class FROM account") == [("A",)]
    (draft,) = bring_in(store, made(headers, ("1", "Acme", "02139", "Gold", "B")))
    assert draft.tally.updated == 1
    assert store.rows("SELECT visit_class FROM account") == [("B",)]


def test_a_class_that_the_user_set_stays() -> None:
    store = Store.in_memory()
    headers = HEADERS.format("Visit class")
    bring_in(store, made(headers, ("1", "Acme", "02139", "Gold", "A")))
    with store.transaction() as tx:
        tx.put("account", ("id", "visit_class"), [(1, "C")])
        row = (1, "visit_class", "A", "2026-01-01T00:00:00Z")
        tx.put("account_correction", ("account_id", "field", "imported", "at_utc"), [row])
    bring_in(store, made(headers, ("1", "Acme", "02139", "Gold", "B")))
    assert store.rows("SELECT visit_class FROM account") == [("C",)]
