# SPDX-License-Identifier: MIT
"""What can still be done for a plan file that the gate refused."""

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from app.models.errors import StoreError
from app.services.store import backups, gate, migrations, working_copy
from app.services.store.backups import Backup
from app.services.store.creating import build_empty
from app.services.store.failures import file_error, store_error
from app.services.store.gate import LISTS_OF_VERSION_4
from app.services.store.opening import AppFolders, make_folder
from app.services.store.publish import discard, put_in_place, write_temporary
from app.services.store.schema import NEW_TABLES, SCHEMA_VERSION, TABLES
from app.services.store.shapes import Row
from app.services.store.transaction import utc_now

_LEFT_OUT = frozenset({"history_step", "history_patch"})
"""Undo steps fit only the very plan that they were made in."""

_DAMAGE = (sqlite3.Error, UnicodeDecodeError)
"""The second comes from damaged text that SQLite quotes in its messages."""


@dataclass(frozen=True, slots=True)
class RecoveryReport:
    """What was saved from a damaged plan.

    Attributes:
        rows_by_table: Rows that are in the new plan, by table.
        damaged_tables: Tables of which rows may be missing.
    """

    rows_by_table: dict[str, int]
    damaged_tables: tuple[str, ...]


def newest_good_backup(folders: AppFolders, plan_id: str) -> Backup | None:
    """The newest backup of a plan that passes the gate."""
    for backup in backups.list_backups(backups.folder_of(folders.backups, plan_id)):
        with suppress(StoreError, OSError):
            gate.check(backup.path, backup.path.name)
            return backup
    return None


def plan_id_of(path: Path) -> str:
    """The identity of a plan that may be damaged, or an empty text."""
    try:
        with closing(gate.connect_hardened(path, "mode=ro&immutable=1")) as connection:
            found = connection.execute("SELECT value FROM meta WHERE key = 'plan_id'").fetchone()
            return str(uuid.UUID(str(found[0]))) if found else ""
    except (*_DAMAGE, ValueError, OSError):
        return ""


def recover_readable(damaged: Path, target: Path, folders: AppFolders) -> RecoveryReport:
    """Write all rows that can be read from a damaged plan into a new plan file, without history.

    Args:
        damaged: The plan file that the gate refused; it is not changed.
        target: The new plan file.
        folders: The program's own folders.

    Raises:
        StoreError: Nothing can be read from it, or the new file cannot be written.
    """
    make_folder(folders.work)
    working = working_copy.new_path(folders.work, "opening")
    try:
        build_empty(folders.work, working)
        with (
            closing(gate.connect_hardened(damaged, "mode=ro&immutable=1")) as source,
            closing(sqlite3.connect(working, isolation_level=None)) as copy,
        ):
            source.text_factory = _text
            report = _copy_tables(source, copy)
            if _version_of(source) == 1:
                for sql in migrations.VALUES_OF_VERSION_2:
                    copy.execute(sql)
            _mend(copy)
        if not any(report.rows_by_table.values()):
            raise _nothing_left(damaged)
        write_temporary(working, target)
        put_in_place(target)
    except _DAMAGE as error:
        if isinstance(error, UnicodeDecodeError):
            raise _nothing_left(damaged) from error
        raise (store_error(error, target) or _nothing_left(damaged)) from error
    except OSError as error:
        raise file_error(error, target, "No plan was made.") from error
    finally:
        discard(working)
    gate.check(target, target.name)
    return report


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _nothing_left(damaged: Path) -> StoreError:
    return StoreError(
        f"Nothing can be read from {damaged.name} any more.",
        meaning="No plan was made, and the file is unchanged.",
        remedy="Open the newest backup.",
    )


def _copy_tables(source: sqlite3.Connection, copy: sqlite3.Connection) -> RecoveryReport:
    rows_by_table: dict[str, int] = {}
    damaged: list[str] = []
    copy.execute("PRAGMA foreign_keys=OFF").fetchall()
    copy.execute("BEGIN IMMEDIATE")
    for table in TABLES:
        if table in _LEFT_OUT:
            continue
        known = [str(row[0]) for row in copy.execute(_COLUMNS, (table,))]
        columns = _columns_in(source, table, known)
        count = 0
        for row in _readable_rows(source, table, columns, damaged):
            count += _insert(copy, table, columns, row)
        rows_by_table[table] = count
    copy.execute("COMMIT")
    return RecoveryReport(rows_by_table, tuple(damaged))


_COLUMNS = "SELECT name FROM pragma_table_info(?)"


def _columns_in(source: sqlite3.Connection, table: str, known: list[str]) -> list[str]:
    """Those of our columns that the damaged plan has; one of an older version lacks the new."""
    with suppress(*_DAMAGE):
        found = {str(row[0]) for row in source.execute(_COLUMNS, (table,))}
        return [column for column in known if column in found] or known
    return known


