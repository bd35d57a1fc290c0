# SPDX-License-Identifier: MIT
"""The rows of one import as a table: what became of each, and why."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from app.services.exporting.table import ExportColumn, ExportTable
from app.services.geography.arrays import BoolArray, ObjectArray
from app.services.import_targets import NameTargets
from app.services.importing.outcomes import Outcome, RowOutcomes

OUTCOME_WORDS = {
    Outcome.ADDED: "Added",
    Outcome.UPDATED: "Updated",
    Outcome.UNCHANGED: "Unchanged",
    Outcome.SKIPPED: "Left out",
}


@dataclass(slots=True)
class LedgerRows:
    """All rows of one import, in the order of the file.

    Attributes:
        names: What each row became, by its name of today; empty for nothing.
    """

    outcomes: RowOutcomes
    names: ObjectArray
    _folded: list[str] | None = field(default=None, repr=False)

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.outcomes)

    @property
    def words(self) -> ObjectArray:
        """Per row, what became of it."""
        return _texts([OUTCOME_WORDS[outcome] for outcome in Outcome])[self.outcomes.codes]

    @property
    def sentences(self) -> ObjectArray:
        """Per row, why it was left out or how it was repaired; empty for nothing."""
        # The last text stands for no note, whose number is -1.
        return _texts([*self.outcomes.sentences, ""])[self.outcomes.notes]

    def kept(self, outcome: Outcome | None = None, text: str = "") -> BoolArray:
        """Which rows have an outcome and hold a text.

        Args:
            outcome: None for every one.
            text: In the name or the sentence, ignoring case, or the number of the row.
        """
        kept = np.ones(len(self), dtype=np.bool_)
        if outcome is not None:
            kept &= self.outcomes.codes == outcome
        needle = text.strip().casefold()
        return kept & self._holding(needle) if needle else kept

    def _holding(self, needle: str) -> BoolArray:
        if self._folded is None:
            self._folded = [str(name).casefold() for name in self.names.tolist()]
        found = np.fromiter((needle in name for name in self._folded), np.bool_, len(self))
        said = np.array(
            [*(needle in sentence.casefold() for sentence in self.outcomes.sentences), False]
        )
        found |= said[self.outcomes.notes]
        if needle.isdecimal():
            found |= self.outcomes.row_numbers == int(needle[:18])
        return found

    def as_table(self, title: str, became: str, rows: npt.NDArray[np.int64]) -> ExportTable:
        """Some of the rows as a sheet.

        Args:
            title: Name of the sheet.
            became: Header over what the rows became.
            rows: Positions, in the order wanted.
        """
        return ExportTable(
            title,
            (
                ExportColumn("Row of the file", self.outcomes.row_numbers[rows].astype(np.float64)),
                ExportColumn("Outcome", self.words[rows].tolist()),
                ExportColumn(became, self.names[rows].tolist()),
                ExportColumn("Why", self.sentences[rows].tolist()),
            ),
        )


def ledger_rows(packed: str, name_targets: NameTargets) -> LedgerRows | None:
    """The rows that an import kept, or None where it kept none or they are damaged."""
    outcomes = RowOutcomes.unpack(packed)
    return None if outcomes is None else LedgerRows(outcomes, name_targets(outcomes.targets))


def _texts(listed: list[str]) -> ObjectArray:
    made = np.empty(len(listed), dtype=np.object_)
    made[:] = listed
    return made
