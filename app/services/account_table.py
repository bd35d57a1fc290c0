# SPDX-License-Identifier: MIT
"""The accounts of a plan as columns, for calculations over all of them at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.models.ids import AccountId, MeasureId
from app.models.measure import ACCOUNT_COUNT
from app.services.geography.exactness import ROUGH_RULES
from app.services.geography.geography import Geography
from app.services.states_abroad import filled_states
from app.services.store.repositories import AccountRepository

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]
TextArray = npt.NDArray[np.object_]
_Item = TypeVar("_Item", bound=np.generic)

_CODE_COLUMN = {
    GeoLevel.COUNTRY: "country",
    GeoLevel.STATE: "state",
    GeoLevel.COUNTY: "county",
    GeoLevel.ZIP: "zip_code",
}


@dataclass(slots=True)
class AccountTable:
    """All accounts, one entry per account in the order of their ids.

    Text columns are read when first asked for, so opening a large plan does not wait for them.

    Attributes:
        ids: Account ids, ascending.
        lon, lat: WGS 84 degrees, nan where not placed.
        unit_index: Per level, index of the geounit that contains the account, -1 unknown.
        measures: Per measure, one value per account, 0 where the account has none.
    """

    ids: npt.NDArray[np.int64]
    lon: FloatArray
    lat: FloatArray
    unit_index: Mapping[GeoLevel, IntArray]
    measures: Mapping[MeasureId, FloatArray]
    repository: AccountRepository
    _text: dict[str, TextArray] = field(default_factory=dict[str, TextArray])
    _makers: Mapping[MeasureId, Callable[[], FloatArray]] = field(
        default_factory=dict[MeasureId, Callable[[], FloatArray]]
    )
    _computed: dict[MeasureId, FloatArray] = field(default_factory=dict[MeasureId, FloatArray])
    _rough: npt.NDArray[np.bool_] | None = None
    _is_part: bool = False

    def __len__(self) -> int:
        """Number of accounts."""
        return len(self.ids)

    def measure(self, measure: MeasureId) -> FloatArray:
        """The values of a measure; 1 for every account where it is the account count.

        Raises:
            KeyError: The plan has no such measure.
        """
        if measure == ACCOUNT_COUNT:
            return np.ones(len(self.ids))
        if measure in self._makers:
            if measure not in self._computed:
                self._computed[measure] = self._makers[measure]()
            return self._computed[measure]
        return self.measures[measure]

    def set_computed(self, makers: Mapping[MeasureId, Callable[[], FloatArray]]) -> None:
        """Take measures that are computed; each is computed when it is first asked for.

        Args:
            makers: What computes the values, one per account, by measure.
        """
        self._makers, self._computed = makers, {}

    def text(self, column: str) -> TextArray:
        """A text column of the account table ("name", "city", "owner", ...), read once."""
        if column not in self._text:
            ids: list[int] | None = self.ids.tolist() if self._is_part else None
            self._text[column] = self.repository.text_column(column, ids)
        return self._text[column]

    def of_rows(self, rows: npt.NDArray[np.int64]) -> "AccountTable":
        """Some of the accounts as a table of their own, without the measures that are computed.

        Args:
            rows: Ascending.
        """
        return replace(
            self,
            ids=self.ids[rows],
            lon=self.lon[rows],
            lat=self.lat[rows],
            unit_index={level: index[rows] for level, index in self.unit_index.items()},
            measures={measure: values[rows] for measure, values in self.measures.items()},
            _text={column: texts[rows] for column, texts in self._text.items()},
            _makers={},
            _computed={},
            _rough=None,
            _is_part=True,
        )

    def read_texts(self, columns: Sequence[str]) -> None:
        """Read several text columns together, which takes half the time of one after the other."""
        missing = [column for column in columns if column not in self._text]
        if missing:
            self._text.update(self.repository.text_columns(missing))

    def known_texts(self) -> Iterable[tuple[str, TextArray]]:
        """The text columns that were read already, by name."""
        return tuple(self._text.items())

    def forget_text(self) -> None:
        """Read text columns again when they are next asked for."""
        self._text.clear()
        self._rough = None

    def row_of(self, account: AccountId) -> int:
        """The position of an account, or -1."""
        row = int(np.searchsorted(self.ids, account))
        return row if row < len(self.ids) and self.ids[row] == account else -1

    def rows_of(self, accounts: Sequence[AccountId]) -> npt.NDArray[np.int64]:
        """The positions of the accounts that the plan has."""
        wanted = np.asarray(accounts, dtype=np.int64)
        rows = np.searchsorted(self.ids, wanted)
        rows = rows[rows < len(self.ids)]
        return rows[np.isin(self.ids[rows], wanted)]

    @property
    def is_placed(self) -> npt.NDArray[np.bool_]:
        """Whether each account has a position or at least a country."""
        return self.unit_index[GeoLevel.COUNTRY] >= 0

    @property
    def is_rough(self) -> npt.NDArray[np.bool_]:
        """Whether each account's place is known less well than its city, or not at all."""
        if self._rough is None:
            rules = self.text("placed_by").tolist()
            found = map(ROUGH_RULES.__contains__, rules)
            self._rough = np.fromiter(found, dtype=np.bool_, count=len(rules))
        return self._rough


def load_accounts(repository: AccountRepository, geography: Geography) -> AccountTable:
    """Read the accounts of a plan and find their geounits in the shipped layers."""
    columns = repository.positions()
    unit_index = {
        level: geography.layer(level).indices_of(columns.codes[_CODE_COLUMN[level]])
        for level in LEVELS_COARSE_TO_FINE
    }
    lonlat = (columns.lon, columns.lat)
    return AccountTable(
        ids=columns.ids,
        lon=columns.lon,
        lat=columns.lat,
        unit_index=filled_states(
            unit_index, lonlat, geography, lambda: repository.text_column("placed_by")
        ),
        measures=repository.measure_columns(columns.ids),
        repository=repository,
    )


def reread_accounts(
    table: AccountTable, geography: Geography, accounts: Iterable[AccountId]
) -> AccountTable:
    """The table with some accounts as they are in the plan now; none may be new or gone."""
    ids = sorted(accounts)
    repository = table.repository
    rows = table.rows_of(ids)
    columns = repository.positions(ids)
    read = filled_states(
        {
            level: geography.layer(level).indices_of(columns.codes[column])
            for level, column in _CODE_COLUMN.items()
        },
        (columns.lon, columns.lat),
        geography,
        lambda: repository.text_column("placed_by", ids),
    )
    unit_index = {level: _with(table.unit_index[level], rows, read[level]) for level in read}
    return replace(
        table,
        lon=_with(table.lon, rows, columns.lon),
        lat=_with(table.lat, rows, columns.lat),
        unit_index=unit_index,
        _text={
            column: _with(texts, rows, repository.text_column(column, ids))
            for column, texts in table.known_texts()
        },
        _rough=None,
        _computed={},
    )


def _with(
    values: npt.NDArray[_Item], rows: npt.NDArray[np.int64], new: npt.NDArray[_Item]
) -> npt.NDArray[_Item]:
    copy = values.copy()
    copy[rows] = new
    return copy
