# SPDX-License-Identifier: MIT
"""Families of accounts: which accounts belong together, and which of them leads."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import count

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int32]
LongArray = npt.NDArray[np.int64]
TextArray = npt.NDArray[np.object_]

NO_FAMILY = -1
"""Number of the family of an account that belongs to none."""


@dataclass(frozen=True, eq=False)
class Families:
    """The families of a plan.

    Attributes:
        names: What the accounts of each family have in the column "family".
        of_account: Per account the number of its family, or `NO_FAMILY`.
        head: Per family the row of the account that leads it.
    """

    names: tuple[str, ...]
    of_account: IntArray
    head: LongArray

    def __len__(self) -> int:
        """Number of families."""
        return len(self.names)

    def number_of(self, name: str) -> int:
        """The number of a family, or `NO_FAMILY` where no account belongs to it."""
        return self.names.index(name) if name in self.names else NO_FAMILY

    def members(self, number: int) -> LongArray:
        """Rows of the accounts of a family, ascending."""
        return np.flatnonzero(self.of_account == number)


def families_of(family: TextArray, external_id: TextArray, name: TextArray) -> Families:
    """The families of all accounts.

    A family is led by its member whose external id is the name of the family, as where the file
    names a parent account; else by the member whose own name it is; else by the member with the
    smallest id.

    Args:
        family: Per account the name of its family, empty for none; accounts in order of their ids.
        external_id, name: Of the accounts.
    """
    texts = family.tolist()
    rows = np.flatnonzero(np.fromiter(map(bool, texts), dtype=np.bool_, count=len(texts)))
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    wanted = family[rows]
    number = np.fromiter(map(numbers.__getitem__, wanted.tolist()), np.int32, len(rows))
    names = tuple(numbers)
    of_account = np.full(len(texts), NO_FAMILY, dtype=np.int32)
    of_account[rows] = number
    none = len(family)
    head = np.full(len(names), none, dtype=np.int64)
    for rank in (external_id[rows] == wanted, name[rows] == wanted, np.ones(len(rows), np.bool_)):
        chosen = np.full(len(names), none, dtype=np.int64)
        np.minimum.at(chosen, number[rank], rows[rank])
        head = np.where(head == none, chosen, head)
    return Families(names, of_account, head)
