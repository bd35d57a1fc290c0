# SPDX-License-Identifier: MIT
"""What decides who serves an account, in files from strangers: refused or saved, never trusted."""

from pathlib import Path

import pytest

from app.services.store.document import PlanDocument
from app.services.store.gate import LISTS_OF_VERSION_4
from app.services.store.recovering import recover_readable
from tests.helpers.plans import PROJECT, folders_in
from tests.services.store.test_gate import altered, refusal

PLAN_4 = (PROJECT / "tests/data/plans/v4.sqlite").read_bytes()

JSON = [
    *(
        f"UPDATE {table} SET {column} = '{text}'"  # noqa: S608 our own names
        for table, column in LISTS_OF_VERSION_4
        for text in ("{}", "[1, 2")
    ),
    *(f"UPDATE rule SET condition = '{text}'" for text in ("[]", "7", "all", '{"all"')),  # noqa: S608 our own words
]
REFERENCES = [
    "UPDATE rule SET territory_id = 777",
    "UPDATE rule SET sales_force_id = 777",
    "UPDATE family_assignment SET territory_id = 777",
    "UPDATE apart_accounts SET other_id = 777",
    "UPDATE account_lock SET account_id = 777",
    "UPDATE geounit_lock SET territory_id = 777",
    "UPDATE geounit_hole SET sales_force_id = 777",
    "UPDATE rep SET manager_id = 777",
    "UPDATE territory SET sales_force_id = 777",
]
BOUNDS = [
    "UPDATE sales_force SET model = 'anything'",
    "UPDATE sales_force SET level_words = printf('%.10001c', ' ')",
    "UPDATE rule SET condition = printf('%.1000001c', ' ')",
    "UPDATE rule SET is_enabled = 2",
    "UPDATE family_assignment SET family = ''",
    "UPDATE apart_accounts SET other_id = account_id",
    "UPDATE geounit_lock SET geounit_id = 'planet:earth'",
    "UPDATE visit_class SET visits_per_year = -1.0",
    "UPDATE known_trip SET minutes = 0.0",
    "UPDATE known_trip SET mode = 'rocket'",
    "UPDATE territory SET travel_hours = 1e12",
    "UPDATE rep SET part_time_fraction = 2.0",
    "UPDATE rep SET office_lat = NULL",
    "UPDATE roster SET share_fraction = 1.5",
    "UPDATE roster SET role = 'owner'",
    "UPDATE setting SET value = '-9' WHERE key = 'main_measure'",
]


@pytest.mark.parametrize("statement", [*JSON, *REFERENCES])
def test_what_makes_no_sense_is_refused(statement: str, tmp_path: Path) -> None:
    assert "contradict" in refusal(altered(tmp_path, statement, plan=PLAN_4))


@pytest.mark.parametrize("statement", BOUNDS)
def test_values_out_of_bounds_are_refused(statement: str, tmp_path: Path) -> None:
    assert "is damaged" in refusal(altered(tmp_path, statement, plan=PLAN_4))


@pytest.mark.parametrize("statement", [*JSON, *REFERENCES, *BOUNDS])
def test_the_rest_of_such_a_plan_is_saved(statement: str, tmp_path: Path) -> None:
    damaged = altered(tmp_path, statement, plan=PLAN_4)
    folders, target = folders_in(tmp_path), tmp_path / "saved.evenfield"
    recover_readable(damaged, target, folders)
    saved = PlanDocument.open(target, folders)
    assert saved.store.rows("SELECT count(*) FROM account")[0][0]
    saved.close()


def test_untouched_every_row_of_version_4_is_saved(tmp_path: Path) -> None:
    damaged = altered(tmp_path, "UPDATE rule SET notes = 'more'", plan=PLAN_4)
    report = recover_readable(damaged, tmp_path / "saved.evenfield", folders_in(tmp_path))
    assert report.damaged_tables == ()
    new = ("rule", "family_assignment", "apart_accounts", "account_lock", "geounit_lock")
    assert all(report.rows_by_table[table] for table in (*new, "visit_class", "known_trip"))
