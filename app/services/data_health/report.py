# SPDX-License-Identifier: MIT
"""What a look at the health of the data finds."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

import numpy as np

from app.services.geography.arrays import BoolArray, LongArray


class HealthGroup(Enum):
    """What a check is about; the values are the headings."""

    COMPLETENESS = "Completeness"
    PLACES = "Places"
    OWNERS = "Owners"
    VALUES = "Values"
    FRESHNESS = "Freshness"


class Severity(Enum):
    """How much a finding matters."""

    GOOD = "good"
    NOTICE = "notice"
    """Worth knowing; the plan can live with it."""
    WARNING = "warning"
    """Figures or places are probably wrong."""


class Repair(Enum):
    """What can be done about a finding."""

    ROWS = "rows"
    """See the accounts."""
    ACCOUNT = "account"
    """Go through the accounts and correct each by hand."""
    SHEET = "sheet"
    """Correct them in a sheet that comes back."""
    IMPORT = "import"
    """Import the list again with what was missing."""
    DUPLICATES = "duplicates"
    OWNERS = "owners"


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """One question that was asked of all accounts, and the answer.

    Attributes:
        key: Name that does not change with the words.
        rows: Positions of the accounts behind it, ascending.
        share_fraction: Of all accounts, or of those that the question makes sense for.
        sentence: What it means and what to do.
        repairs: The most useful one first.
        on: A date that says more than a count, as of the newest import.
    """

    key: str
    group: HealthGroup
    title: str
    severity: Severity
    rows: LongArray
    share_fraction: float | None
    sentence: str
    repairs: tuple[Repair, ...] = ()
    on: date | None = None

    @property
    def count(self) -> int:
        """Number of accounts behind it."""
        return len(self.rows)

    @property
    def is_good(self) -> bool:
        """Whether nothing was found."""
        return self.severity is Severity.GOOD


@dataclass(frozen=True, slots=True)
class HealthReport:
    """All checks, by group and within it in their usual order."""

    checks: tuple[HealthCheck, ...]
    account_count: int

    @property
    def found(self) -> tuple[HealthCheck, ...]:
        """The checks that found something."""
        return tuple(check for check in self.checks if not check.is_good)

    @property
    def affected_count(self) -> int:
        """Accounts that at least one finding is about."""
        affected = np.zeros(self.account_count, dtype=bool)
        for check in self.found:
            affected[check.rows] = True
        return int(affected.sum())

    def of_group(self, group: HealthGroup) -> tuple[HealthCheck, ...]:
        """The checks of a group, those that found something first."""
        own = [check for check in self.checks if check.group is group]
        return tuple(sorted(own, key=lambda check: check.is_good))


@dataclass(frozen=True, slots=True)
class Question:
    """What a check asks, before the answer is known.

    Attributes:
        found, nothing: The sentence where accounts were found, and where none were.
        repairs: See `HealthCheck`.
        worst: How much a finding matters at most.
        warns_from: The share from which it matters that much; below it is a notice.
    """

    key: str
    group: HealthGroup
    title: str
    found: str
    nothing: str
    repairs: tuple[Repair, ...] = (Repair.ROWS, Repair.SHEET)
    worst: Severity = Severity.NOTICE
    warns_from: float = 0.0

    def answer(self, is_hit: BoolArray, of: int | None = None, found: str = "") -> HealthCheck:
        """The check for these accounts.

        Args:
            is_hit: Per account, whether it is one of them.
            of: The number that the share is of; all accounts where not given.
            found: A sentence in place of the usual one.
        """
        rows = np.flatnonzero(is_hit)
        whole = len(is_hit) if of is None else of
        share = len(rows) / whole if whole else None
        severity = Severity.GOOD
        if len(rows):
            warns = share is not None and share >= self.warns_from
            severity = self.worst if warns else Severity.NOTICE
        sentence = (found or self.found) if len(rows) else self.nothing
        repairs = self.repairs if len(rows) else ()
        return HealthCheck(
            self.key, self.group, self.title, severity, rows, share, sentence, repairs
        )
