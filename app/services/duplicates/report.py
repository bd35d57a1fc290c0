# SPDX-License-Identifier: MIT
"""What a search found: pairs with score and reasons, and the groups that they form."""

from dataclasses import dataclass, field

import numpy as np

from app.services.duplicates.columns import AccountColumns, FloatArray, LongArray
from app.services.duplicates.keys import Keys
from app.services.duplicates.reasons import reasons_of
from app.services.duplicates.scoring import LIKELY


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two accounts that may be one.

    Attributes:
        first, second: Account ids, the smaller one first.
        score: 0 to 1, see `scoring`.
        reasons: What speaks for it, the strongest first: "Same phone".
    """

    first: int
    second: int
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Accounts that are connected by pairs.

    Attributes:
        members: Account ids, ascending.
        score: That of its best pair.
        pairs: Positions of its pairs in the report, the best first.
    """

    members: tuple[int, ...]
    score: float
    pairs: tuple[int, ...]

    @property
    def is_likely(self) -> bool:
        """Whether it is above the threshold for "likely"; else it is "possible"."""
        return self.score >= LIKELY


@dataclass(frozen=True)
class DuplicateReport:
    """All that a search found, the best first.

    Attributes:
        columns, keys: What was compared.
        first, second: Rows of the accounts of each pair, the smaller first.
        score: Per pair.
        likeness: Per pair how alike the telling words of the names are, 0 to 1.
        groups: The best first; see `grouping`.
    """

    columns: AccountColumns
    keys: Keys
    first: LongArray
    second: LongArray
    score: FloatArray
    likeness: FloatArray
    groups: tuple[DuplicateGroup, ...] = field(default=())

    def __len__(self) -> int:
        """Number of pairs."""
        return len(self.score)

    def pair(self, position: int) -> DuplicatePair:
        """A pair with its reasons."""
        a, b = int(self.first[position]), int(self.second[position])
        return DuplicatePair(
            int(self.columns.ids[a]),
            int(self.columns.ids[b]),
            float(self.score[position]),
            reasons_of(self.columns, self.keys, a, b, float(self.likeness[position])),
        )

    def reasons(self, group: DuplicateGroup) -> tuple[str, ...]:
        """The reasons of a group's pairs, each once, those of the best pair first."""
        found: dict[str, None] = {}
        for position in group.pairs:
            found.update(dict.fromkeys(self.pair(position).reasons))
        return tuple(found)

    def text(self, account: int, column: str) -> str:
        """What an account had in a column when the search began."""
        row = int(np.searchsorted(self.columns.ids, account))
        return str(self.columns.text[column][row])
