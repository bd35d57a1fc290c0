# SPDX-License-Identifier: MIT
"""The plan file with 100,000 accounts: import, edit, publish, open, and edits during a publish."""

import tempfile
import threading
import time
from pathlib import Path

from common import Bench, rss_mb

from app.services.history import EditHistory
from app.services.store import gate
from app.services.store.document import AppFolders, PlanDocument
from app.services.store.store import Store
from tests.helpers.plans import assign, fill_large, folders_in, large_rows

ACCOUNTS = 100_000
EDITS = 60


def edit_seconds(history: EditHistory, number: int) -> float:
    """Give 50 geounits to a territory."""
    units = [f"zip:{50 * (number % 40) + place:05}" for place in range(50)]
    start = time.perf_counter()
    assign(history, units, 1 + number % 50)
    return time.perf_counter() - start


def edits_while_publishing(document: PlanDocument) -> list[float]:
    """Milliseconds of the edits that are made until a publish in a worker has ended."""
    history = EditHistory(document.store)
    edit_seconds(history, 0)
    worker = threading.Thread(target=document.publish)
    worker.start()
    found: list[float] = []
    while worker.is_alive():
        found.append(1000 * edit_seconds(history, len(found)))
        time.sleep(0.005)
    worker.join()
    return found


def imports(bench: Bench, folder: Path) -> None:
    """Write accounts and measures with their history."""
    rows, values = large_rows(ACCOUNTS)
    samples: list[float] = []
    for number in range(3):
        path = folder / f"import {number}.evenfield"
        document = PlanDocument.create(path, folders_in(folder), name="Bench")
        history = EditHistory(document.store)
        start = time.perf_counter()
        history.run("Import", lambda tx: fill_large(tx, rows, values))
        samples.append(time.perf_counter() - start)
        document.discard()
    bench.record("write_100k_accounts_s", samples, limit=2.0, note="300,000 values, history too")


def main() -> None:
    """Measure on one plan after the other."""
    bench = Bench("store")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folders = folders_in(folder)
        imports(bench, folder)
        path = folder / "plan.evenfield"
        document = PlanDocument.create(path, folders, name="Bench")
        history = EditHistory(document.store)
        rows, values = large_rows(ACCOUNTS)
        history.run("Import", lambda tx: fill_large(tx, rows, values))
        alone = [1000 * edit_seconds(history, number) for number in range(EDITS)]
        bench.record("edit_50_units_p95_ms", alone, percentile=95, limit=25.0)
        bench.measure("publish_s", lambda: _publish(document, history), repeat=3)
        during = edits_while_publishing(document)
        bench.record("edit_during_publish_worst_ms", max(during), limit=50.0)
        document.close()
        bench.record("plan_mb", path.stat().st_size / 1e6)
        _measure_opening(bench, path, folders)
        bench.record("rss_mb", rss_mb())
    bench.finish()


def _publish(document: PlanDocument, history: EditHistory) -> None:
    edit_seconds(history, int(time.monotonic() * 1000))
    document.publish()


def _measure_opening(bench: Bench, path: Path, folders: AppFolders) -> None:
    def open_and_close() -> None:
        PlanDocument.open(path, folders).close()

    def open_as_foreign() -> None:
        (folders.work / "passed.json").unlink()
        open_and_close()

    bench.measure("open_own_100k_s", open_and_close, repeat=7, limit=0.5, note="bytes are known")
    bench.measure("open_foreign_100k_s", open_as_foreign, repeat=7, note="the whole gate")
    bench.measure("gate_100k_s", lambda: gate.check(path, path.name), repeat=7)
    bench.measure("empty_store_ms", lambda: Store.in_memory().close(), repeat=5)


if __name__ == "__main__":
    main()
