# SPDX-License-Identifier: MIT
"""Made tests/data/plans/v1.sqlite, once: a plan file as version 1 of the schema wrote it.

The file is never made again: it proves that plans of that version still open. Usage, from the
project's folder: ``python -m tests.helpers.make_v1_plan``.
"""

import sys

from app.models.changes import Changes
from app.services.store.transaction import Transaction
from tests.helpers.frozen_plans import freeze


def fill_the_rest(tx: Transaction) -> Changes:
    """One row at least in every table, with text beyond ASCII."""
    tx.put("setting", ("key", "value"), [("tolerance_fraction", "0.1"), ("main_measure", "1")])
    columns = ("id", "external_id", "name", "home_text", "skills", "quota", "lon", "lat")
    skills = '["Deutsch", "cafés"]'
    rep = (2, "R2", "Zoë Example", "1 Sample Street, Town", skills, 5e5, -99.5, 39.5)
    tx.put("rep", columns, [rep])
    ledger = ("id", "at_utc", "file_name", "kind", "added", "updated", "unchanged", "skipped")
    tx.put("import_ledger", ledger, [(1, "2026-01-02T03:04:05Z", "a.csv", "accounts", 16, 0, 0, 0)])
    tx.put("account", ("id", "extra"), [(1, '{"Größe": "12 m²", "empty": ""}')])
    return Changes(settings=True)


if __name__ == "__main__":
    sys.exit(freeze(1, fill_the_rest))
