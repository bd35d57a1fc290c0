# SPDX-License-Identifier: MIT
"""The facts of one open plan, kept as long as they are true."""

from collections.abc import Callable

from app.models.changes import Changes
from app.services.account_table import AccountTable
from app.services.geography.geography import Geography
from app.services.roster import Today, local_today
from app.services.rules.account_facts import AccountFacts, Sources


class PlanFacts:
    """Hands out the facts of now; columns that were made are kept from one call to the next.

    Args:
        accounts: Gives the account table of now.
        geography: Gives the areas of now.
        sources: Transactions, products and reps.
        today: What day it is.
    """

    def __init__(
        self,
        accounts: Callable[[], AccountTable],
        geography: Callable[[], Geography],
        sources: Sources,
        today: Today = local_today,
    ) -> None:
        self._accounts = accounts
        self._geography = geography
        self._sources = sources
        self._today = today
        self._facts: AccountFacts | None = None

    @property
    def now(self) -> AccountFacts:
        """The facts; the same object until something that rules may ask for has changed."""
        accounts, geography, today = self._accounts(), self._geography(), self._today()
        facts = self._facts
        if facts is None or not facts.are_of(accounts, geography, today):
            facts = self._facts = AccountFacts(accounts, geography, self._sources, today)
        return facts

    def refresh(self, changes: Changes) -> None:
        """Make the facts anew where an edit changed something that rules may ask for."""
        if touches_facts(changes):
            self._facts = None


def touches_facts(changes: Changes) -> bool:
    """Whether what rules match may have changed although the rules did not.

    Settings count, as computed measures follow them, and reps, as distances start at their homes.
    """
    return bool(
        changes.touches_account_rows
        or changes.boundaries
        or changes.records
        or changes.reps
        or changes.settings
    )
