# SPDX-License-Identifier: MIT
"""Pairs that share an account become one group."""

from collections.abc import Iterable

from app.services.duplicates.columns import FloatArray, LongArray
from app.services.duplicates.report import DuplicateGroup

LARGEST_GROUP = 12
"""More accounts cannot be looked at side by side; such a chain falls into several groups."""


def group_pairs(
    ids: LongArray,
    pairs: tuple[LongArray, LongArray],
    score: FloatArray,
    separate: Iterable[tuple[int, int]],
) -> tuple[DuplicateGroup, ...]:
    """The groups, the best first.

    The best pairs are joined first. A pair that would make a group too large, or bring together
    two accounts that the user said are different, is left out of the groups.

    Args:
        ids: Account ids by row.
        pairs: Rows of the first and second accounts, the best pair first.
        score: Per pair.
        separate: Pairs of account ids that the user said are different.
    """
    forest = _Forest()
    kept: list[tuple[int, int]] = []
    kept_apart = {frozenset(pair) for pair in separate}
    first, second = (ids[rows].tolist() for rows in pairs)
    for position, (a, b) in enumerate(zip(first, second, strict=True)):
        if forest.join(a, b, kept_apart):
            kept.append((position, a))
    positions: dict[int, list[int]] = {}
    for position, a in kept:
        positions.setdefault(forest.root(a), []).append(position)
    groups = [
        DuplicateGroup(tuple(sorted(forest.members[root])), float(score[found[0]]), tuple(found))
        for root, found in positions.items()
    ]
    return tuple(sorted(groups, key=lambda group: (-group.score, group.members)))


class _Forest:
    """Disjoint sets of accounts, each small enough to be looked at."""

    def __init__(self) -> None:
        self.members: dict[int, list[int]] = {}
        self._root: dict[int, int] = {}

    def root(self, account: int) -> int:
        return self._root.get(account, account)

    def join(self, a: int, b: int, kept_apart: set[frozenset[int]]) -> bool:
        """Bring two accounts into one set; False where they may not be."""
        large, small = self.root(a), self.root(b)
        if large == small:
            return True
        members = self.members.setdefault(large, [large])
        others = self.members.setdefault(small, [small])
        if len(members) + len(others) > LARGEST_GROUP:
            return False
        if kept_apart and any(frozenset((x, y)) in kept_apart for x in members for y in others):
            return False
        members.extend(others)
        for account in others:
            self._root[account] = large
        del self.members[small]
        return True
