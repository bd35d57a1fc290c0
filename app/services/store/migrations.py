# SPDX-License-Identifier: MIT
"""Bringing the database of a plan to the current version of the schema, step by step.

Steps run forward only and only on a working copy, each in one transaction that includes the new
version number, so a crash leaves a whole version. `executescript` is never used: it commits.
"""

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.services.store.schema import (
    APPLICATION_ID,
    FIRST_ROWS,
    INDEXES,
    SCHEMA_VERSION,
    TABLES,
)

if TYPE_CHECKING:
    from sqlite_utils import Database


def _build_version_1(database: "Database") -> None:
    """All tables of version 1, and the rows of a new plan."""
    for sql in (*TABLES.values(), *INDEXES.values()):
        database.conn.execute(sql)
    for sql, parameters in FIRST_ROWS:
        database.conn.execute(sql, parameters)


STEP_BY_VERSION: "dict[int, Callable[[Database], None]]" = {1: _build_version_1}
"""The step that leads to each version."""


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
    for version in range(found + 1, SCHEMA_VERSION + 1):
        with database.atomic():
            STEP_BY_VERSION[version](database)
            connection.execute(f"PRAGMA user_version={version}")
    connection.execute("PRAGMA foreign_keys=ON").fetchall()
    return found
