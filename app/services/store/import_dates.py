# SPDX-License-Identifier: MIT
"""When something was imported."""

from app.services.store.store import Store


def newest_import_utc(store: Store, kind: str) -> str:
    """When tables of a kind came in last, as UTC in ISO 8601; empty where none did.

    Args:
        store: The plan.
        kind: As the ledger names it: ``accounts``, ``reps``, ``transactions``.
    """
    rows = store.rows("SELECT max(at_utc) FROM import_ledger WHERE kind = ?", (kind,))
    return str(rows[0][0] or "") if rows else ""
