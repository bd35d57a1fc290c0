# SPDX-License-Identifier: MIT
"""What stands in each line of a table: rows of the values, and heads of groups."""

import numpy as np
import numpy.typing as npt

from app.services.tables.arranging import Arranged, Group, lines_of

LongArray = npt.NDArray[np.int64]


class TableLines:
    """An arrangement with some of its groups folded.

    Attributes:
        arranged: Rows and groups.
        folded: Words of the groups whose rows are hidden.
        lines: A row number, or -1 - n for the head of group n.
    """

    def __init__(
        self, arranged: Arranged | None = None, folded: frozenset[str] = frozenset()
    ) -> None:
        self.arranged = Arranged(np.zeros(0, dtype=np.int64)) if arranged is None else arranged
        self.folded = folded
        self.lines = lines_of(self.arranged, folded)

    def __len__(self) -> int:
        """Number of lines."""
        return len(self.lines)

    def row_at(self, line: int) -> int:
        """The row number of the values in a line; below 0 for the head of a group."""
        return int(self.lines[line])

    def group_at(self, line: int) -> Group | None:
        """The group whose head stands in a line."""
        number = -1 - int(self.lines[line])
        return self.arranged.groups[number] if number >= 0 else None

    def is_folded(self, group: Group) -> bool:
        """Whether the rows of a group are hidden."""
        return group.words in self.folded

    def rows_in(self, lines: LongArray) -> LongArray:
        """Row numbers of the values in some lines; the head of a group stands for its rows."""
        found = self.lines[lines]
        if not len(found) or found.min() >= 0:
            return found
        rows = [found[found >= 0]]
        for number in (-1 - found[found < 0]).tolist():
            group = self.arranged.groups[number]
            rows.append(self.arranged.rows[group.first : group.first + group.count])
        return np.unique(np.concatenate(rows))

    def places_of(self, rows: LongArray) -> LongArray:
        """Lines of row numbers, in their order; -1 for those that are not shown."""
        size = int(max(self.lines.max(initial=-1), rows.max(initial=-1))) + 1
        place = np.full(size, -1, dtype=np.int64)
        is_row = self.lines >= 0
        place[self.lines[is_row]] = np.flatnonzero(is_row)
        return place[rows]
