# SPDX-License-Identifier: MIT
"""Finding accounts and families by what is typed, without reading all names."""

from dataclasses import dataclass

from app.models.ids import AccountId
from app.services.store.store import Store


@dataclass(frozen=True, slots=True)
class FoundAccount:
    """An account whose name or id holds what was typed."""

    account: AccountId
    name: str
    external_id: str


class AccountSearch:
    """Looks through the accounts in the plan file.

    Args:
        store: The plan.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def accounts(self, text: str, most: int) -> list[FoundAccount]:
        """Accounts whose name or id holds a text, whatever its case; the first ones by id.

        Args:
            text: Empty for any.
            most: At most so many; the look stops there.
        """
        rows = self._store.rows(
            "SELECT id, name, external_id FROM account"
            " WHERE ?1 = '' OR instr(lower(name), lower(?1))"
            " OR instr(lower(external_id), lower(?1))"
            " ORDER BY id LIMIT ?2",
            (text, most),
        )
        return [
            FoundAccount(AccountId(int(key or 0)), str(name or code), str(code))
            for key, name, code in rows
        ]

    def families(self) -> list[tuple[str, int]]:
        """The families that accounts belong to, with their numbers of accounts."""
        rows = self._store.rows(
            "SELECT family, count(*) FROM account WHERE family <> '' GROUP BY family"
        )
        return [(str(family), int(number or 0)) for family, number in rows]
