# SPDX-License-Identifier: MIT
"""When a kind of table came in last."""

from pathlib import Path

from app.services.store.import_dates import newest_import_utc
from tests.helpers.tiny_plan import tiny_workspace

_COLUMNS = ("id", "at_utc", "file_name", "kind", "added", "updated", "unchanged", "skipped")


def test_the_newest_import_of_a_kind(tmp_path: Path) -> None:
    workspace = tiny_workspace(tmp_path)
    store = workspace.document.store
    assert newest_import_utc(store, "accounts") == ""
    listed = [
        (1, "2026-01-05T10:00:00Z", "accounts"),
        (2, "2026-03-05T10:00:00Z", "accounts"),
        (3, "2026-05-05T10:00:00Z", "reps"),
    ]
    with store.transaction() as tx:
        rows = [(id_, at, "example.csv", kind, 1, 0, 0, 0) for id_, at, kind in listed]
        tx.put("import_ledger", _COLUMNS, rows)
    assert newest_import_utc(store, "accounts") == "2026-03-05T10:00:00Z"
    workspace.close()
