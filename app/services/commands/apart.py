# SPDX-License-Identifier: MIT
"""Pairs of accounts that no territory and no rep may serve together."""

from dataclasses import dataclass

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import AccountId, StrokeId
from app.services.commands.base import Edit

MAX_NOTE_LENGTH = 10_000


@dataclass(frozen=True, slots=True)
class AddApartPair:
    """Keep two accounts apart, rivals for example; refused while one territory serves both.

    Attributes:
        note: Why, in the user's own words.
    """

    account: AccountId
    other: AccountId
    note: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return "Keep two accounts apart"

    def apply(self, edit: Edit) -> Changes:
        """Write the pair, or the note of a pair that is kept apart already.

        Raises:
            EditRejected: It is the same account twice, one is gone, or the note is too long.
        """
        one, other = sorted((self.account, self.other))
        found = edit.tx.rows("SELECT count(*) FROM account WHERE id IN (?, ?)", (one, other))
        if one == other or int(found[0][0] or 0) < 2:
            message = "Two different accounts of the plan are needed."
            remedy = "Select exactly two accounts."
            raise EditRejected(message, meaning="Nothing was changed.", remedy=remedy)
        if len(self.note) > MAX_NOTE_LENGTH:
            message = f"A note has at most {MAX_NOTE_LENGTH:,} characters."
            raise EditRejected(message, meaning="Nothing was changed.")
        columns = ("account_id", "other_id", "note")
        edit.tx.put("apart_accounts", columns, [(one, other, self.note.strip())])
        return Changes(exceptions=True)


@dataclass(frozen=True, slots=True)
class RemoveApartPairs:
    """Let pairs of accounts be served together again."""

    pairs: tuple[tuple[AccountId, AccountId], ...]
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        count = len(self.pairs)
        pairs = "a pair of accounts" if count == 1 else f"{count:,} pairs of accounts"
        return f"No longer keep {pairs} apart"

    def apply(self, edit: Edit) -> Changes:
        """Delete the pairs."""
        edit.tx.delete("apart_accounts", [(min(pair), max(pair)) for pair in self.pairs])
        return Changes(exceptions=True)
