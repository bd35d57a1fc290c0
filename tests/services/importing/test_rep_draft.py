# SPDX-License-Identifier: MIT
"""Drafts of reps."""

import json
from pathlib import Path

from app.services.importing.draft import ProblemKind, Tally
from app.services.store.rep_repository import RepRepository
from app.services.store.store import Store
from tests.services.importing.files import csv_table, draft_of, imported, problem, run

PEOPLE = (
    "Employee ID,First Name,Middle Name,Last Name,Email,Phone,Job Title,Street,City,State,Zip,"
    "Hours,Skills,Quota,Territory\n"
    '7,Ann,B.,Rep,ann@x.com,555,Rep,1 Main,Boston,MA,2139,800,"dental; vision",100000,North\n'
    "8,Bob,,Rep,bob@x.com,,,,,,,,,,\n"
)


def test_names_homes_skills_and_quotas_are_read(tmp_path: Path) -> None:
    store = imported(tmp_path, PEOPLE)
    first, second = store.rows(
        "SELECT external_id, name, email, title, home_text, lon, capacity_hours, skills, quota,"
        " notes FROM rep ORDER BY id"
    )
    assert first[:5] == ("7", "Ann B. Rep", "ann@x.com", "Rep", "1 Main, Boston, MA 2139")
    assert first[5:7] == (-71.06, 800.0)
    assert json.loads(str(first[7])) == ["dental", "vision"]
    assert first[8:] == (100000.0, "Territory: North")
    assert second == ("8", "Bob Rep", "bob@x.com", "", "", None, 1600.0, "[]", None, "")


def test_the_same_reps_again_change_nothing(tmp_path: Path) -> None:
    store = imported(tmp_path, PEOPLE)
    assert draft_of(csv_table(tmp_path, PEOPLE), store).tally == Tally(2, 0, 0, 2, 0)


def test_reps_meet_by_email_or_name_where_there_is_no_id(tmp_path: Path) -> None:
    store = imported(tmp_path, PEOPLE)
    text = "Full Name,Email,Quota\nAnn Somebody,ANN@x.com,5\nbob rep,,6\nNew Rep,new@x.com,7\n"
    draft = draft_of(csv_table(tmp_path, text), store)
    assert draft.tally == Tally(3, 1, 2, 0, 0)
    run(store, draft)
    assert store.rows("SELECT quota, external_id FROM rep ORDER BY id") == [
        (5.0, "7"),
        (6.0, "8"),
        (7.0, ""),
    ]


def test_two_ids_are_two_people_even_with_one_name(tmp_path: Path) -> None:
    store = imported(tmp_path, PEOPLE)
    draft = draft_of(csv_table(tmp_path, "Employee ID,Full Name,Quota\n99,Bob Rep,5\n"), store)
    assert draft.tally.added == 1


def test_an_empty_cell_keeps_what_the_rep_has(tmp_path: Path) -> None:
    store = imported(tmp_path, PEOPLE)
    text = "Employee ID,Full Name,Phone,Quota\n7,,,\n8,,777,9\n"
    draft = draft_of(csv_table(tmp_path, text), store)
    assert draft.tally == Tally(2, 0, 1, 1, 0)
    assert draft.changed_fields == {"Phone": 1, "Quota": 1}


def test_the_last_row_of_a_rep_counts_and_nameless_rows_are_left_out(tmp_path: Path) -> None:
    text = "Employee ID,Full Name,Quota\n7,Ann,1\n,,5\n7,Ann,2\n"
    draft = draft_of(csv_table(tmp_path, text))
    assert draft.tally == Tally(3, 1, 0, 0, 2)
    assert problem(draft, ProblemKind.NO_ID).count == 1
    assert problem(draft, ProblemKind.REPEATED_ID).count == 1


def test_owners_of_accounts_are_counted_after_the_import(tmp_path: Path) -> None:
    store = imported(tmp_path, "id,name,owner\n1,a,7\n2,b,8\n3,c,9\n")
    draft = draft_of(csv_table(tmp_path, PEOPLE), store)
    assert (draft.owners.met_accounts, draft.owners.unmet) == (2, {"9": 1})


