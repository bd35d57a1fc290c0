# SPDX-License-Identifier: MIT
"""Coverage and whitespace of groups of accounts: territories, or areas of a level."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.models.coverage import OVER_SERVED, UNDER_SERVED, Potential, Service
from app.services.alignment import IN_DISPUTE, NOBODY

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int32]
LongArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

_FEWEST_FOR_QUARTILES = 4
_TOP, _BOTTOM = 75, 25


def whitespace(potential: FloatArray, revenue: FloatArray) -> FloatArray:
    """Potential per account that is not sold: max(0, potential - max(0, revenue)); 0 where unknown.

    Source: the written definition "whitespace"; potential includes what is sold already.
    """
    known = np.isfinite(potential) & (potential > 0)
    sold = np.maximum(np.nan_to_num(revenue), 0.0)
    return np.where(known, np.maximum(0.0, np.nan_to_num(potential) - sold), 0.0)


@dataclass(frozen=True, eq=False)
class CoverageFacts:
    """The accounts of a sales force at one moment, one entry each.

    Attributes:
        served: A territory position, `NOBODY` or `IN_DISPUTE`.
        is_vacant: Per territory position whether it has no rep today.
        potential: Per year, what is sold already included; 0 or less where it is not known.
        revenue: Per year, credit notes taken off.
        reached: Whether it had a visit or an order in the period; None where the plan has neither.
        calls: Visits in the period, or planned visits per year.
    """

    served: IntArray
    is_vacant: BoolArray
    potential: FloatArray
    revenue: FloatArray
    reached: BoolArray | None
    calls: FloatArray

    @cached_property
    def known(self) -> BoolArray:
        """Whether the potential of each account is known."""
        return np.isfinite(self.potential) & (self.potential > 0)

    @cached_property
    def whitespace(self) -> FloatArray:
        """See `whitespace`."""
        return whitespace(self.potential, self.revenue)

    @cached_property
    def kind(self) -> npt.NDArray[np.int8]:
        """What becomes of each account's potential, a `Potential` as a number."""
        # The entries at the end answer for codes below 0, which are taken first.
        vacant = np.append(self.is_vacant, [False, False])[self.served]
        unreached = np.zeros(len(self.served), np.bool_) if self.reached is None else ~self.reached
        return np.select(
            [
                ~self.known,
                self.served == NOBODY,
                self.served == IN_DISPUTE,
                vacant,
                unreached,
            ],
            [
                Potential.UNKNOWN,
                Potential.UNASSIGNED,
                Potential.DISPUTED,
                Potential.VACANT,
                Potential.UNREACHED,
            ],
            Potential.WORKED,
        ).astype(np.int8)

    def by_territory(self) -> LongArray:
        """Group per account: its territory, then nobody, then in dispute."""
        count = len(self.is_vacant)
        codes = self.served.astype(np.int64)
        return np.where(codes == NOBODY, count, np.where(codes == IN_DISPUTE, count + 1, codes))


@dataclass(frozen=True, eq=False)
class CoverageTable:
    """One line per group; columns are sums over its accounts.

    Sums but `accounts` and `active` are of accounts whose potential is known, so that shares have
    the same accounts above and below the line.

    Attributes:
        accounts: All accounts.
        known: Accounts whose potential is known.
        active: Of those, the ones with revenue above 0.
        potential, revenue, whitespace, calls: Sums.
        by_kind: Potential by what becomes of it, one row per `Potential` up to `WORKED`.
        open_worked: The part of the potential of worked accounts that is not sold.
        reached: Accounts that were reached; nan where the plan has no visits and no orders.
    """

    accounts: FloatArray
    known: FloatArray
    active: FloatArray
    potential: FloatArray
    revenue: FloatArray
    whitespace: FloatArray
    calls: FloatArray
    by_kind: FloatArray
    open_worked: FloatArray
    reached: FloatArray

    def __len__(self) -> int:
        return len(self.accounts)

    @property
    def value_penetration(self) -> FloatArray:
        """Revenue / potential; nan without potential. Above 1 the potential is set too low."""
        return _share(self.revenue, self.potential)

    @property
    def account_penetration(self) -> FloatArray:
        """Accounts that buy / accounts with potential; nan without any."""
        return _share(self.active, self.known)

    @property
    def reach(self) -> FloatArray:
        """Accounts reached / accounts with potential; nan without any, or without records."""
        return _share(self.reached, self.known)

    @cached_property
    def service_ratio(self) -> FloatArray:
        """(share of potential) / (share of calls); nan where either is missing, inf without calls.

        Source: the written definition "service ratio".
        """
        calls, potential = float(self.calls.sum()), float(self.potential.sum())
        if calls <= 0 or potential <= 0:
            return np.full(len(self), np.nan)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            ratio = (self.potential / potential) / (self.calls / calls)
        return np.where(self.potential > 0, ratio, np.nan)

    @property
    def service(self) -> list[Service]:
        """How each group is served in proportion to its potential."""
        return [_service(each) for each in self.service_ratio.tolist()]

    @cached_property
    def is_promising(self) -> BoolArray:
        """Groups in the top quarter by potential and in the bottom quarter by penetration.

        Both limits are included; with fewer than four groups there are no quarters.
        """
        with_potential = self.potential > 0
        result = np.zeros(len(self), np.bool_)
        if int(with_potential.sum()) < _FEWEST_FOR_QUARTILES:
            return result
        penetration = self.value_penetration
        high = np.percentile(self.potential[with_potential], _TOP)
        low = np.percentile(penetration[with_potential], _BOTTOM)
        return with_potential & (self.potential >= high) & (np.nan_to_num(penetration) <= low)

    @classmethod
    def of(
        cls, facts: CoverageFacts, group: npt.NDArray[np.integer], count: int
    ) -> "CoverageTable":
        """The table of groups.

        Args:
            facts: The accounts.
            group: Per account its group, 0 to `count` - 1; -1 for none.
            count: Number of groups.
        """
        inside = group >= 0

        def summed(values: FloatArray | BoolArray, only: BoolArray = inside) -> FloatArray:
            rows = only & inside
            weights = np.nan_to_num(values[rows].astype(np.float64))
            return np.bincount(group[rows], weights=weights, minlength=count).astype(np.float64)

        known, kinds = facts.known, facts.kind
        reached = facts.reached
        worked = kinds == Potential.WORKED
        return cls(
            accounts=summed(np.ones(len(group))),
            known=summed(known),
            active=summed(facts.revenue > 0, known),
            potential=summed(facts.potential, known),
            revenue=summed(facts.revenue, known),
            whitespace=summed(facts.whitespace, known),
            calls=summed(facts.calls, known),
            by_kind=np.array(
                [summed(facts.potential, kinds == kind) for kind in range(Potential.UNKNOWN)]
            ),
            open_worked=summed(facts.whitespace, worked),
            reached=np.full(count, np.nan) if reached is None else summed(reached, known),
        )


def _share(part: FloatArray, whole: FloatArray) -> FloatArray:
    """Part / whole; nan without a whole, or with one so small that no number is left."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        share = np.where(whole > 0, part / whole, np.nan)
    return np.where(np.isfinite(share), share, np.nan)


def _service(ratio: float) -> Service:
    if np.isnan(ratio):
        return Service.UNDEFINED
    if np.isinf(ratio):
        return Service.NOT_SERVED
    if ratio > UNDER_SERVED:
        return Service.UNDER
    return Service.OVER if ratio < OVER_SERVED else Service.BALANCED
