# SPDX-License-Identifier: MIT
"""The user's corrections against what a file says now."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from app.models.rows import Cell
from app.services.importing.current import CurrentPlan
from app.services.importing.draft import ProblemKind
from app.services.importing.problems import ProblemList, counted
from app.services.importing.row_choice import ChosenRows
from app.services.importing.table import TextColumn
from app.services.importing.writes import DeleteRows, PutRows, RowBlock, Write
from app.services.store.transaction import utc_now

_Flags = npt.NDArray[np.bool_]


class Corrected:
    """The fields that the user corrected in the plan, against what the file says now.

    A file that still says what it said before leaves the correction alone. A file that says what
    the user said ends it. A file that says a third thing is shown, and by default the correction
    stays.

    Args:
        current: The plan with its corrections.
    """

    def __init__(self, current: CurrentPlan) -> None:
        self._by_account = current.corrections
        self._row_by_id = {
            account: int(np.searchsorted(current.account_ids, account))
            for account in current.corrections
        }
        self._ended: list[tuple[Cell, ...]] = []
        self._restated: list[tuple[Cell, ...]] = []
        self._conflicts: dict[int, str] = {}

    def settle(
        self,
        field: str,
        new: TextColumn,
        old: TextColumn,
        chosen: ChosenRows,
        *,
        takes_file: bool,
    ) -> TextColumn:
        """The values that a field takes.

        Args:
            new, old: What the file and the plan say, one entry per row of `chosen.known`.
        """
        position_by_row = self._positions(chosen)
        result = new
        for account, fields in self._by_account.items():
            position = position_by_row.get(account)
            if field not in fields or position is None or not new[position]:
                continue
            said, says, kept = fields[field], new[position], old[position]
            if says == kept:
                self._ended.append((account, field))
                continue
            if says != said:
                row = int(chosen.known[position])
                self._conflicts.setdefault(row, f': the file says "{says}", you said "{kept}".')
                if takes_file:
                    self._ended.append((account, field))
                    continue
                self._restated.append((account, field, says, utc_now()))
            if result is new:
                result = new.copy()
            result[position] = kept
        return result

    def keeps_place(self, chosen: ChosenRows, *, takes_file: bool) -> _Flags:
        """Per row of `chosen.known`, whether its place on the map is the user's."""
        kept = np.zeros(len(chosen.known), dtype=bool)
        position_by_row = self._positions(chosen)
        for account, fields in self._by_account.items():
            position = position_by_row.get(account)
            if position is not None and "place" in fields and not takes_file:
                kept[position] = True
        return kept

    def report(self, problems: ProblemList, *, takes_file: bool) -> None:
        """Tell where file and corrections contradict each other."""
        rows = sorted(self._conflicts)
        problems.add(
            ProblemKind.CORRECTED,
            rows,
            sentence=f"{counted(len(rows), 'account has', 'accounts have')} a field that you "
            "corrected, and the file now says something else",
            effect="The file is taken." if takes_file else "Your correction stays.",
            remedy="Choose below whether the file or your correction counts.",
            details=[self._conflicts[row] for row in rows[:5]],
        )

    def writes(self) -> tuple[Write, ...]:
        """What becomes of the corrections themselves."""
        columns = ("account_id", "field", "imported", "at_utc")
        cells: tuple[Sequence[Cell], ...] = tuple(zip(*self._restated, strict=True))
        return (
            DeleteRows("account_correction", tuple(self._ended)),
            PutRows("account_correction", RowBlock(columns, cells)),
        )

    def _positions(self, chosen: ChosenRows) -> Mapping[int, int]:
        """Position in `chosen.known` by account id, for accounts with corrections."""
        if not self._by_account:
            return {}
        wanted = {row: account for account, row in self._row_by_id.items()}
        return {
            wanted[row]: position
            for position, row in enumerate(chosen.known_at.tolist())
            if row in wanted
        }