def test_a_home_that_is_not_found_is_reported_but_no_home_is_not(tmp_path: Path) -> None:
    draft = draft_of(csv_table(tmp_path, PEOPLE.replace("2139", "99999")), Store.in_memory())
    assert problem(draft, ProblemKind.NOT_PLACED).count == 1


PROFILE = (
    "Employee ID,Full Name,Office Address,FTE,Vacation Days,Hire Date,End Date,Languages,"
    "Product Lines,Segments,Years of experience,Reports To,Salary\n"
    '7,Ann,"Boston, MA 02139",50,10,2020-05-01,,"English; Spanish",Wine,'
    '"Retail, Public",4,8,90000\n'
    "8,Bob,,80%,,,,,,,,,\n"
    "9,Cy,,,,,,,,,,Ann,\n"
)


def test_the_whole_profile_of_a_rep_is_read(tmp_path: Path) -> None:
    store = imported(tmp_path, PROFILE)
    reps = {rep.name: rep for rep in RepRepository(store).reps()}
    ann, bob, cy = (reps[name] for name in ("Ann", "Bob", "Cy"))
    assert (ann.office_text, ann.office_lon) == ("Boston, MA 02139", -71.06)
    assert (ann.part_time_fraction, bob.part_time_fraction) == (0.5, 0.8)
    assert (ann.days_off, ann.start_on, ann.end_on) == (10.0, "2020-05-01", "")
    assert (ann.languages, ann.skills) == (("English", "Spanish"), ())
    assert (ann.product_lines, ann.segments) == (("Wine",), ("Retail", "Public"))
    assert (ann.experience_years, ann.cost) == (4.0, 90000.0)
    assert (ann.manager_id, cy.manager_id, bob.manager_id) == (bob.id, ann.id, None)
    assert draft_of(csv_table(tmp_path, PROFILE), store).tally == Tally(3, 0, 0, 3, 0)


def test_managers_who_are_unknown_or_go_round_are_reported_and_left(tmp_path: Path) -> None:
    store = imported(tmp_path, PROFILE)
    text = "Employee ID,Full Name,Reports To\n8,Bob,Cy\n9,Cy,Ann\n7,Ann,Nobody at all\n"
    draft = draft_of(csv_table(tmp_path, text), store)
    found = [p for p in draft.problems if p.kind is ProblemKind.UNKNOWN_REP]
    assert sorted(p.count for p in found) == [1, 1]
    run(store, draft)
    rows = store.rows("SELECT name, manager_id FROM rep ORDER BY id")
    assert rows == [("Ann", None), ("Bob", 3), ("Cy", 1)]


def test_a_list_may_turn_managers_round(tmp_path: Path) -> None:
    store = imported(tmp_path, PROFILE)
    text = "Employee ID,Full Name,Reports To\n7,Ann,9\n9,Cy,Bob\n"
    draft = draft_of(csv_table(tmp_path, text), store)
    assert draft.tally == Tally(2, 0, 2, 0, 0)
    assert not [p for p in draft.problems if p.kind is ProblemKind.UNKNOWN_REP]


def test_the_table_of_reps_comes_back_as_it_was_exported(tmp_path: Path) -> None:
    """The headers are those of the window's table."""
    store = imported(tmp_path, PROFILE)
    text = (
        "Name,Manager,Capacity,Part of full time,Days off,Languages,Product lines,Segments,"
        "Years in sales,First day,Last day,Cost,ID\n"
        'Ann,Bob,1600,0.5,10,"English, Spanish",Wine,"Retail, Public",4,2020-05-01,,90000,7\n'
        "Bob,,1600,0.75,0,,,,,,2030-01-31,,8\n"
    )
    draft = draft_of(csv_table(tmp_path, text), store)
    assert draft.tally == Tally(2, 0, 1, 1, 0)
    assert draft.changed_fields == {"Part-time": 1, "Last working day": 1}
