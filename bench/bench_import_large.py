# SPDX-License-Identifier: MIT
"""Imports at full size: a million accounts, a million transactions, a refresh, a cancel.

Each case runs in a process of its own, so that its peak of memory is its own. While it works in
one thread, another one wakes every five milliseconds, as the window's loop would: the longest it
had to wait is how long the window would have stood still. Usage: ``python bench/run.py
import_large``, or one case alone: ``python bench/bench_import_large.py --case accounts``.
"""

import argparse
import csv
import json
import multiprocessing
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Self, TypeVar

from common import ROOT, Bench

from app.models.errors import TaskCancelled
from app.models.geounit import GeoLevel
from app.services.commands.base import Edit
from app.services.geography.geography import Geography
from app.services.history import EditHistory
from app.services.importing.commands import import_command
from app.services.importing.draft import ImportDraft
from app.services.importing.job import kinds_of, prepare_all, take_in_hand
from app.services.importing.readers import read_table
from app.services.importing.reading_plan import read_current_plan
from app.services.importing.table import Watch
from app.services.store.document import AppFolders, PlanDocument

Result = TypeVar("Result")

MILLION = 1_000_000
HEADERS = (
    *("Account ID", "Account Name", "Street", "City", "State", "ZIP", "Country"),
    *("Account Owner", "Segment", "Annual Revenue", "Employees", "Visits"),
)
TRANSACTION_HEADERS = ("Order ID", "Account ID", "Order Date", "Product", "Amount", "Quantity")


class Pulse:
    """Wakes every few milliseconds and remembers the longest time that it had to wait."""

    def __init__(self) -> None:
        self.longest_ms = 0.0
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_details: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _beat(self) -> None:
        last = time.perf_counter()
        while not self._is_over.wait(0.005):
            now = time.perf_counter()
            self.longest_ms = max(self.longest_ms, (now - last - 0.005) * 1000.0)
            last = now


def accounts(geography: Geography, count: int, *, changed: float = 0.0) -> Iterator[list[str]]:
    """Invented accounts at the shipped ZIP areas; some share of them changed since last month."""
    chance, change = random.Random(7), random.Random(8)
    layer = geography.layer(GeoLevel.ZIP)
    codes = layer.codes.tolist()
    places = [str(name).partition(" ")[2].partition(", ") for name in layer.names]
    for number in range(count):
        at = chance.randrange(len(codes))
        city, _, state = places[at]
        owner = f"Rep {chance.randrange(50):02d}"
        revenue = f"{chance.lognormvariate(12, 1):.2f}"
        employees = str(chance.randrange(1, 900))
        if change.random() < changed:
            revenue = f"{change.lognormvariate(12, 1):.2f}"
        yield [
            *(f"A{number:07d}", f"Company {number}", f"{number % 999} Main Street"),
            *(city, state, str(codes[at]), "United States", owner, "ABC"[number % 3]),
            *(revenue, employees, str(chance.randrange(1, 24))),
        ]


def transactions(count: int, account_count: int) -> Iterator[list[str]]:
    """Invented orders of the accounts over three years."""
    chance = random.Random(9)
    for number in range(count):
        day = f"{2023 + number % 3}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
        account = f"A{chance.randrange(account_count):07d}"
        product = f"Product {chance.randrange(60):02d}"
        amount = f"{chance.lognormvariate(6, 1):.2f}"
        yield [f"O{number:07d}", account, day, product, amount, str(chance.randrange(1, 40))]


