# SPDX-License-Identifier: MIT
"""What an edit touched, so that views refresh only that."""

from dataclasses import dataclass

from app.models.ids import AccountId, GeoUnitId, RepId, TerritoryId


@dataclass(frozen=True, slots=True)
class Changes:
    """The ids that one committed edit, undo or redo touched.

    Attributes:
        geounits: Geounits whose assignment changed (at the level that was edited).
        accounts: Accounts whose named assignment changed; `all_accounts` where too many to list.
        territories: Territories added, removed or edited.
        reps: Reps added, removed or edited, or whose roster changed.
        all_accounts: The account list itself changed (an import, or its undo).
        settings: The plan's name, tolerance, main measure or another setting changed.
        edited_accounts: Accounts whose own fields or place changed; `all_accounts` where too many
            to list.
        records: Transactions, visits, products, goals, market data, owner names or what was
            decided about duplicates changed.
        boundaries: The plan's boundary layers changed, and with them which areas there are.
        drawn_areas: Areas that were drawn by hand were added, changed or removed.
        links: Which areas count as neighbours although they do not touch changed.
        sales_forces: Sales forces were added, removed or edited, or another one is shown.
        rules: Rules, or their order, changed.
        families: Families were assigned, or no longer are.
        exceptions: Locks on accounts or areas, or pairs that must stay apart, changed.
    """

    geounits: frozenset[GeoUnitId] = frozenset()
    accounts: frozenset[AccountId] = frozenset()
    territories: frozenset[TerritoryId] = frozenset()
    reps: frozenset[RepId] = frozenset()
    all_accounts: bool = False
    settings: bool = False
    records: bool = False
    edited_accounts: frozenset[AccountId] = frozenset()
    boundaries: bool = False
    drawn_areas: bool = False
    links: bool = False
    sales_forces: bool = False
    rules: bool = False
    families: bool = False
    exceptions: bool = False

    def __or__(self, other: "Changes") -> "Changes":
        """Both sets of changes together."""
        return Changes(
            geounits=self.geounits | other.geounits,
            accounts=self.accounts | other.accounts,
            territories=self.territories | other.territories,
            reps=self.reps | other.reps,
            all_accounts=self.all_accounts or other.all_accounts,
            settings=self.settings or other.settings,
            records=self.records or other.records,
            edited_accounts=self.edited_accounts | other.edited_accounts,
            boundaries=self.boundaries or other.boundaries,
            drawn_areas=self.drawn_areas or other.drawn_areas,
            links=self.links or other.links,
            sales_forces=self.sales_forces or other.sales_forces,
            rules=self.rules or other.rules,
            families=self.families or other.families,
            exceptions=self.exceptions or other.exceptions,
        )

    @property
    def touches_alignment(self) -> bool:
        """Whether who serves which account may have changed."""
        return bool(
            self.geounits
            or self.accounts
            or self.territories
            or self.boundaries
            or self.drawn_areas
            or self.sales_forces
            or self.rules
            or self.families
            or self.touches_account_rows
        )

    @property
    def touches_account_rows(self) -> bool:
        """Whether fields or places of accounts may have changed."""
        return bool(self.all_accounts or self.edited_accounts)


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """One undo step as the history panel lists it."""

    id: int
    label: str
    at_utc: str
    is_undone: bool


@dataclass(frozen=True, slots=True)
class HistoryStatus:
    """What undo and redo would do now; None where there is nothing."""

    undo_label: str | None = None
    redo_label: str | None = None
