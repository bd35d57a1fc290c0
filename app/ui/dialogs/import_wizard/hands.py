# SPDX-License-Identifier: MIT
"""The tables that the import window holds, and the one that is looked at."""

from collections.abc import Sequence
from dataclasses import replace

from app.services.importing.draft import ImportDraft, Problem
from app.services.importing.job import TableInHand


class Hands:
    """Tables in the order in which they came.

    Attributes:
        tables: All of them.
        number: That of the table that is looked at, -1 for none.
    """

    def __init__(self) -> None:
        self.tables: tuple[TableInHand, ...] = ()
        self.number = -1
        self._texts: dict[int, str] = {}

    def __len__(self) -> int:
        """Number of tables."""
        return len(self.tables)

    def take(self, tables: Sequence[TableInHand]) -> None:
        """Hold these; the first new one is looked at."""
        known = {hand.number for hand in self.tables}
        new = [hand.number for hand in tables if hand.number not in known]
        self.tables = tuple(tables)
        self.choose(new[0] if new else self.number)

    def put(self, changed: TableInHand) -> None:
        """Put a changed table in its place; what else is made of the same rows follows it."""
        before = self.get(changed.number)
        self.tables = tuple(
            changed if hand.number == changed.number else _following(hand, before, changed)
            for hand in self.tables
        )

    def remove(self, number: int) -> None:
        """Let go of a table, and of what else is made of the same rows."""
        gone = self.get(number)
        self.tables = tuple(
            hand for hand in self.tables if hand.number != number and not _is_second_of(hand, gone)
        )
        self.choose(self.number)

    def get(self, number: int) -> TableInHand | None:
        """The table of a number."""
        return next((hand for hand in self.tables if hand.number == number), None)

    def choose(self, number: int) -> None:
        """Look at a table; at the first one where there is none of that number."""
        first = self.tables[0].number if self.tables else -1
        self.number = first if self.get(number) is None else number

    @property
    def chosen(self) -> TableInHand | None:
        """The table that is looked at."""
        return self.get(self.number)

    @property
    def included_number(self) -> int:
        """The table that is looked at, or the first that is imported where it is not."""
        chosen = self.chosen
        if chosen is not None and chosen.is_included:
            return chosen.number
        return next((hand.number for hand in self.tables if hand.is_included), -1)

    @property
    def has_included(self) -> bool:
        """Whether anything is imported."""
        return any(hand.is_included for hand in self.tables)

    @property
    def is_ready(self) -> bool:
        """Whether the columns of all that is imported say enough."""
        return self.has_included and all(h.is_ready for h in self.tables if h.is_included)

    def remember_text(self, number: int, text: str) -> None:
        """Keep what was pasted, so that it can be read in another way."""
        self._texts[number] = text

    @property
    def chosen_text(self) -> str:
        """What was pasted for the table that is looked at; empty for a file."""
        return self._texts.get(self.number, "")


def rows_to_repair(draft: ImportDraft, problem: Problem | None = None) -> dict[int, str]:
    """Position in the table to what is wrong with the row.

    Args:
        problem: Only its rows; otherwise those of all problems.
    """
    rows: dict[int, list[str]] = {}
    for found in draft.problems if problem is None else (problem,):
        for row in found.rows:
            rows.setdefault(row, []).append(found.sentence)
    if problem is None:
        for row, reason in draft.skipped_rows.items():
            rows.setdefault(row, []).append(reason)
    return {row: "; ".join(dict.fromkeys(sentences)) for row, sentences in rows.items()}


def _is_second_of(hand: TableInHand, first: TableInHand | None) -> bool:
    return first is not None and hand.is_second and hand.table is first.table


def _following(hand: TableInHand, before: TableInHand | None, changed: TableInHand) -> TableInHand:
    """The hand with the rows as they were read anew, where its columns are the same."""
    is_same = hand.table.headers == changed.table.headers
    if changed.is_second or not _is_second_of(hand, before) or not is_same:
        return hand
    return replace(hand, table=changed.table, options=changed.options)
