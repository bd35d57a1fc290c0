# SPDX-License-Identifier: MIT
"""What an import would do: prepared without writing, shown, then written as one edit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
import numpy.typing as npt

from app.models.account import PlacedBy
from app.models.ids import MeasureId
from app.models.measure import MeasureKind
from app.models.rows import Cell
from app.services.importing.fields import TableKind


class ProblemKind(Enum):
    """What kind of repair a problem needs."""

    NO_ID = "no_id"
    NO_ID_COLUMN = "no_id_column"
    NOT_IN_PLAN = "not_in_plan"
    REPEATED_ID = "repeated_id"
    SECOND_ADDRESS = "second_address"
    SIMILAR_ID = "similar_id"
    UNREADABLE_NUMBER = "unreadable_number"
    ROUNDED_NUMBER = "rounded_number"
    SHORTENED_TEXT = "shortened_text"
    PLACEMENT = "placement"
    NOT_PLACED = "not_placed"
    ROUGHLY_PLACED = "roughly_placed"
    UNKNOWN_OWNER = "unknown_owner"


@dataclass(frozen=True, slots=True)
class Problem:
    """All rows that need the same repair.

    Attributes:
        sentence: What was found, with its count: "5 numbers could not be read in Annual Sales".
        effect: What the import does about it.
        remedy: What the user can do.
        count: Rows (or cells) concerned.
        is_skipped: The rows are left out of the import.
        examples: "Row 42, column Annual Sales: ..." for the first few.
        rows: Positions in the table of all rows concerned.
    """

    kind: ProblemKind
    sentence: str
    effect: str = ""
    remedy: str = ""
    count: int = 0
    is_skipped: bool = False
    examples: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RowBlock:
    """Rows ready for `Transaction.put`, kept as columns; new accounts and reps have no id yet.

    Attributes:
        names: Columns of the plan file.
        cells: One list per name, all of the same length.
    """

    names: tuple[str, ...] = ()
    cells: tuple[Sequence[Cell], ...] = ()

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.cells[0]) if self.cells else 0

    def rows(self) -> list[tuple[Cell, ...]]:
        """The rows as tuples."""
        return list(zip(*self.cells, strict=True))

    def rows_from(self, first_id: int) -> list[tuple[Cell, ...]]:
        """The rows as tuples, each led by an id, counting up."""
        return list(zip(range(first_id, first_id + len(self)), *self.cells, strict=True))

    def column(self, name: str) -> Sequence[Cell]:
        """The cells of one column."""
        return self.cells[self.names.index(name)]


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """The values of one measure.

    Attributes:
        measure_id: None for a measure that the plan does not have yet.
        source: Header of its column.
        new_values: One per row of `AccountDraft.new`, nan where there is none.
        account_ids, values: For accounts that the plan has: only values that change.
    """

    name: str
    kind: MeasureKind
    source: str
    measure_id: MeasureId | None
    new_values: npt.NDArray[np.float64]
    account_ids: npt.NDArray[np.int64]
    values: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OwnerSummary:
    """How the owner values of accounts meet the reps.

    Attributes:
        met: Rep name to number of accounts, largest first.
        unmet: Owner value to number of accounts, largest first.
    """

    met: Mapping[str, int] = field(default_factory=dict[str, int])
    unmet: Mapping[str, int] = field(default_factory=dict[str, int])

    @property
    def met_accounts(self) -> int:
        """Accounts whose owner is a rep."""
        return sum(self.met.values())

    @property
    def unmet_accounts(self) -> int:
        """Accounts whose owner is no rep of the plan."""
        return sum(self.unmet.values())


@dataclass(frozen=True, slots=True)
class Tally:
    """What happens to the rows of the file; the four always sum to `row_count`."""

    row_count: int
    added: int
    updated: int
    unchanged: int
    skipped: int

    @property
    def has_effect(self) -> bool:
        """Whether writing the draft would change anything."""
        return self.added + self.updated > 0


@dataclass(frozen=True, slots=True)
class ImportDraft:
    """What is common to both kinds of draft.

    Attributes:
        changed_fields: Label of a field to number of rows where it changes.
        problems: Grouped by repair, those that leave rows out first.
        owners: Owner values of the accounts against the reps, as after this import.
        skipped_rows: Position in the table to the reason why the row is left out.
        fingerprint: `CurrentPlan.fingerprint` of the plan that it was prepared for.
        mapping_json, headers: Kept in the ledger, so that the next such file is read alike.
    """

    kind: TableKind
    file_name: str
    tally: Tally
    new: RowBlock
    updates: tuple[RowBlock, ...]
    changed_fields: Mapping[str, int]
    problems: tuple[Problem, ...]
    owners: OwnerSummary
    skipped_rows: Mapping[int, str]
    fingerprint: tuple[int, int]
    mapping_json: str
    headers: str


@dataclass(frozen=True, slots=True)
class AccountDraft(ImportDraft):
    """An import of accounts.

    Attributes:
        measures: Values to write.
        placed: How the added and moved accounts were placed, by rule.
    """

    measures: tuple[MeasureDraft, ...] = ()
    placed: Mapping[PlacedBy, int] = field(default_factory=dict[PlacedBy, int])

    @property
    def new_measures(self) -> tuple[str, ...]:
        """Names of measures that the plan does not have yet."""
        return tuple(m.name for m in self.measures if m.measure_id is None)


@dataclass(frozen=True, slots=True)
class RepDraft(ImportDraft):
    """An import of reps.

    Attributes:
        placed: How the homes of added and moved reps were placed, by rule.
    """

    placed: Mapping[PlacedBy, int] = field(default_factory=dict[PlacedBy, int])
