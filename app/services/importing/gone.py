# SPDX-License-Identifier: MIT
"""Accounts that came from an earlier import of the same list and are no longer in it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.changes import Changes
from app.services.commands.account_removal import remove_accounts
from app.services.commands.base import Edit
from app.services.importing.choices import Choices
from app.services.importing.current import CurrentPlan, EarlierImport
from app.services.importing.draft import Gone, GoneChoice
from app.services.importing.row_choice import ChosenRows
from app.services.importing.writes import PutRows, RowBlock, Write, WriteProgress

_SAME_LIST = 0.5
"""Share of an earlier import's accounts that a later file must hold to be the same list."""

_MOST_NAMES = 5
_REMOVED_AT_ONCE = 2_000
_Ids = npt.NDArray[np.int64]


def find_gone(current: CurrentPlan, signature: str, chosen: ChosenRows, choices: Choices) -> Gone:
    """The accounts that the file lacks although it is a newer copy of a list imported before.

    Only accounts of that list count: others came from elsewhere, and this file need not know them.

    Args:
        signature: Of the file's headers.
    """
    here = current.account_ids[np.concatenate((chosen.known_at, chosen.merged_at))]
    came = _accounts_of_list(current.earlier, signature, here)
    came = came[np.isin(came, current.account_ids)]
    gone = np.setdiff1d(came, here)
    if len(came) and len(gone) > len(came) * _SAME_LIST:
        gone = np.empty(0, dtype=np.int64)  # a part of the list, or another one
    rows = np.searchsorted(current.account_ids, gone)
    flagged = current.text["gone_since"]
    return Gone(
        ids=tuple(gone.tolist()),
        names=tuple(str(current.text["name"][row]) for row in rows[:_MOST_NAMES]),
        choice=choices.gone,
        returned=int(np.not_equal(flagged[chosen.known_at], "").sum()),
    )


def gone_writes(
    gone: Gone, current: CurrentPlan, chosen: ChosenRows, choices: Choices
) -> tuple[Write, ...]:
    """What becomes of accounts that are gone, and of those that are back."""
    flagged = current.text["gone_since"]
    back = chosen.known_at[np.not_equal(flagged[chosen.known_at], "").astype(bool)]
    names = ("id", "gone_since")
    writes: list[Write] = []
    if len(back):
        ids = current.account_ids[back].tolist()
        writes.append(PutRows("account", RowBlock(names, (ids, [""] * len(ids)))))
    if gone.choice is GoneChoice.FLAG and gone.ids:
        rows = np.searchsorted(current.account_ids, np.array(gone.ids, dtype=np.int64))
        fresh = rows[np.equal(flagged[rows], "").astype(bool)]
        ids = current.account_ids[fresh].tolist()
        writes.append(PutRows("account", RowBlock(names, (ids, [choices.today] * len(ids)))))
    if gone.choice is GoneChoice.REMOVE and gone.ids:
        writes.append(RemoveAccounts(gone.ids))
    return tuple(writes)


@dataclass(frozen=True, slots=True)
class RemoveAccounts:
    """Remove accounts with all that refers to them."""

    ids: tuple[int, ...]

    def __len__(self) -> int:
        """Number of accounts."""
        return len(self.ids)

    def apply(self, edit: Edit, progress: WriteProgress) -> Changes:
        """Remove them part by part.

        Raises:
            TaskCancelled: The user stopped it.
        """
        for start in range(0, len(self.ids), _REMOVED_AT_ONCE):
            part = self.ids[start : start + _REMOVED_AT_ONCE]
            remove_accounts(edit, part)
            progress.step(len(part))
        return Changes(all_accounts=True, records=True)


def _accounts_of_list(earlier: Sequence[EarlierImport], signature: str, here: _Ids) -> _Ids:
    """The accounts of all earlier imports of a list.

    Those with the same headers are; a file with other headers is the same list where it holds most
    of an earlier import's accounts.
    """
    same = [one.accounts for one in earlier if one.headers == signature]
    if not same:
        same = [
            one.accounts
            for one in earlier
            if len(one.accounts) and np.isin(one.accounts, here).mean() > _SAME_LIST
        ][-1:]
    return np.unique(np.concatenate(same)) if same else np.empty(0, dtype=np.int64)
