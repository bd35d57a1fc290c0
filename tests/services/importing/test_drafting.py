# SPDX-License-Identifier: MIT
"""Drafts of accounts: what would be added and changed, and what is wrong."""

from pathlib import Path

import pytest

from app.models.account import PlacedBy
from app.models.errors import ImportProblem, TaskCancelled
from app.services.importing.current import CurrentPlan
from app.services.importing.draft import ImportDraft, ProblemKind, Tally
from app.services.importing.drafting import prepare
from app.services.importing.given import Given
from app.services.importing.guessing import guess_mapping
from app.services.importing.table import Watch
from app.services.store.store import Store
from tests.services.importing.files import (
    csv_table,
    draft_of,
    fake_place,
    imported,
    problem,
    run,
    written,
)


def account_draft(folder: Path, text: str, store: Store | None = None) -> ImportDraft:
    return draft_of(csv_table(folder, text), store)


def test_rows_without_an_id_are_left_out_with_their_numbers(tmp_path: Path) -> None:
    draft = account_draft(tmp_path, "id,name\n1,a\n,b\n3,c\n,d\n")
    assert draft.tally == Tally(4, 2, 0, 0, 2)
    found = problem(draft, ProblemKind.NO_ID)
    assert found.sentence == "2 rows have no id"
    assert found.examples == ("Row 3: the id is empty.", "Row 5: the id is empty.")
    assert draft.skipped_rows == {1: "The id is empty.", 3: "The id is empty."}


def test_of_repeated_ids_the_last_row_counts(tmp_path: Path) -> None:
    store = imported(tmp_path, "id,name\n1,first\n2,b\n1,last\n")
    assert store.rows("SELECT external_id, name FROM account ORDER BY 1") == [
        ("1", "last"),
        ("2", "b"),
    ]
    draft = account_draft(tmp_path, "id,name\n1,first\n2,b\n1,last\n")
    assert draft.tally.skipped == 1
    assert problem(draft, ProblemKind.REPEATED_ID).sentence == "1 row repeats an id"


def test_of_several_addresses_the_main_office_counts(tmp_path: Path) -> None:
    text = (
        "id,name,AddressType,city\n1,a,Main Office,Boston\n1,a,Shipping,Lynn\n"
        "2,b,Shipping,Salem\n3,c,Shipping,Here\n3,c,Billing,There\n"
    )
    store = imported(tmp_path, text)
    assert [row[0] for row in store.rows("SELECT city FROM account ORDER BY external_id")] == [
        *("Boston", "Salem", "There")
    ]
    draft = account_draft(tmp_path, text)
    assert problem(draft, ProblemKind.SECOND_ADDRESS).sentence == (
        "2 rows are another address of an account"
    )
    assert draft.tally == Tally(5, 3, 0, 0, 2)


def test_ids_that_differ_in_case_only_are_reported(tmp_path: Path) -> None:
    draft = account_draft(tmp_path, "id,name\n001Ab,a\n001aB,b\n")
    assert draft.tally.added == 2
    assert problem(draft, ProblemKind.SIMILAR_ID).count == 1


def test_a_table_without_ids_takes_name_and_postal_code(tmp_path: Path) -> None:
    draft = account_draft(tmp_path, "Name,Zip\nAcme,02139\nAcme,02140\nBeta,\n")
    assert draft.tally.added == 3
    assert written(draft, "account", "external_id")[0] == "Acme, 02139"
    assert problem(draft, ProblemKind.NO_ID_COLUMN).effect


def test_a_table_that_tells_no_rows_apart_is_a_problem(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "Zip,City\n02139,Boston\n")
    current = CurrentPlan.empty()
    with pytest.raises(ImportProblem, match="cannot be imported as accounts"):
        prepare(table, guess_mapping(table, current), Given(current))


def test_unreadable_numbers_are_counted_by_column(tmp_path: Path) -> None:
    rows = "".join(f"{n},a{n},{n * 10}\n" for n in range(40))
    draft = account_draft(tmp_path, f"id,name,Annual Sales\n{rows}x,y,lots\nz,y,?\n")
    found = problem(draft, ProblemKind.UNREADABLE_NUMBER)
    assert found.sentence == "1 number could not be read in Annual Sales"
    assert found.examples == ('Row 42, column Annual Sales: "lots" is no number.',)


def test_an_update_changes_only_what_the_file_says(tmp_path: Path) -> None:
    store = imported(tmp_path, "id,name,city,segment,Sales\n1,a,Boston,Big,5\n2,b,Lynn,Small,6\n")
    draft = account_draft(tmp_path, "id,name,segment,Sales\n1,a,,7\n2,,Tiny,\n", store)
    assert draft.tally == Tally(2, 0, 2, 0, 0)
    assert draft.changed_fields == {"Segment": 1, "Sales": 1}
    run(store, draft)
    assert store.rows("SELECT name, city, segment FROM account ORDER BY id") == [
        ("a", "Boston", "Big"),
        ("b", "Lynn", "Tiny"),
    ]
    assert store.rows("SELECT account_id, value FROM account_measure") == [(1, 7.0), (2, 6.0)]


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    text = 'id,name,zip,city,Note,Sales\n1,a,2139,Boston,"x ""y""",5\n2,b,,Lynn,,6\n'
    store = imported(tmp_path, text)
    draft = account_draft(tmp_path, text, store)
    assert draft.tally == Tally(2, 0, 0, 2, 0)
    assert not draft.tally.has_effect


