# SPDX-License-Identifier: MIT
"""What a plan file holds, table by table.

A plan file is one SQLite database with the suffix `.evenfield`. All tables are STRICT, all times
are UTC in ISO 8601, all coordinates WGS 84 degrees. The CHECK constraints are the bounds of what
a plan can hold: a value outside them is refused when it is written, so that a plan which was
written here always passes the gate in front of every opening (`gate.py`). They are worded for
speed where an import writes 100,000 rows: OR is three times as fast as IN, one length of all
texts twice as fast as one of each.

History of the schema:

- Version 1: the first one.
- Version 2: accounts with phone, website and dates; products, transactions, visits, goals and
  market data; the outcome of every imported row; what the user decided about owners, duplicates
  and corrections, so that the next import keeps it.
- Version 3: boundary layers of the user, drawn areas, links between areas that do not touch, and
  what a territory held when it was locked.
- Version 4: several sales forces with a model each, rules, families, locks on accounts and areas,
  accounts that must stay apart, visit classes and known trips, the full profile of a rep, shares
  and dates in the roster.

The tables themselves are in the modules `plan_tables`, `rep_tables`, `account_tables`,
`serving_tables`, `area_tables` and `history_tables`.
"""

import hashlib
import re
from collections.abc import Iterable

from app.services.store import (
    account_tables,
    area_tables,
    history_tables,
    plan_tables,
    rep_tables,
    serving_tables,
)

APPLICATION_ID = 0x45564E46
"""Bytes 68 to 71 of every plan file: ``EVNF``."""

SCHEMA_VERSION = 4
"""Kept in `PRAGMA user_version`."""

FILE_SUFFIX = ".evenfield"

MAX_TEXT_LENGTH = 10_000
"""Characters in one text cell; notes and the columns that the import kept have ten times that."""

MAX_VALUE_BYTES = 100_000_000
"""Longest text or blob, a step of the history included."""

TABLES: dict[str, str] = {
    **plan_tables.TABLES,
    **rep_tables.TABLES,
    **account_tables.TABLES,
    **serving_tables.TABLES,
    **area_tables.TABLES,
    **history_tables.TABLES,
}
"""All tables by name, those that others refer to first."""

INDEXES: dict[str, str] = {
    "geounit_assignment_by_territory": (
        "CREATE INDEX geounit_assignment_by_territory ON geounit_assignment (territory_id)"
    ),
    "account_assignment_by_territory": (
        "CREATE INDEX account_assignment_by_territory ON account_assignment (territory_id)"
    ),
    "account_assignment_by_account": (
        "CREATE INDEX account_assignment_by_account ON account_assignment (account_id)"
    ),
    "roster_by_rep": "CREATE INDEX roster_by_rep ON roster (rep_id)",
    "account_alias_by_account": (
        "CREATE INDEX account_alias_by_account ON account_alias (account_id)"
    ),
    "separate_accounts_by_other": (
        "CREATE INDEX separate_accounts_by_other ON separate_accounts (other_id)"
    ),
    "goal_by_rep": "CREATE INDEX goal_by_rep ON goal (rep_id)",
    "goal_by_territory": "CREATE INDEX goal_by_territory ON goal (territory_id)",
    "owner_alias_by_rep": "CREATE INDEX owner_alias_by_rep ON owner_alias (rep_id)",
    "drawn_area_by_territory": (
        "CREATE INDEX drawn_area_by_territory ON drawn_area (territory_id)"
    ),
    "rule_by_territory": "CREATE INDEX rule_by_territory ON rule (territory_id)",
    "family_assignment_by_territory": (
        "CREATE INDEX family_assignment_by_territory ON family_assignment (territory_id)"
    ),
    "account_lock_by_territory": (
        "CREATE INDEX account_lock_by_territory ON account_lock (territory_id)"
    ),
    "account_lock_by_account": "CREATE INDEX account_lock_by_account ON account_lock (account_id)",
    "geounit_lock_by_territory": (
        "CREATE INDEX geounit_lock_by_territory ON geounit_lock (territory_id)"
    ),
    "apart_accounts_by_other": "CREATE INDEX apart_accounts_by_other ON apart_accounts (other_id)",
    "rep_by_manager": "CREATE INDEX rep_by_manager ON rep (manager_id)",
}