def _readable_rows(
    source: sqlite3.Connection, table: str, columns: list[str], damaged: list[str]
) -> Iterator[Row]:
    """Rows from the start to the first damage, then from the end to the last."""
    names = ", ".join(columns)
    key = "rowid" if "WITHOUT ROWID" not in TABLES[table] else columns[0]
    for order in ("ASC", "DESC"):
        try:
            kind = source.execute(
                "SELECT 1 FROM sqlite_master WHERE name = ? AND type = 'table' AND rootpage > 0",
                (table,),
            ).fetchone()
            if kind is None:
                if not _lacks(source, table):
                    damaged.append(table)
                return
            yield from source.execute(f"SELECT {names} FROM {table} ORDER BY {key} {order}")  # noqa: S608  our own names
        except _DAMAGE:
            if order == "ASC":
                damaged.append(table)
            continue
        return


def _lacks(source: sqlite3.Connection, table: str) -> bool:
    """Whether the plan is of a version that had no such table."""
    version = _version_of(source)
    return any(version < since and table in tables for since, tables in NEW_TABLES.items())


def _version_of(source: sqlite3.Connection) -> int:
    """The plan's version; the newest where it cannot be read either."""
    with suppress(*_DAMAGE):
        return migrations.version_of(source) or SCHEMA_VERSION
    return SCHEMA_VERSION


def _insert(copy: sqlite3.Connection, table: str, columns: list[str], row: Row) -> int:
    """Take a row over if it keeps to the bounds; 1 if it did."""
    marks = ", ".join("?" * len(row))
    try:
        copy.execute(f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) VALUES ({marks})", row)  # noqa: S608  our own names
    except (sqlite3.IntegrityError, sqlite3.DataError):
        return 0
    return 1


_MENDING = (
    "DELETE FROM account_measure WHERE account_id NOT IN (SELECT id FROM account)",
    "DELETE FROM account_transaction WHERE account_id NOT IN (SELECT id FROM account)",
    (
        "UPDATE account_transaction SET product_id = NULL "
        "WHERE product_id NOT IN (SELECT id FROM product)"
    ),
    "DELETE FROM visit WHERE account_id NOT IN (SELECT id FROM account)",
    "UPDATE account SET extra = '{}' WHERE NOT json_valid(extra)",
    "UPDATE account SET extra = '{}' WHERE json_type(extra) <> 'object'",
    "UPDATE rep SET skills = '[]' WHERE NOT json_valid(skills)",
    "UPDATE rep SET skills = '[]' WHERE json_type(skills) <> 'array'",
    *(
        f"UPDATE {table} SET {column} = '[]' WHERE {bad}"  # noqa: S608  our own names
        for table, column in LISTS_OF_VERSION_4
        for bad in (f"NOT json_valid({column})", f"json_type({column}) <> 'array'")
    ),
    "DELETE FROM rule WHERE NOT json_valid(condition)",
    "DELETE FROM rule WHERE json_type(condition) <> 'object'",
    "UPDATE import_ledger SET detail = '{}' WHERE NOT json_valid(detail)",
    "UPDATE boundary_layer SET report = '{}' WHERE NOT json_valid(report)",
    "UPDATE boundary_layer SET report = '{}' WHERE json_type(report) <> 'object'",
    "DELETE FROM drawn_area WHERE NOT json_valid(polygon)",
    "DELETE FROM drawn_area WHERE json_type(polygon) <> 'array'",
    "INSERT OR IGNORE INTO sales_force (id, name, model) VALUES (1, 'Field sales', 'geographic')",
    "UPDATE meta SET value = '0' WHERE key = 'revision' AND value GLOB '*[^0-9]*'",
)


def _mend(copy: sqlite3.Connection) -> None:
    """Remove what refers to rows that are lost, and restore what every plan has."""
    copy.execute(
        "INSERT OR IGNORE INTO scenario (id, name, status, created_at_utc) "
        "VALUES (1, 'Working plan', 'draft', ?)",
        (utc_now(),),
    )
    for sql in _MENDING:
        copy.execute(sql)
    while broken := copy.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, _, _ in broken:
            if rowid is None:
                _delete_dangling(copy, str(table))
            else:
                copy.execute(f"DELETE FROM {table} WHERE rowid = ?", (rowid,))  # noqa: S608  our own names
    plan_id = copy.execute("SELECT value FROM meta WHERE key = 'plan_id'").fetchone()
    try:
        is_valid = plan_id is not None and str(uuid.UUID(plan_id[0])) == plan_id[0]
    except ValueError:
        is_valid = False
    if not is_valid:
        copy.execute("INSERT OR REPLACE INTO meta VALUES ('plan_id', ?)", (str(uuid.uuid4()),))


def _delete_dangling(copy: sqlite3.Connection, table: str) -> None:
    """In a table without row numbers: remove every row with a reference to nothing."""
    for key in copy.execute(f"PRAGMA foreign_key_list({table})").fetchall():
        _, _, parent, column, parent_column = key[:5]
        copy.execute(
            f"DELETE FROM {table} WHERE {column} IS NOT NULL "  # noqa: S608  our own names
            f"AND {column} NOT IN (SELECT {parent_column} FROM {parent})"
        )