def test_ids_that_the_plan_does_not_have_need_a_name(tmp_path: Path) -> None:
    store = imported(tmp_path, "id,name\n1,a\n2,b\n3,c\n")
    draft = account_draft(tmp_path, "id,Sales\n1,5\n2,6\n9,7\n", store)
    assert draft.tally == Tally(3, 0, 2, 0, 1)
    assert problem(draft, ProblemKind.NOT_IN_PLAN).examples == (
        'Row 4, column id: "9" is not in the plan.',
    )


def test_lost_zeros_of_zip_codes_come_back(tmp_path: Path) -> None:
    store = imported(tmp_path, "id,name,zip\n1,a,2139\n2,b,02139-4307\n")
    assert store.rows("SELECT postal_code, zip_code, placed_by FROM account") == [
        ("02139", "02139", "postal_code"),
        ("02139-4307", "02139", "postal_code"),
    ]


def test_placement_is_reported(tmp_path: Path) -> None:
    draft = account_draft(tmp_path, "id,name,zip,city\n1,a,2139,\n2,b,99999,Nowhere\n3,c,02139,\n")
    assert draft.placed == {PlacedBy.POSTAL_CODE: 2, PlacedBy.NOT_PLACED: 1}
    assert problem(draft, ProblemKind.NOT_PLACED).examples == ("Row 3: 99999, Nowhere",)
    assert problem(draft, ProblemKind.PLACEMENT).count == 1


def test_a_changed_address_moves_the_account(tmp_path: Path) -> None:
    store = imported(tmp_path, "id,name,zip\n1,a,99999\n2,b,02139\n")
    draft = account_draft(tmp_path, "id,zip\n1,02139\n2,02139\n", store)
    assert draft.tally == Tally(2, 0, 1, 1, 0)
    run(store, draft)
    assert store.rows("SELECT placed_by FROM account") == [("postal_code",), ("postal_code",)]


def test_exact_coordinates_stay_when_other_columns_change(tmp_path: Path) -> None:
    store = imported(tmp_path, "id,name,lat,lon,zip\n1,a,42.5,-71.5,02139\n")
    run(store, draft_of(csv_table(tmp_path, "id,name,segment\n1,a,Big\n"), store))
    assert store.rows("SELECT lon, lat, placed_by FROM account") == [(-71.5, 42.5, "coordinates")]


def test_new_coordinates_move_the_account(tmp_path: Path) -> None:
    store = imported(tmp_path, "id,name,zip\n1,a,02139\n2,b,02139\n")
    draft = draft_of(csv_table(tmp_path, "id,lat,lon\n1,42.5,-71.5\n2,,\n"), store)
    assert draft.tally == Tally(2, 0, 1, 1, 0)
    run(store, draft)
    assert store.rows("SELECT lon, placed_by FROM account") == [
        (-71.5, "coordinates"),
        (-71.06, "postal_code"),
    ]


def test_kept_columns_are_merged(tmp_path: Path) -> None:
    store = imported(tmp_path, "id,name,Color,Shape\n1,a,red,round\n")
    run(store, draft_of(csv_table(tmp_path, "id,Color,Taste\n1,,sweet\n"), store))
    assert store.rows("SELECT extra FROM account") == [
        ('{"Color": "red", "Shape": "round", "Taste": "sweet"}',)
    ]


def test_owners_meet_reps_by_id_email_and_name(tmp_path: Path) -> None:
    store = Store.in_memory()
    people = (
        "Employee ID,First Name,Last Name,Email,Quota\n7,Ann,Rep,ann@x.com,1\n8,Bob,Rep,b@x.com,1\n"
    )
    run(store, draft_of(csv_table(tmp_path, people), store))
    text = 'id,name,owner\n1,a,7\n2,b,ANN@x.com\n3,c,ann  rep\n4,d,"Rep, Bob"\n5,e,Zoe\n6,f,\n'
    draft = account_draft(tmp_path, text, store)
    assert draft.owners.met == {"Ann Rep": 3, "Bob Rep": 1}
    assert draft.owners.unmet == {"Zoe": 1}
    assert problem(draft, ProblemKind.UNKNOWN_OWNER).count == 1


def test_a_measure_with_a_known_name_takes_the_values(tmp_path: Path) -> None:
    store = imported(tmp_path, "id,name,Annual Sales\n1,a,5\n2,b,\n")
    draft = account_draft(tmp_path, "id,AnnualSales\n1,5\n2,6\n", store)
    assert draft.new_measures == ()
    run(store, draft)
    assert store.rows("SELECT name FROM measure") == [("Annual sales",)]
    assert store.rows("SELECT account_id, value FROM account_measure") == [(1, 5.0), (2, 6.0)]


def test_two_columns_of_one_name_become_two_measures(tmp_path: Path) -> None:
    store = imported(tmp_path, "id,name,Net Sales,NetSales\n1,a,5,7\n2,b,6,8\n")
    assert store.rows("SELECT name FROM measure ORDER BY id") == [
        ("Net sales",),
        ("Net sales (2)",),
    ]


def test_too_long_texts_are_cut_and_reported(tmp_path: Path) -> None:
    store = imported(tmp_path, f"id,name\n1,{'x' * 20_000}\n")
    assert store.rows("SELECT length(name) FROM account") == [(10_000,)]


def test_drafting_can_be_stopped(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "id,name\n1,a\n")
    current = CurrentPlan.empty()
    with pytest.raises(TaskCancelled):
        prepare(
            table,
            guess_mapping(table, current),
            Given(current, fake_place, watch=Watch(cancelled=lambda: True)),
        )
