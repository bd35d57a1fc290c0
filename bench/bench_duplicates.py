# SPDX-License-Identifier: MIT
"""The search for duplicates among 100,000 and 1,000,000 invented accounts, one in ten planted.

The accounts stand at the shipped ZIP areas. A second thread ticks all the time: its longest gap
is how long the search can hold up the window.
"""

import random
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from common import ROOT, Bench, rss_mb

from app.models.errors import TaskCancelled
from app.models.geounit import GeoLevel
from app.services.duplicates.columns import TEXTS, AccountColumns
from app.services.duplicates.finding import find_duplicates
from app.services.duplicates.scoring import LIKELY
from app.services.geography.geography import Geography
from app.services.importing.table import Watch

ROWS = 100_000
LARGE = 1_000_000
_CITIES = 400
_WORDS = (
    *("North", "Blue", "River", "Stone", "Harbor", "Maple", "Summit", "Cedar", "Golden", "Prime"),
    *("Smith", "Lopez", "Novak", "Okafor", "Tanaka", "Muller", "Rossi", "Larsen", "Dubois", "Khan"),
    *("Valley", "Bridge", "Forest", "Silver", "Granite", "Willow", "Falcon", "Orchard", "Pioneer"),
)
_TRADES = ("Dental", "Plumbing", "Logistics", "Bakery", "Motors", "Optics", "Robotics", "Supply")
_STREETS = ("Main Street", "Oak Avenue", "Lake Road", "Hill Drive", "Park Boulevard", "Mill Lane")


@dataclass(frozen=True, slots=True)
class Made:
    """Columns and the pairs of ids in them that are one customer."""

    columns: AccountColumns
    planted: frozenset[tuple[int, int]]


def made(geography: Geography, count: int, *, without_streets: bool = False) -> Made:
    """Invented accounts; every tenth is another one, written differently."""
    chance = random.Random(7)
    layer = geography.layer(GeoLevel.ZIP)
    names, codes = list(layer.names), layer.codes.tolist()
    # Half of all accounts crowd in few places, as customers do.
    crowded = [chance.randrange(len(codes)) for _ in range(_CITIES)]
    rows: list[tuple[str, ...]] = []
    planted: set[tuple[int, int]] = set()
    for number in range(count):
        if number % 10 == 9:
            source = chance.randrange(max(0, number - 5000), number) // 10 * 10 + number % 7
            planted.add((source + 1, number + 1))
            rows.append(_spoiled(chance, rows[source], number))
            continue
        at = chance.choice(crowded) if number % 2 else chance.randrange(len(codes))
        city, _, state = str(names[at]).partition(" ")[2].partition(", ")
        name = f"{chance.choice(_WORDS)} {chance.choice(_WORDS)} {chance.choice(_TRADES)}"
        street = f"{chance.randrange(1, 9999)} {chance.choice(_STREETS)}"
        phone = f"({number % 700 + 200}) 555-{number % 10_000:04}" if number % 3 else ""
        website = f"www.firm{number}.example" if number % 4 else ""
        head = (f"A{number:07}", f"{name} {number % 50_000} Inc", "" if without_streets else street)
        head = (head[0], f"{name} Inc" if number % 5 else f"McBurger #{number}", head[2])
        rows.append((*head, city, str(codes[at]), state, "US", phone, website, "postal_code"))
    texts = {
        name: _column(cells) for name, cells in zip(TEXTS, zip(*rows, strict=True), strict=True)
    }
    nowhere = np.full(count, np.nan)
    columns = AccountColumns.of(range(1, count + 1), texts.__getitem__, nowhere, nowhere)
    return Made(columns, frozenset(planted))


def _spoiled(chance: random.Random, row: tuple[str, ...], number: int) -> tuple[str, ...]:
    _id, name, street, city, postal, state, country, phone, website, placed_by = row
    place = chance.randrange(1, len(name) - 2)
    kind = chance.randrange(4)
    if kind == 0:
        name = name.upper().replace(" INC", ", LLC")
    elif kind == 1 and not name.startswith("McBurger"):
        name = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    elif kind == 2:
        phone = "+1 " + phone.replace("(", "").replace(") ", ".")
    else:
        website, postal = "", f"{postal}-1234"
    return (f"D{number:07}", name, street, city, postal, state, country, phone, website, placed_by)


def _column(cells: tuple[str, ...]) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    column = np.empty(len(cells), dtype=np.object_)
    column[:] = cells
    return column


class Ticker:
    """Measures the longest time for which no other thread can run."""

    def __init__(self) -> None:
        self.longest_ms = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._tick)

    def measure(self, work: Callable[[], object]) -> float:
        """Seconds that the work takes."""
        self._thread.start()
        start = time.perf_counter()
        work()
        seconds = time.perf_counter() - start
        self._stop.set()
        self._thread.join()
        return seconds

    def _tick(self) -> None:
        last = time.perf_counter()
        while not self._stop.is_set():
            time.sleep(0.001)
            now = time.perf_counter()
            self.longest_ms = max(self.longest_ms, (now - last) * 1000)
            last = now


def bench_list(bench: Bench, name: str, made_list: Made, limit: float | None) -> None:
    """Search one list and record time, stall, memory, recall and precision."""
    before, ticker, reports = rss_mb(), Ticker(), []
    seconds = ticker.measure(lambda: reports.append(find_duplicates(made_list.columns)))
    report = reports[0]
    note = f"{len(report):,} pairs, {len(report.groups):,} groups"
    bench.record(f"{name}_s", seconds, limit=limit, note=note)
    bench.record(f"{name}_longest_stall_ms", ticker.longest_ms)
    bench.record(f"{name}_more_memory_mb", rss_mb() - before)
    ids = report.columns.ids
    likely = report.score >= LIKELY
    pairs = zip(
        ids[report.first[likely]].tolist(), ids[report.second[likely]].tolist(), strict=True
    )
    found = set(pairs)
    planted = made_list.planted
    bench.record(f"{name}_recall", len(found & planted) / len(planted))
    # Two that were made from one account are one customer as well.
    source = {number: first for first, number in planted}
    right = sum(source.get(a, a) == source.get(b, b) for a, b in found)
    bench.record(f"{name}_precision", right / max(len(found), 1))


def bench_cancel(bench: Bench, made_list: Made) -> None:
    """Stop a search at ten places and record how long it goes on."""
    lags: list[float] = []
    for place in range(1, 11):
        stop_at = time.perf_counter() + 0.5 * place
        try:
            find_duplicates(made_list.columns, Watch(cancelled=lambda at=stop_at: _is_past(at)))
        except TaskCancelled:
            lags.append(time.perf_counter() - stop_at)
    bench.record("cancel_s", max(lags), limit=0.5, note=f"the slowest of {len(lags)}")


def _is_past(moment: float) -> bool:
    return time.perf_counter() >= moment


def main() -> None:
    """Search the lists, print the figures."""
    bench = Bench("duplicates")
    geography = Geography.load(ROOT / "resources" / "geo")
    plain = made(geography, ROWS)
    bench_list(bench, "rows_100k", plain, 60.0)
    bench_cancel(bench, plain)
    bench_list(
        bench, "rows_100k_without_streets", made(geography, ROWS, without_streets=True), 60.0
    )
    if "--large" in sys.argv:
        bench_list(bench, "rows_1m", made(geography, LARGE), None)
    bench.finish()


if __name__ == "__main__":
    main()
