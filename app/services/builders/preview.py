# SPDX-License-Identifier: MIT
"""What a sales force would look like once it is built: who serves how much."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from app.models.errors import EditRejected
from app.models.ids import GeoUnitId, MeasureId, RepId, RuleId, TerritoryId
from app.models.measure import ACCOUNT_COUNT
from app.models.reports import BalanceReport
from app.models.rule import Rule
from app.models.sales_force import ForceModel
from app.services.account_table import AccountTable
from app.services.alignment import Alignment, unit_claims
from app.services.balance import balance_report, totals_by_position
from app.services.builders.present import PresentForce
from app.services.commands.force_draft import ForceBuild, ForceDraft
from app.services.drawn_serving import DrawnServing
from app.services.force_contents import staying
from app.services.force_serving import ForceServing
from app.services.geography.geography import Geography
from app.services.rules.columns import RuleFacts

IntArray = npt.NDArray[np.int32]


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
    """All territories of the sales force to be, in the order of the report's rows.

    Attributes:
        report: The ids of its rows are positions among the lines.
    """

    lines: tuple[PreviewLine, ...]
    report: BalanceReport


def preview(build: ForceBuild, present: PresentForce, market: MarketFacts) -> BuildPreview:
    """Who would serve how much: the same that the edit leads to, as it is resolved the same way.

    Raises:
        EditRejected: A locked territory would gain or lose an account.
    """
    after = _After(build, present, market)
    served = after.served()
    _reject_changed_locks(present, market, after.positions, served)
    count = len(after.positions)
    amounts = totals_by_position(served, market.accounts.measure(ACCOUNT_COUNT), count)
    totals = totals_by_position(served, market.values, count)
    shown = after.shown
    rows = [*shown, count, count + 1]
    report = balance_report(
        market.measure,
        [TerritoryId(at) for at in range(len(shown))],
        totals[rows],
        amounts[rows],
        [1.0] * len(shown),
        market.tolerance_fraction,
    )
    return BuildPreview(tuple(after.lines[at] for at in shown), report)


class _After:
    """A sales force as it would be.

    Attributes:
        positions: Position of every territory, those that are built first.
        lines: By position.
        shown: Positions of the territories that would be compared.
    """

    def __init__(self, build: ForceBuild, present: PresentForce, market: MarketFacts) -> None:
        self._build, self._present, self._market = build, present, market
        self._keeps = build.target.keeps_present
        self._stays = self._staying()
        by_name = {each.name.casefold(): each.id for each in present.territories}
        drafts = build.draft.territories
        self._ids = [
            by_name.get(each.name.casefold(), TerritoryId(-1 - at))
            for at, each in enumerate(drafts)
        ]
        others = [t for t in present.territories if t.id not in self._ids and t.id in self._stays]
        ids = [*self._ids, *(each.id for each in others)]
        self.positions: Mapping[TerritoryId, int] = {each: at for at, each in enumerate(ids)}
        self.lines = [
            *_new_lines(build.draft),
            *(PreviewLine(t.name, t.color_index, 0, 0, is_new=False) for t in others),
        ]
        self.shown = [
            *range(len(drafts)),
            *(self.positions[each.id] for each in others if each.id in present.compared),
        ]

    def served(self) -> IntArray:
        """Per account the position of its territory, `NOBODY` or `IN_DISPUTE`."""
        locked = self._present.locked
        drawn = tuple(
            area for area in self._present.drawn if self._keeps or area.territory_id in locked
        )
        after = replace(self._present, rules=self._rules(), drawn=drawn, alignment=self._areas())
        return _served(after, self.positions, self._market)

    def _staying(self) -> frozenset[TerritoryId]:
        if self._keeps:
            return frozenset(each.id for each in self._present.territories)
        names = [each.name for each in self._build.draft.territories]
        return staying(self._present.contents, names)

    def _areas(self) -> Alignment:
        kept = self._present.kept_land(self._market.geography.parent)
        locked, before = self._present.locked, self._present.alignment
        units: dict[GeoUnitId, frozenset[TerritoryId]] = {}
        for unit, claim in before.units.items():
            stays = claim if self._keeps else claim & locked
            if unit in kept.locked:
                stays = claim & self._stays
            if stays:
                units[unit] = stays
        for territory, draft in zip(self._ids, self._build.draft.territories, strict=True):
            own = frozenset((territory,))
            for unit in draft.geounits:
                if not kept.holds(unit):
                    units[unit] = units.get(unit, frozenset()) | own
        holes = (each for each in before.holes if self._keeps or kept.holds(each))
        return Alignment(units, frozenset(holes), before.accounts)

    def _rules(self) -> tuple[Rule, ...]:
        keeps = self._keeps and self._build.target.model is not ForceModel.GEOGRAPHIC
        left = [
            rule
            for rule in self._present.rules
            if keeps or rule.territory_id in self._present.locked
        ]
        new = (
            Rule(RuleId(-1 - at), rule.name, rule.condition, self._ids[rule.territory])
            for at, rule in enumerate(self._build.draft.rules)
        )
        return (*left, *new)


def _served(
    force: PresentForce, positions: Mapping[TerritoryId, int], market: MarketFacts
) -> IntArray:
    """Per account the position of its territory, `NOBODY` or `IN_DISPUTE`."""
    serving = ForceServing(lambda: market.facts)
    serving.take_positions(positions)
    serving.take_rules(force.rules)
    serving.family_claims = force.families
    serving.keeps_families = force.keeps_families
    serving.drawn = DrawnServing()
    serving.drawn.areas = force.drawn
    claims = unit_claims(force.alignment, market.geography, positions)
    return serving.served(market.accounts, force.alignment.accounts, claims).territory


def _reject_changed_locks(
    present: PresentForce,
    market: MarketFacts,
    positions: Mapping[TerritoryId, int],
    served: IntArray,
) -> None:
    """Refuse what the edit would be refused for: accounts that come to or leave what is locked.

    Raises:
        EditRejected: A locked territory would gain or lose an account.
    """
    if not present.locked:
        return
    now = {each.id: at for at, each in enumerate(present.territories)}
    before = _served(present, now, market)
    for territory in present.territories:
        if territory.is_locked:
            was, will_be = before == now[territory.id], served == positions[territory.id]
            count = int((was != will_be).sum())
            if count:
                noun = "account" if count == 1 else "accounts"
                raise EditRejected(
                    f"{territory.name} is locked, and {count:,} {noun} would come to it or"
                    " leave it.",
                    meaning="Nothing can be built this way.",
                    remedy="Unlock the territory, or keep the territories that are there.",
                )


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