def write(path: Path, headers: tuple[str, ...], rows: Iterator[list[str]]) -> Path:
    """A CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headers)
        writer.writerows(rows)
    return path


class Plan:
    """A plan file in a folder, and imports into it."""

    def __init__(self, folder: Path, geography: Geography) -> None:
        folders = AppFolders(folder / "work", folder / "backups", folder / "logs")
        self._document = PlanDocument.create(folder / "plan.evenfield", folders, name="Bench")
        self._history = EditHistory(self._document.store)
        self._geography = geography
        self.store = self._document.store

    def import_file(
        self, path: Path, seconds: dict[str, float] | None = None, watch: Watch | None = None
    ) -> None:
        """Read, recognise, prepare, write; the time of each is added."""
        times = {} if seconds is None else seconds

        def timed(name: str, work: Callable[[], Result]) -> Result:
            start = time.perf_counter()
            result = work()
            times[name] = times.get(name, 0.0) + time.perf_counter() - start
            return result

        told = watch or Watch()
        drafts = self._drafts(path, timed, told)
        command = replace(import_command(*drafts), watch=told)
        timed(
            "commit",
            lambda: self._history.run(
                command.label, lambda tx: command.apply(Edit(tx, self._geography))
            ),
        )

    def _drafts(
        self, path: Path, timed: Callable[[str, Callable[[], Any]], Any], watch: Watch
    ) -> list[ImportDraft]:
        """What would be written; the table itself is let go, as the window does."""
        table = timed("read", lambda: read_table(path, None, watch.progress, watch.cancelled))
        light = timed("plan", lambda: read_current_plan(self.store, ()))
        hand = timed("guess", lambda: take_in_hand(0, path, table, light))
        current = timed("plan", lambda: read_current_plan(self.store, kinds_of([hand])))
        drafts = timed("draft", lambda: prepare_all([hand], current, self._geography, watch))
        return [*drafts.values()]

    def count(self, table: str) -> int:
        """Rows of a table."""
        return int(self.store.rows(f"SELECT count(*) FROM {table}")[0][0] or 0)  # noqa: S608 our own names

    def close(self) -> None:
        """Let go of the file."""
        self._document.close()


def case_accounts(folder: Path, geography: Geography) -> dict[str, float]:
    """A million accounts into a new plan."""
    path = write(folder / "accounts.csv", HEADERS, accounts(geography, MILLION))
    plan, seconds = Plan(folder, geography), dict[str, float]()
    with Pulse() as pulse:
        plan.import_file(path, seconds)
    _expect(plan.count("account"), MILLION)
    plan.close()
    return _figures(seconds, pulse)


def case_transactions(folder: Path, geography: Geography) -> dict[str, float]:
    """A million transactions of 100,000 accounts."""
    plan, seconds = Plan(folder, geography), dict[str, float]()
    plan.import_file(write(folder / "a.csv", HEADERS, accounts(geography, 100_000)))
    path = write(folder / "orders.csv", TRANSACTION_HEADERS, transactions(MILLION, 100_000))
    with Pulse() as pulse:
        plan.import_file(path, seconds)
    _expect(plan.count("account_transaction"), MILLION)
    plan.close()
    return _figures(seconds, pulse)


def case_refresh(folder: Path, geography: Geography) -> dict[str, float]:
    """The same 100,000 accounts again, 5 % of them changed."""
    plan, seconds = Plan(folder, geography), dict[str, float]()
    plan.import_file(write(folder / "a.csv", HEADERS, accounts(geography, 100_000)))
    path = write(folder / "b.csv", HEADERS, accounts(geography, 100_000, changed=0.05))
    with Pulse() as pulse:
        plan.import_file(path, seconds)
    updated = int(plan.store.rows("SELECT max(updated) FROM import_ledger")[0][0] or 0)
    if not 4_500 < updated < 5_500:
        message = f"expected some 5,000 changed accounts, found {updated}"
        raise AssertionError(message)
    plan.close()
    return _figures(seconds, pulse)


def case_cancel(folder: Path, geography: Geography) -> dict[str, float]:
    """How long each of many cancels takes, spread over an import of 300,000 accounts."""
    path = write(folder / "a.csv", HEADERS, accounts(geography, 300_000))
    plan, seconds = Plan(folder, geography), dict[str, float]()
    plan.import_file(path, seconds)
    plan.close()
    whole = sum(seconds.values())
    longest = 0.0
    for place in range(12):
        folder_of_try = folder / f"try{place}"
        folder_of_try.mkdir()
        plan = Plan(folder_of_try, geography)
        took = _cancel_once(plan, path, whole * (place + 0.5) / 12)
        if took is not None:
            longest = max(longest, took)
            _expect(plan.count("account"), 0)
        plan.close()
    return {"cancel_longest_s": longest}


def _cancel_once(plan: Plan, path: Path, after: float) -> float | None:
    """Seconds from the user's cancel to the end of the work; None where it was done before."""
    moment: list[float] = []
    timer = threading.Timer(after, lambda: moment.append(time.perf_counter()))
    timer.start()
    try:
        plan.import_file(path, watch=Watch(cancelled=lambda: bool(moment)))
    except TaskCancelled:
        return time.perf_counter() - moment[0]
    finally:
        timer.cancel()
        timer.join()
    return None


def _expect(found: int, wanted: int) -> None:
    if found != wanted:
        message = f"expected {wanted} rows, found {found}"
        raise AssertionError(message)


def _figures(seconds: dict[str, float], pulse: Pulse) -> dict[str, float]:
    figures = {f"{name}_s": value for name, value in seconds.items()}
    figures["total_s"] = sum(seconds.values())
    figures["longest_wait_ms"] = pulse.longest_ms
    figures["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
    return figures


CASES = {
    "accounts": (case_accounts, {"total_s": 40.0, "peak_mb": 2300.0, "longest_wait_ms": 100.0}),
    "transactions": (case_transactions, {"total_s": 30.0, "longest_wait_ms": 100.0}),
    "refresh": (case_refresh, {"total_s": 5.0, "longest_wait_ms": 100.0}),
    "cancel": (case_cancel, {"cancel_longest_s": 0.5}),
}


def main() -> None:
    """Every case in its own process, then the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--case", choices=sorted(CASES))
    chosen = parser.parse_args().case
    if chosen:
        geography = Geography.load(ROOT / "resources" / "geo")
        with tempfile.TemporaryDirectory() as name:
            found = CASES[chosen][0](Path(name), geography)
        sys.stdout.write(json.dumps(found) + "\n")
        return
    bench = Bench("import_large")
    for case, (_, limits) in CASES.items():
        command = [sys.executable, __file__, "--case", case]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        for name, value in json.loads(done.stdout.splitlines()[-1]).items():
            bench.record(f"{case}_{name}", value, limit=limits.get(name))
    bench.finish()


if __name__ == "__main__":
    multiprocessing.freeze_support()
    main()
