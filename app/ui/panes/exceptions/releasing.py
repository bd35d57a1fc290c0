# SPDX-License-Identifier: MIT
"""The edits that end exceptions, all of one kind in one undo step."""

from collections.abc import Sequence

from app.services.commands import (
    AssignAccounts,
    AssignFamily,
    Command,
    RemoveApartPairs,
    SetTerritoryLock,
    Together,
    UnlockAccounts,
    UnlockGeoUnits,
)
from app.ui.panes.exceptions.exception_rows import ExceptionKind, ExceptionRow

RELEASE_WORDS = {
    ExceptionKind.NAMED: "Let rules and areas decide",
    ExceptionKind.FAMILIES: "No longer assign",
    ExceptionKind.APART: "No longer keep apart",
    ExceptionKind.ACCOUNT_LOCKS: "Unlock",
    ExceptionKind.AREA_LOCKS: "Unlock",
    ExceptionKind.TERRITORY_LOCKS: "Unlock",
}
"""The words of the button that ends an exception."""


def releasing(kind: ExceptionKind, rows: Sequence[ExceptionRow]) -> Command | None:
    """The edit that ends exceptions of one kind; None where none of them can be ended alone."""
    accounts = tuple(row.accounts[0] for row in rows if len(row.accounts) == 1)
    name = rows[0].name if len(rows) == 1 else ""
    if kind is ExceptionKind.NAMED:
        return AssignAccounts(accounts, None) if accounts else None
    if kind is ExceptionKind.ACCOUNT_LOCKS:
        return UnlockAccounts(accounts, name) if accounts else None
    if kind is ExceptionKind.APART:
        pairs = tuple((row.accounts[0], row.accounts[1]) for row in rows)
        return RemoveApartPairs(pairs) if pairs else None
    if kind is ExceptionKind.AREA_LOCKS:
        units = tuple(row.geounit for row in rows if row.geounit is not None)
        return UnlockGeoUnits(units, name) if units else None
    if kind is ExceptionKind.FAMILIES:
        given = [AssignFamily(row.family, None) for row in rows if row.family]
        return _together(given, f"No longer assign {len(given)} families")
    locks = [
        SetTerritoryLock(row.territory, is_locked=False, territory_name=row.name)
        for row in rows
        if row.territory is not None
    ]
    return _together(locks, f"Unlock {len(locks)} territories")


def _together(commands: Sequence[Command], label: str) -> Command | None:
    if len(commands) <= 1:
        return commands[0] if commands else None
    return Together(tuple(commands), label)
