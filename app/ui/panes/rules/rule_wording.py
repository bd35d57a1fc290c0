# SPDX-License-Identifier: MIT
"""Words for rules and what they do, with numbers and units as they are written here."""

from datetime import date

from PySide6.QtCore import QLocale

from app.models.measure import ACCOUNT_COUNT, Measure
from app.services.alignment import IN_DISPUTE
from app.services.rules.condition_words import Wording
from app.services.rules.dry_run import Amount, DryRun
from app.services.workspace import Workspace
from app.ui.formats import count, day, in_distance_unit, measure_value, number, plural

UNASSIGNED, DISPUTED = "Unassigned", "In dispute"
_DIGITS = 12


def window_wording() -> Wording:
    """Numbers, dates and distances in the manner of the system."""
    return Wording(number=_number, day=_day, distance=_distance)


def amount_words(amount: Amount, measure: Measure) -> str:
    """Accounts with their value ("1,204 accounts (Sales 3,400,000)"), or accounts alone."""
    accounts = plural(amount.accounts, "account", "accounts")
    if measure.id == ACCOUNT_COUNT:
        return accounts
    return f"{accounts} ({measure.name} {measure_value(amount.value, measure.kind)})"


def holder_name(position: int, workspace: Workspace) -> str:
    """The name of a territory by its position, or what its code says."""
    if position >= 0:
        return workspace.territories[position].name
    return DISPUTED if position == IN_DISPUTE else UNASSIGNED


def change_sentence(run: DryRun, workspace: Workspace) -> str:
    """What a list of rules would change, in one sentence."""
    moved = run.moved
    if not moved.accounts:
        return "No account would change hands."
    words = amount_words(moved, workspace.main_account_measure)
    sentence = f"{words} would change hands."
    if run.starving:
        starving = plural(len(run.starving), "territory", "territories")
        sentence += f" {starving} would lose more than half."
    return sentence


def blocked_sentence(run: DryRun, workspace: Workspace) -> str:
    """Why rules cannot be applied; empty where they can."""
    names = [workspace.territories[position].name for position in run.blocked]
    if not names:
        return ""
    verb = "is" if len(names) == 1 else "are"
    return (
        f"{', '.join(names)} {verb} locked and would win or lose accounts."
        " Unlock it first, or change the rules."
    )


def _number(value: float) -> str:
    if value == int(value):
        return count(value)
    return QLocale().toString(value, "g", _DIGITS)


def _day(text: str) -> str:
    return day(date.fromisoformat(text))


def _distance(km: float) -> str:
    far, unit = in_distance_unit(km)
    decimals = 0 if abs(far - round(far)) < 0.05 else 1
    return f"{number(far, decimals)} {unit}"
