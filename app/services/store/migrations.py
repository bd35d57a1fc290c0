# SPDX-License-Identifier: MIT
"""Bringing the database of a plan to the current version of the schema, step by step.

Steps run forward only and only on a working copy, each in one transaction that includes the new
version number, so a crash leaves a whole version. `executescript` is never used: it commits.
"""

import json
import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.models.errors import StoreError
from app.services.store.codec import pack_rows, unpack_rows
from app.services.store.schema import (
    APPLICATION_ID,
    FIRST_ROWS,
    FIRST_VISIT_CLASSES,
    INDEXES,
    NEW_TABLES,
    SCHEMA_VERSION,
    TABLES,
)

if TYPE_CHECKING:
    from sqlite_utils import Database


def _build(database: "Database") -> None:
    """All tables of the current version, and the rows of a new plan."""
    for sql in (*TABLES.values(), *INDEXES.values()):
        database.conn.execute(sql)
    for sql, parameters in FIRST_ROWS:
        database.conn.execute(sql, parameters)


VALUES_OF_VERSION_2 = (
    # What version 1 called "region" was the state where one is known, else the country.
    "UPDATE account SET placed_by = 'country' WHERE placed_by = 'region' AND state = ''",
    "UPDATE import_ledger SET row_count = added + updated + unchanged + skipped",
)
"""What becomes of the values of version 1."""

_CHANGED_IN_2 = ("account", "measure", "territory", "import_ledger")
_INDEXES_OF_2 = (
    *("account_alias_by_account", "separate_accounts_by_other", "goal_by_rep"),
    *("goal_by_territory", "owner_alias_by_rep"),
)


def _to_version_2(database: "Database") -> None:
    for table in _CHANGED_IN_2:
        _rebuild(database, table)
    for table in NEW_TABLES[2]:
        database.conn.execute(TABLES[table])
    for index in _INDEXES_OF_2:
        database.conn.execute(INDEXES[index])
    for sql in VALUES_OF_VERSION_2:
        database.conn.execute(sql)


def _to_version_3(database: "Database") -> None:
    _rebuild(database, "territory")
    for table in NEW_TABLES[3]:
        database.conn.execute(TABLES[table])
    database.conn.execute(INDEXES["drawn_area_by_territory"])


VALUES_OF_VERSION_3 = (
    # Before version 4 nothing bound the words, and nothing but these was ever written.
    "UPDATE sales_force SET model = 'geographic'",
    "UPDATE roster SET role = 'additional' WHERE role <> 'primary'",
)
"""What becomes of the values of version 3."""

_CHANGED_IN_4 = (
    *("setting", "sales_force", "territory", "geounit_hole", "rep", "roster", "account"),
)
_INDEXES_OF_4 = (
    *("rule_by_territory", "family_assignment_by_territory", "account_lock_by_territory"),
    *("account_lock_by_account", "geounit_lock_by_territory", "apart_accounts_by_other"),
    *("rep_by_manager", "roster_by_rep"),
)


def _to_version_4(database: "Database") -> None:
    for sql in VALUES_OF_VERSION_3:
        database.conn.execute(sql)
    for table in _CHANGED_IN_4:
        _rebuild(database, table)
    for table in NEW_TABLES[4]:
        database.conn.execute(TABLES[table])
    for index in _INDEXES_OF_4:
        database.conn.execute(INDEXES[index])
    for sql, parameters in FIRST_VISIT_CLASSES:
        database.conn.execute(sql, parameters)
    _widen_holes_in_history(database)


def _widen_holes_in_history(database: "Database") -> None:
    """Give the steps of the history the key that holes have since version 4.

    Before, all holes were those of the one sales force. A step that is damaged stays as it is;
    whoever takes it back is told.
    """
    found = database.conn.execute(
        "SELECT step_id, seq, columns, put_rows, delete_keys FROM history_patch"
        " WHERE table_name = 'geounit_hole'"
    ).fetchall()
    for step, seq, names, put, gone in found:
        try:
            columns = [str(name) for name in json.loads(names)]
            rows = [(*row, 1) for row in unpack_rows(put, len(columns))]
            keys = [(*key, 1) for key in unpack_rows(gone, 2)]
        except (StoreError, ValueError):
            continue
        database.conn.execute(
            "UPDATE history_patch SET columns = ?, put_rows = ?, delete_keys = ?"
            " WHERE step_id = ? AND seq = ?",
            (
                json.dumps([*columns, "sales_force_id"]),
                pack_rows(rows),
                pack_rows(keys),
                step,
                seq,
            ),
        )


def _rebuild(database: "Database", table: str) -> None:
    """Give a table its current columns, keeping its rows.

    Through a temporary copy, because renaming and adding columns leave other words in the schema
    than a new plan has, and the gate compares those words.
    """
    found = database.conn.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()
    columns = ", ".join(str(name) for (name,) in found)
    database.conn.execute(f"CREATE TEMP TABLE moved AS SELECT * FROM {table}")  # noqa: S608  our own names
    database.conn.execute(f"DROP TABLE {table}")
    database.conn.execute(TABLES[table])
    database.conn.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM moved")  # noqa: S608  our own names
    database.conn.execute("DROP TABLE moved")


STEP_BY_VERSION: "dict[int, Callable[[Database], None]]" = {
    2: _to_version_2,
    3: _to_version_3,
    4: _to_version_4,
}
"""The step that leads to each version from the one before; a new plan is built at once."""


def version_of(connection: sqlite3.Connection) -> int:
    """The schema version of a database; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> int:
    """Run all steps that are missing.

    Args:
        connection: In autocommit mode, with no transaction open.

    Returns:
        The version that the database had before.
    """
    found = version_of(connection)
    if found == SCHEMA_VERSION:
        return found
    # Imported here: it costs half a second, and a plan of the current version does not need it.
    from sqlite_utils import Database  # noqa: PLC0415  see above

    database = Database(connection, recursive_triggers=False, execute_plugins=False)
    connection.execute("PRAGMA foreign_keys=OFF").fetchall()
    if found == 0:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        with database.atomic():
            _build(database)
            connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
    for version in range(found + 1, SCHEMA_VERSION + 1) if found else ():
        with database.atomic():
            STEP_BY_VERSION[version](database)
            connection.execute(f"PRAGMA user_version={version}")
    connection.execute("PRAGMA foreign_keys=ON").fetchall()
    return found
