# SPDX-License-Identifier: MIT
"""What a field said and will say, for the rows that an import changes."""

import pytest

from app.services.importing.draft import ImportDraft
from app.services.importing.field_changes import FieldChange, field_changes
from app.services.importing.fields import TableKind
from app.services.importing.table import ImportedTable
from app.services.store.store import Store
from tests.services.importing.plans import bring_in, drafts_of, hands_of
from tests.services.importing.tables import made

HEADERS = "Account ID, Account Name, City, State, ZIP, Segment, Annual Revenue"
ROWS = [
    (f"A{n}", f"Company {n}", "Cambridge", "MA", "02139", "Gold", str(100 * n)) for n in range(1, 9)
]


def month(**changed: tuple[int, str]) -> ImportedTable:
    """The list with cells of some rows changed."""
    rows = [list(row) for row in ROWS]
    for row in rows:
        if row[0] in changed:
            place, text = changed[row[0]]
            row[place] = text
    return made(HEADERS, *rows)


def draft_of(store: Store, table: ImportedTable) -> ImportDraft:
    (draft,) = drafts_of(store, hands_of(store, table))
    return draft


@pytest.fixture
def store() -> Store:
    """A plan into which the list was imported once."""
    store = Store.in_memory()
    bring_in(store, month())
    return store


def test_texts_numbers_and_places_are_shown_as_they_were_and_will_be(store: Store) -> None:
    draft = draft_of(store, month(A2=(5, "Silver"), A3=(6, "1234.5"), A4=(4, "02142")))
    assert set(draft.changed_fields) == {
        "Segment",
        "Annual revenue",
        "ZIP or postal code",
        "Place on the map",
    }
    assert field_changes(draft, store, "Segment") == (FieldChange("Company 2", "Gold", "Silver"),)
    assert field_changes(draft, store, "Annual revenue") == (
        FieldChange("Company 3", "300", "1,234.5"),
    )
    assert field_changes(draft, store, "ZIP or postal code") == (
        FieldChange("Company 4", "02139", "02142"),
    )
    (moved,) = field_changes(draft, store, "Place on the map")
    assert moved.name == "Company 4"
    assert moved.before != moved.after
    assert moved.before.startswith("42.3")


def test_as_many_rows_are_shown_as_are_counted(store: Store) -> None:
    rows = [(*row[:5], "Silver" if n % 2 else "Gold", row[6]) for n, row in enumerate(ROWS)]
    draft = draft_of(store, made(HEADERS, *rows))
    for label, count in draft.changed_fields.items():
        assert len(field_changes(draft, store, label)) == count
    assert len(field_changes(draft, store, "Segment", most=3)) == 3


def test_a_measure_that_is_new_changes_from_nothing(store: Store) -> None:
    draft = draft_of(store, made("Account ID, Visits per year", ("A1", "12"), ("A2", "4")))
    (label,) = draft.changed_fields
    assert field_changes(draft, store, label) == (
        FieldChange("Company 1", "", "12"),
        FieldChange("Company 2", "", "4"),
    )


def test_reps_show_what_changes_in_them(store: Store) -> None:
    headers = "Rep ID, First Name, Last Name, Email, Phone"
    bring_in(store, made(headers, ("R1", "Ada", "Lang", "ada@example.com", "555-0101")))
    draft = draft_of(store, made(headers, ("R1", "Ada", "Lang", "ada@example.com", "555-0199")))
    assert draft.kind is TableKind.REPS
    assert field_changes(draft, store, "Phone") == (
        FieldChange("Ada Lang", "555-0101", "555-0199"),
    )


def test_sales_show_dates_and_amounts(store: Store) -> None:
    headers = "Order ID, Account ID, Order Date, Product, Amount"
    bring_in(store, made(headers, ("S1", "A1", "2026-03-01", "Pump", "100")))
    draft = draft_of(store, made(headers, ("S1", "A2", "2026-03-02", "Valve", "150")))
    assert draft.kind is TableKind.TRANSACTIONS
    said = {label: field_changes(draft, store, label) for label in draft.changed_fields}
    assert said == {
        "Account": (FieldChange("S1", "Company 1", "Company 2"),),
        "Date": (FieldChange("S1", "2026-03-01", "2026-03-02"),),
        "Product": (FieldChange("S1", "Pump", "new"),),
        "Amount": (FieldChange("S1", "100", "150"),),
    }


def test_a_label_that_is_no_field_shows_nothing(store: Store) -> None:
    assert field_changes(draft_of(store, month()), store, "Segment") == ()
    assert field_changes(draft_of(store, month()), store, "Shoe size") == ()
