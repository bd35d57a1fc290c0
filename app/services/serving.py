# SPDX-License-Identifier: MIT
"""Who serves each account of a sales force, and the step that decides it.

The first step that says something decides: the account's name, its family, the first rule that
matches, the drawn areas that contain it, the finest assigned area. Everything but the areas is
joined once per change (`Overrides`), so that an edit of areas only looks up areas again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.trace import ServedBy
from app.services.alignment import IN_DISPUTE, NOBODY
from app.services.families import Families

IntArray = npt.NDArray[np.int32]
LongArray = npt.NDArray[np.int64]
StepArray = npt.NDArray[np.int8]
BoolArray = npt.NDArray[np.bool_]

NO_SAY = -9
"""Territory code: this step says nothing about the account."""

NO_RULE = -1
"""Row of a rule where no rule decides."""


@dataclass(frozen=True, eq=False)
class Served:
    """Who serves every account.

    Attributes:
        step: Which step decides, a `ServedBy` as a number.
        territory: Territory position, `NOBODY` or `IN_DISPUTE`.
        rule_row: Row of the rule that decides, or `NO_RULE`.
    """

    step: StepArray
    territory: IntArray
    rule_row: IntArray


@dataclass(frozen=True, eq=False)
class FamilyRules:
    """What a sales force says about families.

    Attributes:
        families: All of them.
        assigned: Per family a territory position, `IN_DISPUTE`, or `NO_SAY`.
        keeps_together: Accounts of a family that is not assigned follow its head.
    """

    families: Families
    assigned: IntArray
    keeps_together: bool


@dataclass(frozen=True, eq=False)
class RuleRows:
    """Which rule decides about which account.

    Attributes:
        row_of_account: Row of the first rule that matches, or `NO_RULE`.
        territory: Per rule the position of its territory.
    """

    row_of_account: IntArray
    territory: IntArray


@dataclass(frozen=True, eq=False)
class Overrides:
    """All that decides about accounts beside areas.

    Attributes:
        code: Per account a territory position or `IN_DISPUTE`; `NO_SAY` where the area decides.
        step: Per account the step that says so.
        rule_row: Per account the row of the rule that says so, or `NO_RULE`.
        follower, leader: Rows of the accounts that go with the head of their family where the
            head is served, and the rows of these heads.
    """

    code: IntArray
    step: StepArray
    rule_row: IntArray
    follower: LongArray
    leader: LongArray


def overrides(
    account_count: int,
    named: tuple[LongArray, IntArray],
    families: FamilyRules | None = None,
    rules: RuleRows | None = None,
    drawn: Mapping[int, LongArray] | None = None,
) -> Overrides:
    """Join everything that decides about accounts beside areas.

    Args:
        account_count: How many accounts there are.
        named: Rows of the accounts with an assignment of their own, each once, and their territory
            positions, or `IN_DISPUTE`.
        families: What is said about families; None where nothing is.
        rules: Which rule decides about which account; None without rules.
        drawn: Territory position -> rows of the accounts in its drawn areas, each once.
    """
    code = np.full(account_count, NO_SAY, dtype=np.int32)
    step = np.full(account_count, ServedBy.NOTHING, dtype=np.int8)
    rule_row = np.full(account_count, NO_RULE, dtype=np.int32)
    if drawn:
        claims = np.zeros(account_count, dtype=np.int32)
        for position, rows in drawn.items():
            claims[rows] += 1
            code[rows] = position
            step[rows] = ServedBy.DRAWN
        code[claims > 1] = IN_DISPUTE
    if rules is not None and len(rules.territory):
        rule_row = rules.row_of_account.copy()
        decides = rule_row >= 0
        # The entry at the end answers for accounts that no rule matches; it is not used.
        np.copyto(code, np.append(rules.territory, np.int32(0))[rule_row], where=decides)
        np.copyto(step, np.int8(ServedBy.RULE), where=decides)
    rows, codes = named
    follower = leader = np.empty(0, dtype=np.int64)
    if families is not None and len(families.families):
        follower, leader = _join_families(code, step, families, rows)
    code[rows], step[rows] = codes, ServedBy.NAMED
    rule_row[step != ServedBy.RULE] = NO_RULE
    return Overrides(code, step, rule_row, follower, leader)


def _join_families(
    code: IntArray, step: StepArray, rules: FamilyRules, named: LongArray
) -> tuple[LongArray, LongArray]:
    """Write what is said about whole families; the accounts that follow a head, and their heads."""
    of_account = rules.families.of_account
    said = np.append(rules.assigned, np.int32(NO_SAY))[of_account]
    given = said != NO_SAY
    np.copyto(code, said, where=given)
    np.copyto(step, np.int8(ServedBy.FAMILY), where=given)
    if not rules.keeps_together:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    follows = (of_account >= 0) & ~given
    follows[named] = False
    follows[rules.families.head] = False
    follower = np.flatnonzero(follows)
    return follower, rules.families.head[of_account[follower]]


def served(said: Overrides, by_area: IntArray) -> Served:
    """Who serves every account.

    Args:
        said: All that decides beside areas.
        by_area: Per account who holds the finest area that is known of it: a territory position,
            `NOBODY` or `IN_DISPUTE`.
    """
    territory = np.where(said.code == NO_SAY, by_area, said.code)
    step = said.step.copy()
    np.copyto(step, np.int8(ServedBy.AREA), where=(said.code == NO_SAY) & (by_area != NOBODY))
    rule_row = said.rule_row
    if len(said.follower):
        leads = territory[said.leader]
        is_led = leads != NOBODY
        rows = said.follower[is_led]
        territory[rows] = leads[is_led]
        step[rows] = ServedBy.FAMILY
        rule_row = rule_row.copy()
        rule_row[rows] = NO_RULE
    return Served(step, territory, rule_row)


def joined_claims(resolved: Sequence[IntArray]) -> IntArray:
    """Who holds every unit of all levels, one level after the other; nobody at the end.

    `AccountTable.finest_unit` counts units so, and -1, no unit at all, finds the end.
    """
    return np.concatenate([*resolved, np.array([NOBODY], dtype=np.int32)])
