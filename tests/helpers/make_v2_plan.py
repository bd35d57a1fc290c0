# SPDX-License-Identifier: MIT
"""Made tests/data/plans/v2.sqlite, once: a plan file as version 2 of the schema wrote it.

The file is never made again: it proves that plans of that version still open. Usage, from the
project's folder: ``python -m tests.helpers.make_v2_plan``.
"""

import sys

from app.models.changes import Changes
from app.services.store.transaction import Transaction
from tests.helpers.frozen_plans import freeze
from tests.helpers.make_v1_plan import fill_the_rest
from tests.helpers.plans import zip_at

NOW = "2026-11-24T12:00:00Z"


def fill_version_2(tx: Transaction) -> Changes:
    """One row at least in every table that version 2 brought."""
    changes = fill_the_rest(tx)
    columns = ("id", "phone", "website", "created_on", "last_activity_on", "gone_since")
    row = (2, "+1 555 0100", "kite.example", "2020-02-29", "2026-11-01", "2026-11-24")
    tx.put("account", columns, [row])
    tx.put("territory", ("id", "external_id", "parent_id"), [(2, "T-2", 1)])
    columns = ("id", "name", "kind", "source", "level")
    tx.put("measure", columns, [(2, "Households", "count", "HH", "zip")])
    columns = ("measure_id", "geounit_id", "value")
    tx.put("geounit_measure", columns, [(2, zip_at(0, 0), 1234.0)])
    columns = ("id", "external_id", "name", "line", "unit_price")
    tx.put("product", columns, [(1, "P1", "Schraube 5 mm", "Eisenwaren", 0.25)])
    columns = (
        *("id", "external_id", "account_id", "day", "product_id", "amount", "quantity"),
        *("stage", "owner"),
    )
    sale = (1, "O1/1", 1, 20_000, 1, 10.5, 42.0, "sale", "Ada Example")
    tx.put("account_transaction", columns, [sale, (2, "", 2, 20_001, None, None, None, "open", "")])
    columns = ("id", "external_id", "account_id", "day", "hours", "owner", "outcome")
    tx.put("visit", columns, [(1, "V1", 3, 20_002, 1.5, "Ada Example", "Tea")])
    columns = ("id", "rep_id", "territory_id", "name", "first_day", "last_day", "amount")
    tx.put("goal", columns, [(1, 1, None, "Quota", 20_454, 20_818, 1e6)])
    tx.put("goal", columns, [(2, None, 2, "Visits", 20_454, 20_543, 40.0)])
    tx.put("owner_alias", ("owner", "rep_id"), [("ada e.", 1)])
    tx.put("account_alias", ("external_id", "account_id"), [("OLD-4", 4)])
    columns = ("account_id", "field", "imported", "at_utc")
    tx.put("account_correction", columns, [(5, "city", "Twon", NOW)])
    tx.put("separate_accounts", ("account_id", "other_id"), [(6, 7)])
    columns = (
        *("id", "at_utc", "file_name", "kind", "added", "updated", "unchanged", "skipped"),
        *("row_count", "gone", "profile"),
    )
    ledger = (2, NOW, "b.csv", "transactions", 2, 0, 0, 1, 3, 0, "Salesforce: opportunities")
    tx.put("import_ledger", columns, [ledger])
    return changes | Changes(records=True, all_accounts=True)


if __name__ == "__main__":
    sys.exit(freeze(2, fill_version_2))
