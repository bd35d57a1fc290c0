# SPDX-License-Identifier: MIT
"""What a sales force would look like once it is built: who serves how much."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.ids import MeasureId, RepId, RuleId, TerritoryId
from app.models.measure import ACCOUNT_COUNT
from app.models.reports import BalanceReport
from app.models.rule import Rule
from app.models.territory import Territory
from app.services.account_table import AccountTable
from app.services.alignment import NOBODY
from app.services.balance import balance_report, totals_by_position
from app.services.builders.by_kind import served_by_drafts
from app.services.commands.force_draft import ForceDraft
from app.services.geography.geography import Geography
from app.services.rules.columns import RuleFacts
from app.services.rules.matching import NO_RULE, first_match

IntArray = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class PresentForce:
    """A sales force as it is before it is built.

    Attributes:
        territories: In position order.
        served: Per account the position of its territory, `NOBODY` or `IN_DISPUTE`.
        is_fixed: Per account whether it stays with that territory: it is named for it, belongs to
            its family, or, where the territories stay, a rule of today takes it.
    """

    territories: tuple[Territory, ...]
    served: IntArray
    is_fixed: npt.NDArray[np.bool_]

    @classmethod
    def nothing(cls, count: int) -> "PresentForce":
        """A sales force that is not there yet, for so many accounts."""
        return cls((), np.full(count, NOBODY, np.int32), np.zeros(count, np.bool_))


@dataclass(frozen=True, eq=False)
class MarketFacts:
    """What a preview looks at.

    Attributes:
        measure: Whose totals are shown.
        values: Its values, per account.
        tolerance_fraction: Largest allowed absolute deviation.
    """

    accounts: AccountTable
    geography: Geography
    facts: RuleFacts
    measure: MeasureId
    values: npt.NDArray[np.float64]
    tolerance_fraction: float


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A territory of the sales force to be.

    Attributes:
        area_count, rule_count: What the build gives it.
        is_new: It is built; otherwise it is there and stays.
        rep: Whom the build gives it, or None.
    """

    name: str
    color_index: int
    area_count: int
    rule_count: int
    is_new: bool
    rep: RepId | None = None


@dataclass(frozen=True, slots=True)
class BuildPreview:
    """All territories of the sales force to be, in the order of the report's rows."""

    lines: tuple[PreviewLine, ...]
    report: BalanceReport


def preview(
    draft: ForceDraft, present: PresentForce, market: MarketFacts, *, keeps_present: bool
) -> BuildPreview:
    """Who would serve how much.

    Args:
        draft: What would be built.
        present: The sales force as it is, see `PresentForce.nothing`.
        market: Accounts, areas and the measure.
        keeps_present: The present territories stay and serve what no new rule takes.
    """
    count = len(draft.territories)
    by_name = {each.name.casefold(): at for at, each in enumerate(draft.territories)}
    slots = [by_name.get(t.name.casefold(), count + at) for at, t in enumerate(present.territories)]
    whole = count + len(present.territories)
    served_now = _moved_to(present.served, slots)
    if keeps_present:
        served = served_now.copy()
    else:
        served = served_by_drafts(draft.territories, market.accounts, market.geography)
    matched = first_match(_rules(draft), market.facts)
    target = np.array([rule.territory for rule in draft.rules], dtype=np.int32)
    is_matched = matched != NO_RULE
    served[is_matched] = target[matched[is_matched]]
    served[present.is_fixed] = served_now[present.is_fixed]
    lines = [*_new_lines(draft), *(_present_line(each) for each in present.territories)]
    amounts = totals_by_position(served, market.accounts.measure(ACCOUNT_COUNT), whole)
    shown = [
        at
        for at in range(whole)
        if at < count or (slots[at - count] == at and (keeps_present or amounts[at] > 0))
    ]
    totals = totals_by_position(served, market.values, whole)
    rows = [*shown, whole, whole + 1]
    report = balance_report(
        market.measure,
        [TerritoryId(at) for at in range(len(shown))],
        totals[rows],
        amounts[rows],
        [1.0] * len(shown),
        market.tolerance_fraction,
    )
    return BuildPreview(tuple(lines[at] for at in shown), report)


def _moved_to(served: IntArray, slots: Sequence[int]) -> IntArray:
    """Positions of present territories as positions among all that will be there."""
    table = np.array([*slots, 0], dtype=np.int32)
    return np.where(served >= 0, table[served], served)


def _rules(draft: ForceDraft) -> list[Rule]:
    return [
        Rule(RuleId(at + 1), rule.name, rule.condition, TerritoryId(rule.territory))
        for at, rule in enumerate(draft.rules)
    ]


def _new_lines(draft: ForceDraft) -> list[PreviewLine]:
    rules = np.bincount(
        np.array([rule.territory for rule in draft.rules], dtype=np.int64),
        minlength=len(draft.territories),
    )
    return [
        PreviewLine(
            each.name,
            each.color_index,
            len(each.geounits),
            int(rules[at]),
            is_new=True,
            rep=each.rep,
        )
        for at, each in enumerate(draft.territories)
    ]


def _present_line(territory: Territory) -> PreviewLine:
    return PreviewLine(territory.name, territory.color_index, 0, 0, is_new=False)
