# SPDX-License-Identifier: MIT
"""How much of last year's business is still there."""

from dataclasses import dataclass

import numpy as np

from app.services.analysis.movement import MovementReport
from app.services.analysis.quotient import Quotient, growth, undefined
from app.services.geography.arrays import FloatArray

_NOBODY = "Nobody bought in the year before, so there is nothing to keep."


@dataclass(frozen=True, slots=True)
class Retention:
    """Retention of the accounts that bought in the earlier period.

    Attributes:
        growth: Of all revenue.
        logo: Share of those accounts that still buy.
        gross: Share of their revenue that is left, growth not counted; at most 1.
        net: Their revenue now over their revenue then; can be above 1.
    """

    growth: Quotient
    logo: Quotient
    gross: Quotient
    net: Quotient


def yearly_retention(report: MovementReport) -> Retention:
    """Retention from the year before to the last twelve months.

    Undefined where the sales do not cover the year before: its customers are not all known.
    """
    if report.decline_reason:
        missing = undefined(report.decline_reason)
        return Retention(missing, missing, missing, missing)
    return retention(report.before, report.now)


def retention(before: FloatArray, now: FloatArray) -> Retention:
    """Retention from one period to the next.

    Source: the written definitions "logo retention", "GRR" and "NRR"; credit notes count as no
    revenue, new and returning accounts are left out.

    Args:
        before, now: Revenue per account.
    """
    cohort = before > 0
    base = float(before[cohort].sum())
    total = growth(float(before.sum()), float(now.sum()))
    if base <= 0:
        nothing = undefined(_NOBODY)
        return Retention(total, nothing, nothing, nothing)
    then, left = before[cohort], np.maximum(now[cohort], 0)
    return Retention(
        growth=total,
        logo=Quotient(float((left > 0).sum()) / len(left)),
        gross=Quotient(float(np.minimum(left, then).sum()) / base),
        net=Quotient(float(left.sum()) / base),
    )
