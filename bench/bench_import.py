# SPDX-License-Identifier: MIT
"""Import of 100,000 accounts from .csv and .xlsx: read, recognise, place, write.

The accounts are invented: places are those of the shipped ZIP areas, so placement does its real
work.
"""

import csv
import multiprocessing
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from common import ROOT, Bench, rss_mb

from app.models.geounit import GeoLevel
from app.services.commands.base import Edit
from app.services.exporting.table import ExportColumn, ExportTable
from app.services.exporting.writing import write_table
from app.services.geography.addresses import AddressColumns, PlacedColumns
from app.services.geography.geography import Geography
from app.services.geography.placement import place
from app.services.history import EditHistory
from app.services.importing.commands import import_command
from app.services.importing.drafting import prepare
from app.services.importing.given import Given
from app.services.importing.guessing import guess_mapping
from app.services.importing.readers import read_table
from app.services.importing.reading_plan import read_current_plan
from app.services.store.document import AppFolders, PlanDocument

Result = TypeVar("Result")

ROWS = 100_000
HEADERS = (
    *("Account ID", "Account Name", "Street", "City", "State", "ZIP", "Country"),
    *("Account Owner", "Segment", "Annual Revenue", "Employees", "Visits"),
)


def rows(geography: Geography, count: int) -> list[list[str]]:
    """Invented accounts at the shipped ZIP areas."""
    chance = random.Random(7)
    layer = geography.layer(GeoLevel.ZIP)
    codes = layer.codes.tolist()
    made: list[list[str]] = []
    for number in range(count):
        at = chance.randrange(len(codes))
        city, _, state = str(layer.names[at]).partition(" ")[2].partition(", ")
        owner = f"Rep {chance.randrange(50):02d}"
        revenue = f"{chance.lognormvariate(12, 1):.2f}"
        made.append(
            [
                *(f"A{number:06d}", f"Company {number}", f"{number % 999} Main Street"),
                *(city, state, str(codes[at]), "United States", owner, "ABC"[number % 3]),
                *(revenue, str(chance.randrange(1, 900)), str(chance.randrange(1, 24))),
            ]
        )
    return made


def import_once(path: Path, folder: Path, geography: Geography) -> dict[str, float]:
    """Seconds by phase of one import into a new plan."""
    folders = AppFolders(folder / "work", folder / "backups", folder / "logs")
    document = PlanDocument.create(folder / "plan.evenfield", folders, name="Bench")
    history = EditHistory(document.store)
    seconds: dict[str, float] = {}
    placing = [0.0]

    def timed(name: str, work: Callable[[], Result]) -> Result:
        start = time.perf_counter()
        result = work()
        seconds[name] = time.perf_counter() - start
        return result

    def timed_place(columns: AddressColumns) -> PlacedColumns:
        start = time.perf_counter()
        result = place(geography, columns)
        placing[0] += time.perf_counter() - start
        return result

    cpu = time.process_time()
    table = timed("read", lambda: read_table(path))
    current = read_current_plan(document.store)
    mapping = timed("guess", lambda: guess_mapping(table, current))
    draft = timed("draft", lambda: prepare(table, mapping, Given(current, timed_place, geography)))
    command = import_command(draft)
    timed(
        "commit",
        lambda: history.run(command.label, lambda tx: command.apply(Edit(tx, geography))),
    )
    seconds["total"] = sum(seconds.values())
    seconds["place"] = placing[0]
    seconds["cpu"] = time.process_time() - cpu
    found = document.store.rows("SELECT count(*) FROM account")[0][0]
    if found != ROWS:
        message = f"expected {ROWS} accounts, found {found}"
        raise AssertionError(message)
    document.close()
    return seconds


def bench_file(
    bench: Bench, path: Path, geography: Geography, kind: str, limit: float | None
) -> None:
    """Import a file three times, each into a new plan, and record every phase."""
    samples: dict[str, list[float]] = {}
    for _ in range(3):
        with tempfile.TemporaryDirectory() as name:
            for phase, seconds in import_once(path, Path(name), geography).items():
                samples.setdefault(phase, []).append(seconds)
    for phase, values in samples.items():
        is_total = phase == "total"
        note = {"place": "part of draft", "cpu": "of this process, all phases"}.get(phase, "")
        bench.record(f"{kind}_{phase}_s", values, limit=limit if is_total else None, note=note)


def main() -> None:
    """Make the two files, import them, print the figures."""
    bench = Bench("import")
    geography = Geography.load(ROOT / "resources" / "geo")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = rows(geography, ROWS)
        plain = folder / "accounts.csv"
        with plain.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([list(HEADERS), *made])
        bench_file(bench, plain, geography, "csv", 5.0)
        bench.record("rss_after_csv_mb", rss_mb())
        columns = [ExportColumn(h, [row[i] for row in made]) for i, h in enumerate(HEADERS)]
        book = folder / "accounts.xlsx"
        table = ExportTable("Accounts", tuple(columns))
        bench.measure("xlsx_export_s", lambda: write_table(book, table), repeat=1)
        bench.measure("csv_export_s", lambda: write_table(folder / "o.csv", table), repeat=3)
        bench_file(bench, book, geography, "xlsx", 12.0)
    bench.finish()


if __name__ == "__main__":
    multiprocessing.freeze_support()
    main()
