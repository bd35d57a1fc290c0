# SPDX-License-Identifier: MIT
"""What the search reads: the accounts as frozen columns."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from app.models.account import PlacedBy

LongArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
TextArray = npt.NDArray[np.object_]

TEXTS = (
    *("external_id", "name", "street", "city", "postal_code", "region", "country"),
    *("phone", "website", "placed_by"),
)
"""Columns of the account table that are compared, as `AccountTable.text` names them."""

_EXACT = (PlacedBy.COORDINATES.value, PlacedBy.BY_HAND.value)


@dataclass(frozen=True)
class AccountColumns:
    """One entry per account in the order of their ids.

    Attributes:
        ids: Ascending.
        text: Per name in `TEXTS` one text per account.
        lon, lat: Degrees, nan where not placed.
        separate: Pairs of account ids that the user said are different customers.
    """

    ids: LongArray
    text: dict[str, TextArray]
    lon: FloatArray
    lat: FloatArray
    separate: frozenset[tuple[int, int]] = field(default_factory=frozenset[tuple[int, int]])

    def __len__(self) -> int:
        """Number of accounts."""
        return len(self.ids)

    @property
    def is_exact(self) -> npt.NDArray[np.bool_]:
        """Whether each position is that of the account itself, not of its ZIP area or city."""
        # Not np.isin, which holds up the window while it sorts texts.
        placed_by = self.text["placed_by"]
        is_exact = np.fromiter((how in _EXACT for how in placed_by), np.bool_, len(placed_by))
        return is_exact & ~np.isnan(self.lon)

    @classmethod
    def of(
        cls,
        ids: LongArray | Sequence[int],
        text: Callable[[str], TextArray],
        lon: FloatArray,
        lat: FloatArray,
        separate: Iterable[tuple[int, int]] = (),
    ) -> "AccountColumns":
        """The columns of an account table.

        Args:
            ids: Account ids, ascending.
            text: Gives the column of a name in `TEXTS`.
            lon: Degrees, nan where not placed.
            lat: Degrees, nan where not placed.
            separate: Pairs that the user said are different customers.
        """
        return cls(
            np.asarray(ids, dtype=np.int64),
            {name: text(name) for name in TEXTS},
            lon,
            lat,
            frozenset((min(pair), max(pair)) for pair in separate),
        )
