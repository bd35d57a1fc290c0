# SPDX-License-Identifier: MIT
"""Coverage across sales forces: which accounts are served by which of them, and by whom.

Two territories of one sales force for an account are a fault (an overlap); territories of two sales
forces are coverage: a specialist over a generalist, inside sales beside field sales.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.changes import Changes
from app.models.ids import SalesForceId, TerritoryId
from app.models.rep import Rep
from app.models.sales_force import SalesForce
from app.models.territory import Territory
from app.services.alignment import IN_DISPUTE, NOBODY
from app.services.workspace import Workspace

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]
LongArray = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Combination:
    """The accounts that the same sales forces serve.

    Attributes:
        forces: In the order of lists; empty for accounts that nobody serves.
        rows: Positions of the accounts, ascending.
        value: Sum of the measure over them.
        in_dispute: Accounts for which one of these forces has several territories.
    """

    forces: tuple[SalesForceId, ...]
    rows: LongArray
    value: float
    in_dispute: int


@dataclass(frozen=True, slots=True)
class Pairing:
    """A territory of one sales force and one of another with accounts in common.

    Attributes:
        value: Sum of the measure over these accounts.
    """

    first: TerritoryId
    second: TerritoryId
    account_count: int
    value: float


@dataclass(frozen=True, slots=True)
class AccountServing:
    """Who serves an account in one sales force.

    Attributes:
        territory: None where nobody serves it, or several claim it.
        in_dispute: Several territories of the sales force claim it.
        rep: Who holds the territory today, or None.
    """

    force: SalesForce
    territory: Territory | None
    rep: Rep | None
    in_dispute: bool = False


def combinations_of(
    served: Mapping[SalesForceId, IntArray], values: FloatArray
) -> tuple[Combination, ...]:
    """Every account in exactly one combination, those of most sales forces first.

    Args:
        served: Per sales force, in the order of lists, the territory position of every account,
            `NOBODY` or `IN_DISPUTE`; an account in dispute is served, if badly.
        values: The measure, per account.
    """
    forces = list(served)
    code = np.zeros(len(values), dtype=np.int64)
    known: list[tuple[SalesForceId, ...]] = [()]
    disputed = np.zeros(len(values), dtype=np.bool_)
    for force in forces:
        serves = served[force] != NOBODY
        disputed |= served[force] == IN_DISPUTE
        pairs, code = np.unique(code * 2 + serves, return_inverse=True)
        known = [
            (*known[int(pair) // 2], force) if pair % 2 else known[int(pair) // 2]
            for pair in pairs.tolist()
        ]
    order = np.argsort(code, kind="stable")
    starts = np.searchsorted(code[order], np.arange(len(known) + 1))
    found: list[Combination] = []
    for at, together in enumerate(known):
        rows = order[starts[at] : starts[at + 1]]
        if len(rows):
            value = float(values[rows].sum())
            found.append(Combination(together, rows, value, int(disputed[rows].sum())))
    found.sort(key=lambda each: (-len(each.forces), -each.value, each.forces))
    return tuple(found)


def pairings_of(
    first: tuple[Sequence[TerritoryId], IntArray],
    second: tuple[Sequence[TerritoryId], IntArray],
    values: FloatArray,
) -> tuple[Pairing, ...]:
    """Which territories of two sales forces have accounts in common, the largest value first.

    Accounts in dispute in one of them are left out.

    Args:
        first, second: Territories in position order, and the position that serves each account.
        values: The measure, per account.
    """
    both = (first[1] >= 0) & (second[1] >= 0)
    width = max(len(second[0]), 1)
    codes = first[1][both].astype(np.int64) * width + second[1][both]
    pairs, place = np.unique(codes, return_inverse=True)
    amounts = np.bincount(place, minlength=len(pairs))
    sums = np.bincount(place, weights=values[both], minlength=len(pairs))
    numbers: list[int] = pairs.tolist()
    found = [
        Pairing(first[0][pair // width], second[0][pair % width], int(amount), float(value))
        for pair, amount, value in zip(numbers, amounts, sums, strict=True)
    ]
    found.sort(key=lambda each: (-each.value, -each.account_count, each.first, each.second))
    return tuple(found)


def served_by_force(workspace: Workspace) -> dict[SalesForceId, IntArray]:
    """Per sales force the territory position of every account."""
    accounts = workspace.accounts
    return {
        force.id: workspace.state_of(force.id).account_territory(accounts)
        for force in workspace.sales_forces
    }


def force_concerned(workspace: Workspace, changes: Changes) -> SalesForceId:
    """The sales force whose territories an edit touched; the one that is shown where it did."""
    shown = workspace.sales_force.id
    if not changes.territories or len(workspace.sales_forces) == 1:
        return shown
    others = (force.id for force in workspace.sales_forces if force.id != shown)
    for force in (shown, *others):
        if changes.territories & workspace.state_of(force).position_by_territory.keys():
            return force
    return shown


def serving_of(workspace: Workspace, row: int) -> tuple[AccountServing, ...]:
    """Who serves the account at a row in every sales force, in the order of lists."""
    found: list[AccountServing] = []
    for force in workspace.sales_forces:
        state = workspace.state_of(force.id)
        position = int(state.account_territory(workspace.accounts)[row])
        territory = state.territories[position] if position >= 0 else None
        rep = state.rep_of(territory.id) if territory is not None else None
        found.append(AccountServing(force, territory, rep, position == IN_DISPUTE))
    return tuple(found)