NEW_TABLES: dict[int, tuple[str, ...]] = {
    2: (
        *("geounit_measure", "product", "account_transaction", "visit", "goal", "owner_alias"),
        *("account_alias", "account_correction", "separate_accounts"),
    ),
    3: ("boundary_layer", "drawn_area", "geounit_link"),
    4: (
        *("rule", "family_assignment", "apart_accounts", "account_lock", "geounit_lock"),
        *("visit_class", "known_trip"),
    ),
}
"""Tables that a version brought, by version; a plan of an older one lacks them."""

UNDOABLE_TABLES = frozenset(TABLES) - {"meta", "history_step", "history_patch", "edit_log"}
"""Tables that commands may change."""

FIRST_VISIT_CLASSES: tuple[tuple[str, tuple[str | int | float, ...]], ...] = tuple(
    ("INSERT INTO visit_class VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    for row in (
        (1, "A", 1, 12.0, 1.0, 0.5, 0),
        (2, "B", 2, 6.0, 0.75, 0.25, 0),
        (3, "C", 3, 2.0, 0.5, 0.25, 1),
    )
)
"""Classes of a new plan, and of one that comes from an older version: a usual choice (ours)."""

FIRST_ROWS: tuple[tuple[str, tuple[str | int | float, ...]], ...] = (
    *FIRST_VISIT_CLASSES,
    ("INSERT INTO sales_force (id, name, model) VALUES (1, ?, ?)", ("Field sales", "geographic")),
    (
        "INSERT INTO scenario (id, name, status, created_at_utc) VALUES (1, ?, ?, ?)",
        ("Working plan", "draft", "1970-01-01T00:00:00Z"),
    ),
    ("INSERT INTO setting VALUES (?, ?)", ("name", "")),
    ("INSERT INTO setting VALUES (?, ?)", ("tolerance_fraction", "0.15")),
    ("INSERT INTO setting VALUES (?, ?)", ("main_measure", "0")),
    ("INSERT INTO setting VALUES (?, ?)", ("ideal_by_capacity", "0")),
    ("INSERT INTO meta VALUES (?, ?)", ("plan_id", "")),
    ("INSERT INTO meta VALUES (?, ?)", ("created_at_utc", "")),
    ("INSERT INTO meta VALUES (?, ?)", ("created_by_version", "")),
    ("INSERT INTO meta VALUES (?, ?)", ("revision", "0")),
    ("INSERT INTO meta VALUES (?, ?)", ("content_hash", "")),
)
"""Rows of a new plan; `document.py` fills in identity, times and name."""


def fingerprint(master_rows: Iterable[tuple[str, str, str, str | None]]) -> str:
    """SHA-256 over every object of a database, whatever the order and the white space.

    Args:
        master_rows: type, name, tbl_name and sql of all rows of `sqlite_master`.
    """
    lines = sorted(
        # A damaged file may hold anything there; as text it matches no version.
        "|".join((*map(str, (kind, name, table)), re.sub(r"\s+", " ", str(sql or "")).strip()))
        for kind, name, table, sql in master_rows
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


FINGERPRINT_BY_VERSION: dict[int, str] = {
    1: "40631a5252a6cd0958a36613f08b49c6e04818a57052899d0d659b8500390912",
    2: "76f5636c033e94dedae0c751f42db8f077d25ffeba6958c2790a3e37d07d6236",
    3: "153cadd2426fef58ffada98bf2c55532d3b48139a784256706ab0dcdc7149683",
    4: "cdbad9e11e6d74817383b295a1474fcf09b60f441b31a955e1f71cd4a87373d2",
}
"""Frozen: what `fingerprint` gives for each version that was ever released."""
