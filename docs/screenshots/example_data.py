# SPDX-License-Identifier: MIT
"""Small tables for the pictures: plainly invented, with the faults that real exports have."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.services.importing.commands import import_command
from app.services.importing.job import kinds_of, prepare_all, take_in_hand
from app.services.importing.readers import read_table
from app.services.importing.reading_plan import read_current_plan
from app.ui.session import EditSession


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


def next_month(folder: Path) -> tuple[Path, Path]:
    """Next month's customers, some changed and one gone, and orders of theirs."""
    changed = customers(folder).read_text(encoding="utf-8").splitlines()
    changed = [line.replace("Sample Rep Ada", "Sample Rep Ben") if n % 9 == 4 else line
               for n, line in enumerate(changed) if n != 8]  # fmt: skip
    list_path = folder / "example customers in May.csv"
    list_path.write_text("\n".join(changed), encoding="utf-8")
    rows = [
        (f"SO-{n:04}", f"E{1 + n % 60:04}", f"2026-05-{1 + n % 28:02}", f"{40 + 3 * n}")
        for n in range(1, 200)
    ]
    rows += [("SO-0900", "Example Outlett 0007", "2026-05-29", "80")]
    header = "Order ID,Customer,Order Date,Amount"
    return list_path, _written(folder / "example orders in May.csv", header, rows)


def bring_in_more(session: EditSession, folder: Path) -> None:
    """Import accounts that the plan has already under other ids."""
    path = _twins(session, folder)
    store = session.workspace.document.store
    hand = take_in_hand(0, path, read_table(path), read_current_plan(store, ()))
    current = read_current_plan(store, kinds_of([hand]))
    drafts = prepare_all([hand], current, session.workspace.geography)
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


def _written(path: Path, header: str, rows: Iterable[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header.split(","))
        writer.writerows(rows)
    return path
