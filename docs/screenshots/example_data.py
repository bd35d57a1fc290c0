# SPDX-License-Identifier: MIT
"""Small tables for the pictures: plainly invented, with the faults that real exports have."""

import csv
import math
import random
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from app.services.importing.commands import import_command
from app.services.importing.job import kinds_of, prepare_all, take_in_hand
from app.services.importing.readers import read_table
from app.services.importing.reading_plan import read_current_plan
from app.ui.session import EditSession

_SOLD_TO = 420
_FIRST_YEAR, _LAST_YEAR = 2024, 2026
_LAST_MONTH = 9


def customers(folder: Path) -> Path:
    """A customer list with a few faults to repair, for the pictures of an import."""
    rows = [
        (
            *(f"E{i:04}", f"Example Outlet {i:04}", f"{i} Sample Street", "Dallas", "TX"),
            *(f"{75201 + i % 20}", "Sample Rep Ada", f"{1200 + 37 * i}"),
        )
        for i in range(1, 61)
    ]
    last = ("Sample Rep Ada", "900")
    rows += [
        ("E0003", "Example Outlet 0003", "9 Sample Street", "Dallas", "TX", "75203", *last),
        ("", "Example without id", "1 Sample Street", "Waco", "TX", "76701", *last),
        ("E0100", "Example Outlet 0100", "1 Nowhere", "Atlantis", "", "", last[0], "n/a"),
    ]
    header = "Customer ID,Company,Street,City,State,Zip,Account Owner,Annual Revenue"
    return _written(folder / "example customers.csv", header, rows)


def bring_in_more(session: EditSession, folder: Path) -> None:
    """Import orders of three years, and accounts that the plan has already under other ids."""
    paths = (_twins(session, folder), _orders(session, folder))
    store = session.workspace.document.store
    current = read_current_plan(store, ())
    hands = [take_in_hand(n, None, read_table(path), current) for n, path in enumerate(paths)]
    current = read_current_plan(store, kinds_of(hands))
    drafts = prepare_all(hands, current, session.workspace.geography)
    session.run(import_command(*drafts.values()))


def _twins(session: EditSession, folder: Path) -> Path:
    accounts = session.workspace.accounts
    columns = ("name", "street", "city", "region", "postal_code", "owner")
    rows: list[Sequence[str]] = []
    for n in range(0, 84, 7):
        name, *rest = (str(accounts.text(column)[n]) for column in columns)
        spelling = (f"{name} Inc.", name.upper(), f"The {name}", f"{name}, LLC")[n % 4]
        rows.append((f"WEB-{n:03}", spelling, *rest))
    header = "Account ID,Account Name,Street,City,State,Postal Code,Owner"
    return _written(folder / "web shop customers.csv", header, rows)


def _orders(session: EditSession, folder: Path) -> Path:
    """More in spring and autumn, growing a little, with accounts that come and go."""
    chance = random.Random(3)
    own_ids = session.workspace.accounts.text("external_id").tolist()[:_SOLD_TO]
    rows: list[Sequence[str]] = []
    for place, account in enumerate(own_ids):
        size = chance.lognormvariate(6.3, 0.9)
        first = 0 if place % 9 else chance.randrange(6, 28)
        last = 99 if place % 11 else chance.randrange(8, 26)
        for month in range((_LAST_YEAR - _FIRST_YEAR) * 12 + _LAST_MONTH):
            if not first <= month <= last or chance.random() > 0.4:
                continue
            day = date(_FIRST_YEAR + month // 12, month % 12 + 1, chance.randrange(1, 28))
            season = 1 + 0.3 * math.sin(month * math.pi / 3) + 0.006 * month
            amount = size * season * chance.uniform(0.7, 1.3)
            key = f"SO-{len(rows) + 1:05}"
            rows.append((key, day.isoformat(), account, f"{amount:.2f}"))
    return _written(folder / "orders.csv", "Order ID,Order Date,Account ID,Amount", rows)


def _written(path: Path, header: str, rows: Iterable[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header.split(","))
        writer.writerows(rows)
    return path
