# SPDX-License-Identifier: MIT
"""The names of classes that accounts have, as numbers, kept in step with the plan."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from app.models.ids import AccountId
from app.services.account_table import AccountTable
from app.services.store.work_repository import WorkRepository

IntArray = npt.NDArray[np.int32]


class ClassTexts:
    """Reads all accounts that have a class once, and after an edit those that it touched.

    Attributes:
        spelling: Per account the position of its text in `spellings`, -1 where it has none.
        spellings: The different texts.
    """

    def __init__(self, repository: WorkRepository) -> None:
        self._repository = repository
        self.spelling: IntArray = np.empty(0, dtype=np.int32)
        self.spellings: list[str] = []
        self._position: dict[str, int] = {}

    def read(self, accounts: AccountTable) -> None:
        """Read all."""
        self.spelling = np.full(len(accounts), -1, dtype=np.int32)
        self._put(accounts, *self._repository.classed_accounts())

    def read_again(self, accounts: AccountTable, edited: Iterable[AccountId]) -> None:
        """Read some accounts again; none of them is new or gone."""
        ids = sorted(edited)
        self.spelling = self.spelling.copy()
        self.spelling[accounts.rows_of(ids)] = -1
        self._put(accounts, *self._repository.classed_accounts(ids))

    def _put(self, accounts: AccountTable, ids: npt.NDArray[np.int64], texts: list[str]) -> None:
        for text in dict.fromkeys(texts):
            if text not in self._position:
                self._position[text] = len(self.spellings)
                self.spellings.append(text)
        codes = np.fromiter(map(self._position.__getitem__, texts), np.int32, len(texts))
        self.spelling[np.searchsorted(accounts.ids, ids)] = codes
