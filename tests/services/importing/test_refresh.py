# SPDX-License-Identifier: MIT
"""The same list next month: what is new, changed, gone, and what the user had corrected."""

import datetime as dt

import pytest

from app.services.history import EditHistory
from app.services.importing.cleaning import MAX_TEXT_LENGTH
from app.services.importing.draft import GoneChoice, ImportDraft, ProblemKind, Tally
from app.services.importing.table import ImportedTable
from app.services.store.store import Store
from tests.helpers.plans import dump_hash
from tests.services.importing.plans import again, bring_in, drafts_of, hands_of, repair_in
from tests.services.importing.tables import made

HEADERS = "Account ID, Account Name, City, State, ZIP, Segment, Annual Revenue"
ROWS = [
    (f"A{n}", f"Company {n}", "Cambridge", "MA", "02139", "Gold", str(100 * n)) for n in range(1, 9)
]


def month(*, without: tuple[str, ...] = (), **changed: tuple[int, str]) -> ImportedTable:
    """The list without some rows, and with cells of some rows changed."""
    rows = [list(row) for row in ROWS if row[0] not in without]
    for row in rows:
        if row[0] in changed:
            place, text = changed[row[0]]
            row[place] = text
    return made(HEADERS, *rows)


@pytest.fixture
def store() -> Store:
    """A plan into which the list was imported once."""
    store = Store.in_memory()
    bring_in(store, month())
    return store


def correct(store: Store, account: int, field: str, mine: str, imported: str) -> None:
    """As if the user had corrected a field in the plan."""
    with store.transaction() as tx:
        tx.put("account", ("id", field), [(account, mine)])
        row = (account, field, imported, "2026-01-01T00:00:00Z")
        tx.put("account_correction", ("account_id", "field", "imported", "at_utc"), [row])


def value(store: Store, column: str, account: int) -> object:
    return store.rows(f"SELECT {column} FROM account WHERE id = ?", (account,))[0][0]  # noqa: S608 a test's own names


def flagged(store: Store) -> list[object]:
    return [
        own
        for (own,) in store.rows(
            "SELECT external_id FROM account WHERE gone_since <> '' ORDER BY id"
        )
    ]


def test_added_changed_unchanged_and_gone_are_told_apart(store: Store) -> None:
    table = made(
        HEADERS,
        *[row for row in ROWS if row[0] != "A8"][:6],
        ("A7", "Company 7", "Cambridge", "MA", "02139", "Silver", "700"),
        ("A9", "Company 9", "Cambridge", "MA", "02139", "Gold", "900"),
    )
    draft = again(store, table)
    assert draft.tally == Tally(8, 1, 1, 6, 0)
    assert draft.changed_fields == {"Segment": 1}
    assert draft.gone.ids == (8,)
    assert draft.gone.names == ("Company 8",)
    assert flagged(store) == ["A8"]
    assert value(store, "gone_since", 8) == dt.datetime.now().astimezone().date().isoformat()


def test_an_account_that_is_back_loses_its_flag(store: Store) -> None:
    again(store, month(without=("A8",)))
    assert flagged(store) == ["A8"]
    draft = again(store, month())
    assert draft.gone.returned == 1
    assert flagged(store) == []


def test_gone_accounts_can_be_kept_or_removed_and_undo_brings_them_back(store: Store) -> None:
    assert again(store, month(without=("A8",)), gone=GoneChoice.KEEP).gone.ids == (8,)
    assert flagged(store) == []
    before = dump_hash(store)
    again(store, month(without=("A7", "A8")), gone=GoneChoice.REMOVE)
    assert store.rows("SELECT count(*) FROM account") == [(6,)]
    assert store.rows("SELECT count(*) FROM account_measure") == [(6,)]
    EditHistory(store).undo()
    assert dump_hash(store) == before


