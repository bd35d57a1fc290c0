# SPDX-License-Identifier: MIT
"""Families that the accounts themselves suggest: by the id of a parent account, or by name."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.services.duplicates.name_words import DIRECTIONS
from app.services.duplicates.names import name_parts
from app.services.importing.table import Watch

TextArray = npt.NDArray[np.object_]
_STEP = 5_000
"""Names between two looks at whether the user stopped the search."""
_SENTENCE = "Looking for families"


@dataclass(frozen=True, slots=True)
class FamilyProposal:
    """Accounts that may belong together.

    Attributes:
        name: What the family would be called: the id of the parent at the top, or the name that
            the accounts share.
        title: As shown: the name of the account at the top, or the shared name.
        rows: Of the accounts, ascending.
        is_by_parent: The accounts name one another as parents; otherwise their names are alike.
    """

    name: str
    title: str
    rows: tuple[int, ...]
    is_by_parent: bool


def family_proposals(
    external_id: TextArray, name: TextArray, family: TextArray, watch: Watch
) -> list[FamilyProposal]:
    """Groups of accounts that are not a family yet, the largest first.

    By parent: where the family of an account is the external id of another one, both belong
    together, over any number of steps; the account at the top gives its id. By name: accounts
    without a family whose names tell the same once legal forms, numbers and directions are left
    out ("Northwind Foods Inc", "Northwind Foods #12 South").

    Args:
        external_id, name, family: Of all accounts, in order of their ids.
        watch: Hears of progress and stops the work.
    """
    by_parent = _by_parent(external_id.tolist(), name.tolist(), family.tolist())
    taken = {row for proposal in by_parent for row in proposal.rows}
    by_name = _by_name(name.tolist(), family.tolist(), taken, watch)
    return sorted((*by_parent, *by_name), key=lambda each: (-len(each.rows), each.title))


def _by_parent(ids: list[str], names: list[str], families: list[str]) -> list[FamilyProposal]:
    row_by_id = {id_: row for row, id_ in enumerate(ids) if id_}
    parent = {
        row: row_by_id[family]
        for row, family in enumerate(families)
        if family and family in row_by_id and row_by_id[family] != row
    }
    members: dict[int, list[int]] = defaultdict(list)
    for row in parent:
        members[_top(row, parent)].append(row)
    found: list[FamilyProposal] = []
    for top, below in members.items():
        rows = tuple(sorted({top, *below}))
        if any(families[row] != ids[top] for row in rows):
            found.append(FamilyProposal(ids[top], names[top] or ids[top], rows, is_by_parent=True))
    return found


def _top(row: int, parent: dict[int, int]) -> int:
    """The account at the top; in a circle the one with the smallest row."""
    path = [row]
    seen = {row}
    while (above := parent.get(path[-1])) is not None:
        if above in seen:
            return min(path[path.index(above) :])
        path.append(above)
        seen.add(above)
    return path[-1]


def _by_name(
    names: list[str], families: list[str], taken: set[int], watch: Watch
) -> list[FamilyProposal]:
    rows_by_key: dict[str, list[int]] = defaultdict(list)
    for row, name in enumerate(names):
        if row % _STEP == 0:
            watch.at(row / len(names), _SENTENCE)
        if families[row] or row in taken:
            continue
        words = [word for word in name_parts(name).words.split() if word not in DIRECTIONS]
        if words:
            rows_by_key[" ".join(words)].append(row)
    found: list[FamilyProposal] = []
    for rows in rows_by_key.values():
        if len(rows) > 1:
            # The shortest name says least about a single place.
            title = min((names[row] for row in rows), key=lambda text: (len(text), text))
            found.append(FamilyProposal(title, title, tuple(rows), is_by_parent=False))
    return found
