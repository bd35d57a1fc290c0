# SPDX-License-Identifier: MIT
"""The plan as an import sees it: a frozen copy that a worker may compare with a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId, MeasureId, RepId, TerritoryId
from app.models.measure import Measure
from app.models.product import Goal, Product
from app.models.rep import Rep, RosterEntry
from app.models.territory import Territory
from app.services.importing.mapping import RememberedMapping
from app.services.importing.repairs import Repairs
from app.services.importing.table import TextColumn, text_column

TEXT_FIELDS = (
    *("external_id", "name", "street", "city", "region", "postal_code", "country_name"),
    *("segment", "industry", "status", "family", "owner", "phone", "website"),
    *("created_on", "last_activity_on", "visit_class"),
)
"""Text columns of an account that an import may fill."""

NAMING_FIELDS = ("external_id", "name", "owner")
"""Those that other tables need to find an account."""

FloatArray = npt.NDArray[np.float64]
LongArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class RecordColumns:
    """Transactions or visits that the plan has, one entry each.

    Attributes:
        external_ids: As imported, may be empty.
        account_ids: Ids of accounts.
        days: Days since 1970-01-01.
        numbers: By column ("amount", "quantity", "product_id", "hours"), nan for none.
        texts: By column ("stage", "owner", "outcome").
    """

    ids: LongArray
    external_ids: TextColumn
    account_ids: LongArray
    days: LongArray
    numbers: Mapping[str, FloatArray]
    texts: Mapping[str, TextColumn]

    def __len__(self) -> int:
        """Number of records."""
        return len(self.ids)

    @classmethod
    def empty(cls) -> "RecordColumns":
        """No records."""
        none, nothing = np.empty(0, dtype=np.int64), text_column([])
        return cls(none, nothing, none, none, {}, {})

    @cached_property
    def row_by_external_id(self) -> dict[str, int]:
        """Position of each record that has an id of its own."""
        return {text: row for row, text in enumerate(self.external_ids) if text}


@dataclass(frozen=True, slots=True)
class EarlierImport:
    """The accounts that an earlier import held.

    Attributes:
        headers: Signature of the file's headers.
        accounts: Their ids.
    """

    headers: str
    accounts: LongArray


@dataclass(frozen=True)
class CurrentPlan:
    """What the plan holds now; parts that no table of the import needs may be left out.

    Attributes:
        account_ids: Ascending.
        text: Per name in `TEXT_FIELDS`, and for "extra" (JSON) and "gone_since", one text per
            account; at least those in `NAMING_FIELDS`.
        lon, lat: Degrees, nan where not placed.
        placed_by: Values of `PlacedBy`.
        measures: Without the account count; those with a level are market data.
        measure_values: Per measure on accounts one value per account, nan where it has none.
        market_values: Per measure with a level, its values by geounit.
        remembered, remembered_repairs: By header signature, from earlier imports.
        roster: Who holds which territory, in which role.
        holders: Territories by geounit as they are assigned.
        named: Territories by account id, for accounts assigned by name.
        owner_aliases: What the user says an owner value means, by the value in its plain form.
        account_aliases: Ids of accounts by ids that were merged into them.
        corrections: By account id: field to what the file had said.
        earlier: Imports of accounts, oldest first.
        revision: Of the plan when it was read.
        next_ids: By table, the id that its next row takes.
    """

    account_ids: LongArray
    text: Mapping[str, TextColumn]
    lon: FloatArray
    lat: FloatArray
    placed_by: TextColumn
    measures: tuple[Measure, ...] = ()
    measure_values: Mapping[MeasureId, FloatArray] = field(
        default_factory=dict[MeasureId, FloatArray]
    )
    market_values: Mapping[MeasureId, Mapping[GeoUnitId, float]] = field(
        default_factory=dict[MeasureId, Mapping[GeoUnitId, float]]
    )
    reps: tuple[Rep, ...] = ()
    products: tuple[Product, ...] = ()
    territories: tuple[Territory, ...] = ()
    roster: frozenset[RosterEntry] = frozenset()
    holders: Mapping[GeoUnitId, frozenset[TerritoryId]] = field(
        default_factory=dict[GeoUnitId, frozenset[TerritoryId]]
    )
    named: Mapping[int, frozenset[TerritoryId]] = field(
        default_factory=dict[int, frozenset[TerritoryId]]
    )
    transactions: RecordColumns = field(default_factory=RecordColumns.empty)
    visits: RecordColumns = field(default_factory=RecordColumns.empty)
    goals: tuple[Goal, ...] = ()
    owner_aliases: Mapping[str, RepId] = field(default_factory=dict[str, RepId])
    account_aliases: Mapping[str, int] = field(default_factory=dict[str, int])
    corrections: Mapping[int, Mapping[str, str]] = field(
        default_factory=dict[int, Mapping[str, str]]
    )
    remembered: Mapping[str, RememberedMapping] = field(
        default_factory=dict[str, RememberedMapping]
    )
    remembered_repairs: Mapping[str, Repairs] = field(default_factory=dict[str, Repairs])
    earlier: tuple[EarlierImport, ...] = ()
    revision: int = 0
    next_ids: Mapping[str, int] = field(default_factory=dict[str, int])

    @classmethod
    def empty(cls) -> "CurrentPlan":
        """A plan without accounts and reps."""
        none = np.empty(0)
        texts = {name: text_column([]) for name in (*TEXT_FIELDS, "extra", "gone_since")}
        return cls(np.empty(0, dtype=np.int64), texts, none, none, text_column([]))

    def __len__(self) -> int:
        """Number of accounts."""
        return len(self.account_ids)

    def next_id(self, table: str) -> int:
        """The id that the next row of a table takes."""
        return self.next_ids.get(table, 1)

    def next_ids_after(self, **added: int) -> Mapping[str, int]:
        """The ids that the next rows take once so many rows of some tables are added."""
        return {**self.next_ids, **{name: self.next_id(name) + n for name, n in added.items()}}

    @cached_property
    def row_by_external_id(self) -> dict[str, int]:
        """Position of each account by the user's own id, ids that were merged away included."""
        found = {text: row for row, text in enumerate(self.text["external_id"])}
        for external_id, account in self.account_aliases.items():
            row = int(np.searchsorted(self.account_ids, account))
            if row < len(self) and self.account_ids[row] == account:
                found.setdefault(external_id, row)
        return found

    @cached_property
    def owners(self) -> frozenset[str]:
        """All owner values of the accounts, in lower case."""
        return frozenset(text.casefold() for text in self.text["owner"] if text)

    def account_measures(self) -> tuple[Measure, ...]:
        """The measures on accounts."""
        return tuple(measure for measure in self.measures if measure.level is None)

    def market_measures(self, level: GeoLevel) -> tuple[Measure, ...]:
        """The measures of market data at a level."""
        return tuple(measure for measure in self.measures if measure.level is level)