def test_a_part_of_the_list_or_another_list_makes_nobody_gone(store: Store) -> None:
    part = month(without=("A1", "A2", "A3", "A4", "A5"))
    assert again(store, part).gone.ids == ()
    other = made("Account ID, Account Name, Phone", ("B1", "Other", "555"))
    assert again(store, other).gone.ids == ()


def test_a_correction_stays_while_the_file_says_what_it_said(store: Store) -> None:
    correct(store, 1, "segment", "Platinum", "Gold")
    draft = again(store, month())
    assert draft.tally == Tally(8, 0, 0, 8, 0)
    assert value(store, "segment", 1) == "Platinum"
    assert not [p for p in draft.problems if p.kind is ProblemKind.CORRECTED]


def test_a_correction_ends_when_the_file_agrees(store: Store) -> None:
    correct(store, 1, "segment", "Platinum", "Gold")
    again(store, month(A1=(5, "Platinum")))
    assert store.rows("SELECT count(*) FROM account_correction") == [(0,)]


@pytest.mark.parametrize(("takes_file", "expected"), [(False, "Platinum"), (True, "Bronze")])
def test_a_contradiction_is_shown_and_settled_as_the_user_wants(
    store: Store, takes_file: bool, expected: str
) -> None:
    correct(store, 1, "segment", "Platinum", "Gold")
    draft: ImportDraft = again(store, month(A1=(5, "Bronze")), takes_file=takes_file)
    (shown,) = (p for p in draft.problems if p.kind is ProblemKind.CORRECTED)
    assert "Bronze" in shown.examples[0]
    assert "Platinum" in shown.examples[0]
    assert value(store, "segment", 1) == expected
    left = store.rows("SELECT imported FROM account_correction")
    assert left == ([] if takes_file else [("Bronze",)])


def test_an_account_that_was_merged_into_another_is_found_under_its_old_id(store: Store) -> None:
    with store.transaction() as tx:
        tx.delete("account_measure", [(1, 8)])
        tx.delete("account", [(8,)])
        tx.put("account_alias", ("external_id", "account_id"), [("A8", 7)])
    draft = again(store, month())
    assert draft.tally.added == 0
    assert store.rows("SELECT count(*) FROM account") == [(7,)]


def test_a_whole_import_of_several_tables_is_one_step(store: Store) -> None:
    before = dump_hash(store)
    steps = len(EditHistory(store).steps())
    orders = made("Order ID, Account ID, Order Date, Amount", ("O1", "A9", "2025-01-31", "5"))
    more = made(HEADERS, ("A9", "Company 9", "Cambridge", "MA", "02139", "Gold", "900"))
    drafts = bring_in(store, orders, more)
    assert sum(draft.tally.added for draft in drafts) == 2
    history = EditHistory(store)
    assert len(history.steps()) == steps + 1
    after = dump_hash(store)
    history.undo()
    assert dump_hash(store) == before
    history.redo()
    assert dump_hash(store) == after


def test_an_unknown_state_is_suggested_and_can_be_chosen_from_all(store: Store) -> None:
    table = made("Account ID, Name, State, Country", ("1", "Acme", "Calfornia", "US"))
    (draft,) = bring_in(store, table)
    repair = repair_in(draft, ProblemKind.PLACEMENT)
    assert [value.suggestion for value in repair.values] == ["California"]
    assert {"California", "Ontario"} <= {*repair.options}
    assert [*repair.options] == sorted(repair.options)
    assert repair.is_open


def test_a_text_that_had_to_be_cut_is_told_whatever_its_row() -> None:
    rows = [(str(n), "Acme") for n in range(60_000)]
    rows[55_000] = ("55000", "A" * (MAX_TEXT_LENGTH + 1))
    store = Store.in_memory()
    (draft,) = drafts_of(store, hands_of(store, made("ID, Company", *rows)))
    (problem,) = (p for p in draft.problems if p.kind is ProblemKind.SHORTENED_TEXT)
    assert len(problem.rows) == 1
    assert problem.rows[0] == 55_000
